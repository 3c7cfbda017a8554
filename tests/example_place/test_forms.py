"""Every form that agencies publish in occurs, and sums survive each way of writing them."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.example_place import Truth
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.truth import SheetTruth

SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t", "pipes": "|"}
WORDS = [
    amounts.plain, amounts.commas, amounts.pounds, amounts.pounds_spaced, amounts.bracketed,
    amounts.pounds_bracketed, amounts.trailing_minus, amounts.credit_marked, amounts.spaced,
    amounts.hard_spaced,
]  # fmt: skip


@pytest.mark.parametrize("written", WORDS)
@given(pence=st.integers(-(10**12), 10**12))
def test_a_sum_in_words_keeps_its_digits_and_its_sign(
    written: Callable[[int], str], pence: int
) -> None:
    text = written(pence)
    assert int(re.sub(r"\D", "", text)) == abs(pence)
    assert bool(re.search(r"[-(]|CR", text)) is (pence < 0)


@pytest.mark.parametrize("written", [amounts.number, amounts.noisy])
@given(pence=st.integers(-(10**11), 10**11))
def test_a_sum_as_a_number_rounds_to_the_same_pence(
    written: Callable[[int], float], pence: int
) -> None:
    assert round(float(f"{written(pence):.16G}") * 100) == pence


def test_some_numbers_are_noisy_in_the_workbook() -> None:
    assert f"{amounts.noisy(123457):.16G}" != "1234.57"


def test_days_are_written_as_agencies_write_them() -> None:
    day = date(2023, 6, 9)
    assert dates.slashed(day) == "09/06/2023"
    assert dates.american(day) == "06/09/2023"
    assert dates.short_month(day) == "9-Jun-23"
    assert dates.long(day) == "9 June 2023"
    assert dates.two_digit_year(day) == "09/06/23"
    assert dates.month_only(day) == "Jun-23"
    assert dates.serial(day) == 45086


def text_of(place: Truth, sheet: SheetTruth) -> bytes:
    path = place.published() / sheet.file
    if path.suffix == ".zip":
        return zipfile.ZipFile(path).read(sheet.sheet)
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def records(place: Truth, sheet: SheetTruth) -> list[list[str]]:
    """The records of a text file, read in the form that the truth states."""
    stated = re.search(r"(utf-8-sig|utf-8|utf-16|cp1252), (\w+)", sheet.form)
    assert stated is not None
    text = text_of(place, sheet).decode(stated[1])
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[stated[2]]))


def text_sheets(place: Truth) -> list[SheetTruth]:
    return [sheet for sheet in place.files if not sheet.file.endswith((".xlsx", ".ods"))]


def test_every_text_file_has_as_many_records_as_the_truth_says(place: Truth) -> None:
    for sheet in text_sheets(place):
        rows = records(place, sheet)
        assert len(rows) == sheet.rows_in, sheet.file
        assert sum(not any(row) for row in rows) == sheet.blank, sheet.file


def test_every_encoding_and_separator_occurs(place: Truth) -> None:
    stated = {sheet.form.split(";")[0].removeprefix("gzipped ").removeprefix("zipped ")
              for sheet in text_sheets(place)}  # fmt: skip
    for wanted in ("utf-8, commas", "utf-8-sig, commas", "utf-16, tabs", "cp1252, commas",
                   "utf-8, semicolons", "utf-8, pipes", "utf-8, tabs"):  # fmt: skip
        assert wanted in stated
    starts = [text_of(place, sheet)[:3] for sheet in text_sheets(place)]
    assert codecs.BOM_UTF8 in starts
    assert any(start.startswith(codecs.BOM_UTF16_LE) for start in starts)


def test_some_files_need_the_western_code_page(place: Truth) -> None:
    western = [text_of(place, sheet) for sheet in text_sheets(place) if "cp1252" in sheet.form]
    for byte in (b"\xa3", b"\xe9", b"\x96"):  # £, é and the en dash
        assert any(byte in content for content in western)
    with pytest.raises(UnicodeDecodeError):
        b"".join(western).decode("utf-8")


def test_cells_hold_line_breaks_and_doubled_quotes(place: Truth) -> None:
    texts = [text_of(place, sheet) for sheet in text_sheets(place)]
    assert any(b'see ""schedule' in text for text in texts)
    cells = [cell for sheet in text_sheets(place) for row in records(place, sheet) for cell in row]
    assert any("\n" in cell for cell in cells)
    assert any(cell.startswith("###") for cell in cells)
    assert "#REF!" in cells
    assert "see note" in cells


def test_headers_stand_first_last_twice_and_not_at_all(place: Truth) -> None:
    headers = {sheet.header for sheet in place.files if sheet.payments}
    assert {0, 1, 2} <= headers
    last = next(s for s in place.files if s.file.endswith("DQ/2024-25/March-2025.csv"))
    assert "Name" in records(place, last)[-1]


def test_some_rows_are_wider_than_their_header(place: Truth) -> None:
    ragged = [sheet for sheet in text_sheets(place) if "wider" in sheet.form]
    tables = [records(place, sheet) for sheet in ragged]
    assert sum(max(len(row) for row in table) > len(table[0]) for table in tables) > 12


def test_dates_with_the_month_first_can_be_proved_in_every_file(place: Truth) -> None:
    for sheet in place.files:
        if sheet.agency == "EX-CA":
            days = [row[3][3:5] for row in records(place, sheet)[1:] if row[3][:1] != "#"]
            assert max(days) > "12", sheet.file
