"""What is missing, put so that a gap is seen once and is never taken for nought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from totalplace.count.rules.whole_place.lines import Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole import Titles, whole_page
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.covered import gaps, missing_said
from totalplace.doors.report.whole.grouping import by_service, silent_services
from totalplace.doors.report.whole.headline import headline, three_numbers


@pytest.fixture
def blank(city: WholePlace) -> WholePlace:
    """The city, where the fire authority's form lists five services and gives no sum."""
    fire = next(x for x in city.net_lines if x.agency == "fire")
    empty = [
        replace(
            fire, service=service, status=Status.MISSING, pence=None, low_pence=None,
            high_pence=None, note="The return leaves it blank.",
        )
        for service in ("fire_rescue", "education", "police", "housing", "justice")
    ]  # fmt: skip
    rest = [x for x in city.net_lines if x.agency not in {"fire", "justice"}]
    return replace(city, net_lines=(*rest, *empty))


def test_a_body_whose_form_is_blank_is_one_gap_and_not_one_for_each_service(
    blank: WholePlace, titles: Titles
) -> None:
    report = Report(blank, titles)
    mine = [gap for gap in gaps(report) if "Fire" in gap.name]
    assert [(gap.of, gap.low_pence) for gap in mine] == [("All its services", None)]
    found = {s.name: s for s in by_service(report, blank.lines)}
    assert found["education"].total.missing == found["police"].total.missing == 0
    assert "fire_rescue" not in found


def test_a_service_that_only_a_blank_form_lists_has_no_line(
    blank: WholePlace, titles: Titles
) -> None:
    assert {"fire_rescue", "justice"} <= set(silent_services(Report(blank, titles)))


def test_where_nothing_of_the_gap_can_be_estimated_the_headline_says_so(
    blank: WholePlace, titles: Titles
) -> None:
    report = Report(blank, titles)
    assert "cannot be said" in headline(report).of_whole
    assert missing_said(report) == "Of what is missing, nothing can be estimated."


def test_a_place_of_which_nothing_is_missing_says_no_more_than_that(
    city: WholePlace, titles: Titles
) -> None:
    whole = replace(
        city,
        net_lines=tuple(x for x in city.net_lines if x.pence is not None),
        explained=city.explained[:3],
    )
    report = Report(whole, titles)
    assert missing_said(report) == "No body of the place is missing from this total."
    assert headline(report).of_whole == ""
    assert gaps(report) == []


def test_without_people_no_column_says_so_on_every_row(
    city: WholePlace, titles: Titles, words_of: Callable[[str], str]
) -> None:
    said = words_of(whole_page(replace(city, people=None), titles=titles))
    assert said.count("Per person") == 2  # the headline, and how each figure is made
    assert "How many people live here is not in the register." in said


def test_what_nobody_publishes_about_is_not_known_to_be_paid_in(
    city: WholePlace, titles: Titles
) -> None:
    assert city.numbers is not None
    nothing = replace(city.numbers, paid_in_pence=0, paid_in_unknown_pence=5)
    found = three_numbers(Report(replace(city, numbers=nothing), titles))
    assert found[2].figure == "not known"


def test_payments_alone_say_that_more_is_missing_than_bodies(
    places: dict[str, WholePlace], titles: Titles
) -> None:
    said = missing_said(Report(places["payments alone"], titles))
    assert "published payments leave out pay, benefits" in said
