"""Public pages come from memory while the record stays as it is, and no other page does."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import Any

import pytest

from totalplace.doors.web.front import MARK, Front

PAGE = b"<p>a pound</p>" * 100


class Behind:
    """What stands behind the front: counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.headers = [("Content-Type", "text/html; charset=utf-8"), (MARK, "yes")]
        self.status = "200 OK"

    def __call__(self, _: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [PAGE]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Site:
    """A front with a record and a clock of its own."""

    def __init__(self, most_bytes: int = 10_000_000) -> None:
        self.behind, self.clock, self.head = Behind(), Clock(), "first"
        self.looked = 0
        self.front = Front(self.behind, self.look, clock=self.clock, most_bytes=most_bytes)

    def look(self) -> str:
        self.looked += 1
        return self.head

    def get(self, path: str = "/count/wex/", **more: str) -> tuple[str, dict[str, str], bytes]:
        """What is sent for an address: status, headers and body."""
        said: list[Any] = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "h", **more}
        body = b"".join(self.front(environ, lambda status, headers: said.extend((status, headers))))
        return said[0], dict(said[1]), body


@pytest.fixture
def site() -> Site:
    """A site with one public page."""
    return Site()


def test_a_public_page_is_made_once(site: Site) -> None:
    first, second = site.get(), site.get()
    assert first == second
    assert site.behind.asked == 1
    assert first[2] == PAGE
    assert MARK not in first[1]


def test_a_page_is_made_again_when_something_was_done(site: Site) -> None:
    site.get()
    site.head = "second"
    site.clock.now += 1.1
    site.get()
    assert site.behind.asked == 2


def test_the_record_is_looked_at_once_a_second_at_most(site: Site) -> None:
    for _ in range(50):
        site.get()
    assert site.looked == 1


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_COOKIE": "a=b c; sessionid=abc"},
        {"HTTP_COOKIE": 'theme={"dark": 1}; sessionid=abc'},
        {"HTTP_COOKIE": "no name; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
    ],
)
def test_whoever_is_signed_in_or_acts_is_never_answered_from_memory(
    site: Site, more: dict[str, str]
) -> None:
    site.get()
    site.get(**more)
    assert site.behind.asked == 2
    site.get()
    assert site.behind.asked == 2


def test_a_page_for_whoever_signed_in_is_kept_by_nobody_on_the_way(site: Site) -> None:
    site.behind.headers.append(("Cache-Control", "public, max-age=0"))
    _, headers, _ = site.get(HTTP_COOKIE="sessionid=abc")
    assert headers["Cache-Control"] == "private, no-store"
    assert MARK not in headers


def test_other_cookies_do_not_matter(site: Site) -> None:
    site.get()
    site.get(HTTP_COOKIE="theme=dark")
    assert site.behind.asked == 1


@pytest.mark.parametrize(
    ("status", "header"),
    [("404 Not Found", (MARK, "yes")), ("200 OK", ("X-Other", "yes"))],
)
def test_what_is_not_said_to_be_public_is_not_kept(
    site: Site, status: str, header: tuple[str, str]
) -> None:
    site.behind.status, site.behind.headers[1] = status, header
    site.get()
    site.get()
    assert site.behind.asked == 2


def test_a_page_that_sets_a_cookie_is_not_kept(site: Site) -> None:
    site.behind.headers.append(("Set-Cookie", "sessionid=abc"))
    site.get()
    site.get()
    assert site.behind.asked == 2


def test_addresses_that_differ_by_path_query_host_or_protocol_are_apart(site: Site) -> None:
    for more in ({}, {"QUERY_STRING": "a=1"}, {"HTTP_HOST": "i"}, {"wsgi.url_scheme": "https"}):
        site.get(**more)
    site.get("/count/")
    assert site.behind.asked == 5


def test_bytes_are_pressed_for_whoever_takes_that(site: Site) -> None:
    _, headers, body = site.get(HTTP_ACCEPT_ENCODING="br, gzip;q=0.8")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == PAGE
    _, plain, _ = site.get(HTTP_ACCEPT_ENCODING="gzip;q=0")
    assert "Content-Encoding" not in plain
    assert plain["ETag"] != headers["ETag"]
    assert site.behind.asked == 1


def test_a_page_that_the_reader_has_is_not_sent_again(site: Site) -> None:
    _, headers, _ = site.get()
    status, _, body = site.get(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")


def test_memory_is_bounded_and_what_is_read_stays(site: Site) -> None:
    small = Site(most_bytes=8_000)
    for n in range(20):
        small.get("/often/")
        small.get(f"/seldom/{n}/")
    assert small.behind.asked == 21
    small.get("/seldom/0/")
    assert small.behind.asked == 22


def test_nothing_is_answered_from_memory_while_the_record_cannot_be_read(site: Site) -> None:
    def broken() -> str:
        raise ConnectionError("the records are away")

    site.front = Front(site.behind, broken, clock=site.clock)
    assert site.get()[0] == "200 OK"
    site.get()
    assert site.behind.asked == 2
