"""Asking for work, and saying how far it is: the only writer of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from totalplace.doors.web.work import models, queries
from totalplace.doors.web.work.jobs import CAN_BE_STOPPED, JOBS
from totalplace.doors.web.work.queries import WorkRow
from totalplace.doors.web.work.rules import Asked
from totalplace.places.rules.mandates import Officer, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

# A file that ends whatever process reads it must not be read for ever.
_MOST_TRIES: Final = 20
_TOO_OFTEN: Final = (
    f"It was begun {_MOST_TRIES} times and the computer ended it each time, perhaps for want of "
    "memory. Nothing half done was kept. Split the file, or ask for it again."
)


@transaction.atomic
def enqueue(
    job: str,
    *,
    by: Who,
    about: str,
    words: str,
    asked: Asked | None = None,
    args: Mapping[str, Any] | None = None,
    after_seconds: int = 0,
) -> int:
    """Write down what is to be done and put it in the queue, both or neither.

    `after_seconds` is how long to wait before it is begun: for what is tried again later.
    """
    if job not in JOBS:
        raise LookupError(f"there is no job {job!r}")
    asked = asked or Asked()
    work = models.Work.objects.create(
        job=job, args=dict(args or {}), about=about, words=words, by=by.name,
        officer=by.code if isinstance(by, Officer) else "",
        agency=asked.agency, place=asked.place, back=asked.back, asked_at=timezone.now(),
    )  # fmt: skip
    _defer(work.pk, lock=about, after_seconds=after_seconds)
    return work.pk


def _defer(number: int, *, lock: str, after_seconds: int) -> None:
    """Put work in the queue, on the connection and in the transaction of this thread."""
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.manager import JobManager
    from procrastinate.tasks import configure_task
    from procrastinate.types import TimeDeltaParams

    here = JobManager(DjangoConnector())
    later: TimeDeltaParams | None = {"seconds": after_seconds} if after_seconds else None
    task = configure_task(name="work", job_manager=here, lock=lock, schedule_in=later)
    task.defer(number=number)


@transaction.atomic
def ask_to_stop(number: int, *, by: Who) -> WorkRow:
    """Ask for work to be stopped; work that has not begun ends at once.

    Raises Refused where it ended already or cannot be stopped.
    """
    work = models.Work.objects.select_for_update().filter(pk=number).first()
    if work is None or work.ended_at is not None:
        raise Refused(
            f"Work {number} cannot be stopped",
            why="it has ended" if work else "there is none of that number",
            next_step="See what came of it on its page",
        )
    if work.job not in CAN_BE_STOPPED:
        raise Refused(
            f"Work {number} cannot be stopped",
            why="what was certified is taken in whole",
            next_step="Wait for it to end; then replace the file if it is wrong",
        )
    now = timezone.now()
    work.stop_asked_at, work.stop_asked_by = now, by.name
    if work.started_at is None:
        _ended(work, models.Work.Outcome.STOPPED, "Stopped before it began.")
    work.save()
    record.write(by.name, "asked for work to stop", about=Citation("work", str(number)), on=now,
                 citing=work.about)  # fmt: skip
    return queries.work(number)


def begin(number: int) -> models.Work | None:
    """Note that work is begun, perhaps again; None where it ended or was asked to stop."""
    with transaction.atomic():
        work = models.Work.objects.select_for_update().filter(pk=number, ended_at=None).first()
        if work is None:
            return None
        if work.stop_asked_at is not None:
            _ended(work, models.Work.Outcome.STOPPED, "Stopped; nothing was kept of it.")
            work.save()
            return None
        if work.tries >= _MOST_TRIES:
            _ended(work, models.Work.Outcome.FAILED, _TOO_OFTEN)
            work.save()
            return None
        work.started_at, work.tries = timezone.now(), work.tries + 1
        work.done, work.total, work.seconds_left, work.doing = 0, None, None, ""
        work.save()
    return work


def tell(
    number: int, doing: str, done: int, total: int | None, unit: str, left: int | None
) -> bool:
    """Write down how far work is; whether it is asked to stop."""
    mine = models.Work.objects.filter(pk=number)
    mine.update(
        doing=doing[:400], done=done, total=total, unit=unit, seconds_left=left,
        told_at=timezone.now(),
    )  # fmt: skip
    return mine.filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def end(number: int, outcome: str, words: str) -> None:
    """Write down what came of work."""
    work = models.Work.objects.select_for_update().get(pk=number)
    if work.ended_at is None:
        _ended(work, outcome, words)
        work.save()


def _ended(work: models.Work, outcome: str, words: str) -> None:
    work.ended_at, work.outcome, work.outcome_words = timezone.now(), outcome, words
    work.seconds_left = None
