"""Where a version of a guarantee stands, and how soon it may be in force: one table of moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about a version; what that means on a day is told by `in_force_on`."""

    PROPOSED = "proposed"
    ENACTED = "enacted"
    WITHDRAWN = "withdrawn"
    REPEALED = "repealed"


class Verb(StrEnum):
    """What is done to a version."""

    ENACT = "enact"
    WITHDRAW = "withdraw"
    REPEAL = "repeal"


class Shorter(StrEnum):
    """Why less notice is given than the definition asks."""

    FULL = ""
    URGENT = "urgent"  # a reason says why it cannot wait
    ALREADY_LAW = "already law"  # it binds already; here it is only put on record


MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    (Stage.PROPOSED, Verb.ENACT): Stage.ENACTED,
    (Stage.PROPOSED, Verb.WITHDRAW): Stage.WITHDRAWN,
    (Stage.ENACTED, Verb.REPEAL): Stage.REPEALED,
}


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a version stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = " or ".join(verb for before, verb in MOVES if before is stage)
        raise Refused(
            f"This is not the time to {verb} it",
            why=f"this version is {stage}",
            next_step=f"From here one can {can}" if can else "Propose a new version",
        )
    return following


def verbs(stage: Stage) -> list[Verb]:
    """What can be done to a version from where it stands."""
    return [verb for before, verb in MOVES if before is stage]


@dataclass(frozen=True, slots=True)
class Event:
    """A version enacted, or the guarantee repealed, from a day; in the order of the record."""

    version: int | None  # None: repealed, so that from the day there is none
    first_day: date


def in_force_on(events: Iterable[Event], on: date) -> int | None:
    """The version in force on a day: what was said last of those from the latest day that came."""
    found: Event | None = None
    for event in events:
        if event.first_day <= on and (found is None or event.first_day >= found.first_day):
            found = event
    return found.version if found else None


def earliest(today: date, notice_days: int) -> date:
    """The first day for which notice given today is long enough: so many clear days between."""
    return today + timedelta(days=notice_days + 1)


def check_notice(
    first_day: date, *, today: date, notice_days: int, shorter: Shorter, reason: str,
    law_from: date,
) -> date:  # fmt: skip
    """The first day for which the notice is long enough; raises Refused for a sooner one.

    A sooner day needs a reason: that it is urgent, or that it is the law already. Only what is the
    law already is put on record from a day that has passed, and never from before its law.
    """
    opens = earliest(today, notice_days)
    what = f"It cannot be in force from {in_words(first_day)}"
    if first_day < law_from:
        raise Refused(
            what,
            why=f"its own text says that it is the law from {in_words(law_from)}",
            next_step=f"Choose {in_words(law_from)} or later, or propose a version that says so",
        )
    if first_day < today and shorter is not Shorter.ALREADY_LAW:
        raise Refused(
            what,
            why="that day has passed, and nobody is bound for days that have passed",
            next_step=f"Choose {in_words(opens)} or later, or say that it is the law already",
        )
    if first_day < opens and shorter is Shorter.FULL:
        raise Refused(
            what,
            why=f"{notice_days} clear days of notice lie between today and the day",
            next_step=f"Choose {in_words(opens)} or later, or give the reason why it is urgent",
        )
    if shorter is not Shorter.FULL and not reason.strip():
        raise Refused(
            what,
            why="it is not said why it needs less notice",
            next_step="Give the reason in a sentence; it goes on the record",
        )
    return opens


def check_few(in_force: int, most: int, why_more: str) -> None:
    """Raise Refused where one more would be too many, and nobody says why it is needed.

    Few national guarantees is the point of them: what is guaranteed is not chosen in the place.
    """
    if in_force + 1 > most and not why_more.strip():
        raise Refused(
            "One more guarantee cannot be enacted without a word",
            why=f"{in_force} are in force and there are to be few: {most} at the most",
            next_step="Repeal one, leave it to places, or say in a sentence why one more is needed",
        )


def check_reason(reason: str, verb: str) -> str:
    """A reason. Raises Refused where none is given."""
    if not reason.strip():
        raise Refused(
            f"It cannot be done: {verb}",
            why="no reason is given",
            next_step="Give it in a sentence; it goes on the record",
        )
    return reason.strip()
