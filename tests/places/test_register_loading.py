"""Loading the register: all files or none, once, on the record; and what others may then ask."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from totalplace.places import actions, models, queries
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db

# A made-up shire: two districts that merged into a unitary council in 2023, beside a third.
BODIES = """body name,body kind,gss code,registry code,first day,last day
Ashby District Council,district,E07999001,ASH,,2023-03-31
Oakby District Council,district,E07999002,OAK,,2023-03-31
Elmby District Council,district,E07999003,ELM,,
Wexshire Council,council,E06999001,WEX,2023-04-01,
Wexshire County Council,county,E10999001,WXC,,
Wexshire Police,police,E23999001,,,
Wexshire Fire and Rescue,fire,E31999001,WFR,,
"""
CHANGES = """old gss code,new gss code,first day of the new
E07999001,E06999001,2023-04-01
E07999002,E06999001,2023-04-01
"""
COVERAGE = """body gss code,area gss code,year
E10999001,E07999003,2024
E23999001,E06999001,2024
E23999001,E07999003,2024
E31999001,E06999001,2024
"""
MEASURES = """area gss code,measure,year,value
E07999001,people,2020,100
E07999002,people,2020,200
E07999003,people,2020,300
E06999001,people,2024,330
E07999003,people,2024,310
"""
FILES = {"bodies": BODIES, "changes": CHANGES, "coverage": COVERAGE, "measures": MEASURES}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The files of the shire's register."""
    paths = {name: tmp_path / f"{name}.csv" for name in FILES}
    for name, path in paths.items():
        path.write_text(FILES[name], encoding="utf-8")
    return paths


def load(*paths: Path, on: datetime, year: int | None = None) -> list[actions.Loaded]:
    """Load files as Ada does."""
    return actions.load_register(paths, year=year, by=Operator("Ada"), on=on)


@pytest.fixture
def shire(files: dict[str, Path], noon: datetime) -> str:
    """A place of one old district, where the whole register is loaded."""
    load(*files.values(), on=noon)
    actions.register_place("ashby", name="Ashby", by=Operator("Ada"), on=noon)
    actions.set_areas("ashby", ["E07999001"], by=Operator("Ada"), on=noon)
    return "ashby"


def test_a_fresh_home_knows_the_districts_and_counties_of_2021() -> None:
    areas = {area.gss: area for area in queries.areas()}
    assert areas["E07000117"].name == "Burnley"
    assert len(areas) == 331
    assert len(queries.areas_covered("E10000017").areas) == 12
    (source,) = queries.sources()
    assert source.year == 2021


def test_what_is_loaded_is_said_on_the_record(files: dict[str, Path], noon: datetime) -> None:
    (loaded,) = load(files["bodies"], on=noon)
    assert (loaded.is_new, loaded.bodies, loaded.faults) == (True, 7, ())
    (entry,) = record.about(Citation("register", "bodies.csv"))
    assert (entry.by, entry.verb) == ("Ada", "loaded")
    assert "SHA-256" in entry.citing


def test_the_same_file_again_changes_nothing(files: dict[str, Path], noon: datetime) -> None:
    load(files["bodies"], on=noon)
    renamed = files["bodies"].rename(files["bodies"].with_name("again.csv"))
    (again,) = load(renamed, on=noon)
    assert not again.is_new
    assert models.RegisterSource.objects.count() == 1
    assert len(queries.sources()) == 2  # with the shipped one


def test_one_file_that_is_not_known_stops_all(
    files: dict[str, Path], tmp_path: Path, noon: datetime
) -> None:
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("fruit,price\napple,1\n")
    with pytest.raises(Refused, match="fruit, price"):
        load(files["bodies"], stranger, on=noon)
    assert models.RegisterSource.objects.count() == 0
    assert record.last_entry() is None


def test_every_file_that_is_not_known_is_named_at_once(tmp_path: Path, noon: datetime) -> None:
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in paths:
        path.write_text("fruit\napple\n")
    with pytest.raises(Refused, match=r"2 of 2 files.*one\.csv.*two\.csv"):
        load(*paths, on=noon)


def test_a_file_of_which_nothing_can_be_read_is_refused(tmp_path: Path, noon: datetime) -> None:
    path = tmp_path / "households.csv"
    path.write_text("code,name,households_2025\nBurnley,Burnley,10\n")
    with pytest.raises(Refused, match="line 2: 'Burnley' is no GSS code"):
        load(path, on=noon)
    path.write_text("code,name,households_2025\n")
    with pytest.raises(Refused, match="nothing below them"):
        load(path, on=noon)


def test_a_file_that_does_not_say_its_year_asks_for_it(tmp_path: Path, noon: datetime) -> None:
    ages = ",".join(map(str, range(90)))
    path = tmp_path / "people.csv"
    path.write_text(f"code,name,all,{ages},90+\nE07000117,Burnley,95000,{',' * 90}\n")
    with pytest.raises(Refused, match="--year"):
        load(path, on=noon)
    load(path, on=noon, year=2022)
    found = queries.measure("E07000117", "people", 2022)
    assert found is not None
    assert (found.value, found.year, found.source) == (95000, 2022, "people.csv")


def test_the_same_file_of_another_year_takes_its_own_place(tmp_path: Path, noon: datetime) -> None:
    ages = ",".join(map(str, range(90)))
    path = tmp_path / "people.csv"
    path.write_text(f"code,name,all,{ages},90+\nE07000117,Burnley,95000,{',' * 90}\n")
    for year in (2022, 2023):
        load(path, on=noon, year=year)
    assert queries.measure("E07000117", "people", 2022) is None
    found = queries.measure("E07000117", "people", 2023)
    assert found is not None
    assert found.value == 95000
    assert len(record.about(Citation("register", "people.csv"))) == 2


def test_a_file_that_goes_with_another_is_refused_alone(tmp_path: Path, noon: datetime) -> None:
    boards, areas = tmp_path / "boards.csv", tmp_path / "areas.csv"
    boards.write_text("lsoa21_code,icb24_code,icb24_name\nE01000001,E54999001,NHS Wexshire ICB\n")
    areas.write_text("lsoa21_code,ltla24_code\nE01000001,E07000117\nE01000002,E07000117\n")
    with pytest.raises(Refused, match="both files in one command"):
        load(boards, on=noon)
    load(boards, areas, on=noon)
    (part,) = queries.areas_covered("E54999001").parts
    assert (part.gss, part.whole, part.part, part.of) == ("E07000117", False, 1, 2)


@pytest.mark.parametrize("table", ["bodyentry", "bodycode", "bodyname", "coverage", "measure"])
def test_what_was_loaded_is_never_changed_or_erased(shire: str, table: str) -> None:
    from django.db import connection

    for act in ("UPDATE places_{} SET id = id", "DELETE FROM places_{}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(table))


def test_an_abolished_council_leads_to_its_successor_from_the_day_on(shire: str) -> None:
    (step,) = queries.successors("E07999001", date(2023, 4, 1))
    assert (step.new, step.new_name, step.on) == (
        "E06999001", "Wexshire Council", date(2023, 4, 1),
    )  # fmt: skip
    assert queries.successors("E07999001", date(2023, 3, 31)) == ()
    assert [s.old for s in queries.predecessors("E06999001")] == ["E07999001", "E07999002"]
    (stands,) = queries.standing("E07999001", date(2024, 1, 1))
    assert stands.gss == "E06999001"
    assert len(queries.standing("E06999001", date(2022, 1, 1))) == 2


def test_a_body_is_found_by_any_code_and_none_where_nobody_knows_it(shire: str) -> None:
    for code in ("E31999001", "gss:E31999001", "WFR", "registry:wfr"):
        found = queries.body_by_code(code)
        assert found is not None
        assert (found.gss, found.kind, found.doubt) == ("E31999001", AgencyKind.FIRE, "")
    assert queries.body_by_code("E99999999") is None


def test_a_second_code_for_a_fire_authority_is_kept_told_and_found(
    shire: str, tmp_path: Path, noon: datetime
) -> None:
    other = tmp_path / "other.csv"
    other.write_text(
        "body name,body kind,gss code\nWexshire Combined Fire Authority,fire,E31999077\n"
    )
    load(other, on=noon)
    found = [queries.body_by_code(code) for code in ("E31999001", "E31999077")]
    assert found[0] == found[1]
    (conflict,) = queries.conflicts()
    assert {says for says, _ in conflict.sides} == {"E31999001", "E31999077"}
    assert {who for _, who in conflict.sides} == {"bodies.csv", "other.csv"}


def test_an_agency_whose_code_is_anothers_is_told(shire: str, noon: datetime) -> None:
    actions.register_agency(
        "elm",
        name="Elmby District Council",
        kind="district",
        gss="E07999002",
        by=Operator("Ada"),
        on=noon,
    )
    (conflict,) = queries.conflicts()
    assert "Elmby District Council is registered with E07999002" in conflict.what
    assert "Elmby District Council has E07999003" in {says for says, _ in conflict.sides}


def test_a_share_is_found_through_a_merger(shire: str) -> None:
    found = queries.share_of_place("E23999001", shire, "people", 2024)
    assert found is not None
    assert (found.numerator, found.denominator, found.years) == (100, 640, (2020, 2024))
    assert found.source == "coverage.csv; measures.csv"
    earlier = queries.share_of_place("E23999001", shire, "people", 2020)
    assert earlier is not None
    assert (earlier.numerator, earlier.denominator) == (100, 600)
    assert queries.share_of_place("E23999001", shire, "households", 2024) is None


def test_a_place_of_old_districts_has_the_people_of_what_they_became(
    shire: str, noon: datetime
) -> None:
    actions.set_areas(shire, ["E07999001", "E07999002"], by=Operator("Ada"), on=noon)
    found = queries.measure_of_place(shire, "people", 2024)
    assert found is not None
    assert (found.value, found.years, found.lacking) == (330, (2024,), ())
    earlier = queries.measure_of_place(shire, "people", 2021)
    assert earlier is not None
    assert (earlier.value, earlier.years) == (300, (2020,))
    assert queries.measure_of_place(shire, "people", 2019) is None


def test_an_area_of_a_place_of_which_nothing_is_known_is_named(shire: str, noon: datetime) -> None:
    actions.set_areas(shire, ["E07999001", "E07000117"], by=Operator("Ada"), on=noon)
    found = queries.measure_of_place(shire, "people", 2024)
    assert found is not None
    assert (found.value, found.lacking) == (100, ("E07000117",))


def test_a_place_is_a_share_of_the_country(shire: str) -> None:
    found = queries.share_of_country(shire, "people", 2020)
    assert found is not None
    assert (found.numerator, found.denominator) == (100, 600)


def test_the_names_of_bodies_are_given_with_their_codes_and_kinds(shire: str) -> None:
    names = {name.name: name for name in queries.register_names()}
    wexshire = names["Wexshire Police"]
    assert (wexshire.code, wexshire.kind, wexshire.ended) == ("gss:E23999001", "police", False)
    assert names["Ashby District Council"].ended
    assert names["Burnley"].code == "gss:E07000117"  # which the shipped register calls so


def test_every_name_of_an_agency_is_known_by_its_code(shire: str, noon: datetime) -> None:
    actions.register_agency("police", gss="E23999001", by=Operator("Ada"), on=noon)
    assert queries.aliases("police") == ("Wexshire Police",)
    actions.register_agency("other", by=Operator("Ada"), on=noon)
    assert queries.aliases("other") == ()


def test_a_county_stands_for_the_areas_that_it_covers(shire: str, noon: datetime) -> None:
    areas = actions.set_areas(shire, ["E10999001", "E06999001"], by=Operator("Ada"), on=noon)
    assert [area.gss for area in areas] == ["E06999001", "E07999003"]
    assert [area.gss for area in queries.areas_of_place(shire)] == ["E06999001", "E07999003"]


def test_saying_the_same_areas_again_is_no_act(shire: str, noon: datetime) -> None:
    before = len(record.about(Citation("place", shire)))
    actions.set_areas(shire, ["E07999001"], by=Operator("Ada"), on=noon)
    assert len(record.about(Citation("place", shire))) == before


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["E99999999"], "no source of the register knows"),
        (["E07999001", "E06999001"], "same land"),
        (["E07000117", "E10000017", "E31000001"], "no source of the register knows"),
        ([], "no code"),
    ],
)
def test_areas_that_cannot_be_a_places_are_refused(
    shire: str, noon: datetime, codes: list[str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        actions.set_areas(shire, codes, by=Operator("Ada"), on=noon)
    assert [area.gss for area in queries.areas_of_place(shire)] == ["E07999001"]


def test_a_body_that_covers_an_area_in_part_cannot_stand_for_it(
    shire: str, tmp_path: Path, noon: datetime
) -> None:
    lookup = tmp_path / "lookup.csv"
    lookup.write_text(
        "LSOA21CD,ICB24CD,ICB24NM,LAD24CD\nE01000001,E54999001,NHS A ICB,E07000117\n"
        "E01000002,E54999002,NHS B ICB,E07000117\n"
    )
    load(lookup, on=noon)
    with pytest.raises(Refused, match="only a part of Burnley"):
        actions.set_areas(shire, ["E54999001"], by=Operator("Ada"), on=noon)


def test_every_body_over_a_place_becomes_a_member_once(shire: str, noon: datetime) -> None:
    day = date(2024, 4, 1)
    first = actions.register_bodies(shire, day=day, by=Operator("Ada"), on=noon)
    assert {one.agency for one in first} == {
        "wexshire-council", "wexshire-police", "wexshire-fire-and-rescue",
    }  # fmt: skip
    assert all(one.is_new for one in first)
    assert queries.agency("wexshire-police").gss == "E23999001"
    entries = record.last_entry()
    again = actions.register_bodies(shire, day=day, by=Operator("Ada"), on=noon)
    assert not any(one.is_new for one in again)
    assert record.last_entry() == entries


def test_the_bodies_are_those_of_the_day(shire: str, noon: datetime) -> None:
    earlier = actions.register_bodies(shire, day=date(2022, 4, 1), by=Operator("Ada"), on=noon)
    assert {one.body.name for one in earlier} == {
        "Ashby District Council", "Wexshire Police", "Wexshire Fire and Rescue",
    }  # fmt: skip
    (ashby,) = [m for m in queries.members(shire) if m.agency.gss == "E07999001"]
    assert ashby.last_day == date(2023, 3, 31)


def test_an_agency_that_is_known_by_a_code_of_the_body_is_that_body(
    shire: str, noon: datetime
) -> None:
    actions.register_agency(
        "our-police", name="Police", gss="E23999001", by=Operator("Ada"), on=noon
    )
    joined = actions.register_bodies(shire, day=date(2024, 4, 1), by=Operator("Ada"), on=noon)
    assert "our-police" in {one.agency for one in joined}
    assert "wexshire-police" not in {agency.code for agency in queries.agencies()}


def test_a_service_in_anothers_accounts_becomes_no_agency(tmp_path: Path, noon: datetime) -> None:
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("LAD24CD,FRA24CD,FRA24NM\nE06000052,E31000008,Cornwall\n")
    load(lookup, on=noon)
    actions.register_place("west", by=Operator("Ada"), on=noon)
    actions.set_areas("west", ["E06000052"], by=Operator("Ada"), on=noon)
    joined = actions.register_bodies("west", day=date(2024, 4, 1), by=Operator("Ada"), on=noon)
    (fire,) = [one for one in joined if one.body.kind is AgencyKind.FIRE]
    assert (fire.agency, fire.within) == ("", "Cornwall")
    assert {m.agency.gss for m in queries.members("west")} == {"E06000052"}


def test_a_body_that_is_known_only_by_its_area_is_registered_under_its_gss_code(
    noon: datetime,
) -> None:
    actions.register_place("valley", by=Operator("Ada"), on=noon)
    actions.set_areas("valley", ["E07000124"], by=Operator("Ada"), on=noon)
    joined = actions.register_bodies("valley", day=date(2024, 4, 1), by=Operator("Ada"), on=noon)
    assert {one.agency for one in joined} == {"e07000124", "e10000017"}


def test_a_place_without_areas_has_no_bodies_to_register(noon: datetime) -> None:
    actions.register_place("empty", by=Operator("Ada"), on=noon)
    with pytest.raises(Refused, match="no areas were said"):
        actions.register_bodies("empty", day=date(2024, 4, 1), by=Operator("Ada"), on=noon)
