"""Codes that people hold: a receipt for an answer, a code from a letter, a link to a draft.

Each is 80 random bits in letters that cannot be mistaken for one another (Crockford's base 32),
typed in any case. The records keep a keyed hash of it alone (HMAC, RFC 2104, with SHA-256), so that
nobody who reads the records can use it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 16  # of five bits each
_GROUPS: Final = 4
_MISTAKEN: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})

Keys = Sequence[bytes]  # of the installation: the first in use, then former ones


def written(bits: bytes) -> str:
    """A code from ten or more random bytes, as it is written: four groups of four."""
    number = int.from_bytes(bits[:10], "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(letters[at : at + _GROUPS] for at in range(0, _LENGTH, _GROUPS))


def typed(code: str) -> str:
    """A code as it was meant, from how it was typed; empty where it is none."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum()).translate(_MISTAKEN)
    if len(plain) != _LENGTH or any(letter not in _LETTERS for letter in plain):
        return ""
    return "-".join(plain[at : at + _GROUPS] for at in range(0, _LENGTH, _GROUPS))


def keyed(key: bytes, purpose: str, *parts: str) -> bytes:
    """HMAC-SHA256 over a purpose and what it is of, each told apart from the next."""
    said = b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in (purpose, *parts))
    return hmac.new(key, said, hashlib.sha256).digest()


def hashes(keys: Keys, purpose: str, *parts: str) -> list[str]:
    """The keyed hashes under which a code may stand in the records, that of today's key first."""
    return [keyed(key, purpose, *parts).hex() for key in keys]


def receipt_of(keys: Keys, hearing: int, form: str) -> list[str]:
    """The receipts that a form may have had, today's first; the same form has the same receipt.

    So a form that is sent twice, by a double press or after a line broke, is one answer.
    """
    return [written(keyed(key, "receipt of a form", str(hearing), form)) for key in keys]
