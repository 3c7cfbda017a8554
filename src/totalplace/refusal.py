"""The one exception that every door shows as it stands."""

from __future__ import annotations


class Refused(Exception):
    """A lawful no: what was refused, why, and what to do next, in full sentences."""

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(f"{what}: {why}. {next_step}.")
        self.what, self.why, self.next_step = what, why, next_step
