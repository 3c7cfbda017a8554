"""Asking for digests, and ending them: signed in, or by one click from an e-mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.digests import actions, findings, queries
from totalplace.doors.web.digests.post_office import officer_of_token, post_office
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.monitoring.rules.watched import Subject
from totalplace.places import queries as places


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Whether the officer wants a digest."""
    code = officer_of(request).code
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        actions.choose(code, wanted=wanted, on=now())
        messages.success(
            request,
            "You will get an e-mail each night on which something waits for you."
            if wanted
            else "You will get no more e-mail.",
        )
        return redirect("digests")
    shown = {"wants": queries.wants(code), "sends": post_office() is not None}
    return show(request, "digests/choose.html", shown)


class Following(forms.Form):
    """Which places and kinds somebody follows."""

    places = forms.MultipleChoiceField(
        label="Which places?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to follow all.",
    )  # fmt: skip
    subjects = forms.MultipleChoiceField(
        label="Which kinds of finding?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to follow all.",
        choices=[(one.value, one.value[:1].upper() + one.value[1:]) for one in Subject],
    )  # fmt: skip

    def __init__(self, typed: QueryDict | None, **said: Any) -> None:
        super().__init__(typed, **said)
        field = self.fields["places"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.code, one.name) for one in places.places()]


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Which findings the officer is told of, once a week."""
    code = officer_of(request).code
    now_follows = queries.follows(code)
    first = {"places": now_follows.places, "subjects": now_follows.subjects} if now_follows else {}
    form = Following(typed(request), initial=first)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("wanted") == "yes"
        given = form.cleaned_data
        what = actions.Follows(
            wanted, tuple(given["places"]) if wanted else (),
            tuple(given["subjects"]) if wanted else (),
        )  # fmt: skip
        actions.follow(code, what, on=now())
        said = "You will get findings by e-mail, at most once a week, when something moved."
        messages.success(request, said if wanted else "You will get no more findings by e-mail.")
        return redirect("follow findings")
    shown = {"form": form, "follows": now_follows, "sends": post_office() is not None}
    return show(request, "digests/follow.html", shown)


@csrf_exempt  # as below
@require_http_methods(["GET", "HEAD", "POST"])
def leave_findings(request: HttpRequest, token: str) -> HttpResponse:
    """End e-mail of findings from a link in one; looking at the link alone ends nothing."""
    code = findings.officer_of_token(token)
    if code is None:
        raise Http404
    if request.method == "POST":
        actions.follow(code, actions.Follows(wanted=False), on=now())
    shown = {"left": request.method == "POST", "of": "findings"}
    return show(request, "digests/leave.html", shown)


@csrf_exempt  # a mail program asks, which has no session: the link is signed (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End digests from a link in one; looking at the link alone ends nothing."""
    code = officer_of_token(token)
    if code is None:
        raise Http404
    if request.method == "POST":
        actions.choose(code, wanted=False, on=now())
    return show(request, "digests/leave.html", {"left": request.method == "POST"})
