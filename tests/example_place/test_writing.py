"""The same seed writes the same bytes, and nothing is written over."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from totalplace.example_place import Truth, write_example
from totalplace.refusal import Refused

TINY = 0.004


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        write_example(tmp_path / name, seed=seed, scale=TINY)
    one, same, other = (hashes(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert one.keys() == other.keys()
    assert one != other


def test_a_place_is_never_written_over_another(place: Truth) -> None:
    with pytest.raises(Refused, match="already holds one"):
        write_example(place.folder, seed=1)


@pytest.mark.parametrize("scale", [0, -1, float("nan"), 1000])
def test_a_scale_that_makes_no_place_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(Refused, match="scale"):
        write_example(tmp_path, seed=1, scale=scale)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_of_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, str]] = []
    truth = write_example(
        tmp_path, seed=1, scale=TINY, progress=lambda done, file: told.append((done, file))
    )
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {file for _, file in told} == {sheet.file for sheet in truth.files}
