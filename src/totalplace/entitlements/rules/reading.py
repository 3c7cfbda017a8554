"""From the text of a guarantee to the guarantee. Whatever is not in its vocabulary is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from totalplace.entitlements.rules.facts import Answer, Fact, FactKind
from totalplace.entitlements.rules.guarantee import (
    Better,
    Case,
    Cost,
    Gives,
    Guarantee,
    Kind,
    Law,
    Minimum,
    Parameter,
    Strength,
)
from totalplace.entitlements.rules.language import MOST, facts_of
from totalplace.entitlements.rules.reading_language import (
    PERCENT,
    Vocabulary,
    condition,
    expression,
    hundredths,
)
from totalplace.entitlements.rules.written import Spot, written

WHAT: Final = "The guarantee"
_KEYS: Final = {
    "code", "title", "plain", "why", "owner", "as_of", "review_by", "sources", "strength",
    "set_by", "funded_by", "law", "in_force", "facts", "parameters", "who", "gives", "evidence",
    "cost", "minimum", "tests",
}  # fmt: skip
RESERVED: Final = {"here", "propose", "variants"}  # addresses beside those of guarantees
_PAIRS: Final = {
    "set_by": {"agency", "name"}, "funded_by": {"name", "how"}, "evidence": {"indicator", "how"},
}  # fmt: skip
CODE: Final = re.compile(r"[a-z][a-z0-9-]{1,62}", re.ASCII)
_LONGEST_TITLE: Final = 200
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)


def read(text: str) -> Guarantee:
    """The guarantee of a text. Raises Refused, with line and place, for what it cannot mean."""
    spot = written(text, what=WHAT)
    spot.only(_KEYS)
    _check_code(spot)
    known = vocabulary(spot)
    first, last = in_force(spot.at("in_force"))
    for key, keys in _PAIRS.items():
        spot.at(key).only(keys)
    found = Guarantee(
        code=spot.text("code"),
        title=spot.text("title", least=6),
        plain=spot.text("plain", least=20),
        why=spot.text("why", least=6),
        owner=spot.text("owner", least=6),
        as_of=spot.day("as_of"),
        review_by=spot.day("review_by"),
        sources=texts(spot.at("sources")),
        strength=spot.one_of("strength", Strength),
        agency=spot.at("set_by").text("agency"),
        set_by=spot.at("set_by").text("name"),
        funded_by=spot.at("funded_by").text("name"),
        how_funded=spot.at("funded_by").text("how"),
        law=known.law,
        first_day=first,
        last_day=last,
        facts=known.facts,
        parameters=known.parameters,
        who=condition(spot.at("who"), known) if spot.has("who") else None,
        gives=_gives(spot.at("gives"), known),
        indicator=spot.at("evidence").words("indicator"),
        evidence=spot.at("evidence").text("how"),
        cost=_cost(spot.at("cost"), known) if spot.has("cost") else None,
        minimum=_minimum(spot.at("minimum"), known) if spot.has("minimum") else None,
        tests=cases(spot.at("tests"), known.facts) if spot.has("tests") else (),
    )
    _check_whole(spot, found)
    return found


def _check_code(spot: Spot) -> None:
    code = spot.text("code")
    if not CODE.fullmatch(code):
        raise spot.at("code").refused("a code is small letters, digits and hyphens")
    if code in RESERVED:
        raise spot.at("code").refused(f"'{code}' is the address of another page")


def _check_whole(spot: Spot, found: Guarantee) -> None:
    """Raise Refused where its parts do not fit together."""
    if len(found.title) > _LONGEST_TITLE:
        raise spot.at("title").refused(f"a title has {_LONGEST_TITLE} letters at the most")
    for code, one in found.parameters.items():
        if one.values[0][0] > found.first_day:
            where = spot.at("parameters").at(code).at("values")
            raise where.refused("it has no value on the first day on which this is the law")
    if found.review_by <= found.as_of:
        raise spot.at("review_by").refused("it is looked at again after the day as of which it is")
    if (found.who is None) != (found.strength is Strength.MONEY_FLOOR):
        raise spot.at("who").refused("who is eligible is said, but for a money floor")
    if found.who is not None and len(found.tests) < 2:
        raise spot.at("tests").refused("two tests at least belong here: who gets it, who does not")
    if found.who is None and found.minimum is None:
        raise spot.at("minimum").refused("a money floor says what the least is")
    spare = [code for code in found.facts if code not in _asked(found)]
    if spare:
        raise spot.at("facts").at(spare[0]).refused("no rule asks it: nobody should be asked it")


def _asked(found: Guarantee) -> set[str]:
    cost = found.cost
    rules = [found.who, found.gives.amount]
    rules += [cost.each, cost.low, cost.high] if cost else []
    rules += [found.minimum.each_eligible] if found.minimum else []
    return {fact for rule in rules for fact in facts_of(rule)}


def texts(spot: Spot) -> tuple[str, ...]:
    """A list of words, each long enough to be found again."""
    for one in spot.each():
        if not isinstance(one.value, str) or len(one.value) <= 10:
            raise one.refused("a source belongs here, in words by which it is found")
    return tuple(spot.value)


def in_force(spot: Spot) -> tuple[date, date | None]:
    """From which day on and until which."""
    spot.only({"from", "until"})
    first, last = spot.day("from"), spot.day_or_none("until")
    if last is not None and last < first:
        raise spot.at("until").refused("it ends before it begins")
    return first, last


def vocabulary(spot: Spot) -> Vocabulary:
    """The facts, parameters and citations of a text."""
    facts = {code: _fact(code, one) for code, one in spot.at("facts").items()}
    law = {code: _law(code, one) for code, one in spot.at("law").items()}
    if not law:
        raise spot.at("law").refused("a guarantee names its law")
    return Vocabulary(facts, parameters(spot.at("parameters")), law)


def _law(code: str, spot: Spot) -> Law:
    spot.only({"text", "says", "verified"})
    return Law(_named(code, spot), spot.text("text"), spot.text("says"), spot.yes("verified"))


def _named(code: str, spot: Spot) -> str:
    if not _NAME.fullmatch(code):
        raise spot.refused("a name is small letters, digits and underscores")
    return code


def _fact(code: str, spot: Spot) -> Fact:
    spot.only({"title", "ask", "kind"}, {"hint", "least", "most", "options"})
    kind = spot.one_of("kind", FactKind)
    least = most = 0
    options: tuple[tuple[str, str], ...] = ()
    if kind in (FactKind.NUMBER, FactKind.PENCE):
        spot.only({"title", "ask", "kind", "least", "most"}, {"hint"})
        least, most = spot.whole("least"), spot.whole("most")
        if not -MOST <= least < most <= MOST:
            raise spot.at("most").refused("the most is above the least")
    elif kind is FactKind.CHOICE:
        spot.only({"title", "ask", "kind", "options"}, {"hint"})
        options = tuple((key, spot.at("options").text(key)) for key in spot.value["options"] or ())
        if len(options) < 2:
            raise spot.at("options").refused("a choice is between two at least")
    else:
        spot.only({"title", "ask", "kind"}, {"hint"})
    title, ask = spot.text("title"), spot.text("ask")
    return Fact(_named(code, spot), title, ask, kind, least, most, options, spot.words("hint"))


def parameters(spot: Spot) -> Mapping[str, Parameter]:
    """Numbers that change by dates."""
    found = {}
    for code, one in spot.items():
        one.only({"title", "unit", "better", "values"})
        unit = one.text("unit")
        found[_named(code, one)] = Parameter(
            code, one.text("title"), unit, one.one_of("better", Better),
            dated(one.at("values"), unit=unit),
        )  # fmt: skip
    return found


def dated(spot: Spot, *, unit: str) -> tuple[tuple[date, int], ...]:
    """Values with the days from which they hold, in turn."""
    found: list[tuple[date, int]] = []
    for one in spot.each():
        one.only({"from", "value"})
        first = one.day("from")
        if found and first <= found[-1][0]:
            raise one.at("from").refused("it comes after the one before")
        value = hundredths(one.at("value")) if unit.startswith(PERCENT) else one.whole("value")
        if abs(value) > MOST:
            raise one.at("value").refused("it is more than a million million")
        found.append((first, value))
    return tuple(found)


def _gives(spot: Spot, known: Vocabulary) -> Gives:
    spot.only({"what", "kind"}, {"unit", "better", "amount"})
    amount = expression(spot.at("amount"), known) if spot.has("amount") else None
    if (amount is not None) != spot.has("unit") or (amount is not None) != spot.has("better"):
        raise spot.refused("an amount, its unit and which way is better are said together")
    better = spot.one_of("better", Better) if amount is not None else Better.NEITHER
    kind = spot.one_of("kind", Kind)
    if kind is Kind.SUM and amount is not None and not spot.text("unit").startswith("pence"):
        raise spot.at("unit").refused("a sum is in pence, such as 'pence a year'")
    return Gives(spot.text("what"), kind, spot.words("unit"), better, amount)


def _cost(spot: Spot, known: Vocabulary) -> Cost:
    spot.only({"each", "low", "high", "source"})
    each, low, high = (expression(spot.at(key), known) for key in ("each", "low", "high"))
    return Cost(each, low, high, spot.text("source", least=10))


def _minimum(spot: Spot, known: Vocabulary) -> Minimum:
    spot.only({"what", "unit"}, {"each_eligible", "national", "places"})
    each = expression(spot.at("each_eligible"), known) if spot.has("each_eligible") else None
    national = expression(spot.at("national"), known) if spot.has("national") else None
    unit = spot.text("unit")
    listed = spot.at("places").items() if spot.has("places") else ()
    places = {place: dated(values, unit=unit) for place, values in listed}
    return Minimum(spot.text("what"), unit, each, national, places)


def cases(spot: Spot, facts: Mapping[str, Fact]) -> tuple[Case, ...]:
    """The tests of a text: a person on a day, and what comes out."""
    return tuple(_case(one, facts) for one in spot.each())


def _case(spot: Spot, facts: Mapping[str, Fact]) -> Case:
    spot.only({"name", "on", "person", "answer"}, {"amount", "tell"})
    answer = _answer(spot.at("answer"))
    person = {}
    for code, one in spot.at("person").items():
        if code not in facts:
            raise one.refused(f"no fact is called '{code}'")
        if isinstance(one.value, datetime):
            raise one.refused("a day belongs here, such as 2026-04-01")
        person[code] = one.value
    said = spot.has("amount")
    tell = _told(spot.at("tell"), facts) if spot.has("tell") else None
    return Case(
        spot.text("name"), spot.day("on"), person, answer,
        spot.whole("amount") if said else None, said, tell, spot.path,
    )  # fmt: skip


def _answer(spot: Spot) -> Answer:
    if isinstance(spot.value, bool):
        return Answer.YES if spot.value else Answer.NO
    if spot.value == "cannot say":
        return Answer.CANNOT_SAY
    raise spot.refused("yes, no or cannot say belongs here")


def _told(spot: Spot, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    for one in spot.each():
        if not isinstance(one.value, str) or one.value not in facts:
            raise one.refused("the name of a fact belongs here")
    return tuple(spot.value)


def read_tests(text: str, facts: Mapping[str, Fact]) -> tuple[Case, ...]:
    """The tests of a text of their own, which has the one key `tests`. Raises Refused as `read`."""
    spot = written(text, what="The tests")
    spot.only({"tests"})
    return cases(spot.at("tests"), facts)
