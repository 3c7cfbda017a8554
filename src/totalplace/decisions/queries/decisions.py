"""Decisions: what each says, how it came to stand where it stands, and whether it is in effect."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from totalplace.decisions import models
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.bodies import BodyRow, body_row
from totalplace.decisions.rules.bodies import Matter, check_may_decide, matter_of
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Stage, Verb
from totalplace.decisions.rules.standing import (
    Effect,
    Standing,
    Step,
    check_can_be_taken,
    stage_of,
    standing,
)
from totalplace.decisions.rules.taking_part import Interest
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "decision"  # of its citation


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a decision, as it stands on the record."""

    turn: int
    step: Step
    reason: str
    by: str
    on: datetime
    names: tuple[str, ...] = ()
    options: str = ""
    taken_on: date | None = None
    taken_by: str = ""
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """What somebody said of a decision before it was taken."""

    source: str
    words: str
    finance: bool
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class InterestRow:
    """An interest that somebody declared in a decision."""

    interest: Interest
    nature: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper; an empty category is one that the public may see."""

    number: int
    title: str
    address: str
    category: str
    reason: str

    @property
    def public(self) -> bool:
        """Whether the public may see it."""
        return not self.category


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with all that was said and done about it."""

    id: int
    body: BodyRow
    number: int
    title: str
    summary: str
    matter: Matter
    amount_pence: int | None
    wards: int | None
    key: bool
    why_key: str
    about: Citation | None
    contact: str
    by: str
    on: datetime
    planned_on: date
    moves: tuple[MoveRow, ...]
    advice: tuple[AdviceRow, ...]
    interests: tuple[InterestRow, ...]
    papers: tuple[PaperRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: decision wexshire-cabinet/3."""
        return Citation(KIND, f"{self.body.code}/{self.number}")

    @property
    def steps(self) -> list[Step]:
        """Its moves as the rules see them."""
        return [move.step for move in self.moves]

    @property
    def stage(self) -> Stage:
        """What has been done about it."""
        return stage_of(self.steps)

    @property
    def private(self) -> bool:
        """Whether a part of it is decided in private, for a paper is kept from the public."""
        return any(not paper.public for paper in self.papers)


def decision(citation: str) -> DecisionRow:
    """The decision cited as BODY/NUMBER. Raises Refused where there is none."""
    body, _, number = citation.removeprefix(f"{KIND} ").rpartition("/")
    row = None
    if code_is_sound(body) and number.isascii() and number.isdecimal() and len(number) < 10:
        row = _rows().filter(body__code=body, number=int(number)).first()
    if row is None:
        raise Refused(
            f"There is no decision {citation}",
            why="none of that body has that number",
            next_step="See them with: totalplace decisions list",
        )
    return _row(row)


def decisions(
    *, agency: str = "", body: str = "", about: Citation | None = None
) -> list[DecisionRow]:
    """Decisions by body and number: all, or those of an agency, of a body, or about one thing."""
    rows = _of(agency, body).order_by("body__code", "number")
    if about is not None:
        rows = rows.filter(about_kind=about.kind, about_id=about.id)
    return [_row(row) for row in rows]


def latest(
    *, agencies: Collection[str] | None = None, body: str = "", skip: int = 0, most: int = 100
) -> tuple[list[DecisionRow], int]:
    """A page of decisions, the latest planned first, and how many there are in all."""
    rows = _of("", body)
    if agencies is not None:
        rows = rows.filter(body__agency__code__in=agencies)
    rows = rows.order_by("-planned_on", "-pk")
    return [_row(row) for row in rows[skip : skip + most]], rows.count()


def undecided(*, agency: str = "") -> list[DecisionRow]:
    """Decisions that were neither taken nor refused nor withdrawn."""
    ended = [Verb.TAKE, Verb.REFUSE, Verb.WITHDRAW]
    return [_row(row) for row in _of(agency, "").exclude(pk__in=_with(ended))]


def unsettled(*, agency: str = "", on: date) -> list[DecisionRow]:
    """Decisions that may not have come to rest by a day: what is in effect for good is left out."""
    ended = _with([Verb.REFUSE, Verb.WITHDRAW, Verb.UPHOLD, Verb.CONFIRM, Verb.RESCIND])
    at_rest = models.Move.objects.filter(verb=Verb.TAKE.value).filter(
        Q(closes_on__isnull=True) | Q(closes_on__lt=on)
    )
    called_in = _with([Verb.CALL_IN])
    rows = _of(agency, "").exclude(pk__in=ended)
    rows = rows.exclude(Q(pk__in=at_rest.values("decision_id")) & ~Q(pk__in=called_in))
    return [_row(row) for row in rows]


def _with(verbs: Collection[Verb]) -> QuerySet[models.Move, Any]:
    """The decisions of which one of these was done."""
    return models.Move.objects.filter(verb__in=[verb.value for verb in verbs]).values("decision_id")


def _of(agency: str, body: str) -> QuerySet[models.Decision]:
    rows = _rows()
    if agency:
        rows = rows.filter(body__agency__code=agency)
    return rows.filter(body__code=body) if body else rows


def effective(row: DecisionRow, on: date) -> Standing:
    """Where a decision stands on a day.

    One that its body could not take, or took too early, is of no effect whatever its moves say:
    the guards are asked again, so that no other way in is a way round them.
    """
    stands = standing(row.steps, on=on)
    taken = next((m for m in row.moves if m.step.verb is Verb.TAKE and m.step.day <= on), None)
    if taken is None or stands.effect is Effect.NEVER:
        return stands
    try:
        _check_taken(row, taken)
    except Refused as refused:
        words = f"of no effect: {refused.why}"
        return replace(stands, words=words, effect=Effect.NEVER, day=None)
    return stands


def in_effect(citation: Citation, *, on: date) -> bool:
    """Whether a decision has effect on a day.

    Never while it is proposed, under notice, within its window for call-in, called in or referred
    back, and never if it was taken by a body that may not take it. Raises Refused where there is
    no such decision, or the citation is of something else.
    """
    return effective(_cited(citation), on).effect is Effect.IN_EFFECT


def require_in_effect(citation: Citation, *, on: date) -> None:
    """Raise Refused, with where the decision stands, unless it has effect on a day."""
    row = _cited(citation)
    stands = effective(row, on)
    if stands.effect is not Effect.IN_EFFECT:
        until = f" until {in_words(stands.day)}" if stands.day else ""
        raise Refused(
            f"Nothing can be done under decision {citation.id} yet",
            why=f"it is {stands.words}{until}",
            next_step=f"See what it waits for with: totalplace decisions show {citation.id}",
        )


def _cited(citation: Citation) -> DecisionRow:
    if citation.kind != KIND:
        raise Refused(
            f"{citation} is no decision",
            why=f"it is cited as '{citation.kind}'",
            next_step="Cite a decision as: decision BODY/NUMBER",
        )
    return decision(citation.id)


def _check_taken(row: DecisionRow, taken: MoveRow) -> None:
    day = taken.taken_on or taken.step.day
    if taken.taken_by != row.body.code:
        raise Refused("", why=f"it was taken by {taken.taken_by}", next_step="")
    check_may_decide(
        row.matter, row.body.kind, row.body.rules_on(day),
        amount_pence=row.amount_pence, name=row.body.name,
    )  # fmt: skip
    before = [move.step for move in row.moves if move.turn < taken.turn]
    check_can_be_taken(before, taken_on=day, key=row.key)


def _rows() -> QuerySet[models.Decision]:
    return models.Decision.objects.select_related("body__agency").prefetch_related(
        "body__rules", "moves__named", "moves__taken_by", "advice", "interests", "papers__marks"
    )


def _row(row: models.Decision) -> DecisionRow:
    moves = tuple(map(_move, sorted(row.moves.all(), key=lambda move: move.turn)))
    replanned = [move.planned_on for move in moves if move.planned_on is not None]
    return DecisionRow(
        id=row.pk,
        body=body_row(row.body),
        number=row.number,
        title=row.title,
        summary=row.summary,
        matter=matter_of(row.matter, definitions.matters()),
        amount_pence=row.amount_pence,
        wards=row.wards,
        key=row.key,
        why_key=row.why_key,
        about=Citation(row.about_kind, row.about_id) if row.about_kind else None,
        contact=row.contact,
        by=row.by,
        on=row.on,
        planned_on=replanned[-1] if replanned else row.planned_on,
        moves=moves,
        advice=tuple(
            AdviceRow(one.source, one.words, one.finance, one.by, one.on)
            for one in sorted(row.advice.all(), key=lambda one: one.pk)
        ),
        interests=tuple(
            InterestRow(Interest(one.who, one.pecuniary, one.dispensation), one.nature, one.by,
                        one.on)
            for one in sorted(row.interests.all(), key=lambda one: one.pk)
        ),
        papers=tuple(map(_paper, sorted(row.papers.all(), key=lambda one: one.number))),
    )  # fmt: skip


def _move(row: models.Move) -> MoveRow:
    step = Step(Verb(row.verb), Stage(row.after), row.day, row.opens_on, row.closes_on)
    return MoveRow(
        turn=row.turn,
        step=step,
        reason=row.reason,
        by=row.by,
        on=row.on,
        names=tuple(one.name for one in row.named.all()),
        options=row.options,
        taken_on=row.taken_on,
        taken_by=row.taken_by.code if row.taken_by else "",
        planned_on=row.planned_on,
    )


def _paper(row: models.Paper) -> PaperRow:
    marks = list(row.marks.all())
    last = marks[-1] if marks else None
    return PaperRow(
        row.number, row.title, row.address, last.category if last else "",
        last.reason if last else "",
    )  # fmt: skip
