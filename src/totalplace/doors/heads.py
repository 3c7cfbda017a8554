"""Publishing a head of the record, for every door: with which key, and whether one may."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Matter, Who
from totalplace.record import actions as record
from totalplace.record import keys
from totalplace.record.rules import heads
from totalplace.record.rules.heads import Head, PrivateKey
from totalplace.refusal import Refused

KEY: Final = "TOTALPLACE_RECORD_KEY"  # the PEM itself, for what hands secrets over as settings
KEY_FILE: Final = "TOTALPLACE_RECORD_KEY_FILE"  # or its file, as systemd and containers do
_KEPT: Final = Path("keys") / "record.pem"  # below the home, where neither is said


def publish(home: Path, *, by: Who, on: datetime) -> Head:
    """Sign how far the record goes, and put that on the record; the key is made at the first use.

    Raises Refused where `by` may not, or the key cannot be used.
    """
    # The record is of the whole installation: a mandate of any of its places will do.
    of = next(iter(places.may_where(by, Act.PUBLISH_HEAD, on)), Matter())
    power = places.power(by, Act.PUBLISH_HEAD, agency=of.agency, place=of.place, on=on)
    return record.publish_head(by.name, key=signing_key(home), on=on, power=power)


def signing_key(home: Path) -> PrivateKey:
    """The private key of an installation: given by the environment, or kept in its home.

    Raises Refused where it cannot be used.
    """
    given = _given()
    return keys.kept(home / _KEPT) if given is None else given


def public_key(home: Path) -> str:
    """The public key of an installation, in hexadecimal digits; empty before the first use.

    Raises Refused where it cannot be read.
    """
    key = _given()
    if key is None:
        key = keys.found(home / _KEPT)
    return "" if key is None else heads.public_key(key)


def _given() -> PrivateKey | None:
    if text := os.environ.get(KEY, "").strip():
        return keys.given(text, name=KEY)
    if named := os.environ.get(KEY_FILE, "").strip():
        try:
            text = Path(named).read_text(encoding="ascii", errors="replace")
        except OSError as error:
            raise Refused(
                f"The key of the record in {named} cannot be used",
                why=str(error.strerror).lower(),
                next_step=f"Put it there, or take {KEY_FILE} out of the environment",
            ) from error
        return keys.given(text, name=named)
    return None
