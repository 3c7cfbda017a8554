"""What a password may not be: one that others have lost, or a word of this house with a number.

The list of passwords that are known to have been lost is the installation's to fetch, as nothing is
asked of anybody outside: a file in the order of its digests, as Have I Been Pwned gives it out.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.exceptions import ValidationError

FILE: Final = "TOTALPLACE_LOST_PASSWORDS_FILE"
# Words that stand near at hand in this work (docs/explanation/security.md says why these).
NEAR_AT_HAND: Final = (
    "administrator", "agency", "auditor", "borough", "budget", "chief", "commissioner", "council",
    "count", "county", "department", "district", "finance", "lead", "letmein", "member", "officer",
    "official", "partnership", "password", "place", "qwerty", "scrutiny", "spending", "steward",
    "total", "welcome",
)  # fmt: skip
_LEFT: Final = 8  # letters and digits that have to be left once those words are taken away
_ORDINARY: Final = re.compile(r"[\W_]+")


class NotNearAtHand:
    """Refuse a password that is little more than words which a colleague would try first."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where fewer than eight characters are left without those words."""
        left = _ORDINARY.sub("", password.casefold())
        for word in sorted(NEAR_AT_HAND, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < _LEFT:
            raise ValidationError(
                "This password is made of words that somebody would try first here, such as "
                "council or budget. Choose words that have nothing to do with your work",
                code="password_near_at_hand",
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return "Not a word of your work with a number."


class NotLost:
    """Refuse a password that is in the installation's list of lost ones; without a list, none."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the list has the password."""
        path = os.environ.get(FILE, "").strip()
        if path and is_lost(Path(path), password):
            raise ValidationError(
                "This password was stolen somewhere and is on the lists that thieves try. "
                "Choose another, and change it wherever else you use it",
                code="password_lost",
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return "Not a password that was stolen somewhere."


def is_lost(path: Path, password: str) -> bool:
    """Whether a file of SHA-1 digests, one a line in their order, has that of a password.

    A line is 40 letters and digits and may go on with `:` and a number. SHA-1 is the list's way of
    writing, and protects nothing here. Raises OSError where the file cannot be read.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:  # the line that is looked for begins at `low` or later, before `high`
            middle = (low + high) // 2
            found = _line_from(file, middle)
            if found[:40].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_from(file, low)[:40].upper() == wanted


def _line_from(file: BinaryIO, at: int) -> bytes:
    """The first line that begins at a byte or after it; after the last line, what sorts last."""
    file.seek(max(at - 1, 0))
    if at:
        file.readline()
    return file.readline().strip() or b"~"
