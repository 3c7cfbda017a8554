"""From a text to conditions and expressions: the closed vocabulary, and what is wrong where."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.entitlements.rules.bounds import Bounds, beyond
from totalplace.entitlements.rules.facts import Fact, FactKind
from totalplace.entitlements.rules.guarantee import Law, Parameter
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
    Note,
    OneOf,
    ParameterValue,
    PercentOf,
    Rounding,
    Since,
    Smallest,
    Sum,
    Times,
    Unit,
)
from totalplace.entitlements.rules.written import Spot

PERCENT: Final = "percent"
MOST_PERCENT: Final = 1000
_NOTE: Final = {"says", "law"}
_NUMBERS: Final = (FactKind.NUMBER, FactKind.PENCE)
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_LONGEST_MONTHS: Final = {4: 30, 6: 30, 9: 30, 11: 30, 2: 28}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule may name: the facts, parameters and citations that its text has."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    law: Mapping[str, Law]

    def fact(self, spot: Spot, key: str, *kinds: FactKind) -> Fact:
        """A fact of some kinds that is named under a key."""
        name = spot.text(key)
        found = self.facts.get(name)
        if found is None:
            raise spot.at(key).refused(f"no fact is called '{name}'; add it under facts")
        if found.kind not in kinds:
            wanted = " or ".join(kinds)
            raise spot.at(key).refused(f"'{name}' is a {found.kind}; here belongs a {wanted}")
        return found

    def parameter(self, spot: Spot, key: str) -> Parameter:
        """A parameter that is named under a key."""
        name = spot.text(key)
        if name not in self.parameters:
            raise spot.at(key).refused(f"no parameter is called '{name}'; add it under parameters")
        return self.parameters[name]

    @property
    def bounds(self) -> Bounds:
        """How large each fact and parameter can be."""
        values = {
            code: (min(v for _, v in one.values), max(v for _, v in one.values))
            for code, one in self.parameters.items()
        }
        return Bounds({code: (one.least, one.most) for code, one in self.facts.items()}, values)


def condition(spot: Spot, known: Vocabulary) -> Condition:
    """A condition. Raises Refused, with the line, for what is none."""
    if not isinstance(spot.value, dict):
        raise spot.refused(f"a condition belongs here: {', '.join(_CONDITIONS)} or value")
    for key, read in _CONDITIONS.items():
        if key in spot.value:
            return read(spot, known, _note(spot, known))
    if "value" in spot.value:
        return _compare(spot, known, _note(spot, known))
    said = ", ".join(map(str, spot.value)) or "nothing"
    raise spot.refused(f"{said} is no condition; one is {', '.join(_CONDITIONS)} or value")


def _note(spot: Spot, known: Vocabulary) -> Note:
    law = spot.words("law")
    if law and law not in known.law:
        raise spot.at("law").refused(f"no citation is called '{law}'; add it under law")
    return Note(spot.path, spot.words("says"), law)


def _all(spot: Spot, known: Vocabulary, note: Note) -> Condition:
    spot.only({"all"}, _NOTE)
    return All(tuple(condition(part, known) for part in spot.at("all").each()), note)


def _any(spot: Spot, known: Vocabulary, note: Note) -> Condition:
    spot.only({"any"}, _NOTE)
    return AnyOf(tuple(condition(part, known) for part in spot.at("any").each()), note)


def _not(spot: Spot, known: Vocabulary, note: Note) -> Condition:
    spot.only({"not"}, _NOTE)
    return Not(condition(spot.at("not"), known), note)


def _fact(spot: Spot, known: Vocabulary, note: Note) -> Condition:
    if spot.has("one_of"):
        spot.only({"fact", "one_of"}, _NOTE)
        fact = known.fact(spot, "fact", FactKind.CHOICE)
        values = []
        for one in spot.at("one_of").each():
            if one.value not in fact.choices:
                raise one.refused(f"'{one.value}' is none of {', '.join(fact.choices)}")
            values.append(str(one.value))
        return OneOf(fact.code, tuple(values), note)
    spot.only({"fact", "is"}, _NOTE)
    return Is(known.fact(spot, "fact", FactKind.YES_NO).code, spot.yes("is"), note)


_CONDITIONS: Final[Mapping[str, Callable[[Spot, Vocabulary, Note], Condition]]] = {
    "all": _all, "any": _any, "not": _not, "fact": _fact,
}  # fmt: skip


def _compare(spot: Spot, known: Vocabulary, note: Note) -> Condition:
    hows = [how for how in How if how.value in spot.value]
    if len(hows) != 1:
        raise spot.refused(f"beside value belongs one of {', '.join(How)}")
    how = hows[0]
    spot.only({"value", how.value}, _NOTE)
    left = expression(spot.at("value"), known)
    against = spot.at(how.value)
    if how is not How.BETWEEN:
        return Compare(left, how, expression(against, known), None, note)
    ends = [expression(one, known) for one in against.each()]
    if len(ends) != 2:
        raise against.refused("two numbers belong here: the lowest and the highest")
    return Compare(left, how, ends[0], ends[1], note)


def expression(spot: Spot, known: Vocabulary) -> Expression:
    """An expression. Raises Refused, with the line, for what is none or could grow too large."""
    found = _expression(spot, known)
    if beyond(found, known.bounds):
        raise spot.refused("it could come to more than a million million; bound its facts tighter")
    return found


def _expression(spot: Spot, known: Vocabulary) -> Expression:
    if isinstance(spot.value, int) and not isinstance(spot.value, bool):
        return Literal(spot.value)
    if isinstance(spot.value, dict):
        for key, read in _EXPRESSIONS.items():
            if key in spot.value:
                return read(spot, known)
    raise spot.refused(f"a whole number belongs here, or one of {', '.join(_EXPRESSIONS)}")


def _fact_value(spot: Spot, known: Vocabulary) -> Expression:
    spot.only({"fact"})
    return FactValue(known.fact(spot, "fact", *_NUMBERS).code)


def _parameter(spot: Spot, known: Vocabulary) -> Expression:
    spot.only({"parameter"})
    found = known.parameter(spot, "parameter")
    if found.unit.startswith(PERCENT):
        raise spot.refused(f"'{found.code}' is a percentage; say of what: {{percent:, of:}}")
    return ParameterValue(found.code)


def _age(spot: Spot, known: Vocabulary) -> Expression:
    spot.only({"age"}, {"in", "on_last", "on_fact"})
    born = known.fact(spot, "age", FactKind.DAY).code
    unit = spot.one_of("in", Unit) if spot.has("in") else Unit.YEARS
    lasts = []
    for one in spot.at("on_last").each() if spot.has("on_last") else ():
        said = _MONTH_DAY.fullmatch(str(one.value))
        month, day = (int(said[1]), int(said[2])) if said else (0, 0)
        if not said or day > _LONGEST_MONTHS.get(month, 31):
            raise one.refused("a month and a day belong here, such as '08-31'")
        lasts.append((month, day))
    other = known.fact(spot, "on_fact", FactKind.DAY).code if spot.has("on_fact") else ""
    return Since(born, unit, tuple(lasts), other)


def _percent(spot: Spot, known: Vocabulary) -> Expression:
    spot.only({"percent", "of"}, {"round"})
    rate = spot.at("percent")
    found: Literal | ParameterValue
    if isinstance(rate.value, dict):
        rate.only({"parameter"})
        parameter = known.parameter(rate, "parameter")
        if not parameter.unit.startswith(PERCENT):
            raise rate.refused(f"'{parameter.code}' is no percentage")
        found = ParameterValue(parameter.code)
    else:
        found = Literal(hundredths(rate))
    rounding = spot.one_of("round", Rounding) if spot.has("round") else Rounding.NEAREST
    return PercentOf(found, expression(spot.at("of"), known), rounding)


def hundredths(spot: Spot) -> int:
    """A percentage as whole hundredths of a per cent. Raises Refused for what is none."""
    value = spot.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise spot.refused("a percentage belongs here, such as 92 or 12.5")
    found = Decimal(str(value)) * 100
    if found != found.to_integral_value() or not 0 <= found <= MOST_PERCENT * 100:
        raise spot.refused(f"a percentage is 0 to {MOST_PERCENT}, with two decimals at most")
    return int(found)


def _terms(spot: Spot, known: Vocabulary, key: str) -> tuple[Expression, ...]:
    spot.only({key})
    return tuple(expression(one, known) for one in spot.at(key).each())


def _pair(spot: Spot, known: Vocabulary, key: str) -> tuple[Expression, Expression]:
    terms = _terms(spot, known, key)
    if len(terms) != 2:
        raise spot.at(key).refused("two numbers belong here")
    return terms[0], terms[1]


def _choose(spot: Spot, known: Vocabulary) -> Expression:
    spot.only({"if", "then", "else"})
    return Choose(
        condition(spot.at("if"), known),
        expression(spot.at("then"), known),
        expression(spot.at("else"), known),
    )


_EXPRESSIONS: Final[Mapping[str, Callable[[Spot, Vocabulary], Expression]]] = {
    "fact": _fact_value,
    "parameter": _parameter,
    "age": _age,
    "percent": _percent,
    "sum": lambda spot, known: Sum(_terms(spot, known, "sum")),
    "less": lambda spot, known: Less(*_pair(spot, known, "less")),
    "times": lambda spot, known: Times(*_pair(spot, known, "times")),
    "smallest": lambda spot, known: Smallest(_terms(spot, known, "smallest")),
    "largest": lambda spot, known: Largest(_terms(spot, known, "largest")),
    "if": _choose,
}
