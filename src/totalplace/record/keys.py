"""The key that signs heads: kept in a file that nobody else can read, or given as text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from totalplace.record.rules.heads import PrivateKey
from totalplace.refusal import Refused

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def given(text: str, *, name: str) -> PrivateKey:
    """The key of a PEM text, as `openssl genpkey -algorithm ed25519` writes it.

    `name` says where it was given. Raises Refused where it is no such key; nothing of the text is
    repeated.
    """
    try:
        key = load_pem_private_key(text.replace("\\n", "\n").strip().encode() + b"\n", None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(
            f"The key of the record in {name} cannot be used",
            why="it is not an Ed25519 private key in PEM without a password",
            next_step="Make one with: openssl genpkey -algorithm ed25519",
        )
    return key


def kept(path: Path) -> PrivateKey:
    """The key of a file, which is made at the first use, for its owner's eyes only.

    Raises Refused where others can read the file, or it holds no key.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        _make(path)
        return _read(path)


def found(path: Path) -> PrivateKey | None:
    """The key of a file, or None where none was made yet. Raises Refused as `kept` does."""
    return _read(path) if path.exists() else None


def _read(path: Path) -> PrivateKey:
    with path.open(encoding="ascii", errors="replace") as opened:
        if os.fstat(opened.fileno()).st_mode & _OTHERS:
            raise Refused(
                f"The key of the record in {path} cannot be used",
                why="others on this computer can read it, so it may be theirs too",
                next_step=f"Run: chmod 600 {path}; or move it away, and a new one is made",
            )
        return given(opened.read(), name=str(path))


def _make(path: Path) -> None:
    """Write a new key whole, and only where no other program did meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    at = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(at, pem)
        os.fsync(at)
    finally:
        os.close(at)
    try:
        os.link(fresh, path)  # which fails where one is there, and no key is ever written over
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
