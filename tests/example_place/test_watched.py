"""What the example place is watched by is made up, the same from the same seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from totalplace.example_place.watched.staff import quarters
from totalplace.example_place.watched.tables import SLID_FOR, write_attendances


def test_the_same_seed_makes_the_same_attendances_and_staff(tmp_path: Path) -> None:
    on = date(2026, 11, 26)
    path, slide = write_attendances(tmp_path, on=on, seed=1)
    again, _ = write_attendances(tmp_path / "again", on=on, seed=1)
    assert path.read_bytes() == again.read_bytes()
    assert (slide.last.year * 12 + slide.last.month) - (
        slide.since.year * 12 + slide.since.month
    ) == SLID_FOR - 1
    assert list(quarters(on, seed=1)) == list(quarters(on, seed=1))
