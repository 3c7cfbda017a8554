"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.monitoring.models.watching import Finding, Rebase, Watch

__all__ = ["Finding", "Rebase", "Watch"]
