"""Officers put in answers that were given on paper, and look at those that were held apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import in_words
from totalplace.participation import models
from totalplace.participation.actions.acting import Opened, opened, write
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.answers import as_row
from totalplace.participation.rules.public.channels import Channel
from totalplace.participation.rules.public.paper import Form
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused


@transaction.atomic
def take_paper(
    number: int, forms: Sequence[Form], *, file_name: str, content: bytes, by: Who, on: datetime
) -> int:
    """Take the answers of a workbook, one row a form; returns how many. All are taken, or none.

    `forms` are what was read of the bytes. Raises Refused for a workbook that was taken before, one
    without answers, a form of a day on which nobody could answer, and once themes are finished.
    """
    this = opened(number, Act.ENTER_RESPONSES, by=by, on=on)
    what = "These forms cannot be taken"
    _check_time(this, what)
    digest = hashlib.sha256(content).hexdigest()
    taken = models.PaperForms.objects.filter(hearing_id=this.row.id, sha256=digest).first()
    if taken is not None:
        why = f"the same file was taken before, from {taken.by}"
        raise Refused(what, why=why, next_step="Put new forms into a new workbook")
    if not forms:
        raise Refused(what, why="there are none", next_step="Write one row for each form")
    _check_days(this, forms, what)
    held = models.PaperForms.objects.create(
        hearing_id=this.row.id, sha256=digest, file_name=file_name[:300], by=by.name, on=on
    )
    made = models.Response.objects.bulk_create([
        models.Response(
            hearing_id=this.row.id, channel=Channel.PAPER.value, form=f"{digest[:50]} {form.row}",
            receipt="", verified=False, on=on, day=form.day, paper=held, row=form.row,
        )
        for form in forms
    ])  # fmt: skip
    models.ResponseVersion.objects.bulk_create([
        models.ResponseVersion(
            response_id=row.pk, turn=1, answers=as_row(form.answers), on=on,
            group_name=form.group.name, group_size=form.group.speaks_for,
            group_how=form.group.how_asked,
        )
        for row, form in zip(made, forms, strict=True)
    ])  # fmt: skip
    write(this, "took answers on paper", citing=f"{len(forms)} forms, file {digest}")
    return len(forms)


@transaction.atomic
def hold_apart(number: int, response: int, why: str, *, by: Who, on: datetime) -> None:
    """Hold an answer apart from those that count, for a reason; it stays where it can be read.

    Raises Refused without a reason, and once the themes are finished.
    """
    _set(number, response, why, apart=True, by=by, on=on)


@transaction.atomic
def put_back(number: int, response: int, why: str, *, by: Who, on: datetime) -> None:
    """Put an answer that was held apart back among those that count. Raises Refused as above."""
    _set(number, response, why, apart=False, by=by, on=on)


def _set(number: int, response: int, why: str, *, apart: bool, by: Who, on: datetime) -> None:
    this = opened(number, Act.READ_RESPONSES, by=by, on=on)
    what = f"Answer {response} cannot be {'held apart' if apart else 'put back'}"
    row = models.Response.objects.filter(hearing_id=this.row.id, pk=response).first()
    if row is None:
        raise Refused(what, why="this hearing has none", next_step="Choose one from its list")
    _check_time(this, what)
    last = row.apart.order_by("-pk").first()
    if (last is not None and last.apart) == apart:
        why_not = "it is already" if apart else "it counts already"
        raise Refused(what, why=why_not, next_step="Look at the page again")
    if len(why.split()) < 2:
        next_step = "Say it in a few words: others will read it"
        raise Refused(what, why="it is not said why", next_step=next_step)
    models.ResponseApart.objects.create(
        response_id=row.pk, apart=apart, why=why.strip(), by=by.name, on=on
    )
    verb = "held an answer apart" if apart else "put an answer back"
    write(this, verb, citing=f"answer {response}: {why.strip()}")


def _check_time(this: Opened, what: str) -> None:
    finished = models.ThemeMove.objects.filter(hearing_id=this.row.id, verb="finish themes")
    if this.stage not in (Stage.OPEN, Stage.CLOSED) or finished.exists():
        why = f"the hearing is {this.stage}"
        if this.stage in (Stage.OPEN, Stage.CLOSED):
            why = "the themes of what the public said are finished"
        raise Refused(what, why=why, next_step="Ask whoever concludes the hearing what to do")


def _check_days(this: Opened, forms: Sequence[Form], what: str) -> None:
    first, last = this.row.first_day, this.row.closing_day
    if first is None or last is None:
        raise Refused(what, why="the hearing is not open", next_step="Open it first")
    for form in forms:
        if not first <= form.day <= min(last, this.day):
            raise Refused(
                what,
                why=f"row {form.row} was received on {in_words(form.day)}, and people were heard "
                f"from {in_words(first)} to {in_words(min(last, this.day))}",
                next_step="Put the day right, or keep the form out and tell who sent it",
            )
