"""Support to civil society in a place: each piece, and totals by kind that are never added up."""

from __future__ import annotations

from totalplace.money.years import FinancialYear
from totalplace.participation import models
from totalplace.participation.rules.partnership.support import (
    Support,
    SupportKind,
    Total,
    totals,
)
from totalplace.refusal import Refused


def supports(place: str, year: str = "") -> list[Support]:
    """What was counted in a place, in a financial year or in all, mistakes too, in turn."""
    rows = models.SupportGiven.objects.filter(place__code=place).order_by("number")
    found = [_support(row) for row in rows.select_related("place", "agency", "end")]
    return [one for one in found if not year or FinancialYear.of(one.first_day).label == year]


def support(place: str, year: str) -> list[Total]:
    """Totals of a place and a financial year by kind; a kind that nobody counted is left out.

    Raises Refused for what is no financial year.
    """
    try:
        label = FinancialYear.parse(year).label
    except ValueError as error:
        raise Refused(
            f"Support of {year!r} cannot be told",
            why=str(error),
            next_step="Give a year such as 2026-27",
        ) from error
    return totals(supports(place), label)


def support_years(place: str) -> list[str]:
    """The financial years in which support was counted, the latest first."""
    found = {FinancialYear.of(one.first_day).label for one in supports(place) if not one.taken_back}
    return sorted(found, reverse=True)


def one_support(citation: str) -> Support:
    """The piece of support cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix("support ").rpartition("/")
    for one in supports(place) if "\x00" not in place else []:
        if str(one.number) == number:
            return one
    raise Refused(
        f"There is no support {citation}",
        why="none was counted under that number there",
        next_step="See what was counted on the partnership's page",
    )


def _support(row: models.SupportGiven) -> Support:
    end = getattr(row, "end", None)
    amount = row.hours if row.pence is None else row.pence
    return Support(
        place=row.place.code,
        number=row.number,
        agency=row.agency.code,
        agency_name=row.agency.name,
        kind=SupportKind(row.kind),
        organisation=row.organisation,
        charity=row.charity,
        amount=amount or 0,
        basis=row.basis,
        first_day=row.first_day,
        last_day=row.last_day,
        source=row.source,
        by=row.by,
        on=row.on,
        taken_back=end.reason if end else "",
    )
