"""A provider of OpenID Connect, as a program of its own: an organisation that knows its people.

    python provider.py PORT FOLDER

It knows three people, all by the password `known`: bea and dee, whose addresses it has verified,
and ola, whose address it has only been told.
"""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

CLIENT, SECRET = "totalplace", "a secret between two programs"
PASSWORD = "known"  # noqa: S105
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
PEOPLE = {"bea": True, "dee": True, "ola": False}


class Quiet(WSGIRequestHandler):
    """Says nothing of what was asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        pass


def a_key() -> str:
    """A key to sign with, made anew."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, form, serialization.NoEncryption()).decode()


class Addresses:
    """The provider's pages, which can only be asked for once it is set up."""

    @cached_property
    def urlpatterns(self) -> list[Any]:
        """What Django looks for."""
        from django.urls import include, path

        return [
            path("accounts/", include("allauth.urls")),
            path("", include("allauth.idp.urls")),
        ]


def configured(folder: Path) -> dict[str, Any]:
    """Settings of a small service that is not ours."""
    return {
        "SECRET_KEY": "of the provider",
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": Addresses(),
        "DATABASES": {
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "people")}
        },
        "INSTALLED_APPS": [
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        "MIDDLEWARE": [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": PROCESSORS},
            }
        ],
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "IDP_OIDC_PRIVATE_KEY": a_key(),
        "SESSION_COOKIE_NAME": "of_the_provider",  # both are on one host
        "CSRF_COOKIE_NAME": "token_of_the_provider",
        "USE_TZ": True,
    }  # fmt: skip


def know_people(back_to: str) -> None:
    """Make the accounts, and say which service may ask about them."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model

    accounts: Any = get_user_model()  # Django's own: this is not our service
    for name, verified in PEOPLE.items():
        email = f"{name}@example.org"
        user = accounts.objects.create_user(name, email, PASSWORD)
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    client = Client(id=CLIENT, name="Total Place", scopes="openid\nprofile\nemail")
    client.redirect_uris = back_to
    client.set_secret(SECRET)
    client.save()


def main(port: int, folder: Path, back_to: str) -> None:
    """Run until killed."""
    settings.configure(**configured(folder))
    django.setup()
    call_command("migrate", verbosity=0)
    know_people(back_to)
    from django.core.handlers.wsgi import WSGIHandler

    server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
    server.set_app(WSGIHandler())
    print("open", flush=True)  # noqa: T201  (whoever started it waits for this)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
