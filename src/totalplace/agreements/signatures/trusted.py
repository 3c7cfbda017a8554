"""Which authorities are believed here: the test authority of this installation, and those put in.

Put the certificate of a real authority (PEM) into the folder `signing-roots` of the home folder.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from totalplace.agreements.signatures import authority
from totalplace.refusal import Refused

_TEST: Final = "test-authority"
_ROOTS: Final = "signing-roots"


def own_test_authority(home: Path, *, on: datetime) -> authority.TestAuthority:
    """The test authority of an installation, made where there is none yet."""
    return authority.kept(home / _TEST, on=on)


def roots(home: Path) -> list[bytes]:
    """The authorities that are believed here, as DER. Raises Refused for a file that is none."""
    files = [*sorted((home / _ROOTS).glob("*.pem")), home / _TEST / "root.pem"]
    return [_der(file) for file in files if file.is_file()]


def lists(home: Path, *, on: datetime) -> list[bytes]:
    """What the test authority has revoked, as it says now: nothing, as long as it is whole."""
    if not (home / _TEST / "root.pem").is_file():
        return []
    return [authority.kept(home / _TEST, on=on).revoked(on=on)]


def _der(file: Path) -> bytes:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes()).public_bytes(Encoding.DER)
    except ValueError as wrong:
        raise Refused(
            f"The authority {file.name} cannot be read",
            why="the file is no certificate in PEM",
            next_step=f"Put its certificate into the folder {_ROOTS}, or take the file out",
        ) from wrong
