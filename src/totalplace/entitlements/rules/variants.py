"""A place's own variant of a guarantee: what it says, and the guarantee as it then is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.entitlements.rules.guarantee import Case, Guarantee, Parameter
from totalplace.entitlements.rules.language import Condition, Expression
from totalplace.entitlements.rules.reading import cases, dated, in_force, texts, vocabulary
from totalplace.entitlements.rules.reading_language import Vocabulary, condition, expression
from totalplace.entitlements.rules.written import Spot, written

WHAT: Final = "The local variant"
_KEYS: Final = {
    "of", "place", "title", "plain", "why", "owner", "as_of", "review_by", "sources", "funded_by",
    "law", "in_force", "facts", "parameters", "who", "amount", "tests",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variant:
    """What a place gives beyond the floor: other values, a wider rule, or a larger amount.

    `who` and `amount` are None where the national ones stay.
    """

    of: str
    place: str
    title: str
    plain: str
    why: str
    owner: str
    funded_by: str
    first_day: date
    last_day: date | None
    values: Mapping[str, tuple[tuple[date, int], ...]]
    who: Condition | None
    amount: Expression | None
    known: Vocabulary
    tests: tuple[Case, ...]


def read_variant(text: str, national: Guarantee) -> Variant:
    """The variant of a text, against the guarantee that it betters. Raises Refused as `read`."""
    spot = written(text, what=WHAT)
    spot.only(_KEYS)
    if spot.text("of") != national.code:
        raise spot.at("of").refused(f"this is to better '{national.code}'")
    funded = spot.at("funded_by")
    funded.only({"name", "how"})
    texts(spot.at("sources"))
    if spot.day("review_by") <= spot.day("as_of"):
        raise spot.at("review_by").refused("it is looked at again after the day as of which it is")
    first, last = in_force(spot.at("in_force"))
    known = _with(spot, national)
    return Variant(
        of=national.code,
        place=spot.text("place"),
        title=spot.text("title", least=6),
        plain=spot.text("plain", least=20),
        why=spot.text("why", least=6),
        owner=spot.text("owner", least=6),
        funded_by=f"{funded.text('name')}: {funded.text('how')}",
        first_day=first,
        last_day=last,
        values=_values(spot.at("parameters"), national),
        who=condition(spot.at("who"), known) if spot.has("who") else None,
        amount=expression(spot.at("amount"), known) if spot.has("amount") else None,
        known=known,
        tests=cases(spot.at("tests"), known.facts) if spot.has("tests") else (),
    )


def _with(spot: Spot, national: Guarantee) -> Vocabulary:
    """The national vocabulary with the facts and citations that the place adds."""
    own = vocabulary_of_place(spot)
    for code, fact in own.facts.items():
        if national.facts.get(code, fact) != fact:
            where = spot.at("facts").at(code)
            raise where.refused("the guarantee asks this otherwise; give it another name")
    facts = {**national.facts, **own.facts}
    law = {**national.law, **own.law}
    return Vocabulary(facts, national.parameters, law)


def vocabulary_of_place(spot: Spot) -> Vocabulary:
    """What a place adds to the vocabulary; its parameters are values of the national ones."""
    without = Spot(spot.what, {**spot.value, "parameters": None}, spot.path, spot.lines)
    return vocabulary(without)


def _values(spot: Spot, national: Guarantee) -> Mapping[str, tuple[tuple[date, int], ...]]:
    found = {}
    for code, one in spot.items():
        parameter = national.parameters.get(code)
        if parameter is None:
            raise one.refused(f"the guarantee has no parameter '{code}'")
        one.only({"values"})
        found[code] = dated(one.at("values"), unit=parameter.unit)
    return found


def applied(national: Guarantee, variant: Variant) -> Guarantee:
    """The guarantee as it is in the place while the variant is in force."""
    parameters = {code: _bettered(one, variant) for code, one in national.parameters.items()}
    gives = national.gives
    if variant.amount is not None:
        gives = replace(gives, amount=variant.amount)
    return replace(
        national,
        plain=f"{national.plain} Here: {variant.plain}",
        facts=variant.known.facts,
        law=variant.known.law,
        parameters=parameters,
        who=variant.who or national.who,
        gives=gives,
        tests=variant.tests,
    )


def _bettered(one: Parameter, variant: Variant) -> Parameter:
    """The national values until the variant begins; from then on what is latest of the place's.

    A national value that comes later does not undo a place's; whether the place's is then below
    it is for the check of floors to say.
    """
    own = variant.values.get(one.code)
    if not own:
        return one
    begins = [(max(first, variant.first_day), value) for first, value in own]
    starts = begins[0][0]
    before = [(first, value) for first, value in one.values if first < starts]
    return replace(one, values=(*before, *dict(begins).items()))
