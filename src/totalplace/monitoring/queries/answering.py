"""Responses to findings: who answers, what is owed by when, what came, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Rung
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.monitoring import models
from totalplace.monitoring.queries.answering_owners import Owners, owner_named
from totalplace.monitoring.rules import answering, clocks
from totalplace.monitoring.rules.answering import Course, Stage, Step, Verb
from totalplace.monitoring.rules.answering_about import About, about_of
from totalplace.monitoring.rules.clocks import Clock, Days, OnTime
from totalplace.monitoring.rules.findings import Sort
from totalplace.monitoring.rules.seen import Sign
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Matter, Officer, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "response"  # of its citation
ACTS = {
    Side.PLACE: Act.ANSWER_FINDING_FOR_PLACE,
    Side.CENTRE: Act.ANSWER_FINDING_FOR_CENTRE,
}
_LONGEST = 9  # digits of a number


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a response. `level` is in the unit of the series; None: no level was agreed."""

    turn: int
    step: Step
    words: str
    evidence: str
    whom: str
    due_on: date | None
    paid_by: str
    pays: tuple[str, ...]
    level: float | None
    ground: str
    digest: str
    shown: str
    decision: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response with every move, and what it answers."""

    id: int
    finding_id: int
    place: str
    place_name: str
    number: int  # of the finding, and so of the response
    about: About
    sign: Sign
    protected: bool
    owners: Owners
    agreement: str
    course: Course
    reason: str
    by: str
    on: datetime
    moves: tuple[MoveRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: response wexshire/3."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return self.course.stage is not Stage.CLOSED

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock that has run since it was opened."""
        return answering.clocks(self.course, proclaimed())

    @property
    def remedy(self) -> MoveRow | None:
        """The remedy that was proposed last; None: none was."""
        found = (move for move in reversed(self.moves) if move.step.verb is Verb.PROPOSE)
        return next(found, None)

    @property
    def level(self) -> float | None:
        """The level that both agreed to, in the unit of the series; None: they agreed to none."""
        proposed = agreed = None
        for move in self.moves:
            if move.step.verb is Verb.PROPOSE:
                proposed = move
            elif move.step.verb is Verb.AGREE:
                agreed = proposed
        return agreed.level if agreed else None

    def due_next(self, on: date) -> tuple[Clock, ...]:
        """What is owed on a day, the earliest first."""
        running = (clock for clock in self.clocks if clock.runs(on))
        return tuple(sorted(running, key=lambda clock: clock.due))

    def late(self, on: date) -> tuple[Clock, ...]:
        """What is owed and late on a day, the latest first."""
        return tuple(clock for clock in self.due_next(on) if clock.late(on))


def responses(place: str = "") -> list[ResponseRow]:
    """Every response, or those of a place; open ones first, the latest first.

    Raises Refused where there is no such place.
    """
    rows = _rows()
    if place:
        rows = rows.filter(finding__place_id=places.place(place).id)
    found = [_row(row) for row in rows.order_by("-pk")]
    return sorted(found, key=lambda row: not row.open)


def still_open(place: str = "") -> list[ResponseRow]:
    """The responses that are not closed, of a place or of all, in the order of opening."""
    rows = _rows().exclude(moves__after=Stage.CLOSED.value)
    if place:
        rows = rows.filter(finding__place_id=places.place(place).id)
    return [_row(row) for row in rows.order_by("pk")]


def response(place: str, number: int) -> ResponseRow:
    """The response to a finding of a place. Raises Refused where there is none."""
    row = _rows().filter(finding__place__code=place, finding__number=number).first()
    if row is None:
        raise Refused(
            f"Finding {place}/{number} has no response",
            why="none was opened",
            next_step="Choose one from the list of answers of the place, or open one",
        )
    return _row(row)


def response_cited(citation: str) -> ResponseRow:
    """The response cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix(f"{KIND} ").rpartition("/")
    sound = code_is_sound(place) and number.isascii() and number.isdecimal()
    if not sound or len(number) > _LONGEST:
        raise Refused(
            f"There is no response {citation[:100]}",
            why="a response is cited as PLACE/NUMBER, with the number of its finding",
            next_step="Choose one from the list of answers of the place",
        )
    return response(place, int(number))


def response_to(finding: models.Finding) -> ResponseRow | None:
    """The response to a finding, or an open one to a finding that it follows; None: neither is.

    One that was closed stays closed: what became certain after that is answered anew.
    """
    at: models.Finding | None = finding
    while at is not None:
        found = _rows().filter(finding_id=at.pk).first()
        row = _row(found) if found else None
        if row is not None and (row.open or at.pk == finding.pk):
            return row
        at = at.follows
    return None


def revised_by(finding: int) -> int | None:
    """The number of the finding that says that one was revised away; None: none does."""
    later = models.Finding.objects.filter(follows_id=finding).first()
    while later is not None:
        if later.sort == Sort.REVISED:
            return later.number
        later = models.Finding.objects.filter(follows_id=later.pk).first()
    return None


@dataclass(frozen=True, slots=True)
class Moved:
    """That a response moved: the move's number over all places, and the response as it stands."""

    id: int
    move: MoveRow
    row: ResponseRow


def moves_after(number: int, place: str = "") -> list[Moved]:
    """The moves that were made after one of a number, in all places or one, in turn."""
    found = models.ResponseMove.objects.filter(pk__gt=number).order_by("pk")
    if place:
        found = found.filter(response__finding__place__code=place)
    whole = {row.id: row for row in responses(place)} if found.exists() else {}
    return [Moved(one.pk, _move(one), whole[one.response_id]) for one in found]


def latest() -> tuple[int, int]:
    """The last finding and the last move of an answer, by their numbers over all places."""
    newest = (models.Finding, models.ResponseMove)
    one, other = (model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in newest)
    return one, other


def late_by(side: Side, *, on: date, place: str = "") -> list[tuple[ResponseRow, Clock]]:
    """What a side owes and has not answered by its day, in one place or all; the latest first."""
    found = [
        (row, clock) for row in still_open(place) for clock in row.late(on) if clock.side is side
    ]
    return sorted(found, key=lambda pair: pair[1].due)


def on_time(place: str | None = None, *, on: date) -> tuple[OnTime, ...]:
    """How each side keeps its clocks, in one place or all, up to a day.

    What both owe together is counted to neither. Raises Refused where there is no such place.
    """
    every = (clock for row in responses(place or "") for clock in row.clocks)
    return clocks.on_time(every, on, proclaimed())


def sides_of(row: ResponseRow, by: Who | None, *, on: date) -> list[Side]:
    """The sides for which somebody may answer: one; both for the operator of one's own computer.

    None for an officer who holds mandates of both: nobody answers for the other.
    """
    found = [side for side in Side if stands_for(row, side, by, on=on)]
    return [] if isinstance(by, Officer) and len(found) > 1 else found


def stands_for(row: ResponseRow, side: Side, by: Who | None, *, on: date) -> bool:
    """Whether somebody holds a mandate of a side, whatever else they hold."""
    agency = row.owners.agency(side)
    if side is Side.CENTRE and not agency:
        return False
    return places.may(by, ACTS[side], agency=agency, place=row.place, on=on)


def waiting_for(officer: Officer, *, on: date) -> list[tuple[ResponseRow, Clock]]:
    """What an officer's side owes in open responses, the earliest day first."""
    mine = [matter for act in ACTS.values() for matter in places.may_where(officer, act, on)]
    found = []
    for row in still_open() if mine else []:
        # Asked of the table for each row, it would take long: most rows are of other places.
        if not any(_may_be_of(row, matter) for matter in mine):
            continue
        sides = sides_of(row, officer, on=on)
        found += [
            (row, clock)
            for clock in row.due_next(on)
            if sides and (clock.side is None or clock.side in sides)
        ]
    return sorted(found, key=lambda pair: pair[1].due)


def _may_be_of(row: ResponseRow, matter: Matter) -> bool:
    """Whether a mandate could be about a response at all."""
    agencies = ("", row.owners.local, row.owners.central)
    return matter.place in ("", row.place) and matter.agency in agencies


def worst_first(rows: Iterable[ResponseRow], on: date) -> list[ResponseRow]:
    """Responses, those in which most is late first, then open ones, then closed ones."""
    return sorted(rows, key=lambda row: (not row.open, -len(row.late(on)), -row.id))


def _rows() -> QuerySet[models.Response]:
    return models.Response.objects.select_related(
        "finding__place", "local", "central"
    ).prefetch_related("moves")


def _row(row: models.Response) -> ResponseRow:
    finding = row.finding
    moves = tuple(map(_move, row.moves.all()))
    return ResponseRow(
        id=row.pk,
        finding_id=finding.pk,
        place=finding.place.code,
        place_name=finding.place.name,
        number=finding.number,
        about=about_of(finding.text),
        sign=Sign(finding.sign),
        protected=finding.protected,
        owners=Owners(
            row.local.code if row.local else "",
            row.local_name,
            row.central.code if row.central else owner_named(row.central_name),
            row.central_name,
        ),
        agreement=row.agreement,
        course=Course(row.day, Days(**row.days), _rungs(row), tuple(m.step for m in moves)),
        reason=row.reason,
        by=row.by,
        on=row.on,
        moves=moves,
    )


def _rungs(row: models.Response) -> tuple[Rung, ...]:
    return tuple(Rung(n, str(who), int(days)) for n, (who, days) in enumerate(row.ladder, 1))


def _move(row: models.ResponseMove) -> MoveRow:
    step = Step(Verb(row.verb), Stage(row.after), Side(row.side), row.rung, row.day, row.review_on)
    return MoveRow(
        row.turn, step, row.words, row.evidence, row.whom, row.due_on, row.paid_by,
        tuple(row.pays), row.level, row.ground, row.digest, row.shown, row.decision, row.by,
        row.on,
    )  # fmt: skip
