"""The whole-place count on a terminal: the same figures, in words that move no cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.cli.whole_place import show_whole
from totalplace.doors.report.whole import Titles


@pytest.fixture
def shown(
    city: WholePlace, titles: Titles, shown_beside: Callable[[str], dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> str:  # fmt: skip
    """What is printed of the city."""
    beside = shown_beside("")
    del beside["themes"]
    show_whole(city, titles=titles, written=[Path("count.html")], **beside)
    return capsys.readouterr().out


def test_the_first_line_says_what_is_counted_and_how_well(shown: str) -> None:
    first = shown.splitlines()[0]
    assert first.startswith("Known to be spent for Wexshire in 2021-22: £8.2bn (between £7.9bn")
    assert "missing: 2 bodies" in first


def test_every_part_is_printed_in_its_order(shown: str) -> None:
    parts = [
        "Net: what bodies take in", "What it is spent on", "Who decides", "Body by body",
        "Three different sums", "Each pound once", "What is held", "Why payments changed",
        "Beside other places", "What is missing", "Written: count.html",
    ]  # fmt: skip
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_the_figures_are_those_of_the_count(shown: str) -> None:
    for figure in (
        "£8,230,000,001", "£2.0bn to £2.7bn", "all apportioned", "£99,000,000",
        "payments come to 19% of this body’s accounts.", "not known (£60,000,000 to £95,000,000)",
        "Housing Benefit stands in two returns",
    ):  # fmt: skip
        assert figure in shown, figure


def test_what_is_not_known_is_never_printed_as_nought(
    places: dict[str, WholePlace], titles: Titles, capsys: pytest.CaptureFixture[str]
) -> None:
    show_whole(places["nearly nothing"], titles=titles)
    said = capsys.readouterr().out
    assert "£0" not in said
    assert said.count("not known") > 5


def test_payments_alone_are_printed_as_gross(
    places: dict[str, WholePlace], titles: Titles, capsys: pytest.CaptureFixture[str]
) -> None:
    show_whole(places["payments alone"], titles=titles)
    said = capsys.readouterr().out
    assert "Gross: money out" in said
    assert "payments alone do not say it" in said


def test_a_name_cannot_move_the_cursor(
    city: WholePlace, titles: Titles, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "North\x1b[2J\x07 [bold]Council[/bold]"
    lines = tuple(replace(x, agency_name=name, note=name) for x in city.net_lines)
    show_whole(replace(city, place_name=name, net_lines=lines), titles=titles)
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "[bold]Council[/bold]" in said
