"""How large a number of a rule can become: no more than fits, whatever is said of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, assert_never

from totalplace.entitlements.rules.facts import FIRST_DAY, LAST_DAY
from totalplace.entitlements.rules.language import (
    MOST,
    WHOLE,
    Choose,
    Expression,
    FactValue,
    Largest,
    Less,
    Literal,
    ParameterValue,
    PercentOf,
    Since,
    Smallest,
    Sum,
    Times,
)

Range = tuple[int, int]
_LONGEST_DAYS: Final = (LAST_DAY - FIRST_DAY).days


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and most that each fact and parameter can be."""

    facts: Mapping[str, Range]
    parameters: Mapping[str, Range]


def beyond(one: Expression, bounds: Bounds) -> bool:
    """Whether an expression could come to more than a rule can hold."""
    low, high = _range(one, bounds)
    return max(abs(low), abs(high)) > MOST


def _range(one: Expression, bounds: Bounds) -> Range:
    match one:
        case Literal(value=value):
            return value, value
        case FactValue(fact=fact):
            return bounds.facts[fact]
        case ParameterValue(parameter=parameter):
            return bounds.parameters[parameter]
        case Since():
            return 0, _LONGEST_DAYS
        case Choose(then=then, otherwise=otherwise):
            return _over([_range(then, bounds), _range(otherwise, bounds)])
        case Sum(terms=terms):
            ranges = [_range(term, bounds) for term in terms]
            return sum(low for low, _ in ranges), sum(high for _, high in ranges)
        case Smallest(terms=terms) | Largest(terms=terms):
            return _over([_range(term, bounds) for term in terms])
        case Less(left=left, right=right):
            (low, high), (least, most) = _range(left, bounds), _range(right, bounds)
            return low - most, high - least
        case Times(left=left, right=right):
            corners = [a * b for a, b in product(_range(left, bounds), _range(right, bounds))]
            return min(corners), max(corners)
        case PercentOf(rate=rate, of=of):
            ends = [
                a * b // WHOLE + 1 for a, b in product(_range(rate, bounds), _range(of, bounds))
            ]
            return min(ends) - 1, max(ends)
        case _:
            assert_never(one)


def _over(ranges: list[Range]) -> Range:
    return min(low for low, _ in ranges), max(high for _, high in ranges)
