"""Which lines are of one body; and what sources say differently is told and not decided."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.facts import (
    Change,
    Cover,
    Entry,
    Facts,
    NameForm,
    Source,
    Value,
)
from totalplace.places.rules.register.measured import MeasureRule
from totalplace.places.rules.register.names import key, slug
from totalplace.places.rules.register.whole import Register, build

FIRE = AgencyKind.FIRE
RULES = (
    MeasureRule("people", "People", "people"),
    MeasureRule("households", "Households", "households", 290, 650),
)


def an_entry(
    *codes: str,
    name: str = "",
    kind: AgencyKind = AgencyKind.DISTRICT,
    source: int = 1,
    form: NameForm = NameForm.OFFICIAL,
    former: tuple[str, ...] = (),
    days: tuple[date | None, date | None] = (None, None),
) -> Entry:
    """What a source says of a body."""
    return Entry(source, 1, kind, codes, ((name, form),) if name else (), former, *days)


def a_register(
    *said: Entry | Change | Cover | Value, years: tuple[int, ...] = (2024,) * 5
) -> Register:
    """The register of what was said by sources that are numbered from 1."""
    numbered = enumerate(years, start=1)
    sources = tuple(Source(n, "r", f"Source {n}", "P", f"s{n}.csv", y) for n, y in numbered)
    return build(
        Facts(
            sources,
            tuple(s for s in said if isinstance(s, Entry)),
            tuple(s for s in said if isinstance(s, Change)),
            tuple(s for s in said if isinstance(s, Cover)),
            tuple(s for s in said if isinstance(s, Value)),
        ),
        RULES,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Burnley Borough Council", "Burnley"),
        ("London Borough of Lewisham", "lewisham"),
        ("NHS Frimley ICB", "NHS Frimley Integrated Care Board"),
        ("Blackburn & Darwen", "Blackburn and Darwen"),
        ("Devon and Somerset Fire & Rescue Service", "Devon & Somerset"),
        ("Rhondda Cynon Tâf", "RHONDDA CYNON TAF"),
    ],
)
def test_a_body_is_told_by_what_is_its_own_in_its_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NHS North West London CCG", "NHS North West London ICB"),
        ("Derby City Council", "Derbyshire County Council"),
        ("City of London", "Greater London"),
    ],
)
def test_names_of_other_bodies_are_told_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_name_becomes_a_readable_code() -> None:
    assert slug("King's Lynn & West Norfolk  Borough Council") == (
        "kings-lynn-and-west-norfolk-borough-council"
    )


def test_a_body_is_found_by_each_of_its_codes_with_and_without_the_scheme() -> None:
    register = a_register(
        an_entry("gss:E07000001", "registry:ABC", name="Ashby District Council"),
        an_entry("org-id:GB-LAE-ABC", "gss:E07000001", name="Ashby", source=2),
    )
    for code in ("E07000001", "gss:E07000001", "abc", "registry:ABC", "GB-LAE-ABC"):
        assert register.find(code) == ("gss:E07000001",), code
    assert register.conflicts == ()


def test_two_codes_for_one_fire_authority_are_kept_and_told() -> None:
    register = a_register(
        an_entry("gss:E31000023", name="Wexshire Fire and Rescue", kind=FIRE),
        an_entry("gss:E31000019", name="Wexshire Combined Fire Authority", kind=FIRE, source=2),
    )
    assert register.find("E31000019") == register.find("E31000023") == ("gss:E31000023",)
    (conflict,) = register.conflicts
    assert "2 codes of gss" in conflict.what
    assert conflict.sides == (("E31000019", "s2.csv"), ("E31000023", "s1.csv"))


def test_a_code_that_two_bodies_claim_finds_both_and_is_told() -> None:
    register = a_register(
        an_entry("gss:E31000019", name="Hartshire", kind=FIRE),
        an_entry("gss:E31000023", name="Wexshire", kind=FIRE),
        an_entry("gss:E31000019", "registry:WEX", name="Wexshire Fire", kind=FIRE, source=2),
    )
    assert set(register.find("E31000019")) == {"gss:E31000019", "gss:E31000023"}
    assert register.find("WEX") == ("gss:E31000023",)
    told = [c.what for c in register.conflicts]
    assert "The code E31000019 is given to 2 bodies" in told


def test_a_code_of_before_is_no_conflict_and_still_finds_the_body() -> None:
    register = a_register(
        an_entry("gss:E08000037", "registry:GAT", name="Gatesby", former=("gss:E08000020",)),
        an_entry("gss:E08000020", "registry:GAT", source=2),
    )
    assert register.find("E08000020") == ("gss:E08000037",)
    assert register.conflicts == ()


def test_a_code_that_a_source_says_replaced_another_is_dated_and_no_conflict() -> None:
    register = a_register(
        an_entry("gss:E08000016", name="Barnby", kind=AgencyKind.COUNCIL),
        an_entry("gss:E08000038", name="Barnby", kind=AgencyKind.COUNCIL, source=2),
        Change(3, 1, "gss:E08000016", "gss:E08000038", date(2023, 4, 1)),
    )
    (body,) = register.bodies.values()
    assert body.key == "gss:E08000038"
    assert [(h.code, h.former, h.began, h.ended) for h in body.held] == [
        ("gss:E08000016", True, None, date(2023, 3, 31)),
        ("gss:E08000038", False, date(2023, 4, 1), None),
    ]
    assert register.conflicts == ()
    assert register.succession.successors(body.key) == ()


def test_a_list_of_codes_that_leads_to_two_bodies_joins_neither() -> None:
    register = a_register(
        an_entry("gss:E07000001", "registry:ASH", name="Ashby"),
        an_entry("gss:E07000002", "registry:OAK", name="Oakby"),
        an_entry("gss:E07000002", "registry:ASH", source=2),
    )
    assert set(register.bodies) == {"gss:E07000001", "gss:E07000002"}
    assert register.find("ASH")[0] == "gss:E07000001"
    assert {"The code E07000002 is given to 2 bodies", "The code ASH is given to 2 bodies"} <= {
        c.what for c in register.conflicts
    }


def test_a_county_and_the_council_that_followed_it_under_its_name_are_two_bodies() -> None:
    register = a_register(
        an_entry("gss:E10000023", name="North Wexshire County Council", kind=AgencyKind.COUNTY),
        an_entry("gss:E06000065", name="North Wexshire Council", kind=AgencyKind.COUNCIL),
    )
    assert len(register.bodies) == 2
    assert register.conflicts == ()


def test_a_body_that_took_the_name_of_one_that_had_ended_is_another() -> None:
    ended, began = (None, date(2024, 5, 6)), (date(2024, 5, 7), None)
    kind = AgencyKind.COMBINED_AUTHORITY
    register = a_register(
        an_entry("gss:E47000010", name="North East Combined Authority", kind=kind, days=ended),
        an_entry("gss:E47000014", name="North East Mayoral CA", kind=kind, source=2, days=began),
        an_entry(
            "gss:E47000014", name="North East Combined Authority", kind=kind, source=3, days=began
        ),
    )
    assert set(register.bodies) == {"gss:E47000010", "gss:E47000014"}


def test_a_misspelt_name_follows_its_code() -> None:
    register = a_register(
        an_entry("gss:E09000023", "registry:LEW", name="London Borough of Lewisham"),
        an_entry("registry:LEW", name="lewisham london boro", source=2, form=NameForm.ALIAS),
    )
    (body,) = register.bodies.values()
    assert ("lewisham london boro", NameForm.ALIAS) in body.names


def test_an_end_on_the_first_of_april_is_the_end_of_the_day_before() -> None:
    register = a_register(
        an_entry("gss:E07000001", name="Ashby", days=(None, date(2023, 4, 1))),
        an_entry("gss:E07000001", name="Ashby", source=2, days=(None, date(2023, 3, 31))),
    )
    assert register.conflicts == ()


def test_sources_that_give_other_days_are_told() -> None:
    register = a_register(
        an_entry("gss:E07000001", name="Ashby", days=(date(1974, 4, 1), None)),
        an_entry("gss:E07000001", name="Ashby", source=2, days=(date(2005, 6, 18), None)),
    )
    (conflict,) = register.conflicts
    assert conflict.what == "Sources differ about the first day of Ashby"


def test_a_district_under_two_counties_in_one_source_is_told() -> None:
    counties = [
        an_entry(f"gss:E1000000{n}", name=f"County {n}", kind=AgencyKind.COUNTY) for n in (1, 2)
    ]
    register = a_register(
        *counties,
        an_entry("gss:E07000001", name="Ashby"),
        *(Cover(1, n, f"gss:E1000000{n}", "gss:E07000001") for n in (1, 2)),
    )
    (conflict,) = register.conflicts
    assert "Ashby (E07000001) is put under 2 bodies of the kind county" in conflict.what


def test_sources_that_list_other_areas_of_a_body_are_told_with_their_years() -> None:
    police = an_entry("gss:E23000001", name="Wexshire", kind=AgencyKind.POLICE)
    areas = [an_entry(f"gss:E0700000{n}", name=f"Area {n}") for n in (1, 2)]
    register = a_register(
        police, *areas,
        *(Cover(1, n, "gss:E23000001", f"gss:E0700000{n}") for n in (1, 2)),
        Cover(2, 1, "gss:E23000001", "gss:E07000001"),
        years=(2021, 2024),
    )  # fmt: skip
    (conflict,) = register.conflicts
    assert "Sources list the areas of Wexshire (E23000001) differently" in conflict.what
    assert conflict.sides[0] == ("2 areas in 2021, among them Area 2 (E07000002)", "s1.csv")


def test_a_value_that_can_hardly_be_true_is_told_and_kept() -> None:
    register = a_register(
        an_entry("gss:E06000053", name="Isles", kind=AgencyKind.COUNCIL),
        Value(1, 1, "gss:E06000053", "people", 2023, 2229),
        Value(2, 1, "gss:E06000053", "households", 2025, 20023),
    )
    (conflict,) = register.conflicts
    assert conflict.what.startswith("Households of 2025 can hardly be true for 1 of 1 areas")
    found = register.measured("gss:E06000053", "households", 2025)
    assert found is not None
    assert found.value == 20023
    assert "8,982 per thousand" in found.doubt


def test_two_values_of_one_year_are_told_and_the_source_loaded_last_is_used() -> None:
    register = a_register(
        an_entry("gss:E07000001", name="Ashby"),
        Value(1, 1, "gss:E07000001", "people", 2023, 1000),
        Value(2, 1, "gss:E07000001", "people", 2023, 1100),
    )
    assert len(register.conflicts) == 1
    found = register.measured("gss:E07000001", "people", 2023)
    assert found is not None
    assert found.value == 1100


some_entries = st.lists(
    st.builds(
        lambda gss, registry, name, kind, source: an_entry(
            *(f"gss:E0700000{n}" for n in gss), *(f"registry:R{n}" for n in registry),
            name=name, kind=kind, source=source,
        ),
        st.sets(st.integers(0, 3), min_size=1, max_size=2),
        st.sets(st.integers(0, 3), max_size=1),
        st.sampled_from(["", "Ashby", "Ashby Council", "Oakby", "Elmby"]),
        st.sampled_from([AgencyKind.DISTRICT, AgencyKind.UNKNOWN, AgencyKind.COUNTY]),
        st.integers(1, 5),
    ),
    max_size=8,
)  # fmt: skip


@given(some_entries, st.randoms(use_true_random=False))
def test_the_register_does_not_depend_on_the_order_of_lines(
    entries: list[Entry], chance: random.Random
) -> None:
    mixed = list(entries)
    chance.shuffle(mixed)
    one, other = a_register(*entries), a_register(*mixed)
    assert one.by_code == other.by_code
    assert one.conflicts == other.conflicts
    assert [(b.key, b.names, b.held) for b in one.bodies.values()] == [
        (b.key, b.names, b.held) for b in other.bodies.values()
    ]


@given(some_entries)
def test_every_code_of_a_named_line_finds_a_body(entries: list[Entry]) -> None:
    register = a_register(*entries)
    for entry in entries:
        if entry.is_named:
            assert all(register.find(code) for code in entry.codes)


@given(some_entries)
def test_a_code_that_finds_several_bodies_is_told(entries: list[Entry]) -> None:
    register = a_register(*entries)
    told = {c.about for c in register.conflicts}
    for code, keys in register.by_code.items():
        if ":" in code and len(keys) > 1:
            assert code in told
