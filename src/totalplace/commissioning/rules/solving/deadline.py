"""How long a plan may still be looked for: one end for the whole of it, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the machine's own clock, in its seconds, at which looking ends."""

    ends: float

    @property
    def left(self) -> float:
        """The seconds that are left; nought where there are none."""
        return max(0.0, self.ends - monotonic())

    def part(self, share: float) -> Deadline:
        """An earlier end: that of a share of the seconds that are left."""
        left = self.left
        return Deadline(self.ends - left + share * left)


def within(seconds: float) -> Deadline:
    """So many seconds from now."""
    return Deadline(monotonic() + seconds)
