"""The only readers of the room: frozen rows, never models."""

from __future__ import annotations

from totalplace.monitoring.queries.findings import FindingRow, finding, findings, findings_of
from totalplace.monitoring.queries.glancing import glanced
from totalplace.monitoring.queries.looking import Look, SeenRow, look
from totalplace.monitoring.queries.watching import (
    RebaseRow,
    WatchRow,
    left_out_of,
    rebases,
    watch_of,
    watched_in,
)

__all__ = [
    "FindingRow",
    "Look",
    "RebaseRow",
    "SeenRow",
    "WatchRow",
    "finding",
    "findings",
    "findings_of",
    "glanced",
    "left_out_of",
    "look",
    "rebases",
    "watch_of",
    "watched_in",
]
