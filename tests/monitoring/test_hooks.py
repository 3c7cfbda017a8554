"""Findings are sent on signed, to the public internet alone, once, and tried again."""

from __future__ import annotations

import hashlib
import hmac
import http.server
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client

from totalplace.doors.web.monitoring import hook_jobs
from totalplace.doors.web.monitoring.hook_sending import Came, Sender, is_public_number
from totalplace.doors.web.work.models import Work
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring import models
from totalplace.monitoring.actions import hooks as actions
from totalplace.monitoring.queries.hooks import hook, to_send
from totalplace.monitoring.rules.hooks import AGAIN, body_of, check_of, due_again, secret_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import NoMandate, Officer, Role
from totalplace.refusal import Refused

from .answers_made import ADA, a_finding, at, begun

ADDRESS = "https://findings.example.org/in"


def a_certificate(folder: Path) -> Path:
    """A certificate of localhost, by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return path


@dataclass
class Other:
    """Another system: what it was sent, and with what it answers."""

    address: str
    sender: Sender
    status: int = 204
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Other]:
    """A real server on this computer, which only the sender of a test may reach."""
    certificate = a_certificate(tmp_path)

    class Taking(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.taken.append((dict(self.headers), body))
            self.send_response(there.status)
            self.send_header("Location", "https://localhost/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    context = ssl.create_default_context(cafile=str(certificate))
    there = Other(
        f"https://localhost:{server.server_port}/in?from=wex",
        Sender(allows=lambda number: number.is_loopback, context=context, seconds=5),
    )
    yield there
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("number", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.1.2.3", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1", "::",
    "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::",
    "2001:0:a00:1::1",
])  # fmt: skip
def test_a_number_of_a_network_behind_the_internet_is_not_public(number: str) -> None:
    assert not is_public_number(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_number_of_the_internet_is_public(number: str) -> None:
    assert is_public_number(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "127.1", "0x7f000001", "2130706433"]
)
def test_what_leads_to_this_computer_is_not_connected_to(host: str) -> None:
    came = Sender().send(f"https://{host}:1/", b"{}", {})
    assert not came.taken
    assert "public number" in came.words or "reached" in came.words


def test_it_is_sent_over_tls_alone_and_a_certificate_that_nobody_vouches_for_is_refused(
    other: Other,
) -> None:
    came = Sender(allows=other.sender.allows).send(other.address, b"{}", {})
    assert came == Came(False, "no secure connection (CERTIFICATE_VERIFY_FAILED)")
    bare = other.address.replace("https", "http")
    assert "public number" in other.sender.send(bare, b"{}", {}).words
    assert other.taken == []


@pytest.mark.parametrize(
    ("status", "taken"), [(200, True), (204, True), (301, False), (307, False), (404, False),
                          (500, False)],
)  # fmt: skip
def test_only_a_yes_is_a_yes_and_no_redirect_is_followed(
    other: Other, status: int, *, taken: bool
) -> None:
    other.status = status
    assert other.sender.send(other.address, b"{}", {}) == Came(taken, f"it answered {status}")
    assert len(other.taken) == 1


def test_who_never_answers_is_left_after_some_seconds(other: Other) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sender = Sender(other.sender.allows, other.sender.context, seconds=0.2)
        port = silent.getsockname()[1]
        assert "no answer" in sender.send(f"https://localhost:{port}/", b"{}", {}).words


def test_no_header_can_be_slipped_in(other: Other) -> None:
    came = other.sender.send(other.address, b"{}", {"X-A": "1\r\nX-B: 2"})
    assert (came.taken, other.taken) == (False, [])


def test_a_body_is_small_whatever_a_finding_says() -> None:
    body = body_of({"said": "é" * 100_000, "since": None})
    assert len(json.loads(body)["said"]) == 2_000
    with pytest.raises(ValueError, match="at most"):
        body_of({str(n): "x" * 2_000 for n in range(20)})


def test_it_is_tried_again_ever_later_for_about_a_day_and_then_no_more() -> None:
    at_first = datetime(2026, 6, 1, tzinfo=UTC)
    assert list(AGAIN) == sorted(AGAIN)
    assert due_again(1, at_first) == at_first + AGAIN[0]
    assert due_again(len(AGAIN) + 1, at_first) is None
    assert timedelta(hours=20) < sum(AGAIN, timedelta()) < timedelta(hours=30)


@pytest.mark.django_db
def test_the_secret_is_kept_nowhere_and_is_made_again_by_the_key_that_made_it(
    settings: Any,  # the fixture, which puts them back
) -> None:
    begun()
    registered()
    row = hook("wexshire", 1)
    secret = hook_jobs.known_secret(row)
    assert secret is not None
    assert secret not in repr(row)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " * 10
    assert hook_jobs.known_secret(row) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert hook_jobs.known_secret(row) is None


def registered(address: str = "") -> str:
    """Findings are sent on to an address, by default a public one; its secret."""
    secret = secret_of(settings.SECRET_KEY.encode(), "salt")
    if address:  # one of this computer, which no officer could register
        models.Hook.objects.create(
            place_id=places.place("wexshire").id, number=1, address=address, salt="salt",
            check_digest=check_of(secret), by="ada", on=at(-3),
        )  # fmt: skip
    else:
        check = check_of(secret)
        actions.register("wexshire", ADDRESS, salt="salt", check=check, by=ADA, on=at(-3))
    return secret


def send(sender: Sender) -> str:
    return hook_jobs.send(Telling(0, lambda *_: False), sender=sender)


@pytest.mark.django_db
def test_each_new_finding_is_sent_once_signed_and_what_was_before_is_not(other: Other) -> None:
    begun()
    a_finding(days=-60)
    secret = registered(other.address)
    a_finding(days=-1, protected=False)
    assert [(finding.number, turn) for _, finding, turn in to_send(on=at(0))] == [(2, 1)]
    assert send(other.sender) == "1 findings were sent on."
    assert send(other.sender) == "0 findings were sent on."
    ((headers, body),) = other.taken
    signed = f"{headers['X-Totalplace-Timestamp']}.".encode() + body
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Totalplace-Signature"] == f"sha256={mac}"
    said = json.loads(body)
    assert (said["finding"], said["sign"], said["since"]) == ("wexshire/2", "worse", "2017/18")


@pytest.mark.django_db
def test_what_is_not_taken_is_tried_again_later_through_the_queue(other: Other) -> None:
    begun()
    registered(other.address)
    a_finding(days=-1)
    other.status = 503
    assert send(other.sender) == "0 findings were sent on, 1 were not taken."
    assert send(other.sender) == "0 findings were sent on."  # its time has not come
    again = Work.objects.filter(job=hook_jobs.JOB)
    assert again.count() == 2
    now = datetime.now(UTC)
    assert not list(to_send(on=now))
    ((row, finding, turn),) = to_send(on=now + AGAIN[0])
    assert (finding.number, turn, row.last and row.last.came) == (1, 2, "it answered 503")
    actions.end("wexshire", 1, reason="Moved away", by=ADA, on=now)
    assert not list(to_send(on=now + AGAIN[0]))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    "http://findings.example.org/in", "https://localhost/", "https://10.0.0.1/", "https://[::1]/",
    "https://me:secret@findings.example.org/", "https://intranet/", "ftp://findings.example.org/",
    "https://findings.example.org\r\nHost: x/", "https://a.internal/", "https://2130706433/",
])  # fmt: skip
def test_what_is_no_public_address_is_refused(address: str) -> None:
    begun()
    with pytest.raises(Refused, match="no address of the public web"):
        actions.register("wexshire", address, salt="s", check="a" * 64, by=ADA, on=at(0))


@pytest.mark.django_db
def test_an_officer_registers_an_address_sees_its_secret_once_and_ends_it(
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    begun()
    steward = an_officer("ste", Role.DATA_STEWARD, place="wexshire")
    auditor = an_officer("aud", Role.AUDITOR, place="wexshire")
    with pytest.raises(NoMandate):
        actions.register("wexshire", ADDRESS, salt="s", check="a" * 64, by=auditor, on=at(0))
    client = signed_in(steward)
    page = client.post("/monitoring/wexshire/hooks/", {"address": ADDRESS})
    secret = hook_jobs.known_secret(hook("wexshire", 1))
    assert secret is not None
    assert secret in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert secret not in client.get("/monitoring/wexshire/hooks/").content.decode()
    again = client.post("/monitoring/wexshire/hooks/", {"address": ADDRESS})
    assert again.status_code == 409
    client.post("/monitoring/wexshire/hooks/1/end/", {"reason": "Moved"})
    assert hook("wexshire", 1).ended_on is not None
    assert signed_in(auditor).get("/monitoring/wexshire/hooks/").status_code == 409
