"""Sums with their names, and where each stands in a treemap."""

from __future__ import annotations

from dataclasses import dataclass

from totalplace.doors.report.pictures.drawing import Box


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sum in pence with its name; None where it is not known. `status` is one of STATUSES."""

    name: str
    pence: int | None
    status: str = "measured"


@dataclass(frozen=True, slots=True)
class Branch:
    """What belongs together: an agency with its services, or a service with its agencies."""

    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A leaf in its place, under its branch."""

    branch: str
    leaf: Leaf
    pence: int
    box: Box


@dataclass(frozen=True, slots=True)
class Field:
    """A branch in its place: the sum of what is drawn of it, and its tiles."""

    name: str
    pence: int
    box: Box
    tiles: tuple[Tile, ...]
