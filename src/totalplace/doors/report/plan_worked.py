"""What is worked out of a plan, kept in the process by what it was worked out from.

A digest names the case and the amounts, so what was found once is found again; a page says when, in
how many seconds and from which seed. One is worked out at a time, for each takes a whole core. A
reader waits a while; what takes longer goes on, and is there when they look again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar

from totalplace.commissioning.definitions.known import bar
from totalplace.commissioning.rules import solving
from totalplace.commissioning.rules.plan_refused import refused_of
from totalplace.commissioning.rules.problem import Impossible, Method, Solved
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.chance import Chance, Direction, chance, direction
from totalplace.commissioning.rules.weighing.frontier import Frontier, frontier
from totalplace.commissioning.rules.weighing.known import Known, known
from totalplace.commissioning.rules.weighing.pressure import Pressure, pressure
from totalplace.commissioning.rules.weighing.prices import Price, prices
from totalplace.commissioning.rules.weighing.reasons import Reasons, why
from totalplace.refusal import Refused

T = TypeVar("T")
SEED: Final = 1
WAITS: Final = 20.0  # seconds that a reader waits; a gateway would not wait much longer
_KEPT: Final = 200
_LONGEST_QUEUE: Final = 20
_DRAWS: Final = 100  # plans found again, where each takes a hundredth of a second
_DRAWS_OF_CLOSING: Final = 40  # where services can close, and each takes a quarter of one
_EACH: Final = 0.5  # seconds for one of them
_SECONDS: Final = 10.0  # for each plan of money that falls, or that a price is the difference of
_A_STEP: Final = 2.0  # seconds for each plan to walk to: what is left open then stands beside it
_STEPS: Final = 7
_found: Final[OrderedDict[tuple[str, str], Future[Any]]] = OrderedDict()
_turn: Final = threading.Lock()
_worker: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plan")


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
    what: str,
    weighed: Weighed,
    work: Callable[[], T],
    *,
    seed: int | None = None,
    waits: float | None = WAITS,
) -> Worked[T]:
    """What `work` finds of a plan, or found before; a reader waits so many seconds, None: for ever.

    Raises Refused where it is not worked out by then, or too much else waits to be.
    """
    key = (what, weighed.digest)
    with _turn:
        its = _found.get(key)
        if its is None or (its.done() and its.exception() is not None):
            if sum(not one.done() for one in _found.values()) >= _LONGEST_QUEUE:
                raise _not_yet("too many plans are being worked out at the moment")
            its = _worker.submit(_timed, work, seed, weighed.digest)
            _found[key] = its
            done = [one for one, future in _found.items() if future.done()]
            for one in done[: max(0, len(_found) - _KEPT)]:
                del _found[one]
    try:
        found: Worked[T] = its.result(timeout=waits)
    except TimeoutError:
        raise _not_yet(f"it takes longer than {WAITS:.0f} seconds for so large a plan") from None
    return found


def _not_yet(why_not: str) -> Refused:
    return Refused(
        "This is not worked out yet", why=why_not, next_step="Look again in a minute or two"
    )


def _timed(work: Callable[[], T], seed: int | None, digest: str) -> Worked[T]:
    began = time.perf_counter()
    value = work()
    return Worked(value, datetime.now(UTC), time.perf_counter() - began, seed, digest)


def how_known(weighed: Weighed, *, waits: float | None = WAITS) -> Worked[HowKnown]:
    """How much of a plan is known. Raises Refused as `worked` does."""
    return worked("known", weighed, lambda: _how_known(weighed), seed=SEED, waits=waits)


def prices_of(weighed: Weighed, *, waits: float | None = WAITS) -> Worked[tuple[Price, ...]]:
    """What each demand costs, in the plan of the same case that reaches most. Refused: `worked`."""
    return worked("prices", weighed, lambda: _prices(weighed), waits=waits)


def frontier_of(weighed: Weighed, *, waits: float | None = WAITS) -> Worked[Frontier]:
    """Plans with less and more money, and fairer ones. Raises Refused as `worked` does."""
    return worked(
        "frontier",
        weighed,
        lambda: frontier(weighed.case, steps=_STEPS, seconds=_A_STEP),
        waits=waits,
    )


def pressure_of(weighed: Weighed, *, waits: float | None = WAITS) -> Worked[Pressure]:
    """Plans as money falls by up to a fifth. Raises Refused as `worked` does."""
    return worked("pressure", weighed, lambda: pressure(weighed.case, seconds=_SECONDS),
                  waits=waits)  # fmt: skip


def why_of(weighed: Weighed, code: str, *, waits: float | None = WAITS) -> Worked[Reasons]:
    """Why an option gets what the plan gives it. Raises Refused as `worked` does, KeyError."""
    if weighed.option(code) is None:
        raise KeyError(code)
    return worked(f"why {code}", weighed, lambda: _why(weighed, code), waits=waits)


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


def _prices(weighed: Weighed) -> tuple[Price, ...]:
    solved = solving.solve(weighed.problem)
    if isinstance(solved, Impossible):
        raise refused_of(weighed.problem, weighed.case)
    titles = {one.code: one.title for one in weighed.case.options}
    return prices(weighed.problem, solved, titles=titles, seconds=_SECONDS)


def _why(weighed: Weighed, code: str) -> Reasons:
    # What is asked is why this plan gives it: another that is solved again may be another plan.
    points = weighed.points
    its = Solved(weighed.pence, points, points, Method.CUTS)
    return why(weighed.case, weighed.problem, its, code, seconds=_SECONDS)
