"""Work in the background: how it is told, stopped, put back, taken up again, and who may see it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.web.work import actions, enqueue, jobs, queries, tasks, telling
from totalplace.doors.web.work.models import Work
from totalplace.doors.web.work.rules import (
    Asked,
    PutBack,
    Stopped,
    left_said,
    percent,
    seconds_left,
)
from totalplace.doors.web.work.telling import Telling
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.refusal import Refused

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
Doing = Callable[..., str]
Does = Callable[[Doing], None]


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Does]:
    """Says what the job "try" does."""
    module = types.ModuleType("a_job_of_a_test")
    monkeypatch.setitem(sys.modules, "a_job_of_a_test", module)
    monkeypatch.setattr(jobs, "JOBS", {**jobs.JOBS, "try": "a_job_of_a_test:do"})
    monkeypatch.setattr(actions, "JOBS", jobs.JOBS)
    monkeypatch.setattr(actions, "CAN_BE_STOPPED", frozenset({"try"}))

    def put(doing: Doing) -> None:
        module.do = doing  # type: ignore[attr-defined]

    yield put
    telling.ending.clear()


def ask(by: Officer | Operator = ADA, **said: Any) -> int:
    return enqueue("try", by=by, about="a test", words="Trying", **said)


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def test_what_was_asked_for_in_an_act_that_failed_is_not_done(does: Does) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        ask()
        raise RuntimeError
    assert (Work.objects.count(), waiting()) == (0, 0)
    ask()
    assert (Work.objects.count(), waiting()) == (1, 1)


def test_a_job_that_is_not_in_the_list_cannot_be_asked_for(does: Does) -> None:
    with pytest.raises(LookupError):
        enqueue("rm -rf", by=ADA, about="x", words="x")


def test_what_came_of_it_is_said(does: Does) -> None:
    does(lambda _, number: f"{number} were counted.")
    work = ask(number=7)
    tasks.work(number=work)
    row = queries.work(work)
    assert (row.outcome, row.said, row.tries) == ("done", "7 were counted.", 1)


def test_done_twice_it_is_done_once(does: Does) -> None:
    seen: list[int] = []

    def once(_: Telling) -> str:
        seen.append(1)
        return "Done."

    does(once)
    work = ask()
    tasks.work(number=work)
    tasks.work(number=work)
    assert seen == [1]


def test_a_refusal_and_a_defect_are_told_apart_and_neither_ends_the_queue(does: Does) -> None:
    def refuse(_: Telling) -> str:
        raise Refused("It was not counted", why="nothing is held", next_step="Add a file")

    does(refuse)
    first = ask()
    tasks.work(number=first)
    does(lambda _: str(1 / 0))
    second = ask()
    tasks.work(number=second)
    assert queries.work(first).said == "It was not counted: nothing is held. Add a file."
    assert queries.work(second).outcome == "failed"
    assert "ZeroDivisionError" in queries.work(second).said


def test_stopped_in_the_middle_it_ends_and_says_so(does: Does) -> None:
    def long(told: Telling) -> str:
        told.far("Counting", 1, 9, "rows")
        actions.ask_to_stop(told.work, by=ADA)
        told.far("Adding up", 2, 9, "rows")
        return "It was not stopped."

    does(long)
    work = ask()
    tasks.work(number=work)
    assert queries.work(work).said == "Stopped; nothing was kept of it."
    with pytest.raises(Refused, match="has ended"):
        actions.ask_to_stop(work, by=ADA)


def test_no_reader_takes_a_stop_for_a_fault_of_a_file() -> None:
    assert not issubclass(Stopped, Exception)
    assert not issubclass(PutBack, Exception)


def test_a_process_that_is_to_end_puts_back_what_it_does(does: Does) -> None:
    def long(told: Telling) -> str:
        telling.ending.set()
        told.far("Counting")
        return "It went on."

    does(long)
    work = ask()
    with pytest.raises(tasks.TakeUpAgain):
        tasks.work(number=work)
    assert queries.work(work).is_under_way
    telling.ending.clear()
    does(lambda _: "Now it is done.")
    tasks.work(number=work)
    assert (queries.work(work).said, queries.work(work).tries) == ("Now it is done.", 2)


def test_where_the_records_are_cut_off_it_is_taken_up_again(does: Does) -> None:
    def cut(_: Telling) -> str:
        raise OperationalError

    does(cut)
    work = ask()
    with pytest.raises(OperationalError):
        tasks.work(number=work)
    assert queries.work(work).is_under_way


def test_what_ends_every_process_that_does_it_is_given_up(does: Does) -> None:
    does(lambda _: "done")
    work = ask()
    Work.objects.filter(pk=work).update(tries=20)
    tasks.work(number=work)
    assert queries.work(work).outcome == "failed"
    assert "begun 20 times" in queries.work(work).said


def test_whoever_asked_or_acts_for_the_agency_sees_it_and_nobody_else(
    does: Does, an_officer: Callable[..., Officer], signed_in: Callable[[Officer], Client]
) -> None:
    for code in ("wexshire", "elsewhere"):
        places.register_agency(code, by=ADA, on=NOON)
    bea = an_officer("bea", Role.FINANCE_LEAD, agency="wexshire")
    cem = an_officer("cem", Role.AUDITOR, agency="wexshire")
    eve = an_officer("eve", Role.FINANCE_LEAD, agency="elsewhere")
    work = ask(by=bea, asked=Asked(agency="wexshire"))
    hidden = ask(by=bea)
    seen = [signed_in(who).get(f"/work/{work}/").status_code for who in (bea, cem, eve)]
    assert seen == [200, 200, 404]
    assert signed_in(cem).get(f"/work/{hidden}/").status_code == 404
    assert signed_in(eve).post(f"/work/{work}/stop/").status_code == 404
    assert "Trying" in signed_in(bea).get("/work/").content.decode()


def test_what_was_certified_cannot_be_stopped_half_way() -> None:
    assert "take a submission in" not in jobs.CAN_BE_STOPPED


@pytest.mark.parametrize("name", sorted(jobs.JOBS))
def test_every_job_that_is_listed_is_there(name: str) -> None:
    assert callable(jobs.job_named(name))
    assert set(jobs.NIGHTLY) <= set(jobs.JOBS)
    assert set(jobs.CAN_BE_STOPPED) <= set(jobs.JOBS)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.floats(0, 10**6))
def test_time_left_is_never_less_than_none(done: int, total: int, elapsed: float) -> None:
    left = seconds_left(done, total, elapsed)
    assert left is None or left >= 0
    assert left_said(left).endswith("left") or left is None
    shown = percent(done, total)
    assert shown is not None
    assert 0 <= shown <= 100


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (3, "a few seconds left"), (42, "about 40 seconds left"),
     (170, "about 3 minutes left"), (3 * 3600, "about 3 hours left")],
)  # fmt: skip
def test_time_left_is_said_as_people_say_it(seconds: int | None, said: str) -> None:
    assert left_said(seconds) == said
