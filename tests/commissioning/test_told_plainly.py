"""What is lacking or broken is told by titles and sums, never by the numbers of lines."""

from __future__ import annotations

from dataclasses import replace

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Fund
from totalplace.commissioning.rules.problem import Impossible
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.known import Bar
from totalplace.commissioning.rules.weighing.summary import Draws, summary

from .cases import case, effect, option


def test_what_a_baseline_breaks_is_told_by_service_and_sum() -> None:
    its = case(
        option("reading", 50, effect("0.5"), most_more_units=1),
        option("talks", 50, effect("0.4"), most_more_units=1),
        pounds=200,
    )
    found = summary(its, bar=Bar(50, 90), draws=Draws(1, 10, 1))
    assert not isinstance(found, Impossible)
    broken = [words for one in found.baselines for words in one.broken]
    assert any("too much: its most is £" in words for words in broken)
    assert not any(words.startswith("line ") for words in broken)


def test_money_that_is_less_than_what_must_be_spent_from_it_is_told_so() -> None:
    its = case(option("courses", 100, protected=True), pounds=100)
    less = replace(its, funds=(Fund("skills", "Adult skills", (90_00,)),))
    found = solve(problem_of(less))
    assert isinstance(found, Impossible)
    assert found.told == (
        "what Adult skills can pay in year 1 is less than what must be spent from it"
    )
