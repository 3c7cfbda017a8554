"""What is done with submissions in the background. Each may be run twice."""

from __future__ import annotations

from django.utils import timezone

from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work.telling import Telling
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import actions, bytes_held, queries
from totalplace.sources.submitting.actions.taking_in import given_of
from totalplace.sources.submitting.trial import try_out

_READABLE = (Stage.DRAFT, Stage.SENT_BACK, Stage.NOT_ADDED)


def read(telling: Telling, *, submission: int, recipe: int) -> str:
    """Read a submission on trial and write down what it would come to."""
    row = queries.submission(submission)
    if row.stage not in _READABLE or row.recipe != recipe:
        return "It was corrected or is over, so it was not read."
    if row.is_read and row.trial is not None and row.trial.recipe == recipe:
        return "It is read."
    found = try_out(home(), given_of(row), telling.far)
    actions.tried(home(), submission, recipe, found, on=timezone.now())
    return "It could not be read." if found.refused else "It is read."


def take_in(telling: Telling, *, submission: int) -> str:
    """Add what was certified to what is held."""
    return actions.take_in(home(), submission, telling.far, on=timezone.now())


def tidy(telling: Telling) -> str:
    """Remove bytes of uploads that were never acknowledged."""
    telling.far("Tidying")
    gone = bytes_held.tidy(home(), queries.wanted_hashes())
    return f"{len(gone)} files of uploads that were not finished were removed."
