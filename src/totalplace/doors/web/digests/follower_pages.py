"""Following a place by e-mail without an account: asking, confirming by a link, and leaving."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.digests.followers import actions, queries
from totalplace.doors.web.digests.followers.actions import Letter
from totalplace.doors.web.digests.post_office import PostOffice, post_office
from totalplace.doors.web.participation.public.sending import too_many
from totalplace.doors.web.showing import now, show, typed
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.refusal import Refused

_METHODS = ["GET", "HEAD", "POST"]


class Asking(forms.Form):
    """An address."""

    email = forms.EmailField(
        label="Your e-mail address", max_length=254,
        help_text="We use it for this alone, and forget it when you end it.",
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address such as name@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )  # fmt: skip


@never_cache
@require_http_methods(_METHODS)
def follow(request: HttpRequest, place: str) -> HttpResponse:
    """Ask for a place's findings; whatever is known of the address, the answer is the same."""
    name, office = _name_of(place), post_office()
    form = Asking(typed(request))
    shown = {"code": place, "name": name, "form": form, "sends": office is not None}
    if request.method == "POST" and office is not None and form.is_valid():
        if too_many(request, mail=True):
            page = "digests/place_too_many.html"
            return show(request, page, shown, status=HTTPStatus.TOO_MANY_REQUESTS)
        _send(office, place, name, to=form.cleaned_data["email"])
        return show(request, "digests/place_asked.html", shown)
    return show(request, "digests/place_follow.html", shown)


@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm from a link in an e-mail; looking at the link alone confirms nothing."""
    asked = request.method == "POST"
    place = actions.confirm(token, on=now()) if asked else queries.place_of(token)
    shown = {"name": _name_of(place) if place else "", "code": place, "done": asked and place}
    status = HTTPStatus.OK if place else HTTPStatus.GONE
    return show(request, "digests/place_confirm.html", shown, status=status)


@csrf_exempt  # a mail program asks, which has no session: the link is signed (RFC 8058)
@never_cache
@require_http_methods(_METHODS)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End it from a link in an e-mail, and forget the address; looking alone ends nothing."""
    if not queries.may_leave(token):
        raise Http404
    if request.method == "POST":
        actions.leave(token)
    shown = {"left": request.method == "POST", "of": "findings", "without_account": True}
    return show(request, "digests/leave.html", shown)


def _name_of(place: str) -> str:
    try:
        if code_is_sound(place):
            return places.place(place).name
    except Refused as refused:
        raise Http404 from refused
    raise Http404


@transaction.atomic
def _send(office: PostOffice, place: str, name: str, *, to: str) -> None:
    """Send the link at once. Raises Refused, and nothing is kept, where it was not taken."""
    letter = actions.ask(place, to, on=now())
    if letter is None:
        return
    office.send_at_once(
        _mail(office, name, letter, to), else_do="See that the address is right, or try again later"
    )


def _mail(office: PostOffice, name: str, letter: Letter, to: str) -> EmailMessage:
    if letter.confirms:
        body = (
            f"Somebody asked that what is found in {name} be sent to this address, at most once a "
            "week.\n\nIf it was you, say so here within two days:\n"
            f"{office.url}/digests/confirm/{letter.token}/\n\n"
            "If it was not, do nothing: the address is then forgotten.\n"
        )
    else:
        body = (
            f"Somebody, perhaps you, asked again for what is found in {name}. It is sent to this "
            "address already, at most once a week.\n\nTo get no more e-mail, and have the address "
            f"forgotten:\n{office.url}/digests/end/{letter.token}/\n"
        )
    return EmailMessage(
        subject=f"Findings in {name}", body=body, from_email=office.sender, to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
