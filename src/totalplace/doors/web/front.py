"""Whole public pages kept in memory, in front of everything else.

A page that anybody may read says so by a header (`public`). It is kept by its address for as long
as the head of the record stays the same: any act may change what a page says, and no act means
that nothing changed. The head is asked for at most once a second, so a page may lag an act by that.
Whoever is signed in, or sends a cookie of sign-in, always gets a page made for them.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from django.conf import settings
from django.http import HttpResponseBase
from django.http.cookie import parse_cookie

MARK: Final = "X-Totalplace-Public"
_LOOK_EVERY: Final = 1.0  # seconds between two looks at the head of the record
_LATEST: Final = 3.0  # seconds after which a look that still lasts is waited for no more
_MOST_BYTES: Final = 64 * 1024 * 1024
_LARGEST: Final = 4 * 1024 * 1024  # a page above this is not kept
_SMALLEST_ZIPPED: Final = 500
_ZIPPED: Final = ("text/", "application/json", "image/svg")
# What belongs to one answer only, and is never kept.
_NOT_KEPT: Final = frozenset({"date", "connection", "transfer-encoding", "content-length", "etag"})

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Response = TypeVar("Response", bound=HttpResponseBase)


def public(response: Response) -> Response:
    """Say of a page that anybody may read it and that it is the same for all who did not sign in.

    The front takes that back from a page that is sent to somebody who did.
    """
    response[MARK] = "yes"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def private(response: Response) -> Response:
    """Say of a page that nobody may keep it."""
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent: its headers, and its bytes plain and pressed."""

    headers: Headers
    etag: str
    plain: bytes
    pressed: bytes | None

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.plain) + len(self.pressed or b"") + 500


class Front:
    """A program for a web server that answers from memory where it can, and else asks another."""

    def __init__(
        self,
        inner: Application,
        head: Callable[[], str],
        *,
        clock: Callable[[], float] = time.monotonic,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self._inner = inner
        self._head = head
        self._clock = clock
        self._most = most_bytes
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._size = 0
        self._stands = ""  # the head for which pages are kept
        self._looked = float("-inf")
        self.hits = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if _is_somebody(environ):
            return self._inner(environ, _theirs(start_response))
        if environ["REQUEST_METHOD"] != "GET":
            return self._inner(environ, start_response)
        stands = self._standing()
        key = _key(environ)
        kept = self._kept.get(key) if stands else None
        if kept is not None:
            self.hits += 1
            self._used(key)
            return _send(kept, environ, start_response)
        return self._ask(environ, start_response, key, stands)

    def _used(self, key: tuple[str, ...]) -> None:
        """Let a page that is asked for stay longer than one that is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)

    def _standing(self) -> str:
        """The head of the record, looked up at most once a second; '' where it cannot be.

        Whoever comes while another looks is answered with what was known, but not for long.
        """
        now = self._clock()
        if now - self._looked < _LOOK_EVERY:
            return self._stands
        if not self._looking.acquire(blocking=False):
            return self._stands if now - self._looked < _LATEST else ""
        try:
            if now - self._looked >= _LOOK_EVERY:
                self._look(now)
            return self._stands
        finally:
            self._looking.release()

    def _look(self, now: float) -> None:
        try:
            head = self._head()
        except Exception:  # noqa: BLE001 - whatever it is, no page is then known to be current
            head = ""
        with self._lock:
            self._looked = now
            if head != self._stands:
                self._kept.clear()
                self._size, self._stands = 0, head

    def _ask(
        self, environ: Environ, start_response: StartResponse, key: tuple[str, ...], stands: str
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def listen(status: str, headers: Headers, *more: Any) -> Callable[[bytes], object]:
            told[:] = [status, headers]
            if _is_public(status, headers):
                return _unheard
            write: Callable[[bytes], object] = start_response(status, headers, *more)
            return write

        body = self._inner(environ, listen)
        if not told or not _is_public(*told):
            return body
        try:
            whole = b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        made = _made(told[1], whole)
        # A page that was made while the record moved on is sent, and not kept.
        if stands:
            self._keep(key, made, stands)
        return _send(made, environ, start_response)

    def _keep(self, key: tuple[str, ...], made: Kept, stands: str) -> None:
        if made.size > _LARGEST:
            return
        with self._lock:
            if stands != self._stands:
                return
            old = self._kept.pop(key, None)
            self._size += made.size - (old.size if old else 0)
            self._kept[key] = made
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= gone.size


def _unheard(_: bytes) -> None:
    """What WSGI's old way of writing is given; Django does not use it."""


def _theirs(start_response: StartResponse) -> StartResponse:
    """Of a page for somebody who signed in, no copy is kept on the way: it may bear their name."""

    def begin(status: str, headers: Headers, *more: Any) -> Any:
        if MARK.lower() in {name.lower() for name, _ in headers}:
            taken_back = {MARK.lower(), "cache-control"}
            headers = [(n, v) for n, v in headers if n.lower() not in taken_back]
            headers.append(("Cache-Control", "private, no-store"))
        return start_response(status, headers, *more)

    return begin


def _is_somebody(environ: Mapping[str, Any]) -> bool:
    """Whether a request comes with a sign-in, whatever it is worth.

    Cookies are read as Django reads them: one that only Django found would be somebody's, and
    their page would be kept for all.
    """
    if "HTTP_AUTHORIZATION" in environ:
        return True
    return settings.SESSION_COOKIE_NAME in parse_cookie(environ.get("HTTP_COOKIE", ""))


def _key(environ: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes a page the same: its host and protocol too, which Django has checked once."""
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme", "")),
        environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _is_public(status: str, headers: Headers) -> bool:
    names = {name.lower() for name, _ in headers}
    return status.startswith("200") and MARK.lower() in names and "set-cookie" not in names


def _made(headers: Headers, whole: bytes) -> Kept:
    shown = [(n, v) for n, v in headers if n.lower() not in {*_NOT_KEPT, MARK.lower(), "vary"}]
    media = next((v for n, v in headers if n.lower() == "content-type"), "")
    pressed = None
    if len(whole) >= _SMALLEST_ZIPPED and media.startswith(_ZIPPED):
        pressed = gzip.compress(whole, compresslevel=6, mtime=0)
    shown.append(("Vary", "Cookie, Accept-Encoding"))
    return Kept(shown, hashlib.sha256(whole).hexdigest()[:32], whole, pressed)


def _send(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    zipped = kept.pressed is not None and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    # Bytes that differ have another tag: a strong one is of the bytes (RFC 9110, 8.8.3).
    tag = f'"{kept.etag}{"-gz" if zipped else ""}"'
    headers = [*kept.headers, ("ETag", tag)]
    if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
        kept_back = [(n, v) for n, v in headers if n.lower() != "content-type"]
        start_response("304 Not Modified", kept_back)
        return [b""]
    body = kept.pressed if zipped and kept.pressed is not None else kept.plain
    if zipped:
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _matches(said: str, tag: str) -> bool:
    tags = {part.strip().removeprefix("W/") for part in said.split(",")}
    return "*" in tags or tag in tags


def head_of_record() -> str:
    """The digest of the last entry, the last posting, and the day that a page may say it is."""
    from django.db import close_old_connections

    from totalplace.ledger import queries as ledger
    from totalplace.record import queries as record

    close_old_connections()
    try:
        last, posted = record.last_entry(), ledger.last_number()
    finally:
        close_old_connections()
    return f"{last.digest if last else 'nothing'} {posted} {datetime.now(UTC):%Y-%m-%d}"
