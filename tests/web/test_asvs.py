"""What the security standard asks and no other test shows: see docs/reference/asvs.md."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import runpy
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
import structlog
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from totalplace.doors.web import safety
from totalplace.doors.web import settings as service
from totalplace.doors.web.sign_in.adapters import SingleSignOn
from totalplace.doors.web.sign_in.invitation import invite
from totalplace.doors.web.sign_in.passwords import FILE, NotLost, NotNearAtHand, is_lost
from totalplace.places.rules.mandates import Officer, Operator
from totalplace.refusal import Refused

HTTPS: Final = {
    "TOTALPLACE_SECRET_KEY": "x" * 64,
    "TOTALPLACE_HOSTS": "count.example.org",
    "TOTALPLACE_HTTPS": "yes",
    "TOTALPLACE_HTTPS_BELOW": "yes",
    "TOTALPLACE_PROXIES": "1",
}
A_FILE: Final = "/static/totalplace/start.js"


@pytest.fixture
def told() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines of the log of a test."""
    (lines,) = [
        handler
        for handler in logging.getLogger("totalplace").handlers
        if isinstance(handler, logging.StreamHandler)
        and isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    written = io.StringIO()
    before = lines.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    if before is not None:
        lines.setStream(before)


def test_over_https_a_browser_takes_cookies_from_this_host_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in HTTPS.items():
        monkeypatch.setenv(name, value)
    said = runpy.run_path(str(service.__file__))
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert said[f"{cookie}_NAME"].startswith("__Host-")
        assert said[f"{cookie}_SECURE"]
        assert not said.get(f"{cookie}_DOMAIN")
        assert said.get(f"{cookie}_PATH", "/") == "/"
    assert said["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


@pytest.mark.parametrize("path", ["/", A_FILE, "/health", "/nowhere/", "/api/v1/openapi.json"])
def test_files_and_signs_of_life_carry_the_policy_too(client: Client, path: str) -> None:
    answer = client.get(path)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    if path != "/health":
        assert "object-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    answer.close()


def test_a_program_that_asks_unencrypted_is_refused_and_not_led_on(
    client: Client, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/places/").status_code == 301
    answer = client.get("/api/v1/places/places")
    assert answer.status_code == 403
    assert "may have been read" in answer.json()["why"]
    assert client.get("/api/v1/places/places", secure=True).status_code == 200


@pytest.mark.parametrize("path", ["/my/", "/account/sessions/", "/account/password/change/"])
def test_a_page_of_an_officer_is_kept_by_no_browser(
    path: str, an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    assert "no-store" in signed_in(an_officer("bea")).get(path)["Cache-Control"]


@pytest.mark.parametrize(
    "password", ["TotalPlace2026!", "Council-Budget-2027", "finance officer 12", "password1234567"]
)
def test_words_near_at_hand_make_no_password(password: str) -> None:
    with pytest.raises(ValidationError, match="try first here"):
        NotNearAtHand().validate(password)


@pytest.mark.parametrize("password", ["correct horse battery staple", "budget walrus teaspoon"])
def test_beside_enough_else_they_do_no_harm(password: str) -> None:
    NotNearAtHand().validate(password)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 500])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_lost_password_is_found_wherever_it_stands(tmp_path: Path, count: int, end: str) -> None:
    lost = [f"password number {number}" for number in range(count)]
    digests = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in lost)  # noqa: S324
    path = tmp_path / "lost.txt"
    path.write_bytes("".join(f"{d}:{n}{end}" for n, d in enumerate(digests)).encode())
    assert all(is_lost(path, word) for word in lost)
    assert not any(is_lost(path, f"unheard of {number}") for number in range(50))


def test_a_lost_password_is_refused_where_there_is_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lost.txt"
    path.write_text(hashlib.sha1(b"a stolen sentence").hexdigest())  # noqa: S324
    NotLost().validate("a stolen sentence")
    monkeypatch.setenv(FILE, str(path))
    with pytest.raises(ValidationError, match="stolen somewhere"):
        NotLost().validate("a stolen sentence")


def test_a_password_is_set_only_if_it_is_none_of_these(client: Client, bea: Officer) -> None:
    link = invite("bea", by=Operator("Ada"), on=datetime.fromisoformat("2026-11-26T12:00+00:00"))
    page = client.post(link, {"password": "TotalPlace2026!"}).content.decode()
    assert "try first here" in page


def test_who_proves_more_goes_on_under_another_key(
    bea: Officer, signed_in: Callable[..., Client]
) -> None:
    officer = signed_in(bea)
    account = get_user_model().objects.get(code="bea")
    account.set_password("seven quiet blue herons")
    account.save()
    officer = signed_in(bea)
    before = officer.session.session_key
    UserSession.objects.create(user=account, session_key=before, ip="127.0.0.1", user_agent="")
    said = {"password": "seven quiet blue herons"}
    assert officer.post("/account/reauthenticate/", said).status_code == 302
    after = officer.session.session_key
    assert after != before
    assert [row.session_key for row in UserSession.objects.all()] == [after]
    assert not Session.objects.filter(session_key=before).exists()


def test_nobody_is_led_on_to_another_host(bea: Officer, signed_in: Callable[..., Client]) -> None:
    answer = signed_in(bea).get("/account/login/?next=https://evil.example/")
    assert answer["Location"] == "/my/"


@pytest.mark.parametrize("path", ["/", "/my/", "/api/v1/places/places"])
def test_what_was_sent_is_told_back_to_nobody(client: Client, path: str) -> None:
    assert client.trace(path).status_code == 405


def test_the_provider_leads_us_on_to_no_other_address() -> None:
    assert SingleSignOn().get_requests_session().max_redirects == 0


@pytest.fixture
def bea(an_officer: Callable[..., Officer]) -> Officer:
    """An officer."""
    return an_officer("bea")


def test_a_secret_may_come_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("y" * 64 + "\n")
    assert safety.chosen({"TOTALPLACE_SECRET_KEY_FILE": str(path)}).secret == "y" * 64
    with pytest.raises(Refused, match="cannot be read"):
        safety.chosen({"TOTALPLACE_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_a_failed_sign_in_is_in_the_log_without_whose(
    client: Client, told: Callable[[], list[dict[str, Any]]]
) -> None:
    client.post("/account/login/", {"login": "mallory", "password": "guess a word"})
    failed = [line for line in told() if line["event"] == "a sign-in failed"]
    assert [line["level"] for line in failed] == ["warning"]
    assert "mallory" not in json.dumps(told())


def test_an_act_without_the_mandate_is_in_the_log(
    bea: Officer,
    signed_in: Callable[..., Client],
    told: Callable[[], list[dict[str, Any]]],
) -> None:
    officer = signed_in(bea)
    officer.post("/places/officers/appoint/", {"name": "Eve", "code": "eve", "email": ""})
    officer.get("/record/entries/")
    refused = [line for line in told() if line["event"].startswith("an act was refused for want")]
    assert refused
    assert all(line["level"] == "warning" and line["route"] for line in refused)


def test_a_token_that_is_none_is_in_the_log(
    client: Client, told: Callable[[], list[dict[str, Any]]]
) -> None:
    client.get("/api/v1/places/me", headers={"authorization": "Bearer nothing"})
    assert [line["route"] for line in told() if "want of a power" in line["event"]]
