"""Facts, evidence, scores and calibration as pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.readiness.definitions.reading import criteria, fact_rules, scale
from totalplace.readiness.rules.agreeing import AgreedLevel, check_agreed
from totalplace.readiness.rules.calibration import Followed, by_level, told_apart, verdict, wilson
from totalplace.readiness.rules.eligibility import (
    FactSaid,
    check_facts,
    is_met,
    met_from,
    months_after,
)
from totalplace.readiness.rules.evidence import (
    EvidenceKind,
    EvidenceSaid,
    Item,
    check_evidence,
    next_fall,
    rest,
)
from totalplace.readiness.rules.moves import MOVES, Stage, Verb, after, verbs
from totalplace.readiness.rules.scale import Area, Level
from totalplace.readiness.rules.scoring import Scored, check_scores
from totalplace.refusal import Refused

DAY = date(2026, 6, 1)
RULES = fact_rules()


def test_every_area_has_criteria_at_every_level_and_skills_stand_beside_structures() -> None:
    for area, one in criteria().items():
        assert set(one.criteria) == set(Level), area
        kinds = {item.kind for items in one.criteria.values() for item in items}
        assert kinds & {EvidenceKind.SKILLS, EvidenceKind.CAPACITY}, area
    assert EvidenceKind.HISTORY in {
        item.kind for items in criteria()[Area.STRATEGY].criteria.values() for item in items
    }
    assert set(scale().means) == set(Level)


def test_eighteen_months_are_counted_to_the_day_and_to_the_end_of_a_short_month() -> None:
    assert months_after(date(2024, 5, 7), 18) == date(2025, 11, 7)
    assert months_after(date(2024, 8, 31), 18) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 31), 0) == date(2026, 12, 31)


def test_what_never_happened_is_met_where_it_must_not_have_and_else_not() -> None:
    for code in ("elected-mayor", "assurance-framework"):
        assert met_from(RULES[code], FactSaid(code, None, "x")) is None
    assert is_met(RULES["best-value-notice"], FactSaid("best-value-notice", None, "x"), on=DAY)
    assert not is_met(RULES["best-value-notice"], None, on=DAY)


def test_what_has_not_ended_is_not_met_and_has_no_day() -> None:
    going = FactSaid("best-value-notice", None, "x", ongoing=True)
    assert not is_met(RULES["best-value-notice"], going, on=DAY)
    said = [FactSaid(code, None, "x") for code in RULES]
    assert check_facts([going, *(one for one in said if one.code != going.code)], RULES, on=DAY)
    mayor = FactSaid("elected-mayor", None, "x", ongoing=True)
    with pytest.raises(Refused, match="cannot have that it has not ended"):
        check_facts([mayor, *said[1:]], RULES, on=DAY)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
@settings(max_examples=40)
def test_a_later_day_never_comes_earlier_after_months(day: date, months: int) -> None:
    assert months_after(day, months) <= months_after(day + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said[1:], "nothing is said of An elected mayor"),
        (lambda said: [*said, said[0]], "said twice"),
        (lambda said: [*said, FactSaid("luck", None, "x")], "is not asked"),
        (lambda said: [FactSaid(said[0].code, None, " "), *said[1:]], "no source"),
        (lambda said: [FactSaid(said[0].code, date(2027, 1, 1), "x"), *said[1:]], "not come"),
    ],
)
def test_facts_are_all_said_once_with_their_source(change: object, says: str) -> None:
    assert callable(change)
    said = [FactSaid(code, None, "The register") for code in RULES]
    assert set(check_facts(said, RULES, on=DAY)) == set(RULES)
    with pytest.raises(Refused, match=says):
        check_facts(change(said), RULES, on=DAY)


def an_item(number: int, first: int, last: int, renews: int | None = None) -> Item:
    return Item(number, Area.FINANCE, DAY + timedelta(first), DAY + timedelta(last), renews=renews)


def test_a_score_rests_on_all_it_names_and_falls_with_the_first_that_is_not_renewed() -> None:
    items = {1: an_item(1, 0, 10), 2: an_item(2, 0, 20), 3: an_item(3, 5, 30, renews=1)}
    assert rest([1, 2], items, on=DAY + timedelta(20)).supported
    fallen = rest([1, 2], items, on=DAY + timedelta(21))
    assert fallen.since == DAY + timedelta(21)
    assert fallen.fallen == ((2, DAY + timedelta(21)),)
    assert rest([1], items, on=DAY + timedelta(31)).since == DAY + timedelta(31)
    assert next_fall([1, 2], items, on=DAY + timedelta(6)) == DAY + timedelta(21)
    assert rest([], items, on=DAY).supported


def test_between_its_end_and_its_renewal_a_score_has_no_support() -> None:
    items = {1: an_item(1, 0, 10), 2: an_item(2, 15, 30, renews=1)}
    assert rest([1], items, on=DAY + timedelta(12)).since == DAY + timedelta(11)
    assert rest([1], items, on=DAY + timedelta(15)).supported


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title": " "}, "no title"),
        ({"title": "x" * 301}, "at most 300"),
        ({"last_day": DAY - timedelta(1)}, "has expired already"),
        ({"last_day": DAY + timedelta(2000)}, "more than 1096 days"),
        ({"renews": 9}, "cannot renew item 9"),
    ],
)
def test_evidence_says_what_it_shows_and_expires(other: dict[str, Any], says: str) -> None:
    said: dict[str, Any] = {
        "area": Area.FINANCE, "kind": EvidenceKind.SKILLS, "title": "Skills audit", "says": "x",
        "where": "https://example.org", "first_day": DAY, "last_day": DAY + timedelta(100),
    }  # fmt: skip
    check_evidence(EvidenceSaid(**said), {}, on=DAY, longest_days=1096)
    with pytest.raises(Refused, match=says):
        check_evidence(
            EvidenceSaid(**said | other),
            {},
            on=DAY,
            longest_days=1096,
        )


def test_a_score_above_emerging_needs_evidence_of_its_own_area() -> None:
    scores = [Scored(area, Level.EMERGING, "Nothing yet") for area in Area]
    assert len(check_scores(scores, {}, on=DAY)) == 4
    with pytest.raises(Refused, match="without any evidence"):
        check_scores([Scored(Area.PEOPLE, Level.CORE, "x"), *scores[2:]], {}, on=DAY)
    items = {1: an_item(1, 0, 10)}
    with pytest.raises(Refused, match="no evidence for People"):
        check_scores([Scored(Area.PEOPLE, Level.CORE, "x", (1,))], items, on=DAY)
    with pytest.raises(Refused, match="not scored: Strategy"):
        check_scores(scores[1:], {}, on=DAY)


def test_what_is_not_agreed_says_what_is_disputed() -> None:
    agreed = [AgreedLevel(area, Level.CORE, "As seen") for area in Area]
    assert len(check_agreed(agreed)) == 4
    with pytest.raises(Refused, match="what is disputed"):
        check_agreed([AgreedLevel(Area.PEOPLE, None, "x"), *agreed])


def test_every_button_leads_somewhere_and_nothing_leads_out_of_what_is_finished() -> None:
    for (stage, verb), following in MOVES.items():
        assert after(stage, verb) is following
    assert verbs(Stage.AGREED) == []
    with pytest.raises(Refused, match="Begin a new assessment"):
        after(Stage.AGREED, Verb.WITHDRAW)


def many(level: Level, well: int, badly: int) -> list[Followed]:
    return [Followed(level, level, level, n < well) for n in range(well + badly)]


def test_nothing_is_judged_before_two_levels_have_ten_outcomes_each() -> None:
    few = many(Level.CORE, 9, 3) + many(Level.DEVELOPING, 2, 7)
    assert verdict(few).startswith("Nothing to judge yet: 21 outcomes are known")
    assert by_level(few)[1].low is None
    told = verdict(few + many(Level.DEVELOPING, 0, 1))
    assert "the agreed scores in 72 of 78" in told


def test_a_range_is_that_of_wilson() -> None:
    assert wilson(8, 10) == (49, 95)  # 0.4902 to 0.9433, R: prop.test(8, 10, correct = FALSE)
    assert wilson(0, 10) == (0, 28)
    with pytest.raises(ValueError, match="a share"):
        wilson(3, 2)


@given(st.lists(st.tuples(st.sampled_from(list(Level)), st.booleans()), max_size=20))
@settings(max_examples=40)
def test_pairs_told_apart_are_never_more_than_there_are(pairs: list[tuple[Level, bool]]) -> None:
    right, of = told_apart(pairs)
    assert 0 <= right <= of
