"""Rounds of the partnership and what may be told of them; no row of this module has a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from totalplace.monitoring import models
from totalplace.monitoring.rules import partnership as rules
from totalplace.monitoring.rules.partnership import Answer, Asked, Results
from totalplace.monitoring.rules.partnership_watched import Judged, watched
from totalplace.monitoring.rules.questions import Questions, questions_of
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.periods import Period, lasting
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.mandates import Act, Mandate, Matter, Who, permitting
from totalplace.readiness.rules.scale import Side
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round: the quarter that is judged, who is asked in which words, and until which day."""

    id: int
    place: str
    place_name: str
    number: int
    quarter: Period
    opened_on: date
    closes_on: date  # the last day on which people can answer
    asked: tuple[Asked, ...]
    questions: Questions
    closed_early_on: date | None = None
    closed_why: str = ""

    @property
    def citation(self) -> Citation:
        """As the record names it."""
        return Citation("round", f"{self.place}/{self.number}")

    def is_open(self, on: date) -> bool:
        """Whether people can answer on a day."""
        return self.opened_on <= on <= self.closes_on and self.closed_early_on is None

    def closed_from(self) -> date:
        """The first day on which its results may be told."""
        return self.closed_early_on or self.closes_on + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own answers in a round, for that person alone: for which body, and about what."""

    agency: str
    steps: Mapping[str, Mapping[str, int]]  # relation -> statement -> step


def rounds(place: str) -> list[RoundRow]:
    """The rounds of a place, the latest first. Raises Refused: no such place."""
    here = places.place(place)
    rows = models.PartnershipRound.objects.filter(place_id=here.id)
    return [_row(one) for one in rows.select_related("place", "closing").order_by("-number")]


def round_of(citation: str) -> RoundRow:
    """A round by PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.rpartition("/")
    rows = models.PartnershipRound.objects.select_related("place", "closing")
    found = rows.filter(
        place__code=place, number=int(number) if number.isdecimal() and len(number) < 8 else 0
    ).first()
    if found is None:
        raise Refused(
            f"There is no round {citation}",
            why="none was opened under that number",
            next_step=f"See them with: totalplace monitoring partnership show {place or 'PLACE'}",
        )
    return _row(found)


def can_be_asked(place: str, *, on: date) -> list[Asked]:
    """Every body that could be asked: members of a place on a day, and departments.

    With how many officers of each may answer for it on that day. Raises Refused: no such place.
    """
    members = [one.agency for one in places.members(place, on=on)]
    central = [one for one in places.agencies() if one.kind is AgencyKind.DEPARTMENT]
    local = [one for one in members if one.kind is not AgencyKind.DEPARTMENT]
    return [
        *(Asked(one.code, Side.PLACE, _people(one, place, on)) for one in local),
        *(Asked(one.code, Side.CENTRE, _people(one, place, on)) for one in central),
    ]


def may_answer_for(row: RoundRow, by: Who | None, *, on: date) -> list[Asked]:
    """The bodies that were asked for which somebody may answer on a day."""
    may = Act.JUDGE_PARTNERSHIP
    return [
        one for one in row.asked if places.may(by, may, agency=one.agency, place=row.place, on=on)
    ]


def own_answers(row: RoundRow, by: Who) -> Own | None:
    """What somebody answered in a round, for themself; None where they have not yet."""
    kept = models.PartnershipAnswer.objects.filter(round_id=row.id, person=by.name)
    last = {one.about: one for one in kept.select_related("agency").order_by("turn")}
    if not last:
        return None
    agency = next(iter(last.values())).agency.code
    return Own(agency, {about: dict(one.steps) for about, one in last.items()})


def answered(row: RoundRow) -> dict[str, int]:
    """How many people of each body have answered anything so far."""
    kept = models.PartnershipAnswer.objects.filter(round_id=row.id).exclude(steps={})
    pairs = set(kept.values_list("agency__code", "person"))
    return {one.agency: sum(code == one.agency for code, _ in pairs) for one in row.asked}


def results_of(row: RoundRow, *, on: date) -> Results:
    """What a closed round says. Raises Refused while it is open: answers can still change."""
    if on < row.closed_from():
        raise Refused(
            f"There are no results of round {row.citation.id} yet",
            why=f"people can answer until the end of {row.closes_on:%-d %B %Y}",
            next_step="Come back when it has closed",
        )
    return rules.results(row.questions, row.asked, list(_answers(row)))


def partnership_series(place: str, *, on: date) -> list[Watched]:
    """How each principle is judged from quarter to quarter, as known on a day.

    Local bodies of each other, local people of each department, and its officials of the place,
    apart. Of rounds that had closed by then. Raises Refused: no such place.
    """
    names = {one.code: one.name for one in places.agencies()}
    closed = [one for one in reversed(rounds(place)) if one.closed_from() <= on]
    judged = [
        Judged(
            one.quarter,
            one.questions,
            rules.groups_of(one.questions, one.asked, list(_answers(one))),
        )
        for one in closed
    ]
    return watched(place, places.place(place).name, judged, names)


def _answers(row: RoundRow) -> Iterator[Answer]:
    """The last answers of each person about each relation, without the person."""
    kept = models.PartnershipAnswer.objects.filter(round_id=row.id).select_related("agency")
    last: dict[tuple[str, str], models.PartnershipAnswer] = {}
    for one in kept.order_by("turn"):
        last[one.person, one.about] = one
    # In an order that says nothing of who answered when.
    found = [
        Answer(one.agency.code, Side(one.side), one.about, dict(one.steps)) for one in last.values()
    ]
    return iter(sorted(found, key=lambda o: (o.about, o.side, o.agency, sorted(o.steps.items()))))


def _people(agency: AgencyRow, place: str, on: date) -> int:
    """How many officers may answer for a body."""
    act, matter = Act.JUDGE_PARTNERSHIP, Matter(agency.code, place)
    members = places.memberships(on)
    active = {one.code for one in places.officers()}
    held: dict[str, list[Mandate]] = {}
    for one in places.mandates(agency=agency.code):
        held.setdefault(one.officer, []).append(one)
    return sum(
        code in active and permitting(own, act, matter, members=members, on=on) is not None
        for code, own in held.items()
    )


def _row(one: models.PartnershipRound) -> RoundRow:
    closing = getattr(one, "closing", None)
    asked = tuple(Asked(o["agency"], Side(o["side"]), o["people"]) for o in one.asked)
    return RoundRow(
        one.pk, one.place.code, one.place.name, one.number, lasting(one.first_day, QUARTER),
        one.day, one.closes_on, asked, questions_of(one.questions),
        closing.day if closing else None, closing.reason if closing else "",
    )  # fmt: skip
