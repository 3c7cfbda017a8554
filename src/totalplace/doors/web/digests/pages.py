"""Asking for digests, and ending them: signed in, or by one click from an e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.digests import actions, queries
from totalplace.doors.web.digests.post_office import officer_of_token, post_office
from totalplace.doors.web.showing import now, officer_of, officers_only, show


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
