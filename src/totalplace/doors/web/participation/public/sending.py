"""How an answer comes through the web: its form, signed and timed; from how many; under which keys.

Where it comes from is counted by a hash under a key that is made anew each day, in memory alone:
nobody can find the address again, not even with the records and the memory of another day.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import Counter
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from totalplace.doors.web.sign_in.pages import asked_from
from totalplace.participation.definitions.public import limits
from totalplace.refusal import Refused

_HOUR: Final = 3_600  # seconds
_DAY: Final = 24 * _HOUR
_MOST_OPENED: Final = 200  # an hour, from one computer
_MOST_MAILS: Final = 5  # an hour, from one computer
_FORM: Final = signing.TimestampSigner(salt="participation.answer")


def keys() -> tuple[bytes, ...]:
    """The keys of the installation, that of today first."""
    return tuple(key.encode() for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def new_form() -> str:
    """What a form carries, so that it is known when it was opened and sent as one answer."""
    return _FORM.sign(secrets.token_urlsafe(16))


def form_of(signed: str) -> tuple[str, float]:
    """The form that was sent, and how many seconds ago it was opened.

    Raises Refused for one that this service did not make, or made too long ago.
    """
    try:
        form = _FORM.unsign(signed, max_age=limits().most_hours * _HOUR)
    except signing.BadSignature as error:
        raise Refused(
            "Your answer was not sent",
            why=f"its form was opened more than {limits().most_hours} hours ago, or is not whole",
            next_step="Open the form again; what you typed may still be there if you go back",
        ) from error
    _, made, _ = signed.rsplit(":", 2)
    return form, max(0.0, time.time() - signing.b62_decode(made))


class Senders:
    """Counts what comes from each computer in an hour, without knowing which it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin again with a key that nobody knows."""
        self._key, self._day, self._hour = secrets.token_bytes(32), -1, -1
        self._counts: Counter[bytes] = Counter()

    def allows(self, what: str, address: str | None, *, most: int, now: float) -> bool:
        """Count one more at a time in seconds, and say whether it is within measure."""
        with self._lock:
            if int(now // _DAY) != self._day:
                self.forget()
                self._day = int(now // _DAY)
            if int(now // _HOUR) != self._hour:
                self._hour, self._counts = int(now // _HOUR), Counter()
            said = f"{what} {address or 'nobody'}".encode()
            whose = hashlib.blake2b(said, key=self._key, digest_size=16).digest()
            self._counts[whose] += 1
            return self._counts[whose] <= most


SENDERS: Final = Senders()


def counts_opening(request: HttpRequest) -> bool:
    """Whether a form that was opened is noted: not those that a program opens by the hundred."""
    return SENDERS.allows("open", asked_from(request), most=_MOST_OPENED, now=time.time())


def too_many(request: HttpRequest, *, mail: bool = False) -> bool:
    """Whether more came from this computer within an hour than from a busy library."""
    most = _MOST_MAILS if mail else limits().most_an_hour
    what = "mail" if mail else "answer"
    return not SENDERS.allows(what, asked_from(request), most=most, now=time.time())
