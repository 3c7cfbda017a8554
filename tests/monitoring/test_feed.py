"""The feed of a place's findings is Atom as RFC 4287 has it, and says what was told."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from totalplace.monitoring.rules.findings import Sort

from .answers_made import a_finding, begun

pytestmark = pytest.mark.django_db
ATOM: Final = "{http://www.w3.org/2005/Atom}"
AT: Final = "/monitoring/wexshire/findings.atom"


def fed(client: Client, at: str = AT) -> ET.Element:
    response = client.get(at)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314  (our own)


def text(of: ET.Element, name: str) -> str:
    """The one element of a name, which is not empty."""
    (found,) = of.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def check_whole(of: ET.Element) -> None:
    """What sections 4.1.1 and 4.1.2 of RFC 4287 ask of a feed and of an entry."""
    assert text(of, "title")
    assert text(of, "id").startswith("urn:uuid:")
    assert datetime.fromisoformat(text(of, "updated")).tzinfo is not None


def test_a_feed_without_findings_is_whole(client: Client) -> None:
    begun()
    feed = fed(client)
    assert feed.tag == f"{ATOM}feed"
    check_whole(feed)
    assert feed.findall(f"{ATOM}entry") == []
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]


def test_each_finding_is_an_entry_with_a_name_for_good_the_latest_first(client: Client) -> None:
    begun()
    a_finding(title="Wait & see <b>", days=-9)
    a_finding(sort=Sort.REVISED, follows=1, days=-3)
    feed = fed(client)
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check_whole(entry)
        assert text(entry, "summary")
    assert text(feed, "updated") == text(entries[0], "updated")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert [text(e, "title")[:6] for e in entries] == ["Revise", "Worse:"]
    assert "Wait & see <b>" in text(entries[1], "title")
    link = entries[1].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/monitoring/wexshire/findings/1/"
    ids = {text(e, "id") for e in entries}
    assert len(ids) == 2
    again = {text(e, "id") for e in fed(client).findall(f"{ATOM}entry")}
    assert again == ids


def test_no_feed_of_no_place(client: Client) -> None:
    assert client.get("/monitoring/nowhere/findings.atom").status_code == 404
