"""Findings: what the watch told once, frozen; and which of what it sees now is new.

A finding is never changed. What becomes more certain, or is revised away by its publisher, is a
further finding that follows the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Point, Watched
from totalplace.outcomes.rules.periods import Period


class Sort(StrEnum):
    """What a finding is to the one before it."""

    NEW = "new"
    SURER = "more certain"  # told as not certain before, and as an alarm or as better now
    REVISED = "revised away"  # figures that it rested on were changed by their publisher


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that stands on the record, as far as is needed to know the change again."""

    number: int
    code: str
    area: str
    sort: Sort
    sign: Sign
    first_day: date  # of the earliest period in which it may have begun
    last_day: date  # of the latest


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finding to be made: of which change, and the number of the one that it follows."""

    sort: Sort
    change: Change | None  # None of one that is revised away
    follows: int | None = None


_WAY: Final = {
    Sign.WORSE: -1, Sign.PERHAPS_WORSE: -1, Sign.BETTER: 1, Sign.PERHAPS_BETTER: 1,
    Sign.CHANGED: 0, Sign.PERHAPS_CHANGED: 0,
}  # fmt: skip
_ROUNDED: Final = 1e-9  # of a figure: by no more do two readings of one table differ
UNSURE: Final = frozenset({Sign.PERHAPS_WORSE, Sign.PERHAPS_BETTER, Sign.PERHAPS_CHANGED})


def same_way(one: Sign, other: Sign) -> bool:
    """Whether two signs speak of the same direction, sure or not."""
    return one in _WAY and other in _WAY and _WAY[one] == _WAY[other]


def wanted(seen: Seen, known: Sequence[Known], *, protected: bool = True) -> list[Wanted]:
    """The findings to be made of what is seen in a series, given those of that series so far.

    A change is the same as one that is known where both go the same way and the days on which
    they may have begun overlap: it is told once, and again only when it is certain. What is not
    certain is a finding only of a protected series that may be worse: there are many of those by
    chance, and a page shows them all. A finding of which no change is left is one to be revised
    away, if its figures were (`figures_changed`), and that is told once too.
    """
    found: list[Wanted] = []
    now = seen.now
    if now is not None and now.sign in _WAY:
        before = [one for one in known if _is_same(one, now)]
        if not before or before[-1].sort is Sort.REVISED:
            told = now.sign not in UNSURE or (protected and now.sign is not Sign.PERHAPS_BETTER)
            found += [Wanted(Sort.NEW, now)] if told else []
        elif before[-1].sign in UNSURE and now.sign not in UNSURE:
            found.append(Wanted(Sort.SURER, now, before[-1].number))
    changes = [*seen.earlier, *([now] if now else [])]
    found += [
        Wanted(Sort.REVISED, None, one.number)
        for one in _last_of_each(known)
        if one.sort is not Sort.REVISED
        and seen.sign not in (Sign.TOO_FEW, Sign.SET_ASIDE)
        and not any(_is_same(one, change) for change in changes)
    ]
    return found


def figures_changed(said: Mapping[str, Any], watched: Watched) -> bool:
    """Whether a figure that a finding rested on, by its text, is another one now or is not there.

    What came after it, a new break or another promise changes no figure.
    """
    now = {(point.period.first_day, point.period.last_day): point for point in watched.points}
    for kept in said["series"]["points"]:
        period = period_of(kept["period"])
        point = now.get((period.first_day, period.last_day))
        if kept["value"] is None:
            continue
        if point is None or point.value is None:
            return True
        if abs(point.value - kept["value"]) > _ROUNDED * max(1.0, abs(kept["value"])):
            return True
    return False


def _is_same(known: Known, change: Change) -> bool:
    return (
        same_way(known.sign, change.sign)
        and known.first_day <= change.since_latest.last_day
        and change.since_earliest.first_day <= known.last_day
    )


def _last_of_each(known: Iterable[Known]) -> list[Known]:
    """The last finding of each change, where later ones overlap those before."""
    found: list[Known] = []
    for one in known:
        found = [
            other
            for other in found
            if not (
                same_way(other.sign, one.sign)
                and other.first_day <= one.last_day
                and one.first_day <= other.last_day
            )
        ]
        found.append(one)
    return found


def canonical(said: Mapping[str, Any]) -> str:
    """The one text of a frozen finding: sorted keys, no blanks, letters as they are."""
    return json.dumps(
        said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest_of(text: str) -> str:
    """SHA-256 (FIPS 180-4) of a finding's text in UTF-8, in hexadecimals."""
    return hashlib.sha256(text.encode()).hexdigest()


def period_said(period: Period) -> list[str]:
    """A period as it is kept in a text: its first day, its last day, its name."""
    return [period.first_day.isoformat(), period.last_day.isoformat(), period.said]


def period_of(said: Sequence[str]) -> Period:
    """A period from a text. Raises ValueError for what is none."""
    first, last, name = said
    return Period(date.fromisoformat(first), date.fromisoformat(last), name)


_PERIODS: Final = ("since", "since_earliest", "since_latest", "told_at")


def change_said(change: Change) -> dict[str, Any]:
    """A change as it is kept in a text; nothing of it is left out."""
    said = {name: getattr(change, name) for name in Change.__slots__}
    said |= {name: period_said(said[name]) for name in _PERIODS}
    said |= {"sign": change.sign.value, "shape": change.shape.value}
    return said


def series_said(watched: Watched) -> dict[str, Any]:
    """A series as it was when it was looked at: each figure, how it stood, and the breaks."""
    return {
        "code": watched.code,
        "title": watched.title,
        "subject": watched.subject.value,
        "place": watched.place,
        "area": watched.area,
        "area_name": watched.area_name,
        "unit": watched.unit,
        "decimals": watched.decimals,
        "better": watched.better.value,
        "kind": watched.kind.value,
        "months": watched.months,
        "matters": watched.matters,
        "protected": watched.protected,
        "owners": list(watched.owners),
        "notes": list(watched.notes),
        "breaks": [[one.on.isoformat(), one.why] for one in watched.breaks],
        "points": [_point(point) for point in watched.points],
    }


def _point(point: Point) -> dict[str, Any]:
    said: dict[str, Any] = {
        "period": period_said(point.period), "value": point.value, "standing": point.standing.value
    }  # fmt: skip
    for name in ("why", "numerator", "denominator", "low", "high"):
        value = getattr(point, name)
        if value not in (None, ""):
            said[name] = value
    return said


def change_of(said: Mapping[str, Any]) -> Change:
    """A change from a text. Raises ValueError or TypeError for what is none."""
    read = dict(said) | {name: period_of(said[name]) for name in _PERIODS}
    return Change(**(read | {"sign": Sign(said["sign"]), "shape": Shape(said["shape"])}))


@dataclass(frozen=True, slots=True)
class Under:
    """Under what a finding was told: the promise over so many series, and this series' part of it.

    `chance` is in false alarms a year on this series alone; `limits` say by which tables.
    """

    a_year: float
    series: int
    chance: float
    limits: tuple[str, ...] = ()


def frozen(
    watched: Watched, told: Mapping[str, Any], under: Under, *, change: Change | None, since: Period
) -> str:
    """The text of a finding: the series as it was, the change, the promise and the words.

    `told` is a `telling.Told` as a mapping. Without a change it says that one was revised away.
    """
    return canonical(
        {
            "series": series_said(watched),
            "change": change_said(change) if change else None,
            "since": period_said(since),
            "words": dict(told),
            "under": {
                "a_year": under.a_year,
                "series": under.series,
                "chance": under.chance,
                "limits": list(under.limits),
            },
        }
    )
