"""The words of which a rule is made: a closed list of conditions and of expressions, as data.

An expression is a whole number or not known; a condition is yes, no or not known. There is no
loop, no name that is looked up at run time and no text that is run: a rule can only do this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST: Final = 10**12  # of any number on the way: twice that, times a percentage, fits 64 bits
WHOLE: Final = 10_000  # hundredths of a per cent in a whole


class Unit(StrEnum):
    """In what completed time since a day is counted."""

    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


class Rounding(StrEnum):
    """To which whole number a percentage is rounded."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"  # a half goes up


class How(StrEnum):
    """How two numbers are compared."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EQUALS = "equals"
    BETWEEN = "between"  # both ends included

    @property
    def words(self) -> str:
        """As it is said before a number."""
        return {
            How.AT_LEAST: "at least", How.AT_MOST: "at most", How.MORE_THAN: "more than",
            How.LESS_THAN: "less than", How.EQUALS: "exactly", How.BETWEEN: "between",
        }[self]  # fmt: skip


# Expressions


@dataclass(frozen=True, slots=True)
class Literal:
    """A number that the rule itself says."""

    value: int


@dataclass(frozen=True, slots=True)
class FactValue:
    """What is known of a person: a number or a sum of pence."""

    fact: str


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A number of the guarantee that changes by dates, as it is on the day."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Since:
    """Completed years, months, weeks or days since a day that is a fact, such as an age.

    They are counted on the day that is asked about; or (`lasts`, as month and day) on the last of
    these days of the year on or before it; or (`on_fact`) on another day that is a fact. Before
    the first of them none has passed: the count is then nought.
    """

    fact: str
    unit: Unit
    lasts: tuple[tuple[int, int], ...] = ()
    on_fact: str = ""


@dataclass(frozen=True, slots=True)
class PercentOf:
    """So many hundredths of a per cent of a number, rounded to a whole one."""

    rate: Literal | ParameterValue
    of: Expression
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers added up."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Less:
    """One number less another."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Times:
    """One number times another."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest of numbers: a ceiling."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest of numbers: a floor."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """One number where a condition holds, else another."""

    condition: Condition
    then: Expression
    otherwise: Expression


Expression = (
    Literal | FactValue | ParameterValue | Since | PercentOf | Sum | Less | Times | Smallest
    | Largest | Choose
)  # fmt: skip


# Conditions


@dataclass(frozen=True, slots=True)
class Note:
    """Where a condition stands, what it is called in plain words, and by which citation."""

    path: str
    says: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold."""

    parts: tuple[Condition, ...]
    note: Note


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least must hold."""

    parts: tuple[Condition, ...]
    note: Note


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Condition
    note: Note


@dataclass(frozen=True, slots=True)
class Is:
    """A fact is yes, or is no."""

    fact: str
    wanted: bool
    note: Note


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice is one of these."""

    fact: str
    values: tuple[str, ...]
    note: Note


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers compared; `upper` is the other end of `between`."""

    left: Expression
    how: How
    right: Expression
    upper: Expression | None
    note: Note


Condition = All | AnyOf | Not | Is | OneOf | Compare
Node = Expression | Condition


def inside(node: Node) -> Iterator[Node]:
    """A node and every node within it."""
    yield node
    for part in _parts(node):
        yield from inside(part)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case All(parts=parts) | AnyOf(parts=parts):
            return parts
        case Sum(terms=terms) | Smallest(terms=terms) | Largest(terms=terms):
            return terms
        case Not(part=part):
            return (part,)
        case Less(left=left, right=right) | Times(left=left, right=right):
            return left, right
        case Compare(left=left, right=right, upper=upper):
            return (left, right) if upper is None else (left, right, upper)
        case PercentOf(rate=rate, of=of):
            return rate, of
        case Choose(condition=condition, then=then, otherwise=otherwise):
            return condition, then, otherwise
        case _:
            return ()


def facts_of(node: Node | None) -> tuple[str, ...]:
    """The facts that a node asks, each once, in the order in which it asks them."""
    found: dict[str, None] = {}
    for one in inside(node) if node is not None else ():
        match one:
            case FactValue(fact=fact) | Is(fact=fact) | OneOf(fact=fact):
                found[fact] = None
            case Since(fact=fact, on_fact=on_fact):
                found[fact] = None
                if on_fact:
                    found[on_fact] = None
            case _:
                pass
    return tuple(found)


def parameters_of(node: Node | None) -> tuple[str, ...]:
    """The parameters that a node reads, each once."""
    found = inside(node) if node is not None else ()
    return tuple(dict.fromkeys(n.parameter for n in found if isinstance(n, ParameterValue)))
