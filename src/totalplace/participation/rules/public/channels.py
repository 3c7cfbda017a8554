"""How an answer comes, and how far along the way to it somebody was."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How an answer comes."""

    WEB = "web"
    PAPER = "paper"  # typed into a workbook by an officer


class Step(StrEnum):
    """How far somebody came with a form."""

    OPENED = "opened"
    LOOKED_OVER = "looked over"
    SENT = "sent"
