"""What the records know of a place, as the first sheets of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from totalplace.agreements.queries.agreements import AgreementRow, agreements
from totalplace.agreements.queries.negotiations import agreed_offer
from totalplace.agreements.queries.weighing import signed_off
from totalplace.agreements.rules.lines import Bound, Where
from totalplace.agreements.rules.lines import Line as Funding
from totalplace.commissioning.rules.case_first import (
    Aspired,
    Counted,
    Drawn,
    First,
    Granted,
    Guaranteed,
    first_tables,
)
from totalplace.count.queries.editions import EditionRow, editions
from totalplace.count.queries.opened import opened
from totalplace.count.rules.standing import Standing
from totalplace.entitlements.queries.in_force import floor
from totalplace.ledger.rules.accounts import Nature
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.targets import Target
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.home import Home


def first_case(
    place: str, *, home: Home, edition: str = "", years: tuple[int, int], on: date
) -> First:
    """The sheets of a case with all that is known of a place; `years` are the first and how many.

    From the latest signed-off edition of its count, or the one that is named; the targets that it
    has adopted; the guarantees in force; and the lines of its agreement in force. Raises Refused
    where there is no such place or edition, or the edition was never signed off.
    """
    row = signed_off(edition) if edition else None
    code = place or (row.place if row else "")
    places.place(code)
    row = row or _latest(code)
    drawn = Drawn(
        place=code,
        first_year=years[0],
        years=years[1],
        counted=_counted(home, row) if row else (),
        aspired=_aspired(code, home),
        granted=tuple(_granted(code, years, on)),
        guaranteed=tuple(
            Guaranteed(one.code, one.title, one.what, one.unit, one.amount, one.source)
            for one in floor(code, on)
        ),
    )
    first = first_tables(drawn)
    said = f"The lines are those of edition {row.citation}" if row else ""
    first.notes.insert(
        0, said or "No edition of the count is signed off, so that there are no lines"
    )
    return first


def _latest(place: str) -> EditionRow | None:
    """The latest edition of a place that was ever signed off."""
    found = [
        row
        for row in editions(place)
        if Standing.SIGNED_OFF in {move.after for move in row.moves}
        and row.standing is Standing.SIGNED_OFF
    ]
    return found[-1] if found else None


def _counted(home: Home, row: EditionRow) -> tuple[Counted, ...]:
    """The net lines of an edition, by agency and service; where any sum is known it is that."""
    found = opened(home, row)
    sums: dict[tuple[str, str], int | None] = {}
    for line in found.whole.lines:
        before = sums.get((line.agency, line.service))
        known = [pence for pence in (before, line.pence) if pence is not None]
        sums[line.agency, line.service] = sum(known) if known else None
    titles = {code: one.title for code, one in found.services.items()}
    return tuple(
        Counted(agency, service, titles.get(service, service), pence)
        for (agency, service), pence in sorted(sums.items())
    )


def _aspired(place: str, home: Home) -> tuple[Aspired, ...]:
    held = outcomes.targets(place)
    return tuple(_aspiration(one, home) for one in held.targets) if held else ()


def _aspiration(target: Target, home: Home) -> Aspired:
    """How far there is to go to the last step: from the baseline that was adopted with it."""
    outcome, gap, people, scale = target.outcome, None, None, 100
    if target.baseline.value is not None:
        way = target.last.value - target.baseline.value
        gap = -way if outcome.better is Better.LOWER else way
    try:
        series = outcomes.series(outcome.indicator, outcome.area, home=home)
    except Refused:  # an indicator that was taken away since
        series = None
    if series is not None and series.latest is not None:
        people, scale = series.latest.denominator, series.indicator.scale
    return Aspired(outcome.indicator, outcome.area, outcome.title, outcome.unit, gap, people, scale)


def _granted(place: str, years: tuple[int, int], on: date) -> Iterable[Granted]:
    """The lines of the block of each agreement in force, as its negotiation agreed them."""
    for row in agreements(place):
        if row.in_force_on(on) is None or row.negotiation is None:
            continue
        for line in _lines(row):
            if line.where is Where.BLOCK:
                yield _grant(row, line, years)


def _lines(row: AgreementRow) -> tuple[Funding, ...]:
    try:
        return agreed_offer(row.negotiation or 0).terms.lines
    except Refused:  # an agreement that was written without a negotiation
        return ()


def _grant(row: AgreementRow, line: Funding, years: tuple[int, int]) -> Granted:
    """A line of the grant: revenue alone, for the net lines of a count are revenue."""
    pence: dict[int, int | None] = {}
    for year in range(years[0], years[0] + years[1]):
        said = line.sum_of(Nature.REVENUE, year)
        pence[year] = said.pence if said else None
    minimum = next((c for c in line.conditions if c.kind is Bound.MINIMUM), None)
    return Granted(
        code=line.code,
        title=line.fund,
        pence=pence,
        source=f"{row.citation}, line {line.code}",
        covers=line.covers,
        fenced=any(c.kind is Bound.RING_FENCE for c in line.conditions),
        least=minimum.pence if minimum else None,
        asked=minimum.text if minimum else "",
    )
