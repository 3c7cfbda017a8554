"""The frame of every page: where one can go, what is refused, what is not there, what broke."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from totalplace.doors.web import urls
from totalplace.doors.web.forms import Day, errors_of
from totalplace.doors.web.showing import officers_only, show
from totalplace.places.rules.mandates import Officer
from totalplace.refusal import Refused


class Reason(forms.Form):
    """A form with one field."""

    reason = forms.CharField(label="Reason")


def refuse() -> None:
    """Refuse, as an action does."""
    raise Refused("The grant cannot be signed", why="it is a draft", next_step="Offer it first")


def with_a_form(request: HttpRequest) -> HttpResponse:
    """A page whose act is refused."""
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refuse()
        return redirect("/")
    return show(request, "components/form.html", {"form": form})


@require_POST
def only_acts(request: HttpRequest) -> HttpResponse:
    """An address that only acts."""
    refuse()
    return redirect("/")


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a defect."""
    raise RuntimeError("a defect with a name in it")


class Addresses:
    """Our addresses, and those of these pages."""

    handler404, handler500 = urls.handler404, urls.handler500

    def __init__(self) -> None:
        self.urlpatterns = [
            path("with-a-form/", with_a_form),
            path("only-acts/", only_acts),
            path("broken/", broken),
            path("for-officers/", officers_only(with_a_form)),
            *urls.urlpatterns,
        ]


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture
def pages(client: Client, settings: Any) -> Client:
    """A client for whom these pages are there."""
    settings.ROOT_URLCONF = Addresses()
    client.raise_request_exception = False
    return client


def test_the_first_page_says_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "each pound once" in page
    assert "Skip to main content" in page


def test_a_page_that_is_not_there_says_so(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_what_is_refused_stands_on_the_page_it_was_asked_on_with_what_was_typed(
    pages: Client,
) -> None:
    answer = pages.post("/with-a-form/", {"reason": "we are in a hurry"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("The grant cannot be signed", "It is a draft.", "Offer it first.", "in a hurry"):
        assert said in page
    assert "<title>Error: " in page


def test_what_only_acts_and_is_refused_gets_a_page_of_the_refusal(pages: Client) -> None:
    answer = pages.post("/only-acts/")
    assert answer.status_code == 409
    assert "The grant cannot be signed" in answer.content.decode()
    assert "Nothing has been changed" in answer.content.decode()


def test_a_defect_is_owned_and_tells_nothing_of_the_inside(pages: Client) -> None:
    answer = pages.get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong that should not have" in answer.content.decode()
    assert "a name in it" not in answer.content.decode()


def test_who_is_sent_to_sign_in_comes_back_to_where_they_wanted_to_go(pages: Client) -> None:
    answer = pages.get("/for-officers/?page=2")
    assert answer["Location"] == "/account/login/?next=%2Ffor-officers%2F%3Fpage%3D2"


def test_an_officer_is_named_on_every_page_and_sees_what_is_for_officers(
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    page = signed_in(an_officer("bea")).get("/").content.decode()
    assert "Bea Example" in page
    assert 'href="/places/"' in page
    assert 'href="/places/"' not in Client().get("/").content.decode()


class Missing(forms.Form):
    """Nothing of it is typed."""

    name = forms.CharField(label="Their name")
    role = forms.ChoiceField(label="A role", choices=[("a", "A")])
    file = forms.FileField(label="A file")
    agreed = forms.BooleanField(label="I have checked this")
    gss = forms.CharField(label="GSS code")
    day = Day(label="A date")


def test_what_is_missing_is_named() -> None:
    form = Missing({})
    assert [error["text"] for error in errors_of(form)] == [
        "Enter their name",
        "Choose a role",
        "Choose a file",
        "Tick the box: I have checked this",
        "Enter GSS code",
        "Enter a date",
    ]
    assert errors_of(form)[-1]["href"] == "#id_day_day"


@pytest.mark.parametrize(
    ("typed", "right"),
    [(("27", "3", "2026"), True), (("31", "2", "2026"), False), (("1", "", "2026"), False)],
)
def test_a_date_is_a_real_one(typed: tuple[str, str, str], right: bool) -> None:
    form = Missing(
        {f"day_{n}": part for n, part in zip(("day", "month", "year"), typed, strict=True)}
    )
    assert ("day" not in form.errors) is right


def test_style_and_scripts_are_those_that_were_vendored(root: Path) -> None:
    subprocess.run([sys.executable, root / "script" / "vendor"], check=True)
    style = (root / "src/totalplace/doors/web/static/vendor/govuk-frontend.min.css").read_text()
    for kept_for_govuk in ("GDS Transport", "@font-face", "crest.svg"):
        assert kept_for_govuk not in style


def test_style_is_sent_pressed_to_who_takes_it_and_kept_for_a_year(client: Client) -> None:
    page = client.get("/").content.decode()
    (style,) = re.findall(r'href="(/static/vendor/[^"]+)"', page)
    answer = client.get(style, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "max-age=31536000" in answer["Cache-Control"]
    assert len(b"".join(answer)) < 40_000
