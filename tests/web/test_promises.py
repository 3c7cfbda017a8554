"""Pages of promises, disputes and the docket: anybody reads them, and parties act on them."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from totalplace.agreements.actions import docket
from totalplace.agreements.rules.docket import Change, Verb
from totalplace.doors.api import actions as api
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..agreements.keeping_made import ADA, LATE, Wexshire, at, day, in_force_once, undone  # noqa: TID252
from ..agreements.terms_made import ABSENCE, DFE, ICB, WEX  # noqa: TID252

AT = "/agreements/promises/wexshire/1/1/"
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]


@pytest.fixture(scope="module")
def agreed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Wexshire]:  # fmt: skip
    """The agreement in force, made once."""
    with in_force_once(django_db_blocker, tmp_path_factory.getbasetemp()) as here:
        yield here


@pytest.fixture(autouse=True)
def wexshire(agreed: Wexshire) -> Iterator[Wexshire]:
    """The place, as it stands before anything is done about its promises."""
    with undone():
        yield agreed


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def test_anybody_reads_who_is_late_since_when_and_what_stands_still(client: Client) -> None:
    league = page_of(client, "/agreements/promises/")
    assert "Department for School" in league
    assert f"{LATE} days" in league
    place = page_of(client, "/agreements/promises/wexshire/")
    assert "Targets that stand still" in place
    assert "Pupils who miss a tenth of school" in place
    target = page_of(client, "/outcomes/targets/wexshire/")
    assert "It stands still since" in target
    assert "It stands still since" in page_of(client, "/agreements/wexshire/1/")
    one = page_of(client, AT)
    assert f"for {LATE} days; it may be cured until" in one
    assert "What you can do" not in one
    due = page_of(client, f"{AT}?on={day(-LATE)}")
    assert "Due today" in due
    assert "This is how it stood on" in due


def test_promises_go_into_a_spreadsheet(client: Client) -> None:
    answer = client.get("/agreements/promises/wexshire/all.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Group"] for row in rows] == ["late"] * 3 + ["due"] * 3
    assert rows[1]["Late since"] == day(1 - LATE).isoformat()
    assert rows[1]["Pounds"] == "£2,000,000.00"


@pytest.mark.parametrize(
    "path",
    [
        "promises/nowhere/", "promises/wexshire/1/99/", "promises/wexshire/2/1/",
        "promises/wexshire/1/disputes/1/", "promises/?on=never", "docket/nowhere/",
        "docket/wexshire/1/", "promises/a%00b/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/agreements/{path}").status_code == HTTPStatus.NOT_FOUND


def test_a_party_says_what_was_done_gives_notice_and_is_answered(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    council = signed_in(an_officer("com", Role.COMMISSIONER, agency=WEX))
    official = signed_in(an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    stranger = signed_in(an_officer("eve", Role.COMMISSIONER, agency=ICB))
    assert client.get(f"{AT}say/").status_code == HTTPStatus.FOUND
    assert stranger.post(f"{AT}say/", {"words": "x", "evidence": "y"}).status_code == 409
    answer = official.post(f"{AT}say/", {"words": "It is on its way.", "evidence": ""})
    assert "Say what shows it" in answer.content.decode()
    official.post(f"{AT}say/", {"words": "It is on its way.", "evidence": "our ledger"})
    assert "It is on its way." in page_of(client, AT)
    assert official.post(f"{AT}notice/", {"words": "x"}).status_code == 409
    council.post(f"{AT}notice/", {"words": "Pay what is due."})
    at = "/agreements/promises/wexshire/1/disputes/1/"
    assert "the officials" in page_of(client, at)
    assert council.post(f"{at}answer/", {"words": "We answer ourselves."}).status_code == 409
    official.post(f"{at}answer/", {"words": "On Monday."})
    assert "On Monday." in page_of(client, at)
    assert council.get(f"{at}sing/").status_code == HTTPStatus.NOT_FOUND


def test_a_rule_is_put_on_the_docket_and_lifted_by_its_owner(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    council = signed_in(an_officer("com", Role.COMMISSIONER, agency=WEX))
    official = signed_in(an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    said = {
        "title": "Sharing of attendance", "rule": "Schools may not tell.", "change": "regulatory",
        "owner": DFE, "lifted_by": "regulations", "heard": "Schools", "cost": "twelve",
        "cost_source": "",
    }  # fmt: skip
    answer = council.post("/agreements/docket/wexshire/raise/", said)
    assert "is no sum of money" in answer.content.decode()
    council.post("/agreements/docket/wexshire/raise/", said | {"cost": ""})
    at = "/agreements/docket/wexshire/1/"
    assert "not known" in page_of(client, at)
    assert council.post(f"{at}lift/", {"reason": "So", "evidence": "x"}).status_code == 409
    official.post(f"{at}accept/", {"reason": "It is agreed."})
    assert official.post(f"{at}lift/", {"reason": "Done"}).status_code == 409
    official.post(f"{at}lift/", {"reason": "Done", "evidence": "SI 2026/1"})
    assert "SI 2026/1" in page_of(client, at)
    for path in ("/agreements/docket/", "/agreements/docket/wexshire/"):
        assert "Sharing of attendance" in page_of(client, path)
    assert official.get(f"{at}lift/").status_code == HTTPStatus.NOT_FOUND


def test_a_promise_shows_the_act_that_kept_it_and_where_the_rule_was_lifted(
    client: Client,
) -> None:
    new = docket.Raised("Sharing", "No.", Change.REGULATORY, DFE, "law", "all",
                        agreement="wexshire/1", promise=3)  # fmt: skip
    docket.raise_item("wexshire", new, agency=WEX, by=ADA, on=at(-5))
    docket.move_item("wexshire", 1, Verb.LIFT, reason="Done", evidence="SI 1", by=ADA, on=at(-1))
    page = page_of(client, "/agreements/promises/wexshire/1/3/")
    assert "Kept on" in page
    assert '<a class="govuk-link" href="/agreements/docket/wexshire/1/">docket wexshire/1' in page
    assert "/record/" not in page.partition("What shows it")[2].partition("What is said")[0]


@pytest.fixture
def program() -> Callable[..., Callable[..., Any]]:
    """Gives another program a token of an officer's, for what a role may do."""

    def given(officer: Officer | None = None) -> Callable[..., Any]:
        headers = {}
        if officer is not None:
            acts, on = [Act.SAY_KEPT, Act.DISPUTE_AGREEMENT, Act.KEEP_DOCKET], now()
            last_day = on.date() + timedelta(days=30)
            _, token = api.make_token("tests", acts, last_day=last_day, by=officer, on=on)
            headers = {"Authorization": f"Bearer {token}"}

        def ask(at: str, said: dict[str, Any] | None = None) -> Any:
            path = f"/api/v1/agreements/kept{at}"
            if said is None:
                return Client().get(path, headers=headers)
            key = {"Idempotency-Key": uuid.uuid4().hex}
            return Client().post(path, said, content_type="application/json", headers=headers | key)

        return ask

    return given


def test_a_program_reads_promises_gives_notice_and_answers(
    an_officer: Appointed, program: Callable[..., Callable[..., Any]]
) -> None:
    anybody = program()
    council = program(an_officer("com", Role.COMMISSIONER, agency=WEX))
    official = program(an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    first, *_ = anybody("/promises?place=wexshire").json()["items"]
    assert (first["late_since"], first["days_late"]) == (day(1 - LATE).isoformat(), LATE)
    assert anybody(f"/promises?on={day(400)}").json()["items"][0] == first
    assert anybody("/promises?on=2000-01-01").json()["items"] == []
    [still] = anybody("/suspended/wexshire").json()
    assert (still["target"], still["by"]) == (ABSENCE, DFE)
    said = {"agency": DFE, "words": "It is on its way.", "evidence": "our ledger"}
    assert official("/wexshire/1/1/say", said).status_code == HTTPStatus.OK
    assert council("/wexshire/1/1/say", said).status_code == HTTPStatus.FORBIDDEN
    notice = {"agency": WEX, "promise": 1, "words": "Pay."}
    assert council("/wexshire/1/notice", notice).json()["at"] == "the officials"
    answer = {"agency": DFE, "verb": "answer", "words": "On Monday."}
    assert official("/wexshire/1/disputes/1", answer).json()["stage"] == "answered"
    listed = anybody("/disputes").json()["items"]
    assert [one["dispute"] for one in listed] == ["wexshire/1/1"]
    assert official("/wexshire/1/99/say", said).status_code == HTTPStatus.NOT_FOUND
    lifted = {"verb": "lift a rule", "reason": "x"}
    assert official("/docket/wexshire/1", lifted).status_code == HTTPStatus.NOT_FOUND
    assert anybody("/docket").json()["items"] == []
