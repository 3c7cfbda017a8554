"""How a proposal of another room was heard, decided, and changed for what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Verb as Deciding
from totalplace.decisions.rules.standing import Effect
from totalplace.participation.queries.hearings import counting
from totalplace.participation.queries.rows import AnswerRow
from totalplace.participation.rules.adopting import Called, Decided, Made, decision_lacks
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Verb
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

Change = TypeVar("Change")


class Version(Protocol):
    """A version of a proposal as its own room keeps it."""

    @property
    def number(self) -> int:
        """From 1, in the order in which they were published."""

    @property
    def on(self) -> datetime:
        """When it was made."""

    @property
    def because(self) -> int | None:
        """The number of the answer that led to it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is asked of the hearing that counts for a proposal; empty where none was opened."""

    citation: str = ""  # of the hearing
    opened: datetime | None = None
    concluded: date | None = None
    # The number of each answer that stands -> whether it says that something changed.
    answers: Mapping[int, bool] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()  # what these changed is something else, which they name


@dataclass(frozen=True, slots=True)
class Done(Generic[Change]):
    """An answer to what was said, and what was done for it: the version, and its changes.

    `said` is what was said and `who` said it, in the hearing's own words.
    """

    answer: AnswerRow
    who: str
    said: str
    version: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the decision about a proposal has to be: whose, under which matters, on which version.

    `matters` are those under which it may be adopted, each with the kinds of body that may.
    """

    about: Citation
    agency: str
    matters: Mapping[str, frozenset[str]]
    last: Made | None
    unnamed: Lack  # said where no decision is named


def hearing_of(about: Citation, *, on: date) -> Heard:
    """How a proposal was heard by a day."""
    row = counting(about)
    if row is None:
        return Heard()
    concluded = row.concluded_on
    return Heard(
        citation=str(row.citation),
        opened=next((move.on for move in row.moves if move.verb is Verb.OPEN), None),
        concluded=concluded if concluded is not None and concluded <= on else None,
        answers={one.number: one.changed for one in row.answers},
        elsewhere=frozenset(
            one.number for one in row.answers if one.led_to and one.led_to.kind != about.kind
        ),
    )


def made(published: Sequence[Version]) -> list[Made]:
    """The versions that were published, as the rules look at them."""
    return [Made(one.number, one.on, one.because) for one in published]


def you_said(
    about: Citation, published: Sequence[Version], changes: Callable[[int], Sequence[Change]]
) -> list[Done[Change]]:
    """Every answer that stands in the hearing of a proposal, and what changed in it for that.

    `changes` tells those of a version, by its number, from the version before.
    """
    heard = counting(about)
    if heard is None:
        return []
    opened = next((move.on for move in heard.moves if move.verb is Verb.OPEN), None)
    since = [one for one in published if opened is not None and one.on > opened]
    points = {point.number: point for point in heard.points}
    found = []
    for answer in heard.answers:
        point = points[answer.point]
        led = [version.number for version in since if version.because == answer.number]
        changed = tuple(change for number in led for change in changes(number))
        who = point.said_by or str(point.kind)
        found.append(Done(answer, who, point.words, led[-1] if led else None, changed))
    return found


def decision_as_lacking(
    called: Called, needs: Needs, decision: Citation | None, heard: Heard, *, on: date
) -> tuple[Decided | None, list[Lack]]:
    """A decision that is to adopt a proposal, and what it lacks for that on a day."""
    if decision is None:
        return None, [needs.unnamed]
    try:
        if decision.kind != "decision":
            decisions.require_in_effect(decision, on=on)
        found = decisions.decision(decision.id)
    except Refused as refused:
        return None, [Lack(refused.what, refused.why, refused.next_step)]
    decided = _decided(found)
    lacks = decision_lacks(
        called, decided, about=str(needs.about), agency=needs.agency, matters=needs.matters,
        concluded=heard.concluded, last=needs.last,
    )  # fmt: skip
    effect = decisions.effective(found, on)
    if effect.effect is not Effect.IN_EFFECT:
        until = f" until {in_words(effect.day)}" if effect.day else ""
        lacks.append(
            Lack(
                f"Nothing can be done under decision {found.citation.id} yet",
                f"it is {effect.words}{until}",
                f"See what it waits for with: totalplace decisions show {found.citation.id}",
            )
        )
    return decided, lacks


def _decided(row: decisions.DecisionRow) -> Decided:
    taken = next((move for move in row.moves if move.step.verb is Deciding.TAKE), None)
    return Decided(
        id=row.citation.id,
        about=str(row.about) if row.about else "",
        agency=row.body.agency,
        matter=row.matter.code,
        body_kind=row.body.kind.value,
        taken_on=(taken.taken_on or taken.step.day) if taken else None,
        recorded=taken.on if taken else None,
    )
