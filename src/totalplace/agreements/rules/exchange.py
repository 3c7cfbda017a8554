"""A step of a negotiation as a signed file, for a side that keeps its drafts on its own computer.

The file holds the opening, the step, the public key of the side and its signature (Ed25519, RFC
8032) over both texts. A changed byte anywhere is refused, and so is a step out of turn. Whose a key
is, no file can say: the sides tell each other, and an installation holds to the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from totalplace.agreements.rules.offers import LONGEST, Opening, Step, digest_of, read
from totalplace.record.rules.heads import public_key
from totalplace.refusal import Refused

# Stands first in what is signed, so that a signature over a step is good for nothing else.
FORMAT: Final = "totalplace negotiation 1"
_PARTED: Final = "-----\n"
_WHOLE: Final = re.compile(
    rf"{FORMAT}\nkey: ([0-9a-f]{{64}})\nsignature: ([0-9a-f]{{128}})\n"
    rf"{_PARTED}(\{{\n.*?\n\}}\n){_PARTED}(\{{\n.*\n\}}\n)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A step with the negotiation that it belongs to, signed by a key."""

    opening: Opening
    opening_text: str
    step: Step
    step_text: str
    key: str
    signature: str


def written(opening: str, step: str, key: Ed25519PrivateKey) -> str:
    """The file of a step, from the two texts, signed."""
    signature = key.sign(_signed(opening, step)).hex()
    head = f"{FORMAT}\nkey: {public_key(key)}\nsignature: {signature}\n"
    return f"{head}{_PARTED}{opening}{_PARTED}{step}"


def opened(file: bytes) -> Signed:
    """What a file says, with its signature checked. Raises Refused where anything was changed."""
    if len(file) > 2 * LONGEST:
        raise _no("it is too large")
    try:
        found = _WHOLE.fullmatch(file.decode())
    except UnicodeDecodeError as error:
        raise _no("it is no text") from error
    if found is None:
        raise _no("it is not the file of an offer, or a part of it is missing")
    key, signature, opening, step = found.groups()
    try:
        signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        signer.verify(bytes.fromhex(signature), _signed(opening, step))
    except (InvalidSignature, ValueError) as error:
        raise _no("its signature does not fit: something in it was changed") from error
    said = read(Step, step)
    if said.negotiation != digest_of(opening):
        raise _no("the offer in it is of another negotiation")
    return Signed(read(Opening, opening), opening, said, step, key, signature)


def _signed(opening: str, step: str) -> bytes:
    return f"{FORMAT}\n{opening}{_PARTED}{step}".encode()


def _no(why: str) -> Refused:
    return Refused(
        "The file was not taken",
        why=why,
        next_step="Ask the other side to export it again, and take it as it is",
    )
