"""The forms of sign-in, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

_CODE_HINT = "6 digits from your authenticator app, or one of your recovery codes"


class SignIn(LoginForm):
    """A code or e-mail address, and a password."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        login = self.fields["login"]
        login.label = "Officer code or e-mail address"
        login.error_messages["required"] = "Enter your officer code or e-mail address"
        login.widget.attrs = {"autocomplete": "username", "spellcheck": False}
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields["password"].help_text = ""
        self.fields.pop("remember", None)


class Code(AuthenticateForm):
    """A code from an app, or a recovery code."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        _code(self.fields["code"], _CODE_HINT)


class CodeAgain(CodeAgainForm):
    """A code, asked again before something that matters."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        _code(self.fields["code"], _CODE_HINT)


class TakeOnApp(ActivateTOTPForm):
    """The first code from an authenticator app."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        _code(self.fields["code"], "6 digits that the app shows now")


class PasswordAgain(ReauthenticateForm):
    """A password, asked again before something that matters."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["password"].label = "Password"
        self.fields["password"].error_messages["required"] = "Enter your password"


class NewPassword(forms.Form):
    """A password, chosen anew. Once, as it can be shown while it is typed."""

    password = forms.CharField(
        label="New password",
        help_text="12 characters or more. Three or four words that do not belong together are "
        "easy to remember and hard to guess.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=256,
        error_messages={"required": "Enter a new password"},
    )

    def __init__(self, *args: Any, account: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self._account = account

    def clean_password(self) -> str:
        """The password, if it is long and not a common one; raises ValidationError."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._account)
        return password


class ChangePassword(ChangePasswordForm):
    """The old password and a new one."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        del self.fields["password2"]  # it can be shown while it is typed
        self.fields["oldpassword"].label = "Present password"
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = "12 characters or more."
        self.fields["password1"].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any]:
        """What was typed."""
        typed: dict[str, Any] = forms.Form.clean(self) or {}
        return typed


def _code(field: forms.Field, hint: str) -> None:
    field.label = "Code"
    field.help_text = hint
    field.error_messages["required"] = "Enter the code"
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": False,
               "class": "govuk-input--width-10"}
    )  # fmt: skip
