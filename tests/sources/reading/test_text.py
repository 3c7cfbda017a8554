"""Text files at their edges, where a program that reads in blocks may lose what stands there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from totalplace.sources.reading.text import records, survey, utf8_blocks


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_half_a_character_at_the_end_of_a_file_is_read_alike_whole_and_in_blocks(
    tmp_path: Path, size: int
) -> None:
    path = tmp_path / "cut short.csv"
    path.write_bytes("Supplier,Amount\nCafé,75.60".encode("utf-16")[:-1])
    form = survey(path)
    rows = list(records(path, form))
    assert rows == [["Supplier", "Amount"], ["Café", "75.6\ufffd"]]  # and so is no sum of money
    text = b"".join(utf8_blocks(path, form, size)).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows
