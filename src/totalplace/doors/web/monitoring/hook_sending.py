"""Sending a finding to an address: over TLS, to a public number, once, and within ten seconds.

The number that was looked at is the one that is connected to, so that a name cannot mean one thing
when it is checked and another when it is used. Nothing that is answered is followed or kept.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_SECONDS: Final = 10.0
_MOST_READ: Final = 4_096  # bytes of an answer: its first line is all that is wanted
_PORT: Final = 443
_OK: Final = range(200, 300)
# In these, another address is written that has to be public too: RFC 6052, 3056, 4291 and 4380.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Number = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it: whether it was taken, and in words."""

    taken: bool
    words: str


def is_public_number(number: Number) -> bool:
    """Whether a number is one of the public internet, and not of a network behind it."""
    if not number.is_global or number.is_multicast:
        return False
    if isinstance(number, ipaddress.IPv4Address):
        return True
    teredo = number.teredo
    inner = [number.ipv4_mapped, number.sixtofour, *(teredo or ())]
    if number in _NAT64:
        inner.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    return all(one is None or (one.is_global and not one.is_multicast) for one in inner)


def _sound() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class Sender:
    """How findings are sent. A test says which numbers it allows, and whose certificates."""

    allows: Callable[[Number], bool] = is_public_number
    context: ssl.SSLContext = field(default_factory=_sound)
    seconds: float = _SECONDS

    def send(self, address: str, body: bytes, headers: dict[str, str]) -> Came:
        """Send a body to an address. Nothing is raised: what went wrong is said."""
        try:
            return self._sent(address, body, headers, time.monotonic() + self.seconds)
        except TimeoutError:
            return Came(False, f"no answer within {self.seconds:g} seconds")
        except ssl.SSLError as error:
            return Came(False, f"no secure connection ({error.reason or 'refused'})")
        except (OSError, UnicodeError) as error:
            return Came(False, f"it could not be reached ({type(error).__name__})")

    def _sent(self, address: str, body: bytes, headers: dict[str, str], until: float) -> Came:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or _PORT
        numbers = _numbers(host, port)
        if parts.scheme != "https" or not numbers or not all(map(self.allows, numbers)):
            return Came(False, "its name leads to no public number of the internet")
        asked = _request(parts.path or "/", parts.query, parts.netloc, body, headers)
        with socket.create_connection((str(numbers[0]), port), timeout=_left(until)) as bare:
            bare.settimeout(_left(until))
            with self.context.wrap_socket(bare, server_hostname=host) as secure:
                secure.settimeout(_left(until))
                secure.sendall(asked)
                return _answer(secure, until)


def _numbers(host: str, port: int) -> list[Number]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


def _request(path: str, query: str, host: str, body: bytes, headers: dict[str, str]) -> bytes:
    target = f"{path}?{query}" if query else path
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {host}",
        "Connection: close",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if any("\r" in line or "\n" in line for line in lines):
        raise UnicodeError("a line holds the end of a line")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _answer(secure: ssl.SSLSocket, until: float) -> Came:
    """The first line of the answer says all that is wanted; a redirect is not followed."""
    read = b""
    while b"\n" not in read and len(read) < _MOST_READ:
        secure.settimeout(_left(until))
        more = secure.recv(_MOST_READ - len(read))
        if not more:
            break
        read += more
    words = read.partition(b"\n")[0].decode("ascii", "replace").split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdecimal():
        return Came(False, "what answered speaks no HTTP")
    status = int(words[1])
    return Came(status in _OK, f"it answered {status}"[:40])


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
