"""Sharing the spending of a wider body to a place, under several keys, as a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a body's area that a place is, by one key: whole numbers, and where from."""

    key: str  # such as "people"
    part: int
    whole: int
    source: str

    def __post_init__(self) -> None:
        """Refuse a part that is not of its whole: ValueError."""
        if self.whole <= 0 or not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole} is no share")

    @property
    def ratio(self) -> float:
        """The share, 0 to 1, for showing; sums are computed from the whole numbers."""
        return self.part / self.whole

    def of(self, pence: int) -> int:
        """The share of a sum, to the nearest penny, half away from zero."""
        doubled = 2 * abs(pence) * self.part + self.whole
        rounded = doubled // (2 * self.whole)
        return rounded if pence >= 0 else -rounded


@dataclass(frozen=True, slots=True)
class Apportioned:
    """A sum by the first key, its least and greatest by any, and the sum by each key."""

    pence: int
    low_pence: int
    high_pence: int
    by_key: tuple[tuple[Share, int], ...]

    @property
    def said(self) -> str:
        """The keys in words, with their shares."""
        return ", ".join(f"{share.key} {share.ratio:.1%}" for share, _ in self.by_key)


def apportion(pence: int, shares: Sequence[Share]) -> Apportioned:
    """The part of a sum that falls to a place: by the first key, and the range over all of them.

    How a department's spending is shared changes the answer, so one key is never shown alone
    where there are more (HM Treasury, Country and Regional Analysis, on allocation keys). Raises
    ValueError without a key.
    """
    if not shares:
        raise ValueError("nothing says what part of the body's area the place is")
    by_key = tuple((share, share.of(pence)) for share in shares)
    sums = [part for _, part in by_key]
    return Apportioned(sums[0], min(sums), max(sums), by_key)
