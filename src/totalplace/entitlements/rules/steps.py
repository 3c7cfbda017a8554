"""The reason of an answer, step by step: the condition, what was known, the answer, the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from totalplace.entitlements.rules.facts import Answer, Person
from totalplace.entitlements.rules.language import (
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
    Since,
    Smallest,
    Sum,
    Times,
)
from totalplace.entitlements.rules.one_person import Setting, holds, worth
from totalplace.money.pence import pounds

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """How numbers of a rule are said: the title and unit of each parameter."""

    titles: Mapping[str, str]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how deep it stands, what was asked, what was found, the answer, under which law."""

    path: str
    depth: int
    words: str
    found: str
    answer: Answer
    law: str


def steps(condition: Condition, person: Person, at: Setting, wording: Wording) -> tuple[Step, ...]:
    """Every step of a condition, the whole before its parts."""
    return tuple(_steps(condition, person, at, wording, 0))


def _steps(
    one: Condition, person: Person, at: Setting, wording: Wording, depth: int
) -> Iterator[Step]:
    note = one.note
    words = note.says or words_of(one, at, wording)
    found = _found(one, person, at)
    yield Step(note.path, depth, words, found, holds(one, person, at), note.law)
    match one:
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _steps(part, person, at, wording, depth + 1)
        case Not(part=part):
            yield from _steps(part, person, at, wording, depth + 1)
        case _:
            pass


def words_of(one: Condition, at: Setting, wording: Wording) -> str:
    """A condition in plain words, as it is on the day that is asked about."""
    match one:
        case All():
            return "All of these must be so"
        case AnyOf():
            return "At least one of these must be so"
        case Not():
            return "This must not be so"
        case Is(fact=fact, wanted=wanted):
            return f"{at.facts[fact].title}: {'yes' if wanted else 'no'}"
        case OneOf(fact=fact, values=values):
            known = at.facts[fact]
            return f"{known.title}: {' or '.join(known.say(value) for value in values)}"
        case Compare(left=left, how=how, right=right, upper=upper):
            unit = _unit(left, at)
            if isinstance(left, Since):
                return _ago(left, how, [right, upper], at, wording)
            said = f"{named(left, at, wording)} is {how.words} {_number(right, at, wording, unit)}"
            if how is How.BETWEEN and upper is not None:
                said += f" and {_number(upper, at, wording, unit)}"
            return said[:1].upper() + said[1:]
        case _:
            assert_never(one)


def _found(one: Condition, person: Person, at: Setting) -> str:
    match one:
        case Is(fact=fact) | OneOf(fact=fact):
            return at.facts[fact].say(person.get(fact))
        case Compare(left=left):
            value = worth(left, person, at)
            if value is None:
                return "not known, because not all was said"
            said = _as(value, _unit(left, at))
            if isinstance(left, Since):
                day = person.get(left.fact)
                said += f" ({at.facts[left.fact].title.lower()}: {at.facts[left.fact].say(day)})"
            return said
        case _:
            return ""


def _number(one: Expression, at: Setting, wording: Wording, unit: str) -> str:
    """The other side of a comparison: the number itself where it is the same for everybody."""
    if isinstance(one, Literal):
        return _as(one.value, unit)
    if isinstance(one, ParameterValue):
        return _as(at.parameters[one.parameter], unit or wording.units[one.parameter])
    return named(one, at, wording)


def named(one: Expression, at: Setting, wording: Wording) -> str:
    """An expression in words."""
    match one:
        case Literal(value=value):
            return f"{value:,}"
        case FactValue(fact=fact):
            return _low(at.facts[fact].title)
        case ParameterValue(parameter=parameter):
            return _low(wording.titles[parameter])
        case Since():
            return _since(one, at)
        case Choose(condition=condition, then=then, otherwise=otherwise):
            first = f"{named(then, at, wording)} where {_low(words_of(condition, at, wording))}"
            return f"{first}, else {named(otherwise, at, wording)}"
        case _:
            return _worked_out(one, at, wording)


def _worked_out(
    one: PercentOf | Sum | Less | Times | Smallest | Largest, at: Setting, wording: Wording
) -> str:
    match one:
        case PercentOf(rate=rate, of=of):
            hundredths = rate.value if isinstance(rate, Literal) else at.parameters[rate.parameter]
            return f"{percent(hundredths)} of {named(of, at, wording)}"
        case Sum(terms=terms):
            return " plus ".join(named(term, at, wording) for term in terms)
        case Less(left=left, right=right):
            return f"{named(left, at, wording)} less {named(right, at, wording)}"
        case Times(left=left, right=right):
            return f"{named(left, at, wording)} times {named(right, at, wording)}"
        case Smallest(terms=terms):
            return f"the smallest of {', '.join(named(term, at, wording) for term in terms)}"
        case Largest(terms=terms):
            return f"the largest of {', '.join(named(term, at, wording) for term in terms)}"
        case _:
            assert_never(one)


def _ago(
    one: Since, how: How, ends: Sequence[Expression | None], at: Setting, wording: Wording
) -> str:
    numbers = [_number(end, at, wording, one.unit) for end in ends if end is not None]
    before = "ago"
    if one.on_fact:
        before = f"before {_low(at.facts[one.on_fact].title)}"
    if one.lasts:
        before = f"before the last {_last_days(one)}"
    return f"{at.facts[one.fact].title}: {how.words} {' and '.join(numbers)} {before}"


def _last_days(one: Since) -> str:
    return " or ".join(f"{day} {_MONTHS[month - 1]}" for month, day in one.lasts)


def _since(one: Since, at: Setting) -> str:
    said = f"{one.unit} since {_low(at.facts[one.fact].title)}"
    if one.lasts:
        return f"{said}, counted on the last {_last_days(one)}"
    if one.on_fact:
        return f"{said}, counted on {_low(at.facts[one.on_fact].title)}"
    return said


def _unit(one: Expression, at: Setting) -> str:
    if isinstance(one, Since):
        return one.unit.value
    if isinstance(one, FactValue):
        return at.facts[one.fact].kind.value
    return ""


def _as(value: int, unit: str) -> str:
    """A number with its unit: pence as pounds, hundredths of a per cent as per cent."""
    if unit.startswith("pence"):
        return f"{pounds(value).removesuffix('.00')}{unit.removeprefix('pence')}"
    if unit.startswith("percent"):
        return percent(value)
    if unit in ("", "number"):
        return f"{value:,}"
    return f"{value:,} {unit.removesuffix('s') if value == 1 and ' ' not in unit else unit}"


amount_in_words = _as


def percent(hundredths: int) -> str:
    """Hundredths of a per cent as it is said: 92%, 12.5%."""
    whole, odd = divmod(hundredths, 100)
    return f"{whole}{f'.{odd:02d}'.rstrip('0') if odd else ''}%"


def _low(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
