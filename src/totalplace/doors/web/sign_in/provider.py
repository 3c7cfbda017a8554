"""What of a provider of OpenID Connect is checked beyond what the library does by itself.

The library takes the provider's description as it comes, and leaves the signature of a token
unread that came straight from the provider (OpenID Connect Core 1.0, 3.1.3.7 allows that). Here the
description has to be of the provider that was named, and every token signed by it (ASVS 5.0.0,
6.8.2, 9.1.1, 9.1.2, 10.5.3).
"""

from __future__ import annotations

from typing import Any, Final

from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase

from totalplace.refusal import Refused

# Of keys in two halves only: nobody can sign with the half that the provider shows.
ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)


class Checked(OpenIDConnectOAuth2Adapter):
    """The provider, as the library asks it, with what it says checked."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description. Raises Refused where it is another's."""
        said: dict[str, Any] = super().openid_config
        named = str(self.get_provider().app.settings["server_url"])
        wanted = named.partition("/.well-known/")[0].rstrip("/")
        if str(said.get("issuer", "")).rstrip("/") != wanted:
            raise Refused(
                "Nobody is signed in",
                why="the provider of single sign-on calls itself by another name than it should",
                next_step="Ask whoever runs this service to compare TOTALPLACE_SIGN_IN_URL "
                "with the issuer that the provider names",
            )
        return said

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """What a token says, if the provider signed it for us. Raises OAuth2Error otherwise."""
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("id_token is signed in a way that is not taken")
        read: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return read


def use() -> None:
    """Have the library ask through what checks, wherever it asks by itself."""
    OpenIDConnectProvider.oauth2_adapter_class = Checked


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Whoever comes back from the provider."""
    try:
        view = OAuth2CallbackView.adapter_view(Checked(request, provider_id))
        found: HttpResponseBase = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return found
