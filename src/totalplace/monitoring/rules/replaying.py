"""Real failures of the past, put to the watch point by point: when would it have told them?

The figures are those that are held today. A figure that was revised since is not the one that the
watch would have had, and on which day each was published is not known: so nothing is said of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.monitoring.rules.seen import Change, Seen, Sign
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.periods import Period, in_words

_ORDINALS: Final = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh",
    8: "eighth", 9: "ninth", 10: "tenth", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replay:
    """A failure of the past: in which outcome and area, from when, and who found it officially.

    `began` is the first day of the first period whose figure shows it, as they are read today.
    """

    code: str
    title: str
    indicator: str
    area: str
    began: date
    found_on: date
    found_by: str
    source: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How the watch did on a failure of the past.

    `points_late` is how many of its figures the watch needed (1: the first was enough). `told` is
    when it was told as an alarm, `hinted` as not certain. `already` is when the watch had told the
    same way before it began. `held` is False where its figures are not held here.
    """

    replay: Replay
    held: bool
    area_name: str = ""
    points_before: int = 0
    points_since: int = 0
    told: Period | None = None
    hinted: Period | None = None
    already: Period | None = None
    points_late: int | None = None

    @property
    def before_it_was_found(self) -> bool | None:
        """Whether the period of the figure that told it was over before it was found officially."""
        return None if self.told is None else self.told.last_day < self.replay.found_on

    @property
    def words(self) -> str:
        """In sentences."""
        if not self.held:
            return "Not held here: the figures were not added."
        if not self.points_since:
            return "Not held here: no figure since it began was added."
        if self.told is not None and self.points_late is not None:
            which = _ORDINALS.get(self.points_late, f"{self.points_late}th")
            ends = in_words(self.told.last_day)
            return (
                f"Told by the {which} figure that shows it, that of {self.told.said}, whose period "
                f"ended on {ends}. Officially found on {in_words(self.replay.found_on)}."
            )
        if self.already is not None:
            return f"Told before it began, by the figure of {self.already.said}, and not again."
        if self.hinted is not None:
            return f"Told as not certain only, by the figure of {self.hinted.said}."
        return (
            f"Not told: {self.points_since} figures since it began, after {self.points_before} "
            "before it."
        )


def replayed(replay: Replay, watched: Watched | None, seen: Seen | None) -> Replayed:
    """When the watch told a failure; both None where its figures are not held."""
    if watched is None or seen is None or not watched.points:
        return Replayed(replay, held=False)
    days = [point.period.first_day for point in watched.looked_at]
    since = [day for day in days if day >= replay.began]
    changes = (*seen.earlier, *([seen.now] if seen.now is not None else []))
    alarm = _first(changes, replay.began, (Sign.WORSE, Sign.CHANGED))
    hint = _first(changes, replay.began, (Sign.PERHAPS_WORSE, Sign.PERHAPS_CHANGED))
    before = [
        one.told_at
        for one in changes
        if one.sign is Sign.WORSE and one.told_at.first_day < replay.began
    ]
    late = None
    if alarm is not None:
        late = sum(day <= alarm.told_at.first_day for day in since)
    return Replayed(
        replay,
        held=True,
        area_name=watched.area_name,
        points_before=len(days) - len(since),
        points_since=len(since),
        told=alarm.told_at if alarm else None,
        hinted=hint.told_at if hint else None,
        already=before[-1] if before else None,
        points_late=late,
    )


def _first(changes: tuple[Change, ...], began: date, signs: tuple[Sign, ...]) -> Change | None:
    """The first change of some kinds that was told once the failure had begun."""
    told = [one for one in changes if one.sign in signs and one.told_at.first_day >= began]
    return min(told, key=lambda one: one.told_at.first_day, default=None)
