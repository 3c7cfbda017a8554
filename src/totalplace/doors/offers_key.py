"""The key with which an installation signs the offers that it sends to another, for every door."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.record import keys
from totalplace.record.rules.heads import PrivateKey

# Another than that of the record's heads: what is signed with one is good for nothing else.
_KEPT: Final = Path("keys") / "offers.pem"  # below the home


def offers_key(home: Path) -> PrivateKey:
    """The private key of an installation for offers, made at the first use.

    Raises Refused where it cannot be used.
    """
    return keys.kept(home / _KEPT)
