"""A funnel: many units in one period, beside what chance alone would do to units of their size.

After Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in
Medicine 24:1185-1202: limits at 95 and 99.8 per cent, exact where numbers are small, widened where
all units differ by more than chance (over-dispersion). A league table is never made of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.monitoring.rules.charts.chance import Law, beyond, binomial, limit, poisson, z_of
from totalplace.monitoring.rules.charts.dispersion import (
    NONE,
    Dispersion,
    Widened,
    dispersion_of,
)
from totalplace.monitoring.rules.watched import Kind
from totalplace.outcomes.rules.indicators import Better

Z_95: Final = 1.959964
Z_998: Final = 3.090232
FEWEST: Final = 5  # units; fewer are a list, not a funnel
_LINES: Final = 48  # sizes at which the limits are worked out


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is given: events of a size, or a value with its standard error.

    `numerator` of `denominator` is for shares and rates; `value` (in the unit of the series) and
    `error` (its standard error) for measures.
    """

    code: str
    name: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit in the funnel.

    `size` is its denominator, or for a measure one over its squared error. `z` is how many standard
    deviations it lies from all units together, over-dispersion allowed for. `band` is 0 within the
    95 per cent limits, 95 beyond them, 998 beyond those of 99.8. `worse` says which side it is on:
    None where no side is better. `stands_out` means that it is among those of whom at most the
    stated share is expected to be there by chance.
    """

    code: str
    name: str
    value: float
    size: float
    z: float
    band: int
    worse: bool | None
    stands_out: bool
    numerator: float | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that cannot be shown, and why."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """The limits at one size, in the unit of the series."""

    size: float
    low_998: float
    low_95: float
    high_95: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel: `centre` is all units together, in the unit of the series.

    `share_false` is the share of those that stand out who are expected to be there by chance.
    """

    units: tuple[Shown, ...]
    centre: float | None
    lines: tuple[Line, ...]
    kind: Kind
    better: Better
    dispersion: Dispersion
    share_false: float
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def standing_out(self) -> tuple[Shown, ...]:
        """The units that stand out, the furthest out first."""
        found = [one for one in self.units if one.stands_out]
        return tuple(sorted(found, key=lambda one: (-abs(one.z), one.code)))


@dataclass(frozen=True, slots=True)
class _Sized:
    """A unit that can be shown, with its value, its size and its own standard error."""

    unit: Unit
    value: float
    size: float


def funnel(
    units: Sequence[Unit],
    *,
    better: Better,
    kind: Kind = Kind.SHARE,
    scale: float = 100.0,
    share_false: float = 0.10,
) -> Funnel:
    """The funnel of many units in one period.

    `scale` is what a share or a rate is multiplied by: 100 for per cent. `share_false` is the share
    of those told as standing out that may be false (Benjamini and Hochberg 1995, JRSS B 57:289-300,
    on two-sided mid-P values). A unit that cannot be placed is left out with its reason; with fewer
    than five that can, there is no funnel: no lines, and nothing stands out.
    """
    sized, left = _sorted_out(units, kind, scale)
    centre = _centre(sized, kind, scale) if len(sized) >= FEWEST else None
    if centre is None:
        why = "No unit differs from nought or from all: there is nothing to compare."
        if len(sized) < FEWEST:
            why = f"{len(sized)} units are too few to say what is usual: {FEWEST} are needed."
        shown = tuple(_alone(one, why) for one in sized)
        return Funnel(shown, None, (), kind, better, NONE, share_false, tuple(left), (why,))
    errors = [_error(one.size, centre, kind, scale) for one in sized]
    plain = [(one.value - centre) / error for one, error in zip(sized, errors, strict=True)]
    spread = dispersion_of(plain, errors)
    zs = [
        _z(one, centre, kind, scale) / spread.widens(error)
        for one, error in zip(sized, errors, strict=True)
    ]
    rows = zip(sized, zs, stand_out(zs, share_false), strict=True)
    shown = tuple(_shown(one, z, out, centre=centre, better=better) for one, z, out in rows)
    lines = _lines(sized, centre, kind, scale, spread)
    notes = _notes(spread, len(sized), left)
    return Funnel(shown, centre, lines, kind, better, spread, share_false, tuple(left), notes)


def _alone(one: _Sized, why: str) -> Shown:
    """A unit that has nothing to be compared with."""
    unit = one.unit
    return Shown(unit.code, unit.name, one.value, one.size, z=0.0, band=0, worse=None,
                 stands_out=False, numerator=unit.numerator, says=why)  # fmt: skip


def stand_out(zs: Sequence[float], share_false: float) -> list[bool]:
    """Which of many stand out, so that at most this share of them is expected to by chance."""
    chances = [2 * beyond(z) for z in zs]
    order = sorted(range(len(zs)), key=chances.__getitem__)
    passing = [
        rank for rank, at in enumerate(order, 1) if chances[at] <= share_false * rank / len(zs)
    ]
    told = set(order[: max(passing, default=0)])
    return [at in told for at in range(len(zs))]


def _sorted_out(units: Sequence[Unit], kind: Kind, scale: float) -> tuple[list[_Sized], list[Left]]:
    sized: list[_Sized] = []
    left: list[Left] = []
    for unit in units:
        why = _why_left(unit, kind)
        if why:
            left.append(Left(unit.code, unit.name, why))
        elif kind is Kind.MEASURE:
            value, error = unit.value or 0.0, unit.error or 1.0
            sized.append(_Sized(unit, value, 1 / error**2))
        else:
            top, below = unit.numerator or 0.0, unit.denominator or 1.0
            sized.append(_Sized(unit, scale * top / below, below))
    return sized, left


def _why_left(unit: Unit, kind: Kind) -> str:
    if kind is Kind.MEASURE:
        if unit.value is None or not math.isfinite(unit.value):
            return "there is no figure"
        if unit.error is None or not (math.isfinite(unit.error) and unit.error > 0):
            return "nothing was published about how far its figure moves by chance"
        return ""
    top, below = unit.numerator, unit.denominator
    if top is None or not math.isfinite(top):
        return "there is no figure"
    if below is None or not (math.isfinite(below) and below > 0):
        return "it is not said of how many"
    if top < 0:
        return "its figure is below nought"
    if kind is Kind.SHARE and top > below:
        return "its figure counts more than there are"
    return ""


def _centre(sized: Sequence[_Sized], kind: Kind, scale: float) -> float | None:
    """All units together: events of all over the sizes of all, or the mean weighted by size."""
    total = math.fsum(one.size for one in sized)
    if kind is Kind.MEASURE:
        return math.fsum(one.size * one.value for one in sized) / total
    share = math.fsum(one.unit.numerator or 0.0 for one in sized) / total
    most = 1.0 if kind is Kind.SHARE else math.inf
    return scale * share if 0 < share < most else None


def _law(size: float, centre: float, kind: Kind, scale: float) -> Law | None:
    """How events fall by chance at a size; None for measures, and shares of a broken number."""
    if kind is Kind.COUNT:
        return poisson(size * centre / scale)
    if kind is Kind.SHARE and size == math.floor(size):
        return binomial(int(size), centre / scale)
    return None


def _error(size: float, centre: float, kind: Kind, scale: float) -> float:
    """The standard error of a unit of a size by chance alone, in the unit of the series."""
    if kind is Kind.MEASURE:
        return 1 / math.sqrt(size)
    share = centre / scale
    variance = share * (1 - share) if kind is Kind.SHARE else share
    return scale * math.sqrt(variance / size)


def _z(one: _Sized, centre: float, kind: Kind, scale: float) -> float:
    law = _law(one.size, centre, kind, scale)
    if law is None:
        return (one.value - centre) / _error(one.size, centre, kind, scale)
    return z_of(one.unit.numerator or 0.0, law)


def _shown(one: _Sized, z: float, out: bool, *, centre: float, better: Better) -> Shown:
    band = 998 if abs(z) > Z_998 else 95 if abs(z) > Z_95 else 0
    above = one.value > centre
    worse = None if better is Better.NEITHER else above == (better is Better.LOWER)
    says = _said(band, out=out, above=above, worse=worse)
    return Shown(one.unit.code, one.unit.name, one.value, one.size, z, band, worse, out,
                 one.unit.numerator, says)  # fmt: skip


def _said(band: int, *, out: bool, above: bool, worse: bool | None) -> str:
    side = "Higher" if above else "Lower"
    if not out:
        if band == 0:
            return "As chance would have it: no different from all together."
        return f"{side} than all together, but among so many units one or another is by chance."
    if worse is None:
        return f"{side} than all together by more than chance."
    return f"{'Worse' if worse else 'Better'} than all together by more than chance."


def _lines(
    sized: Sequence[_Sized], centre: float, kind: Kind, scale: float, spread: Dispersion
) -> tuple[Line, ...]:
    """The limits at sizes from the least to the most, closer together where they bend."""
    least, most = min(one.size for one in sized), max(one.size for one in sized)
    if least == most:
        least, most = least / 2, most * 2
    ratio = (most / least) ** (1 / (_LINES - 1))
    sizes = [least * ratio**n for n in range(_LINES)]
    if kind is Kind.SHARE:
        sizes = sorted({max(1.0, float(round(size))) for size in sizes})
    found = []
    for size in sizes:
        error = _error(size, centre, kind, scale)
        wide = spread.widens(error)
        law = _law(size, centre, kind, scale)
        ends = [
            centre + z * wide * error if law is None else scale * limit(z * wide, law) / size
            for z in (-Z_998, -Z_95, Z_95, Z_998)
        ]
        found.append(Line(size, *ends))
    return tuple(found)


def _notes(spread: Dispersion, count: int, left: Sequence[Left]) -> tuple[str, ...]:
    found = []
    if spread.how is not Widened.NOT:
        found.append(
            f"Units differ by more than chance alone would make them ({spread.ratio:.1f} times as "
            "much): the limits are widened by it, so that only those stand out who differ from "
            "how units usually differ."
        )
    by_chance = round(0.05 * count, 1)
    found.append(
        f"Of {count} units about {by_chance:g} lie beyond the 95 per cent limits by chance; that "
        "is why lying beyond them is not enough to stand out."
    )
    if left:
        found.append(f"{len(left)} units are not shown; the table says why.")
    return tuple(found)
