"""The formula sandbox: a sum shared out by need, with floors that gains pay for. Exact, in pence.

The steps are those of English formula grant: relative need by weighted indicators, an adjustment
for area costs, and floor damping, in which increases above the floor are scaled back until they
have paid for it (House of Commons, 4 December 2006, written answer on Wirral council's finance;
Department for Communities and Local Government, floor damping models for 2011-12: the factor lies
between nought and one, and where it would be below nought the floor is too high).

All is reckoned in whole numbers and fractions, and rounded to pence once, by largest remainder: so
the shares come to the sum to the penny, and the order of the areas changes nothing. A share grows
with its need; rounding may move it by no more than a penny.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Final

from totalplace.money.pence import share_out
from totalplace.refusal import Refused

_HUNDRED: Final = 100
MOST_YEARS: Final = 10
MOST_AREAS: Final = 2_000
_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Place:
    """An area or agency that has a share; what is not known is None.

    `needs` are the amounts of each indicator, at or above nought; `area_cost` is 1 where a thing
    costs what it does on average; `today_pence` is what it has in the year before.
    """

    code: str
    name: str
    needs: Mapping[str, Fraction]
    area_cost: Fraction = _ONE
    today_pence: int | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum and how it is shared out. Floor, ceiling and growth are changes in per cent a year.

    A floor of -2 is: nobody has less than 98 per cent of the year before. `overspend_pence` is a
    sum by which all together might overspend; each bears of it as its share is (below nought: an
    underspend, of which each has its part).
    """

    quantum_pence: int
    weights: Mapping[str, Fraction]
    floor_per_cent: Fraction | None = None
    ceiling_per_cent: Fraction | None = None
    growth_per_cent: tuple[Fraction, ...] = ()
    overspend_pence: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What an area has in a year, and every step to it. Exact steps are fractions, sums pence."""

    place: Place
    need: Fraction  # its part of all need, as weighted
    adjusted: Fraction  # after area costs: its part of the sum
    undamped_pence: int  # its part of the sum, before floors and ceilings
    floor_pence: int | None
    ceiling_pence: int | None
    pence: int
    risk_pence: int
    before_pence: int | None  # in the year before

    @property
    def damping_pence(self) -> int:
        """What floors and ceilings give it; below nought: what it pays for those of others."""
        return self.pence - self.undamped_pence

    @property
    def change_pence(self) -> int | None:
        """More or less than in the year before; None where that is not known."""
        return None if self.before_pence is None else self.pence - self.before_pence

    @property
    def change_per_cent(self) -> Fraction | None:
        """The change in per cent; None where there was nothing before."""
        if not self.before_pence:
            return None
        return Fraction((self.pence - self.before_pence) * _HUNDRED, self.before_pence)

    @property
    def per_head_pence(self) -> int | None:
        """Pence for each person, to the nearest; None where people are not known."""
        return round(Fraction(self.pence, self.place.people)) if self.place.people else None


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its sum, by how much gains were scaled, and each area's share, by code."""

    number: int  # from 1
    quantum_pence: int
    scaling: Fraction | None  # None: there was no floor; 1: nothing had to be scaled back
    shares: tuple[Share, ...]


def reckon(formula: Formula, places: Sequence[Place]) -> list[Year]:
    """The shares of each year, the areas by code.

    Raises Refused for a formula or an area that cannot be, and for floors that cost more than
    there is; `highest_floor` says which could be paid for.
    """
    ordered = sorted(places, key=lambda one: one.code)
    _check(formula, ordered)
    years: list[Year] = []
    quantum = Fraction(formula.quantum_pence)
    for number, growth in enumerate((Fraction(0), *formula.growth_per_cent), start=1):
        quantum *= 1 + growth / _HUNDRED
        year = _year(replace(formula, quantum_pence=floor(quantum)), ordered, number)
        years.append(year)
        ordered = [replace(share.place, today_pence=share.pence) for share in year.shares]
    return years


def _year(formula: Formula, places: Sequence[Place], number: int) -> Year:
    needs = relative_needs(formula.weights, places)
    parts = adjusted_for_costs(needs, places)
    floors = {p.code: _bound(p, formula.floor_per_cent, ceil) for p in places}
    ceilings = {p.code: _bound(p, formula.ceiling_per_cent, floor) for p in places}
    quantum = formula.quantum_pence
    exact, scaling = _damped(quantum, parts, floors, ceilings)
    pence = _rounded(quantum, exact)
    undamped = _rounded(quantum, {code: quantum * part for code, part in parts.items()})
    risk = share_out(formula.overspend_pence, pence) if quantum else dict.fromkeys(pence, 0)
    shares = tuple(
        Share(
            p, needs[p.code], parts[p.code], undamped[p.code], floors[p.code], ceilings[p.code],
            pence[p.code], risk[p.code], p.today_pence,
        )
        for p in places
    )  # fmt: skip
    return Year(number, quantum, scaling, shares)


def relative_needs(weights: Mapping[str, Fraction], places: Sequence[Place]) -> dict[str, Fraction]:
    """Each area's part of all need: for each indicator its part of the whole, as it is weighted."""
    all_weights = sum(weights.values())
    found = dict.fromkeys((p.code for p in places), Fraction(0))
    for indicator, weight in weights.items():
        whole = sum(p.needs[indicator] for p in places)
        if not weight:
            continue
        for p in places:
            found[p.code] += Fraction(weight, all_weights) * p.needs[indicator] / whole
    return found


def adjusted_for_costs(
    needs: Mapping[str, Fraction], places: Sequence[Place]
) -> dict[str, Fraction]:
    """Each area's part after its costs: need times area cost, made to come to one again."""
    costly = {p.code: needs[p.code] * p.area_cost for p in places}
    whole = sum(costly.values())
    return {code: part / whole for code, part in costly.items()}


def _damped(
    quantum: int, parts: Mapping[str, Fraction], floors: Mapping[str, int | None],
    ceilings: Mapping[str, int | None],
) -> tuple[dict[str, Fraction], Fraction | None]:  # fmt: skip
    """Exact shares within floors and ceilings, and the factor by which gains were scaled."""
    capped = _capped(quantum, parts, ceilings)
    held = {code: bound for code, bound in floors.items() if bound is not None}
    if not held:
        return capped, None
    free = sum((capped[code] for code in capped if code not in held), Fraction(0))
    gains = {code: max(Fraction(0), capped[code] - bound) for code, bound in held.items()}
    left, gained = quantum - free - sum(held.values()), sum(gains.values())
    if left < 0:
        raise _too_high(quantum, Fraction(sum(held.values())), free)
    scaling = Fraction(left) / gained if gained else _ONE
    damped = {
        code: held[code] + scaling * gains[code] if code in held else capped[code]
        for code in capped
    }
    return damped, scaling


def _capped(
    quantum: int, parts: Mapping[str, Fraction], ceilings: Mapping[str, int | None]
) -> dict[str, Fraction]:
    """Exact shares of which none is above its ceiling; what that frees goes to the others."""
    fixed: dict[str, Fraction] = {}
    while True:
        open_ = {code: part for code, part in parts.items() if code not in fixed}
        left = quantum - sum(fixed.values())
        whole = sum(open_.values())
        if not whole:
            if left:
                raise Refused(
                    "The sum cannot be shared out",
                    why=f"with these ceilings {floor(left)} pence are left that nobody may have",
                    next_step="Choose a higher ceiling, or a smaller sum",
                )
            return fixed | dict.fromkeys(open_, Fraction(0))
        shares = {code: left * part / whole for code, part in open_.items()}
        over = {
            code: Fraction(bound)
            for code, share in shares.items()
            if (bound := ceilings[code]) is not None and share > bound
        }
        if not over:
            return fixed | shares
        fixed |= over


def _rounded(total: int, exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole pence that come to the total, by largest remainder, ties by code."""
    common = lcm(*(share.denominator for share in exact.values()))
    weights = {code: int(share * common) for code, share in exact.items()}
    return share_out(total, weights) if total else dict.fromkeys(exact, 0)


def _bound(
    place: Place, per_cent: Fraction | None, to_pence: Callable[[Fraction], int]
) -> int | None:
    """A floor or ceiling in pence: so many per cent more or less than the year before."""
    if per_cent is None or place.today_pence is None:
        return None
    exact = place.today_pence * (1 + per_cent / _HUNDRED)
    return to_pence(exact)


def _too_high(quantum: int, floors: Fraction, free: Fraction) -> Refused:
    short = ceil(floors + free - quantum)
    return Refused(
        "The floor cannot be paid for",
        why=f"it costs {short:,} pence more than there is, whatever the others give up",
        next_step="Choose a lower floor, or a larger sum",
    )


def highest_floor(formula: Formula, places: Sequence[Place]) -> int | None:
    """The highest floor in whole per cent a year that every year can pay for; None: none can."""
    low, high = -_HUNDRED, _HUNDRED
    if not _stands(formula, places, low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _stands(formula, places, middle) else (low, middle - 1)
    return low


def _stands(formula: Formula, places: Sequence[Place], per_cent: int) -> bool:
    try:
        reckon(replace(formula, floor_per_cent=Fraction(per_cent)), places)
    except Refused:
        return False
    return True


def _check(formula: Formula, places: Sequence[Place]) -> None:
    """Raise Refused for what no formula can work with, and say where it is."""
    why = _formula_lacks(formula) or _places_lack(formula, places)
    if why:
        raise Refused(
            "The sum cannot be shared out", why=why, next_step="Put it right and try again"
        )


def _formula_lacks(formula: Formula) -> str:
    bounds = (formula.floor_per_cent, formula.ceiling_per_cent, *formula.growth_per_cent)
    if formula.quantum_pence < 0:
        return "the sum is below nothing"
    if (
        not formula.weights
        or min(formula.weights.values()) < 0
        or not any(formula.weights.values())
    ):
        return "no indicator has a weight above nought, or one has a weight below it"
    if any(bound is not None and bound < -_HUNDRED for bound in bounds):
        return "a floor, ceiling or growth is below minus a hundred per cent"
    if len(formula.growth_per_cent) >= MOST_YEARS:
        return f"at most {MOST_YEARS} years can be reckoned"
    low, high = formula.floor_per_cent, formula.ceiling_per_cent
    if low is not None and high is not None and low > high:
        return "the floor is above the ceiling"
    return ""


def _places_lack(formula: Formula, places: Sequence[Place]) -> str:
    codes = [p.code for p in places]
    if not places or len(set(codes)) != len(codes) or len(codes) > MOST_AREAS:
        return f"there is no area, one is there twice, or there are more than {MOST_AREAS}"
    for p in places:
        if p.area_cost <= 0:
            return f"the area cost of {p.code} is not above nought"
        if (p.today_pence or 0) < 0 or (p.people or 0) < 0:
            return f"{p.code} has less than nothing today, or fewer people than none"
        for indicator in formula.weights:
            if indicator not in p.needs:
                return f"{p.code} has no '{indicator}': what is not known cannot be shared by"
            if p.needs[indicator] < 0:
                return f"{p.code} has less than none of '{indicator}'"
    for indicator, weight in formula.weights.items():
        if weight and not any(p.needs[indicator] for p in places):
            return f"no area has any '{indicator}'"
    return ""
