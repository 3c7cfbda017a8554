"""What the service says of itself: its accessibility, and what it keeps of people.

Both pages are drawn from what is listed here, and tests hold the lists against what is true: which
cookies are set, which tables stand in the records, how long what is in them is kept.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.front import public
from totalplace.doors.web.showing import show
from totalplace.doors.web.sign_in import forgetting
from totalplace.doors.web.sign_in.session import IDLE, LONGEST

PREPARED: Final = date(2026, 11, 26)
REVIEW_BY: Final = date(2027, 11, 26)


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that is set: for what, and until when."""

    name: str
    purpose: str
    until: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something kept of people: what, of whom, why, for how long, and in which tables."""

    what: str
    why: str
    how_long: str
    tables: tuple[str, ...]


def _minutes(time: timedelta) -> str:
    return f"{int(time.total_seconds() // 60)} minutes"


def _hours(time: timedelta) -> str:
    return f"{int(time.total_seconds() // 3600)} hours"


def cookies() -> list[Cookie]:
    """Every cookie that the service sets. None of them follows anybody."""
    idle, longest = _minutes(IDLE), _hours(LONGEST)
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            "keeps an officer signed in, and remembers what was done to say so on the next page",
            f"the browser is closed, {idle} pass without an act, or {longest} in any case",
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "shows that a form was sent from a page of ours; set where a page has a form",
            "one year",
        ),
    ]


_IDLE, _DAY = _minutes(IDLE), _hours(forgetting.AFTER)
# All that is kept of people, apart from what public bodies published themselves.
KEPT: Final = (
    Kept(
        "The name, code and e-mail address of each officer, and a password that cannot be read",
        "to know who acts, and under which mandate",
        "as long as the service runs; a closed account keeps the code and the name, because "
        "acts on the record refer to it",
        ("places_officer", "places_mandate", "places_mandateend"),
    ),
    Kept(
        "What each officer did, when and under which power, by their code",
        "because acts of public bodies must be traceable (Local Audit and Accountability Act "
        "2014, Accounts and Audit Regulations 2015)",
        "for good: the record cannot be changed or erased",
        ("record_entry",),
    ),
    Kept(
        "Where an officer is signed in: since when, the address of the computer, the browser",
        "so that they can see and end sessions that are not theirs",
        f"until the session ends, {_IDLE} after the last act, and at most {_DAY} longer",
        ("usersessions_usersession", "django_session"),
    ),
    Kept(
        "What each officer gave in or asked for, by their code: files, and work in hand",
        "so that it is known who answers for a figure",
        "as long as the service runs, as the record has it too",
        ("sources_submissionmove", "work_work"),
    ),
    Kept(
        "Which programs act for an officer, by tokens of which only a digest is kept",
        "so that they can be seen and ended",
        "as long as the service runs; a token is good until its last day",
        ("api_token",),
    ),
    Kept(
        "Whether an officer wants e-mails of what waits for them or of findings, and when the last "
        "was sent",
        "to send it, or not to",
        "until they choose otherwise",
        ("digests_digest",),
    ),
    Kept(
        "The e-mail address of whoever asked for the findings of a place without an account, and "
        "nothing else of them",
        "to send them, at most once a week, once they confirmed that the address is theirs",
        "until they end it by one click; two days where nobody confirms",
        ("digests_follower",),
    ),
    Kept(
        "Second factors, encrypted, and the sign an organisation's sign-in knows an officer by",
        "so that a password alone lets nobody in",
        "until they are replaced, or the night after the account is closed",
        ("mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialtoken"),
    ),
    Kept(
        "Who sits in a partnership, from when to when, with an officer's code where they have one; "
        "how to reach them is seen by the secretary alone, and can be changed or erased",
        "because who advises a public body is public",
        "as long as the service runs",
        ("participation_sitting",),
    ),
    Kept(
        "What residents answer to a consultation, in their own words, with what they choose to say "
        "of themselves; no name, no address, and no computer's address is asked for or kept",
        "so that each answer is read, counted and answered; only officers who work on it read them "
        "one by one",
        "as long as the service runs; what was typed and not sent, until the hearing closes",
        ("participation_response", "participation_responseversion", "participation_keptanswer"),
    ),
    Kept(
        "What each person asked says of the partnership, under their code",
        "so that they can change it until the round closes, and count once; others see it only "
        "together with at least four more",
        "for good, so that a round that closed stays what it was",
        ("monitoring_partnershipanswer",),
    ),
    Kept(
        "Failed sign-ins: what was typed as a code, and the address of the computer",
        "to lock out whoever guesses passwords",
        f"at most {_DAY}",
        ("axes_accessattempt", "axes_accessfailurelog", "sign_in_counts"),
    ),
)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the service is, and where it falls short."""
    said = {"prepared": PREPARED, "review_by": REVIEW_BY, "contact": contact()}
    return public(show(request, "statements/accessibility.html", said))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, and for how long."""
    said = {"cookies": cookies(), "kept": KEPT, "contact": contact(), "prepared": PREPARED}
    return public(show(request, "statements/privacy.html", said))


def contact() -> str:
    """Whom to write to, as whoever runs the service says; empty where they have not."""
    return os.environ.get("TOTALPLACE_CONTACT", "").strip()
