"""What a place watches: its series as they stand on a day, its promise, charts begun anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from totalplace.monitoring import models
from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.queries.capacity import capacity_series
from totalplace.monitoring.queries.partnership import partnership_series
from totalplace.monitoring.queries.watched_money import money_of
from totalplace.monitoring.queries.watched_outcomes import outcomes_of
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.indicators import Break
from totalplace.places import queries as places
from totalplace.record.rules.chain import Citation
from totalplace.sources.home import Home

REBASE: Final = "rebase"  # of its citation
WATCH: Final = "watch"


@dataclass(frozen=True, slots=True)
class WatchRow:
    """What a place watches and promises. Turn 0: nobody said anything, and the default holds.

    `promise` is in false alarms a year over all that is watched. `left_out` are codes of series
    with the reason of each; `alike` the areas that were chosen as similar, none: by the lists.
    """

    place: str
    turn: int
    promise: float
    left_out: tuple[tuple[str, str], ...] = ()
    alike: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    on: datetime | None = None

    @property
    def citation(self) -> Citation:
        """As it is cited: watch wexshire/1."""
        return Citation(WATCH, f"{self.place}/{self.turn}")


@dataclass(frozen=True, slots=True)
class RebaseRow:
    """That a chart was begun anew from a day, why, and what that cites."""

    place: str
    number: int
    code: str
    area: str
    from_day: date
    reason: str
    citing: Citation
    by: str
    on: datetime

    @property
    def citation(self) -> Citation:
        """As it is cited: rebase wexshire/1."""
        return Citation(REBASE, f"{self.place}/{self.number}")


def watch_of(place: str) -> WatchRow:
    """What a place watches and promises now. Raises Refused where there is no such place."""
    row = models.Watch.objects.filter(place_id=places.place(place).id).order_by("-turn").first()
    if row is None:
        return WatchRow(place, 0, float(promises().a_year))
    return WatchRow(
        place, row.turn, float(row.promise), tuple((code, why) for code, why in row.left_out),
        tuple(row.alike), row.reason, row.by, row.on,
    )  # fmt: skip


def rebases(place: str) -> list[RebaseRow]:
    """The charts of a place that were begun anew, in turn. Raises Refused for no such place."""
    rows = models.Rebase.objects.filter(place_id=places.place(place).id).order_by("number")
    return [
        RebaseRow(
            place, row.number, row.code, row.area, row.from_day, row.reason,
            Citation(row.citing_kind, row.citing_id), row.by, row.on,
        )
        for row in rows
    ]  # fmt: skip


Maker = Callable[[str, Home, date], Sequence[Watched]]


def _capacity(place: str, _: Home, on: date) -> Sequence[Watched]:
    return capacity_series(place, on=on)


def _partnership(place: str, _: Home, on: date) -> Sequence[Watched]:
    return partnership_series(place, on=on)


# Whatever is watched comes from one of these; a further room adds its own.
MAKERS: Final[tuple[Maker, ...]] = (outcomes_of, money_of, _capacity, _partnership)


def watched_in(place: str, *, home: Home, on: date) -> list[Watched]:
    """Every series that a place watches, judged as it is known on a day, in the order of makers.

    Those that it leaves out are not there; where it began a chart anew, a break stands. Raises
    Refused where there is no such place.
    """
    left_out = {code for code, _ in watch_of(place).left_out}
    anew = rebases(place)
    return [
        judged(_begun_anew(one, anew), on=on)
        for make in MAKERS
        for one in make(place, home, on)
        if one.code not in left_out
    ]


def left_out_of(place: str, *, home: Home, on: date) -> list[tuple[Watched, str]]:
    """The series that a place leaves out of its watch, each with its reason."""
    why = dict(watch_of(place).left_out)
    made = (one for make in MAKERS for one in make(place, home, on))
    return [(one, why[one.code]) for one in made if one.code in why]


def _begun_anew(series: Watched, anew: Sequence[RebaseRow]) -> Watched:
    mine = [one for one in anew if (one.code, one.area) == (series.code, series.area)]
    if not mine:
        return series
    added = tuple(
        Break(one.from_day, f"its chart was begun anew ({one.citing}): {one.reason}")
        for one in mine
    )
    return replace(series, breaks=(*series.breaks, *added))
