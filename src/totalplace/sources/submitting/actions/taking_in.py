"""Certified figures are added to what is held, by the same action as all others.

Run again after it was killed, it goes on where it was.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from totalplace.engines.files import whole
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused
from totalplace.sources import actions as adding
from totalplace.sources.batch import NotAdded
from totalplace.sources.home import Home
from totalplace.sources.returns import actions as returns
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import queries
from totalplace.sources.submitting.actions.moves import on_record, stand, step
from totalplace.sources.submitting.actions.setting_aside import set_aside
from totalplace.sources.submitting.actions.trying import forget
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.trial import Far, Given, laid_out, try_out

_FIRST: Final = 99_999_999


def take_in(home: Home, number: int, far: Far, *, on: datetime) -> str:
    """Add what was certified; returns what came of it in a sentence, which stands on it too.

    It is read once more first: where it reads otherwise than what was certified, it is not added.
    Raises Refused where it is not certified.
    """
    row = queries.submission(number)
    if row.stage is Stage.CERTIFIED:
        try:
            _add(home, row, far, on)
        except Refused as refused:
            return _failed(row, refused, on)
        _added(row, on)
        row = queries.submission(number)
    elif row.stage is not Stage.ADDED:
        raise Refused(
            f"{row.name} cannot be added",
            why=f"it is {row.stage}",
            next_step="Only what another officer certified is added",
        )
    _give_way(home, row, on)
    forget(home, number)
    if row.replaces is not None:
        forget(home, row.replaces)
    return row.last.reason


def given_of(row: SubmissionRow) -> Given:
    """A submission as it is read."""
    return Given(row.agency, row.name, row.sha256, row.kind, row.form, row.recipe_text)


def _add(home: Home, row: SubmissionRow, far: Far, on: datetime) -> None:
    """Hold the rows, unless a killed run did. Raises Refused where they cannot be."""
    if queries.is_held(row.sha256):
        return
    found = try_out(home, given_of(row), far)
    if found.refused:
        raise Refused(found.refused[0], why=found.refused[1], next_step=found.refused[2])
    if row.trial is None or found.digest != row.trial.digest:
        raise Refused(
            f"{row.name} was not added",
            why="it reads otherwise than when it was certified: recipes or the program changed",
            next_step="Submit it again, see what it comes to, and have that certified",
        )
    far(f"Adding {row.name}", 0, None, "")
    _keep_recipe(home, f"0-submission-{row.id:06}", row.recipe_text)
    with laid_out(home, given_of(row)) as path:
        _hold(home, row, path, on)
    # Of two recipes of one day the first by name holds: the one that was said last.
    _keep_recipe(home, f"later-{row.agency}-{_FIRST - row.id:08}", row.later_text)


def _hold(home: Home, row: SubmissionRow, path: Path, on: datetime) -> None:
    by = _submitter(row)
    if row.kind == "return":
        outcomes = returns.add([path], home=home, by=by, on=on, form=row.form, agency=row.agency)
    else:
        terms = adding.Terms(row.agency, row.licence)
        outcomes = adding.add([path], terms, home=home, by=by, on=on)  # type: ignore[assignment]
    for outcome in outcomes:
        if isinstance(outcome, NotAdded):
            raise outcome.refused


def _submitter(row: SubmissionRow) -> Who:
    """Who submitted it: whose mandate must still hold when it is added."""
    return next(m for m in reversed(row.moves) if m.verb == "submit").who


def _keep_recipe(home: Home, name: str, written: str) -> None:
    """Keep what an officer said beside the agency's recipes, so that it is read so ever after."""
    if written:
        home.recipes.mkdir(parents=True, exist_ok=True)
        with whole(home.recipes / f"{name}.yaml") as part:
            part.write_text(written, encoding="utf-8")


@transaction.atomic
def _added(row: SubmissionRow, on: datetime) -> None:
    if stand(row.id).stage is not Stage.CERTIFIED:
        return
    trial = row.trial
    lines, pence = (trial.lines, trial.lines_pence) if trial else (0, 0)
    faults = trial.faults if trial else 0
    rest = f"; {faults:,} could not be read" if faults else ""
    said = f"{lines:,} rows of £{pence / 100:,.2f} were added{rest}."
    by = _submitter(row)
    step(row.id, "add", by=by, on=on, reason=said)
    on_record(row.id, "added a submission", by, on, "certified by another officer", row.sha256)


@transaction.atomic
def _failed(row: SubmissionRow, refused: Refused, on: datetime) -> str:
    if stand(row.id).stage is Stage.CERTIFIED:
        by = _submitter(row)
        step(row.id, "fail", by=by, on=on, reason=str(refused))
        on_record(row.id, "could not add a submission", by, on, "", str(refused))
    return f"Not added. {refused}"


def _give_way(home: Home, row: SubmissionRow, on: datetime) -> None:
    """The file that this one replaces is counted no more, and its submission is replaced."""
    if row.replaces is None:
        return
    earlier = queries.submission(row.replaces)
    if earlier.stage is not Stage.ADDED:
        return
    by = _submitter(row)
    if earlier.kind == "payments":
        set_aside(home, earlier.sha256, row.sha256, by=by, on=on)
    with transaction.atomic():
        if stand(earlier.id).stage is Stage.ADDED:
            reason = f"Submission {row.id} was added in its place."
            step(earlier.id, "replace", by=by, on=on, reason=reason)
            on_record(earlier.id, "replaced a submission", by, on, "", reason)
