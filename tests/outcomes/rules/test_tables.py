"""Which form a table is of, and what one that no form knows is taken for."""

from __future__ import annotations

from typing import Any

import pytest

from totalplace.outcomes.definitions.reading import marks, parsed, shipped_forms
from totalplace.outcomes.rules import drafts, given, neighbours
from totalplace.outcomes.rules.forms import Layout, Role, fit, form_of
from totalplace.outcomes.rules.given import Given
from totalplace.outcomes.rules.tables import guess
from totalplace.refusal import Refused

FORMS = shipped_forms().values()


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def test_a_table_is_known_by_its_headings_below_a_title_and_notes() -> None:
    found = fit(FORMS, rows("""
        Attendances at departments |  |  |  |
        |  |  |  |
        Period | Org_Code | Type | Attendances | Breaches
        2017-03-01 | RF4 | 1 | 21289 | 2879
    """), "a.csv")  # fmt: skip
    assert found is not None
    assert (found.form.code, found.header) == ("nhs-ae", 2)
    assert found.columns[Role.LESS] == 4


def test_the_form_that_needs_the_most_is_taken_and_a_tie_is_refused() -> None:
    said = {
        "title": "t", "why": "w", "owner": "o", "as_of": 1, "review_by": 2, "sources": ["s"],
        "publisher": "p", "layout": "long", "areas": "gss", "measure": "m",
        "columns": {"area": "code", "period": "year", "value": "value"},
    }  # fmt: skip
    small, same = form_of("small", said, marks()), form_of("same", said, marks())
    more = {**said, "columns": {**said["columns"], "note": "remark"}}  # type: ignore[dict-item]
    table = rows("code | year | value | remark\nE06000001 | 2019 | 1 | x")
    found = fit([small, form_of("large", more, marks())], table, "a")
    assert found is not None
    assert found.form.code == "large"
    with pytest.raises(Refused, match="same, small fit it equally well"):
        fit([small, same], table, "a")


@pytest.mark.parametrize("change", [
    {"colour": "red"}, {"layout": "tall"}, {"columns": {"area": "code"}}, {"layout": "wide"},
    {"columns": {"hue": "code"}}, {"measure": ""},
])  # fmt: skip
def test_a_form_with_a_key_or_role_that_nobody_knows_is_refused(change: dict[str, Any]) -> None:
    said = {
        "title": "t", "why": "w", "owner": "o", "as_of": 1, "review_by": 2, "sources": ["s"],
        "publisher": "p", "layout": "long", "areas": "gss", "measure": "m",
        "columns": {"area": "code", "period": "year", "value": "value"},
    }  # fmt: skip
    with pytest.raises(Refused, match="The form odd cannot be read"):
        form_of("odd", said | change, marks())


def test_a_table_that_no_form_knows_is_taken_by_what_it_holds_with_reasons() -> None:
    found = guess(rows("""
        A survey of residents |  |  |  |
        Code | Where | Fiscal Year | Satisfied | Lower CI | Upper CI
        E06000001 | Northport | 2022/23 | 61.5 | 58.0 | 65.0
        E06000002 | Sandbay | 2022/23 | c | 60.0 | 66.0
    """), name="survey", marks=marks())  # fmt: skip
    assert found.guessed
    assert found.form.layout is Layout.LONG
    assert (found.columns[Role.AREA], found.columns[Role.VALUE]) == (0, 3)
    assert found.form.measure == "survey"
    assert any("“Fiscal Year” holds periods" in words for words in found.reasons)
    assert any("is the only other column of numbers" in words for words in found.reasons)


def test_a_measure_is_told_apart_by_sex_and_age_and_the_area_is_not_its_parent() -> None:
    found = guess(rows("""
        Indicator Name | Parent Code | Area Code | Area Name | Sex | Age | Time period | Value
        Life expectancy | E92000001 | E06000001 | Northport | Male | All | 2018 - 20 | 75.9
        Life expectancy | E92000001 | E06000001 | Northport | Female | All | 2018 - 20 | 80.6
    """), name="life", marks=marks())  # fmt: skip
    assert found.columns[Role.AREA] == 2
    assert found.also == (4,)
    assert any("told apart by “Sex”" in words for words in found.reasons)


def test_a_table_with_a_column_for_each_year_is_known_too() -> None:
    found = guess(rows("""
        Area code | Indicator | 2020/21 | 2021/22
        E06000001 | Bins | 1.5 | 2.5
        E06000002 | Bins | - | 3.5
    """), name="bins", marks=marks())  # fmt: skip
    assert found.form.layout is Layout.PERIODS
    assert found.values == (2, 3)
    assert found.columns[Role.MEASURE] == 1


@pytest.mark.parametrize(("text", "why"), [
    ("Name | Year | Value\nNorthport | 2019 | 1", "no row of headings"),
    ("Code | Thing | Value\nE06000001 | red | 1\nE06000002 | blue | 2", "no column holds periods"),
    ("Code | Year | One | Two\nE06000001 | 2019 | 1 | 2\nE06000002 | 2019 | 3 | 4",
     "not clear which column holds the figure"),
])  # fmt: skip
def test_a_table_that_does_not_show_what_it_is_is_refused_kindly(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        guess(rows(text), name="t", marks=marks())
    assert "docs/how-to/add-readings.md" in refused.value.next_step


def test_neighbours_are_read_from_codes_or_numbers_and_the_unknown_are_counted() -> None:
    known = {"301": "E09000002", "302": "E09000003", "303": "E09000004"}
    found = neighbours.listed(rows("""
        LA num | LA Name | LA number | SN1 | SNP | SN2 | SNP
        301 | Here | 301 | 302 | Close | 303 | Close
        302 | There | 302 | 999 | Far | 301 | Close
        | | | | | |
        777 | Nowhere | 777 | 301 | Close | 302 | Close
    """), name="n", code_of=known.get)  # fmt: skip
    assert found.neighbours == {
        "E09000002": ("E09000003", "E09000004"), "E09000003": ("E09000002",)
    }  # fmt: skip
    assert (found.rows, found.neighbours_aside, len(found.rows_aside)) == (3, 1, 1)


def test_drafts_say_what_a_dictionary_says_and_are_marked_as_drafts() -> None:
    from datetime import date

    row = {
        "Measure_short": "Bins", "Measure": "Bins collected", "Polarity": "High", "dps": "2",
        "y_axis_name": "% of bins", "Year_Type": "Financial Year", "Topic": "Workforce",
    }  # fmt: skip
    found = drafts.drafted([row, row, {**row, "Measure_short": "NA"}], form="dfe-lait",
                           source="a dictionary", known=[], on=date(2026, 6, 1))  # fmt: skip
    (code,) = found.said["indicators"]
    draft = found.said["indicators"][code]
    assert (code, draft["better"], draft["year"], draft["family"], draft["draft"]) == (
        "bins-collected", "higher", "financial", "capacity", True
    )  # fmt: skip
    assert [why for _, why in found.left_out] == ["Bins is defined already", "it names no measure"]
    with pytest.raises(Refused, match="No definitions can be drafted"):
        drafts.drafted([{"a": "b"}], form="f", source="s", known=[], on=date(2026, 6, 1))


@pytest.mark.parametrize(("readings", "why"), [
    ([], "0 were given"),
    ([Given("E1", "2025")], "has no value, and does not say why"),
    ([Given("E1", "2025", numerator=1)], "a count and not the whole"),
    ([Given("E1", "2025", numerator=1, denominator=2), Given("E1", "2024")], "2 has no two"),
])  # fmt: skip
def test_a_reading_that_is_given_says_what_it_is_or_why_it_is_missing(
    readings: list[Given], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        given.as_table("bins", readings, marks())


@pytest.mark.parametrize("text", ["- a\n- b", "a: [", "just words"])
def test_what_is_no_file_of_definitions_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        parsed(text, "the file")
