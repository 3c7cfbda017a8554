"""The one task of the queue: do the work of a number; and what is done every night."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from totalplace.doors.web.work import actions, jobs
from totalplace.doors.web.work.rules import PutBack, Stopped
from totalplace.doors.web.work.telling import Telling
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused


class TakeUpAgain(Exception):
    """What was begun is put back into the queue."""


_LOCK: Final = 0x776F726B  # with the number of a piece of work: whoever does it holds this
_AGAIN: Final = RetryStrategy(
    wait=2, retry_exceptions={TakeUpAgain, OperationalError, InterfaceError}
)
_log = logging.getLogger(__name__)


@app.task(name="work", retry=_AGAIN)
def work(number: int) -> None:
    """Do the work of a number, unless it ended or another process is doing it."""
    with _alone(number) as mine:
        begun = actions.begin(number) if mine else None
        if begun is None:
            return
        telling = Telling(number, partial(actions.tell, number))
        try:
            words = jobs.do(begun.job, telling, begun.args)
        except PutBack as ending:
            raise TakeUpAgain from ending
        except (OperationalError, InterfaceError):
            raise  # the queue takes it up again
        except Stopped:
            actions.end(number, "stopped", "Stopped; nothing was kept of it.")
        except Refused as refused:
            actions.end(number, "refused", str(refused))
        except Exception as error:  # noqa: BLE001  (one defect must not end the queue)
            _log.exception("work %s (%s) failed", number, begun.job)
            actions.end(
                number,
                "failed",
                f"It came upon a defect of this program ({type(error).__name__}). Nothing half "
                "done was kept. Ask for it again; if it fails again, report it.",
            )
        else:
            actions.end(number, "done", words)


@app.periodic(cron="17 3 * * *")
@app.task(name="nightly", pass_context=False)
def nightly(timestamp: int) -> None:  # noqa: ARG001  (the queue says which night it is)
    """Ask for what is done every night."""
    for job in jobs.NIGHTLY:
        actions.enqueue(job, by=Operator("nightly run"), about="the nightly run", words=job)


@contextmanager
def _alone(number: int) -> Iterator[bool]:
    """Whether this process is the only one that does a piece of work; a killed one lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, number % 2**31])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, number % 2**31])
