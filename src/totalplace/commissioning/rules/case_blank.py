"""The sheets of a case before anything is filled in."""

from __future__ import annotations

from totalplace.commissioning.rules.case_money import FIRST_YEAR, PLACE, WEIGHTS_BY, YEARS
from totalplace.commissioning.rules.case_sheet import FUNDS, HEADS, PLAN
from totalplace.money.years import FinancialYear


def blank(place: str, first_year: int, years: int) -> dict[str, list[list[str]]]:
    """Headings alone, a column of funds for each year, and the sheet Plan with what is known."""
    labels = [FinancialYear(first_year + n).label for n in range(years)]
    found: dict[str, list[list[str]]] = {name: [[*heads]] for name, heads in HEADS.items()}
    found[FUNDS][0] += labels
    found[PLAN] += [
        [PLACE, place], [FIRST_YEAR, labels[0]], [YEARS, str(years)], [WEIGHTS_BY, ""],
    ]  # fmt: skip
    return found
