"""A guarantee: who is eligible, for what, under which law, set and funded by whom, as evidenced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from totalplace.decisions.rules.days import in_words
from totalplace.entitlements.rules.facts import Answer, Fact, Person, Value, check_person
from totalplace.entitlements.rules.language import Condition, Expression, facts_of
from totalplace.entitlements.rules.one_person import (
    Setting,
    holds,
    missing,
    missing_for,
    worth,
)
from totalplace.entitlements.rules.steps import (
    Step,
    Wording,
    amount_in_words,
    steps,
)
from totalplace.refusal import Refused


class Strength(StrEnum):
    """How far somebody can rely on it."""

    RIGHT = "right"  # a person can hold the body to it
    DUTY = "duty"  # the body must secure it, in general
    STANDARD = "standard"  # the body is measured by it
    MONEY_FLOOR = "money floor"  # the least to be spent in a place, on nobody in particular

    @property
    def means(self) -> str:
        """What that is, in words."""
        return {
            Strength.RIGHT: "a person can hold the body to it",
            Strength.DUTY: "the body must secure it, in general",
            Strength.STANDARD: "the body is measured by it, and no person can claim it",
            Strength.MONEY_FLOOR: "the least that is spent in a place, on nobody in particular",
        }[self]


class Kind(StrEnum):
    """What is guaranteed."""

    WAIT = "wait"
    ACCESS = "access"
    STANDARD = "standard"
    VOLUME = "volume"
    SUM = "sum"
    SPENDING = "spending"


class Better(StrEnum):
    """Which way is better for the person."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Law:
    """A citation; `verified` says whether it was read at its source."""

    code: str
    text: str
    says: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that changes by dates. A percentage is held in hundredths of a per cent."""

    code: str
    title: str
    unit: str
    better: Better
    values: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int | None:
        """Its value on a day; None before its first."""
        found = None
        for first, value in self.values:
            if first <= day:
                found = value
        return found


@dataclass(frozen=True, slots=True)
class Gives:
    """What somebody who is eligible gets; `amount` is None where it has no number."""

    what: str
    kind: Kind
    unit: str
    better: Better
    amount: Expression | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one eligible person costs in a year, in pence: an estimate with its interval."""

    each: Expression
    low: Expression
    high: Expression
    source: str


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least spending (pence) or volume in a place, by its code; or for everybody eligible.

    `national` is what it comes to in the whole country, where that is known.
    """

    what: str
    unit: str
    each_eligible: Expression | None
    national: Expression | None
    places: Mapping[str, tuple[tuple[date, int], ...]]

    def in_place(self, place: str, day: date) -> int | None:
        """What was said for a place on a day; None where nothing was."""
        known = [value for first, value in self.places.get(place, ()) if first <= day]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Case:
    """A test that a policy officer wrote: a person on a day, and what comes out."""

    name: str
    on: date
    person: Mapping[str, Value | None]
    answer: Answer
    amount: int | None
    amount_said: bool
    tell: tuple[str, ...] | None
    path: str


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A national guarantee as its text says it; or as a place has bettered it."""

    code: str
    title: str
    plain: str
    why: str
    owner: str
    as_of: date
    review_by: date
    sources: tuple[str, ...]
    strength: Strength
    agency: str
    set_by: str
    funded_by: str
    how_funded: str
    law: Mapping[str, Law]
    first_day: date
    last_day: date | None
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    who: Condition | None
    gives: Gives
    indicator: str
    evidence: str
    cost: Cost | None
    minimum: Minimum | None
    tests: tuple[Case, ...]

    @property
    def personal(self) -> bool:
        """Whether a person is eligible for it, and not a place alone."""
        return self.who is not None

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that it asks, those of who is eligible first."""
        found = (*facts_of(self.who), *facts_of(self.gives.amount))
        return tuple(dict.fromkeys(found))

    @property
    def wording(self) -> Wording:
        """How its numbers are said."""
        return Wording(
            {code: one.title for code, one in self.parameters.items()},
            {code: one.unit for code, one in self.parameters.items()},
        )

    def is_law_on(self, day: date) -> bool:
        """Whether its law is in force on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def setting(self, day: date) -> Setting:
        """What its rule is asked with on a day. Raises Refused where its law is not in force."""
        if not self.is_law_on(day):
            ends = f" until {in_words(self.last_day)}" if self.last_day else ""
            raise Refused(
                f"'{self.title}' cannot be asked for {in_words(day)}",
                why=f"it is the law from {in_words(self.first_day)}{ends}",
                next_step="Ask for a day on which it is",
            )
        known = {code: one.on(day) for code, one in self.parameters.items()}
        unsaid = [code for code, value in known.items() if value is None]
        if unsaid:
            raise Refused(
                f"'{self.title}' cannot be asked for {in_words(day)}",
                why=f"no value of {', '.join(unsaid)} is said for that day",
                next_step="Add the value with the day from which it holds",
            )
        values = {code: value for code, value in known.items() if value is not None}
        return Setting(day, self.facts, values)

    def with_amount(self, amount: Expression) -> Guarantee:
        """The same with another amount that can be added up, as for the least of a place."""
        gives = replace(self.gives, kind=Kind.VOLUME, amount=amount)
        return replace(self, gives=gives, cost=None)

    def say(self, amount: int | None) -> str:
        """An amount that it gives, in words; empty where it has none."""
        return "" if amount is None else amount_in_words(amount, self.gives.unit)


@dataclass(frozen=True, slots=True)
class Result:
    """What a guarantee comes to for one person, with the reason and what is still to be told."""

    answer: Answer
    amount: int | None
    steps: tuple[Step, ...]
    tell: tuple[str, ...]


def assess(guarantee: Guarantee, person: Person, *, on: date) -> Result:
    """Whether a person is eligible on a day, for how much, and why, step by step.

    Facts that are absent or None are not known. Raises Refused for facts that it does not ask, for
    a day on which it is not the law, and for a floor of spending, which is of no person.
    """
    if guarantee.who is None:
        raise Refused(
            f"Nobody is eligible for '{guarantee.title}'",
            why="it is the least that is spent in a place, on nobody in particular",
            next_step="Ask what it comes to in a place",
        )
    check_person(person, guarantee.facts)
    at = guarantee.setting(on)
    answer = holds(guarantee.who, person, at)
    tell = missing(guarantee.who, person, at)
    amount = None
    if answer is Answer.YES and guarantee.gives.amount is not None:
        amount = worth(guarantee.gives.amount, person, at)
        tell = missing_for(guarantee.gives.amount, person, at)
    reason = steps(guarantee.who, person, at, guarantee.wording)
    return Result(answer, amount, reason, tell)


def failed(guarantee: Guarantee) -> list[str]:
    """What is wrong with each of its own tests that does not come out as it says; none: nothing."""
    return [why for case in guarantee.tests if (why := _failed(guarantee, case))]


def _failed(guarantee: Guarantee, case: Case) -> str:
    try:
        found = assess(guarantee, case.person, on=case.on)
    except Refused as refused:
        return f"{case.path}, '{case.name}': {refused}"
    wanted = case.answer.words
    if found.answer is not case.answer:
        told = [step.words for step in found.steps if step.answer is not Answer.YES]
        because = f" (not so: {'; '.join(told[:3])})" if told else ""
        return f"{case.path}, '{case.name}': it says {found.answer.words}, not {wanted}{because}"
    if case.amount_said and found.amount != case.amount:
        said = guarantee.say(found.amount) or "no amount"
        return f"{case.path}, '{case.name}': it gives {said}, not {guarantee.say(case.amount)}"
    if case.tell is not None and set(found.tell) != set(case.tell):
        asked = ", ".join(found.tell) or "nothing"
        return f"{case.path}, '{case.name}': it asks for {asked}, not {', '.join(case.tell)}"
    return ""
