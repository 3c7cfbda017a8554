"""The page of the whole-place count: what it says, in which order, and what it never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole import EditionShown, Titles, whole_page

Beside = Callable[[str], dict[str, Any]]
Tables = Callable[[str], dict[str, list[list[str]]]]


@pytest.fixture
def page(city: WholePlace, titles: Titles, shown_beside: Beside) -> str:
    """The page of the city with all that can stand beside it."""
    return whole_page(city, titles=titles, **shown_beside(""))


def test_the_page_says_at_once_what_is_counted_and_how_well(
    page: str, words_of: Callable[[str], str]
) -> None:
    said = words_of(page)
    assert "Known to be spent for Wexshire in 2021-22: £8.2bn (between £7.9bn and £8.6bn)" in said
    assert "Measured 68%, apportioned 4%, modelled 28%; missing: 2 bodies, and 1 sum of" in said
    assert "So this is at most 99% of what is spent for the whole place." in said
    assert "£8,230,000,001.15" in said
    assert said.index("£8.2bn") < said.index("Net: what bodies take in")
    assert "fees, charges and other income is set against" in said


def test_the_sections_stand_in_their_order(page: str) -> None:
    order = [
        "headline", "three", "purpose", "decides", "agencies", "pictures", "once", "coverage",
        "breaks", "missing", "similar", "sources", "made", "part-payments", "paid", "weighty",
        "sums", "months",
    ]  # fmt: skip
    assert [s for s in re.findall(r'<section id="([a-z-]+)"', page) if s in order] == order


def test_each_of_the_three_numbers_says_what_it_is_not(
    page: str, words_of: Callable[[str], str]
) -> None:
    said = words_of(page)
    for part in (
        "It is not a budget that anybody in the place controls.",
        "It is not spare: most of it is owed by law or contract already.",
        "It is not all that reaches them: for £5.2bn nobody publishes",
    ):
        assert part in said


def test_a_purpose_shows_its_sum_range_share_head_status_decider_and_cofog(
    page: str, tables_of: Tables
) -> None:
    rows = {row[0]: row for row in tables_of(page)["Table by purpose"]}
    nhs = " ".join(re.sub(r"<[^>]*>", " ", cell) for cell in next(
        row for name, row in rows.items() if name.startswith("NHS care")))  # fmt: skip
    for part in ("2,310.0", "2,010.0 to 2,680.0", "28%", "£2,018", "All modelled", "07", "Health",
                 "Given with conditions"):  # fmt: skip
        assert part in nhs


def test_what_is_missing_is_said_in_words_with_its_range(page: str, tables_of: Tables) -> None:
    tables = tables_of(page)
    justice = next(r for r in tables["Table of what is missing"] if r[0].startswith("Courts"))
    assert "not known" in justice[2]
    assert "60.0 to 95.0" in justice[2]
    for label in ("Table by purpose", "Table by body"):
        missing = [row for row in tables[label] if row[0].startswith(("Courts", "Lower Marsh"))]
        assert missing
        assert all("not known" in row[1] and "<data" not in row[1] for row in missing)


def test_a_place_of_which_nothing_is_known_shows_no_nought(
    places: dict[str, WholePlace], titles: Titles, words_of: Callable[[str], str]
) -> None:
    said = words_of(whole_page(places["nearly nothing"], titles=titles))
    assert "Spent for Wexshire in 2021-22: not known" in said
    assert not re.search(r"£0(?![\d.,])", said)
    assert "How many people live here is not in the register" in said


def test_payments_alone_head_the_page_as_gross(
    places: dict[str, WholePlace], titles: Titles, words_of: Callable[[str], str]
) -> None:
    said = words_of(whole_page(places["payments alone"], titles=titles))
    assert "Known to be paid by public bodies of Wexshire in 2021-22: £586m" in said
    assert "Payroll and benefits are in no payment file, so this is not all that is spent" in said
    assert "they need returns of this year" in said
    assert "What the payments were for" not in said


def test_the_gross_part_says_that_it_is_never_added(
    page: str, words_of: Callable[[str], str]
) -> None:
    assert "They must never be added to the net total at the head of this page" in words_of(page)


def test_from_what_was_paid_to_what_was_spent_adds_up_across_and_down(
    page: str, tables_of: Tables, city: WholePlace
) -> None:
    rows = tables_of(page)["Table of published payments by body"]
    sums = [[_pence(cell) for cell in row[1:]] for row in rows]
    for paid, out, passed, lent, spent in sums:
        assert paid - out - passed - lent == spent
    for column in zip(*sums, strict=True):
        assert sum(column[:-1]) == column[-1]
    assert sums[-1][1] == city.matrix.pence


def _pence(cell: str) -> int:
    found = re.search(r'<data value="(-?\d+)">', cell)
    return int(found.group(1)) if found else 0


def test_the_elimination_matrix_has_payers_in_rows_and_adds_up(
    page: str, tables_of: Tables, city: WholePlace
) -> None:
    rows = tables_of(page)["Table of what counted bodies paid each other"]
    assert [row[0] for row in rows][-1] == "All"
    assert _pence(rows[-1][-1]) == city.matrix.pence
    for row in rows:
        assert sum(_pence(cell) for cell in row[1:-1]) == _pence(row[-1])


def test_transfers_left_in_stand_largest_first_thirty_of_them(page: str, tables_of: Tables) -> None:
    rows = tables_of(page)["Table of transfers left in"]
    assert len(rows) == 30
    sums = [_pence(row[5]) for row in rows]
    assert sums == sorted(sums, reverse=True)
    assert "through POL" in rows[3][1]
    assert "left in by an officer" in rows[3][6]
    assert "The largest 30 of 39. The others come to £4,500" in page


def test_money_in_two_returns_and_what_was_done_is_shown(page: str, tables_of: Tables) -> None:
    row = tables_of(page)["Table of money in two returns"][0]
    assert row[0] == "Housing Benefit"
    assert "Department for Work and Pensions" in row[1]
    assert "The council pays it and is paid back." in row[5]
    assert "Precepts and net expenditure" in page
    assert tables_of(page)["Table of returns that disagree"]
    assert tables_of(page)["Table of disagreements"]


def test_coverage_says_what_payments_come_to_of_accounts(
    page: str, words_of: Callable[[str], str]
) -> None:
    said = words_of(page)
    assert "Less what is only passed on, payments come to 19% of this body’s accounts." in said
    assert "No accounts are held to compare with." in said
    assert "10 of 12" in said


def test_why_payments_rose_stands_with_its_parts(page: str, tables_of: Tables) -> None:
    rows = tables_of(page)["Table of why payments of Wexshire City Council changed"]
    assert [row[0] for row in rows] == [
        "direct debits, newly published", "all other payees together", "The whole change",
    ]  # fmt: skip
    assert _pence(rows[0][2]) + _pence(rows[1][2]) == _pence(rows[2][2])


def test_themes_add_up_to_the_total(page: str, tables_of: Tables, city: WholePlace) -> None:
    rows = tables_of(page)["Table by theme"]
    assert sum(_pence(row[1]) for row in rows[:-1]) == _pence(rows[-1][1]) == city.total.pence


def test_prices_of_another_year_are_labelled_with_their_year_and_as_provisional(
    page: str, city: WholePlace, titles: Titles, words_of: Callable[[str], str]
) -> None:
    said = words_of(page)
    assert "At 2024-25 prices, £ million" in said
    assert "GDP deflator (HM Treasury), which is provisional" in said
    assert "prices, £ million" not in words_of(whole_page(city, titles=titles))


def test_every_source_has_its_hash_publisher_and_licence(page: str, tables_of: Tables) -> None:
    rows = {row[0]: row for row in tables_of(page)["Table of sources"]}
    assert "OGL v3.0" in rows["outturn_2021.xlsx"][3]
    assert "a" * 64 in rows["outturn_2021.xlsx"][4]
    assert "not known" in rows["spend_apr.csv"][2]


def test_an_edition_shows_its_name_hash_and_standing(
    page: str, city: WholePlace, titles: Titles, words_of: Callable[[str], str]
) -> None:
    said = words_of(page)
    assert "Edition wex/2021-22/3: provisional, made on 26 November 2026 by A. Officer." in said
    assert "e" * 64 in said
    assert "This count is provisional. Figures may still change." in said
    signed = EditionShown("wex/2021-22/3", "e" * 64, "signed off")
    assert "may still change" not in whole_page(city, titles=titles, edition=signed)
    assert "This count is no edition yet" in whole_page(city, titles=titles)


def test_a_count_that_contradicts_itself_says_so(city: WholePlace, titles: Titles) -> None:
    payments = city.payments
    assert payments is not None
    wrong = tuple(replace(k, held_rows=k.held_rows + 1) for k in payments.kept)
    broken = replace(city, payments=replace(payments, kept=wrong))
    assert "The payments contradict themselves" in whole_page(broken, titles=titles)
    assert "The payments contradict themselves" not in whole_page(city, titles=titles)


def test_hostile_names_are_shown_and_do_nothing(
    places: dict[str, WholePlace], titles: Titles, shown_beside: Beside, hostile_word: str,
    tags_of: Callable[[str], list[tuple[str, dict[str, str | None]]]],
    words_of: Callable[[str], str],
) -> None:  # fmt: skip
    text = whole_page(places["hostile names"], titles=titles, **shown_beside(hostile_word))
    tags = tags_of(text)
    assert not [tag for tag, _ in tags if tag in {"script", "iframe", "link", "object", "img"}]
    assert not [a for _, a in tags if any(n.startswith("on") for n in a)]
    assert text.count("</title>") == text.count("<title")
    assert hostile_word in words_of(text)


def test_the_page_is_one_file_that_fetches_nothing(
    any_place: WholePlace, titles: Titles,
    tags_of: Callable[[str], list[tuple[str, dict[str, str | None]]]],
) -> None:  # fmt: skip
    text = whole_page(any_place, titles=titles)
    tags = tags_of(text)
    assert not [tag for tag, a in tags if "src" in a or tag in {"link", "iframe", "script"}]
    assert all((a["href"] or "").startswith("#") for tag, a in tags if tag == "a")
    assert not re.search(r"url\((?!#)", text)


def test_every_link_leads_somewhere_and_no_name_stands_twice(
    any_place: WholePlace, titles: Titles, shown_beside: Beside,
    tags_of: Callable[[str], list[tuple[str, dict[str, str | None]]]],
) -> None:  # fmt: skip
    for beside in ({}, shown_beside("")):
        tags = tags_of(whole_page(any_place, titles=titles, **beside))
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        assert {(a["href"] or "")[1:] for tag, a in tags if tag == "a"} <= set(ids)


def test_tables_can_be_read_aloud_and_headings_step_by_one(
    any_place: WholePlace, titles: Titles,
    tags_of: Callable[[str], list[tuple[str, dict[str, str | None]]]],
) -> None:  # fmt: skip
    tags = tags_of(whole_page(any_place, titles=titles))
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption")
    assert all(a.get("scope") for tag, a in tags if tag == "th")
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    labels = [a["aria-label"] for _, a in tags if "aria-label" in a]
    assert len(labels) == len(set(labels))
