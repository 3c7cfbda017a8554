"""Published heads: how far the record went at a moment, signed, for anyone to keep elsewhere.

A head is the number and the digest of an entry, the time, and a signature over them by Ed25519
(RFC 8032). Whoever holds one sees later whether the record up to that entry is still the same, and
whether its end was cut off. Nothing but the record's own key can sign one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from totalplace.record.rules import chain
from totalplace.record.rules.chain import Entry, Fault, How
from totalplace.refusal import Refused

# Stands first in what is signed, so that a signature over a head is good for nothing else.
FORMAT: Final = "totalplace record head 1"
# What stands on the record where a key is first used, and where a head is published.
KEY: Final = "key"
HEAD: Final = "head"
BEGAN: Final = "began to sign heads with"
PUBLISHED: Final = "published a head"

_HEX_64: Final = re.compile(r"[0-9a-f]{64}")
_HEX_128: Final = re.compile(r"[0-9a-f]{128}")
_FIELDS: Final = {"format", "number", "digest", "on", "key", "signature"}

PrivateKey = Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Head:
    """The number and digest of an entry as they were at a time, with key and signature in hex."""

    number: int
    digest: str
    on: datetime
    key: str
    signature: str

    def __str__(self) -> str:
        return f"the head of {self.on:%Y-%m-%d %H:%M} at entry {self.number}"


def public_key(key: PrivateKey) -> str:
    """The public half of a key: 32 bytes as 64 hexadecimal digits."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def as_pem(key: str) -> str:
    """A public key as other programs read it, openssl among them. Raises ValueError for none."""
    read = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    return read.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed_text(head: Head) -> bytes:
    """What is signed: a JSON list in UTF-8. Raises ValueError where the time has no zone."""
    if head.on.tzinfo is None:
        raise ValueError("the time of a head must say its time zone")
    said = [FORMAT, head.number, head.digest, chain.as_time(head.on), head.key]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def sign(entry: Entry, key: PrivateKey, *, on: datetime) -> Head:
    """A head of the record up to an entry."""
    unsigned = Head(entry.number, entry.digest, on, public_key(key), signature="")
    return replace(unsigned, signature=key.sign(signed_text(unsigned)).hex())


def is_signed(head: Head) -> bool:
    """Whether the signature of a head is that of its own key, which may be anyone's."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key))
        key.verify(bytes.fromhex(head.signature), signed_text(head))
    except (InvalidSignature, ValueError):
        return False
    return True


def written(head: Head) -> str:
    """A head as the file that is published: one object of JSON."""
    said = {"format": FORMAT, **asdict(head), "on": chain.as_time(head.on)}
    return json.dumps(said, indent=2) + "\n"


def read(text: str, *, name: str) -> list[Head]:
    """The heads of a file: one, or a list of them. Raises Refused where it is something else."""
    try:
        said = json.loads(text)
        return [_head(one) for one in (said if isinstance(said, list) else [said])]
    except (ValueError, TypeError) as error:
        raise Refused(
            f"{name} cannot be read as a head of the record",
            why=str(error) if isinstance(error, _NoHead) else "it is not the JSON of a head",
            next_step="Give a file that was written by: totalplace record publish-head",
        ) from error


class _NoHead(ValueError):
    """A file that is JSON, and no head."""


def _head(said: Any) -> Head:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise _NoHead(f'it does not say that it is a "{FORMAT}"')
    if set(said) != _FIELDS:
        raise _NoHead(f"it has to have {', '.join(sorted(_FIELDS))}, and nothing else")
    number, on = said["number"], datetime.fromisoformat(said["on"])
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise _NoHead("its number is not that of an entry")
    if on.tzinfo is None:
        raise _NoHead("its time does not say its time zone")
    if not (_HEX_64.fullmatch(said["digest"]) and _HEX_64.fullmatch(said["key"])):
        raise _NoHead("its digest and its key have to be 64 hexadecimal digits")
    if not _HEX_128.fullmatch(said["signature"]):
        raise _NoHead("its signature has to be 128 hexadecimal digits")
    return Head(number, said["digest"], on.astimezone(UTC), said["key"], said["signature"])


def consistency(earlier: Head, later: Head, between: Iterable[Entry]) -> Fault | None:
    """Why one published head does not follow from another, or None where it does.

    `between` are the entries after the earlier head, up to that of the later.
    """
    if later.number < earlier.number:
        return consistency(later, earlier, between)
    number, digest = earlier.number, earlier.digest
    entries = []
    for entry in between:
        entries.append(entry)
        number, digest = entry.number, entry.digest
    fault = next(chain.faults(entries, number=earlier.number, previous=earlier.digest), None)
    if fault is not None:
        return fault
    if number != later.number:
        why = f"{later} cannot be reached: entry {number + 1} is missing"
        return Fault(number + 1, why, How.REMOVED)
    if digest != later.digest:
        why = f"{later} does not follow from {earlier}"
        return Fault(later.number, why, How.REPLACED)
    return None
