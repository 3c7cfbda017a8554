"""Officers say what the public is asked, send codes out, and say who lives here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.actions.acting import in_draft, opened, write
from totalplace.participation.definitions.public import about_you, counting
from totalplace.participation.queries.public import questions
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.codes import Keys, hashes, written
from totalplace.participation.rules.public.questions import (
    Question,
    as_rows,
    check_questions,
    numbered,
)
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused


@transaction.atomic
def set_questions(
    number: int, asked: Sequence[Question], *, by: Who, on: datetime
) -> tuple[Question, ...]:
    """Say what the public is asked, in this order; what was set before no longer counts.

    Raises Refused once the hearing is no draft any more, and for questions nobody could answer.
    """
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    in_draft(this, "The questions cannot be changed")
    listed = numbered(asked)
    check_questions(listed, known=about_you())
    models.PublicQuestions.objects.create(
        hearing_id=this.row.id, questions=as_rows(listed), by=by.name, on=on
    )
    write(this, "set the questions to the public", citing=f"{len(listed)} questions")
    return listed


@transaction.atomic
def issue_codes(number: int, several: int, *, keys: Keys, by: Who, on: datetime) -> list[str]:
    """Issue so many codes, for letters to households; each can be used once.

    They are returned and nowhere kept: the records hold keyed hashes, in the order of the hashes,
    so that not even the order tells which letter a code is of. Raises Refused after the last day
    and for more than may be issued.
    """
    this = opened(number, Act.ENTER_RESPONSES, by=by, on=on)
    what = "No codes can be issued"
    if this.stage not in (Stage.DRAFT, Stage.OPEN):
        why = f"the hearing is {this.stage}"
        raise Refused(what, why=why, next_step="Issue them before its last day is over")
    most = counting().most_codes
    before = models.ResponseCode.objects.filter(hearing_id=this.row.id).count()
    if several < 1 or before + several > most:
        why = f"{several:,} were asked for, {before:,} were issued, and there can be {most:,}"
        raise Refused(what, why=why, next_step="Ask for as many as there are letters")
    salt, _ = models.CodeSalt.objects.get_or_create(
        hearing_id=this.row.id, defaults={"salt": secrets.token_hex(32)}
    )
    codes = [written(secrets.token_bytes(10)) for _ in range(several)]
    known = sorted(hashes(keys, "code", salt.salt, code)[0] for code in codes)
    models.ResponseCode.objects.bulk_create(
        [models.ResponseCode(hearing_id=this.row.id, digest=digest) for digest in known],
        batch_size=10_000,
    )
    write(this, "issued codes", citing=f"{several:,} codes")
    return codes


@transaction.atomic
def say_lives_here(
    number: int, about: str, people: Mapping[str, int], *, source: str, year: int, by: Who,
    on: datetime,
) -> None:  # fmt: skip
    """Say how many people of each category live here, to set who took part against it.

    Raises Refused for what nobody is asked, for categories that are none of its choices, for
    numbers below nought, and where no source is named.
    """
    this = opened(number, Act.ENTER_RESPONSES, by=by, on=on)
    what = f"Who lives here cannot be said by {about or 'nothing'}"
    asked = next((q for q in questions(this.row.id) if q.about == about and about), None)
    if asked is None:
        raise Refused(what, why="nobody is asked that", next_step="Choose what is asked")
    odd = sorted(set(people) - set(asked.choices))
    if odd or not people or min(people.values()) < 0 or sum(people.values()) == 0:
        why = f"no choice is called {odd[0]}" if odd else "it gives no people"
        choices = ", ".join(asked.choices[:-1])
        raise Refused(what, why=why, next_step=f"Give people for: {choices}")
    if not source.strip() or not 1900 < year < 2200:
        why = "no source and year are named"
        raise Refused(what, why=why, next_step="Name the table, and the year that it describes")
    models.LivesHere.objects.create(
        hearing_id=this.row.id, about=about, people=dict(people), source=source.strip(), year=year,
        by=by.name, on=on,
    )  # fmt: skip
    write(this, "said who lives here", citing=f"{about}: {source.strip()}, {year}")
