"""Sign-in as an app: one table of short-lived counts, and what is noted on the record."""

from __future__ import annotations

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Signing in."""

    name = "totalplace.doors.web.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        """Listen to what the libraries of sign-in say that they have done."""
        from totalplace.doors.web.sign_in import noted, provider

        noted.listen()
        provider.use()
