"""The rules of plans: moves, what is lacking, three ways to divide, changes, what is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from totalplace.commissioning.definitions.adopting import adopting_matters
from totalplace.commissioning.rules.adopting import (
    Contested,
    Decided,
    Made,
    Stated,
    check_revision,
    decision_lacks,
    not_as_heard,
    statement_lacks,
    unanswered,
)
from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.candidates import (
    Unsolved,
    candidates,
    moved,
    runner_up,
    said_points,
)
from totalplace.commissioning.rules.case import Area, Case, Fund, Kind, Rule
from totalplace.commissioning.rules.plan_changes import agencies_changed, differences
from totalplace.commissioning.rules.plan_moves import (
    COLOURS,
    KEPT,
    MOVES,
    NEXT,
    Stage,
    Verb,
    after,
    stands,
    verbs,
)
from totalplace.commissioning.rules.plan_posting import Allocated, AllocationLine, Book, to_post
from totalplace.commissioning.rules.plan_refused import refused_of
from totalplace.commissioning.rules.plan_telling import by_agency, by_option, rows_of
from totalplace.commissioning.rules.solving import check
from totalplace.commissioning.rules.sorts import PROPOSABLE, Sort
from totalplace.refusal import Refused

from .cases import WELL, case, effect, option

START = datetime(2027, 1, 4, 12, tzinfo=UTC)


def at(days: int) -> datetime:
    return START + timedelta(days=days)


def day(days: int) -> date:
    return at(days).date()


class Course(RuleBasedStateMachine):
    """Whatever is done in whatever turn, nothing is adopted that was not heard."""

    def __init__(self) -> None:
        super().__init__()
        self.kept, self.heard, self.done = Stage.DRAFT, False, [Stage.DRAFT]

    @rule(verb=st.sampled_from(list(Verb)))
    def do(self, verb: Verb) -> None:
        before = stands(self.kept, heard=self.heard)
        if (before, verb) in MOVES:
            following = after(before, verb)
            self.kept = Stage.PROPOSED if following is Stage.HEARD else following
            self.done.append(following)
        else:
            with pytest.raises(Refused) as refused:
                after(before, verb)
            assert refused.value.next_step

    @rule()
    def conclude(self) -> None:
        self.heard = self.heard or self.kept is Stage.PROPOSED

    @invariant()
    def nothing_is_adopted_unheard(self) -> None:
        if Stage.ADOPTED in self.done:
            assert self.heard
            assert Stage.PROPOSED in self.done

    @invariant()
    def what_ended_stays_ended(self) -> None:
        ended = [stage for stage in self.done if stage in (Stage.WITHDRAWN, Stage.SUPERSEDED)]
        assert len(ended) <= 1
        if ended:
            assert self.done[-1] is ended[0]


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)


def test_every_stage_has_a_colour_and_says_what_is_next() -> None:
    assert set(COLOURS) == set(NEXT) == set(Stage)
    assert {verb for _, verb in MOVES} == set(Verb)
    assert set(KEPT) <= set(Verb)
    assert verbs(Stage.WITHDRAWN) == []


def test_the_page_of_docs_shows_every_move() -> None:
    docs = Path(__file__).parents[2] / "docs" / "how-to" / "adopt-a-plan.md"
    said = docs.read_text(encoding="utf-8")
    for (stage, verb), following in MOVES.items():
        names = [one.value.replace("a draft", "draft") for one in (stage, following)]
        assert f"{names[0]} --> {names[1]}: {verb.value}" in said


def lacking(**other: object) -> list[str]:
    said = {"id": "wex/1", "about": "plan wexshire/1", "agency": "wex", "matter": "budget",
            "body_kind": "full-council", "taken_on": day(20), "recorded": at(20)}  # fmt: skip
    found = decision_lacks(
        Decided(**(said | other)),  # type: ignore[arg-type]
        about="plan wexshire/1", agency="wex", matters=adopting_matters(), concluded=day(10),
        last=Made(1, at(0), None),
    )  # fmt: skip
    return [lack.why for lack in found]


def test_only_the_body_that_sets_the_budget_decides_on_this_very_plan_after_the_hearing() -> None:
    assert lacking() == []
    assert lacking(matter="authority-budget", body_kind="combined-authority") == []
    for other in (
        {"about": "plan wexshire/2"},
        {"agency": "icb"},
        {"body_kind": "executive"},
        {"matter": "policy-framework"},
        {"matter": "authority-budget", "body_kind": "mayor"},
        {"taken_on": day(10)},
    ):
        assert len(lacking(**other)) == 1, other


def test_the_statement_is_on_the_version_that_stands_and_before_the_decision() -> None:
    last = Made(2, at(5), None)
    decided = Decided("d", "", "", "", "", day(20), at(20))
    assert statement_lacks(Stated(2, at(6)), last=last, decision=decided) == []
    assert statement_lacks(Stated(2, at(6)), last=last, decision=None) == []
    for stated in (None, Stated(1, at(4)), Stated(2, at(21))):
        assert len(statement_lacks(stated, last=last, decision=decided)) == 1


def test_a_change_while_people_are_heard_rests_on_an_answer_and_an_answer_is_kept() -> None:
    heard = {"opened": at(1), "answers": {1: True, 2: False}}
    assert not_as_heard([Made(1, at(0), None), Made(2, at(2), 1)], **heard) == []  # type: ignore[arg-type]
    wrong = [
        ([Made(1, at(0), None)], "says that something changed, and nothing did"),
        ([Made(1, at(2), 1)], "not this plan"),
        ([Made(1, at(0), None), Made(2, at(2), 2), Made(3, at(3), 1)], "Version 2 does not rest"),
    ]
    for versions, words in wrong:
        found = not_as_heard(versions, **heard)  # type: ignore[arg-type]
        assert any(words in str(lack) for lack in found), words
    assert not_as_heard([Made(1, at(0), None)], opened=None, answers={}) == []
    for because, opened in ((1, None), (None, at(1)), (3, at(1)), (2, at(1))):
        with pytest.raises(Refused):
            check_revision(because, opened=opened, answers={1: True, 2: False})
    check_revision(1, opened=at(1), answers={1: True})


def test_a_contested_part_waits_for_an_answer() -> None:
    board = Contested("Board", 1, answered=False)
    assert len(unanswered([board, replace(board, answered=True)])) == 1


# Three ways


def two_areas(**other: object) -> Case:
    options = (
        option("nursery", 600, effect("1"), agency="wex", area="N", saturates_units=50),
        option("visits", 600, effect("0.2"), agency="wex", area="N", least_pence=100_00),
        option("classes", 300, effect("0.6", of=WELL), agency="icb", area="S", saturates_units=40),
        option("roads", 500, agency="wex"),
    )
    said = {"areas": (Area("N", "North", 900), Area("S", "South", 300)), "pounds": 2_000}
    return case(*options, **(said | other))  # type: ignore[arg-type]


def found(its: Case) -> dict[Sort, object]:
    made = candidates(its, seconds=10)
    assert not isinstance(made, Unsolved)
    return {one.sort: one for one in made}


@pytest.mark.parametrize(
    "its",
    [
        two_areas(),
        two_areas(areas=()),
        two_areas(pounds=1_700),
        two_areas(years=2),
        two_areas(rules=(Rule("least", "classes keep 250", Kind.ENTITLEMENT, ("classes",),
                              least=Decimal(250_00)),)),
    ],
    ids=["as it is", "no areas", "less money", "two years", "a guarantee"],
)  # fmt: skip
def test_each_of_the_three_meets_every_demand_and_none_exceeds_the_bound(its: Case) -> None:
    made = candidates(its, seconds=10)
    assert not isinstance(made, Unsolved)
    problem = problem_of(its)
    three = [one for one in made if one.sort in PROPOSABLE]
    assert len(made) == 6
    for one in three:
        assert all(it.met for it in check(problem, one.pence))
        assert one.bound is not None
        assert one.points <= one.bound
        assert one.broken == 0
        assert one.moved_pence == moved(problem, one.pence)
    most, fairest, least = three
    assert most.points >= fairest.points - 1e-6
    assert least.moved_pence <= most.moved_pence
    assert runner_up(made, Sort.MOST).sort in {Sort.FAIREST, Sort.LEAST_CHANGE}


def test_the_fairest_serves_the_worst_off_area_best() -> None:
    its = two_areas()
    problem, areas = problem_of(its), {"N": 900, "S": 300}
    where = {one.code: one.area for one in its.options}

    def worst(pence: tuple[int, ...]) -> float:
        return min(
            sum(line.points(x) for line, x in zip(problem.lines, pence, strict=True)
                if where[line.option] == area) / people
            for area, people in areas.items()
        )  # fmt: skip

    made = candidates(its, seconds=10)
    assert not isinstance(made, Unsolved)
    fairest = worst(made[1].pence)
    assert all(fairest >= worst(one.pence) - 1e-9 for one in made if one.broken == 0)


def test_least_change_reaches_half_of_the_gain_with_fewer_pounds() -> None:
    its = two_areas()
    made = candidates(its, seconds=10)
    assert not isinstance(made, Unsolved)
    most, least, last = made[0], made[2], made[3]
    assert least.points - last.points >= 0.5 * (most.points - last.points)
    assert least.moved_pence < most.moved_pence


def test_nothing_to_gain_is_nothing_moved() -> None:
    its = case(option("a", 100, effect("1")), pounds=100)
    made = candidates(its, seconds=10)
    assert not isinstance(made, Unsolved)
    assert {one.moved_pence for one in made} == {0}


def test_a_case_that_nothing_meets_says_which_demands_and_the_cheapest_way_out() -> None:
    its = two_areas(
        rules=(Rule("most", "nursery keeps 3,000", Kind.ENTITLEMENT, ("nursery",),
                    least=Decimal(3_000_00)),)
    )  # fmt: skip
    made = candidates(its, seconds=10)
    assert isinstance(made, Unsolved)
    refused = refused_of(made.problem, its)
    assert "nursery keeps 3,000" in refused.why
    assert "cheapest" in refused.next_step


# What changed, what is told, what is posted


def test_what_changed_is_told_with_the_agency_whose_money_it_is() -> None:
    its = two_areas()
    pence = (600_00, 600_00, 300_00, 500_00)
    other = (700_00, 500_00, 300_00, 500_00)
    assert differences((its, pence), (its, pence)) == []
    said = differences((its, pence), (its, other))
    assert [(one.of, one.before, one.after) for one in said] == [
        ("Nursery", "£600.00", "£700.00"), ("Visits", "£600.00", "£500.00"),
    ]  # fmt: skip
    assert agencies_changed((its, pence), (its, other)) == {"wex"}
    more = replace(
        its,
        funds=(Fund("grant", "the block grant", (2_100_00,)),),
        options=its.options[:3],
        weights_by="decision corner/2",
        rules=(Rule("new", "a rule", Kind.FAIR, ("visits",), most=Decimal(1)),),
    )
    whats = {one.what for one in differences((its, pence), (more, pence[:3]))}
    for words in ("The money that it has, over all years", "The rule", "What is known of it",
                  "Which decision set them", "What it gets in 2026-27"):  # fmt: skip
        assert words in whats


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8))
def test_what_agencies_and_services_get_adds_up_to_the_penny(pence: list[int]) -> None:
    its = two_areas(years=2)
    agencies = by_agency(its, pence, {})
    services = by_option(its, pence, {})
    assert sum(one.pence for one in agencies) == sum(one.pence for one in services) == sum(pence)
    assert sum(one.now for one in agencies) == its.now_pence * 2


def test_a_service_whose_money_stays_says_why() -> None:
    services = by_option(two_areas(), (0, 0, 0, 500_00), {"wex": "Council"})
    assert services[3].why_still
    assert not services[0].why_still
    assert services[3].per_cent == "+0.0%"
    assert by_option(case(option("new", 0, effect("1")), pounds=1), (1,), {})[0].per_cent == ""


def test_rows_to_take_away_say_each_sum_once() -> None:
    class One:
        option, year, pence, now = "nursery", 2027, 700, 600
        paid = (("grant", 400), ("other", 300))

    rows = rows_of(two_areas(), [One()], {})
    assert [row[6] for row in rows] == [700, ""]
    assert [row[10] for row in rows] == [400, 300]
    assert rows[1][9] == "other"


BOOK = Book("corner-1", range(2027, 2029), frozenset({"grant", "other"}))


@given(
    st.lists(
        st.builds(
            AllocationLine, st.sampled_from("ab"), st.sampled_from(["wex", "icb"]),
            st.sampled_from([2027, 2028]), st.sampled_from(["grant", "other", "nhs"]),
            st.integers(1, 10**12),
        ),
        min_size=1,
    )
)  # fmt: skip
def test_what_is_posted_is_all_that_is_not_aligned_to_the_penny(
    lines: list[AllocationLine],
) -> None:
    own = [one for one in lines if one.fund != "nhs"]
    if not own:
        with pytest.raises(Refused, match="aligned"):
            to_post(lines, {"nhs"}, BOOK)
        return
    told = to_post(lines, {"nhs"}, BOOK)
    assert sum(one.pence for one in told) == sum(one.pence for one in own)
    assert len({(one.line, one.year, one.agency) for one in told}) == len(told)


def test_a_later_allocation_of_the_same_year_posts_the_difference_what_is_taken_back_first() -> (
    None
):
    line = AllocationLine("a", "wex", 2027, "grant", 700)
    before = [Allocated("grant", 2027, "wex", 500), Allocated("grant", 2027, "icb", 300)]
    told = to_post([line], (), BOOK, before)
    assert told == [Allocated("grant", 2027, "icb", -300), Allocated("grant", 2027, "wex", 200)]
    with pytest.raises(Refused, match="the same already"):
        to_post([replace(line, pence=500)], (), BOOK, before[:1])


def test_a_fund_without_a_line_and_a_year_outside_the_book_are_refused() -> None:
    one = AllocationLine("a", "wex", 2027, "nhs", 1)
    with pytest.raises(Refused, match="no line for nhs"):
        to_post([one], (), BOOK)
    with pytest.raises(Refused, match="2029-30"):
        to_post([replace(one, fund="grant", year=2029)], (), BOOK)


def test_points_are_said_as_they_are_read() -> None:
    assert [said_points(x) for x in (0, 63.21, 3.3816, 0.00412, -12.34)] == [
        "0.0", "63.2", "3.38", "0.0041", "-12.3",
    ]  # fmt: skip
