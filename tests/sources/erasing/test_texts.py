"""Text files without a name: only the bytes of its cells are others."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from totalplace.sources.erasing.texts import cell_spans, rewrite
from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.reading.text import records, survey
from totalplace.sources.rules.erasure import ERASED, Columns, Eraser, changes, name_of

JANE: Final = Eraser(name_of("Jane Q Carer"))
SEPARATORS: Final = ",\t;|"
CODINGS: Final = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
RAW: Final = st.text(alphabet='ab ,;\t|"\r\n£é', max_size=40)


def without(path: Path, eraser: Eraser = JANE) -> bytes:
    """A file's bytes without a name."""
    to = path.with_suffix(".new")
    rewrite(path, to, survey(path), lambda _, cells: changes(cells, eraser, Columns()))
    return to.read_bytes()


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_byte_but_the_names_stays(tmp_path: Path, coding: str, ends: str) -> None:
    text = ends.join([
        'Date,Supplier,"Why, and £"', '01/04/2024,Jane Q Carer,"said ""café"""',
        f'02/04/2024,"Jane Q{ends}CARER","to ""Jane Q Carer"", May"', "03/04/2024,Oak Ltd,",
        "", ",,",
    ])  # fmt: skip
    (tmp_path / "a.csv").write_bytes(text.encode(coding))
    now = text.replace("Jane Q Carer", ERASED).replace(f"Jane Q{ends}CARER", ERASED)
    assert without(tmp_path / "a.csv") == now.encode(coding)


def test_bytes_that_are_no_characters_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x,\x81\x8d\xa3,Jane Q Carer\x8d y\n\x90,Jane Q Carer\n")
    expected = b"x,\x81\x8d\xa3,(erased)\x8d y\n\x90,(erased)\n"
    assert without(tmp_path / "a.csv") == expected


def test_a_quote_that_never_closes_is_a_character(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,"Jane Q Carer,1\nb,Jane Q Carer,2\n')
    assert without(tmp_path / "a.csv") == b'a,"(erased),1\nb,(erased),2\n'


def test_a_cell_with_words_after_its_last_quote_is_not_rewritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'"x";1\n"to Jane Q Carer ",";"\n""\n')
    with pytest.raises(Unsafe, match="a quote stands within a cell"):
        without(tmp_path / "a.csv")


def test_a_wide_text_cut_short_within_a_character_is_not_rewritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("a,Jane Q Carer\n".encode("utf-16") + b"\x20")
    with pytest.raises(Unsafe, match="not all characters"):
        without(tmp_path / "a.csv")


@given(RAW, st.sampled_from(SEPARATORS))
def test_cells_are_cut_as_pythons_own_reader_cuts_them(text: str, separator: str) -> None:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=separator)
    before = 0
    for cells in reader:
        record = "".join(lines[before : reader.line_num])
        before = reader.line_num
        assert [span.text for span in cell_spans(record, separator)] == cells


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    rows=st.lists(st.lists(RAW, min_size=1, max_size=4), min_size=1, max_size=8),
    name=st.text(alphabet='Jx "é,;', min_size=3, max_size=8),
    coding=st.sampled_from(["utf-8", "cp1252", "utf-16"]),
    separator=st.sampled_from(SEPARATORS),
    places=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 3)), max_size=4),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_in_any_file_the_cells_that_change_do_and_no_other(
    tmp_path: Path, rows: list[list[str]], name: str, coding: str, separator: str,
    places: set[tuple[int, int]], quoting: int,
) -> None:  # fmt: skip
    try:
        eraser = Eraser(name_of(f"{name} Xy"))
    except Exception:  # noqa: BLE001 (what is no name is tested elsewhere)
        return
    for row, column in places:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = f"{name} XY" if row % 2 else f"to {name} xy {rows[row][column]}"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    path = tmp_path / "a.csv"
    path.write_bytes(out.getvalue().encode(coding))
    form = survey(path)
    before = list(records(path, form))
    try:
        (tmp_path / "b.csv").write_bytes(without(path, eraser))
    except Unsafe:  # cut by another separator, a cell may have quotes where none should be
        assert form.separator != separator
        return
    wanted = [
        [dict(enumerate(cells)).get(n) if n not in new else new[n] for n in range(len(cells))]
        for cells in before
        for new in [changes(cells, eraser, Columns())]
    ]
    assert list(records(tmp_path / "b.csv", form)) == wanted
    assert not any(eraser.stands_in(cell) for cells in wanted for cell in cells if cell)
