"""Sums, ranges and shares in words: never nought for what is not known, never more than 100%."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.whole_place.lines import Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole import Themes, Titles
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.covered import months_of, silent_said
from totalplace.doors.report.whole.grouping import (
    by_service,
    everything,
    missing_bodies,
    silent_services,
)
from totalplace.doors.report.whole.headline import headline, three_numbers
from totalplace.doors.report.whole.prices import in_prices, prices_said
from totalplace.doors.report.whole.purpose import check
from totalplace.doors.report.whole.said import (
    Unit,
    between,
    name_said,
    per_head,
    share_said,
    split,
    split_said,
)
from totalplace.money.years import FinancialYear

M = 100_000_000


@given(st.dictionaries(st.sampled_from(list(Status)), st.integers(0, 10**14)))
def test_the_shares_of_how_a_sum_is_known_add_up_to_a_hundred(sums: dict[Status, int]) -> None:
    found = split(sums)
    assert not found or sum(share for _, share in found) == 100
    assert {status for status, _ in found} == {status for status, pence in sums.items() if pence}


def test_a_small_part_is_not_rounded_away() -> None:
    sums = {Status.MEASURED: 999_999, Status.MODELLED: 1}
    assert split_said(sums) == "measured over 99%, modelled under 1%"


def test_a_sum_with_a_part_below_nothing_has_no_shares() -> None:
    assert split({Status.MEASURED: 5, Status.MODELLED: -1}) == []
    assert split({}) == []


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (None, "not known"), (0, "0.0"), (1, "under 0.1"), (-1, "above -0.1"),
        (1_234_560_000_00, "1,234.6"), (-2 * M, "-2.0"), (5_000_000, "0.1"),
        (4_999_999, "under 0.1"),
    ],
)  # fmt: skip
def test_a_sum_in_millions(pence: int | None, said: str) -> None:
    assert Unit(is_millions=True).said(pence) == said


def test_a_range_is_said_as_far_as_it_is_known() -> None:
    unit = Unit(is_millions=True)
    assert unit.range_said(M, M) == "–"
    assert unit.range_said(M, 2 * M) == "1.0 to 2.0"
    assert unit.range_said(M, None) == "1.0 or more"
    assert unit.range_said(None, None) == "no estimate"


def test_the_two_ends_of_a_range_never_look_alike() -> None:
    assert between(790_000 * M // 100, 890_000 * M // 100) == "between £7.9bn and £8.9bn"
    assert between(8_000 * M, 8_001 * M) == "between £8,000,000,000 and £8,001,000,000"
    assert between(M, M) == between(None, 5) == ""
    assert Unit(is_millions=True).range_said(39_035_000_000, 39_035_100_000) == "about 390.4"


def test_pounds_a_head_are_to_the_nearest_pound_and_not_known_without_people() -> None:
    assert per_head(1_000_50, 2) == "£500"
    assert per_head(1_001_00, 2) == "£501"
    assert per_head(-1_001_00, 2) == "-£501"
    assert per_head(5, None) == "not known"
    assert per_head(None, 5) == "–"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nhs northshire integrated care board", "NHS Northshire Integrated Care Board"),
        ("the board of education", "The Board of Education"),
        ("Marl Town Council", "Marl Town Council"),
        ("", ""),
    ],
)
def test_a_name_in_small_letters_gets_its_capitals_back(name: str, said: str) -> None:
    assert name_said(name) == said


def test_what_has_no_share_has_a_dash() -> None:
    assert share_said(None, 5) == share_said(-1, 5) == share_said(1, 0) == "–"
    assert share_said(1, 8) == "13%"


def test_the_headline_says_at_once_what_is_counted_and_how_well(
    city: WholePlace, titles: Titles
) -> None:
    assert headline(Report(city, titles)).sentence == (
        "Known to be spent for Wexshire in 2021-22: £8.2bn (between £7.9bn and £8.6bn). "
        "Measured 68%, apportioned 4%, modelled 28%; missing: 2 bodies, and 1 sum of others "
        "(estimated between £60m and £95m). "
        "So this is at most 99% of what is spent for the whole place."
    )


def test_the_headline_of_payments_says_that_pay_and_benefits_are_not_in_it(
    places: dict[str, WholePlace], titles: Titles
) -> None:
    said = headline(Report(places["payments alone"], titles))
    assert said.sentence.startswith(
        "Known to be paid by public bodies of Wexshire in 2021-22: £586m"
    )
    assert "payroll and benefits are not in it" in said.sentence
    assert said.rule.startswith("Gross")


def test_the_headline_of_payments_says_what_they_explain_where_accounts_are_known(
    city: WholePlace, titles: Titles
) -> None:
    said = headline(Report(replace(city, net_lines=()), titles)).sentence
    assert "less what is only passed on, payments come to 17% of the accounts of 2 bodies" in said


def test_the_months_that_are_held_are_those_of_the_year_of_the_count(
    city: WholePlace, titles: Titles
) -> None:
    assert city.payments is not None
    of_year = city.payments.agency_years
    later = tuple(replace(y, year="2022-23", tables=99) for y in of_year)
    both = replace(city, payments=replace(city.payments, agency_years=(*of_year, *later)))
    assert set(months_of(Report(both, titles)).values()) == set(of_year)


def test_where_nothing_is_known_the_headline_is_no_sum(
    places: dict[str, WholePlace], titles: Titles
) -> None:
    report = Report(places["nearly nothing"], titles)
    assert headline(report).sentence == (
        "Spent for Wexshire in 2021-22: not known (what can be estimated lies between £60m and "
        "£95m). Missing: 3 bodies (estimated between £60m and £95m)."
    )
    assert three_numbers(report) == []


def test_a_total_that_is_a_third_of_the_place_says_so_at_once(
    city: WholePlace, titles: Titles
) -> None:
    counted = tuple(x for x in city.net_lines if x.agency == "council" and x.pence is not None)
    known = sum(x.pence or 0 for x in counted)
    gap = replace(city.net_lines[-2], low_pence=known, high_pence=3 * known)
    held = tuple(e for e in city.explained if e.agency == "council")
    said = headline(Report(replace(city, net_lines=(*counted, gap), explained=held), titles))
    assert said.of_whole == "So this is about 25% to 50% of what is spent for the whole place."
    assert said.bar == (("measured", 50), ("missing", 50))
    assert said.status == "All of that is measured"


def test_services_that_no_return_has_a_line_for_are_missing_too(
    city: WholePlace, titles: Titles
) -> None:
    known = tuple(x for x in city.net_lines if x.pence is not None)
    held = tuple(e for e in city.explained if e.agency != "drainage")
    report = Report(replace(city, net_lines=known, explained=held), titles)
    assert "justice" in silent_services(report)
    assert headline(report).missing == f"missing: {len(silent_services(report))} services"
    assert "Courts, prisons and probation" in silent_said(report)
    gap = tuple(x for x in city.net_lines if x.agency == "justice")
    reached = Report(replace(city, net_lines=(*known, *gap)), titles)
    assert "justice" not in silent_services(reached)


def test_gross_lines_do_not_say_which_services_a_place_has(
    places: dict[str, WholePlace], titles: Titles
) -> None:
    assert silent_services(Report(places["payments alone"], titles)) == []


def test_a_body_without_any_line_is_missing(city: WholePlace, titles: Titles) -> None:
    without = replace(city, net_lines=tuple(x for x in city.net_lines if x.agency != "fire"))
    gone = missing_bodies(Report(without, titles))
    assert set(gone) == {"drainage", "justice", "fire"}


def test_services_add_up_to_the_total(any_place: WholePlace, titles: Titles) -> None:
    report = Report(any_place, titles)
    found = by_service(report, any_place.lines)
    assert sum(s.pence or 0 for s in found) == any_place.total.pence
    assert sum(s.total.low_pence for s in found) == any_place.total.low_pence


def test_a_wholly_missing_service_has_the_range_of_its_estimates(
    city: WholePlace, titles: Titles
) -> None:
    found = {s.name: s for s in by_service(Report(city, titles), city.lines)}
    justice = found["justice"]
    assert (justice.pence, justice.low_pence, justice.high_pence) == (None, 60 * M, 95 * M)
    assert (found["other_services"].low_pence, found[""].high_pence) == (None, None)


def test_prices_of_another_year_follow_the_deflator(city: WholePlace, titles: Titles) -> None:
    report = Report(city, titles, in_prices_of=FinancialYear(2023))
    index = titles.index
    assert in_prices(report, index[2021]) == index[2023]
    assert in_prices(report, -index[2021]) == -index[2023]
    assert in_prices(report, None) is None
    assert "provisional" in prices_said(report)


def test_prices_of_a_year_that_the_deflator_lacks_are_not_known(
    city: WholePlace, titles: Titles
) -> None:
    report = Report(city, titles, in_prices_of=FinancialYear(2090))
    assert in_prices(report, 5) is None
    assert "nothing can be said" in prices_said(report)
    assert in_prices(Report(replace(city, year="some year"), titles), 5) is None


def test_the_check_gives_the_share_of_the_three_and_why_it_is_another(
    city: WholePlace, places: dict[str, WholePlace], titles: Titles
) -> None:
    assert "are 92% of what is known here" in check(Report(city, titles))
    low = tuple(x for x in city.net_lines if x.agency in {"council", "police", "drainage"})
    said = check(Report(replace(city, net_lines=low), titles))
    assert "It is lower here" in said or "It is within that" in said
    assert "cannot be held against each other" in check(Report(places["payments alone"], titles))
    assert "no share can be said" in check(Report(places["nearly nothing"], titles))


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_themes_share_a_sum_to_the_penny(pence: int, parts: list[int]) -> None:
    themes = Themes("ours", {"education": {f"theme {n}": p for n, p in enumerate(parts)}})
    line: Any = _Line("education", pence)
    assert sum(themes.shared(line).values()) == pence
    other: Any = _Line("police", pence)
    assert themes.shared(other) == {"": pence}
    missing: Any = _Line("education", None)
    assert themes.shared(missing) == {}


class _Line:
    """What themes look at of a line."""

    def __init__(self, service: str, pence: int | None) -> None:
        self.service = service
        self.pence = pence


def test_everything_is_the_total_of_the_count(any_place: WholePlace, titles: Titles) -> None:
    assert everything(Report(any_place, titles)).total == any_place.total
