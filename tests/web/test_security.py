"""What every answer carries against those who mean ill, and what is refused before it is read."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from totalplace.doors.web import limits, safety, statements
from totalplace.doors.web import settings as service
from totalplace.doors.web.sign_in.forgetting import forget
from totalplace.places import actions
from totalplace.places.rules.mandates import Officer, Operator, Role

HTTPS: Final = {
    "TOTALPLACE_SECRET_KEY": "x" * 64,
    "TOTALPLACE_HOSTS": "count.example.org",
    "TOTALPLACE_HTTPS": "yes",
    "TOTALPLACE_PROXIES": "1",
}
ANSWERS: Final = ["/", "/account/login/", "/my/", "/nowhere/", "/places/who-may/", "/components/"]


@pytest.fixture
def for_others(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of a service that others can reach."""
    for name, value in HTTPS.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(service.__file__))


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_says_what_a_page_may_hold_and_who_may_frame_it(
    client: Client, path: str
) -> None:
    answer = client.get(path)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [path for path in ANSWERS if path != "/my/"])
def test_no_page_holds_a_script_or_a_style_of_its_own(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all(" src=" in script for script in re.findall(r"<script[^>]*>", page))


def test_a_form_from_elsewhere_is_not_taken(
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    officer = an_officer("cas", Role.ADMINISTRATOR)
    theirs = Client(enforce_csrf_checks=True, headers={"cookie": ""})
    theirs.cookies = signed_in(officer).cookies
    said = {"name": "Eve", "code": "eve"}
    answer = theirs.post("/places/officers/appoint/", said)
    assert answer.status_code == 403
    assert "This form can no longer be sent" in answer.content.decode()


def test_for_others_it_is_https_alone_and_for_a_year(for_others: dict[str, Any]) -> None:
    assert for_others["SECURE_SSL_REDIRECT"]
    assert for_others["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert for_others["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert for_others["ALLOWED_HOSTS"] == ["count.example.org"]
    assert not for_others["DEBUG"]


def test_cookies_are_for_us_alone_and_never_go_unencrypted(for_others: dict[str, Any]) -> None:
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert for_others[f"{cookie}_SECURE"]
        assert for_others[f"{cookie}_HTTPONLY"]
        assert for_others[f"{cookie}_SAMESITE"] == "Lax"


def test_over_https_the_browser_is_told_to_stay_there(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/")["Location"] == "https://testserver/"


def test_a_proxy_that_is_not_said_to_be_ours_is_not_believed() -> None:
    alone = safety.chosen({**HTTPS, "TOTALPLACE_PROXIES": ""})
    assert alone.proxies == 0


def test_a_form_of_sign_in_may_lead_through_the_provider_and_nowhere_else() -> None:
    said = {"TOTALPLACE_SIGN_IN_URL": "https://login.example.org/tenant/v2.0"}
    policy = safety.content_security_policy(safety.chosen(said))
    assert policy["DIRECTIVES"]["form-action"] == ["'self'", "https://login.example.org"]


def test_an_unknown_host_is_turned_away(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_too_many_acts_in_a_minute_are_refused_and_the_next_minute_allows_them() -> None:
    acts = limits.Acts(most=3)
    assert [acts.allows("bea", now=at) for at in (0, 1, 2, 3)] == [True, True, True, False]
    assert acts.allows("cas", now=4)
    assert acts.allows("bea", now=61)


def test_what_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    size = str(limits.LARGEST_REQUEST + 1)
    answer = client.post("/account/login/", {}, CONTENT_LENGTH=size)
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_the_cookies_of_the_privacy_notice_are_those_that_are_set(
    client: Client, an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    officer = signed_in(an_officer("bea"))
    for path in (*ANSWERS, "/account/logout/", "/account/sessions/", "/places/"):
        client.get(path)
        officer.get(path)
    listed = {cookie.name for cookie in statements.cookies()}
    assert set(officer.cookies) | set(client.cookies) == listed


def test_whoever_only_reads_is_given_no_cookie() -> None:
    for path in ("/", "/places/who-may/", "/accessibility/", "/privacy/", "/components/"):
        reader = Client()
        assert reader.get(path).status_code == 200
        assert not reader.cookies, path


def test_every_table_that_knows_of_an_account_or_a_computer_is_in_the_privacy_notice() -> None:
    asked = """
        SELECT DISTINCT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND (
            column_name IN ('officer', 'officer_id', 'user_id', 'email', 'username', 'ip',
                            'ip_address', 'user_agent', 'session_key', 'session_data')
        )"""
    with connection.cursor() as cursor:
        cursor.execute(asked)
        personal = {table for (table,) in cursor.fetchall()}
    # Never written by us: there is no page of theirs, and no log of accesses.
    empty = {
        "account_emailaddress", "auth_user", "auth_user_groups", "auth_user_user_permissions",
        "axes_accesslog", "django_admin_log",
    }  # fmt: skip
    listed = {table for kept in statements.KEPT for table in kept.tables}
    assert personal - empty - listed == set()


def test_what_is_no_longer_needed_of_signing_in_is_forgotten(noon: datetime) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    AccessAttempt.objects.create(username="bea", ip_address="10.0.0.1", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert forget().startswith("2 rows")
    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_of_who_has_left_no_second_factor_is_kept(
    an_officer: Callable[..., Officer], noon: datetime
) -> None:
    for code in ("bea", "cas"):
        account = get_user_model().objects.get(code=an_officer(code).code)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    actions.retire("bea", by=Operator("Ada"), on=noon)
    forget()
    assert [kept.user.code for kept in Authenticator.objects.all()] == ["cas"]


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/", "/components/"])
def test_what_the_service_says_of_itself_can_be_read_by_anybody(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
