"""Where the bars and bands of a Sankey picture stand; no strokes yet.

Columns from left to right, in each the greatest first; heights are as sums, at one scale. The
layout is our own: of packages for Python, those found draw by matplotlib (pySankey, sankeyflow,
sugikey) or in a browser by script (plotly), and none writes plain SVG.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from totalplace.doors.report.pictures.drawing import Box


@dataclass(frozen=True, slots=True)
class Flow:
    """Money in pence from a name in column `stage` to a name in the next; None is not known.

    The same name in two columns is two bars, so that bodies which pay each other can be shown.
    """

    source: str
    target: str
    pence: int | None
    stage: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """A name in a column. What is put together is no name, whatever a body is called."""

    column: int
    name: str
    is_others: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A stop in its place, with what comes in and what goes out, in pence."""

    stop: Stop
    came: int
    went: int
    box: Box

    @property
    def pence(self) -> int:
        """What the bar is as high as: the greater of the two."""
        return max(self.came, self.went)


@dataclass(frozen=True, slots=True)
class Band:
    """A flow in its place: its upper edge on both sides, and how thick it is, to scale."""

    source: Bar
    target: Bar
    pence: int
    leaves_at: float
    comes_at: float
    thick: float


Sums = Mapping[tuple[Stop, Stop], int]


def gathered(flows: Sequence[Flow], most: int) -> Sums:
    """Flows above zero by their ends; past `most` names in a column, the smallest are one."""
    sums: dict[tuple[Stop, Stop], int] = defaultdict(int)
    for flow in flows:
        if flow.pence is not None and flow.pence > 0:
            ends = Stop(flow.stage, flow.source), Stop(flow.stage + 1, flow.target)
            sums[ends] += flow.pence
    names = _renamed(sums, most)
    merged: dict[tuple[Stop, Stop], int] = defaultdict(int)
    for (source, target), pence in sums.items():
        merged[names[source], names[target]] += pence
    return merged


def _renamed(sums: Sums, most: int) -> dict[Stop, Stop]:
    names = {}
    for stops in by_column(sums).values():
        small = stops[most - 1 :] if len(stops) > most else []
        others = Stop(stops[0].column, f"{len(small)} others", is_others=True)
        names.update({stop: others if stop in small else stop for stop in stops})
    return names


def by_column(sums: Sums) -> dict[int, list[Stop]]:
    """The stops of each column, the greatest first and what is put together last."""
    size = {stop: max(both) for stop, both in came_and_went(sums).items()}
    columns: dict[int, list[Stop]] = defaultdict(list)
    for stop in sorted(size, key=lambda stop: (stop.is_others, -size[stop], stop.name)):
        columns[stop.column].append(stop)
    return dict(sorted(columns.items()))


def came_and_went(sums: Sums) -> dict[Stop, tuple[int, int]]:
    """What comes into each stop, and what goes out of it."""
    came: dict[Stop, int] = defaultdict(int)
    went: dict[Stop, int] = defaultdict(int)
    for (source, target), pence in sums.items():
        went[source] += pence
        came[target] += pence
    return {stop: (came[stop], went[stop]) for stop in {**went, **came}}


def bands(sums: Sums, bars: Mapping[Stop, Bar], pence_per_pixel: float) -> list[Band]:
    """The bands between the bars, in the order of what they meet, so that few of them cross."""
    order = {stop: bar.box.y for stop, bar in bars.items()}
    leaves = _offsets(sums, bars, order, end=0)
    comes = _offsets(sums, bars, order, end=1)
    found = []
    for ends in sorted(sums, key=lambda ends: (ends[0].column, order[ends[0]], order[ends[1]])):
        source, target = bars[ends[0]], bars[ends[1]]
        found.append(
            Band(
                source=source,
                target=target,
                pence=sums[ends],
                leaves_at=source.box.y + leaves[ends] / pence_per_pixel,
                comes_at=target.box.y + comes[ends] / pence_per_pixel,
                thick=sums[ends] / pence_per_pixel,
            )
        )
    return found


def _offsets(
    sums: Sums, bars: Mapping[Stop, Bar], order: Mapping[Stop, float], *, end: int
) -> dict[tuple[Stop, Stop], int]:
    """How much money lies above each flow on its bar."""
    above = dict.fromkeys(bars, 0)
    found = {}
    for ends in sorted(sums, key=lambda ends: (order[ends[1 - end]], ends)):
        found[ends] = above[ends[end]]
        above[ends[end]] += sums[ends]
    return found
