"""The quarterly return of a section 75 pool and the Better Care Fund, from its book.

Income by source; expenditure by scheme, planned, actual to the end of the quarter, and forecast for
the year; the national conditions, among them the NHS minimum contribution to adult social care; and
each variance explained. What is forecast was given by an officer and stands in columns of its own:
it is never added to what is actual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.figures import (
    Balances,
    Figure,
    Row,
    Table,
    Weight,
    less,
    of_accounts,
    summed,
    total_row,
)
from totalplace.ledger.rules.statements import Words, partners_of, schemes
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused

H: Final = Heading
QUARTERS: Final = (1, 2, 3, 4)
PLANNED: Final = (Heading.ALLOCATED, Heading.COMMITTED, Heading.SPENT)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a financial year; the return is of the year so far, to its last day."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a quarter that no year has: Refused."""
        if self.number not in QUARTERS:
            raise Refused(
                f"There is no quarter {self.number}",
                why="a year has four",
                next_step="Choose 1 (April to June) to 4 (January to March)",
            )

    @property
    def last_day(self) -> date:
        """Its last day."""
        year = FinancialYear(self.year)
        after = [*year.months, FinancialYear(self.year + 1).first_day][3 * self.number]
        return date.fromordinal(after.toordinal() - 1)

    @property
    def label(self) -> str:
        """As it is written: 2025-26, quarter 3."""
        return f"{FinancialYear(self.year).label}, quarter {self.number}"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an officer expects a scheme to spend in the whole year, and why it is not the plan."""

    line: str
    agency: str
    pence: int
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class ConditionSaid:
    """What an officer says of a national condition.

    Of the NHS minimum contribution also the pence required, where that number stands, and the lines
    whose spending counts toward it.
    """

    number: int
    met: bool
    words: str
    by: str
    required_pence: int | None = None
    source: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What officers gave for the return of a quarter, besides the book."""

    forecasts: Sequence[Forecast] = ()
    conditions: Sequence[ConditionSaid] = ()
    condition_words: Mapping[int, str] = field(default_factory=dict)

    def forecast(self, line: str, agency: str) -> Forecast | None:
        """What is expected of a scheme, if anybody said."""
        found = [one for one in self.forecasts if (one.line, one.agency) == (line, agency)]
        return found[-1] if found else None

    def condition(self, number: int) -> ConditionSaid | None:
        """What was said of a condition, if anything was."""
        found = [one for one in self.conditions if one.number == number]
        return found[-1] if found else None


def quarterly(balances: Balances, words: Words, quarter: Quarter, said: Said) -> list[Table]:
    """The return of a quarter: income, expenditure, conditions, the NHS minimum, what is lacking.

    `balances` are those of the last day of the quarter.
    """
    tables = [
        _income(balances, words, quarter),
        _expenditure(balances, words, quarter, said),
        _conditions(said),
    ]
    minimum = _minimum(balances, words, quarter, said)
    return [*tables, minimum] if minimum else tables


def lacking(balances: Balances, words: Words, quarter: Quarter, said: Said) -> list[str]:
    """What the return still lacks before it is whole, in sentences."""
    found = []
    for line, agency in schemes(balances, quarter.year):
        one = said.forecast(line, agency)
        scheme = _scheme(words, line, agency)
        planned = of_accounts(balances, *PLANNED, agency=agency, line=line, year=quarter.year)
        if one is None:
            found.append(f"{scheme} has no forecast for the year.")
        elif one.pence != planned.pence and not one.why:
            found.append(f"{scheme}: nothing says why its forecast is not its plan.")
    for number, title in said.condition_words.items():
        if said.condition(number) is None:
            found.append(f"Nothing is said of national condition {number}: {title}.")
    return found


def _scheme(words: Words, line: str, agency: str) -> str:
    return f"{words.line(line).title}: {words.name(agency)}"


def _income(balances: Balances, words: Words, quarter: Quarter) -> Table:
    rows = []
    for agency in partners_of(balances, quarter.year):
        for line in words.lines:
            year = quarter.year
            planned = of_accounts(balances, H.AUTHORITY, agency=agency, line=line.code, year=year)
            due = of_accounts(balances, H.INCOME, agency=agency, line=line.code, year=year)
            owed = of_accounts(balances, H.DEBTOR, agency=agency, line=line.code, year=year)
            if planned.pence or due.pence or owed.pence:
                received = less(due, owed, f"{due.how} less {owed.how.removeprefix('accounts: ')}")
                rows.append(Row(words.name(agency), (line.title, planned, due, received, owed)))
    rows.append(total_row("All income", rows))
    heads = ("Source", "Line", "Planned for the year", "Due to date", "Received to date",
             "Still owed")  # fmt: skip
    return Table(f"Income by source, {quarter.label}", heads, tuple(rows))


def _expenditure(balances: Balances, words: Words, quarter: Quarter, said: Said) -> Table:
    rows = []
    for line, agency in schemes(balances, quarter.year):
        year = quarter.year
        planned = of_accounts(balances, *PLANNED, agency=agency, line=line, year=year)
        actual = of_accounts(balances, H.EXPENDITURE, agency=agency, line=line, year=year)
        one = said.forecast(line, agency)
        how = "not given" if one is None else f"given by {one.by}"
        expected = Figure(None if one is None else one.pence, how)
        variance = less(expected, planned, "forecast less planned")
        source = words.name(words.line(line).payer)
        why = one.why if one else ""
        rows.append(
            Row(_scheme(words, line, agency), (source, planned, actual, expected, variance, why))
        )
    rows.append(total_row("All expenditure", rows))
    heads = ("Scheme", "Source of money", "Planned for the year", "Actual to date",
             "Forecast for the year", "Forecast less planned", "Why")  # fmt: skip
    note = "Actual is from the book to the last day of the quarter. A forecast is an officer's."
    return Table(f"Expenditure by scheme, {quarter.label}", heads, tuple(rows), note)


def _conditions(said: Said) -> Table:
    rows = []
    for number, title in said.condition_words.items():
        one = said.condition(number)
        met = "not said yet" if one is None else ("met" if one.met else "not met")
        by = one.by if one else ""
        rows.append(Row(f"{number}. {title}", (met, one.words if one else "", by)))
    heads = ("National condition", "Met", "In words", "Said by")
    return Table("National conditions", heads, tuple(rows))


def _minimum(balances: Balances, words: Words, quarter: Quarter, said: Said) -> Table | None:
    one = next((c for c in said.conditions if c.required_pence is not None), None)
    if one is None:
        return None
    # The minimum is a sum of the whole year: the plan is held against it, and so is the actual.
    year = quarter.year
    plans = [of_accounts(balances, *PLANNED, line=line, year=year) for line in one.lines]
    spent = [of_accounts(balances, H.EXPENDITURE, line=line, year=year) for line in one.lines]
    counted = ", ".join(words.line(line).title for line in one.lines) or "no line"
    planned = summed(plans, f"allocated, committed and spent of {counted}")
    actual = summed(spent, f"expenditure of {counted}")
    required = Figure(one.required_pence, f"given by {one.by}; {one.source}")
    rows = (
        Row("Required for the year", (required,)),
        Row("Planned for the year", (planned,)),
        Row("Actual to date", (actual,)),
        Row("Planned less required", (less(planned, required, "planned less required"),),
            Weight.TOTAL),
    )  # fmt: skip
    title = "NHS minimum contribution to adult social care"
    return Table(title, ("", "Pounds"), rows, f"Lines that count toward it: {counted}.")
