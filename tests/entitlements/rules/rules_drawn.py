"""Draws facts, rules and people, as hypothesis asks for them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from totalplace.entitlements.rules.facts import Fact, FactKind, Value
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

FACTS = {
    one.code: one
    for one in (
        Fact("born", "Date of birth", "When?", FactKind.DAY),
        Fact("began", "Day it began", "When?", FactKind.DAY),
        Fact("poor", "Poor", "Poor?", FactKind.YES_NO),
        Fact("ill", "Ill", "Ill?", FactKind.YES_NO),
        Fact("income", "Income", "How much?", FactKind.PENCE, -1_000, 100_000),
        Fact("children", "Children", "How many?", FactKind.NUMBER, 0, 12),
        Fact("year", "Year", "Which?", FactKind.CHOICE, 0, 0, (("a", "A"), ("b", "B"), ("c", "C"))),
    )
}
PARAMETERS = {"limit": 740, "share": 3_333, "age": 18}
NOTE = Note("who")

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
leap = st.sampled_from([date(2004, 2, 29), date(2024, 2, 29), date(2023, 3, 1), date(2023, 2, 28)])
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "born": days | leap,
    "began": days | leap,
    "poor": st.booleans(),
    "ill": st.booleans(),
    "income": st.integers(-1_000, 100_000) | st.sampled_from([739, 740, 741]),
    "children": st.integers(0, 12),
    "year": st.sampled_from(["a", "b", "c"]),
}
people = st.fixed_dictionaries({code: st.none() | value for code, value in VALUES.items()})

lasts = st.sampled_from([(), ((8, 31),), ((8, 31), (12, 31), (3, 31))])
since = st.builds(
    Since, st.sampled_from(["born", "began"]), st.sampled_from(list(Unit)), lasts,
    st.sampled_from(["", "", "began"]),
)  # fmt: skip
rates = st.builds(Literal, st.integers(0, 20_000)) | st.just(ParameterValue("share"))
plain: st.SearchStrategy[Expression] = (
    st.builds(Literal, st.integers(-50, 1_000))
    | st.builds(FactValue, st.sampled_from(["income", "children"]))
    | st.builds(ParameterValue, st.sampled_from(["limit", "age"]))
    | since
)


def _worked_out(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Sum, several)
        | st.builds(Smallest, several)
        | st.builds(Largest, several)
        | st.builds(Less, inner, inner)
        | st.builds(Times, inner, st.builds(Literal, st.integers(-3, 3)))
        | st.builds(PercentOf, rates, inner, st.sampled_from(list(Rounding)))
        | st.builds(Choose, simple, inner, inner)
    )


facts_are = st.builds(Is, st.sampled_from(["poor", "ill"]), st.booleans(), st.just(NOTE))
one_of = st.builds(
    OneOf, st.just("year"), st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple),
    st.just(NOTE),
)  # fmt: skip


def _compared(sides: st.SearchStrategy[Expression]) -> st.SearchStrategy[Condition]:
    """As a text can say it: the other end of `between` beside no other way of comparing."""
    ways = st.sampled_from([how for how in How if how is not How.BETWEEN])
    one = st.builds(Compare, sides, ways, sides, st.none(), st.just(NOTE))
    return one | st.builds(Compare, sides, st.just(How.BETWEEN), sides, sides, st.just(NOTE))


compared = _compared(plain)
simple: st.SearchStrategy[Condition] = facts_are | one_of | compared
expressions = st.recursive(plain, _worked_out, max_leaves=6)


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(All, several, st.just(NOTE))
        | st.builds(AnyOf, several, st.just(NOTE))
        | st.builds(Not, inner, st.just(NOTE))
    )


worked_out = _compared(expressions)
conditions = st.recursive(simple | worked_out, _joined, max_leaves=8)
