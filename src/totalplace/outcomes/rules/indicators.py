"""Indicators: what is watched, why, how it is measured, and who answers for it at both ends.

A definition is data with a closed vocabulary: a key that nobody knows is refused, so that a slip
of the pen is never a silent change of meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Final

from totalplace.outcomes.rules.periods import AS_WRITTEN, Years
from totalplace.refusal import Refused

_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE: Final = 64
# Words that stand in addresses where a code would.
_TAKEN: Final = ("targets", "tables", "undefined", "definition", "download")
_MOST_DECIMALS: Final = 6
CLOSE_UNITS: Final = ("%",)  # written against the number


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Family(StrEnum):
    """What kind of outcome it is."""

    RESULTS = "results"
    EXPERIENCE = "experience"
    CAPACITY = "capacity"
    MONEY = "money"

    @property
    def heading(self) -> str:
        """As a page is headed by it."""
        return _TITLES[self]


_TITLES: Final = {
    Family.RESULTS: "Results for people",
    Family.EXPERIENCE: "Citizens’ experience",
    Family.CAPACITY: "Capacity of services",
    Family.MONEY: "Money",
}


class Frequency(StrEnum):
    """How often it is read."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    IRREGULAR = "irregular"

    @property
    def months(self) -> int | None:
        """From the first day of one reading to that of the next; None where it is irregular."""
        return {"monthly": 1, "quarterly": 3, "yearly": 12}.get(self.value)


class YearKind(StrEnum):
    """From when its years run, where a table only names them."""

    CALENDAR = "calendar"
    FINANCIAL = "financial"
    SCHOOL = "school"
    OCTOBER = "october"
    JANUARY_CENSUS = "january-census"
    UNSAID = "unsaid"


_BEGINS: Final = {
    YearKind.CALENDAR: 1, YearKind.FINANCIAL: 4, YearKind.SCHOOL: 9, YearKind.OCTOBER: 10,
    YearKind.JANUARY_CENSUS: 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldAs:
    """Where its readings stand: the form of the table, and the measure as the table names it."""

    form: str
    measure: str


@dataclass(frozen=True, slots=True)
class Break:
    """A day across which readings may not be compared, and why."""

    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A period of which nothing was published: its first day, and why."""

    first_day: date
    why: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is watched. `scale` is what a share is multiplied by: 100 for a percentage.

    `place` is that of the place that defined it itself; empty for one that is shipped.
    """

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    unit: str
    better: Better
    family: Family
    level: str
    frequency: Frequency
    source: str
    review_by: date
    owner_local: str
    owner_national: str
    held_as: tuple[HeldAs, ...]
    decimals: int = 1
    scale: int = 100
    years: Years = AS_WRITTEN
    dimensions: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    gaps: tuple[Gap, ...] = ()
    uncertain: str = ""
    place: str = ""
    draft: bool = False

    def said(self, value: Decimal | None) -> str:
        """A value in its unit, rounded half up, as a page shows it; empty where it is missing."""
        if value is None:
            return ""
        number = rounded(value, self.decimals)
        return f"{number}{self.unit}" if self.unit in CLOSE_UNITS else f"{number} {self.unit}"


def rounded(value: Decimal, decimals: int) -> str:
    """A value with so many decimals, halves away from zero, thousands parted."""
    nearest = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{nearest:,}" if nearest else f"{abs(nearest):,}"  # no "-0.0"


def share(numerator: int, denominator: int, scale: int) -> Decimal | None:
    """A share of two whole counts, in parts of the scale; None of nobody."""
    return None if not denominator else Decimal(numerator) * scale / Decimal(denominator)


_MUST: Final = {
    "title", "why", "numerator", "denominator", "unit", "better", "family", "level", "frequency",
    "held_as",
}  # fmt: skip
# What a file may say once for all its indicators.
SAID_ONCE: Final = {"owner_local", "owner_national", "source", "review_by"}
_MAY: Final = {
    "decimals", "scale", "year", "year_named_by", "dimensions", "breaks", "gaps", "uncertain",
    "draft",
}  # fmt: skip


def indicator_of(
    code: str, said: Mapping[str, Any], *, once: Mapping[str, Any], where: str, place: str = ""
) -> Indicator:
    """An indicator from its definition; `once` is what its file says for all of them.

    Raises Refused for a key that is unknown or lacking, and for a value that is none.
    """
    _check_code(code, where)
    whole = {**{key: once[key] for key in SAID_ONCE if key in once}, **said}
    _check_keys(code, whole, where)
    try:
        return _made(code, whole, place)
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(
            f"The indicator {code} in {where} cannot be read",
            why=f"a value in it is none that may stand there ({error})",
            next_step="Put it right; docs/how-to/add-readings.md lists what may stand where",
        ) from error


def _check_code(code: str, where: str) -> None:
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE or code in _TAKEN:
        raise Refused(
            f"'{code}' in {where} cannot be the code of an indicator",
            why="a code is small letters, digits and single hyphens, up to "
            f"{_LONGEST_CODE} of them, and none of {', '.join(_TAKEN)}",
            next_step="Choose another, such as ready-for-school",
        )


def _check_keys(code: str, said: Mapping[str, Any], where: str) -> None:
    unknown = set(map(str, said)) - _MUST - _MAY - SAID_ONCE
    lacking = (_MUST | SAID_ONCE) - set(said)
    if unknown or lacking:
        told = [f"it lacks {', '.join(sorted(lacking))}"] if lacking else []
        told += [f"nobody knows {', '.join(sorted(unknown))}"] if unknown else []
        raise Refused(
            f"The indicator {code} in {where} cannot be read",
            why="; ".join(told),
            next_step="Put the key right; docs/how-to/add-readings.md lists them all",
        )


def _made(code: str, said: Mapping[str, Any], place: str) -> Indicator:
    decimals, scale = int(said.get("decimals", 1)), int(said.get("scale", 100))
    if not 0 <= decimals <= _MOST_DECIMALS or scale < 1:
        raise ValueError("decimals are 0 to 6, and a scale is 1 or more")
    for key in ("title", "why", "unit", "numerator", "level", "source"):
        if not isinstance(said[key], str) or not said[key].strip():
            raise ValueError(f"{key} says nothing")
    if not isinstance(said["review_by"], date):
        raise TypeError("review_by is no day")
    return Indicator(
        code=code,
        title=said["title"].strip(),
        why=said["why"].strip(),
        numerator=said["numerator"].strip(),
        denominator=str(said["denominator"] or "").strip(),
        unit=said["unit"].strip(),
        better=Better(said["better"]),
        family=Family(said["family"]),
        level=said["level"].strip(),
        frequency=Frequency(said["frequency"]),
        source=said["source"].strip(),
        review_by=said["review_by"],
        owner_local=str(said["owner_local"]).strip(),
        owner_national=str(said["owner_national"]).strip(),
        held_as=tuple(_held_as(one) for one in said["held_as"]),
        decimals=decimals,
        scale=scale,
        years=years_of(said.get("year"), said.get("year_named_by")),
        dimensions=tuple(map(str, said.get("dimensions", ()))),
        breaks=tuple(Break(*_dated(one, "from_day")) for one in said.get("breaks", ())),
        gaps=tuple(Gap(*_dated(one, "first_day")) for one in said.get("gaps", ())),
        uncertain=str(said.get("uncertain", "")).strip(),
        place=place,
        draft=bool(said.get("draft", False)),
    )


def years_of(kind: str | None, named_by: str | None) -> Years:
    """How years run, from the words of a definition. Raises ValueError for other words."""
    if named_by not in (None, "start", "end"):
        raise ValueError(f"year_named_by is start or end, not {named_by}")
    month = _BEGINS.get(YearKind(kind)) if kind else None
    return Years(month, None if named_by is None else named_by == "end")


def _held_as(said: Mapping[str, Any]) -> HeldAs:
    _only(said, {"form", "measure"})
    return HeldAs(str(said["form"]), str(said["measure"]))


def _dated(said: Mapping[str, Any], key: str) -> tuple[date, str]:
    _only(said, {key, "why"})
    if not isinstance(said[key], date):
        raise TypeError(f"{key} is no day")
    return said[key], str(said["why"]).strip()


def _only(said: Mapping[str, Any], keys: Iterable[str]) -> None:
    odd = set(said) ^ set(keys)
    if odd:
        raise ValueError(f"lacks or should not have {', '.join(sorted(map(str, odd)))}")
