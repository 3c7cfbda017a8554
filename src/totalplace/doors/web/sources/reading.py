"""Asking for a submission to be read, or added, in the background."""

from __future__ import annotations

from totalplace.doors.web.work import enqueue
from totalplace.doors.web.work import queries as works
from totalplace.doors.web.work.queries import WorkRow
from totalplace.doors.web.work.rules import Asked
from totalplace.places.rules.mandates import Who
from totalplace.sources.submitting.queries import SubmissionRow


def ask_to_read(row: SubmissionRow, *, by: Who) -> int:
    """Ask for a trial reading as the submission now stands; in the transaction of the act."""
    return enqueue(
        "read a submission", by=by, about=row.about, words=f"Reading {row.name}",
        asked=_asked(row), submission=row.id, recipe=row.recipe,
    )  # fmt: skip


def ask_to_add(row: SubmissionRow, *, by: Who) -> int:
    """Ask for what was certified to be added; in the transaction of the act."""
    return enqueue(
        "take a submission in", by=by, about=row.about, words=f"Adding {row.name}",
        asked=_asked(row), submission=row.id,
    )  # fmt: skip


def under_way(row: SubmissionRow) -> WorkRow | None:
    """What is being done with a submission now."""
    return works.under_way(row.about)


def last_work(row: SubmissionRow) -> WorkRow | None:
    """What was done with it last."""
    return works.latest(row.about)


def _asked(row: SubmissionRow) -> Asked:
    return Asked(agency=row.agency, back=f"/sources/{row.id}/")
