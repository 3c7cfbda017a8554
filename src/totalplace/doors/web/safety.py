"""What an installation chooses for its service, from the environment, and when that is not safe."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from totalplace.refusal import Refused

LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")
_SECRET_LENGTH: Final = 50
_SECRETS: Final = {"SECRET_KEY", "FORMER_SECRET_KEYS", "SIGN_IN_SECRET"}
_TRUE: Final = {"1", "yes", "true", "on"}


@dataclass(frozen=True, slots=True)
class SignOn:
    """A provider of OpenID Connect, and by which name and secret it knows this service."""

    url: str
    client: str
    secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """An installation's choices."""

    secret: str
    former_secrets: tuple[str, ...]
    hosts: tuple[str, ...]
    https: bool
    https_below: bool  # every name below ours is reached by https alone, too
    proxies: int  # how many of one's own stand in front and say who asks
    sign_on: SignOn | None
    emails_are_verified: (
        bool  # the provider's addresses are given by the employer, not by its users
    )
    asks_twice: bool  # the provider never lets anybody in on a password alone

    @property
    def sign_in_origins(self) -> tuple[str, ...]:
        """Where a form of ours may lead, because signing in goes through there."""
        if self.sign_on is None:
            return ()
        parts = urlsplit(self.sign_on.url)
        return (f"{parts.scheme}://{parts.netloc}",)

    @property
    def sign_on_apps(self) -> list[dict[str, Any]]:
        """The provider, as the library of sign-in has it."""
        on = self.sign_on
        if on is None:
            return []
        said = {"provider_id": "sso", "name": on.name, "client_id": on.client}
        return [{**said, "secret": on.secret, "settings": {"server_url": on.url}}]


def chosen(environment: Mapping[str, str] = os.environ) -> Chosen:
    """Read what is chosen; hosts are this computer alone where nothing is said."""

    def said(name: str) -> str:
        file = environment.get(f"TOTALPLACE_{name}_FILE", "").strip()
        if file and name in _SECRETS:
            return _read(Path(file), f"TOTALPLACE_{name}_FILE")
        return environment.get(f"TOTALPLACE_{name}", "").strip()

    proxies, url = said("PROXIES"), said("SIGN_IN_URL").rstrip("/")
    name = said("SIGN_IN_NAME") or "single sign-on"
    provider = SignOn(url, said("SIGN_IN_CLIENT"), said("SIGN_IN_SECRET"), name)
    return Chosen(
        secret=said("SECRET_KEY"),
        former_secrets=tuple(said("FORMER_SECRET_KEYS").split()),
        hosts=tuple(said("HOSTS").replace(",", " ").split()) or LOCAL_HOSTS,
        https=said("HTTPS").lower() in _TRUE,
        https_below=said("HTTPS_BELOW").lower() in _TRUE,
        proxies=int(proxies) if proxies.isdigit() else 0,
        sign_on=provider if url else None,
        emails_are_verified=said("SIGN_IN_EMAILS_ARE_VERIFIED").lower() in _TRUE,
        asks_twice=said("SIGN_IN_ASKS_TWICE").lower() in _TRUE,
    )


def _read(path: Path, named: str) -> str:
    """A secret as systemd, a container or a vault hands it over. Raises Refused without it."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Refused(
            "The service does not start",
            why=f"the file of {named} cannot be read: {str(error.strerror).lower()}",
            next_step="Name the file of the secret, and let this program read it",
        ) from error


def check(choices: Chosen, *, listens_on: str) -> None:
    """Raise Refused where a service that others can reach would not be safe.

    On this computer alone anything goes; elsewhere it needs a secret of its own, the names by
    which it is reached, and https (OWASP ASVS 5.0.0: 12.2.1).
    """
    if listens_on in ("localhost", "127.0.0.1", "::1") and set(choices.hosts) <= set(LOCAL_HOSTS):
        return
    what = "The service does not start"
    if len(choices.secret) < _SECRET_LENGTH:
        raise Refused(
            what,
            why="others can reach it, and it has no secret of its own to sign with",
            next_step="Put 50 random characters or more into TOTALPLACE_SECRET_KEY",
        )
    if "*" in choices.hosts or set(choices.hosts) <= set(LOCAL_HOSTS):
        raise Refused(
            what,
            why="others can reach it, and it does not know its own name",
            next_step="Name its hosts in TOTALPLACE_HOSTS, such as count.example.gov.uk",
        )
    if not choices.https:
        raise Refused(
            what,
            why="others can reach it, and passwords would pass unencrypted",
            next_step="Put it behind a proxy with https, and say TOTALPLACE_HTTPS=yes",
        )


def content_security_policy(choices: Chosen) -> dict[str, dict[str, list[str]]]:
    """What a page may hold: files of ours and nothing else, no script or style of its own.

    A form leads to us, or on through the provider of single sign-on (CSP level 3).
    """
    ours, none = [SELF], [NONE]
    return {
        "DIRECTIVES": {
            "default-src": none,
            "script-src": ours,
            "style-src": ours,
            "img-src": ours,
            "connect-src": ours,
            "manifest-src": ours,
            "form-action": [*ours, *choices.sign_in_origins],
            "base-uri": none,
            "object-src": none,
            "frame-ancestors": none,
        }
    }
