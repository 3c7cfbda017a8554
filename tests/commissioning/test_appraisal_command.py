"""`totalplace plan appraisal`: kept from a workbook, changed, published, and effects accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from totalplace.commissioning.definitions.appraisal.reading import method
from totalplace.commissioning.queries.appraisals import accepted, appraisal
from totalplace.commissioning.rules.appraisal import appraise
from totalplace.doors.cli.main import totalplace
from totalplace.doors.report.appraisal import appraisal_book
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

from .appraisals_made import uncertain

pytestmark = pytest.mark.django_db
WHY = ("--reason", "To see who gains")


def said(*words: str) -> str:
    """What a command says; what it refuses is raised."""
    result = CliRunner().invoke(totalplace, ["plan", "appraisal", *words])
    if isinstance(result.exception, Refused):
        raise result.exception
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_an_appraisal_goes_from_a_workbook_to_the_public(tmp_path: Path, noon: datetime) -> None:
    places.register_place("wexshire", name="Wexshire", by=Operator("Ada"), on=noon)
    path, later, bad = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
    path.write_bytes(appraisal_book(appraise(uncertain(), method(), draws=5)))
    longer = replace(uncertain(), years=12)
    later.write_bytes(appraisal_book(appraise(longer, method(), draws=5)))
    bad.write_bytes(appraisal_book(None))
    assert "There are no appraisals" in said("list")
    assert "is kept as appraisal wexshire/1" in said("keep", "wexshire", str(path), *WHY)
    with pytest.raises(Refused, match="was not kept"):
        said("keep", "wexshire", str(bad), *WHY)
    assert "Version 2" in said("change", "wexshire/1", str(later), *WHY)
    assert "Version 2 of appraisal wexshire/1 is published" in said("publish", "wexshire/1", *WHY)
    assert appraisal("wexshire/1").last.published_on is not None
    listed = said("list", "--place", "wexshire")
    assert "10 of 12" in listed
    assert "yes" in listed
    assert "No effect was accepted" in said("effects", "wexshire")
    which = ("reablement", "own/at-home", "E10000017")
    told = said("accept-effect", "wexshire", *which, "--reason", "Three wards tried it")
    assert "accepted-effect wexshire/1" in told
    assert accepted("wexshire")[0].reason == "Three wards tried it"
    assert "Three wards tried it" in said("effects", "wexshire")
