"""What a token is made of, how long it is good, and what it lets somebody ask. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date
from typing import Final

from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused

PREFIX: Final = "tp_"  # so that a token that lies about is known for one
LONGEST_DAYS: Final = 365
KEY: Final = r"^[!-~]{1,200}$"  # of whoever asks: letters and signs that can be seen
_TOKEN: Final = re.compile(r"tp_[A-Za-z0-9_-]{43}")


def is_token(said: str) -> bool:
    """Whether it has the form of a token: 256 bits of chance after a mark."""
    return _TOKEN.fullmatch(said) is not None


def digest_of(token: str) -> str:
    """What is kept of a token. Its 256 bits of chance cannot be guessed, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def why_not_good(*, revoked: bool, last_day: date, on: date) -> str:
    """Why a token is not good on a day, or nothing where it is."""
    if revoked:
        return "it was revoked"
    return f"it was good until {last_day}" if last_day < on else ""


def check_wanted(
    name: str, acts: Collection[Act], *, mine: Collection[Act], last_day: date, on: date
) -> None:
    """Raise Refused for a token for nothing, for others' acts, or for longer than a year."""
    why = ""
    others = sorted(act for act in acts if act not in mine)
    if not name.strip():
        why = "it is not said what it is for"
    elif not acts:
        why = "it would allow nothing"
    elif others:
        why = f"no mandate of yours allows you to {others[0]}"
    elif last_day < on:
        why = f"{last_day} has gone"
    elif (last_day - on).days > LONGEST_DAYS:
        why = "it would be good for more than a year"
    if why:
        raise Refused(
            "The token was not made",
            why=why,
            next_step="Say what it is for, choose acts that you may do, and an end within a year",
        )
