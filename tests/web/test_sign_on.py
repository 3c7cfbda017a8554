"""Of a provider of single sign-on only what it signed, and only of the one that was named."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Final, Self

import pytest
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import RequestFactory

from totalplace.doors.web.sign_in.adapters import SingleSignOn
from totalplace.doors.web.sign_in.provider import Checked
from totalplace.refusal import Refused

ISSUER: Final = "https://login.example.org/tenant"
KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SAYS: Final = {"iss": ISSUER, "aud": "us", "sub": "bea", "exp": time.time() + 6 * 3_600}


class Provider:
    """What stands at the provider's addresses: the key that it signs with."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def get(self, address: str) -> Self:
        assert address == f"{ISSUER}/keys"
        return self

    def raise_for_status(self) -> None:
        pass

    def json(self) -> dict[str, Any]:
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**shown, "kid": "1", "alg": "RS256"}]}


@pytest.fixture
def provider(
    settings: Any, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Checked]:
    """The provider as we ask it, with what it says of itself."""
    app = {"provider_id": "sso", "name": "sso", "client_id": "us", "secret": "x"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**app, "settings": {"server_url": ISSUER}}]}
    }
    monkeypatch.setattr(SingleSignOn, "get_requests_session", lambda _: Provider())

    def made(issuer: str = ISSUER) -> Checked:
        adapter = Checked(rf.get("/"), "sso")
        adapter._openid_config = {"issuer": issuer, "jwks_uri": f"{ISSUER}/keys"}  # noqa: SLF001
        return adapter

    return made


def read(adapter: Checked, token: str) -> dict[str, Any]:
    adapter.did_fetch_access_token = True  # it came straight from the provider
    return adapter._decode_id_token(SocialApp(client_id="us"), token)  # noqa: SLF001


def signed(by: Any = KEY, algorithm: str = "RS256", **other: Any) -> str:
    return str(jwt.encode({**SAYS, **other}, by, algorithm=algorithm, headers={"kid": "1"}))


def test_what_the_provider_signed_for_us_is_taken(provider: Callable[..., Checked]) -> None:
    assert read(provider(), signed())["sub"] == "bea"


@pytest.mark.parametrize(
    "token",
    [
        signed(by=OTHER),
        signed()[:-6] + "AAAAAA",
        signed(by="", algorithm="none"),
        signed(by="x" * 64, algorithm="HS256"),
        signed(aud="somebody else"),
        signed(iss="https://other.example.org"),
        signed(exp=time.time() - 600),
        "no token",
    ],
)
def test_what_it_did_not_sign_or_not_for_us_or_now_is_refused(
    provider: Callable[..., Checked], token: str
) -> None:
    with pytest.raises(OAuth2Error):
        read(provider(), token)


def test_a_description_of_another_provider_is_refused(provider: Callable[..., Checked]) -> None:
    assert provider(f"{ISSUER}/").openid_config
    with pytest.raises(Refused, match="by another name"):
        _ = provider("https://other.example.org").openid_config
