"""Where money comes from and goes to, as bands."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.report.pictures import streams
from totalplace.doors.report.pictures.drawing import Box
from totalplace.doors.report.pictures.sankey import (
    THINNEST,
    Laid,
    columns_for,
    laid_out,
    sankey,
)
from totalplace.doors.report.pictures.streams import Flow, Stop, gathered

M = 1_000_000_00
HEADS = ("Comes from", "Spent by", "Spent on")
FLOWS = [
    Flow("Council tax", "Council", 300 * M),
    Flow("Council tax", "Police", 100 * M),
    Flow("Home Office", "Police", 200 * M),
    Flow("Council", "Education", 300 * M, 1),
    Flow("Police", "Policing", 300 * M, 1),
]

names = st.sampled_from([f"Body {n}" for n in range(20)])
flows = st.lists(
    st.builds(Flow, names, names, st.none() | st.integers(-(10**6), 10**13), st.integers(0, 1)),
    max_size=40,
)


def _laid(found: list[Flow], *, most: int = 12) -> Laid:
    sums = gathered(found, most)
    return laid_out(sums, columns_for(sums, len(HEADS), 1000), Box(0, 0, 1000, 400))


@given(flows, st.integers(2, 14))
def test_no_pound_is_lost_where_names_are_put_together(found: list[Flow], most: int) -> None:
    sums = gathered(found, most)
    for stage in (0, 1):
        drawn = sum(pence for (source, _), pence in sums.items() if source.column == stage)
        assert drawn == sum(f.pence for f in found if f.stage == stage and (f.pence or 0) > 0)  # type: ignore[misc]
    assert all(len(stops) <= most for stops in streams.by_column(sums).values())


@given(flows.filter(lambda found: any((flow.pence or 0) > 0 for flow in found)))
def test_heights_are_as_sums_and_bands_fill_their_bars(found: list[Flow]) -> None:
    laid = _laid(found)
    leaving: dict[Stop, float] = defaultdict(float)
    coming: dict[Stop, float] = defaultdict(float)
    for band in laid.bands:
        assert band.thick == pytest.approx(band.pence / laid.pence_per_pixel)
        leaving[band.source.stop] += band.thick
        coming[band.target.stop] += band.thick
        for top, bar in ((band.leaves_at, band.source), (band.comes_at, band.target)):
            assert bar.box.y - 1e-6 <= top
            assert top + band.thick <= bar.box.bottom + 1e-6
    for stop, bar in laid.bars.items():
        assert leaving[stop] == pytest.approx(bar.went / laid.pence_per_pixel)
        assert coming[stop] == pytest.approx(bar.came / laid.pence_per_pixel)
        assert bar.box.high == pytest.approx(max(THINNEST, bar.pence / laid.pence_per_pixel))


@given(flows.filter(lambda found: any((flow.pence or 0) > 0 for flow in found)))
def test_bands_of_a_bar_do_not_cover_each_other(found: list[Flow]) -> None:
    by_bar: dict[tuple[Stop, str], list[tuple[float, float]]] = defaultdict(list)
    for band in _laid(found).bands:
        by_bar[band.source.stop, "out"].append((band.leaves_at, band.leaves_at + band.thick))
        by_bar[band.target.stop, "in"].append((band.comes_at, band.comes_at + band.thick))
    for spans in by_bar.values():
        ordered = sorted(spans)
        for (_, end), (start, _) in pairwise(ordered):
            assert end <= start + 1e-6


@given(flows.filter(lambda found: any((flow.pence or 0) > 0 for flow in found)))
def test_bars_of_a_column_do_not_touch(found: list[Flow]) -> None:
    laid = _laid(found)
    for column in range(3):
        boxes = sorted(
            (b.box for s, b in laid.bars.items() if s.column == column), key=lambda b: b.y
        )
        for upper, lower in pairwise(boxes):
            assert upper.bottom < lower.y


def test_the_greatest_stand_first_and_what_is_put_together_last() -> None:
    found = [Flow(f"Payer {n}", "Council", n * M) for n in range(1, 21)]
    stops = streams.by_column(gathered(found, 5))[0]
    assert [stop.name for stop in stops] == [
        "Payer 20",
        "Payer 19",
        "Payer 18",
        "Payer 17",
        "16 others",
    ]


def test_a_body_that_is_called_others_is_not_taken_for_what_is_put_together() -> None:
    found = [Flow("2 others", "Council", 9 * M), *[Flow(f"P{n}", "Council", M) for n in range(2)]]
    assert len(streams.by_column(gathered(found, 2))[0]) == 2


def test_bodies_that_pay_each_other_stand_on_both_sides() -> None:
    found = [Flow("Council", "NHS board", 3 * M), Flow("NHS board", "Council", 5 * M)]
    svg = sankey("Transfers", found, heads=("Pays", "Is paid"), width=1000, height=300)
    assert "<title>Council to NHS board: £3.0m</title>" in svg
    assert "<title>NHS board to Council: £5.0m</title>" in svg


def test_what_cannot_be_drawn_is_listed() -> None:
    found = [*FLOWS, Flow("Fines", "Council", None), Flow("Grant", "Police", -2 * M)]
    svg = sankey("Money", found, heads=HEADS, width=1000, height=300)
    assert "Fines to Council, not known; Grant to Police, -£2.0m." in svg


def test_what_is_drawn_thicker_than_to_scale_is_said_with_its_sum() -> None:
    thin = [*FLOWS, Flow("Fines", "Council", 10_000_00)]
    svg = sankey("Money", thin, heads=HEADS, width=1000, height=300)
    assert "Bands of less than £3.0m are drawn thicker than to scale" in svg
    assert "thicker" not in sankey("Money", FLOWS, heads=HEADS, width=1000, height=300)


def test_where_more_goes_out_than_comes_in_it_is_said() -> None:
    found = [*FLOWS, Flow("Council", "Roads", 7 * M, 1)]
    svg = sankey("Money", found, heads=HEADS, width=1000, height=300)
    assert "Council (£7.0m more goes out)" in svg


def test_the_description_says_the_columns_and_the_greatest_flows() -> None:
    svg = sankey("Money", FLOWS, heads=HEADS, width=1000, height=300)
    assert "Comes from: £600 million, of which Council tax £400 million" in svg
    assert "Council tax to Council £300 million" in svg


def test_nothing_to_draw_is_said() -> None:
    svg = sankey("Money", [], heads=HEADS, width=1000, height=300)
    assert "There is no flow to draw." in svg


@pytest.mark.parametrize(
    ("found", "heads"),
    [([Flow("A", "B", 1, 2)], HEADS), ([Flow("A", "B", 1, -1)], HEADS), ([], ("Alone",))],
)
def test_a_flow_outside_the_columns_is_refused(found: list[Flow], heads: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="each has a head"):
        sankey("Money", found, heads=heads, width=1000, height=300)
