"""Two hundred people who answer at once, some of them twice, and a service that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from django.db import connection

from totalplace.doors import records
from totalplace.participation.actions import answering, asking
from totalplace.participation.queries import public, responses
from totalplace.places import actions as places
from totalplace.refusal import Refused

from .conftest import ADA, BEGUN, OPENS, Hearing, at

KEYS: Final = (b"k",)
ANSWERING: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
from totalplace.participation.actions.answering import Sent, respond
on = datetime(2026, 2, 9, 12, tzinfo=UTC)
for number in range(10_000):
    said = {"q1": ["Agree"], "q2": [f"Answer {number}"]}
    receipt = respond(1, said, Sent(f"form {number}", 60.0), keys=(b"k",), on=on)
    print(receipt.code, number, flush=True)
"""


@pytest.fixture
def open_hearing(committed_records: records.Address) -> records.Address:
    """A hearing that is open, in records of the test's own."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(BEGUN))
    for code in ("wex", "nhs", "pol"):
        places.register_agency(code, name=code, kind="council", by=ADA, on=at(BEGUN))
        places.join_place("wexshire", code, by=ADA, on=at(BEGUN))
    Hearing().begin().open()
    return committed_records


def test_two_hundred_answer_at_once_and_none_is_lost_or_counted_twice(
    open_hearing: records.Address,
) -> None:
    codes = asking.issue_codes(1, 10, keys=KEYS, by=ADA, on=at(OPENS))

    def answer(number: int) -> str:
        form = number % 160  # forty press twice, at once
        code = codes[form] if form < 10 else ""
        said = {"q1": ["Agree"], "q2": [f"Answer {form}"]}
        sent = answering.Sent(f"form {form}", 60.0, code=code)
        try:
            return answering.respond(1, said, sent, keys=KEYS, on=at(OPENS)).code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        receipts = list(crowd.map(answer, range(200)))
    found = responses.how_many(1, on=at(OPENS))
    assert len(set(receipts)) == 160 == found.received == found.counted
    assert found.verified == 10
    head = public.head(1, on=at(OPENS))
    for number, receipt in enumerate(receipts):
        words = public.response_of(head, receipt, KEYS).answers[2]
        assert words == (f"Answer {number % 160}",)


def test_one_code_that_many_try_at_once_gives_one_answer(open_hearing: records.Address) -> None:
    code = asking.issue_codes(1, 1, keys=KEYS, by=ADA, on=at(OPENS))[0]

    def answer(number: int) -> bool:
        sent = answering.Sent(f"form {number}", 60.0, code=code)
        try:
            return answering.respond(1, {"q1": ["Agree"]}, sent, keys=KEYS, on=at(OPENS)).verified
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(answer, range(16))) == 1
    assert responses.how_many(1, on=at(OPENS)).received == 1


def test_an_answer_whose_receipt_was_shown_is_held_though_the_service_is_killed(
    open_hearing: records.Address, tmp_path: object
) -> None:
    owner = open_hearing.owner
    url = f"postgresql://{owner['USER']}@/{owner['NAME']}?host={owner['HOST']}&port={owner['PORT']}"
    running = subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(tmp_path)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": url},
    )  # fmt: skip
    assert running.stdout is not None
    shown = [next(running.stdout).split() for _ in range(25)]
    running.send_signal(signal.SIGKILL)
    shown += [line.split() for line in running.stdout]
    running.stdout.close()
    running.wait(60)
    head = public.head(1, on=at(OPENS))
    for receipt, number in shown:
        assert public.response_of(head, receipt, KEYS).answers[2] == (f"Answer {number}",)
    assert responses.how_many(1, on=at(OPENS)).received in (len(shown), len(shown) + 1)
