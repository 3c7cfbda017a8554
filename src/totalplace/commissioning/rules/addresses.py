"""Whether an address is one that a stranger could open: a page of the public web."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

_SCHEMES: Final = ("http", "https")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
# The last part of a name has letters: 127.1 is another way to write an address of this machine.
_LAST: Final = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}", re.ASCII)
_LONGEST_NAME: Final = 253  # RFC 1035
# Ends of names that the public web never has: RFC 6761, 6762, 7686, 8375 and 9476, and ICANN's
# resolution of 29 July 2024 on .internal.
_NEVER_PUBLIC: Final = (
    "localhost", "local", "internal", "test", "invalid", "example", "onion", "alt", "arpa",
    "localdomain", "lan", "home", "corp",
)  # fmt: skip


def is_public(address: str) -> bool:
    """Whether an address is of the public web, by how it is written; nothing is opened.

    It begins with http:// or https://, names a host that has a dot and is no part of a closed
    network, or a public number of the internet, and carries no name or password.
    """
    if not address.isprintable() or any(mark in address for mark in ' \\<>"'):
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES or "@" in parts.netloc or port == 0:
        return False
    return _is_public_number(host) if _is_number(host) else _is_public_name(host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public_number(host: str) -> bool:
    number = ipaddress.ip_address(host)
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return number.is_global and not number.is_multicast and (inner is None or inner.is_global)


def _is_public_name(host: str) -> bool:
    try:
        name = host.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        return False
    *labels, last = name.split(".")
    return (
        bool(labels)
        and len(name) <= _LONGEST_NAME
        and all(_LABEL.fullmatch(label) for label in labels)
        and bool(_LAST.fullmatch(last))
        and last not in _NEVER_PUBLIC
    )
