"""Work of any length: asked for in the transaction of an act, done by a process of its own.

A row of work says what is being done, how far it is, who asked and what came of it. A job whose
process is killed is taken up again by the next one, so every job may be run twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from totalplace.doors.web.work.rules import Asked
    from totalplace.places.rules.mandates import Who

__all__ = ["enqueue", "run_worker"]


def enqueue(
    job: str,
    *,
    by: Who,
    about: str,
    words: str,
    asked: Asked | None = None,
    after_seconds: int = 0,
    **args: str | int,
) -> int:
    """Ask for a job to be done once the transaction that is under way is committed.

    `job` is a name in `work.jobs.JOBS`, `about` a citation such as "submission 12", `words` what
    is done, for people; `asked` says who may see it; `after_seconds` puts it off. Returns the
    number of the work, whose page is /work/<number>. Raises LookupError where there is no such job.
    """
    from totalplace.doors.web.work.actions import enqueue as asked_for

    return asked_for(
        job, by=by, about=about, words=words, asked=asked, args=args, after_seconds=after_seconds
    )


def run_worker(stop: threading.Event | None = None) -> None:
    """Do what is asked for until `stop` is set or this process is asked to end.

    Django must have been started with the settings of the service. What is being done when it is
    asked to end is put back and taken up again later.
    """
    from totalplace.doors.web.work.worker import run

    run(stop)
