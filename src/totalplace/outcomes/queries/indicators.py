"""Which indicators there are: those that are shipped, and those that places defined themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from totalplace.outcomes import models
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.rules.indicators import Family, Indicator
from totalplace.refusal import Refused

_FAMILIES: Final = list(Family)


@dataclass(frozen=True, slots=True)
class UndefinedRow:
    """A measure that is held and that no definition names yet."""

    form: str
    measure: str
    unit: str
    readings: int
    missing: int
    areas: int
    vintage: int


def indicators(*, as_at: datetime | None = None) -> list[Indicator]:
    """Every indicator, by family and title; places' own as they were defined at a moment."""
    found = [*definitions.shipped_indicators().values(), *_own(as_at).values()]
    return sorted(found, key=lambda one: (_FAMILIES.index(one.family), one.title))


def indicator(code: str, *, as_at: datetime | None = None) -> Indicator:
    """The indicator of a code. Raises Refused where there is none."""
    found = definitions.shipped_indicators().get(code) or _own(as_at).get(code)
    if found is None:
        raise Refused(
            f"There is no indicator {code[:64]}",
            why="none is defined under that code",
            next_step="See them all with: totalplace outcomes list",
        )
    return found


def _own(as_at: datetime | None) -> dict[str, Indicator]:
    rows = models.OwnDefinition.objects.order_by("turn")
    if as_at is not None:
        rows = rows.filter(on__lte=as_at)
    texts = {row.code: (row.text, row.place) for row in rows}  # the last turn of each
    return {code: _read(text, place)[code] for code, (text, place) in texts.items()}


@lru_cache(maxsize=256)
def _read(text: str, place: str) -> dict[str, Indicator]:
    said = definitions.parsed(text, f"the definitions of {place}")
    found = definitions.indicators_of(said, f"the definitions of {place}", place=place)
    return {one.code: one for one in found}


def undefined() -> list[UndefinedRow]:
    """Measures that are held and not yet defined, by form and name, with their latest vintage."""
    named = _named()
    found: dict[tuple[str, str], UndefinedRow] = {}
    for row in models.Measured.objects.select_related("vintage").order_by("vintage_id"):
        key = (row.vintage.form, row.measure)
        if key not in named:
            found[key] = UndefinedRow(
                *key, row.unit, row.readings, row.missing, row.areas, row.vintage_id
            )
    return [found[key] for key in sorted(found)]


def undefined_in(form: str, measures: Iterable[str]) -> list[str]:
    """Those of some measures of a form that no definition names."""
    named = _named()
    return [measure for measure in measures if (form, measure) not in named]


def _named() -> set[tuple[str, str]]:
    return {(held.form, held.measure) for one in indicators() for held in one.held_as}
