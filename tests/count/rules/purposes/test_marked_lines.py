"""Lines of eleven bodies, marked by hand before the classifier saw them.

Draw 1 was marked before the words were written and has since served to correct them. Draw 2 was
drawn and marked after that, so it measures. The bars are what was found, less a little.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.words import Words

MARKED = Path(__file__).parents[2] / "purposes_marked.csv"


def marked(draw: str = "") -> list[dict[str, str]]:
    with MARKED.open(encoding="utf-8", newline="") as text:
        return [row for row in csv.DictReader(text) if draw in ("", row["draw"])]


def test_five_hundred_lines_of_eleven_bodies_are_marked_with_services_of_the_list() -> None:
    rows = marked()
    assert Counter(row["draw"] for row in rows) == {"1": 300, "2": 196}
    assert len({row["body"] for row in rows}) == 11
    named = {row["service"] for row in rows} | {s for r in rows for s in r["also"].split(";") if s}
    assert named <= set(services())


@pytest.mark.parametrize(("draw", "right", "left"), [("1", 0.94, 0.08), ("2", 0.91, 0.11)])
def test_what_is_said_of_marked_lines_is_right(draw: str, right: float, left: float) -> None:
    tally: Counter[str] = Counter()
    for row in marked(draw):
        line = Words(row["unit"], row["purpose"], row["detail"], row["payee"])
        (told,) = classifier().classify([line], agency_kind=row["agency_kind"])
        if row["service"] != "unclassified":
            is_left = told.service == "unclassified"
            tally["left" if is_left else str(told.service == row["service"])] += 1
    said = tally["True"] + tally["False"]
    assert tally["True"] / said >= right, tally
    assert tally["left"] / (said + tally["left"]) <= left, tally


def test_most_lines_that_cannot_be_told_are_left_so() -> None:
    rows = [row for row in marked() if row["service"] == "unclassified"]
    said = 0
    for row in rows:
        line = Words(row["unit"], row["purpose"], row["detail"], row["payee"])
        (told,) = classifier().classify([line], agency_kind=row["agency_kind"])
        said += told.service not in ("unclassified", *row["also"].split(";"))
    assert said / len(rows) < 0.15
