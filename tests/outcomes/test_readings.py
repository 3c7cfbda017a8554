"""Tables held as vintages: every figure accounted for, nothing rewritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.db import DatabaseError, connection, transaction

from totalplace.outcomes import queries
from totalplace.outcomes.actions import neighbours, readings
from totalplace.outcomes.rules.readings import Status
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .readings_made import ABSENCE, ADA, Adding, absence, is_added, ons, why_not

pytestmark = pytest.mark.django_db


def test_every_figure_is_kept_or_missing_or_set_aside_with_where_it_stands(
    adding: Adding, home: Home
) -> None:
    added = is_added(adding(ons(
        f'E10000017,Wexshire,,{ABSENCE},2018-08-01/P1Y,"1,234.5",,%,,,,',
        f"E10000017,Wexshire,,{ABSENCE},2019-08-01/P1Y,,,%,,,x,",
        f"E10000017,Wexshire,,{ABSENCE},2020-08-01/P1Y,[c],,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2021-08-01/P1Y,9.5 [p],,%,9,9.2,,",
        f"Wexshire,Wexshire,,{ABSENCE},2018-08-01/P1Y,1,,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},soon,1,,%,,,,",
        "E10000017,Wexshire,,,2018-08-01/P1Y,1,,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2022-08-01/P1Y,about ten,,%,,,,",
        ",,,,,,,,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2023-08-01/P1Y,7,,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2023-08-01/P1Y,7,,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2024-08-01/P1Y,7,,%,,,,",
        f"E10000017,Wexshire,,{ABSENCE},2024-08-01/P1Y,8,,%,,,,",
    )))  # fmt: skip
    assert (added.rows, added.kept, added.missing, added.set_aside) == (13, 3, 2, 8)
    aside = {row.row: row.why for row in queries.set_aside(added.vintage, home=home)}
    assert aside == {
        6: "“Wexshire” is no code of an area",
        7: "“soon” is no period that is known",
        8: "nothing says what is measured",
        9: "“about ten” is neither a number nor a mark that is known",
        10: "the row is empty",
        12: "row 11 says the same",
        13: "row 13 and row 14 say different figures of the same",
        14: "row 13 and row 14 say different figures of the same",
    }
    said = {r.period.said: r for r in
            queries.series("persistent-absence", "E10000017", home=home).readings}  # fmt: skip
    assert said["2018/19"].value == Decimal("1234.5")
    assert said["2019/20"].status is Status.NOT_AVAILABLE
    assert said["2019/20"].why_missing.startswith("schools were closed")  # the definition knows why
    assert said["2020/21"].status is Status.SUPPRESSED
    assert (said["2021/22"].value, said["2021/22"].status) == (Decimal("9.5"), Status.PROVISIONAL)
    assert said["2021/22"].low is None
    assert "limits as published do not hold it" in said["2021/22"].note
    assert said["2022/23"].status is Status.NO_READING


def test_a_revised_vintage_changes_today_and_never_what_stood_before(
    adding: Adding, home: Home, noon: datetime
) -> None:
    first = is_added(adding(absence((2020, "10"), (2021, "21")), name="one.csv"))
    second = is_added(adding(absence((2021, "20"), (2022, "19")), name="two.csv", days=30))
    today = queries.series("persistent-absence", "E10000017", home=home)
    assert [(str(r.value), r.vintage) for r in today.readings] == [
        ("10", first.vintage), ("20", second.vintage), ("19", second.vintage)
    ]  # fmt: skip
    assert [(str(r.before), str(r.after)) for r in today.revisions] == [("21", "20")]
    then = queries.series("persistent-absence", "E10000017", home=home, as_at=noon)
    assert [str(r.value) for r in then.readings] == ["10", "21"]
    assert then.revisions == ()
    assert then.vintages == (first.vintage,)


def test_the_newest_by_its_day_of_publication_counts_whenever_it_was_added(
    adding: Adding, home: Home
) -> None:
    adding(absence((2021, "20")), name="b.csv", published_on=date(2026, 3, 1))
    adding(absence((2021, "21")), name="a.csv", days=9, published_on=date(2025, 3, 1))
    (one,) = queries.series("persistent-absence", "E10000017", home=home).readings
    assert one.value == 20


def test_a_table_of_one_place_fills_gaps_and_never_overrules_one_for_all(
    adding: Adding, home: Home, noon: datetime, an_officer: Callable[..., Officer]
) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    bea = an_officer("bea", Role.DATA_STEWARD, place="wexshire")
    adding(absence((2020, "10")), name="all.csv")
    adding(absence((2020, "1"), (2021, "2")), name="own.csv", days=9, by=bea, place="wexshire")
    series = queries.series("persistent-absence", "E10000017", home=home)
    assert [str(one.value) for one in series.readings] == ["10", "2"]


def test_two_sheets_of_one_workbook_are_two_vintages(
    adding: Adding, home: Home, tmp_path: Path, noon: datetime
) -> None:
    path = tmp_path / "two.xlsx"
    book = xlsxwriter.Workbook(path)
    for year in (2020, 2021):
        sheet = book.add_worksheet(str(year))
        for at, line in enumerate(absence((year, str(year - 2010))).splitlines()):
            sheet.write_row(at, 0, line.split(","))
    book.close()
    found = list(readings.add([path], readings.Terms(), home=home, by=ADA, on=noon))
    assert [is_added(one).sheet for one in found] == ["2020", "2021"]
    series = queries.series("persistent-absence", "E10000017", home=home)
    assert [(str(one.value), one.vintage) for one in series.readings] == [
        ("10", is_added(found[0]).vintage), ("11", is_added(found[1]).vintage)
    ]  # fmt: skip


def test_the_same_table_is_not_taken_twice(adding: Adding) -> None:
    first = is_added(adding(absence((2020, "10"))))
    again = why_not(adding(absence((2020, "10")), name="other.csv", days=1))
    assert f"held already, as vintage {first.vintage}" in again


def test_an_old_encoding_a_title_and_semicolons_are_read_as_they_are(
    adding: Adding, home: Home
) -> None:
    text = absence((2020, "10")).replace("Wexshire", "Wexshire’s Côte").replace(",", ";")
    added = is_added(adding("A title\n\n" + text, encoding="cp1252"))
    series = queries.series("persistent-absence", "E10000017", home=home)
    assert (added.rows, series.area_name) == (1, "Wexshire’s Côte")


def test_a_workbook_that_no_form_knows_is_taken_with_reasons(
    adding: Adding, home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "residents.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes").write(0, 0, "Nothing here")
    sheet = book.add_worksheet("Answers")
    for at, row in enumerate([["Area code", "Year", "Percent"], ["E06000001", 2023, 61.5],
                              ["E06000002", 2023, "[x]"]]):  # fmt: skip
        sheet.write_row(at, 0, row)
    book.close()
    added = is_added(adding.file(path))
    assert (added.form, added.sheet, added.kept, added.missing) == ("guessed", "Answers", 1, 1)
    assert any("“Percent” holds the figures: it is headed so" in words for words in added.said)
    assert [row.measure for row in queries.undefined()] == ["residents"]


def test_a_file_that_is_no_table_of_readings_is_refused_and_stops_no_other(
    home: Home, tmp_path: Path, noon: datetime
) -> None:
    (tmp_path / "a.csv").write_text("just,some\nwords,here\n")
    (tmp_path / "b.csv").write_text(absence((2020, "10")))
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and nothing more")
    paths = [tmp_path / n for n in ("a.csv", "c.parquet", "b.csv", "gone.csv")]
    found = list(readings.add(paths, readings.Terms(), home=home, by=ADA, on=noon))
    assert [type(one).__name__ for one in found] == ["NotAdded", "NotAdded", "Added", "NotAdded"]
    assert "no form knows it" in why_not(found[0])
    assert "cannot be read as one" in why_not(found[1])


def test_a_form_that_is_named_has_to_fit(adding: Adding) -> None:
    assert "not laid out as nhs-ae is" in why_not(adding(absence((2020, "1")), form="nhs-ae"))
    assert "there is no form called tall" in why_not(adding(absence((2020, "1")), form="tall"))


def test_waits_of_no_patients_are_missing_and_impossible_counts_are_set_aside(
    adding: Adding, home: Home
) -> None:
    added = is_added(
        adding("""period,org_code,type,attendances,breaches,admissions
2017-03-01,RF4,1,100.0,20.0,1
2017-03-01,RF4,2,0,0,1
2017-03-01,RF4,other,50,5,1
2017-03-01,RF5,1,10,11,1
2017-03-01,RF6,1,ten,1,1
""")
    )
    assert (added.kept, added.missing, added.set_aside, added.added_up) == (2, 1, 2, 4)
    every = queries.series("emergency-four-hours", "RF4", home=home).readings[0]
    assert (every.numerator, every.denominator) == (125, 150)
    assert every.value is not None
    assert round(every.value, 2) == Decimal("83.33")
    none = queries.series("emergency-four-hours-type-2", "RF4", home=home).readings[0]
    assert (none.value, none.why_missing) == (None, "nobody was counted")


@pytest.mark.parametrize("table", ["vintage", "measured", "owndefinition", "neighbourlist",
                                   "neighbours"])  # fmt: skip
def test_the_database_refuses_to_change_what_was_read(
    adding: Adding, home: Home, noon: datetime, tmp_path: Path, table: str
) -> None:
    adding(absence((2020, "10")))
    (tmp_path / "n.csv").write_text("AREACD,1,2\nE06000001,E06000002,E06000003\n")
    terms = neighbours.ListTerms("near", "Near", "Somebody")
    neighbours.add_neighbours(tmp_path / "n.csv", terms, home=home, by=ADA, on=noon)
    for what in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(what.format(f"outcomes_{table}"))


def test_areas_stand_beside_those_most_like_them_their_region_and_the_country(
    adding: Adding, home: Home, tmp_path: Path, noon: datetime
) -> None:
    values = {
        "E10000017": ("Wexshire", 30), "E06000008": ("Northport", 31),
        "E12000002": ("North West", 25), "E92000001": ("England", 24),
    }  # fmt: skip
    lines = [
        f"{code},{name},,Adult obesity prevalence,2022-11-16/P1Y,{v},,%,{v - 2},{v + 2},,"
        for code, (name, v) in values.items()
    ]
    adding(ons(*lines))
    (tmp_path / "n.csv").write_text("AREACD,1,2\nE10000017,E06000008,E06000009\n")
    terms = neighbours.ListTerms("near", "Near ones", "Somebody", date(2025, 5, 1))
    neighbours.add_neighbours(tmp_path / "n.csv", terms, home=home, by=ADA, on=noon)
    found = queries.comparators("E10000017")
    assert (found.region, found.country) == ("E12000002", "E92000001")
    assert found.said == "The areas most like this one are those of Near ones (Somebody, 2025)."
    areas = ["E10000017", *found.neighbours, found.region, found.country]
    rows = queries.compare("adult-obesity", areas, home=home)
    assert [row.compared.words if row.compared else "" for row in rows] == [
        "", "lower, which is better, but it may be chance", "",
        "higher, which is worse, more than chance", "higher, which is worse, more than chance",
    ]  # fmt: skip
    assert rows[2].reading is None
    with pytest.raises(Refused, match="there is no reading of it"):
        queries.compare("adult-obesity", ["E06000001"], home=home)
    assert "under the name far" in queries.comparators("E10000017", list_code="far").said


FORM = """
title: Our neighbours' table
why: They lay it out in a way of their own.
owner: strategy lead
as_of: 2026-06-01
review_by: 2027-06-01
sources: [the neighbours' own page]
publisher: Our neighbours
layout: share
areas: any
measure: told-once
columns: {area: Town, period: Jahr, numerator: Gut, denominator: Alle}
"""


def test_an_officer_writes_a_form_for_a_table_that_none_knows(adding: Adding, home: Home) -> None:
    table = "Town,Jahr,Gut,Alle\nNorthport,2024,3,4\n"
    assert "no form knows it" in why_not(adding(table))
    folder = home.root / "reading-forms"
    folder.mkdir(parents=True)
    (folder / "towns.yaml").write_text(FORM)
    added = is_added(adding(table, name="again.csv"))
    assert (added.form, added.kept, added.undefined) == ("towns", 1, 1)
    (folder / "nhs-ae.yaml").write_text(FORM)
    with pytest.raises(Refused, match="a shipped form has that name"):
        queries.forms(home)
