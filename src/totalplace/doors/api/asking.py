"""Who asks: anybody, or an officer's token, with the acts that it is for.

A token never allows more than its officer may at that moment: what is asked is asked in the
officer's name, of the same table of mandates, and before that the token has to be for that act.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest

from totalplace.doors.api import actions, queries, rules
from totalplace.doors.api.problems import Problematic
from totalplace.doors.api.throttling import ACTS, READS, UNKNOWN_TOKENS, Throttle, address_of
from totalplace.doors.web.showing import now
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_ASK_FOR: Final = {"WWW-Authenticate": 'Bearer realm="Total Place"'}


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks. Without a token there is no officer, and nothing that a token allows."""

    officer: Officer | None = None
    acts: frozenset[Act] = frozenset()
    token: int | None = None

    def reading(self, act: Act) -> Officer | None:
        """In whose name something that needs an act is read; None: as anybody reads it."""
        return self.officer if act in self.acts else None

    def may(self, act: Act, *, agency: str = "", place: str = "", on: datetime) -> bool:
        """Whether the token is for an act, and its officer may do it now."""
        return places.may(self.reading(act), act, agency=agency, place=place, on=on)

    def may_anywhere(self, act: Act, *, on: datetime) -> bool:
        """Whether the token is for an act, and its officer may do it somewhere."""
        return bool(places.may_where(self.reading(act), act, on))

    def known(self) -> Officer:
        """The officer. Raises a 401 where no token was brought."""
        if self.officer is None:
            raise _unknown("no token was brought")
        return self.officer

    def acting(self, act: Act) -> Officer:
        """The officer in whose name an act is done. Raises a 401 or a 403."""
        officer = self.known()
        if act not in self.acts:
            raise not_allowed(
                f"Token {self.token} may not {act}",
                why="it was made for other acts",
                next_step="Make a token for it at /my/tokens/",
            )
        return officer


ANYBODY: Final = Asker()


def who_asks(request: HttpRequest) -> Asker:
    """Who asks, by the token that the request brings; nothing else counts, no cookie either.

    Raises a 401 for a token that is none or no longer good, and a 429 for asking too often.
    """
    said = request.headers.get("Authorization", "")
    address = address_of(request)
    _count(READS, address)
    if not said:
        return ANYBODY
    scheme, _, token = said.partition(" ")
    if scheme.lower() != "bearer":
        raise _unknown("the Authorization header is not Bearer and a token")
    return _officer_of(token.strip(), address)


def _officer_of(token: str, address: str) -> Asker:
    at = now()
    found = queries.token_of_digest(rules.digest_of(token)) if rules.is_token(token) else None
    why = "there is no such token" if found is None else found.why_not_good(at.date())
    officer = None
    if found is not None and not why:
        try:
            officer = places.officer(found.officer)
        except Refused as refused:
            why = refused.why
    if found is None or officer is None:
        _count(UNKNOWN_TOKENS, address)
        raise _unknown(why)
    _count(ACTS, str(found.number))
    actions.used(found, on=at)
    return Asker(officer, frozenset(found.acts), found.number)


def _count(throttle: Throttle, who: str) -> None:
    seconds = throttle.wait(who)
    if seconds:
        wait = math.ceil(seconds)
        refused = Refused(
            "This was asked too often",
            why=f"at most {throttle.per_minute} times a minute is answered",
            next_step=f"Ask again in {wait} second{'s' if wait > 1 else ''}",
        )
        headers = {"Retry-After": str(wait)}
        raise Problematic(HTTPStatus.TOO_MANY_REQUESTS, refused, headers=headers)


def not_allowed(what: str, *, why: str, next_step: str) -> Problematic:
    """A 403."""
    return Problematic(HTTPStatus.FORBIDDEN, Refused(what, why=why, next_step=next_step))


def _unknown(why: str) -> Problematic:
    refused = Refused(
        "It is not known who asks",
        why=why,
        next_step="Send the header Authorization: Bearer and a token made at /my/tokens/",
    )
    return Problematic(HTTPStatus.UNAUTHORIZED, refused, headers=_ASK_FOR)
