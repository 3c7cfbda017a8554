"""What an installation chooses for its service, from the environment, and when that is not safe."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from totalplace.refusal import Refused

LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")
_SECRET_LENGTH: Final = 50
_TRUE: Final = {"1", "yes", "true", "on"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """An installation's choices."""

    secret: str
    former_secrets: tuple[str, ...]
    hosts: tuple[str, ...]
    https: bool
    proxies: int  # how many of one's own stand in front and say who asks
    sign_in_url: str  # of an OpenID Connect provider

    @property
    def sign_in_origins(self) -> tuple[str, ...]:
        """Where a form of ours may lead, because signing in goes through there."""
        parts = urlsplit(self.sign_in_url)
        return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


def chosen(environment: Mapping[str, str] = os.environ) -> Chosen:
    """Read what is chosen; hosts are this computer alone where nothing is said."""
    said = {name: environment.get(f"TOTALPLACE_{name}", "").strip() for name in _NAMES}
    proxies = said["PROXIES"]
    return Chosen(
        secret=said["SECRET_KEY"],
        former_secrets=tuple(said["FORMER_SECRET_KEYS"].split()),
        hosts=tuple(said["HOSTS"].replace(",", " ").split()) or LOCAL_HOSTS,
        https=said["HTTPS"].lower() in _TRUE,
        proxies=int(proxies) if proxies.isdigit() else 0,
        sign_in_url=said["SIGN_IN_URL"],
    )


_NAMES: Final = ("SECRET_KEY", "FORMER_SECRET_KEYS", "HOSTS", "HTTPS", "PROXIES", "SIGN_IN_URL")


def check(choices: Chosen, *, listens_on: str) -> None:
    """Raise Refused where a service that others can reach would not be safe.

    On this computer alone anything goes; elsewhere it needs a secret of its own, the names by
    which it is reached, and https (OWASP ASVS 4.0.3: 9.1.1, 14.1.3).
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
