"""Findings by e-mail without an account: confirmed, once a week, ended by a click, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import Message
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone

from totalplace.doors.web.digests import finding_jobs
from totalplace.doors.web.digests.followers import actions, queries
from totalplace.doors.web.digests.models import Follower
from totalplace.doors.web.participation.public.sending import SENDERS
from totalplace.doors.web.work.telling import Telling
from totalplace.record import queries as record

# The server of e-mail that takes what is sent is the one of the other digests.
from ..web.test_digests import taken  # noqa: F401, TID252
from .answers_made import a_finding, begun
from .test_digest import body_of

pytestmark = pytest.mark.django_db
AT: Final = "/digests/places/wexshire/"
PAT: Final = "pat@example.org"


@pytest.fixture(autouse=True)
def wexshire(db: None) -> None:
    """A place, and a count of what each computer asked for that begins anew."""
    begun()
    SENDERS.forget()


def send() -> str:
    return finding_jobs.send(Telling(0, lambda *_: False))


def ask(client: Client, address: str = PAT) -> str:
    answer = client.post(AT, {"email": address})
    assert answer.status_code == 200
    return answer.content.decode()


def link_in(mail: Message) -> str:
    found = re.search(r"https://count\.example\.org(/digests/\S+)", body_of(mail))
    assert found is not None
    return found.group(1)


def later(**ago: float) -> None:
    """As if what was asked and sent had been so long ago."""
    for row in Follower.objects.all():
        row.asked_at -= timedelta(**ago)
        row.sent_on = row.sent_on and row.sent_on - timedelta(**ago)
        row.save()


def test_nothing_is_sent_before_a_link_is_confirmed_and_looking_confirms_nothing(
    client: Client,
    taken: list[Message],  # noqa: F811
) -> None:
    before = record.last_entry()
    assert "Look into your e-mail" in ask(client, "pat@EXAMPLE.org")
    a_finding(title="One")
    assert send() == "0 e-mails of findings were sent."
    link = link_in(taken[0])
    assert "Yes, send them" in client.get(link).content.decode()
    assert send() == "0 e-mails of findings were sent."
    assert "You get findings in Wexshire" in client.post(link).content.decode()
    a_finding(title="Two", protected=False)
    assert send() == "1 e-mails of findings were sent."
    assert ("One" in body_of(taken[1]), "Two" in body_of(taken[1])) == (False, True)
    a_finding(title="Three")
    assert send() == "0 e-mails of findings were sent."  # one a week
    later(days=7)
    assert send() == "1 e-mails of findings were sent."
    assert taken[1]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert record.last_entry() == before  # nothing of a resident is on the record


def test_one_click_ends_it_and_the_address_is_forgotten(
    client: Client,
    taken: list[Message],  # noqa: F811
) -> None:
    ask(client)
    client.post(link_in(taken[0]))
    a_finding(title="One")
    send()
    link = "".join(taken[1]["List-Unsubscribe"].split())[1:-1].removeprefix(
        "https://count.example.org"
    )
    client.handler.enforce_csrf_checks = True
    assert client.get(link).status_code == 200
    assert Follower.objects.filter(address=PAT).exists()
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert "Your address is forgotten" in answer.content.decode()
    assert not Follower.objects.exclude(address="").exists()
    assert client.post(link).status_code == 200  # again, as programs do
    assert client.post("/digests/end/1:forged/").status_code == 404
    assert client.get(link_in(taken[0])).status_code == 410


def test_an_address_that_nobody_confirms_is_forgotten_with_its_link(
    client: Client,
    taken: list[Message],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(client)
    later(days=3)
    send()
    assert not Follower.objects.exclude(address="").exists()
    assert client.post(link_in(taken[0])).status_code == 410
    monkeypatch.setattr(queries, "LAPSES", timedelta(seconds=-1))
    ask(client, "kim@example.org")
    assert client.get(link_in(taken[1])).status_code == 410
    assert client.get("/digests/confirm/1:1:forged/").status_code == 410


def test_nobody_is_told_whether_an_address_is_known_and_nobody_is_flooded(
    client: Client,
    taken: list[Message],  # noqa: F811
) -> None:
    new = ask(client)
    again = ask(client)
    client.post(link_in(taken[0]))
    later(days=2)
    known = ask(client)
    assert len({re.sub(r'value="[^"]+"', "", page) for page in (new, again, known)}) == 1
    assert len(taken) == 2
    assert "is sent to this address already" in body_of(taken[1])
    assert client.post(AT, {"email": "nobody"}).content.decode().count("such as name@") == 2
    for number in range(2):
        ask(client, f"{number}@example.org")
    assert client.post(AT, {"email": "five@example.org"}).status_code == 429


def test_what_the_server_of_e_mail_refuses_is_not_kept(
    client: Client,
    taken: list[Message],  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = client.post(AT, {"email": "refused@example.org"})
    assert answer.status_code == 409
    assert not Follower.objects.exists()
    assert taken == []
    assert "refused@" not in caplog.text


def test_without_a_server_of_e_mail_there_is_no_form_and_an_unknown_place_is_not_there(
    client: Client,
) -> None:
    page = client.get(AT).content.decode()
    assert "no server for e-mail" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    assert client.post(AT, {"email": PAT}).status_code == 200
    assert not Follower.objects.exists()
    for place in ("nowhere", "x" * 70, "%00"):
        assert client.get(f"/digests/places/{place}/").status_code == 404


def test_two_places_are_told_in_one_e_mail_and_ended_by_one_click() -> None:
    on = timezone.now()
    for place in ("wexshire", "essetshire"):
        Follower.objects.create(place=place, address=PAT, asked_at=on, confirmed_at=on)
    (row,) = queries.due(on.date())
    assert [one.place for one in row.places] == ["wexshire", "essetshire"]
    actions.told(row.places[:1], upto=(3, 4), on=on.date())
    assert queries.due(on.date()) == []
    actions.leave(row.leaving)
    assert not Follower.objects.exclude(address="").exists()
