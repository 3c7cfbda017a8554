"""Findings by e-mail: at most one a week, the most serious first, and ended by one click."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from totalplace.agreements.rules.devolution import Side
from totalplace.doors.web.digests import actions, finding_jobs, queries
from totalplace.doors.web.digests.actions import Follows
from totalplace.doors.web.digests.findings import leaving_token
from totalplace.doors.web.digests.models import Digest
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring.actions.answering import Said, open_for
from totalplace.monitoring.rules.answering import Verb
from totalplace.monitoring.rules.findings import Sort
from totalplace.monitoring.rules.seen import Sign
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record.queries import last_entry
from totalplace.sources.home import Home

# The server of e-mail that takes what is sent is the one of the other digests.
from ..web.test_digests import taken  # noqa: F401, TID252
from .answers_made import ADA, a_finding, at, begun, moved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dov(db: None, an_officer: Callable[..., Officer]) -> Officer:
    """An officer of the place, who follows nothing yet."""
    begun()
    return an_officer("dov", Role.COMMISSIONER, place="wexshire")


def send() -> str:
    return finding_jobs.send(Telling(0, lambda *_: False))


def body_of(mail: Message) -> str:
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def follow(*places: str, subjects: tuple[str, ...] = ()) -> None:
    actions.follow("dov", Follows(True, places, subjects), on=at(0))


def a_week_passes() -> None:
    """As if what was sent had been sent a week ago."""
    Digest.objects.update(findings_sent_on=timezone.now().date() - timedelta(days=7))


def test_the_most_serious_come_first_and_the_subject_says_how_many(
    taken: list[Message],  # noqa: F811
) -> None:
    a_finding(title="Told before")
    follow()
    a_finding(title="Perhaps", sign=Sign.PERHAPS_WORSE, protected=False)
    a_finding(title="Up", sign=Sign.BETTER, protected=False)
    a_finding(title="Down", protected=False)
    a_finding(title="Protected")
    a_finding(title="Gone", sort=Sort.REVISED, follows=1)
    assert send() == "1 e-mails of findings were sent."
    (mail,) = taken
    assert mail["Subject"] == "5 findings"
    body = body_of(mail)
    assert "Told before" not in body
    found = [body.index(title) for title in ("Protected", "Down", "Perhaps", "Up", "Gone")]
    assert found == sorted(found)
    assert "- Worse: Protected, Wexshire (Wexshire, protected)" in body
    assert "70.0" in body  # the numbers are there
    assert "https://count.example.org/monitoring/wexshire/findings/5/" in body
    link = f"https://count.example.org/digests/findings/leave/{leaving_token('dov')}/"
    assert "".join(mail["List-Unsubscribe"].split()) == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_gets_two_in_a_week_and_none_where_nothing_moved(
    taken: list[Message],  # noqa: F811
) -> None:
    follow()
    assert send() == "0 e-mails of findings were sent."
    a_finding(title="One")
    send()
    a_finding(title="Two", protected=False)
    assert send() == "0 e-mails of findings were sent."
    a_week_passes()
    send()
    a_week_passes()
    send()
    assert ["One" in body_of(mail) for mail in taken] == [True, False]


def test_only_what_is_followed_is_told(taken: list[Message]) -> None:  # noqa: F811
    follow("elsewhere")
    a_finding(title="One")
    assert send() == "0 e-mails of findings were sent."
    follow("wexshire", subjects=("money",))
    a_finding(title="Two", protected=False)
    assert send() == "0 e-mails of findings were sent."
    follow("wexshire", subjects=("citizens’ experience",))
    assert send() == "0 e-mails of findings were sent."  # what was before is no news
    a_finding(title="Three", protected=False)
    send()
    assert [mail["Subject"] for mail in taken] == ["1 finding"]


def test_an_answer_that_moved_is_told_and_so_is_what_came_of_it(
    taken: list[Message],  # noqa: F811
    dov: Officer,
    tmp_path: Path,
) -> None:
    number = a_finding()
    open_for("wexshire", number, by=ADA, on=at(0))
    follow()
    said = Said(Side.PLACE, "One office takes all calls.", "counts")
    moved(Verb.DIAGNOSE, said, Home(tmp_path), by=dov)
    moved(Verb.DIAGNOSE, said, Home(tmp_path), by=dov)
    send()
    (mail,) = taken
    assert mail["Subject"] == "1 answer that moved"
    assert "a cause was said, for the place" in body_of(mail)


def test_one_click_ends_them_without_signing_in_and_looking_does_not(client: Client) -> None:
    follow()
    address = f"/digests/findings/leave/{leaving_token('dov')}/"
    client.handler.enforce_csrf_checks = True
    assert client.get(address).status_code == 200
    assert queries.follows("dov") is not None
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, queries.follows("dov")) == (200, None)
    entry = last_entry()
    assert entry is not None
    assert entry.verb == "ended e-mail of findings"
    forged = leaving_token("dov").replace("dov:", "ada:")
    assert client.post(f"/digests/findings/leave/{forged}/").status_code == 404


def test_an_officer_chooses_places_and_kinds_on_their_own_page(
    dov: Officer, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(dov)
    assert "You get no findings" in client.get("/digests/findings/").content.decode()
    chosen = {"wanted": "yes", "places": ["wexshire"], "subjects": ["money", "outcome"]}
    client.post("/digests/findings/", chosen)
    row = queries.follows("dov")
    assert row is not None
    assert (row.places, set(row.subjects)) == (("wexshire",), {"money", "outcome"})
    wrong = client.post("/digests/findings/", {"wanted": "yes", "places": ["nowhere"]})
    assert "nowhere is not one of the available choices" in wrong.content.decode()
    client.post("/digests/findings/", {"wanted": "no"})
    assert queries.follows("dov") is None


def test_no_address_stands_in_the_log(
    taken: list[Message],  # noqa: F811
    an_officer: Callable[..., Officer],
    caplog: pytest.LogCaptureFixture,
) -> None:
    from django.contrib.auth import get_user_model

    an_officer("abe", Role.COMMISSIONER, place="wexshire")
    get_user_model().objects.filter(code="abe").update(email="refused@example.org")
    actions.follow("abe", Follows(True), on=at(0))
    follow()
    a_finding()
    with caplog.at_level(logging.DEBUG):
        assert send() == "1 e-mails of findings were sent, 1 addresses were refused."
    assert "abe" in caplog.text
    assert "example.org" not in caplog.text
