"""Officers and mandates on pages: what each may do is what they are offered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from totalplace.places import actions, queries
from totalplace.places.rules.mandates import Officer, Operator, Role

GRANTED = {"role": "finance lead", "place": "wexshire", "power": "scheme of 2026"}


@pytest.fixture
def wexshire(noon: datetime) -> None:
    """A place."""
    actions.register_place("wexshire", name="Wexshire", by=Operator("Ada"), on=noon)


@pytest.fixture
def bea(wexshire: None, an_officer: Callable[..., Officer]) -> Officer:
    """An officer of no mandate."""
    return an_officer("bea")


@pytest.fixture
def administrator(
    bea: Officer, an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> Client:
    """An administrator of the place, signed in."""
    return signed_in(an_officer("cas", Role.ADMINISTRATOR, place="wexshire"))


def test_an_administrator_appoints_grants_and_ends(administrator: Client) -> None:
    said = {"name": "Dee Example", "code": "dee", "email": "dee@example.org"}
    assert administrator.post("/places/officers/appoint/", said).status_code == 302
    assert administrator.post("/places/officers/dee/grant/", GRANTED).status_code == 302
    page = administrator.get("/places/officers/dee/").content.decode()
    assert "Finance lead" in page
    assert "scheme of 2026" in page
    (mandate,) = queries.mandates(officer="dee")
    end = f"/places/mandates/{mandate.number}/end/"
    assert end in page
    assert administrator.post(end, {"reason": "moved to another council"}).status_code == 302
    page = administrator.get("/places/officers/dee/").content.decode()
    assert "Mandates that have ended" in page
    assert end not in page


def test_what_is_refused_is_shown_above_the_form_with_all_that_was_typed(
    administrator: Client,
) -> None:
    answer = administrator.post("/places/officers/cas/grant/", GRANTED)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A mandate cannot be granted to oneself" in page
    assert "scheme of 2026" in page
    assert re.search(r'value="finance lead"\s+selected', page)


def test_what_was_typed_wrongly_is_said_at_the_top_and_at_its_field(administrator: Client) -> None:
    wrong = {**GRANTED, "role": "", "from_day_day": "31", "from_day_month": "2"}
    page = administrator.post("/places/officers/bea/grant/", wrong).content.decode()
    assert "There is a problem" in page
    assert 'href="#id_role"' in page
    assert 'href="#id_from_day_day"' in page
    assert "must be a real date" in page
    assert page.count("Choose a role") >= 2


def test_an_officer_without_the_mandate_is_offered_nothing_and_refused_everything(
    bea: Officer, administrator: Client, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(bea)
    page = client.get("/places/officers/cas/").content.decode()
    assert not re.search(r'href="[^"]*/(grant|end|invite|retire)/"', page)
    for path, said in {
        "/places/officers/appoint/": {"name": "Eve", "code": "eve"},
        "/places/officers/cas/grant/": GRANTED,
        "/places/officers/cas/invite/": {"asked": "yes"},
        "/places/officers/cas/retire/": {"asked": "yes"},
        "/places/mandates/1/end/": {"reason": "none"},
    }.items():
        answer = client.post(path.replace("/1/", f"/{number_of('cas')}/"), said)
        assert answer.status_code == 409, path
        assert "bea may not" in answer.content.decode()


def number_of(officer: str) -> int:
    """The number of an officer's first mandate."""
    return queries.mandates(officer=officer)[0].number


def test_a_link_is_shown_once_to_the_administrator_who_asked_for_it(administrator: Client) -> None:
    page = administrator.post("/places/officers/bea/invite/", {"asked": "yes"})
    found = re.search(r"http://testserver(/account/welcome/[^<\s]+)", page.content.decode())
    assert found is not None
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "Set your password" in Client().get(found[1]).content.decode()
    assert (
        "account/welcome" not in administrator.get("/places/officers/bea/invite/").content.decode()
    )


def test_a_closed_account_is_out_at_once(
    administrator: Client, bea: Officer, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(bea)
    assert client.get("/my/").status_code == 200
    assert administrator.post("/places/officers/bea/retire/", {"asked": "yes"}).status_code == 302
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize("path", ["/places/", "/places/officers/", "/places/of/wexshire/", "/my/"])
def test_pages_about_officers_are_for_officers(client: Client, wexshire: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


def test_anybody_may_know_who_may_do_what(client: Client) -> None:
    assert "Grant or end a mandate" in client.get("/places/who-may/").content.decode()


def test_every_page_of_places_can_be_seen(administrator: Client) -> None:
    for path in (
        "/places/", "/places/officers/", "/places/of/wexshire/", "/places/officers/bea/",
        "/places/officers/appoint/", "/places/officers/bea/grant/",
        "/places/officers/bea/invite/", "/places/officers/bea/retire/",
        f"/places/mandates/{number_of('cas')}/end/", "/my/", "/account/sessions/",
        "/account/2fa/", "/account/logout/",
    ):  # fmt: skip
        assert administrator.get(path).status_code == 200, path


def test_officers_without_an_address_do_not_get_in_each_others_way(administrator: Client) -> None:
    for code in ("eve", "fay"):
        said = {"name": code.capitalize(), "code": code, "email": ""}
        assert administrator.post("/places/officers/appoint/", said).status_code == 302
