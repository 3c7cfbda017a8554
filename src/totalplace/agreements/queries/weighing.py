"""What offers come to beside the count and the place's targets: the three sets, and the costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.agreements.definitions.funding import set_rules
from totalplace.agreements.rules.costs import Cost, Sum, costs, together
from totalplace.agreements.rules.differences import Difference, differences
from totalplace.agreements.rules.offers import Entitled, Terms
from totalplace.agreements.rules.partition import Overruled, Partition, Share, partition
from totalplace.count.queries.editions import EditionRow, edition_named
from totalplace.count.queries.opened import opened
from totalplace.count.rules.standing import Standing
from totalplace.entitlements import queries as entitlements
from totalplace.money.years import FinancialYear
from totalplace.outcomes.queries.sets import targets
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.home import Home


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one offer differs from another by, and what that comes to."""

    differences: tuple[Difference, ...]
    costs: tuple[Cost, ...]
    sum: Sum
    before: Share | None  # of the spending of the count that the place would decide; None: no count
    after: Share | None


def sets(
    home: Home, edition: str, terms: Terms | None = None, *, overruled: Sequence[Overruled] = ()
) -> Partition:
    """All spending of an edition of the count in the three sets, as the lines of an offer say.

    Raises Refused where there is no such edition, it was never signed off, or its files are gone.
    """
    row = signed_off(edition)
    found = opened(home, row)
    return partition(
        found.whole.lines,
        decides={code: one.decides.value for code, one in found.services.items()},
        rules=set_rules(),
        lines=terms.lines if terms else (),
        year=FinancialYear.parse(row.year).start,
        overruled=overruled,
    )


def signed_off(edition: str) -> EditionRow:
    """An edition that was signed off. Raises Refused for any other."""
    row = edition_named(edition)
    if Standing.SIGNED_OFF not in {move.after for move in row.moves}:
        raise Refused(
            f"Edition {edition} cannot be negotiated on",
            why="it was never signed off",
            next_step="Have the chief finance officer sign it off first",
        )
    return row


def weighed(
    before: Terms,
    after: Terms,
    *,
    place: str,
    departments: Sequence[str],
    home: Home | None = None,
    edition: str = "",
) -> Weighed:
    """What one offer differs from another by. With an edition, the devolved shares too."""
    held = targets(place)
    titles = {one.outcome.indicator: one.outcome.title for one in held.targets} if held else {}
    names = {one.code: one.name for one in places.agencies()}
    rows = costs(before, after, departments=departments, targets=titles, names=names)
    shares = _shares(home, edition, before, after) if home and edition else (None, None)
    return Weighed(tuple(differences(before, after, names)), tuple(rows), together(rows), *shares)


def _shares(
    home: Home, edition: str, before: Terms, after: Terms
) -> tuple[Share | None, Share | None]:
    """The devolved shares under two offers; not known where the edition cannot be read here."""
    try:
        return sets(home, edition, before).offered, sets(home, edition, after).offered
    except Refused:  # the files of an edition may be on the other side's computer alone
        return None, None


def entitled(code: str, place: str, *, on: date, reason: str = "") -> Entitled:
    """A guarantee in force, as an offer attaches it: its version, and what it costs in the place.

    Raises Refused where none of that code is in force on the day.
    """
    found = entitlements.entitlement(code, place, on=on)
    cost = found.cost_in(place)
    return Entitled(
        code, found.number, found.title, found.agency, cost.pence if cost else None,
        cost.low if cost else None, cost.high if cost else None, cost.source if cost else "",
        reason,
    )  # fmt: skip
