"""The one exception that every door shows as it stands, and the reason that every act asks for."""

from __future__ import annotations


class Refused(Exception):
    """A lawful no: what was refused, why, and what to do next, in full sentences."""

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(f"{what}: {why}. {next_step}.")
        self.what, self.why, self.next_step = what, why, next_step


def said_reason(
    reason: str, what: str, *, next_step: str = "Give it in a sentence; it goes on the record"
) -> str:
    """A reason without the blanks around it. Raises Refused, saying `what`, where none is given."""
    if not reason.strip():
        raise Refused(what, why="no reason is given", next_step=next_step)
    return reason.strip()
