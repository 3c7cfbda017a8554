"""The pages on which a resident answers, with no account and no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.participation.public.sending import SENDERS
from totalplace.participation import actions, models
from totalplace.participation.actions import answering, asking
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.definitions.public import question_about
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.public import questions as public
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
PATH = "/participation/1/answer/"
QUESTIONS = (
    public.Question(0, public.Kind.SCALE, "Do you agree?", choices=public.AGREEMENT, required=True),
    public.Question(0, public.Kind.FREE, "Why?"),
    question_about("age"),
)


def at(days: int) -> datetime:
    """Noon of so many days from today, or now."""
    moment = datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)
    return min(moment, datetime.now(UTC)) if days == 0 else moment


def a_hearing(first: int, last: int) -> None:
    """A hearing from a day to a day, counted from today, that asks three questions."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(-400))
    places.register_agency("wex", name="Wexshire Council", kind="council", by=ADA, on=at(-400))
    places.join_place("wexshire", "wex", by=ADA, on=at(-400))
    draft = Draft(
        question=Question("Evening buses", "Should buses run until eleven?", "how often", "none"),
        alternatives=Alternatives((Alternative("Taxis", "Dearer"),), "Most people for each pound"),
        reasons=Reasons("People cannot get home", (Effect("those who work late", "a bus"),)),
        equality=Equality(dict.fromkeys(characteristics(), "none, because all may ride")),
        when=When(TODAY + timedelta(days=first), TODAY + timedelta(days=last), "It is small"),
    )
    on = at(first)
    actions.begin(Citation("targets", "w/1"), place="wexshire", agency="wex", draft=draft, by=ADA,
                  on=on)  # fmt: skip
    actions.add_paper(1, "Report", file_name="r.pdf", content=b"report", by=ADA, on=on)
    asking.set_questions(1, QUESTIONS, by=ADA, on=on)
    actions.open_hearing(1, affected=(Affected("wex", 1),), by=ADA, on=on)


@pytest.fixture(autouse=True)
def nobody_sent_before() -> Iterator[None]:
    SENDERS.forget()
    yield
    SENDERS.forget()


@pytest.fixture
def hearing(records_for_pages: None) -> None:
    a_hearing(-10, 60)


@pytest.fixture
def over(records_for_pages: None) -> None:
    """A hearing whose last day is over, in which 24 people answered."""
    a_hearing(-100, -10)
    for number in range(24):
        said = {
            "q1": ["Agree" if number % 2 else "Disagree"],
            "q2": [f"=1+1 the {number}th <b>bus</b> is late every evening"],
            "q3": ["25 to 34"],
        }
        sent = answering.Sent(f"f{number}", 60.0, code="")
        answering.respond(1, said, sent, keys=(b"k",), on=at(-20))


def form_on(page: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def opened(client: Client) -> str:
    """A form that is open long enough ago not to look like a machine's."""
    return form_on(client.get(PATH).content.decode())


def receipt_on(page: str) -> str:
    found = re.search(r"tp-receipt\">([^<]+)<", page)
    assert found is not None, page
    return found[1]


def post(client: Client, do: str, form: str = "", path: str = PATH, **said: str) -> str:
    answer = client.post(path, {"do": do, "form": form, "q1": "Agree", "q2": "Late", **said})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_a_resident_looks_an_answer_over_sends_it_and_reads_it_back(
    hearing: None, client: Client
) -> None:
    form = opened(client)
    page = post(client, "look", form)
    assert "not sent yet" in page
    assert models.Response.objects.count() == 0
    receipt = receipt_on(post(client, "send", form))
    page = post(client, "", path=f"{PATH}receipt/", receipt=receipt)
    assert "Late" in page
    page = post(client, "send", receipt=receipt, q2="Early")
    assert "Your answer is changed" in page
    assert "Early" in post(client, "", path=f"{PATH}receipt/", receipt=receipt)


def test_a_double_press_is_one_answer_with_the_same_receipt(hearing: None, client: Client) -> None:
    form = opened(client)
    assert receipt_on(post(client, "send", form)) == receipt_on(post(client, "send", form))
    assert models.Response.objects.count() == 1


def test_a_form_that_this_service_did_not_make_is_refused(hearing: None, client: Client) -> None:
    answer = client.post(PATH, {"do": "send", "form": "made:up:form", "q1": "Agree"})
    assert answer.status_code == 409
    assert "opened more than 24 hours ago" in answer.content.decode()


def test_what_is_wrong_stands_above_the_form_and_what_was_typed_stays(
    hearing: None, client: Client
) -> None:
    page = post(client, "look", opened(client), q1="", q2="<script>alert(1)</script>")
    assert "Choose an answer to question 1" in page
    assert 'href="#q1"' in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_box_that_people_do_not_see_holds_an_answer_apart_and_says_nothing(
    hearing: None, client: Client
) -> None:
    assert len(receipt_on(post(client, "send", opened(client), website="buy now"))) == 19
    assert "a box that people cannot see" in models.ResponseApart.objects.get().why


def test_more_than_a_library_would_send_is_told_to_wait_and_nothing_is_lost_in_silence(
    hearing: None, client: Client
) -> None:
    form = opened(client)
    for number in range(31):
        answer = client.post(PATH, {"do": "send", "form": form, "q1": "Agree"})
        assert answer.status_code == (200 if number < 30 else 429)
    assert "what you typed is still there" in answer.content.decode()


def test_where_answers_come_from_is_written_down_nowhere(hearing: None, client: Client) -> None:
    client.post(PATH, {"do": "send", "form": opened(client), "q1": "Agree"}, REMOTE_ADDR="10.9.8.7")
    tables = (models.Response, models.ResponseVersion, models.ResponseApart, models.Passage)
    held = [repr(list(model.objects.values())) for model in tables]
    assert "10.9.8.7" not in "".join(held)
    assert b"10.9.8.7" not in repr(vars(SENDERS)).encode()


def test_an_answer_is_kept_for_later_and_found_by_its_link(hearing: None, client: Client) -> None:
    page = post(client, "keep", opened(client), q2="Half a thought")
    link = re.search(r'href="(/participation/1/answer/[^"]{20,})"', page)
    assert link is not None
    assert "Half a thought" in client.get(link[1]).content.decode()


def test_nobody_answers_after_the_last_day(over: None, client: Client) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 409
    assert "Its last day was" in answer.content.decode()


def test_the_form_needs_its_token_against_forged_requests(hearing: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, {"do": "send", "q1": "Agree"}).status_code == 403


def an_officer_of(an_officer: Callable[..., Officer], role: Role = Role.COMMISSIONER) -> Officer:
    return an_officer("com", role, place="wexshire")
