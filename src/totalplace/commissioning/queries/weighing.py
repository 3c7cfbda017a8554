"""A plan of the records as it is weighed, and the money beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.commissioning import models
from totalplace.commissioning.queries.plans import KIND, PlanRow, VersionRow
from totalplace.commissioning.rules.finance import Money
from totalplace.commissioning.rules.finance_text import money_of_text
from totalplace.commissioning.rules.sorts import Sort
from totalplace.commissioning.rules.weighed import Weighed, weigh
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """The money beside a plan as it was last said."""

    money: Money
    first_year: int
    years: int
    digest: str
    reason: str
    by: str
    on: datetime


def version_to_read(row: PlanRow, by: Who | None, on: date) -> VersionRow | None:
    """The version that somebody reads: the last that is laid open, or an officer's own draft.

    None where there is none that they may read.
    """
    if places.may(by, Act.READ_UNPUBLISHED, place=row.place, on=on):
        return row.last
    return row.published[-1] if row.published else None


def weighed_version(row: PlanRow, version: VersionRow, sort: Sort | None = None) -> Weighed:
    """A version as it is weighed: what is proposed of it, or another of its candidates.

    Raises KeyError where it has no candidate of that sort.
    """
    chosen = version.candidate(sort) if sort else version.stands
    cited = f"{KIND} {row.citation.id}"
    cited += f", version {version.number}" if version.number else ", draft"
    return weigh(version.case, chosen.pence, title=row.title, cited=cited, names=agency_names())


def agency_names() -> dict[str, str]:
    """What each agency is called, by code."""
    return {one.code: one.name for one in places.agencies()}


def money_beside(row: PlanRow, version: VersionRow) -> MoneyRow | None:
    """The money beside a plan as it was last said; None where nobody did, or for other years.

    Raises Refused where what is kept cannot be read.
    """
    kept = models.PlanMoney.objects.filter(plan_id=row.id).order_by("-turn").first()
    if kept is None or (kept.first_year, kept.years) != (version.first_year, version.years):
        return None
    money = money_of_text(kept.text, first_year=kept.first_year, years=kept.years)
    return MoneyRow(money, kept.first_year, kept.years, kept.digest, kept.reason, kept.by, kept.on)
