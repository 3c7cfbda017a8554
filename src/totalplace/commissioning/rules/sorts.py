"""Which sorts of plan are laid side by side: three that can be proposed, and three beside them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Sort(StrEnum):
    """By which thought the money is divided."""

    MOST = "most-outcomes"
    FAIREST = "fairest"
    LEAST_CHANGE = "least-change"
    LAST_YEAR = "last-year"
    PRO_RATA = "pro-rata"
    PRIORITY = "by-priority"


# An officer may propose one of these; the others are only to be compared with.
PROPOSABLE: Final = frozenset({Sort.MOST, Sort.FAIREST, Sort.LEAST_CHANGE})
TITLES: Final[Mapping[Sort, str]] = {
    Sort.MOST: "Most outcomes",
    Sort.FAIREST: "Fairest",
    Sort.LEAST_CHANGE: "Least change",
    Sort.LAST_YEAR: "As last year",
    Sort.PRO_RATA: "The same percentage for all",
    Sort.PRIORITY: "By priority",
}
