"""Pages of sign-in that are ours alone: a first password, and who is sent away."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.showing import now, show
from totalplace.doors.web.sign_in import invitation
from totalplace.doors.web.sign_in.forms import NewPassword


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, said: str, token: str) -> HttpResponse:
    """Set a password by a link for one use, and go on to sign in with it."""
    account = invitation.invited(said, token)
    form = NewPassword(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        invitation.accept(said, token, form.cleaned_data["password"], on=now())
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    return show(request, "sign_in/welcome.html", {"form": form, "account": account})


def not_an_officer(request: HttpRequest) -> HttpResponse:
    """Who came through single sign-on is nobody's officer."""
    return show(request, "sign_in/not_an_officer.html", status=HTTPStatus.FORBIDDEN)


def sign_on_failed(request: HttpRequest) -> HttpResponse:
    """Single sign-on did not come through."""
    return show(request, "sign_in/sign_on_failed.html", status=HTTPStatus.FORBIDDEN)


def locked_out(request: HttpRequest, *args: Any, **said: Any) -> HttpResponse:
    """Too many sign-ins failed."""
    return show(request, "sign_in/locked_out.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def asked_from(request: HttpRequest) -> str | None:
    """The address from which a request came, past the proxies that are ours; None for none."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # it came through no network
        return None


def typed_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Whose sign-in is tried: what was typed, in one case."""
    said = (credentials or {}).get("username") or (credentials or {}).get("email")
    if not said and request is not None:
        said = request.POST.get("login", "")
    return str(said or "").strip().lower()[:255]
