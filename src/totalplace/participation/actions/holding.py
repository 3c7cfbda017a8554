"""Opening a hearing, giving it more time, and concluding it. Nobody closes one: a day passes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.rules.days import in_words
from totalplace.participation import models
from totalplace.participation.actions.acting import Opened, move, opened, write
from totalplace.participation.actions.preparing import keep_paper
from totalplace.participation.definitions import hearings as definitions
from totalplace.participation.queries.gate import decided, facts
from totalplace.participation.queries.hearings import counting
from totalplace.participation.queries.public import question_words
from totalplace.participation.queries.rows import HearingRow
from totalplace.participation.rules.drafts import check_can_open
from totalplace.participation.rules.freezing import Affected, Frozen, digest_of, once, text_of
from totalplace.participation.rules.gate import lacks_to_conclude
from totalplace.participation.rules.hearings import Stage, Verb, after
from totalplace.participation.rules.period import (
    check_extension,
    check_period,
    last_day_with_late_paper,
)
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused


@transaction.atomic
def open_hearing(
    number: int,
    *,
    affected: Collection[Affected],
    by: Who,
    on: datetime,
) -> HearingRow:
    """Open a hearing: freeze all that is asked, and ask every agency, the partnership, the public.

    `affected` are the agencies with money (in pence) or a target in the proposal: they are asked
    by right. Raises Refused where anything is missing, it is decided already, its time is too
    short, another about it is under way, or the place has a partnership that is not asked.
    """
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    after(this.stage, Verb.OPEN, closing_day=this.row.closing_day)
    draft = this.row.draft
    check_can_open(
        draft, papers=len(this.row.papers), decided=decided(this.row.about),
        characteristics=definitions.characteristics(),
    )  # fmt: skip
    check_period(draft.when, definitions.lengths(), today=this.day)
    _check_no_other(this)
    _check_partnership(this)
    asked = once([*affected, *(Affected(one.agency) for one in draft.who.others if one.agency)])
    by_right = {one.agency for one in affected}
    names = [places.agency(one.agency).name for one in asked]
    others = [one.name.strip() for one in draft.who.others if not one.agency]
    _ask(this, asked, by_right, [name for name in dict.fromkeys(others) if name not in names])
    papers = [(one.number, one.title, one.sha256) for one in this.row.papers]
    questions = question_words(number, on=on) if draft.who.asks_public else []
    text = text_of(draft, Frozen(this.row.about, papers, asked, others, questions))
    move(
        this, Verb.OPEN, reason=draft.question.question, first_day=draft.when.first_day,
        last_day=draft.when.last_day, asks_public=draft.who.asks_public,
        asks_partnership=draft.who.asks_partnership, frozen=text, digest=digest_of(text),
    )  # fmt: skip
    return write(this, "opened", citing=f"asked: {', '.join(names) or 'no agency'}; "
                 f"digest {digest_of(text)}")  # fmt: skip


@transaction.atomic
def add_late_paper(
    number: int, title: str, *, file_name: str, content: bytes, reason: str, by: Who, on: datetime
) -> HearingRow:
    """Add a paper to an open hearing, as a late one: its last day moves on, to read it.

    Nothing that was there is changed or taken away. Raises Refused as `add_paper` does, and where
    the hearing is not open.
    """
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    after(this.stage, Verb.EXTEND, closing_day=this.row.closing_day)
    last = last_day_with_late_paper(_closing_day(this), definitions.lengths())
    moved = move(this, Verb.EXTEND, reason=reason, last_day=last)
    kept = keep_paper(this, title, file_name=file_name, content=content, late=moved)
    return write(this, "added a late paper", citing=f"{kept.number}: {kept.title}, {kept.sha256}; "
                 f"open until {in_words(last)}")  # fmt: skip


@transaction.atomic
def extend(number: int, last_day: date, *, reason: str, by: Who, on: datetime) -> HearingRow:
    """Give an open hearing more time. Raises Refused for a day that is no later than its last."""
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    after(this.stage, Verb.EXTEND, closing_day=this.row.closing_day)
    closing = _closing_day(this)
    check_extension(closing, last_day, earliest=closing)
    move(this, Verb.EXTEND, reason=reason, last_day=last_day)
    return write(this, "extended", citing=f"open until {in_words(last_day)}: {reason.strip()}")


@transaction.atomic
def conclude(number: int, *, reason: str, by: Who, on: datetime) -> HearingRow:
    """Conclude a hearing: it is whole, and what it is about may go on to be decided.

    Raises Refused, with all that is lacking, until its last day is over, every point is answered
    and the partnership's and the public's parts are finished. Silence of an agency lacks nothing.
    """
    this = opened(number, Act.CONCLUDE_HEARING, by=by, on=on)
    after(this.stage, Verb.CONCLUDE, closing_day=this.row.closing_day)
    found = facts(this.row)
    lacks = list(lacks_to_conclude(found, this.day)) if found else []
    if lacks:
        raise Refused(
            "The hearing cannot be concluded",
            why="; ".join(f"{lack.what} ({lack.why})" for lack in lacks),
            next_step=lacks[0].next_step,
        )
    move(this, Verb.CONCLUDE, reason=reason)
    silent = ", ".join(one.name for one in this.row.silent)
    return write(this, "concluded", citing=f"{reason.strip()}; silent: {silent or 'nobody'}")


def _ask(
    this: Opened, asked: Sequence[Affected], by_right: Collection[str], others: Sequence[str]
) -> None:
    for one in asked:
        agency = places.agency(one.agency)
        models.Consultee.objects.create(
            hearing_id=this.row.id, agency_id=agency.id, name=agency.name,
            by_right=one.agency in by_right, stake_pence=one.pence, stake=one.stake, **this.said(),
        )  # fmt: skip
    for name in others:
        models.Consultee.objects.create(
            hearing_id=this.row.id, name=name, by_right=False, **this.said()
        )  # fmt: skip


def _check_no_other(this: Opened) -> None:
    other = counting(this.row.about)
    if other is not None and other.stage(this.day) in (Stage.OPEN, Stage.CLOSED):
        raise Refused(
            "The hearing cannot be opened",
            why=f"hearing {other.number} about the same thing is under way",
            next_step=f"Conclude hearing {other.number}, or withdraw it and say why",
        )


def _check_partnership(this: Opened) -> None:
    exists = models.Partnership.objects.filter(place__code=this.row.place).exists()
    if exists and not this.row.draft.who.asks_partnership:
        raise Refused(
            "The hearing cannot be opened",
            why=f"{this.row.place_name} has a partnership, and it is asked by right",
            next_step="Ask it; if it says nothing, its silence holds nothing up",
        )


def _closing_day(this: Opened) -> date:
    assert this.row.closing_day is not None  # noqa: S101  (an open hearing has its last day)
    return this.row.closing_day
