"""The count of the example place: what it says, beside what was planted and what is true."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path

from totalplace.count import queries
from totalplace.count.rules.published import Weight
from totalplace.count.rules.tallies import Kind
from totalplace.example_place import write_example
from totalplace.example_place.naming import PLACE
from totalplace.example_place.taking_in import take_in
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

# What the place's own truth calls a trap of a series, and what the count says of it.
PLANTED = {
    ("EX-FA", "Missing months"),
    ("EX-PC", "Part of a year"),
    ("EX-DQ", "From net to VAT-inclusive in mid-series"),
    ("EX-DQ", "A jump between years"),
    ("EX-DQ", "The same payments in two files"),
    ("EX-DV", "Publication threshold changes"),
    ("EX-HT", "Invoice totals repeated on each line"),
}
PLANTED_NOTES = {
    ("EX-FA", "Names lose their capitals"),
    ("EX-CA", "Month before day"),
    ("EX-DQ", "Minus signs after the figure"),
    ("EX-DQ", "Header on the last row"),
}


def test_the_count_is_the_truth_and_says_every_trap_and_no_other(
    tmp_path: Path, noon: datetime, db: None
) -> None:
    truth = write_example(tmp_path, scale=0.2)
    home = Home(tmp_path / "home")
    list(take_in(tmp_path, home=home, by=Operator("test"), on=noon, seen=lambda path: None))
    count = queries.count(home, place=PLACE)
    assert count.agrees

    counted: dict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for year in count.agency_years:
        for kind in Kind:
            tally = year.tallies.of(kind)
            if tally.rows:
                counted[year.agency.code, year.year, kind.value] = (tally.rows, tally.pence)
    true: dict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for total in truth.totals:
        if total.kind in set(Kind):
            rows, pence = true[total.agency, total.published_for, total.kind]
            true[total.agency, total.published_for, total.kind] = (
                rows + total.rows, pence + total.pence,
            )  # fmt: skip
    assert counted == true

    said = {(f.agency.code, f.topic) for f in count.findings if f.weight is Weight.FIGURES}
    assert said == PLANTED
    notes = {(f.agency.code, f.topic) for f in count.findings if f.weight is Weight.NOTE}
    assert notes >= PLANTED_NOTES
    when = {f.topic: f.period for f in count.findings}
    assert when["From net to VAT-inclusive in mid-series"] == "from February 2024"
    assert when["Publication threshold changes"] == "from October 2023"
    assert when["Invoice totals repeated on each line"] == "March 2024"
