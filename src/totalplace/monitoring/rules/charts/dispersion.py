"""Whether units differ by more than chance, and by how much a funnel's limits are widened for it.

After Spiegelhalter 2005 (Statistics in Medicine 24:1185-1202, section 4): the extreme tenth at each
end is drawn in (Winsorised), so that the units which the funnel looks for do not hide themselves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DRAWN_IN: Final = 0.10  # of units at each end
# The mean square of a normal curve that is drawn in so: 0.3502 + 0.2 x 1.2816 squared. The paper
# leaves it out, by which its limits come out too narrow; here chance alone gives a ratio of one.
_OF_CHANCE: Final = 0.6788
_TELLS: Final = 2.0  # over the root of how many units: about the error of what tells the ways apart


class Widened(StrEnum):
    """How limits are widened."""

    NOT = "not"
    MULTIPLIED = "multiplied"  # by the same factor for units of every size
    ADDED = "added to"  # as if each unit had a level of its own about the common one
    EITHER = "either"  # by whichever of the two widens more at a unit's size


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much units differ: `ratio` is their mean square of what chance gives, 1 for chance alone.

    `between` is the standard deviation of units' own levels, in the unit of the series, where
    `how` is ADDED or EITHER; else 0.
    """

    how: Widened
    ratio: float
    between: float = 0.0

    def widens(self, error: float) -> float:
        """By what limits at a unit of this standard error are widened: 1 or more."""
        match self.how:
            case Widened.NOT:
                return 1.0
            case Widened.MULTIPLIED:
                return math.sqrt(self.ratio)
            case Widened.ADDED:
                return math.sqrt(1 + (self.between / error) ** 2)
            case Widened.EITHER:
                return math.sqrt(max(self.ratio, 1 + (self.between / error) ** 2))


NONE: Final = Dispersion(Widened.NOT, 1.0)


def dispersion_of(zs: Sequence[float], errors: Sequence[float]) -> Dispersion:
    """How far units differ, by their standard scores and standard errors (in the series' unit).

    Limits are widened where the ratio passes 1 + 2 x sqrt(2 / units), as the paper has it. Both of
    its ways are fitted so that the widened scores, drawn in, are as large as chance makes them. The
    one is taken under which small and large units lie as far out as each other; where that does
    not tell the two apart, each unit is widened by the larger.
    """
    count = len(zs)
    ratio = _mean_square(zs) / _OF_CHANCE
    if ratio <= 1 + 2 * math.sqrt(2 / count):
        return Dispersion(Widened.NOT, ratio)
    multiplied = Dispersion(Widened.MULTIPLIED, ratio)
    added = Dispersion(Widened.ADDED, ratio, _between(zs, errors))
    by_less = _uneven(zs, errors, added) - _uneven(zs, errors, multiplied)
    if abs(by_less) < _TELLS / math.sqrt(count):
        return Dispersion(Widened.EITHER, ratio, added.between)
    return multiplied if by_less > 0 else added


def drawn_in(zs: Sequence[float]) -> list[float]:
    """The scores with the extreme tenth at each end drawn in to the next one."""
    ordered = sorted(zs)
    cut = math.floor(DRAWN_IN * len(ordered))
    least, most = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(z, least), most) for z in zs]


def _mean_square(zs: Sequence[float]) -> float:
    return math.fsum(z * z for z in drawn_in(zs)) / len(zs)


def _between(zs: Sequence[float], errors: Sequence[float]) -> float:
    """The spread of units' own levels, by halving: that which leaves the scores as chance does.

    As Paule and Mandel 1982 (Journal of Research of the National Bureau of Standards 87:377-385),
    with scores drawn in.
    """
    least, most = 0.0, max(errors) * max(1.0, *(abs(z) for z in zs))
    for _ in range(60):
        middle = (least + most) / 2
        left = [z / math.sqrt(1 + (middle / error) ** 2)
                for z, error in zip(zs, errors, strict=True)]  # fmt: skip
        if _mean_square(left) > _OF_CHANCE:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def _uneven(zs: Sequence[float], errors: Sequence[float], way: Dispersion) -> float:
    """How unlike small and large units' scores are: the logarithm of their mean squares' ratio."""
    by_size = sorted(zip(errors, zs, strict=True))
    scores = [z / way.widens(error) for error, z in by_size]
    half = len(scores) // 2
    large, small = _mean_square(scores[:half]), _mean_square(scores[half:])
    return abs(math.log(max(large, 1e-9) / max(small, 1e-9)))
