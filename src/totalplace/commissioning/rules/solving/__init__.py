"""Solvers: which plan reaches most, within what may be done, with the proof of it."""

from totalplace.commissioning.rules.solving.baselines import by_priority, last_year, pro_rata
from totalplace.commissioning.rules.solving.checking import check
from totalplace.commissioning.rules.solving.choosing import solve
from totalplace.commissioning.rules.solving.paying import paid_from

__all__ = ["by_priority", "check", "last_year", "paid_from", "pro_rata", "solve"]
