"""Hearings as others see them: frozen rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from totalplace.participation.rules.drafts import Draft
from totalplace.participation.rules.hearings import Part, Stage, Verb, stage_on
from totalplace.participation.rules.replies import PointKind, Stance
from totalplace.record.rules.chain import Citation

KIND: Final = "hearing"  # of its citation


@dataclass(frozen=True, slots=True)
class HearingMoveRow:
    """One move of a hearing."""

    verb: Verb
    after: Stage
    day: date
    reason: str
    by: str
    on: datetime
    first_day: date | None
    last_day: date | None
    paper: int | None  # the number of the late paper for which the last day moved on


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper that people are given; `late` is the day on which it was added after the opening."""

    number: int
    title: str
    file_name: str
    sha256: str
    size: int  # bytes
    late: date | None


@dataclass(frozen=True, slots=True)
class ConsulteeRow:
    """Who was asked and on which day; an empty agency is somebody who is none."""

    agency: str
    name: str
    by_right: bool
    stake_pence: int | None
    stake: str
    day: date


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What an agency replied; `stands` until it replies again in time."""

    id: int
    turn: int
    agency: str
    agency_name: str
    stance: Stance
    words: str
    pence: int | None
    late: bool
    day: date
    by: str
    stands: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was answered to a point, by its number in the hearing; it stands until the next one."""

    number: int
    point: int
    changed: bool
    words: str
    pence: int | None
    led_to: Citation | None
    day: date
    by: str
    stands: bool
    hearing: int


@dataclass(frozen=True, slots=True)
class PointRow:
    """Something that must be answered, with its answers, the first given first.

    `stands` is False of an objection or condition that its own agency has since replaced.
    """

    id: int
    number: int
    kind: PointKind
    source: Citation
    words: str
    said_by: str  # the name of the agency, or empty
    day: date
    by: str
    stands: bool
    answers: tuple[AnswerRow, ...]

    @property
    def answer(self) -> AnswerRow | None:
        """The answer that stands, or None where there is none yet."""
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True, slots=True)
class PartRow:
    """That a part of the hearing is whole, and what was said of it."""

    part: Part
    words: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class HearingRow:
    """A hearing with all that was asked and said."""

    id: int
    number: int
    place: str
    place_name: str
    agency: str
    agency_name: str
    about: Citation
    by: str
    on: datetime
    draft: Draft
    papers: tuple[PaperRow, ...]
    moves: tuple[HearingMoveRow, ...]
    consultees: tuple[ConsulteeRow, ...]
    replies: tuple[ReplyRow, ...]
    points: tuple[PointRow, ...]
    parts: tuple[PartRow, ...]
    digest: str  # of all that was frozen when it opened; empty in a draft
    asks_public: bool
    asks_partnership: bool

    @property
    def citation(self) -> Citation:
        """As it is cited: hearing 3."""
        return Citation(KIND, str(self.number))

    @property
    def title(self) -> str:
        """Its title."""
        return self.draft.question.title

    @property
    def held(self) -> Stage:
        """Where it stands by what was done: never closed, as a day closes it."""
        return self.moves[-1].after if self.moves else Stage.DRAFT

    def stage(self, on: date) -> Stage:
        """Where it stands on a day."""
        return stage_on(self.held, self.closing_day, on=on)

    @property
    def opened_on(self) -> date | None:
        """The day on which it was opened; None in a draft."""
        return next((move.day for move in self.moves if move.verb is Verb.OPEN), None)

    @property
    def first_day(self) -> date | None:
        """The first day of its time; None in a draft."""
        return next((move.first_day for move in self.moves if move.verb is Verb.OPEN), None)

    @property
    def closing_day(self) -> date | None:
        """The last day on which people are heard; None in a draft."""
        said = [move.last_day for move in self.moves if move.last_day is not None]
        return said[-1] if said else None

    @property
    def concluded_on(self) -> date | None:
        """The day on which it was concluded; None where it was not."""
        return next((move.day for move in self.moves if move.verb is Verb.CONCLUDE), None)

    @property
    def finished(self) -> Collection[Part]:
        """The parts that are finished."""
        return {one.part for one in self.parts}

    @property
    def silent(self) -> tuple[ConsulteeRow, ...]:
        """Agencies that were asked and have said nothing: shown as silence, never as consent."""
        heard = {reply.agency for reply in self.replies}
        return tuple(one for one in self.consultees if one.agency and one.agency not in heard)

    @property
    def answers(self) -> list[AnswerRow]:
        """The answers that stand, by number."""
        found = [point.answer for point in self.points if point.answer is not None]
        return sorted(found, key=lambda one: one.number)
