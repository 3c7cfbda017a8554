"""The docket: rules that stand in the way, who can lift each, by when, and what it costs meanwhile.

Of both sides: a department's regulation, an accounting treatment, a council's own standing order.
A promise to lift a rule is kept by the entry of the record that says the rule was lifted, with the
instrument that did it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.waterfall import LIFTED
from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused

_YEAR: Final = 365  # days, for a part of a yearly cost


class Change(StrEnum):
    """Of what kind a change is."""

    TECHNICAL = "technical"  # of a system, a data flow or a form
    ACCOUNTING = "accounting"
    REGULATORY = "regulatory"  # of law, direction or guidance


class Stage(StrEnum):
    """Where an item of the docket stands."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    IN_PROGRESS = "in progress"
    LIFTED = "lifted"
    EXPIRED = "expired"


class Verb(StrEnum):
    """What is done about an item."""

    ACCEPT = "accept a request to lift a rule"
    REFUSE = "refuse to lift a rule"
    BEGIN = "begin to lift a rule"
    LIFT = LIFTED
    RAISE_AGAIN = "ask again for a rule to be lifted"
    EXPIRE = "say that a rule need no longer be lifted"


class Mover(StrEnum):
    """Whose move it is."""

    OWNER = "whoever is to see to it"
    ASKER = "whoever asked for it"


_S, _V, _M = Stage, Verb, Mover
_STANDS: Final = (_S.RAISED, _S.ACCEPTED, _S.IN_PROGRESS)

MOVES: Final[Mapping[tuple[Stage, Verb], tuple[Stage, Mover]]] = {
    # (stage, verb): (next stage, whose move it is)
    (_S.RAISED, _V.ACCEPT): (_S.ACCEPTED, _M.OWNER),
    **{(stage, _V.BEGIN): (_S.IN_PROGRESS, _M.OWNER) for stage in (_S.RAISED, _S.ACCEPTED)},
    **{(stage, _V.LIFT): (_S.LIFTED, _M.OWNER) for stage in _STANDS},
    **{(stage, _V.REFUSE): (_S.REFUSED, _M.OWNER) for stage in _STANDS},
    (_S.REFUSED, _V.RAISE_AGAIN): (_S.RAISED, _M.ASKER),
    **{(stage, _V.EXPIRE): (_S.EXPIRED, _M.ASKER) for stage in (*_STANDS, _S.REFUSED)},
}
OVER: Final = frozenset({_S.LIFTED, _S.EXPIRED})


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an item: what was done, on which day, and why."""

    verb: Verb
    after: Stage
    day: date


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a rule has stood since it was asked about, and what that cost."""

    days_open: int
    days_left: int | None  # to its deadline, below nothing once that has passed; None: has none
    cost_pence: int | None  # so far; None where a year's cost is not known
    formula: str = ""


def stage_of(steps: Sequence[Step]) -> Stage:
    """Where an item stands after its moves."""
    return steps[-1].after if steps else Stage.RAISED


def verbs(stage: Stage, mover: Mover | None = None) -> list[Verb]:
    """What can be done about an item from where it stands, by whoever it is."""
    return [v for (before, v), (_, who) in MOVES.items()
            if before is stage and mover in (None, who)]  # fmt: skip


def after(stage: Stage, verb: Verb, *, evidence: str = "", reason: str = "") -> Stage:
    """Where an item stands after a verb. Raises Refused for a move that there is not, or bare.

    A rule is not lifted by saying so: the instrument, notice or release that did it is named.
    """
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"One cannot {verb} here",
            why=f"it is {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Raise another",
        )
    if not reason.strip():
        raise Refused(
            f"One cannot {verb} without a word",
            why="no reason is given",
            next_step="Say in a sentence what was done and why; it goes on the record",
        )
    if verb is Verb.LIFT and not evidence.strip():
        raise Refused(
            "The rule cannot be said to be lifted",
            why="it is not said by which instrument, notice or release",
            next_step="Name it, with where it can be read",
        )
    return following[0]


def clock(
    raised: date, steps: Sequence[Step], *, deadline: date | None, cost_pence: int | None, on: date
) -> Clock:
    """How long an item has stood by a day; `cost_pence` is of a year while the rule stands."""
    made = [step for step in steps if step.day <= on]
    over = [step.day for step in made if step.after in OVER]
    last = over[-1] if over else on
    days = (last - raised).days
    left = None if deadline is None or over else (deadline - on).days
    if cost_pence is None:
        return Clock(days, left, None)
    so_far = (cost_pence * days * 2 + _YEAR) // (2 * _YEAR)  # to the nearest penny
    return Clock(days, left, so_far, f"{days} of {_YEAR} days of a year's cost")


def clock_in_words(found: Clock, stage: Stage, deadline: date | None) -> str:
    """A clock as it is said."""
    if stage in OVER:
        return f"stood {found.days_open} days"
    if deadline is None or found.days_left is None:
        return f"open for {found.days_open} days; no day is set"
    if found.days_left < 0:
        return f"{-found.days_left} days past {in_words(deadline)}"
    return f"{found.days_left} days left, until {in_words(deadline)}"
