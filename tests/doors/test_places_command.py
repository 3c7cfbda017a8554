"""`totalplace places`: the register loaded, looked at, and made members of, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.places import queries
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db

POLICE = """LAD24CD,LAD24NM,PFA24CD,PFA24NM
E07000117,Burnley,E23000003,Lancashire
E07000120,Hyndburn,E23000003,Lancashire
"""
PEOPLE = """area gss code,measure,year,value
E07000117,people,2023,96435
E07000120,people,2023,84261
E07000117,households,2023,10
"""


def run(*words: str | Path) -> Result:
    """Run a command in this program, on the records of the test."""
    result = CliRunner().invoke(totalplace, ["places", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str | Path) -> str:
    """What a command says to who reads its answer."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A lookup of police areas, and measures of two districts."""
    paths = [tmp_path / "police.csv", tmp_path / "people.csv"]
    for path, text in zip(paths, (POLICE, PEOPLE), strict=True):
        path.write_text(text)
    return paths


@pytest.fixture
def place(files: list[Path]) -> str:
    """A place of one district, where the register is loaded."""
    run("load", *files)
    run("add", "town", "--name", "The Town")
    run("set-areas", "town", "E07000117")
    return "town"


def test_what_was_loaded_is_told_by_file(files: list[Path]) -> None:
    told = run("load", *files)
    assert "Which police force area each area lies in 2024" in " ".join(told.stdout.split())
    assert "loaded" in told.stdout
    assert "Households of 2023 can hardly be true for 1 of 1 areas" in told.stderr
    assert "held already" in said("load", *files)


def test_a_line_that_cannot_be_read_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "households.csv"
    path.write_text("code,name,households_2025\n" + "E07000117,Burnley,many\n" * 7)
    told = run("load", path).stderr
    assert "households.csv, line 2: 'many' is no number of nought or more." in told
    assert "2 more lines could not be read whole" in told


def test_a_file_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fruit.csv"
    path.write_text("fruit,price\n")
    with pytest.raises(Refused, match=r"fruit\.csv is no file of a register that is known"):
        run("load", path)


def test_areas_are_found_by_a_part_of_their_name(files: list[Path]) -> None:
    run("load", *files)
    told = said("areas", "--find", "BURN", "--year", "2024")
    assert "E07000117 Burnley district" in told
    assert "96,435 2023" in told
    assert "E07000163" in said("areas", "--find", "craven")
    assert "No area is called that" in said("areas", "--find", "atlantis")


def test_areas_are_those_that_stand_on_a_day() -> None:
    assert "331" not in said("areas", "--find", "E07000117", "--on", "2024-04-01")


def test_a_county_stands_for_its_districts(place: str) -> None:
    told = said("set-areas", place, "E10000017")
    assert "town is made of 12 areas" in told
    assert "E07000128 Wyre" in told


def test_a_place_shows_its_areas_and_its_members(place: str) -> None:
    told = said("show", place)
    assert "The Town (town)" in told
    assert "E07000117 Burnley 96,435 2023" in told
    assert "People, all areas: 96,435 in 2023 (people.csv)" in told
    assert "Households, all areas: 10 in 2023 (people.csv); this can hardly be true" in told
    assert "It has no members yet" in told


def test_a_body_is_shown_by_any_of_its_codes(place: str) -> None:
    told = said("show", "E23000003")
    assert "Lancashire Police, police, always to now" in told
    assert "gss E23000003 police.csv" in told
    assert "E07000120 Hyndburn all of it" in told
    assert "People: 180,696 in 2023" in told
    area = said("show", "E07000117")
    assert "This can hardly be true: 10 households for 96,435 people" in area


def test_what_is_neither_a_place_nor_a_body_is_refused() -> None:
    with pytest.raises(Refused, match="There is no place nowhere"):
        run("show", "nowhere")


def test_a_share_is_shown_by_each_measure_that_is_known(place: str) -> None:
    told = said("share", "E23000003", place, "--year", "2024")
    assert "People 96,435 180,696 53.37% - 2023" in told
    assert "Households: nothing is known of E07000120; left out" in told
    assert "Households can hardly be true" in told
    only = said("share", "E23000003", place, "--by", "people")
    assert "Households" not in only


def test_a_share_that_nobody_knows_says_what_to_load(place: str) -> None:
    assert "No source says how much of E31000023 lies in town" in said("share", "E31000023", place)


def test_bodies_over_a_place_join_it_once(place: str) -> None:
    first = run("register-bodies", place, "--on", "2024-04-01")
    assert "lancashire-police" in first.stdout
    assert "No body of these kinds is known to be over town: fire, nhs-board" in first.stderr
    assert {m.agency.gss for m in queries.members(place)} == {
        "E07000117", "E10000017", "E23000003",
    }  # fmt: skip
    again = said("register-bodies", place, "--on", "2024-04-01")
    assert again.count("member already") == 3


def test_conflicts_are_shown_with_each_side(files: list[Path], tmp_path: Path) -> None:
    assert "agree wherever they speak of the same" in said("conflicts")
    other = tmp_path / "other.csv"
    other.write_text("body name,body kind,gss code\nLancashire Police,police,E23000099\n")
    run("load", *files, other)
    told = said("conflicts")
    assert "Lancashire Police has 2 codes of gss" in told
    assert "E23000099 (other.csv)" in told
    assert "E23000003 (police.csv)" in told
