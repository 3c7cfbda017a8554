"""A rule asked of one person: yes, no or cannot say, with every step in plain words.

What is not known stays not known. A rule says no only where nothing that is not known could change
it, and where it cannot say it names what it would have to be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from totalplace.entitlements.rules.facts import Answer, Fact, Person
from totalplace.entitlements.rules.language import (
    WHOLE,
    All,
    AnyOf,
    Choose,
    Compare,
    Condition,
    Expression,
    FactValue,
    How,
    Is,
    Largest,
    Less,
    Literal,
    Not,
    OneOf,
    ParameterValue,
    PercentOf,
    Rounding,
    Since,
    Smallest,
    Sum,
    Times,
    facts_of,
)
from totalplace.entitlements.rules.time_passed import completed, last_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule is asked with: the day, the facts that it knows of, its parameters that day."""

    on: date
    facts: Mapping[str, Fact]
    parameters: Mapping[str, int]


def holds(condition: Condition, person: Person, at: Setting) -> Answer:
    """Whether a condition holds of a person."""
    match condition:
        case All(parts=parts):
            return min((holds(part, person, at) for part in parts), default=Answer.YES)
        case AnyOf(parts=parts):
            return max((holds(part, person, at) for part in parts), default=Answer.NO)
        case Not(part=part):
            return Answer(2 - holds(part, person, at))
        case Is(fact=fact, wanted=wanted):
            found = person.get(fact)
            return Answer.CANNOT_SAY if found is None else _said(found is wanted)
        case OneOf(fact=fact, values=values):
            found = person.get(fact)
            return Answer.CANNOT_SAY if found is None else _said(found in values)
        case Compare():
            return _compared(condition, person, at)
        case _:
            assert_never(condition)


def _said(yes: bool) -> Answer:
    return Answer.YES if yes else Answer.NO


def _compared(one: Compare, person: Person, at: Setting) -> Answer:
    left, right = worth(one.left, person, at), worth(one.right, person, at)
    upper = right if one.upper is None else worth(one.upper, person, at)
    if left is None or right is None or upper is None:
        return Answer.CANNOT_SAY
    match one.how:
        case How.AT_LEAST:
            return _said(left >= right)
        case How.AT_MOST:
            return _said(left <= right)
        case How.MORE_THAN:
            return _said(left > right)
        case How.LESS_THAN:
            return _said(left < right)
        case How.EQUALS:
            return _said(left == right)
        case How.BETWEEN:
            return _said(right <= left <= upper)
        case _:
            assert_never(one.how)


def worth(one: Expression, person: Person, at: Setting) -> int | None:
    """What an expression comes to for a person; None where that is not known."""
    match one:
        case Literal(value=value):
            return value
        case FactValue(fact=fact):
            found = person.get(fact)
            return found if isinstance(found, int) else None
        case ParameterValue(parameter=parameter):
            return at.parameters[parameter]
        case Since():
            return _since(one, person, at)
        case Choose(condition=condition, then=then, otherwise=otherwise):
            answer = holds(condition, person, at)
            if answer is Answer.CANNOT_SAY:
                return None
            return worth(then if answer is Answer.YES else otherwise, person, at)
        case _:
            return _worked_out(one, person, at)


def _worked_out(
    one: PercentOf | Sum | Less | Times | Smallest | Largest, person: Person, at: Setting
) -> int | None:
    match one:
        case Sum(terms=terms) | Smallest(terms=terms) | Largest(terms=terms):
            parts = terms
        case Less(left=left, right=right) | Times(left=left, right=right):
            parts = (left, right)
        case PercentOf(rate=rate, of=of):
            parts = (rate, of)
        case _:
            assert_never(one)
    known = [worth(part, person, at) for part in parts]
    values = [value for value in known if value is not None]
    if len(values) < len(known):
        return None
    match one:
        case Sum():
            return sum(values)
        case Smallest():
            return min(values)
        case Largest():
            return max(values)
        case Less():
            return values[0] - values[1]
        case Times():
            return values[0] * values[1]
        case PercentOf(rounding=rounding):
            return rounded(values[0] * values[1], rounding)
        case _:
            assert_never(one)


def rounded(parts: int, rounding: Rounding) -> int:
    """Hundredths of a per cent as a whole number."""
    match rounding:
        case Rounding.DOWN:
            return parts // WHOLE
        case Rounding.UP:
            return -(-parts // WHOLE)
        case Rounding.NEAREST:
            return (2 * parts + WHOLE) // (2 * WHOLE)
        case _:
            assert_never(rounding)


def _since(one: Since, person: Person, at: Setting) -> int | None:
    since = person.get(one.fact)
    until = person.get(one.on_fact) if one.on_fact else at.on
    if not isinstance(since, date) or not isinstance(until, date):
        return None
    if one.lasts:
        until = last_of(one.lasts, until)
    return completed(since, until, one.unit)


def missing(condition: Condition, person: Person, at: Setting) -> tuple[str, ...]:
    """The facts that would have to be told before a condition can be answered; none: it is."""
    if holds(condition, person, at) is not Answer.CANNOT_SAY:
        return ()
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            found = [fact for part in parts for fact in missing(part, person, at)]
        case Not(part=part):
            found = list(missing(part, person, at))
        case _:
            found = [fact for fact in facts_of(condition) if person.get(fact) is None]
    return tuple(dict.fromkeys(found))


def missing_for(one: Expression | None, person: Person, at: Setting) -> tuple[str, ...]:
    """The facts that would have to be told before an expression is known."""
    if one is None or worth(one, person, at) is not None:
        return ()
    return tuple(fact for fact in facts_of(one) if person.get(fact) is None)
