"""What the example place is watched by is made up, the same from the same seed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from totalplace.example_place.heard.course import Heard
from totalplace.example_place.watched.course import watch
from totalplace.example_place.watched.staff import quarters
from totalplace.example_place.watched.tables import SLID_FOR, write_attendances
from totalplace.monitoring.rules.answering import Stage
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home


def test_the_same_seed_makes_the_same_attendances_and_staff(tmp_path: Path) -> None:
    on = date(2026, 11, 26)
    path, slide = write_attendances(tmp_path, on=on, seed=1)
    again, _ = write_attendances(tmp_path / "again", on=on, seed=1)
    assert path.read_bytes() == again.read_bytes()
    assert (slide.last.year * 12 + slide.last.month) - (
        slide.since.year * 12 + slide.since.month
    ) == SLID_FOR - 1
    assert list(quarters(on, seed=1)) == list(quarters(on, seed=1))


def test_where_no_agreement_is_signed_a_remedy_is_agreed_that_cites_no_promise(
    heard: Heard, tmp_path: Path
) -> None:
    """As in an installation without the documents extra, which signs nothing."""
    home = Home(tmp_path / "home")
    found = watch(tmp_path, home=home, by=Operator("Ada"), on=datetime.now(UTC), seed=1)
    (answered,) = (row for row in found.answered if row.moves)
    assert answered.course.stage is Stage.AGREED
    assert answered.remedy is not None
    assert answered.remedy.pays == ()
    assert found.slid is not None
