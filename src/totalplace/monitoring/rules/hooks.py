"""Findings sent to another system: what is sent, how it is signed, and when it is tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

# After which time a sending that failed is tried again: seven tries over about a day.
AGAIN: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, 1_200))
MOST_TRIES: Final = len(AGAIN) + 1
MOST_BYTES: Final = 16 * 1024  # of a body
_LONGEST: Final = 2_000  # letters of any one text in it
_SALT: Final = b"totalplace.monitoring.hook:"


def secret_of(key: bytes, salt: str) -> str:
    """The secret of an address, from the key of the installation and the address's own salt."""
    made = hmac.new(key, _SALT + salt.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def check_of(secret: str) -> str:
    """By what a secret is known again without being kept: SHA-256, in hexadecimals."""
    return hashlib.sha256(secret.encode()).hexdigest()


def body_of(finding: Mapping[str, Any]) -> bytes:
    """A finding as it is sent: JSON in UTF-8, keys in order, no text longer than is needed.

    Raises ValueError where it would be larger than is ever sent.
    """
    cut = {
        key: value[:_LONGEST] if isinstance(value, str) else value for key, value in finding.items()
    }
    body = json.dumps(cut, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > MOST_BYTES:
        raise ValueError(f"a finding is sent in at most {MOST_BYTES} bytes")
    return body


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) over the seconds since 1970, a full stop, and the body; in hex.

    The time is signed too, so that whoever gets it can refuse what is old.
    """
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def due_again(tries: int, last: datetime) -> datetime | None:
    """When a sending that failed so often is tried again; None: never."""
    return last + AGAIN[tries - 1] if 1 <= tries <= len(AGAIN) else None
