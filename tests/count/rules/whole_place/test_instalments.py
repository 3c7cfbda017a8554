"""A silent instalment is told by its equals, and never against what another says."""

from __future__ import annotations

from dataclasses import replace

from totalplace.count.rules.whole_place.instalments import Instalment, whose

POLICE = Instalment("district", "county", 2024, 58_198_200, "police", 9, "passed_on", "revenue")
SILENT = replace(POLICE, says="", rows=1)


def test_a_silent_instalment_belongs_to_whom_its_equals_name() -> None:
    assert whose([POLICE, SILENT]) == {SILENT: "police"}


def test_two_instalments_are_too_few_to_tell() -> None:
    assert whose([replace(POLICE, rows=2), SILENT]) == {}


def test_where_equals_name_two_bodies_nothing_is_told() -> None:
    assert whose([POLICE, replace(POLICE, says="fire"), SILENT]) == {}


def test_another_year_or_sum_or_payer_tells_nothing() -> None:
    for other in (
        replace(SILENT, year_start=2023),
        replace(SILENT, pence=58_198_201),
        replace(SILENT, payer="another"),
    ):
        assert whose([POLICE, other]) == {}
