"""Coming in: for the first time with a second factor, and by single sign-on."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from totalplace.doors.web import safety
from totalplace.doors.web.sign_in.invitation import invite
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record

PASSWORD: Final = "seven quiet blue herons"  # noqa: S105
PROVIDER: Final = Path(__file__).with_name("provider.py")
Faults = Callable[[Page], list[str]]


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that an authenticator app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


@pytest.fixture
def look(page: Page, faults_of: Faults, picture: Callable[..., None]) -> Callable[[str], None]:
    """Looks at the page: axe finds nothing wrong, and a picture is taken."""

    def looked(name: str) -> None:
        assert faults_of(page) == []
        picture(page, name)

    return looked


def test_an_officer_comes_in_for_the_first_time_and_then_again(
    page: Page,
    an_officer: Callable[..., Officer],
    noon: datetime,
    look: Callable[[str], None],
) -> None:
    an_officer("bea", Role.DATA_STEWARD)
    page.goto(invite("bea", by=Operator("Ada"), on=noon))
    set_password(page, look)
    sign_in(page)
    secret = take_on_a_second_factor(page, look)
    page.get_by_role("button", name="I have kept them").click()
    assert page.locator("h1").inner_text() == "Bea Example"
    look("my page")

    page.get_by_role("link", name="Sign out").first.click()
    look("sign out")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/my/")
    look("sign in")
    sign_in(page)
    look("code")
    page.get_by_label("Code").fill(code_of(secret, steps=1))
    page.get_by_role("button", name="Continue").click()
    assert page.locator("h1").inner_text() == "Bea Example"
    assert [entry.verb for entry in record.latest(2)] == ["signed out", "signed in"]


def set_password(page: Page, look: Callable[[str], None]) -> None:
    """Set a password by a link, first one that is too short."""
    look("welcome")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set password").click()
    assert "There is a problem" in page.locator(".govuk-error-summary").inner_text()
    look("welcome with an error")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set password").click()
    assert "Your password is set" in page.inner_text("main")
    look("sign in for the first time")


def take_on_a_second_factor(page: Page, look: Callable[[str], None]) -> str:
    """Set up an authenticator app, and return its secret."""
    page.wait_for_url("**/totp/activate/**")
    look("second factor")
    secret = page.locator(".tp-secret").text_content() or ""
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".tp-codes li").count() == 10
    look("recovery codes")
    return secret


def sign_in(page: Page, password: str = PASSWORD) -> None:
    """Fill in and send the form of sign-in."""
    page.get_by_label("Officer code").fill("bea")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


class Provider:
    """An organisation that knows its people, as a program of its own."""

    def __init__(self, site: str, folder: Path) -> None:
        back = f"{site}/account/single-sign-on/sso/login/callback/"
        self.url = f"http://127.0.0.1:{free_port()}"
        said = [self.url.rpartition(":")[2], str(folder), back]
        self.program = subprocess.Popen(
            [sys.executable, str(PROVIDER), *said], stdout=subprocess.PIPE, text=True
        )
        assert self.program.stdout is not None
        assert self.program.stdout.readline().strip() == "open"

    def settings(self, **more: str) -> dict[str, object]:
        """The settings of our service that name it, as the environment would."""
        said = {"URL": self.url, "CLIENT": "totalplace", "SECRET": "a secret between two programs"}
        named = {f"TOTALPLACE_SIGN_IN_{k}": v for k, v in {**said, "NAME": "Wexshire"}.items()}
        chosen = safety.chosen({**named, **more})
        apps = {"OAUTH_PKCE_ENABLED": True, "APPS": chosen.sign_on_apps}
        return {
            "SOCIALACCOUNT_PROVIDERS": {"openid_connect": apps},
            "SIGN_IN_PROVIDER_ASKS_TWICE": chosen.asks_twice,
            "SIGN_IN_EMAILS_ARE_VERIFIED": chosen.emails_are_verified,
            "CONTENT_SECURITY_POLICY": safety.content_security_policy(chosen),
        }


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@pytest.fixture
def provider(site: str) -> Iterator[Provider]:
    """A provider that knows our service."""
    with tempfile.TemporaryDirectory() as folder:
        known = Provider(site, Path(folder))
        yield known
        known.program.kill()
        known.program.communicate()


@pytest.fixture
def known_to(provider: Provider, settings: Any) -> Callable[..., None]:
    """Lets the service know of the provider."""

    def know(**said: str) -> None:
        for name, value in provider.settings(**said).items():
            setattr(settings, name, value)

    return know


def come_through(page: Page, name: str) -> None:
    """Sign in through the provider: its page of sign-in, and its question."""
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with Wexshire").click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("known")
    page.locator("[name=password]").press("Enter")
    page.get_by_role("button", name="Authorize").click()


def test_an_officer_comes_in_through_a_provider_that_asks_twice(
    page: Page,
    an_officer: Callable[..., Officer],
    known_to: Callable[..., None],
    faults_of: Faults,
    picture: Callable[..., None],
) -> None:
    an_officer("bea", Role.DATA_STEWARD)
    known_to(TOTALPLACE_SIGN_IN_ASKS_TWICE="yes")
    page.goto("/account/login/")
    assert faults_of(page) == []
    picture(page, "sign in by a provider")
    come_through(page, "bea")
    assert page.locator("h1").inner_text() == "Bea Example"
    assert record.latest(1)[0].citing == "by single sign-on"


def test_who_comes_through_a_provider_that_asks_once_sets_up_a_second_factor_here(
    page: Page, an_officer: Callable[..., Officer], known_to: Callable[..., None]
) -> None:
    an_officer("bea", Role.DATA_STEWARD)
    known_to()
    come_through(page, "bea")
    assert page.locator("h1").inner_text() == "Set up a second factor"


def test_nobody_is_made_by_coming_through_a_provider(
    page: Page,
    an_officer: Callable[..., Officer],
    known_to: Callable[..., None],
    faults_of: Faults,
    picture: Callable[..., None],
) -> None:
    an_officer("bea", Role.DATA_STEWARD)
    known_to(TOTALPLACE_SIGN_IN_ASKS_TWICE="yes")
    come_through(page, "dee")
    assert page.locator("h1").inner_text() == "You are not an officer of this service"
    assert faults_of(page) == []
    picture(page, "not an officer")


def test_an_address_that_the_provider_has_not_verified_lets_nobody_in(
    page: Page, an_officer: Callable[..., Officer], known_to: Callable[..., None]
) -> None:
    an_officer("ola", Role.DATA_STEWARD)
    known_to(TOTALPLACE_SIGN_IN_ASKS_TWICE="yes")
    come_through(page, "ola")
    assert page.locator("h1").inner_text() == "You are not an officer of this service"
