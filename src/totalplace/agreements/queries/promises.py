"""Every promise of every department and agency: where it stands, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.agreements import models
from totalplace.agreements.queries.promises_facts import Agreed, facts_of
from totalplace.agreements.queries.promises_texts import agreed
from totalplace.agreements.rules import keeping, remedies
from totalplace.agreements.rules import suspension as rules
from totalplace.agreements.rules.breaches import Breach
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.keeping import Group, Standing
from totalplace.agreements.rules.promises import Kind
from totalplace.agreements.rules.remedies import Worked
from totalplace.places import queries as places
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class SayingRow:
    """What somebody says of a promise."""

    agency: str
    agency_name: str
    day: date
    words: str
    evidence: str
    by: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise on a day, with the names of who owes it to whom."""

    place: str
    place_name: str
    title: str  # of the agreement
    standing: Standing
    side: Side  # of whoever owes it
    by_name: str
    to_name: str

    @property
    def citation(self) -> str:
        """As it is cited: PLACE/NUMBER/PROMISE."""
        return f"{self.standing.agreement}/{self.standing.promise.number}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises an agency has made over all agreements, and where they stand."""

    agency: str
    name: str
    side: Side
    counts: Mapping[Group, int]
    varied: int
    oldest: PromiseRow | None  # the promise that is late for the longest

    @property
    def promises(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def promises(
    place: str = "", *, on: date, known: date | None = None, agency: str = ""
) -> list[PromiseRow]:
    """Every promise that binds or bound by a day; of one place, of one agency, or all.

    `known` is the day as on which book and record are read. The order is late, due, kept.
    """
    names = {one.code: one.name for one in places.agencies()}
    where = {one.code: one.name for one in places.places()}
    found = [
        _row(agreement, standing, names, where)
        for agreement in agreed(place)
        for standing in _standings(agreement, on, known)
    ]
    order = [Group.LATE, Group.DUE, Group.KEPT_LATE, Group.KEPT, Group.OTHER]
    return sorted(
        (row for row in found if agency in ("", row.standing.promise.by)),
        key=lambda row: (order.index(row.standing.status.group), row.standing.due, row.citation),
    )


def promise(agreement: str, number: int, *, on: date, known: date | None = None) -> PromiseRow:
    """One promise. Raises Refused where the agreement has none of that number by the day."""
    place = agreement.partition("/")[0]
    for row in promises(place, on=on, known=known):
        if (row.standing.agreement, row.standing.promise.number) == (agreement, number):
            return row
    raise Refused(
        f"Agreement {agreement} has no promise {number}",
        why="none of that number bound by that day",
        next_step="Choose one from the page of promises of the place",
    )


def tallies(rows: Iterable[PromiseRow]) -> list[Tally]:
    """Promises by who owes them, across all places: those with the most late first."""
    mine: dict[str, list[PromiseRow]] = {}
    for row in rows:
        mine.setdefault(row.standing.promise.by, []).append(row)
    found = [_tally(code, own) for code, own in mine.items()]
    return sorted(found, key=lambda one: (-one.counts[Group.LATE], one.name))


def breaches(place: str, *, on: date, known: date | None = None) -> list[Breach]:
    """Every breach in a place that began by a day, the oldest first, ended or not."""
    found = [
        breach
        for agreement in agreed(place)
        for standing in _standings(agreement, on, known)
        for breach in standing.breaches
    ]
    return sorted(found, key=lambda one: (one.since, one.agreement, one.promise.number))


def suspended(place: str, on: date) -> Mapping[str, Breach]:
    """The targets of a place that stand still on a day, each with the breach that it hangs on."""
    still: dict[str, Breach] = {}
    for agreement in agreed(place):
        own = [b for s in _standings(agreement, on, None) for b in s.breaches]
        centre = frozenset(party.agency for party in agreement.terms.of_side(Side.CENTRE))
        for target, breach in rules.suspended(own, centre=centre, on=on).items():
            still.setdefault(target, breach)
    return still


def due_soon(on: date, *, place: str = "") -> list[PromiseRow]:
    """What is due within a month or late, the soonest due first: for reminders to who owes it."""
    rows = promises(place, on=on)
    wanted = {id(one) for one in keeping.due_soon(row.standing for row in rows)}
    found = [row for row in rows if id(row.standing) in wanted]
    return sorted(found, key=lambda row: (row.standing.due, row.citation))


def remedies_of(row: PromiseRow, *, on: date) -> list[Worked]:
    """What each remedy of the agreement makes of the last breach of a promise, up to a day."""
    if not row.standing.breaches:
        return []
    text = next(one for one in agreed(row.place) if one.citation == row.standing.agreement)
    return remedies.worked(
        text.terms.remedies, row.standing.breaches[-1], broken_by=row.side, on=on,
        next_instalment_pence=_next_instalment(text, on),
    )  # fmt: skip


def other_side(row: PromiseRow) -> list[str]:
    """The parties of the other side than whoever owes a promise: they may give notice of it."""
    text = next(one for one in agreed(row.place) if one.citation == row.standing.agreement)
    return [party.agency for party in text.terms.parties if party.side is not row.side]


def sayings(agreement: str, number: int) -> list[SayingRow]:
    """What parties say of a promise, in turn."""
    rows = models.PromiseSaying.objects.filter(agreement=agreement, promise=number)
    return [
        SayingRow(row.agency.code, row.agency.name, row.day, row.words, row.evidence, row.by)
        for row in rows.select_related("agency")
    ]


def _next_instalment(agreement: Agreed, on: date) -> int | None:
    """What the centre is to pay next, in pence; None where it is to pay nothing more."""
    centre = {party.agency for party in agreement.terms.of_side(Side.CENTRE)}
    coming = [
        one
        for one in agreement.terms.promises
        if one.kind is Kind.PAY and one.by in centre and one.due >= on
    ]
    return min(coming, key=lambda one: (one.due, one.number)).pence if coming else None


def _standings(agreement: Agreed, on: date, known: date | None) -> list[Standing]:
    bound = agreement.bound()
    facts = facts_of(agreement.place, bound)
    return keeping.standings(bound, facts, on=on, known=known)


def _row(
    agreement: Agreed, standing: Standing, names: Mapping[str, str], where: Mapping[str, str]
) -> PromiseRow:
    terms = agreement.terms
    by, to = standing.promise.by, standing.promise.to
    called = {**names, **terms.names}
    return PromiseRow(
        agreement.place, where.get(agreement.place, agreement.place), terms.title, standing,
        terms.side_of(by) or Side.PLACE, called.get(by, by), called.get(to, to),
    )  # fmt: skip


def _tally(code: str, own: Sequence[PromiseRow]) -> Tally:
    late = [row for row in own if row.standing.status.group is Group.LATE]
    return Tally(
        code, own[0].by_name, own[0].side, keeping.counted(row.standing for row in own),
        sum(bool(row.standing.varied_by) for row in own),
        min(late, key=lambda row: row.standing.due) if late else None,
    )  # fmt: skip
