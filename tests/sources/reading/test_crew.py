"""Jobs done by processes that were divided off this one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from totalplace.refusal import Refused
from totalplace.sources.reading.crew import Crew

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are divided on Linux")


class OnlyOfTwo(Exception):
    """An error that cannot be made again from what it says of itself."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Two processes."""
    made = Crew(2)
    yield made
    made.close()


def doubled(text: str) -> str:
    return text * 2


def letters(count: int) -> str:
    return "x" * count


def refuse() -> None:
    raise Refused("It was not done", why="it may not be", next_step="Leave it")


def fail_oddly() -> None:
    raise OnlyOfTwo("this and ", "that")


def die() -> int:
    """End the process that does this job; here, say so."""
    if os.getpid() != _HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return _HERE


_HERE = os.getpid()


def test_answers_are_those_of_their_questions_in_whatever_order_they_are_taken(crew: Crew) -> None:
    answers = [crew.ask(doubled, f"a{n}") for n in range(200)]
    assert [answer() for answer in reversed(answers)] == [f"a{n}a{n}" for n in range(199, -1, -1)]


def test_another_process_does_the_job(crew: Crew) -> None:
    assert crew.ask(os.getpid)() != os.getpid()


def test_a_long_answer_comes_whole_and_many_at_once_do_not_block(crew: Crew) -> None:
    answers = [crew.ask(letters, 300_000 + n) for n in range(40)]
    assert [len(answer()) for answer in answers] == [300_000 + n for n in range(40)]


def test_a_long_job_is_done_here(crew: Crew) -> None:
    assert crew.ask(doubled, "x" * 100_000)() == "x" * 200_000


def test_a_refusal_is_raised_as_it_was(crew: Crew) -> None:
    with pytest.raises(Refused) as refused:
        crew.ask(refuse)()
    assert refused.value.next_step == "Leave it"


def test_an_error_is_raised_whole_where_another_process_could_not_tell_it(crew: Crew) -> None:
    with pytest.raises(OnlyOfTwo, match="this and that"):
        crew.ask(fail_oddly)()


def test_where_a_process_is_ended_by_others_its_jobs_are_done_here(crew: Crew) -> None:
    answers = [crew.ask(die), *(crew.ask(doubled, f"{n}") for n in range(50))]
    assert answers[0]() == os.getpid()
    assert [answer() for answer in answers[1:]] == [f"{n}{n}" for n in range(50)]
    assert crew.ask(doubled, "after")() == "afterafter"


def test_what_is_under_way_is_not_waited_for_at_the_end() -> None:
    crew = Crew(1)
    before = set(multiprocessing.active_children())
    answer = crew.ask(signal.pause)  # which never ends by itself
    assert callable(answer)
    crew.close()
    assert not before & set(multiprocessing.active_children())
