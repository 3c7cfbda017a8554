"""What the councils of a place's areas spend, and in which step of a scale each area is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class AreaSum:
    """An area, the bodies whose land is exactly that, and what those spend; None if not known."""

    gss: str
    name: str
    bodies: tuple[str, ...]
    pence: int | None
    people: int | None

    @property
    def per_person_pence(self) -> int | None:
        """Pence for each person, to the penny, half a penny away from nothing."""
        return None if self.people is None else per_person(self.pence, self.people)


def per_person(pence: int | None, people: int) -> int | None:
    """A sum for each of some people, in pence; None where it is not known or there is nobody."""
    if pence is None or people <= 0:
        return None
    each = (2 * abs(pence) + people) // (2 * people)
    return -each if pence < 0 else each


def steps(values: Sequence[int | None]) -> list[int | None]:
    """The step of each value, from 0 for the lowest to 4 for the highest; None for none.

    Steps hold as equal a number as can be; equal values are in one step.
    """
    known = sorted(v for v in values if v is not None)
    if not known:
        return [None] * len(values)
    return [None if v is None else STEPS * known.index(v) // len(known) for v in values]


def ends(values: Sequence[int | None]) -> list[tuple[int, int] | None]:
    """The least and the most value in each step; None of a step without any."""
    listed: list[list[int]] = [[] for _ in range(STEPS)]
    for value, step in zip(values, steps(values), strict=True):
        if value is not None and step is not None:
            listed[step].append(value)
    return [(min(some), max(some)) if some else None for some in listed]


def known(areas: Iterable[AreaSum]) -> list[AreaSum]:
    """Those of which a sum is known."""
    return [a for a in areas if a.pence is not None]
