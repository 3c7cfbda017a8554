"""The tables of limits that ship, read once. Unknown and missing keys are refused."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from totalplace.entitlements.rules.written import written
from totalplace.monitoring.rules.detecting.limits import Limits
from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm, grid
from totalplace.refusal import Refused

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "seed", "quiet_series",
    "checked", "tables",
}  # fmt: skip
_HEADS: Final = ("follows", "season", "wild", "points")


@cache
def limits() -> Limits:
    """The limits that ship. Raises Refused for a table that is none."""
    spot = written(_text("limits.yaml"), what="The definition of the limits of the watch")
    spot.only(_KEYS)
    tables: dict[Rhythm, Numbers] = {}
    points, chances = np.array([]), np.array([])
    for rhythm in Rhythm:
        name = spot.at("tables").text(rhythm.value)
        points, chances, tables[rhythm] = read_table(_text(name), rhythm, name)
    usual = {rhythm: table[:-1] for rhythm, table in tables.items()}
    wild = {rhythm: table[-1] - table[0] for rhythm, table in tables.items()}
    return Limits(usual, wild, points, chances)


def read_table(text: str, rhythm: Rhythm, name: str) -> tuple[Numbers, Numbers, Numbers]:
    """Points, chances and logarithms of limits from a table. Raises Refused where it is none.

    Its strengths are those of the grid, and last the first of them with points far out.
    """
    rows = list(csv.reader(text.splitlines()))
    try:
        if tuple(rows[0][:4]) != _HEADS:
            raise ValueError("it begins with other columns")  # noqa: TRY301
        chances = np.array([float(one) for one in rows[0][4:]])
        numbers = np.array([[float(cell) for cell in row] for row in rows[1:]])
        nulls = grid(rhythm)
        table = numbers.reshape(len(nulls) + 1, -1, numbers.shape[1])
        said = [(float(one[0, 0]), float(one[0, 1]), float(one[0, 2])) for one in table]
        wanted = [(null.follows, null.season, 0.0) for null in nulls]
        if said != [*wanted, (nulls[0].follows, nulls[0].season, 1.0)]:
            raise ValueError("it is not of the strengths that are weighed")  # noqa: TRY301
        if not np.isfinite(table).all() or np.any(np.diff(chances) >= 0):
            raise ValueError("a number is lacking, or chances do not fall")  # noqa: TRY301
    except (ValueError, IndexError) as error:
        raise Refused(
            f"The table of limits {name} cannot be read",
            why=str(error),
            next_step="Make it again with benchmarks/watch_limits.py",
        ) from error
    return table[0, :, 3], chances, table[:, :, 4:]


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
