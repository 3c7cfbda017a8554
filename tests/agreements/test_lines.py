"""Funding lines: what is not stated is never nought, and no headline is spread over its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from totalplace.agreements.definitions.funding import (
    published,
    read_published,
    read_rules,
    settlement,
)
from totalplace.agreements.rules.lines import Mechanism, Said, Sum, check, totals
from totalplace.ledger.rules.accounts import Nature
from totalplace.refusal import Refused

from .negotiating import RING_FENCED, YEAR, a_line, a_sum

GMCA = "gmca-2025-26"
POUND = 100


def test_the_published_lines_sum_as_stated_and_the_rest_of_the_headline_is_not_spread() -> None:
    headline = settlement(GMCA).headline
    assert headline.visible.revenue == 208_550_670 * POUND
    assert headline.visible.capital == 239_172_197 * POUND
    assert headline.visible.pence == 447_722_867 * POUND
    assert headline.pence == 630_000_000 * POUND
    assert headline.unexplained == 182_277_133 * POUND
    assert totals(settlement(GMCA).lines).pence == headline.visible.pence


def test_a_sum_to_be_confirmed_keeps_its_word_and_has_no_pence() -> None:
    lines = {line.code: line for line in settlement(GMCA).lines}
    assert [s.said for s in lines["growth-hubs"].sums] == [Said.UNCONFIRMED]
    assert [s.said for s in lines["free-courses-for-jobs"].sums] == [Said.ABOVE]
    assert lines["growth-hubs"].stated() is None
    assert lines["skills-bootcamps"].mechanism is Mechanism.UNCONFIRMED
    assert settlement(GMCA).headline.visible.not_stated == 7


def test_pence_stand_where_a_sum_is_stated_and_only_there() -> None:
    with pytest.raises(ValueError, match="and only then"):
        Sum(YEAR, Nature.REVENUE, None)
    with pytest.raises(ValueError, match="and only then"):
        Sum(YEAR, Nature.REVENUE, 5, Said.UNCONFIRMED)
    with pytest.raises(ValueError, match="nought or more"):
        Sum(YEAR, Nature.REVENUE, -1)


def test_totals_are_of_what_is_stated() -> None:
    unknown = Sum(YEAR, Nature.CAPITAL, None, Said.UNCONFIRMED)
    both = totals([a_line(), replace(RING_FENCED, sums=(unknown, a_sum(5, year=YEAR + 1)))])
    assert (both.revenue, both.capital, both.not_stated) == (4_000_000_05, 0, 1)
    assert totals([a_line()], year=YEAR + 1).pence == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (a_line("Bus Services"), "no code"),
        (a_line(fund=" "), "which fund"),
        (a_line(reason=""), "why it is in the block"),
        (a_line(covers=("dft",)), "no spending of the count"),
        (a_line(sums=(a_sum(1, year=2040),)), "April 2040"),
        (a_line(sums=(a_sum(1), a_sum(2))), "two sums"),
    ],
)
def test_a_line_that_cannot_stand_says_why(line: object, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check([line], first=YEAR, last=YEAR + 2)  # type: ignore[list-item]


def test_one_code_stands_once() -> None:
    with pytest.raises(Refused, match="stands twice"):
        check([a_line(), a_line()], first=YEAR, last=YEAR)


def test_a_definition_with_a_key_that_means_nothing_is_refused() -> None:
    assert list(published()) == [GMCA]
    with pytest.raises(Refused, match="means nothing here"):
        read_published("title: x\ncolour: red\n", "x")
    with pytest.raises(Refused, match="Choose one of them"):
        settlement("nowhere")
    rules = (
        "title: t\nwhy: w\nowner: o\nas_of: 2026-01-01\nreview_by: 2027-01-01\nsources: [s]\n"
        "uncertain: u\nrules: [{decides: local, where: national, reason: r}]\n"
    )
    with pytest.raises(Refused, match="everything that is left"):
        read_rules(rules)
