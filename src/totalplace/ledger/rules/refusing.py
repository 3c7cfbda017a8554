"""A posting that cannot be made, with the field that a form shows the reason at."""

from __future__ import annotations

from totalplace.refusal import Refused


class Unposted(Refused):
    """A refusal of the book: what, why, what next; and `field`, empty where it is about none."""

    def __init__(self, what: str, *, why: str, next_step: str, field: str = "") -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.field = field
