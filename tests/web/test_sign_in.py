"""Signing in: a link for one use, a password, a second factor, and what then stands on record."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, cast

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponseRedirect
from django.test import Client

from totalplace.doors.web.sign_in.invitation import invite
from totalplace.doors.web.sign_in.session import has_ended
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

OPERATOR = Operator("Ada")
PASSWORD = "seven quiet blue herons"  # noqa: S105


SET_UP = "/account/2fa/totp/activate/"


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that an authenticator app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def said_to(answer: Any) -> dict[str, Any]:
    """What the template of an answer was given."""
    return cast(dict[str, Any], answer.context_data)


def location(answer: object) -> str:
    """Where an answer leads."""
    assert isinstance(answer, HttpResponseRedirect)
    return answer.url


def acts() -> list[tuple[str, str]]:
    """Who did what, as the record has it, since the mandates."""
    return [(entry.by, entry.verb) for entry in record.entries()]


@pytest.fixture
def bea(an_officer: Callable[..., Officer]) -> Officer:
    """An officer with a mandate, who has not signed in yet."""
    return an_officer("bea", Role.DATA_STEWARD)


def enter(client: Client, code: str = "bea", password: str = PASSWORD) -> Any:
    """Send the form of sign-in."""
    return client.post("/account/login/", {"login": code, "password": password})


class FirstSignIn:
    """Goes through a first sign-in by a link, and returns the secret of the authenticator app."""

    def __init__(self, committing: Callable[..., AbstractContextManager[object]]) -> None:
        self.committing = committing

    def __call__(self, client: Client, link: str) -> str:
        assert location(client.post(link, {"password": PASSWORD})) == "/account/login/"
        assert location(enter(client)) == "/my/"
        secret = str(said_to(client.get(SET_UP))["form"].secret)
        with self.committing(execute=True):
            done = client.post(SET_UP, {"code": code_of(secret)})
        assert location(done) == "/account/2fa/recovery-codes/"
        return secret


@pytest.fixture
def set_up(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> FirstSignIn:
    """A first sign-in."""
    return FirstSignIn(django_capture_on_commit_callbacks)


def test_a_first_sign_in_sets_a_password_and_a_second_factor(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    link = invite("bea", by=OPERATOR, on=noon)
    assert "Bea Example" in client.get(link).content.decode()
    set_up(client, link)
    assert len(said_to(client.get("/account/2fa/recovery-codes/"))["unused_codes"]) == 10
    assert acts()[-5:] == [
        ("Ada", "gave a sign-in link"),
        ("bea", "set a password"),
        ("bea", "signed in"),
        ("bea", "took on a second factor"),  # the app
        ("bea", "took on a second factor"),  # recovery codes
    ]


def test_an_officer_without_a_second_factor_gets_no_further_than_setting_one_up(
    client: Client, bea: Officer, noon: datetime
) -> None:
    client.post(invite("bea", by=OPERATOR, on=noon), {"password": PASSWORD})
    enter(client)
    assert location(client.get("/my/")) == f"{SET_UP}?next=%2Fmy%2F"


def test_a_second_sign_in_asks_for_a_code(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    secret = set_up(client, invite("bea", by=OPERATOR, on=noon))
    client.post("/account/logout/")
    assert location(enter(client)) == "/account/2fa/authenticate/"
    assert location(client.get("/my/")) == "/account/login/?next=%2Fmy%2F"
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "The code is not right" in wrong.content.decode()
    later = code_of(secret, steps=1)  # the first one was used
    assert location(client.post("/account/2fa/authenticate/", {"code": later})) == "/my/"
    assert client.get("/my/").status_code == 200
    assert acts()[-2:] == [("bea", "signed out"), ("bea", "signed in")]


def test_a_recovery_code_lets_in_once(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    set_up(client, invite("bea", by=OPERATOR, on=noon))
    code = said_to(client.get("/account/2fa/recovery-codes/"))["unused_codes"][0]
    for allowed in (True, False):
        client.post("/account/logout/")
        enter(client)
        answer = client.post("/account/2fa/authenticate/", {"code": code})
        assert (answer.status_code == 302) is allowed


def test_a_link_is_for_one_use(client: Client, bea: Officer, noon: datetime) -> None:
    link = invite("bea", by=OPERATOR, on=noon)
    client.post(link, {"password": PASSWORD})
    again = client.get(link)
    assert again.status_code == 409
    assert "This link can no longer be used" in again.content.decode()


def test_a_weak_password_is_refused_with_its_reason(
    client: Client, bea: Officer, noon: datetime
) -> None:
    link = invite("bea", by=OPERATOR, on=noon)
    page = client.post(link, {"password": "password123"}).content.decode()
    assert "too short" in page
    assert "There is a problem" in page


def test_a_new_link_ends_sessions_and_takes_the_second_factor_away(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    set_up(client, invite("bea", by=OPERATOR, on=noon))
    Client().post(invite("bea", by=OPERATOR, on=noon), {"password": PASSWORD + " two"})
    assert location(client.get("/my/")) == "/account/login/?next=%2Fmy%2F"
    assert not Authenticator.objects.exists()


def test_nobody_gives_a_link_to_themself_or_without_a_mandate(
    an_officer: Callable[..., Officer], bea: Officer, noon: datetime
) -> None:
    cas = an_officer("cas", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="cannot be given to oneself"):
        invite("cas", by=cas, on=noon)
    with pytest.raises(Refused, match="may not appoint"):
        invite("cas", by=bea, on=noon)
    assert invite("bea", by=cas, on=noon)


def test_signing_in_elsewhere_ends_the_session_here(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    secret = set_up(client, invite("bea", by=OPERATOR, on=noon))
    elsewhere = Client()
    enter(elsewhere)
    elsewhere.post("/account/2fa/authenticate/", {"code": code_of(secret, steps=1)})
    assert elsewhere.get("/my/").status_code == 200
    assert location(client.get("/my/")) == "/account/login/?next=%2Fmy%2F"


def test_five_failed_sign_ins_lock_an_account_and_stand_on_the_record(
    client: Client, bea: Officer, noon: datetime
) -> None:
    client.post(invite("bea", by=OPERATOR, on=noon), {"password": PASSWORD})
    answers = [enter(client, "BEA", "wrong").status_code for _ in range(5)]
    assert answers[:4] == [200] * 4
    assert answers[4] == 429
    assert enter(client).status_code == 429  # the right password too
    assert ("the service", "was locked out") in acts()


def test_what_is_no_officers_code_is_never_put_on_the_record(client: Client) -> None:
    for _ in range(6):
        enter(client, "my secret password", "typed in the wrong box")
    assert acts() == []


@pytest.mark.parametrize("path", ["signup", "email", "password/reset", "3rdparty", "2fa/trust"])
def test_pages_by_which_anybody_makes_or_changes_an_account_are_closed(
    client: Client, path: str
) -> None:
    assert client.get(f"/account/{path}/").status_code == 404


def test_a_second_factors_secret_is_not_kept_as_it_is(
    client: Client, bea: Officer, noon: datetime, set_up: FirstSignIn
) -> None:
    secret = set_up(client, invite("bea", by=OPERATOR, on=noon))
    kept = [str(row.data) for row in Authenticator.objects.all()]
    assert len(kept) == 2
    assert not any(secret in row for row in kept)


def test_an_idle_session_and_a_long_one_end() -> None:
    minute, hour = 60.0, 3600.0
    assert not has_ended(0, 0, now=29 * minute)
    assert has_ended(0, 0, now=31 * minute)
    assert not has_ended(0, 11.9 * hour, now=12 * hour)
    assert has_ended(0, 12.1 * hour, now=12.2 * hour)


def test_a_session_that_was_left_is_over(
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    client = signed_in(an_officer("bea"))
    assert client.get("/my/").status_code == 200
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    assert client.get("/my/").status_code == 302
