"""Giving figures in, correcting how they are read, submitting, certifying, sending back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from totalplace.places import queries as places
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused
from totalplace.sources.rules.submitting.fixing import Chosen, recipe_for_later, recipe_for_this
from totalplace.sources.rules.submitting.stages import (
    ACTS,
    REPLACEABLE,
    SAID,
    Stage,
    after,
    check_other_eyes,
)
from totalplace.sources.submitting import queries
from totalplace.sources.submitting.actions.moves import on_record, one_at_a_time, stand, step, who
from totalplace.sources.submitting.bytes_held import Held
from totalplace.sources.submitting.models import Submission, SubmissionRecipe
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.trial import recipes_in

_LONGEST_NOTE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Giving:
    """What is said of a file as it is given: whose figures, of what kind, in place of which."""

    agency: str
    kind: str = "payments"
    form: str = ""
    licence: str = ""
    replaces: int | None = None


@transaction.atomic
def give(held: Held, giving: Giving, *, by: Who, on: datetime) -> SubmissionRow:
    """Take a file whose bytes are held as a draft. Raises Refused where it cannot be given.

    The bytes must be kept before (`bytes_held.Incoming`), so that what is acknowledged is safe.
    """
    power = places.power(by, ACTS["give"], agency=giving.agency, on=on)
    about = held.name
    one_at_a_time()
    _refuse_second(held, giving.agency)
    if giving.replaces is not None:
        _replace(giving, by=by, power=power, on=on)
    row = Submission.objects.create(
        agency_id=places.agency(giving.agency).id, kind=giving.kind, form=giving.form,
        name=held.name, sha256=held.sha256, size=held.size, licence=giving.licence[:200],
        replaces_id=giving.replaces,
    )  # fmt: skip
    step(row.pk, "give", by=by, on=on)
    citing = f"{about} of {giving.agency}, {held.sha256}"
    on_record(row.pk, "gave figures in", by, on, power, citing)
    return queries.submission(row.pk)


def _refuse_second(held: Held, agency: str) -> None:
    """Raise Refused where the same bytes are held, or are on their way in."""
    if found := queries.is_held(held.sha256):
        raise Refused(
            f"{held.name} was not taken again",
            why=f"the same file is held as {found[0]}, added {found[1]:%d %B %Y}".replace(
                " 0", " "
            ),
            next_step="Nothing is lost and there is nothing to do",
        )
    same = Submission.objects.filter(sha256=held.sha256, agency__code=agency)
    for other in same:
        row = queries.submission(other.pk)
        if row.stage not in (Stage.WITHDRAWN, Stage.REPLACED):
            raise Refused(
                f"{held.name} was not taken again",
                why=f"the same file is submission {row.id}, which is {row.stage}",
                next_step="Go on with that one, or withdraw it first",
            )


def _replace(giving: Giving, *, by: Who, power: str, on: datetime) -> None:
    """An earlier submission gives way: at once, or where it is held, once this one is added."""
    earlier = queries.submission(giving.replaces or 0)
    why = ""
    if earlier.agency != giving.agency or earlier.kind != giving.kind:
        why = f"it is of {earlier.agency_name} or of another kind"
    elif earlier.stage not in REPLACEABLE:
        why = f"it is {earlier.stage}"
    elif earlier.replaced_by is not None:
        why = f"submission {earlier.replaced_by} is given in its place already"
    if why:
        raise Refused(
            f"Submission {earlier.id} cannot be replaced",
            why=why,
            next_step="Give the file as a new one, or choose another to replace",
        )
    if earlier.stage is not Stage.ADDED:
        step(earlier.id, "replace", by=by, on=on, reason="A later file was given in its place.")
        on_record(earlier.id, "replaced a submission", by, on, power, "a later file was given")


@transaction.atomic
def correct(
    number: int, chosen: Sequence[Chosen], *, later_from: date | None = None, by: Who, on: datetime
) -> SubmissionRow:
    """Say which columns hold what; it is read again so. Returns the submission.

    With `later_from`, the agency's later files are read so too, once this one is certified. An
    empty list takes back what was said. Raises Refused where it stands beyond correcting.
    """
    row = stand(number)
    power = places.power(by, ACTS["correct"], agency=row.agency, on=on)
    after(row.stage, "correct", about=row.name)
    why = f"Said by {by.name} of submission {number}, {row.name}"
    written = "---\n".join(recipe_for_this(c, agency=row.agency, why=why) for c in chosen)
    later = ""
    if later_from and chosen:
        later = recipe_for_later(chosen, agency=row.agency, from_day=later_from, why=why)
    recipes_in(written)
    recipes_in(later)
    SubmissionRecipe.objects.create(
        submission_id=number, turn=row.recipe + 1, written=written, later=later, by=by.name, on=on
    )
    step(number, "correct", by=by, on=on)
    citing = f"{len(chosen)} tables" + (", and for later files" if later else "")
    on_record(number, "corrected how a submission is read", by, on, power, citing)
    return queries.submission(number)


@transaction.atomic
def submit(number: int, *, note: str = "", by: Who, on: datetime) -> SubmissionRow:
    """Ask another officer to certify what the last trial reading shows.

    Raises Refused where it was not read as it now stands, or was refused.
    """
    row = stand(number)
    power = places.power(by, ACTS["submit"], agency=row.agency, on=on)
    after(row.stage, "submit", about=row.name)
    if not row.is_read or row.trial is None or not row.trial.is_read:
        raise Refused(
            f"{row.name} cannot be submitted",
            why="it is not read yet" if not row.is_read else "it could not be read",
            next_step="Wait until it is read" if not row.is_read else "Correct it or give another",
        )
    if not row.trial.lines:
        raise Refused(
            f"{row.name} cannot be submitted",
            why="no row of it would be added",
            next_step="See its faults, and correct the columns or the file",
        )
    step(number, "submit", by=by, on=on, reason=note.strip()[:_LONGEST_NOTE], trial=row.trial.turn)
    on_record(number, "submitted figures", by, on, power, f"{row.name}: {row.trial.digest}")
    return queries.submission(number)


@transaction.atomic
def certify(number: int, *, by: Who, on: datetime) -> SubmissionRow:
    """Certify figures that another prepared, so that they are added to what is held.

    Raises Refused for whoever gave, corrected or submitted them.
    """
    row = stand(number)
    power = places.power(by, ACTS["certify"], agency=row.agency, on=on)
    after(row.stage, "certify", about=row.name)
    check_other_eyes("certify", who(by), row.hands, about=row.name)
    step(number, "certify", by=by, on=on, trial=row.last.trial)
    digest = row.trial.digest if row.trial else ""
    on_record(number, "certified figures", by, on, power, f"{row.name}: {digest}")
    return queries.submission(number)


def send_back(number: int, *, reason: str, by: Who, on: datetime) -> SubmissionRow:
    """Send a submission back to be put right, for a reason."""
    return _act(number, "send back", reason=reason, by=by, on=on)


def withdraw(number: int, *, reason: str, by: Who, on: datetime) -> SubmissionRow:
    """Take a submission back before it is certified, for a reason."""
    return _act(number, "withdraw", reason=reason, by=by, on=on)


@transaction.atomic
def _act(number: int, verb: str, *, reason: str, by: Who, on: datetime) -> SubmissionRow:
    row = stand(number)
    power = places.power(by, ACTS[verb], agency=row.agency, on=on)
    after(row.stage, verb, about=row.name, reason=reason)
    said = reason.strip()[:_LONGEST_NOTE]
    step(number, verb, by=by, on=on, reason=said)
    on_record(number, f"{SAID[verb]} figures", by, on, power, said)
    return queries.submission(number)
