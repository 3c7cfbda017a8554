"""A hearing that the public is asked in, and answering it by Django's own client."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.participation import actions
from totalplace.participation.actions import asking
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
from totalplace.places.rules.mandates import Operator
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
