"""Files of registers are known by their columns, and what cannot be read is told, not lost."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places import reading
from totalplace.places.definitions import register as definitions
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.cells import day_of, number_of, whole
from totalplace.places.rules.register.facts import Facts
from totalplace.places.rules.register.file_years import year_of
from totalplace.places.rules.register.lines import Fault, Read, leads_of, read
from totalplace.places.rules.register.recipes import pattern_of, places_of, recipe_of
from totalplace.refusal import Refused

RECIPES = definitions.recipes()


def a_table(recipe: str, text: str, *, file_name: str = "x.csv", year: int | None = None,
            leads: dict[str, str] | None = None) -> Read:  # fmt: skip
    """What is read of a table by a recipe."""
    header, *rows = list(csv.reader(io.StringIO(text.strip())))
    places = places_of(RECIPES[recipe], header)
    assert places is not None
    numbered = list(enumerate(rows, start=2))
    found = year_of(RECIPES[recipe], places, numbered, file_name) or year
    known = definitions.known()
    return read(
        RECIPES[recipe], places, numbered, source=1, year=found, known=known, leads=leads
    )  # fmt: skip


def facts_of(recipe: str, text: str) -> Facts:
    """The facts in a table, of which nothing may be at fault."""
    found = a_table(recipe, text)
    assert found.faults == []
    return found.facts()


def recipe_for(*header: str) -> str:
    """The recipe by which a file with this header alone is read."""
    fits = {
        name: (len(recipe.needed), len(places))
        for name, recipe in RECIPES.items()
        if (places := places_of(recipe, header)) is not None
    }
    assert fits, header
    return max(fits, key=lambda name: fits[name])


@pytest.mark.parametrize(
    ("header", "recipe"),
    [
        ("LAD21CD LAD21NM PFA21CD PFA21NM FID", "police_force_areas"),
        ("ltla30_code ltla30_name fra30_code fra30_name", "fire_and_rescue_areas"),
        ("LTLA21CD LTLA21NM UTLA21CD UTLA21NM", "districts_and_upper_tier"),
        ("LAD25CD LAD25NM CAUTH25CD CAUTH25NM", "combined_authorities"),
        ("LAD22CD LAD22NM LAD23CD LAD23NM", "changes_of_areas"),
        ("LSOA21CD LSOA21NM LAD24CD LAD24NM", "small_areas"),
        ("LSOA21CD ICB26CD ICB26CDH ICB26NM", "care_boards_by_small_area"),
        ("LSOA21CD SICBL24CD ICB24CD ICB24CDH ICB24NM LAD24CD LAD24NM", "care_boards_and_areas"),
        ("gss-code local-authority-code", "gss_to_registry"),
        ("code name households_2031", "households"),
    ],
)
def test_the_year_in_a_heading_may_be_any(header: str, recipe: str) -> None:
    assert recipe_for(*header.split()) == recipe


@given(st.integers(10, 99))
def test_a_heading_is_met_whatever_its_year_capitals_and_signs(year: int) -> None:
    pattern = pattern_of("LAD{yy}CD")
    match = pattern.fullmatch(f"lad{year}cd")
    assert match is not None
    assert match.group("y") == str(year)
    assert pattern.fullmatch("lad2024cd") is None


def test_a_body_that_ended_is_read_with_its_days_and_what_replaced_it() -> None:
    heads = (
        "local-authority-code,official-name,nice-name,gss-code,start-date,end-date,replaced-by,"
        "local-authority-type,county-la,combined-authority,alt-names,former-gss-codes,pop-2020"
    )
    line = (
        'ASH,Ashby District Council,Ashby,E07000001,1974-04-01,2023-04-01,"NEW,OAK",'
        'NMD,CTY,,"ashby,ashby dc",E07000009,"57,338"'
    )
    facts = facts_of("local_authorities", f"{heads}\n{line}")
    (entry,) = facts.entries
    assert entry.codes == ("gss:E07000001", "registry:ASH")
    assert entry.former == ("gss:E07000009",)
    assert (entry.kind, entry.first_day, entry.last_day) == (
        AgencyKind.DISTRICT, date(1974, 4, 1), date(2023, 4, 1),
    )  # fmt: skip
    assert [n for n, _ in entry.names] == ["Ashby District Council", "Ashby", "ashby", "ashby dc"]
    assert [(c.old, c.new, c.end) for c in facts.changes] == [
        ("registry:ASH", f"registry:{new}", date(2023, 4, 1)) for new in ("NEW", "OAK")
    ]
    assert [(c.body, c.area) for c in facts.covers] == [("registry:CTY", "gss:E07000001")]
    assert [(v.what, v.year, v.value) for v in facts.values] == [("people", 2020, 57338)]


def test_areas_of_two_years_give_a_change_on_the_first_of_april() -> None:
    facts = facts_of(
        "changes_of_areas",
        "LAD23CD,LAD23NM,LAD22CD,LAD22NM\nE06000065,New,E07000163,Old\nE06000001,A,E06000001,A",
    )
    assert [(c.old, c.new, c.day) for c in facts.changes] == [
        ("gss:E07000163", "gss:E06000065", date(2023, 4, 1))
    ]


@pytest.mark.parametrize(
    ("published", "called"),
    [
        ("Wexshire", "Wexshire Fire and Rescue"),
        ("Wexshire Fire Authority", "Wexshire Fire Authority"),
        ("Wexton, City of", "City of Wexton Fire and Rescue"),
    ],
)
def test_a_service_is_called_by_what_it_is_and_its_area_apart(published: str, called: str) -> None:
    facts = facts_of(
        "fire_and_rescue_areas",
        f'LAD24CD,LAD24NM,FRA24CD,FRA24NM\nE07000001,Ashby,E31000001,"{published}"',
    )
    fire = next(e for e in facts.entries if e.kind is AgencyKind.FIRE)
    assert fire.names[0][0] == called


BANDS = ",".join(f"count_band_{band}" for band in "ABCDEFGH")


@pytest.mark.parametrize(
    ("counts", "total", "base"),
    [
        ("90,0,0,0,0,0,0,0", "90", 60),
        ("10,10,10,10,10,10,10,10", "80", 97),  # 870 ninths: 96.67
        (",350,690,950,2890,1390,1500,310", "8080", 10_496),  # a band too small to print
    ],
)
def test_a_tax_base_is_dwellings_by_band_in_ninths_of_band_d(
    counts: str, total: str, base: int
) -> None:
    table = f"code,name,{BANDS},total_dwellings\nE06000001,A,{counts},{total}"
    found = a_table("dwellings_by_band", table, year=2025)
    assert [v.value for v in found.values] == [base]
    assert found.faults == []


def test_a_band_that_is_missing_is_not_taken_as_none_where_the_total_says_otherwise() -> None:
    table = f"code,name,{BANDS},total_dwellings\nE06000001,A,,350,0,0,0,0,0,0,900"
    found = a_table("dwellings_by_band", table, year=2025)
    assert found.values == []
    assert found.faults[0].line == 2


def test_an_area_without_council_tax_has_no_base_and_no_fault() -> None:
    table = f"code,name,{BANDS},total_dwellings\nN09000001,A,,,,,,,,,"
    found = a_table("dwellings_by_band", table, year=2025)
    assert (found.values, found.faults) == ([], [])


PRACTICES = """
Practice_Code,CCG21,Former CCG,ICS22,ICS22name,LAD21,LTLA21,pop 2022/23,Final WP
P1,16C,NHS A CCG,QHM,NHS North ICB,E06000001,Ashby,100.4,110.2
P2,16C,NHS A CCG,QHM,NHS North ICB,E06000001,Ashby,100.3,110.4
P3,16D,NHS B CCG,QHM,NHS North ICB,E06000001,Ashby,50,40
"""


def test_patients_of_practices_are_added_up_by_area_and_board() -> None:
    found = a_table("patients_of_practices", PRACTICES, file_name="2024_2025.csv.gz")
    values = {(v.what, v.year): v.value for v in found.values}
    assert values == {("registered_patients", 2024): 251, ("weighted_patients", 2024): 261}
    counted = {(c.body, c.by): (c.part, c.of) for c in found.covers}
    assert counted["ods:16C", "registered_patients"] == (201, 251)
    assert counted["ods:QHM", "weighted_patients"] == (261, 261)


def test_small_areas_lead_from_a_board_to_the_areas_it_covers_in_part() -> None:
    recipe = RECIPES["small_areas"]
    header = ["lsoa21_code", "ltla24_code"]
    places = places_of(recipe, header)
    assert places is not None
    rows = [(2, ["E01000001", "E07000001"]), (3, ["E01000002", "E07000001"])]
    leads = leads_of(recipe, places, rows)
    found = a_table(
        "care_boards_by_small_area",
        "lsoa21_code,icb24_code,icb24_name\nE01000001,E54000001,A ICB\nE01000002,E54000002,B ICB",
        leads=leads,
    )
    assert [(c.body, c.part, c.of) for c in found.covers] == [
        ("gss:E54000001", 1, 2), ("gss:E54000002", 1, 2),
    ]  # fmt: skip


def test_what_cannot_be_read_is_a_fault_with_its_line() -> None:
    found = a_table("households", "code,name,households_2025\nE0700001,A,10\nE07000002,B,many")
    assert found.faults == [
        Fault(2, "E0700001", "is no GSS code"),
        Fault(3, "many", "is no number of nought or more"),
    ]
    assert found.values == []


def test_a_value_that_is_not_there_is_missing_and_not_nil() -> None:
    found = a_table("households", "code,name,households_2025\nE07000001,A,\nE07000002,B,[x]")
    assert (found.values, found.faults) == ([], [])


@pytest.mark.parametrize(
    ("text", "day"),
    [("2023-04-01", date(2023, 4, 1)), ("01/04/2023", date(2023, 4, 1)), ("2023-02-30", None),
     ("April", None), ("٢٠٢٣-04-01", None)],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written(text: str, day: date | None) -> None:
    assert day_of(text) == day


@given(st.decimals(0, 10**9, places=2))
def test_a_number_is_rounded_to_the_nearest_whole(number: Decimal) -> None:
    read_back = number_of(f"{number:,}")
    assert read_back == number
    assert abs(whole(number) - number) <= Decimal("0.5")


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "1e999999999", "12 people", "", "١٢"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


def test_a_recipe_with_a_key_that_nobody_knows_is_refused() -> None:
    said: dict[str, Any] = {
        "title": "T", "publisher": "P", "licence": "L", "year": [], "columns": {"a": "b"},
    }  # fmt: skip
    recipe_of("right", said)
    with pytest.raises(Refused, match="colour"):
        recipe_of("wrong", said | {"colour": "red"})
    with pytest.raises(Refused, match="columns"):
        recipe_of("wrong", {key: said[key] for key in said if key != "columns"})
    with pytest.raises(Refused, match="guild"):
        recipe_of("wrong", said | {"bodies": [{"codes": {"gss": "a"}, "kind": "guild"}]})


@pytest.mark.parametrize("file", ["register_files", "measures"])
def test_a_definition_with_a_key_that_nobody_knows_is_refused(file: str) -> None:
    path = Path(definitions.__file__).with_name(f"{file}.yaml")
    said = yaml.safe_load(path.read_text(encoding="utf-8")) | {"colour": "red"}
    parse = {"register_files": definitions.recipes_of, "measures": definitions.measures_of}[file]
    with pytest.raises(Refused, match="colour"):
        parse(said)


def test_every_definition_of_the_register_is_read_whole() -> None:
    measures = {rule.what for rule in definitions.measures()}
    assert {"people", "households", "council_tax_base"} <= measures
    said = {m.what for recipe in RECIPES.values() for m in recipe.measures if m.what}
    assert said <= measures
    assert definitions.kinds_by_gss()["E31"] is AgencyKind.FIRE
    assert len({(w.body, w.first_day) for w in definitions.held_within()}) > 10
    for recipe in RECIPES.values():
        named = {column.name for column in recipe.columns} | {recipe.join[2] if recipe.join else ""}
        used = {
            c.partition(":")[0] for body in recipe.bodies for _, c in (*body.codes, *body.former)
        }
        assert used <= named, recipe.name


def write(path: Path, text: str, *, packed: bool = False) -> Path:
    """A file with a text, gzipped if asked."""
    content = text.encode("utf-8-sig")
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_known_whatever_its_name_and_notes_above_it(tmp_path: Path, packed: bool) -> None:
    text = "Published in May\n\ncode,name,households_2025\nE07000001,Ashby,10\n"
    found = reading.found_in(write(tmp_path / "list.dat", text, packed=packed), RECIPES)
    assert found.recipe.name == "households"
    assert list(found.rows()) == [(4, ["E07000001", "Ashby", "10"])]


def test_a_workbook_is_known_by_the_sheet_that_fits(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Lookup")
    for row in (["LAD24CD", "FRA24CD", "FRA24NM"], ["E07000001", "E31000001", "Wexshire"]):
        sheet.append(row)
    book.save(tmp_path / "lookup.xlsx")
    found = reading.found_in(tmp_path / "lookup.xlsx", RECIPES)
    assert found.recipe.name == "fire_and_rescue_areas"
    assert list(found.rows()) == [(2, ["E07000001", "E31000001", "Wexshire"])]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"code,name,dwellings\nE07000001,Ashby,10\n", "nearest is"),
        (b"", "its columns are none"),
        (b"\x00\x01\x02", "its columns are none"),
        (b"\x1f\x8b\x08\x00broken", "damaged"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_a_file_that_is_not_known_is_refused_with_what_was_looked_for(
    tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(Refused, match=why):
        reading.found_in(tmp_path / "x.csv", RECIPES)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        reading.found_in(tmp_path / "x.csv", RECIPES)


def test_a_file_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES", 1000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"a" * 100_000))
    with pytest.raises(Refused, match="larger than"):
        reading.found_in(path, RECIPES)
