"""The only writer of hearings, what was said in them, and the partnership."""

from __future__ import annotations

from totalplace.participation.actions.hearing import (
    answer,
    finish_part,
    raise_point,
    reply,
    take_up,
)
from totalplace.participation.actions.holding import (
    add_late_paper,
    conclude,
    extend,
    open_hearing,
)
from totalplace.participation.actions.preparing import (
    add_paper,
    begin,
    leave_out_paper,
    withdraw,
    write_section,
)

__all__ = [
    "add_late_paper",
    "add_paper",
    "answer",
    "begin",
    "conclude",
    "extend",
    "finish_part",
    "leave_out_paper",
    "open_hearing",
    "raise_point",
    "reply",
    "take_up",
    "withdraw",
    "write_section",
]
