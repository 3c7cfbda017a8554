"""The log of the service says how requests went, and nothing of anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final, NoReturn

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.web import logs, urls

# What stands in requests, and in what libraries and errors say of them.
OF_SOMEBODY: Final = {
    "a payee": "Zebedee Quillfeather",
    "an e-mail address": "zebedee@quillfeather.example",
    "a token": "tok-8c1f0a77e2",
    "an address of a computer": "203.0.113.77",
    "a password": "correct horse battery",
    "a citation": "minute-of-quillfeather",
}


def writes_lines() -> logging.StreamHandler[Any]:
    """What writes the service's lines; the tests' own listeners stand beside it."""
    (found,) = [
        handler
        for handler in logging.getLogger("totalplace").handlers
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    assert isinstance(found, logging.StreamHandler)
    return found


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the service writes down while a test runs."""
    handler = writes_lines()
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    if before is not None:
        handler.setStream(before)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    """The lines of a log, each of them an object."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def breaks(request: HttpRequest, name: str) -> NoReturn:
    raise ValueError(f"{name} of {OF_SOMEBODY['an e-mail address']} cannot be shown")


def says(request: HttpRequest, name: str) -> HttpResponse:
    logging.getLogger("a.library").warning(f"{name} was seen by %s", request.META["REMOTE_ADDR"])  # noqa: G004
    logs.tell("a page was shown", entries=3, payee=name)
    return HttpResponse()


@pytest.fixture
def asked(settings: Any, written: io.StringIO, db: None) -> list[dict[str, Any]]:
    """The log of requests that are full of what is somebody's."""
    pages = [path("breaks/<name>/", breaks), path("says/<name>/", says)]
    module = ModuleType("pages_of_this_test")
    vars(module).update(
        urlpatterns=[*pages, *urls.urlpatterns],
        handler404=urls.handler404,
        handler500=urls.handler500,
        handler400=urls.handler400,
    )
    settings.ROOT_URLCONF = module
    s = OF_SOMEBODY
    client = Client(
        raise_request_exception=False,
        REMOTE_ADDR=s["an address of a computer"],
        HTTP_X_FORWARDED_FOR=s["an address of a computer"],
        HTTP_AUTHORIZATION=f"Bearer {s['a token']}",
        HTTP_USER_AGENT=s["a payee"],
        HTTP_REFERER=f"https://example.org/{s['a payee']}",
    )
    assert client.get("/", {"q": s["a payee"]}).status_code == 200
    assert client.get(f"/nowhere/{s['a payee']}/").status_code == 404
    assert client.get(f"/breaks/{s['a payee']}/").status_code == 500
    assert client.get(f"/says/{s['a payee']}/").status_code == 200
    client.get("/record/", {"about": s["a citation"], "by": s["a payee"]})
    client.get("/search/", {"q": s["a payee"]})
    for _ in range(2):
        client.post(
            "/account/login/",
            {"login": s["an e-mail address"], "password": s["a password"]},
        )
    client.get("/", HTTP_HOST=f"{s['a token']}.example")  # which is not ours, and refused
    return lines(written)


def test_nothing_in_the_log_is_of_anybody(asked: list[dict[str, Any]]) -> None:
    log = json.dumps(asked, ensure_ascii=False).lower()
    found = [
        what
        for what, said in OF_SOMEBODY.items()
        if any(part.lower() in log for part in (said, said.replace(" ", "%20"), *said.split(" ")))
    ]
    assert found == []


def test_a_line_holds_only_what_is_listed(asked: list[dict[str, Any]]) -> None:
    assert {key for line in asked for key in line} <= set(logs.KEYS)
    assert all({"at", "level", "event", "logger"} <= set(line) for line in asked)


def test_every_request_is_told_with_its_page_and_how_it_went(asked: list[dict[str, Any]]) -> None:
    told = [line for line in asked if line["event"] == "a request was answered"]
    assert len(told) == 9
    assert [(line["route"], line["status"]) for line in told[:4]] == [
        ("/", 200), ("none", 404), ("breaks/<name>/", 500), ("says/<name>/", 200),
    ]  # fmt: skip
    assert len({line["request"] for line in told}) == 9
    assert all(isinstance(line["milliseconds"], int) for line in told)


def test_of_an_error_its_kind_and_place_are_told(asked: list[dict[str, Any]]) -> None:
    (told,) = [line for line in asked if line.get("error") == "builtins.ValueError"]
    assert told["level"] == "error"
    assert told["frames"][-1].endswith(" breaks")


def test_of_what_a_library_says_only_its_place_is_told(asked: list[dict[str, Any]]) -> None:
    (told,) = [line for line in asked if line["logger"] == "a.library"]
    assert told["event"] == "a library said something"
    assert told["where"].startswith("test_logs.py:")


def test_an_answer_carries_the_number_that_is_in_the_log(
    written: io.StringIO, client: Client, db: None
) -> None:
    answer = client.get("/")
    assert lines(written)[-1]["request"] == answer["X-Request-ID"]


@given(st.text(min_size=8, alphabet=st.characters(categories=["L"])))
def test_no_word_that_a_library_says_gets_into_a_line(word: str) -> None:
    record = logging.LogRecord("axes", logging.WARNING, __file__, 1, word, (), None)
    line = writes_lines().format(record)
    assert word not in line
    assert json.loads(line)["logger"] == "axes"
