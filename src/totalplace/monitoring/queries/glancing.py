"""A place as its pages show it: looked at by itself; beside others one series at a time.

To hold every change beside every area takes minutes of one core, which the nightly run has and a
reader has not. A page of a place needs none of it, and a page of a series only its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from totalplace.monitoring.queries.elsewhere import Elsewhere, Moved
from totalplace.monitoring.queries.looking import Look, SeenRow, look
from totalplace.monitoring.rules.comparing import Compared
from totalplace.monitoring.rules.telling import name_of, sentences
from totalplace.record import queries as record
from totalplace.sources.home import Home

_KEPT: Final = 64  # places; and four times as many series
_NAMED: Final = 6  # titles of what else moved
# What the record says of these changes no figure, no promise and no break. Any other may.
_OF_NO_SERIES: Final = frozenset({
    "officer", "mandate", "head", "key", "token", "work", "submission", "decision", "advice",
    "hearing", "reply", "theme", "partnership", "motion", "negotiation", "assessment", "docket",
    "finding", "response", "hook",
})  # fmt: skip


class _Alone(Elsewhere):
    """Looks nowhere else."""

    def beside(self, moved: Sequence[Moved], *, alike: Sequence[str] = ()) -> list[Compared | None]:
        """Nothing of any: it is not asked yet."""
        del alike
        return [None] * len(moved)


def glanced(place: str, *, home: Home, on: date) -> Look:
    """Everything that a place watches, by itself; kept until what could change it is recorded.

    Raises Refused where there is no such place.
    """
    return _once(place, home, on, _head())


def in_full(place: str, code: str, area: str, *, home: Home, on: date) -> SeenRow | None:
    """One series beside the country and similar places; None where the place watches none such."""
    return _in_full_once(place, code, area, home, on, _head())


def _head() -> int:
    """By which it is known that nothing was put on the record since that could change a series."""
    return record.last_number(but=_OF_NO_SERIES)


@lru_cache(maxsize=_KEPT)
def _once(place: str, home: Home, on: date, head: int) -> Look:
    del head
    return look(place, home=home, on=on, elsewhere=_Alone(home, on))


@lru_cache(maxsize=4 * _KEPT)
def _in_full_once(
    place: str, code: str, area: str, home: Home, on: date, head: int
) -> SeenRow | None:
    found = _once(place, home, on, head)
    row = found.of(code, area)
    if row is None or row.seen.now is None:
        return row
    moved = [(row.watched, row.seen.now)]
    (compared,) = Elsewhere(home, on).beside(moved, alike=found.watch.alike)
    others = (found.of(*one) for one in row.also[:_NAMED])
    also = [f"{name_of(one.watched)} ({one.seen.sign})" for one in others if one is not None]
    told = sentences(row.seen, row.watched, compared, chance=row.under.chance, also=also)
    return replace(row, told=told, compared=compared)
