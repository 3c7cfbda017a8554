"""The service described: for programs, on a page, and in the reference, all from one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from totalplace.doors.api import frame
from totalplace.doors.api.described import addresses, openapi, parts
from totalplace.places.rules.mandates import Act, Officer, Role

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_is_what_the_service_says() -> None:
    subprocess.run([sys.executable, ROOT / "script" / "api", "--check"], check=True)


def test_every_kind_of_thing_has_a_name_of_its_own() -> None:
    openapi()  # every module is loaded by it
    names: dict[str, list[str]] = {}
    todo = list(Schema.__subclasses__())
    while todo:
        one = todo.pop()
        todo += one.__subclasses__()
        if one.__module__.startswith("totalplace.") and "[" not in one.__name__:
            names.setdefault(one.__name__, []).append(one.__module__)
    assert {name: where for name, where in names.items() if len(where) > 1} == {}


def test_everything_is_explained() -> None:
    assert [part.name for part in parts() if not part.says and "PageOf" not in part.name] == []
    for listed in addresses().values():
        assert [a.path for a in listed if len(a.title) < 8] == []


def test_the_description_is_openapi_and_says_who_may() -> None:
    said = openapi()
    assert said["openapi"].startswith("3.1")
    freeze = said["paths"]["/api/v1/count/editions"]["post"]
    assert freeze["security"] == [{"token": []}]
    assert freeze["x-act"] == Act.FREEZE
    assert said["paths"]["/api/v1/count/editions"]["get"]["security"] == [{}, {"token": []}]
    assert said["info"]["version"] == frame.VERSION


@pytest.mark.django_db
def test_the_page_obeys_the_policy_of_pages(client: Client) -> None:
    answer = client.get("/api/v1/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in text
    assert text.count("<script") == text.count("<script src=") + text.count('type="module" src=')
    for at in openapi()["paths"]:
        assert at in text
    assert client.get("/api/").headers["Location"] == "/api/v1/"
    assert client.get("/api/v1/openapi.json").json() == openapi()


@pytest.mark.django_db
def test_an_officer_makes_a_token_sees_it_once_and_revokes_it(
    wexshire: None, officer_with: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    client = signed_in(officer_with("bea", Role.FINANCE_LEAD, agency="council"))
    form = client.get("/my/tokens/new/").content.decode()
    assert Act.RULE.name in form
    assert Act.SIGN_OFF.name not in form  # they may not
    assert Act.TEACH.name not in form  # no address does that
    from totalplace.doors.web.showing import now

    day = now().date()
    said: dict[str, Any] = {
        "name": "monthly upload", "acts": [Act.RULE.name], "last_day_day": day.day,
        "last_day_month": day.month, "last_day_year": day.year,
    }  # fmt: skip
    assert client.post("/my/tokens/new/", {**said, "acts": []}).status_code == 200
    made = client.post("/my/tokens/new/", said)
    text = made.content.decode()
    token = text.partition('id="token">')[2].partition("<")[0]
    assert made.headers["Cache-Control"] == "private, no-store"
    headers = {"Authorization": f"Bearer {token}"}
    me = Client().get("/api/v1/places/me", headers=headers).json()
    assert (me["officer"], me["acts"]) == ("bea", [Act.RULE.value])
    listed = client.get("/my/tokens/").content.decode()
    assert "monthly upload" in listed
    assert token not in listed
    at = f"/my/tokens/{me['token']}/revoke/"
    assert client.get(at).status_code == 200
    assert client.post(at).status_code == 302
    assert Client().get("/api/v1/places/me", headers=headers).status_code == 401
    assert client.post(at).status_code == 409


@pytest.mark.django_db
def test_tokens_are_for_officers_who_signed_in_with_a_second_factor(
    client: Client, wexshire: None, officer_with: Callable[..., Officer],
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    one = signed_in(officer_with("bea", Role.FINANCE_LEAD, agency="council"), second_factor=False)
    for asking in (client, one):
        assert asking.get("/my/tokens/").status_code == 302
        assert asking.post("/my/tokens/new/", {}).status_code == 302
