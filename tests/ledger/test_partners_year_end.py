"""An over- or underspend is shared by the agreement's own clause, to the penny."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.ledger.rules.clause_text import clause_of, percentages_of, text_of
from totalplace.ledger.rules.year_end import (
    Band,
    Bearing,
    Clause,
    Keeping,
    YearFigures,
    by_contribution,
    by_percentages,
    capped,
    check_clause,
    host_bears,
    run_clause,
)
from totalplace.refusal import Refused

SIXTY: Final = {"council": 60_00, "board": 40_00}


def a_year(over: int, year: int = 2025, **put_in: int) -> YearFigures:
    given_in = put_in or {"council": 300_00, "board": 100_00}
    return YearFigures(year, given_in, sum(given_in.values()) + over)


codes = st.sampled_from(["council", "board", "wex-fire", "n1"])
widths = st.lists(st.integers(1, 10**9), max_size=3)
bearings = st.one_of(
    st.just(("c", "", ())),
    codes.map(lambda code: ("o", code, ())),
    st.integers(1, 99_99).map(lambda w: ("p", "", (("board", w), ("council", 100_00 - w)))),
)


def a_band(width: int | None, said: tuple[str, str, tuple[tuple[str, int], ...]]) -> Band:
    kind, bearer, percentages = said
    bearing = {"c": Bearing.CONTRIBUTION, "o": Bearing.ONE, "p": Bearing.PERCENTAGES}[kind]
    return Band(width, bearing, bearer, percentages)


banded = st.tuples(widths, st.lists(bearings, min_size=4, max_size=4)).map(
    lambda found: tuple(a_band(w, b) for w, b in zip([*found[0], None], found[1], strict=False))
)
clauses = st.builds(Clause, banded, banded, st.sampled_from(Keeping))


@settings(max_examples=40)
@given(
    clauses,
    st.integers(-(10**9), 10**9),
    st.dictionaries(codes, st.integers(0, 10**9), min_size=1),
    st.sets(codes),
)
def test_nothing_of_an_over_or_underspend_is_lost_or_made(
    clause: Clause, spent: int, put_in: dict[str, int], may_carry: set[str]
) -> None:
    if not any(put_in.values()):
        put_in = {**put_in, "council": 1}
    (found,) = run_clause(clause, [YearFigures(2025, put_in, spent)], may_carry=may_carry)
    assert found.ties
    assert not set(found.kept) - may_carry
    assert all(
        (pence > 0) == (found.figures.over_pence > 0) for pence in found.pays.values() if pence
    )


@settings(max_examples=30)
@given(clauses)
def test_a_clause_comes_back_from_its_sentences_as_it_was(clause: Clause) -> None:
    assert clause_of(text_of(clause)) == clause


def test_by_contribution_is_in_proportion_to_what_was_put_in() -> None:
    (found,) = run_clause(by_contribution(), [a_year(over=101)])
    assert found.pays == {"board": 25, "council": 76}


def test_by_agreed_per_cent() -> None:
    (found,) = run_clause(by_percentages(SIXTY), [a_year(over=-1000)])
    assert found.pays == {"board": -400, "council": -600}


def test_the_host_bears_it() -> None:
    (found,) = run_clause(host_bears("council"), [a_year(over=1000)])
    assert found.pays == {"board": 0, "council": 1000}


def test_over_a_cap_it_is_shared_by_contribution() -> None:
    (found,) = run_clause(capped("board", 500), [a_year(over=900)])
    assert found.pays == {"board": 600, "council": 300}
    assert [(band.pence, band.words) for band in found.bands] == [
        (500, "the next £5.00: borne by board alone"), (400, "the rest: shared by contribution"),
    ]  # fmt: skip


def test_what_is_kept_is_kept_for_those_that_may_carry_it_and_goes_back_to_the_others() -> None:
    clause = by_contribution(Keeping.KEPT)
    (found,) = run_clause(clause, [a_year(over=-400)], may_carry={"council"})
    assert found.kept == {"council": 300}
    assert found.pays == {"board": -100, "council": 0}


def test_it_runs_on_years_that_are_past_each_by_its_own_contributions() -> None:
    years = [a_year(over=100, year=2023, a=1, b=1), a_year(over=-100, year=2024, a=3, b=1)]
    assert [found.pays for found in run_clause(by_contribution(), years)] == [
        {"a": 50, "b": 50}, {"a": -75, "b": -25},
    ]  # fmt: skip


def test_a_year_that_comes_out_even_costs_nobody_anything() -> None:
    (found,) = run_clause(by_contribution(), [a_year(over=0)])
    assert (set(found.pays.values()), found.bands) == ({0}, ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("An underspend is returned.", "nobody bears the rest"),
        ("Of an overspend, the rest is shared by luck.", "none of the sentences"),
        (text_of(by_contribution()).rsplit("\n", 1)[0], "returned or kept"),
        (text_of(by_contribution()) + "\nAn underspend is returned.", "said twice"),
        (text_of(by_percentages({"a": 50_00, "b": 40_00})), "do not come to 100"),
        (text_of(by_percentages({"a": 100_00})).replace("a 100", "a lot"), "'a lot' is not"),
    ],
)
def test_a_sentence_that_says_something_else_is_refused_at_its_line(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        clause_of(text)


def test_who_is_no_partner_bears_nothing() -> None:
    with pytest.raises(Refused, match="stranger is no partner"):
        check_clause(host_bears("stranger"), {"council"})


def test_by_contribution_needs_contributions() -> None:
    with pytest.raises(Refused, match="no partner put anything in"):
        run_clause(by_contribution(), [YearFigures(2025, {"council": 0}, 5)])


def test_agreed_per_cents_are_read_as_people_write_them() -> None:
    assert percentages_of("council: 60%\nboard 39.5, fire 0.5") == (
        ("board", 39_50), ("council", 60_00), ("fire", 50),
    )  # fmt: skip
