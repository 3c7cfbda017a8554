"""Models of devolution: what each side may add, what may be moved, which powers open when."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.agreements.definitions.reading import CODES, model, read_model
from totalplace.agreements.queries.devolution import every_model
from totalplace.agreements.rules.devolution import (
    Addition,
    Between,
    Clause,
    Side,
    movement_limit,
    opens,
    refuse_addition,
    refuse_designations,
    refuse_switch,
    shortfalls,
)
from totalplace.ledger.rules.accounts import Nature
from totalplace.readiness.rules.scale import Area, Level
from totalplace.refusal import Refused

levels = st.dictionaries(st.sampled_from(list(Area)), st.sampled_from(list(Level)))


def text_of(code: str) -> str:
    here = resources.files("totalplace.agreements.definitions").joinpath(f"models/{code}.yaml")
    return here.read_text(encoding="utf-8")


def test_every_model_that_ships_is_read_and_no_file_is_forgotten() -> None:
    files = resources.files("totalplace.agreements.definitions").joinpath("models").iterdir()
    assert {file.name for file in files} == {f"{code}.yaml" for code in CODES}
    assert [one.code for one in every_model()] == list(CODES)


def test_under_the_missions_model_the_centre_may_add_entitlements_and_promises_but_no_target() -> (
    None
):
    ours = model("block-grant")
    refuse_addition(ours, Side.CENTRE, Addition.ENTITLEMENT)
    refuse_addition(ours, Side.CENTRE, Addition.PROMISE)
    refuse_addition(ours, Side.PLACE, Addition.TARGET)
    with pytest.raises(Refused, match="targets are set by the place"):
        refuse_addition(ours, Side.CENTRE, Addition.TARGET)
    with pytest.raises(Refused, match="at most 0"):
        refuse_designations(ours, 1)


def test_in_2008_the_centre_designated_thirty_five_targets_and_no_more() -> None:
    then = model("designated-targets")
    refuse_addition(then, Side.CENTRE, Addition.TARGET)
    refuse_designations(then, 35)
    with pytest.raises(Refused, match="at most 35"):
        refuse_designations(then, 36)


def test_only_a_tenth_of_a_theme_moves_in_an_integrated_settlement() -> None:
    settlement = model("integrated-settlement")
    assert len(settlement.themes) == 6
    assert settlement.movement.natures_apart
    assert movement_limit(settlement, 1_000_09) == 100_00
    assert movement_limit(model("designated-targets"), 1_000_00) == 0
    assert movement_limit(model("block-grant"), 1_000_00) is None


@given(st.integers(0, 10**14))
@settings(max_examples=30)
def test_the_limit_is_never_exceeded_by_a_part_of_a_penny(total: int) -> None:
    limit = movement_limit(model("integrated-settlement"), total)
    assert limit is not None
    assert limit * 10 <= total < (limit + 1) * 10


def test_a_group_of_lines_never_comes_to_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        movement_limit(model("integrated-settlement"), -1)


@pytest.mark.parametrize("code", CODES)
def test_capital_never_becomes_revenue(code: str) -> None:
    refuse_switch(model(code), taken_from=Nature.REVENUE, given_to=Nature.CAPITAL)
    with pytest.raises(Refused, match="cannot be moved to revenue"):
        refuse_switch(model(code), taken_from=Nature.CAPITAL, given_to=Nature.REVENUE)


def test_a_power_opens_at_its_levels_and_says_what_is_lacking_below_them() -> None:
    ours = model("block-grant")
    scores = {Area.FINANCE: Level.CORE, Area.STRATEGY: Level.DEVELOPING}
    found = {one.power.code: one for one in opens(ours, scores)}
    assert found["carry-forward"].is_open
    assert found["move-within-block"].lacking == (
        "Strategy, planning and governance: needs core, is developing",
    )
    assert "Reporting and evaluation: needs core, is not agreed" in found["fewer-returns"].lacking


@given(levels, levels)
@settings(max_examples=40)
def test_a_place_that_is_readier_never_loses_a_power(
    one: dict[Area, Level], other: dict[Area, Level]
) -> None:
    better = {
        area: max((s[area] for s in (one, other) if area in s), key=lambda level: level.rank)
        for area in {*one, *other}
    }
    for this in every_model():
        before = {o.power.code for o in opens(this, one) if o.is_open}
        assert before <= {o.power.code for o in opens(this, better) if o.is_open}


def test_signing_needs_nothing_where_no_model_says_so() -> None:
    assert shortfalls(model("section-75").signing_needs, {}) == []
    assert model("section-75").section_75
    assert Clause.RISK_SHARE in model("section-75").clauses


def test_the_model_of_the_mission_requires_every_clause() -> None:
    assert model("block-grant").clauses == frozenset(Clause)
    assert model("block-grant").movement.between is Between.LINES


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("most_entitlements: 6", "most_entitlements: -1", "line .*less than none"),
        ("section_75: false", "section_75: false\nloopholes: many", "'loopholes' means nothing"),
        ("needs: {finance: core}", "needs: {luck: core}", "'luck' is none of"),
        ("needs: {finance: core}", "needs: {finance: superb}", "'superb' is none of"),
        ("  centre: [entitlement, promise, line]", "  centre: [wish]", "'wish' is none of"),
        ("kept_per_cent: 100", "kept_per_cent: 101", "more than a hundred"),
        ("carry_forward: all of it is kept", "carry_forward: a part of it is kept", "per cent"),
        ("code: block-grant", "code: other", "its file is called block-grant"),
    ],
)
def test_a_model_that_says_what_it_cannot_is_refused_at_its_line(
    old: str, new: str, says: str
) -> None:
    text = text_of("block-grant")
    assert old in text
    with pytest.raises(Refused, match=says):
        read_model(text.replace(old, new), "block-grant")


def test_a_model_that_nobody_wrote_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="the models are block-grant"):
        model("free-for-all")


def test_what_signing_needs_names_facts_and_levels() -> None:
    needs = model("integrated-settlement").needs
    assert needs["elected-mayor"] == "met"
    assert needs["finance"] == "core"
    assert "elected-mayor" not in model("block-grant").needs
    assert model("section-75").needs == {}
