"""The workbook of capacity: what goes out comes in again, and each fault stands at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.report.capacity import capacity_workbook
from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.reading.capacity_file import read_workbook
from totalplace.monitoring.rules.capacity import RoleSaid, SkillSaid
from totalplace.monitoring.rules.capacity_sheet import HEADS, POSTS, SKILLS, cells_of, read
from totalplace.readiness.rules.scale import Level
from totalplace.refusal import Refused

ASKED = tuple(asked().skills)
numbers = st.none() | st.integers(0, 20_000)
roles = st.lists(
    st.builds(
        RoleSaid,
        title=st.from_regex(r"[A-Z][a-z]{3,12}", fullmatch=True),
        posts=st.integers(0, 20_000), filled=numbers, leavers=numbers, joiners=numbers,
        days_to_hire=numbers, sickness_days=numbers, agency_staff=numbers,
        skills=st.lists(
            st.builds(SkillSaid, st.sampled_from(ASKED), st.sampled_from(Level), st.just("Seen")),
            unique_by=lambda one: one.skill,
        ).map(lambda said: tuple(sorted(said, key=lambda one: ASKED.index(one.skill)))),
    ),
    min_size=1, max_size=4, unique_by=lambda one: one.code,
)  # fmt: skip


def sheets(
    posts: list[list[object]], skills: list[list[object]] | None = None
) -> dict[str, list[list[object]]]:
    return {
        POSTS: [list(HEADS[POSTS]), *posts],
        SKILLS: [list(HEADS[SKILLS]), *(skills or [])],
    }


@given(roles)
def test_what_goes_out_comes_in_again(said: list[RoleSaid]) -> None:
    cells = cells_of(said, ASKED)
    again, faults = read(sheets(cells[POSTS], cells[SKILLS]), ASKED)  # type: ignore[arg-type]
    assert (again, faults) == (tuple(said), [])


def test_thousands_may_be_parted_and_what_a_spreadsheet_adds_is_left_off() -> None:
    (role,), faults = read(sheets([["Planners", "1,250.5", 12.300000000000001]]), ASKED)
    assert ((role.posts, role.filled), faults) == ((12_505, 123), [])


def test_a_role_that_was_only_offered_is_no_role() -> None:
    cells = cells_of((), ASKED, ("Planners", "Analysts"))
    assert [row[0] for row in cells[POSTS]] == ["Planners", "Analysts"]
    filled, faults = read(sheets([["Planners", 12.5, "11", "", ""], ["Analysts", "", ""]]), ASKED)
    assert ([(one.title, one.posts, one.filled) for one in filled], faults) == (
        [("Planners", 125, 110)], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (["Planners", "many", 1], "B2", "is not a number"),
        (["Planners", -1, 1], "B2", "is below nought"),
        (["Planners", 1.25, 1], "B2", "is finer than is asked for"),
        (["Planners", 1e11, 1], "B2", "is more than there can be"),
        (["Planners", True, 1], "B2", "is not a number"),
        (["Planners", "1_0", 1], "B2", "is not a number"),
        (["Planners", "nan", 1], "B2", "is not a number"),
        (["Planners", "12,5", 1], "B2", "is not a number"),
        (["Planners", 10**14, 1], "B2", "is not a number"),
        (["", 1, 1], "A2", "Role is not filled in"),
        (["!!!", 1, 1], "A2", "has no letter or digit"),
        (["x" * 90, 1, 1], "A2", "is too long for a table"),
        (["Planners", 1, 1, "", "", "", 2.5], "G2", "is finer than is asked for"),
        (["Planners", "", ""], "A2", "No row says how many posts there are"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_at_its_place(row: list[object], cell: str, why: str) -> None:
    _, faults = read(sheets([row]), ASKED)
    assert (faults[0].cell, faults[0].why) == (cell, why)


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (["Nobody", "data", "core", "Seen"], "A2", "has no row in the sheet 'Posts'"),
        (["Planners", "magic", "core", "Seen"], "B2", "is not one that is asked for"),
        (["Planners", "data", "superb", "Seen"], "C2", "is no level"),
        (["Planners", "data", "core", ""], "D2", "What shows it is not filled in"),
        (["Planners", "data", "", "Seen"], "C2", "Level is not filled in"),
    ],
)
def test_a_skill_that_cannot_be_is_told_at_its_place(
    row: list[object], cell: str, why: str
) -> None:
    _, faults = read(sheets([["Planners", 9, 9]], [row]), ASKED)
    assert (faults[0].cell, faults[0].why) == (cell, why)


def test_what_is_said_twice_is_a_fault() -> None:
    twice = [["Planners", "data", "core", "Seen"]] * 2
    _, faults = read(sheets([["Planners", 9, 9], ["planners", 1, 1]], twice), ASKED)  # type: ignore[arg-type]
    assert [one.cell for one in faults] == ["A3", "B3"]


def test_headings_that_are_not_known_or_not_there_are_faults() -> None:
    _, faults = read({POSTS: [["Role", "Posts", "Filled", "Vacancies"], ["P", 1, 1]]}, ASKED)
    assert [(one.cell, one.why) for one in faults] == [("D1", "is not a heading of this sheet")]
    _, faults = read({POSTS: [["Role", "Posts"]]}, ASKED)
    assert faults[0].why == "The headings are not there"
    _, faults = read({"Other": []}, ASKED)
    assert faults[0].why == "There is no sheet of that name"
    _, faults = read(sheets([[f"Role {n}", 1, 1] for n in range(2_001)]), ASKED)
    assert faults[0].why == "There are too many rows"


def test_the_template_is_read_again_and_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "capacity.xlsx"
    path.write_bytes(capacity_workbook((RoleSaid("Planners", 125, 110, leavers=5),)))
    found, faults = read_workbook(path, name="capacity.xlsx", skills=ASKED)
    assert (found, faults) == ((RoleSaid("Planners", 125, 110, leavers=5),), [])
    path.write_bytes(capacity_workbook(()))
    _, faults = read_workbook(path, name="capacity.xlsx", skills=ASKED)
    assert [one.why for one in faults] == ["No row says how many posts there are"]
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Refused):
        read_workbook(path, name="capacity.xlsx", skills=ASKED)
