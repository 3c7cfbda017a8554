"""The workbook of lines: out and in again, tables as departments publish them, faults by cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.agreements.definitions.funding import settlement
from totalplace.agreements.reading.line_file import read_workbook
from totalplace.agreements.rules.line_sheet import CONDITIONS, HEADS, LINES, cells_of, read, slug
from totalplace.agreements.rules.lines import (
    Bound,
    Condition,
    Line,
    Mechanism,
    Said,
    Sum,
    Where,
    totals,
)
from totalplace.doors.report.funding_lines import workbook_of
from totalplace.ledger.rules.accounts import Nature

from .negotiating import RING_FENCED, YEAR, a_line, a_sum

WORDS = st.text("abc DEF,.'", min_size=1, max_size=20).map(
    lambda said: " ".join(said.split()) or "x"
)


def _order(said: Sum) -> tuple[int, bool]:
    return said.year, said.nature is Nature.CAPITAL


SUMS = st.lists(
    st.builds(
        lambda year, nature, pence, said: Sum(year, nature, pence if said is Said.STATED else None,
                                              said),
        st.sampled_from((YEAR, YEAR + 1)), st.sampled_from(Nature), st.integers(0, 10**13),
        st.sampled_from(Said),
    ),
    max_size=4, unique_by=lambda s: (s.year, s.nature),
).map(lambda sums: tuple(sorted(sums, key=_order)))  # fmt: skip
CONDITION = st.builds(Condition, st.sampled_from(Bound), WORDS, st.none() | st.integers(0, 10**9))
LINE = st.builds(
    Line, st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), WORDS.filter(lambda w: w[0] != "'"),
    mechanism=st.sampled_from(Mechanism), where=st.sampled_from(Where), reason=WORDS, sums=SUMS,
    conditions=st.lists(CONDITION, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(LINE, min_size=1, max_size=4, unique_by=lambda line: line.code))
def test_what_goes_out_comes_in_again(lines: list[Line]) -> None:
    cells = cells_of(lines)
    sheets = {name: [list(HEADS[name]), *cells[name]] for name in (LINES, CONDITIONS)}
    assert read(sheets, year=1990) == (lines, [])


def test_a_workbook_goes_out_and_comes_in_again(tmp_path: Path) -> None:
    lines = [*settlement("gmca-2025-26").lines, RING_FENCED]
    path = tmp_path / "lines.xlsx"
    path.write_bytes(workbook_of(lines))
    found, faults = read_workbook(path, name="lines.xlsx", year=YEAR)
    assert faults == []
    assert found == lines


def test_a_table_as_departments_publish_it_is_read_with_its_year_and_its_words() -> None:
    rows = [
        ["Annex A"],
        ["Functional Responsibility", "Fund", "Home Department", "Allocation Mechanism",
         "Funding totals for 2025/26*"],
        ["Growth", "Shared Fund", "MHCLG", "National formula", "£30,349,418 RDEL, £12,866 CDEL"],
        ["Transport", "Roads", "DfT", "National formula", "£215,506,000 CDEL**"],
        ["Growth", "Hubs", "DBT", "New integrated settlement formula", "TBC"],
        ["Skills", "Free Courses", "DfE", "TBC", "Included in figure above***"],
    ]  # fmt: skip
    found, faults = read({"Sheet1": rows}, year=YEAR)
    assert faults == []
    assert [line.code for line in found] == ["shared-fund", "roads", "hubs", "free-courses"]
    assert {s.year for line in found for s in line.sums} == {2025}
    assert [s.words for line in found for s in line.sums] == [
        "£30,349,418.00", "£12,866.00", "£215,506,000.00", "to be confirmed", "included above",
    ]  # fmt: skip
    assert found[2].mechanism is Mechanism.NEW
    assert totals(found).not_stated == 2


def test_a_nought_is_a_sum_and_a_blank_or_a_dash_is_none() -> None:
    rows: list[list[object]] = [
        ["Fund", "RDEL", "CDEL"],
        ["A", 0, None],
        ["B", "-", 12.5],
        ["C", "", ""],
    ]
    found, faults = read({"x": rows}, year=YEAR)
    assert faults == []
    assert [line.sums for line in found] == [
        (a_sum(0),), (a_sum(12_50, Nature.CAPITAL),), (),
    ]  # fmt: skip


def test_every_fault_names_its_cell_and_what_to_do() -> None:
    rows: list[list[object]] = [
        ["Code", "Fund", "Year", "Revenue", "Set", "Allocation mechanism"],
        ["a", "A", "2027-28", "a lot", "in the block", ""],
        ["b", "", "2027-28", 5, "", ""],
        ["c", "C", "2027-29", 5, "", ""],
        ["d", "D", "2027-28", 5, "ours", "by hand"],
        ["e", "E", "2027-28", 5, "", ""],
        ["e", "E", "2027-28", 6, "", ""],
    ]
    conditions = [["Code", "Kind", "Condition", "Pounds"], ["z", "report", "x", ""],
                  ["e", "wish", "x", ""], ["e", "minimum", "x", "much"]]  # fmt: skip
    _, faults = read({"Lines": rows, "Conditions": conditions}, year=YEAR)
    assert [(f.sheet, f.cell) for f in faults] == [
        ("Lines", "D2"), ("Lines", "B3"), ("Lines", "C4"), ("Lines", "F5"), ("Lines", "E5"),
        ("Lines", "B7"), ("Conditions", "A2"), ("Conditions", "B3"), ("Conditions", "D4"),
    ]  # fmt: skip
    assert "a lot" in str(faults[0])
    assert all(f.next_step for f in faults)


def test_a_workbook_without_headings_or_lines_says_so() -> None:
    assert read({"x": [["Nothing"]]}, year=YEAR)[1][0].why == "The headings are not there"
    assert read({"x": [["Fund", "Revenue"]]}, year=YEAR)[1][0].why == "No row says a line"
    assert slug("UK Shared Prosperity Fund") == "uk-shared-prosperity-fund"
    assert read({"x": [["Fund", "Revenue"], ["Bus Service Improvement Plan", 4_000_000]]},
                year=YEAR)[0][0].sums == replace(a_line()).sums  # fmt: skip
