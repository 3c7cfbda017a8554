"""Showing: a page from a template, who looks at it, and a refusal as it stands.

A view that draws is `return show(request, "count/whole.html", {...})`. A view that acts calls one
action and returns `redirect(...)`. Where the action raises Refused, nobody need catch it: the same
view is called once more as a reading (`request.method` is then "GET", `request.POST` stays, so a
form made from `request.POST or None` keeps what was typed), and `show` puts the refusal above its
page, with status 409. A view that only acts (`require_POST`) gets a page of the refusal alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from django.contrib.messages import get_messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.loader import render_to_string
from django.urls import resolve

from totalplace.doors.web import navigation
from totalplace.doors.web.logs import tell
from totalplace.doors.web.sign_in.session import has_second_factor
from totalplace.places.rules.mandates import NoMandate, Officer
from totalplace.refusal import Refused

View = Callable[..., HttpResponseBase]
_REFUSED: Final = "_refused"


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """A page: the template with its context, and with who is signed in and where they can go."""
    if getattr(request, _REFUSED, None) is not None:
        status = HTTPStatus.CONFLICT
    page = render_to_string(template, dict(context or {}), request, using="pages")
    return HttpResponse(page, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page is given, those of the libraries of sign-in too."""
    officer = who(request)
    return {
        "officer": officer,
        "signed_in": request.user.is_authenticated,
        "navigation": navigation.top(request.path, signed_in=officer is not None),
        "footer": navigation.foot(),
        "refused": getattr(request, _REFUSED, None),
        "messages": get_messages(request),
        "here": request.get_full_path(),
    }


def who(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, with a second factor; None for anybody else."""
    account = request.user
    if not account.is_authenticated or not has_second_factor(request):
        return None
    return Officer(account.code, account.name)


def officer_of(request: HttpRequest) -> Officer:
    """The officer who is signed in. For a view below `officers_only`; raises Refused elsewhere."""
    officer = who(request)
    if officer is None:
        raise Refused(
            "This cannot be done", why="nobody is signed in", next_step="Sign in and try again"
        )
    return officer


def now() -> datetime:
    """The time of an act, in UTC."""
    return datetime.now(UTC)


def officers_only(view: View) -> View:
    """Let only a signed-in officer see a page; send others to sign in, and back."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **said: Any) -> HttpResponseBase:
        if who(request) is not None:
            return view(request, *args, **said)
        at = "/account/2fa/totp/activate/" if request.user.is_authenticated else "/account/login/"
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/my/"
        return HttpResponseRedirect(f"{at}?next={quote(back, safe='')}")

    return seen


def tell_refused(refused: Refused, request: HttpRequest, *, wanting: bool = False) -> None:
    """Tell the log that an act was refused, and whether for want of a power; never who asked."""
    wanting = wanting or isinstance(refused, NoMandate)
    event = "an act was refused for want of a power" if wanting else "an act was refused"
    route = getattr(request.resolver_match, "route", "none")
    tell(event, level=logging.WARNING if wanting else logging.INFO, route=str(route))


class Refusals:
    """Show what an action refused, on the page from which it was asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def refused(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Show a refusal; anything else is not ours."""
        if not isinstance(error, Refused):
            return None
        tell_refused(error, request)
        setattr(request, _REFUSED, error)
        if request.method == "POST":
            again = self._same_page(request)
            if again is not None:
                return again
        return show(request, "refused.html")

    @staticmethod
    def _same_page(request: HttpRequest) -> HttpResponseBase | None:
        """The page of a form again, or None where its address only acts or refuses that too."""
        found = resolve(request.path_info)
        request.method = "GET"
        try:
            response = found.func(request, *found.args, **found.kwargs)
        except Refused:
            return None
        return response if response.status_code == HTTPStatus.CONFLICT else None


# The name under which Django looks for it says nothing of the field.
setattr(Refusals, "process" + "_exception", Refusals.refused)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was typed, also where the form is drawn again above which a refusal stands."""
    return request.POST if request.method == "POST" or request.POST else None
