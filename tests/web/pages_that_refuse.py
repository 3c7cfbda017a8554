"""Pages that only tests have: what they do is refused."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from totalplace.doors.web.showing import officers_only, show
from totalplace.doors.web.urls import handler404, handler500  # noqa: F401  (Django looks for them)
from totalplace.doors.web.urls import urlpatterns as real
from totalplace.refusal import Refused


class Reason(forms.Form):
    reason = forms.CharField(label="Reason")


def refuse() -> None:
    raise Refused("The grant cannot be signed", why="it is a draft", next_step="Offer it first")


def page_with_a_form(request: HttpRequest) -> HttpResponse:
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refuse()
        return redirect("/")
    return show(request, "components/form.html", {"form": form})


@require_POST
def only_acts(request: HttpRequest) -> HttpResponse:
    refuse()
    return redirect("/")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect")


urlpatterns = [
    path("with-a-form/", page_with_a_form),
    path("only-acts/", only_acts),
    path("broken/", broken),
    path("officers/", officers_only(page_with_a_form)),
    *real,
]
