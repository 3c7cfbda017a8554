"""The register from its publishers' own files: figures worked out before, and oddities found."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest

from totalplace.places import actions, queries
from totalplace.places.actions import Loaded
from totalplace.places.queries.register import register
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
REFERENCE: Final = DATA / "reference"
pytestmark = [
    pytest.mark.skipif(
        not REFERENCE.is_dir(), reason="the published registers are not beside this checkout"
    ),
    pytest.mark.django_db,
]

FILES: Final = (
    "uk_local_authorities_future.csv.gz", "lookup_ltla22_ltla23.csv",
    "la_population_by_age.csv.gz", "households_by_la_2025.csv", "la_council_tax.csv",
    "lookup_ltla24_fra24.csv", "lookup_ltla24_csp24_pfa24.csv", "lookup_ltla23_cauth23.csv",
    "lookup_ltla23_utla23.csv", "lookup_lsoa21_icb24.csv.gz",
    "lookup_lsoa21_ward24_ltla24.csv.gz", "lookup_name_to_registry.csv",
    "lookup_gss_to_registry.csv", "la_orgid_to_gss.csv",
)  # fmt: skip
PATHS: Final = (*(REFERENCE / name for name in FILES), DATA / "nhs_allocation/2024_2025.csv.gz")
LANCASHIRE: Final = ["E10000017", "E06000008", "E06000009"]
REORGANISED: Final = 17  # districts of 2022 that were others in 2023


def load(*paths: Path, on: datetime) -> list[Loaded]:
    """Load files."""
    return actions.load_register(paths, by=Operator("test"), on=on)


def a_place(code: str, *areas: str, on: datetime) -> str:
    """A place of some areas."""
    actions.register_place(code, by=Operator("test"), on=on)
    actions.set_areas(code, areas, by=Operator("test"), on=on)
    return code


def people(code: str, year: int = 2024) -> int | None:
    """The people of an area."""
    found = queries.measure(code, "people", year)
    return None if found is None else found.value


def test_every_file_is_known_and_read_without_a_fault(noon: datetime) -> None:
    loaded = {one.path.name: one for one in load(*PATHS, on=noon)}
    assert [one.path.name for one in loaded.values() if one.faults] == []
    assert {name: one.year for name, one in loaded.items() if one.measures} == {
        "uk_local_authorities_future.csv.gz": 2025, "la_population_by_age.csv.gz": 2023,
        "households_by_la_2025.csv": 2025, "la_council_tax.csv": 2025, "2024_2025.csv.gz": 2024,
    }  # fmt: skip
    assert loaded["lookup_ltla22_ltla23.csv"].changes == REORGANISED
    assert not any(one.is_new for one in load(*PATHS, on=noon))
    assert_the_known_figures()
    assert_what_became_what()
    assert_what_sources_say_differently()
    assert_lancashire(a_place("lancs", *LANCASHIRE, on=noon), noon)
    assert_birmingham(a_place("brum", "E08000025", on=noon), noon)
    assert_north_yorkshire(noon)


def assert_the_known_figures() -> None:
    national = [queries.measure(a.gss, "people", 2023) for a in queries.areas(on=date(2023, 7, 1))]
    english = [m.value for m in national if m is not None and m.gss.startswith("E")]
    # The English total of the mid-2023 estimates (ONS), in whole people.
    assert (len(english), sum(english)) == (296, 57_690_323)
    assert people("E08000025") == 1_166_049
    # Weighted patients of two districts and of a board, worked out by others from the same file.
    weighted = {
        c: queries.measure(c, "weighted_patients", 2024) for c in ("E07000117", "E07000120")
    }
    assert {code: m and m.value for code, m in weighted.items()} == {
        "E07000117": 119_364, "E07000120": 91_911,
    }  # fmt: skip
    board = queries.areas_covered("QE1")  # by its NHS code, as by its GSS code
    assert board == queries.areas_covered("E54000048")
    base = queries.measure("E08000025", "council_tax_base", 2025)
    assert base is not None
    assert base.value == 386_446  # 3,478,010 ninths
    assert queries.measure("S12000033", "council_tax_base", 2025) is None  # no bands are printed
    assert queries.measure("N09000001", "council_tax_base", 2025) is None  # no council tax there


def assert_what_became_what() -> None:
    (step,) = queries.successors("E07000163", date(2023, 4, 1))
    assert (step.new, step.on) == ("E06000065", date(2023, 4, 1))
    assert queries.successors("E07000163", date(2023, 3, 31)) == ()
    assert [s.new for s in queries.successors("E10000006")] == ["E06000063", "E06000064"]
    # Taunton Deane became Somerset West and Taunton, and that Somerset.
    assert [s.new for s in queries.successors("E07000190")] == ["E07000246", "E06000066"]
    (today,) = queries.standing("E07000190", date(2024, 1, 1))
    assert today.name == "Somerset Council"
    ended = {s.old for s in queries.predecessors("E06000065")}
    assert len(ended) == 8  # seven districts and the county
    assert people("E07000163", 2023) == 57_338  # of 2020, as it was abolished
    assert people("E06000065", 2024) == 627_629


def assert_what_sources_say_differently() -> None:
    told = {(c.kind, c.about) for c in queries.conflicts()}
    assert told == {
        # Given new codes on 1 April 2023, which the lists of GSS codes here do not know of.
        ("codes", "gss:E08000016"), ("codes", "gss:E08000019"),
        # The authority by its own code, and by that of its region.
        ("codes", "gss:E61000001"),
        # One district of Suffolk is put under Surrey: SRY for SFK.
        ("coverage", "gss:E07000201"),
        # 5.3 people to a household in most areas, and one tenth of one in the Isles of Scilly.
        ("measures", "households"),
    }  # fmt: skip
    for code in ("E08000016", "E08000038", "BNS", "GB-LAE-BNS"):
        found = queries.body_by_code(code)
        assert found is not None
        assert found.name == "Barnsley Metropolitan Borough Council"
    for code in ("E12000007", "E61000001", "GLA"):
        found = queries.body_by_code(code)
        assert found is not None
        assert found.name == "Greater London Authority"
    assert people("E08000038") == people("E08000016") == 248_449
    fire = [queries.body_by_code(code) for code in ("E31000019", "E31000023")]
    assert [body and body.name for body in fire] == [
        "Hertfordshire Fire and Rescue", "Lancashire Fire and Rescue",
    ]  # fmt: skip


def assert_lancashire(place: str, noon: datetime) -> None:
    assert len(queries.areas_of_place(place)) == 14
    joined = actions.register_bodies(place, day=date(2024, 4, 1), by=Operator("test"), on=noon)
    assert Counter(one.body.kind.value for one in joined) == {
        "district": 12, "council": 2, "county": 1, "police": 1, "fire": 1, "nhs-board": 1,
    }  # fmt: skip
    for code in ("E23000003", "E31000023"):
        whole = queries.share_of_place(code, place, "people", 2024)
        assert whole is not None
        assert whole.numerator == whole.denominator == 1_570_373
    board = queries.share_of_place("E54000048", place, "weighted_patients", 2024)
    assert board is not None
    assert (board.numerator, board.denominator) == (1_805_293, 2_021_527)
    estimate = queries.share_of_place("E54000048", place, "people", 2024)
    assert estimate is not None
    assert estimate.is_estimate
    assert 0.86 < estimate.least[0] / estimate.least[1] < estimate.most[0] / estimate.most[1] < 0.94


def assert_birmingham(place: str, noon: datetime) -> None:
    joined = actions.register_bodies(place, day=date(2021, 4, 1), by=Operator("test"), on=noon)
    names = {one.body.name for one in joined}
    assert names == {
        "Birmingham City Council", "West Midlands Combined Authority",
        "West Midlands Fire and Rescue", "West Midlands Police",
        "NHS Birmingham and Solihull CCG",
    }  # fmt: skip
    found = queries.share_of_place("E23000014", place, "people", 2023)
    assert found is not None
    assert (found.numerator, found.denominator) == (1_166_049, 2_980_936)
    doubtful = queries.share_of_place("E23000014", place, "households", 2025)
    assert doubtful is not None
    assert doubtful.doubts


def assert_north_yorkshire(noon: datetime) -> None:
    """A place of the old districts is the new one; a place of one of them is found apart."""
    old = [f"E0700016{n}" for n in range(3, 10)]
    before, after = a_place("old", *old, on=noon), a_place("new", "E06000065", on=noon)
    craven = a_place("craven", "E07000163", on=noon)
    for what in ("people", "weighted_patients", "council_tax_base"):
        shares = [queries.share_of_place("E23000009", p, what, 2025) for p in (before, after)]
        assert shares[0] == shares[1] is not None
    alone = queries.share_of_place("E23000009", craven, "people", 2023)
    assert alone is not None
    assert (alone.numerator, alone.years) == (57_338, (2020, 2023))
    # No dwellings by band were published for it apart from the whole.
    assert queries.share_of_place("E23000009", craven, "council_tax_base", 2025) is None
    force = queries.areas_covered("E23000009", on=date(2022, 4, 1))
    assert set(force.areas) == {*old, "E06000014"}


def test_the_order_of_loading_changes_no_body_and_no_conflict(noon: datetime) -> None:
    lists = [p for p in PATHS if "lsoa" not in p.name]
    for path in reversed(lists):
        load(path, on=noon)
    backwards = register()
    load(*PATHS, on=noon)
    assert len(register().bodies) >= len(backwards.bodies)
    told = {(c.kind, c.about, c.what) for c in backwards.conflicts}
    assert told == {(c.kind, c.about, c.what) for c in register().conflicts}


def test_a_source_that_says_which_code_replaced_which_settles_the_conflict(noon: datetime) -> None:
    load(
        *(REFERENCE / n for n in ("uk_local_authorities_future.csv.gz", "la_orgid_to_gss.csv")),
        on=noon,
    )
    before = {c.about for c in queries.conflicts() if c.kind == "codes"}
    load(REFERENCE / "la_all_codes.csv", on=noon)
    after = {c.about for c in queries.conflicts() if c.kind in ("codes", "changes")}
    assert before - after == {"gss:E08000016", "gss:E08000019"}
    assert after == {"gss:E61000001"}
    barnsley = queries.body_by_code("E08000016")
    assert barnsley is not None
    assert barnsley.gss == "E08000038"


@pytest.mark.parametrize(
    ("name", "year", "coverage"),
    [("lad_csp_policeforce_lookup_2016.csv", 2016, 348), ("lookup_ltla23_utla23.csv", 2023, 164)],
)
def test_a_file_of_another_year_or_publisher_is_known_by_the_same_recipe(
    noon: datetime, name: str, year: int, coverage: int
) -> None:
    (loaded,) = load(REFERENCE / name, on=noon)
    assert (loaded.year, loaded.coverage, loaded.faults) == (year, coverage, ())


@pytest.mark.parametrize("name", ["cofog.csv", "global-neighbours.csv", "fire-data.xlsx"])
def test_a_file_that_is_no_register_is_refused(noon: datetime, name: str) -> None:
    with pytest.raises(Refused, match="nearest is"):
        load(REFERENCE / name, on=noon)
