"""Ledgers as real systems write them are read whole: rows and pence as independently counted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from totalplace.ledger.reading.partner_file import read_partner_file

SPENDING: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "spend_lancashire"
pytestmark = pytest.mark.skipif(
    not SPENDING.is_dir(), reason="the published files are not beside this checkout"
)


# Rows and pence: QUIRKS.md beside the files, which were counted independently, twice.
@pytest.mark.parametrize(
    ("files", "rows", "pence"),
    [
        ("hyndburn_raw/hyndburn-2023-0[4-9]*", 3168, None),
        ("hyndburn_raw/hyndburn-2025-03*", 888, None),  # its heads stand on the last record
        ("police_raw/pcc-2023-24.xlsx", 9289, 10_432_277_362),  # a sheet a month
    ],
)
def test_every_row_of_a_ledger_is_read_and_every_penny(
    files: str, rows: int, pence: int | None
) -> None:
    paths = sorted(SPENDING.glob(files))
    assert paths
    found = [read_partner_file(path, name=path.name)[0] for path in paths]
    assert [fault for one in found for fault in one.faults] == []
    lines = [line for one in found for line in one.lines]
    assert len(lines) == rows
    if pence is not None:
        assert sum(line.pence for line in lines) == pence
