"""Hearings in which a partnership was asked: whether it has spoken, may yet, or was silent."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from totalplace.participation.queries.hearings import hearings
from totalplace.participation.queries.rows import HearingRow
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.replies import PointKind


class Spoke(StrEnum):
    """What came of asking a partnership. Silence is shown as silence, and stops nothing."""

    ADVISED = "it advised"
    ASKED = "it is asked"
    SILENT = "it was silent"


def asked(place: str, *, on: date) -> list[tuple[HearingRow, Spoke]]:
    """The hearings of a place in which its partnership was asked, the latest begun first.

    Those that are drafts or withdrawn are left out.
    """
    kept = (Stage.DRAFT, Stage.WITHDRAWN)
    return [
        (one, _spoke(one, on))
        for one in hearings(place=place)
        if one.asks_partnership and one.stage(on) not in kept
    ]


def _spoke(row: HearingRow, on: date) -> Spoke:
    if any(point.kind is PointKind.ADVICE for point in row.points):
        return Spoke.ADVISED
    return Spoke.ASKED if row.stage(on) is Stage.OPEN else Spoke.SILENT
