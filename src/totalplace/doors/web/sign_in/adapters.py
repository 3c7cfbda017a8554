"""What the libraries of sign-in ask of us: who may come in, how, and where they go then."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from totalplace.doors.web.sign_in.session import PROVIDER_ASKED_TWICE

# What a provider says in `amr` when it asked for more than one proof (RFC 8176, section 2).
_TWICE = frozenset({"mfa", "otp", "hwk", "swk", "fido", "ngcmfa"})


class Accounts(DefaultAccountAdapter):
    """Local accounts. An administrator appoints; nobody signs up."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            (
                "email_password_mismatch",
                "username_password_mismatch",
                "username_email_password_mismatch",
            ),
            "The code or the password is not right",
        ),
        "account_inactive": "This account is closed",
        "too_many_login_attempts": "Too many sign-ins have failed. Wait 15 minutes and try again",
        "rate_limited": "Too many tries. Wait 5 minutes and try again",
        "enter_current_password": "Enter your present password",
        "incorrect_password": "The password is not right",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **said: Any) -> None:
        """Say nothing: each page says what was done itself."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: an account is given and restored by an administrator's link."""


class SecondFactor(DefaultMFAAdapter):
    """Second factors, whose secrets stand encrypted in the records."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. It changes every 30 seconds: enter the next",
        "cannot_delete_authenticator": "Every officer needs a second factor",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never: to change it, an officer asks an administrator for a new link."""
        return False

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was."""
        return _keys().decrypt(encrypted_text.encode()).decode()


class SingleSignOn(DefaultSocialAccountAdapter):
    """Officers who come from a provider of OpenID Connect. Nobody is made by coming."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def get_requests_session(self) -> Any:
        """How the provider is asked: at the addresses that are known, and led on to no other."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the officer by subject, or else by verified e-mail address; else send them away."""
        from totalplace.doors.web.sign_in.pages import not_an_officer

        if not sociallogin.is_existing:
            officer = _officer_of(sociallogin)
            if officer is None:
                raise ImmediateHttpResponse(not_an_officer(request))
            sociallogin.connect(request, officer)
        request.session[PROVIDER_ASKED_TWICE] = asked_twice(sociallogin.account.extra_data)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        """The sign-in did not come through."""
        from totalplace.doors.web.sign_in.pages import sign_on_failed

        raise ImmediateHttpResponse(sign_on_failed(request))


def asked_twice(said: dict[str, Any]) -> bool:
    """Whether a provider says that it asked for a second factor, or is known always to ask."""
    if settings.SIGN_IN_PROVIDER_ASKS_TWICE:
        return True
    ways = (said.get("id_token") or {}).get("amr") or said.get("amr") or ()
    return bool(_TWICE & set(ways if isinstance(ways, list) else [ways]))


def _officer_of(sociallogin: SocialLogin) -> AbstractBaseUser | None:
    """The one active officer of a verified e-mail address; None where there is none, or doubt."""
    said = {
        address.email
        for address in sociallogin.email_addresses
        if address.verified or settings.SIGN_IN_EMAILS_ARE_VERIFIED
    }
    if len(said) != 1:
        return None
    found = get_user_model().objects.filter(email__iexact=said.pop(), is_active=True)
    return found.first() if found.count() == 1 else None


def _keys() -> MultiFernet:
    """The keys of the installation's secrets: the present one, and those that it replaced."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (hashlib.sha256(b"second factor:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
