"""The only writers of the room: one verb an action."""

from __future__ import annotations

from totalplace.ledger.actions.deeds import do, do_all
from totalplace.ledger.actions.opening import (
    NewBook,
    NewLine,
    add_line,
    close_period,
    open_book,
    set_limit,
)
from totalplace.ledger.actions.posting import Entered, post, post_many, reverse
from totalplace.ledger.actions.sealing import seal

__all__ = [
    "Entered",
    "NewBook",
    "NewLine",
    "add_line",
    "close_period",
    "do",
    "do_all",
    "open_book",
    "post",
    "post_many",
    "reverse",
    "seal",
    "set_limit",
]
