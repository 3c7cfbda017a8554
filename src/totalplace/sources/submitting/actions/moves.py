"""How every move of a submission is made: in turn, one at a time, and on the record."""

from __future__ import annotations

from datetime import datetime

from totalplace.places.rules.mandates import Officer, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.sources.rules.submitting.stages import Stage, after
from totalplace.sources.submitting import queries
from totalplace.sources.submitting.models import SubmissionMove
from totalplace.sources.submitting.queries import SubmissionRow, who_of


def stand(number: int) -> SubmissionRow:
    """Where a submission stands, once nobody else acts on submissions; in this transaction."""
    one_at_a_time()
    return queries.submission(number)


def one_at_a_time() -> None:
    """Wait for other writers of submissions, until this transaction ends."""
    take_turn("totalplace.submitting")


def who(by: Who) -> str:
    """What tells a person apart from others."""
    return who_of(by.code if isinstance(by, Officer) else "", by.name)


def step(
    number: int, verb: str, *, by: Who, on: datetime, reason: str = "", trial: int | None = None
) -> None:
    """Make a move. Raises Refused for one that does not follow, or has no reason."""
    last = SubmissionMove.objects.filter(submission_id=number).order_by("-turn").first()
    before = Stage(last.after) if last else Stage.NONE
    following = after(before, verb, about=f"Submission {number}", reason=reason)
    SubmissionMove.objects.create(
        submission_id=number, turn=last.turn + 1 if last else 1, before=before.value, verb=verb,
        after=following.value, by=by.name, officer=by.code if isinstance(by, Officer) else "",
        on=on, reason=reason, trial=trial,
    )  # fmt: skip


def on_record(number: int, verb: str, by: Who, on: datetime, power: str, citing: str) -> None:
    """Put an act about a submission on the record."""
    about = Citation("submission", str(number))
    record.write(by.name, verb, about=about, on=on, power=power, citing=citing)
