"""The watch for other programs: what anybody reads, each figure that is missing as null."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from totalplace.doors import records
from totalplace.monitoring.actions.watching import look_at
from totalplace.sources.home import Home

# One builder serves the room's own tests and those of its doors.
from ..monitoring.watch_made import ADA, a_watched_place  # noqa: TID252

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def looked(tmp_path: Path) -> None:
    """A place of which one outcome jumped, after the watch looked once."""
    home = Home(records.home_folder())
    a_watched_place(tmp_path, home, on=THEN)
    look_at("wexshire", home=home, by=ADA, on=THEN + timedelta(days=1))


def test_a_program_reads_a_place_its_series_its_findings_and_the_record(
    looked: None, anybody: Any
) -> None:
    glance = anybody.get("/monitoring/places/wexshire").json()
    assert glance["promise"] == 4
    assert {one["sign"] for one in glance["series"]} == {"worse", "no sign of change"}
    (bad,) = [one for one in glance["series"] if one["sign"] == "worse"]
    assert bad["change"]["since"] == "2021/22"
    assert bad["change"]["evidence"] > bad["change"]["limit"]
    one = anybody.get("/monitoring/places/wexshire/series", code=bad["code"]).json()
    assert len(one["figures_of"]) == 13
    assert one["figures_of"][-1]["value"] == 17.1
    assert one["figures_of"][0]["numerator"] is None
    (found,) = anybody.pages("/monitoring/findings", place="wexshire")
    assert found["citation"] == "finding wexshire/1"
    assert anybody.get("/monitoring/findings/wexshire/1").json() == found
    areas = anybody.get("/monitoring/areas/adult-obesity").json()
    assert len(areas["areas"]) == 6
    record = anybody.get("/monitoring/scorecard").json()
    assert record["readiness"]["agreement"] is None
    assert record["alarms"]["older"] == 1
    for at in ("places/nowhere", "places/wexshire/series?code=none", "findings?place=nowhere",
               "findings/wexshire/9", "areas/none"):  # fmt: skip
        answer = anybody.client.get(f"/api/v1/monitoring/{at}")
        assert answer.status_code == 404, answer.content
