"""Offers as pure rules: one text for one offer, differences both ways, and whose move it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.agreements.definitions.reading import model
from totalplace.agreements.rules import editing
from totalplace.agreements.rules.costs import costs, together
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.differences import About, differences, positions, still_open
from totalplace.agreements.rules.lines import Bound, Condition, Line, Mechanism, Said, Sum, Where
from totalplace.agreements.rules.moves import (
    MOVES,
    NEXT,
    Stage,
    Verb,
    after,
    check_answer_by,
    has_lapsed,
    verbs,
)
from totalplace.agreements.rules.offers import (
    Entitled,
    Lift,
    Saving,
    Terms,
    Wished,
    Working,
    check_terms,
    numbered,
    read,
    text_of,
    warnings,
)
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.ledger.rules.accounts import Nature
from totalplace.refusal import Refused

from .negotiating import COUNTER, FIRST, GUARANTEE, YEAR, a_line, a_promise

# What no database keeps is refused before; it has a test of its own.
ANY = st.characters(codec="utf-8", exclude_characters="\x00")
WORDS = st.text(ANY, min_size=1, max_size=9)
CODES = [f"line-{n}" for n in range(4)]
SUMS = st.lists(
    st.one_of(
        st.builds(Sum, st.just(YEAR), st.sampled_from(Nature), st.integers(0, 10**12)),
        st.builds(Sum, st.just(YEAR), st.sampled_from(Nature), st.none(),
                  st.sampled_from([Said.UNCONFIRMED, Said.ABOVE])),
    ),
    max_size=2, unique_by=lambda s: s.nature,
).map(tuple)  # fmt: skip
CONDITIONS = st.lists(st.builds(Condition, st.sampled_from(Bound), WORDS), max_size=2).map(tuple)
LINES = st.lists(
    st.builds(
        Line, st.sampled_from(CODES), WORDS,
        mechanism=st.sampled_from(Mechanism), where=st.sampled_from(Where), reason=st.just("why"),
        sums=SUMS, conditions=CONDITIONS,
    ),
    max_size=4, unique_by=lambda line: line.code,
).map(tuple)  # fmt: skip
PROMISES = st.lists(
    st.builds(
        Promise, st.just(0), st.sampled_from(["mhclg", "wex"]), st.just("icb"),
        st.sampled_from(Kind), st.sampled_from("abcd"), st.dates(), st.none() | st.integers(0, 9),
    ),
    max_size=3, unique_by=lambda one: (one.by, one.what),
).map(tuple)  # fmt: skip
TERMS = st.builds(Terms, LINES, promises=PROMISES).map(numbered)


@settings(max_examples=50)
@given(TERMS)
def test_an_offer_has_one_text_and_is_read_back_from_it(terms: Terms) -> None:
    assert read(Terms, text_of(terms)) == terms
    assert differences(terms, terms) == []


@settings(max_examples=50)
@given(TERMS, TERMS)
def test_differences_and_costs_turn_round_with_the_offers(one: Terms, other: Terms) -> None:
    there, back = differences(one, other), differences(other, one)
    assert len(there) == len(back)
    assert (there == []) == (
        sorted(one.lines, key=str) == sorted(other.lines, key=str)
        and {(p.by, p.what): replace(p, number=0) for p in one.promises}
        == {(p.by, p.what): replace(p, number=0) for p in other.promises}
    )
    sums = [
        together(costs(a, b, departments=["mhclg"], targets={}))
        for a, b in ((one, other), (other, one))
    ]
    assert (sums[0].devolved, sums[0].place, sums[0].centre) == (
        -sums[1].devolved, -sums[1].place, -sums[1].centre,
    )  # fmt: skip


def test_a_letter_that_is_none_is_refused() -> None:
    for letter in ("\x00", "\ud800"):
        with pytest.raises(Refused, match="a character that is none"):
            read(Terms, text_of(Terms(lines=(a_line(fund=f"A{letter}"),))))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lines": []}', "null", '{"a": 1, "a": 1}'])
def test_what_is_no_offer_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read as one of a negotiation"):
        read(Terms, text)


def test_every_kind_of_difference_is_told() -> None:
    line = replace(
        FIRST.lines[0], where=Where.NATIONAL, mechanism=Mechanism.NEW, reason="Other",
        conditions=(Condition(Bound.WINDOW, "By March", 5_00),), sums=(),
    )  # fmt: skip
    lift = Lift("returns", "Monthly returns", "mhclg", "Nobody reads them", 7_00)
    later = replace(
        COUNTER, lines=(line,), lifts=(lift,), targets=(Wished("jobs", "More"),),
        promises=(a_promise(pence=2, cure_days=30),),
    )  # fmt: skip
    found = differences(COUNTER, later, {"mhclg": "The Ministry"})
    assert {one.about for one in found} == set(About) - {About.ENTITLEMENT}
    assert {one.how for one in found} == {"added", "taken out", "changed"}
    assert any("The Ministry owes wex" in one.after for one in found)
    assert [one.pence for one in found if one.about is About.SUM] == [-3_500_000_00]
    assert still_open(COUNTER, COUNTER) == []
    burden = [
        one for one in costs(COUNTER, later, departments=(), targets={}) if one.about == "rule"
    ]
    assert [(one.place, one.burden) for one in burden] == [(-7_00, "asked to be lifted by mhclg")]


def test_the_targets_that_a_concession_touches_are_named() -> None:
    before = Terms(lines=(a_line(outcomes=("jobs", "air")),))
    found = costs(before, Terms(), departments=(), targets={"jobs": "More people in work"})
    assert found[0].outcomes == ("More people in work",)
    history = positions([(1, "place", before), (2, "centre", Terms())], "bus-services")
    assert [one.line is None for one in history] == [False, True]


def test_money_that_is_promised_without_a_sum_is_not_known_and_not_nought() -> None:
    unsaid = Terms(promises=(a_promise(pence=None, line=""), a_promise(what="x", line="", pence=5)))
    found = costs(Terms(), unsaid, departments=["mhclg"], targets={})
    assert [one.centre for one in found] == [None, 5]
    assert (together(found).centre, together(found).unknown) == (5, 1)
    report = Terms(promises=(a_promise(kind=Kind.REPORT, pence=None),))
    assert costs(Terms(), report, departments=[], targets={})[0].place == 0


def test_more_guarantees_than_the_model_says_are_warned_of() -> None:
    grant = model("block-grant")
    most = grant.most_entitlements
    assert most is not None
    many = tuple(Entitled(f"g{n}", 1, "G") for n in range(most + 1))
    assert warnings(replace(COUNTER, entitlements=many[:-1]), grant) == []
    assert f"{most + 1} national guarantees" in warnings(
        replace(COUNTER, entitlements=many), grant
    )[0]  # fmt: skip
    with pytest.raises(Refused, match="stands twice"):
        twice = replace(COUNTER, entitlements=(GUARANTEE, GUARANTEE))
        check_terms(twice, side=Side.CENTRE, model=grant, years=(YEAR, YEAR))


def test_nobody_answers_their_own_offer_and_nothing_follows_an_end() -> None:
    for stage in Stage:
        for side in Side:
            can = verbs(stage, side)
            assert (Verb.OFFER in can) == (NEXT[stage] is side)
            assert (Verb.ACCEPT in can) == (NEXT[stage] is side and stage is not Stage.DRAFTING)
            for verb in set(Verb) - set(can):
                with pytest.raises(Refused):
                    after(stage, verb, side=side)
    assert not any(stage in (Stage.AGREED, Stage.ENDED) for stage, _, _ in MOVES)


def test_a_day_of_answer_lies_ahead_and_lapses_the_day_after() -> None:
    day = date(2027, 1, 31)
    with pytest.raises(Refused, match="not after today"):
        check_answer_by(day, on=day)
    assert has_lapsed(Stage.WITH_PLACE, day, on=date(2027, 2, 1))
    assert not has_lapsed(Stage.AGREED, day, on=date(2027, 2, 1))


def test_a_draft_is_changed_row_by_row() -> None:
    working = Working()
    lift = Lift("returns", "Returns", "mhclg", "x")
    for row in (a_line(), a_promise(), GUARANTEE, lift, Wished("jobs", "x"), Saving("s", "wex", 1)):
        working = editing.put(working, row)
    working = editing.put(working, a_promise(what="second"))
    working = editing.put(working, a_promise(what="first anew"), over="1")
    assert [(p.number, p.what) for p in working.terms.promises] == [
        (1, "first anew"), (2, "second"),
    ]  # fmt: skip
    working = editing.put(working, a_line(fund="Anew"))
    assert [line.fund for line in working.terms.lines] == ["Anew"]
    for part in editing.Part:
        rows = editing.rows_of(working, part)
        key = editing.key_of(part, rows[0], 1)
        assert len(editing.rows_of(editing.take_out(working, part, key), part)) == len(rows) - 1
        with pytest.raises(Refused, match="nothing called"):
            editing.take_out(working, part, "none")
