"""Marks that publishers put where a figure would stand, or beside it, and what each means.

A mark is looked up without its brackets and in small letters. A mark that nobody knows is kept as a
note where a figure stands beside it, and sets the cell aside where none does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from totalplace.outcomes.rules.readings import Status

_BRACKETS: Final = re.compile(r"^[\[(]\s*(.*?)\s*[\])]$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: how the reading stands, and in words why there is no figure."""

    status: Status
    why: str


Marks = Mapping[str, Mark]


def plain(mark: str) -> str:
    """A mark as it is looked up: [C] and (c) are c."""
    words = " ".join(mark.split()).lower()
    found = _BRACKETS.match(words)
    return found.group(1) if found else words


def known(mark: str, marks: Marks) -> Mark | None:
    """What a mark means, or None where nobody knows it."""
    return marks.get(plain(mark))


def status_of(mark: str, marks: Marks) -> tuple[Status, str]:
    """How a figure beside a mark stands, and the mark as a note where nobody knows it."""
    if not mark.strip():
        return Status.PUBLISHED, ""
    found = known(mark, marks)
    return (found.status, "") if found else (Status.PUBLISHED, f"marked {mark.strip()}")
