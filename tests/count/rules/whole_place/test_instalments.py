"""A silent instalment is told by its equals, and never against what another says."""

from __future__ import annotations

from dataclasses import replace

from totalplace.count.rules.whole_place.instalments import Instalment, sure, whose

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


def test_what_perhaps_is_an_instalment_is_one_beside_three_equals() -> None:
    speaking = [replace(POLICE, rows=3)]
    perhaps = replace(SILENT, perhaps=True)
    other = replace(perhaps, pence=perhaps.pence + 1)
    assert sure([*speaking, perhaps, other]) == {perhaps}
    assert whose([*speaking, perhaps]) == {perhaps: "police"}
    assert sure([replace(speaking[0], rows=2), perhaps]) == set()


def test_what_perhaps_is_an_instalment_speaks_for_no_other() -> None:
    perhaps = replace(POLICE, perhaps=True)
    assert whose([perhaps, SILENT]) == {}
    assert sure([perhaps]) == set()
