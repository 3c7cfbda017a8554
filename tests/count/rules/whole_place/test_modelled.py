"""What no return shows is estimated in several ways, and shown with its range."""

from __future__ import annotations

from totalplace.count.rules.whole_place.lines import Status
from totalplace.count.rules.whole_place.modelled import (
    Older,
    Programme,
    estimates,
    is_missing,
    modelled,
    raised,
)  # fmt: skip
from totalplace.count.rules.whole_place.shares import Share

NHS = Programme(
    "nhs_care", "NHS care", "nhs-board", ("nhs_care",), "allocation",
    {2014: 1_000, 2021: 1_400}, {2021: 56}, "Planned.",
)  # fmt: skip
SHARES = [Share("people", 2, 100, "census"), Share("patients", 3, 100, "practices")]
PRICES = {2014: 80, 2021: 100}


def test_an_older_total_is_raised_by_funding_and_by_prices() -> None:
    older = Older("allocations", 2014, 600, "allocations.csv")
    found = estimates(NHS, 2021, SHARES, older=older, prices=PRICES)
    assert [e.pence for e in found] == [17, 25, 15, 23, 28, 42]
    line = modelled(NHS, found, year="2021-22", source="x", as_missing=False)
    assert (line.status, line.pence, line.low_pence, line.high_pence) == (
        Status.MODELLED, 17, 15, 42,
    )  # fmt: skip


def test_where_only_national_totals_are_known_it_is_missing_with_a_range() -> None:
    found = estimates(NHS, 2021, SHARES, older=None, prices=PRICES)
    line = modelled(NHS, found, year="2021-22", source="x", as_missing=True)
    assert (line.status, line.pence, line.low_pence, line.high_pence) == (
        Status.MISSING, None, 28, 42,
    )  # fmt: skip


def test_where_nothing_is_known_nothing_is_guessed() -> None:
    assert raised(100, PRICES, 1999, 2021) is None
    found = estimates(NHS, 1999, SHARES, older=None, prices=PRICES)
    line = modelled(NHS, found, year="1999-00", source="x", as_missing=False)
    assert (line.status, line.low_pence) == (Status.MISSING, None)
    assert is_missing(NHS, [line])
