"""Posts, vacancies and turnover: what follows from what was given, and who is not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.rules.capacity import (
    Given,
    RoleSaid,
    SkillSaid,
    check_given,
    code_of,
    leaving,
    meeting,
    period_ending,
    roles_of,
    text_of,
    turnover,
)
from totalplace.monitoring.rules.capacity_hidden import (
    BY_SUBTRACTION,
    FEW,
    hidden,
    total_is_hidden,
)
from totalplace.monitoring.rules.capacity_register import OTHERS, register, vacancies_of
from totalplace.monitoring.rules.capacity_watched import Body, watched
from totalplace.monitoring.rules.watched import Kind, Standing
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period, lasting, months_on
from totalplace.readiness.rules.scale import Level
from totalplace.refusal import Refused

HERE = Body("wexshire", "wex", "Wexshire Council", is_central=False)
SKILLS = asked().skills


def quarter(n: int) -> Period:
    """The nth quarter from April 2024."""
    return lasting(months_on(date(2024, 4, 1), 3 * n), 3)


def a_return(n: int, *roles: RoleSaid, anew: str = "") -> Given:
    return Given(quarter(n), roles, 1, anew)


def a_role(title: str = "Planners", posts: int = 200, filled: int = 160, **more: Any) -> RoleSaid:
    return RoleSaid(title, posts, filled, **more)


def test_vacancies_follow_from_posts_and_those_filled() -> None:
    assert (a_role().vacancies, a_role().vacancy_rate) == (40, 20.0)
    over = a_role(filled=210)
    assert (over.vacancies, over.over, over.vacancy_rate) == (0, 10, 0.0)
    unknown = RoleSaid("Planners", 200, None)
    assert (unknown.vacancies, unknown.vacancy_rate) == (None, None)
    assert RoleSaid("Planners", 0, 0).vacancy_rate is None


def test_agency_staff_are_told_of_all_who_do_the_work() -> None:
    assert a_role(agency_staff=40).agency_share == 20.0
    assert a_role().agency_share is None


def test_turnover_waits_for_a_whole_year_and_takes_the_mean_in_post() -> None:
    history = [a_return(n, a_role(filled=100 + 20 * n, leavers=5)) for n in range(5)]
    assert turnover(history[:3], "planners", quarter(2)) is None
    assert turnover(history[:4], "planners", quarter(3)) == pytest.approx(100 * 20 / 130)
    # From the fifth on it is known how many stood there when the year began.
    assert turnover(history, "planners", quarter(4)) == pytest.approx(100 * 20 / 140)
    gone = [one for one in history if one.period != quarter(2)]
    assert turnover(gone, "planners", quarter(4)) is None


def test_turnover_is_not_taken_across_a_day_from_which_it_is_counted_anew() -> None:
    history = [a_return(n, a_role(leavers=5), anew="A new system" * (n == 2)) for n in range(6)]
    assert turnover(history, "planners", quarter(4)) is None
    assert turnover(history, "planners", quarter(5)) == pytest.approx(100 * 20 / 160)


def test_leavers_of_a_period_are_of_the_mean_in_post_over_it() -> None:
    history = [a_return(0, a_role(filled=100)), a_return(1, a_role(filled=140, leavers=6))]
    assert leaving(history, "planners", history[1]) == (6, 120.0)
    assert leaving(history, "planners", history[0]) is None


def test_a_skill_is_told_by_how_many_work_where_it_meets_what_is_needed() -> None:
    core, emerging = (SkillSaid("data", level, "seen") for level in (Level.CORE, Level.EMERGING))
    roles = (
        RoleSaid("Planners", 100, 80, skills=(core,)),
        RoleSaid("Analysts", 100, 40, skills=(emerging,)),
        RoleSaid("Others", 100, 90),
    )
    assert meeting(roles, "data") == (80, 120)
    assert meeting(roles, "finance") is None


@pytest.mark.parametrize(
    ("said", "months", "first"),
    [("June 2026", 3, date(2026, 4, 1)), ("Jun 2026", 1, date(2026, 6, 1)),
     ("2026-03", 3, date(2026, 1, 1))],
)  # fmt: skip
def test_a_period_is_named_by_the_month_that_ends_it(said: str, months: int, first: date) -> None:
    assert period_ending(said, months) == lasting(first, months)


@pytest.mark.parametrize(
    ("said", "months"), [("2026", 3), ("May 2026", 3), ("soon", 3), ("June 2026", 2)]
)
def test_what_is_no_month_or_ends_no_quarter_is_refused(said: str, months: int) -> None:
    with pytest.raises(Refused, match="The period cannot be read"):
        period_ending(said, months)


def test_a_return_of_days_to_come_without_roles_or_with_one_twice_is_refused() -> None:
    day = quarter(0).last_day
    for roles, on, why in (
        ((a_role(),), day, "is not over"),
        ((), months_on(day, 1), "it names no role"),
        ((a_role("!!!"),), months_on(day, 1), "a role has no name"),
        ((a_role(posts=-1),), months_on(day, 1), "a number below nought"),
        ((a_role("Planners"), a_role("planners!")), months_on(day, 1), "stands there twice"),
    ):
        with pytest.raises(Refused, match=why):
            check_given(quarter(0), roles, on=on, what="The return was not taken")


@examples(st.text(max_size=120))
def test_a_role_has_a_code_that_can_stand_in_an_address(title: str) -> None:
    code = code_of(title)
    assert len(code) <= 64
    assert code_of(code) == code


def test_what_is_kept_is_what_was_given() -> None:
    skill = SkillSaid("data", Level.CORE, "Two analysts who have “done” it")
    roles = (a_role(leavers=3, days_to_hire=40), RoleSaid("Äpfel", 7, None, skills=(skill,)))
    assert roles_of(text_of(roles)) == roles


def test_a_small_role_is_hidden_with_another_by_which_it_could_be_worked_out() -> None:
    roles = (a_role("Small", 30, 30), a_role("Middle", 90, 80), a_role("Large", 900, 800))
    assert hidden([a_return(0, *roles)]) == {
        quarter(0).first_day: {"small": FEW, "middle": BY_SUBTRACTION}
    }
    two = (a_role("Small", 30, 20), a_role("Smaller", 20, 20), a_role("Large", 900, 800))
    assert set(hidden([a_return(0, *two)])[quarter(0).first_day]) == {"small", "smaller", "large"}


def test_a_body_of_one_small_role_shows_no_total() -> None:
    alone = a_return(0, a_role("Small", 30, 30))
    assert total_is_hidden(alone, hidden([alone])[quarter(0).first_day])
    seen = register([alone], alone, own=False)
    assert (seen.rows, seen.all_roles) == ((), None)
    assert "left out" in seen.notes[0]
    assert register([alone], alone, own=True).rows[0].role.title == "Small"


def test_a_role_stays_hidden_while_its_leavers_tell_what_it_was() -> None:
    sizes = (40, 60, 60, 60, 60, 60)
    history = [
        a_return(n, a_role("Small", size, size), a_role("Middle", 90, 90), a_role("Large", 900, 9))
        for n, size in enumerate(sizes)
    ]
    found = hidden(history)
    assert [set(found[quarter(n).first_day]) for n in range(6)] == [
        *[{"small", "middle"}] * 5, set(),
    ]  # fmt: skip


def test_what_was_hidden_beside_a_role_stays_hidden_as_long_as_that_role_does() -> None:
    first = a_return(0, a_role("Small", 40, 40), a_role("B", 90, 90), a_role("C", 900, 900))
    second = a_return(1, a_role("Small", 40, 40), a_role("B", 300, 300), a_role("C", 40, 40))
    found = hidden([first, second])
    assert set(found[quarter(1).first_day]) == {"small", "b", "c"}


sizes_of_roles = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), min_size=1)


@examples(st.lists(sizes_of_roles, min_size=1, max_size=6))
def test_what_is_hidden_is_never_a_single_role_or_fewer_than_five_posts(
    quarters: list[list[tuple[int, int]]],
) -> None:
    history = [
        a_return(n, *(a_role(f"Role {k}", p, f) for k, (p, f) in enumerate(sizes)))
        for n, sizes in enumerate(quarters)
    ]
    found = hidden(history)
    for one in history:
        kept_back = found[one.period.first_day]
        assert all(r.code in kept_back for r in one.roles if (r.posts or 0) < 50)
        within = [r for r in one.roles if r.code in kept_back]
        if within and not total_is_hidden(one, kept_back):
            assert len(within) >= 2
            assert sum(r.posts or 0 for r in within) >= 50
        seen = register(history, one, own=False)
        titles = {row.role.title for row in seen.rows}
        assert not titles & {r.title for r in within}
        assert (OTHERS in titles) == (bool(within) and seen.all_roles is not None)


def test_the_register_puts_small_roles_together_and_says_so() -> None:
    roles = (
        a_role("Small", 30, 20, leavers=2, sickness_days=9), a_role("Middle", 90, 100, leavers=3),
        a_role("Large", 900, 800),
    )  # fmt: skip
    one = a_return(0, *roles)
    seen = register([one], one, own=False)
    assert [row.role.title for row in seen.rows] == ["Large", OTHERS]
    others = seen.rows[1]
    assert (others.role.posts, others.role.leavers, others.joins) == (120, 5, ("Middle", "Small"))
    assert vacancies_of(others, roles) == 10  # those beyond the posts of Middle fill none of Small
    assert others.role.sickness_days is None  # one of the two gave none
    assert seen.all_roles is not None
    assert vacancies_of(seen.all_roles, roles) == 110
    assert seen.all_roles.role.leavers is None
    assert "Middle and Small are put together" in " ".join(seen.notes)


def test_days_off_sick_of_fewer_than_five_people_are_not_told() -> None:
    one = a_return(0, a_role("Planners", 90, 30, sickness_days=44), a_role("Large", 900, 800))
    assert register([one], one, own=False).rows[0].role.sickness_days is None
    assert register([one], one, own=True).rows[0].role.sickness_days == 44


def test_vacancies_leavers_and_skills_are_watched_and_what_is_not_there_is_missing() -> None:
    skill = (SkillSaid("data", Level.CORE, "seen"),)
    history = [
        a_return(n, RoleSaid("Planners", 200, 160, leavers=4, skills=skill),
                 anew="A new system" * (n == 3))
        for n in (0, 1, 3)
    ]  # fmt: skip
    series = {one.code: one for one in watched(HERE, history, SKILLS, on=date(2025, 10, 1))}
    assert list(series) == [
        "capacity/wex/planners/vacancies", "capacity/wex/planners/leavers",
        "capacity/wex/skill/data",
    ]  # fmt: skip
    vacant = series["capacity/wex/planners/vacancies"]
    assert (vacant.kind, vacant.better, vacant.months) == (Kind.SHARE, Better.LOWER, 3)
    assert [p.value for p in vacant.points] == [20.0, 20.0, None, 20.0, None]
    assert (vacant.points[0].numerator, vacant.points[0].denominator) == (4.0, 20.0)
    assert vacant.points[2].standing is Standing.MISSING
    assert vacant.points[2].why == "the body gave nothing in for it"
    assert [one.on for one in vacant.breaks] == [quarter(3).first_day]
    assert vacant.owners == ("wex", "")
    left = series["capacity/wex/planners/leavers"]
    assert (left.kind, left.points[1].value) == (Kind.COUNT, 2.5)
    meets = series["capacity/wex/skill/data"]
    assert (meets.kind, meets.better, meets.points[0].value) == (Kind.MEASURE, Better.HIGHER, 100)


def test_a_department_answers_for_its_own_and_small_roles_are_not_watched() -> None:
    dept = Body("wexshire", "dfe", "Department", is_central=True)
    history = [a_return(n, a_role("Small", 40, 40), a_role("Other", 90, 90)) for n in range(3)]
    assert watched(dept, history, SKILLS, on=date(2025, 1, 1)) == []
    large = [a_return(n, a_role("Officials", 400, 390)) for n in range(3)]
    found = watched(dept, large, SKILLS, on=date(2025, 1, 1))
    assert [one.owners for one in found] == [("", "dfe")]


def test_months_among_quarters_are_not_mixed_into_one_series() -> None:
    month = Given(lasting(date(2024, 7, 1), 1), (a_role(),))
    found = watched(HERE, [a_return(0, a_role()), month], SKILLS, on=date(2024, 9, 1))
    assert [p.period for p in found[0].points] == [month.period]
    assert "other lengths of time" in found[0].notes[0]
