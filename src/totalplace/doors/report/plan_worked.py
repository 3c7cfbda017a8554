"""What is worked out of a plan, kept in the process by what it was worked out from.

A digest names the case and the amounts, so what was found once is found again; a page says when, in
how many seconds and from which seed. One is worked out at a time, for each takes a whole core.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar

from totalplace.commissioning.definitions.known import bar
from totalplace.commissioning.rules import solving
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.chance import Chance, Direction, chance, direction
from totalplace.commissioning.rules.weighing.known import Known, known
from totalplace.refusal import Refused

T = TypeVar("T")
SEED: Final = 1
_KEPT: Final = 100
_WAITS: Final = 30.0  # seconds that a reader waits for another's to be worked out
_DRAWS: Final = 100  # plans found again, where each takes a hundredth of a second
_DRAWS_OF_CLOSING: Final = 40  # where services can close, and each takes a quarter of one
_EACH: Final = 0.5  # seconds for one of them
_found: Final[OrderedDict[tuple[str, str], Worked[Any]]] = OrderedDict()
_turn: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Worked(Generic[T]):
    """What was found, when, in how many seconds, from which seed and which case and amounts."""

    value: T
    at: datetime
    seconds: float
    seed: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class HowKnown:
    """How much of a plan is known, its chance against today, and whether its moves are steady."""

    known: Known
    chance: Chance
    direction: Direction


def worked(
    what: str, weighed: Weighed, work: Callable[[], T], *, seed: int | None = None
) -> Worked[T]:
    """What `work` finds of a plan, or found before.

    Raises Refused where others' are still being worked out after half a minute.
    """
    key = (what, weighed.digest)
    kept = _found.get(key)
    if kept is not None:
        return kept
    if not _turn.acquire(timeout=_WAITS):
        raise Refused(
            "This is not worked out yet",
            why="other plans are being worked out at the moment",
            next_step="Look again in a minute",
        )
    try:
        kept = _found.get(key)  # somebody may have just found it
        if kept is None:
            began = time.perf_counter()
            value = work()
            took = time.perf_counter() - began
            kept = Worked(value, datetime.now(UTC), took, seed, weighed.digest)
            _found[key] = kept
            while len(_found) > _KEPT:
                _found.popitem(last=False)
    finally:
        _turn.release()
    return kept


def how_known(weighed: Weighed) -> Worked[HowKnown]:
    """How much of a plan is known. Raises Refused as `worked` does."""
    return worked("known", weighed, lambda: _how_known(weighed), seed=SEED)


def _how_known(weighed: Weighed) -> HowKnown:
    case, pence = weighed.case, weighed.pence
    closing = any(line.may_close for line in weighed.problem.lines)
    draws = _DRAWS_OF_CLOSING if closing else _DRAWS
    steady = direction(case, pence, seed=SEED, draws=draws, seconds=_EACH)
    beside = solving.last_year(weighed.problem)
    return HowKnown(
        known(case, pence, bar=bar(), kept=steady.kept),
        chance(case, pence, beside, seed=SEED),
        steady,
    )
