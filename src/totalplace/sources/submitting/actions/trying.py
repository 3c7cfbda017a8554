"""What a trial reading found is written down; what is over is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.sources.home import Home
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import bytes_held, queries, report
from totalplace.sources.submitting.actions.moves import stand
from totalplace.sources.submitting.models import Trial
from totalplace.sources.submitting.report import Report


@transaction.atomic
def tried(home: Home, number: int, recipe: int, found: Report, *, on: datetime) -> None:
    """Write down what a trial reading found; it counts for nothing, so it is on no record.

    A reading of a recipe that no longer holds, or of what is over, is thrown away.
    """
    row = stand(number)
    if row.recipe != recipe or row.stage not in (Stage.DRAFT, Stage.SENT_BACK, Stage.NOT_ADDED):
        return
    turn = row.trial.turn + 1 if row.trial else 1
    report.write(home, number, turn, found)
    names = ("rows_in", "payments", "cards", "commitments", "faults", "sum_pence", "cards_pence",
             "commitments_pence", "faults_pence")  # fmt: skip
    sums = report.sums(found.tables, names)
    accounted = sum(sums[n] for n in ("payments", "cards", "commitments", "faults"))
    refused = found.refused or ("", "", "")
    days = [d for t in found.tables for d in (t.first_date, t.last_date) if d]
    Trial.objects.create(
        submission_id=number, turn=turn, recipe=recipe, on=on,
        outcome="refused" if found.refused else "read",
        what=refused[0], why=refused[1], next_step=refused[2],
        tables=len(found.tables), other_rows=sums["rows_in"] - accounted,
        first_date=min(days, default=None), last_date=max(days, default=None),
        digest=found.digest, **sums,
    )  # fmt: skip


def forget(home: Home, number: int) -> None:
    """Hold the bytes and reports of a submission that is over no more; it may be asked twice."""
    row = queries.submission(number)
    if row.stage not in (Stage.ADDED, Stage.WITHDRAWN, Stage.REPLACED):
        return
    report.forget(home, number)
    if row.sha256 not in queries.wanted_hashes():
        bytes_held.forget(home, row.sha256)
