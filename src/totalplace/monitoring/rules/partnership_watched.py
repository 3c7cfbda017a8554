"""What is watched of the partnership: each principle, by who judges whom, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from totalplace.monitoring.rules.partnership import WHOLE_SIDE, Group
from totalplace.monitoring.rules.questions import LOCAL, Principle, Questions, same_wording
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better, Break
from totalplace.outcomes.rules.periods import Period, following
from totalplace.readiness.rules.scale import Side

_MONTHS: Final = 3
_NOBODY: Final = "no round was held"
_NOT_ABOUT: Final = "that was not asked about"
_REWORDED: Final = "The statements are worded anew from here on, so answers are not compared."
_NOTES: Final = (
    "The mean over people of the share of statements that each agrees with; each counts once.",
    "Those who answer are not the same people each quarter.",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A closed round: the quarter, the words that were put, and what may be told of each group."""

    quarter: Period
    questions: Questions
    groups: Sequence[Group]

    def side(self, about: str, side: Side) -> Group | None:
        """What a whole side says of a relation; None where it was not asked about."""
        wanted = (about, side, WHOLE_SIDE)
        return next((g for g in self.groups if (g.about, g.side, g.agency) == wanted), None)


def watched(
    place: str, place_name: str, judged: Sequence[Judged], names: Mapping[str, str]
) -> list[Watched]:
    """Every series of the rounds of a place, in order; `names` are of departments by code."""
    rounds = sorted(judged, key=lambda one: one.quarter.first_day)
    if not rounds:
        return []
    found = []
    for about, side in _relations(rounds):
        for principle in rounds[-1].questions.principles:
            points = tuple(_points(rounds, about, side, principle.code))
            if all(point.value is None for point in points):
                continue
            found.append(
                Watched(
                    code=_code(about, side, principle.code),
                    title=_title(about, side, principle, names),
                    subject=Subject.PARTNERSHIP, place=place, area=place, area_name=place_name,
                    unit="%", better=Better.HIGHER, months=_MONTHS, points=points,
                    kind=Kind.SHARE, decimals=0, notes=_NOTES,
                    breaks=tuple(_breaks(rounds, principle.code)),
                    owners=("", about),
                )
            )  # fmt: skip
    return found


def _relations(rounds: Sequence[Judged]) -> list[tuple[str, Side]]:
    """Who judged whom in any of the rounds, local bodies first."""
    seen = {(g.about, g.side) for one in rounds for g in one.groups if g.agency == WHOLE_SIDE}
    return sorted(seen, key=lambda one: (one[0], one[1] is Side.CENTRE))


def _code(about: str, side: Side, principle: str) -> str:
    if about == LOCAL:
        return f"partnership/local/{principle}"
    who = "local" if side is Side.PLACE else "centre"
    return f"partnership/{about}/{who}/{principle}"


def _title(about: str, side: Side, principle: Principle, names: Mapping[str, str]) -> str:
    name = names.get(about, about)
    who = {
        True: "local bodies of each other",
        False: f"local people of {name}" if side is Side.PLACE else f"{name} of the place",
    }[about == LOCAL]
    return f"{principle.title}: {who}"


def _points(rounds: Sequence[Judged], about: str, side: Side, principle: str) -> Iterator[Point]:
    """A point for each quarter from the first round to the last; none held is missing."""
    held = {one.quarter.first_day: one for one in rounds}
    quarter, last = rounds[0].quarter, rounds[-1].quarter
    while quarter.first_day <= last.first_day:
        yield _point(held.get(quarter.first_day), quarter, (about, side), principle)
        quarter = following(quarter, _MONTHS)


def _point(judged: Judged | None, quarter: Period, of: tuple[str, Side], principle: str) -> Point:
    group = judged.side(*of) if judged else None
    if judged is None or group is None:
        return Point(quarter, None, Standing.MISSING, _NOBODY if judged is None else _NOT_ABOUT)
    share = group.shares.get(principle)
    if share is None:
        why = f"fewer than {judged.questions.fewest} people answered"
        return Point(quarter, None, Standing.MISSING, why)
    low, high = share.interval
    return Point(
        quarter, share.value, numerator=share.agreeing, denominator=float(share.people), low=low,
        high=high,
    )  # fmt: skip


def _breaks(rounds: Sequence[Judged], principle: str) -> Iterator[Break]:
    for before, after in pairwise(rounds):
        if not same_wording(before.questions, after.questions, principle):
            yield Break(after.quarter.first_day, _REWORDED)
