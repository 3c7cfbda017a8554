"""Published totals: what rounding explains, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.returns.outcome import outcome
from totalplace.sources.rules.returns.sums import Checked, Verdict

from .conftest import WIDE, form_of, table_of

SERVICES = [f"Service {n}" for n in range(12)]
MANY: dict[str, Any] = {
    "has": ["Code", "Year", SERVICES[0]],
    "lines": dict.fromkeys(SERVICES, "other_services"),
    "total_rows": None,
    "body": {"code": {"column": "Code"}},
}


def checked(figures: list[Any], total: Any) -> Checked:
    """The total of one body whose services are these, in thousands."""
    table = table_of(
        ["Code", "Year", *SERVICES, "Total"], ["E06000001", "2023-24", *figures, total]
    )
    (found,) = outcome(form_of(WIDE, **MANY), [table]).checked
    return found


@given(st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12))
def test_figures_that_were_rounded_one_by_one_are_never_said_to_differ(pounds: list[int]) -> None:
    def thousands(sum_: int) -> int:
        return (sum_ + 500) // 1000

    found = checked([thousands(p) for p in pounds], thousands(sum(pounds)))
    assert found.verdict in (Verdict.AGREES, Verdict.ROUNDING)


def test_what_rounding_cannot_explain_differs() -> None:
    figures = [100] * 12
    assert checked(figures, 1200).verdict is Verdict.AGREES
    assert checked(figures, 1206).verdict is Verdict.ROUNDING  # 13 halves of a thousand are 6.5
    assert checked(figures, 1207).verdict is Verdict.DIFFERS
    assert checked(figures, 1193).difference_pence == -700_000


def test_a_total_over_a_blank_is_said_to_have_parts_missing() -> None:
    found = checked([None, *[100] * 11], 1200)
    assert (found.verdict, found.parts_missing, found.sum_pence) == (
        Verdict.PARTS_MISSING, 1, 110_000_000,
    )  # fmt: skip
    assert checked([None, *[100] * 11], 1100).verdict is Verdict.AGREES


def test_a_total_of_nothing_but_blanks_has_no_sum_and_not_one_of_zero() -> None:
    found = checked([None] * 12, 1200)
    assert (found.verdict, found.sum_pence, found.difference_pence) == (
        Verdict.PARTS_MISSING, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("total", "verdict", "sum_pence"),
    [
        ({"lines": ["Service 0", "service 1"]}, Verdict.AGREES, 20_000_000),
        ({"services": ["other_services"]}, Verdict.DIFFERS, 120_000_000),
        ({"not_checked": True}, Verdict.NOT_CHECKED, None),
    ],
)
def test_a_form_says_what_a_total_adds_up(
    total: dict[str, Any], verdict: Verdict, sum_pence: int | None
) -> None:
    form = form_of(WIDE, **MANY, totals={"Total": total})
    table = table_of(
        ["Code", "Year", *SERVICES, "Total"], ["E06000001", "2023-24", *[100] * 12, 200]
    )
    (found,) = outcome(form, [table]).checked
    assert (found.verdict, found.sum_pence) == (verdict, sum_pence)
