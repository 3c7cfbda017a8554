"""Ruling on lines, freezing editions, and deciding about them: the only writers of the room."""

from totalplace.count.actions.editions import decide, freeze
from totalplace.count.actions.rulings import rule, withdraw

__all__ = ["decide", "freeze", "rule", "withdraw"]
