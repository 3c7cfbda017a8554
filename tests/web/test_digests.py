"""Digests by e-mail, sent to a server that takes them: who gets one, and how it is ended."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import Message

import pytest
from django.test import Client

from totalplace.doors.web.digests import actions, jobs, queries
from totalplace.doors.web.digests.post_office import leaving_token, post_office
from totalplace.doors.web.work.telling import Telling
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.submitting import actions as submitting
from totalplace.sources.submitting.actions import Giving
from totalplace.sources.submitting.actions.taking_in import given_of
from totalplace.sources.submitting.bytes_held import Incoming
from totalplace.sources.submitting.trial import try_out

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SignedIn = Callable[[Officer], Client]


class Simulated(socketserver.StreamRequestHandler):
    """A server that speaks as much SMTP (RFC 5321) as taking a message needs, and keeps it."""

    def handle(self) -> None:
        self.say("220 simulated")
        while line := self.rfile.readline().decode().strip():
            word = line.partition(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.taken.append(self.whole())  # type: ignore[attr-defined]
            elif word == "QUIT":
                self.say("221 bye")
                return
            if word == "RCPT" and "refused@" in line:
                self.say("550 nobody of that name")
            else:
                self.say("250 simulated")

    def whole(self) -> Message:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return email.message_from_bytes(b"".join(lines))

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Message]]:
    """What a simulated server of e-mail has taken; the environment names it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Simulated) as server:
        server.taken = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, value in (
            ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", str(server.server_address[1])),
            ("SMTP_SECURITY", "none"), ("SMTP_FROM", "count@example.org"),
            ("URL", "https://count.example.org"),
        ):  # fmt: skip
            monkeypatch.setenv(f"TOTALPLACE_{name}", value)
        yield server.taken  # type: ignore[attr-defined]
        server.shutdown()


@pytest.fixture
def waiting_for(an_officer: Callable[..., Officer], home: Home) -> tuple[Officer, Officer]:
    """Dov, for whom a submission waits to be certified, and Bea, for whom nothing waits."""
    places.register_agency("wexshire", name="Wexshire Council", by=ADA, on=NOON)
    bea = an_officer("bea", Role.FINANCE_LEAD, agency="wexshire")
    dov = an_officer("dov", Role.CHIEF_FINANCE_OFFICER, agency="wexshire")
    incoming = Incoming(home, name="April.csv", most_bytes=10**6)
    incoming.write(b"Date,Supplier,Directorate,Amount\n01/04/2025,Oak Ltd,Highways,1.00\n")
    row = submitting.give(incoming.keep(), Giving("wexshire"), by=bea, on=NOON)
    found = try_out(home, given_of(row), lambda *_: None)
    submitting.tried(home, row.id, 0, found, on=NOON)
    submitting.submit(row.id, by=bea, on=NOON)
    return dov, bea


@pytest.fixture
def home() -> Home:
    from totalplace.doors.web.sources.seeing import home as the_home

    return the_home()


def send() -> str:
    return jobs.send(Telling(0, lambda *_: False))


def test_a_digest_says_what_waits_and_how_it_is_ended(
    waiting_for: tuple[Officer, Officer], taken: list[Message]
) -> None:
    for officer in waiting_for:
        actions.choose(officer.code, wanted=True, on=NOON)
    assert send() == "1 digests were sent."
    (mail,) = taken
    assert (mail["To"], mail["From"]) == ("dov@example.org", "count@example.org")
    assert mail["Subject"] == "1 thing waits for you"
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Certify April.csv of Wexshire Council, or send it back" in body.decode()
    link = f"https://count.example.org/digests/leave/{leaving_token('dov')}/"
    assert "".join(mail["List-Unsubscribe"].split()) == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_gets_one_who_did_not_ask_or_twice_a_night(
    waiting_for: tuple[Officer, Officer], taken: list[Message]
) -> None:
    assert send() == "0 digests were sent."
    actions.choose("dov", wanted=True, on=NOON)
    send()
    assert send() == "0 digests were sent."
    assert len(taken) == 1


def test_one_click_ends_them_without_signing_in_and_looking_does_not(
    waiting_for: tuple[Officer, Officer], client: Client
) -> None:
    actions.choose("dov", wanted=True, on=NOON)
    at = f"/digests/leave/{leaving_token('dov')}/"
    client.handler.enforce_csrf_checks = True
    assert client.get(at).status_code == 200
    assert queries.wants("dov")
    answer = client.post(at, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, queries.wants("dov")) == (200, False)
    assert [e.verb for e in record.entries()][-1] == "ended e-mail digests"


def test_a_link_that_was_not_signed_here_ends_nothing(
    waiting_for: tuple[Officer, Officer], client: Client
) -> None:
    actions.choose("dov", wanted=True, on=NOON)
    assert client.post("/digests/leave/dov:forged/").status_code == 404
    assert queries.wants("dov")


def test_an_officer_chooses_on_their_own_page(
    waiting_for: tuple[Officer, Officer], signed_in: SignedIn
) -> None:
    client = signed_in(waiting_for[0])
    assert "You get no e-mail." in client.get("/digests/").content.decode()
    client.post("/digests/", {"wanted": "yes"})
    assert "You get one e-mail a night" in client.get("/digests/").content.decode()


def test_an_address_that_is_refused_keeps_nobody_else_from_theirs(
    waiting_for: tuple[Officer, Officer], taken: list[Message], an_officer: Callable[..., Officer]
) -> None:
    from django.contrib.auth import get_user_model

    an_officer("abe", Role.CHIEF_FINANCE_OFFICER, agency="wexshire")
    get_user_model().objects.filter(code="abe").update(email="refused@example.org")
    for code in ("abe", "dov"):
        actions.choose(code, wanted=True, on=NOON)
    assert send() == "1 digests were sent, 1 addresses were refused."


def test_a_server_that_is_not_there_is_said_so_and_tried_again(
    waiting_for: tuple[Officer, Officer], taken: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.choose("dov", wanted=True, on=NOON)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TOTALPLACE_SMTP_PORT", "1")
        with pytest.raises(Refused, match="did not take them"):
            send()
    assert send() == "1 digests were sent."


def test_without_a_server_none_is_sent(waiting_for: tuple[Officer, Officer]) -> None:
    assert send() == "No server for e-mail is named, so none was sent."


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("SMTP_SECURITY", "maybe", "not starttls, tls or none"),
        ("SMTP_PASSWORD", "secret", "unencrypted"),
        ("URL", "count.example.org", "how this service is reached"),
        ("SMTP_FROM", "nobody", "no address"),
        ("SMTP_PORT", "smtp", "no number"),
    ],
)
def test_an_environment_that_cannot_be_right_is_refused(name: str, value: str, why: str) -> None:
    said = {
        "TOTALPLACE_SMTP_HOST": "x", "TOTALPLACE_SMTP_SECURITY": "none",
        "TOTALPLACE_SMTP_FROM": "a@b", "TOTALPLACE_URL": "https://x",
        f"TOTALPLACE_{name}": value,
    }  # fmt: skip
    with pytest.raises(Refused, match=why):
        post_office(said)
