"""Giving notice of a breach or dispute, and each move of it up the ladder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.keeping import one_at_a_time, said
from totalplace.agreements.queries.keeping_disputes import DisputeRow, dispute
from totalplace.agreements.queries.promises import promise as promise_row
from totalplace.agreements.queries.promises_texts import agreed
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.ladder import Verb, after, rungs_of
from totalplace.agreements.rules.terms import Terms
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

NOTICE = "give notice of a dispute"


@dataclass(frozen=True, slots=True)
class Notice:
    """What notice is given of, for an agency. Of a promise, title and whom it is against follow."""

    agency: str
    words: str
    promise: int | None = None
    against: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency does about a dispute, in words, with where its evidence can be read."""

    agency: str
    words: str
    evidence: str = ""


@transaction.atomic
def give_notice(agreement: str, notice: Notice, *, by: Who, on: datetime) -> DisputeRow:
    """Give notice, for an agency, of the breach of a promise, or of a dispute about something else.

    Of a promise, notice is given to whoever owes it, and only of a breach that book and record
    show. Raises Refused otherwise, and between parties of the same side: those settle at home.
    """
    power = places.power(by, Act.DISPUTE_AGREEMENT, agency=notice.agency, on=on)
    day = local_day(on)
    terms = _terms(agreement)
    notice, since = _of_promise(agreement, notice, day)
    side = _side(terms, notice.agency)
    _check_other_side(terms, side, notice.against)
    one_at_a_time()
    number = models.Dispute.objects.filter(agreement=agreement).count() + 1
    models.Dispute.objects.create(
        agreement=agreement, number=number, promise=notice.promise, since=since,
        title=said(notice.title, "Notice cannot be given")[:300],
        words=said(notice.words, "Notice cannot be given"),
        giver_id=places.agency(notice.agency).id, against_id=places.agency(notice.against).id,
        side=side.value, day=day,
        ladder=[[rung.who, rung.days] for rung in rungs_of(terms.ladder)], by=by.name, on=on,
    )  # fmt: skip
    made = dispute(agreement, number)
    record.write(
        by.name, NOTICE, about=made.citation, on=on, power=power, citing=notice.words.strip()
    )
    return made


def _of_promise(agreement: str, notice: Notice, day: date) -> tuple[Notice, date | None]:
    """Notice with what follows from its promise, and the first day of the breach."""
    if notice.promise is None:
        return notice, None
    row = promise_row(agreement, notice.promise, on=day)
    if row.standing.breach is None:
        raise Refused(
            f"No notice can be given of promise {notice.promise}",
            why=f"book and record show no breach of it today: it is {row.standing.status}",
            next_step="Wait until it is late, or give notice of a dispute about something else",
        )
    title = notice.title.strip() or f"Promise {notice.promise}: {row.standing.promise.what}"
    whole = replace(notice, against=row.standing.promise.by, title=title)
    return whole, row.standing.breach.since


@transaction.atomic
def move_dispute(
    agreement: str, number: int, verb: Verb, new: Said, *, by: Who, on: datetime
) -> DisputeRow:
    """Answer a dispute, escalate it, offer to settle, settle, decline, adjudicate or withdraw it.

    An adjudicator's finding is put on record by either side, with where it can be read. Raises
    Refused for a move that there is not.
    """
    power = places.power(by, Act.DISPUTE_AGREEMENT, agency=new.agency, on=on)
    one_at_a_time()
    row = dispute(agreement, number)
    if verb is Verb.ADJUDICATE and not new.evidence.strip():
        raise Refused(
            "The finding cannot be put on record",
            why="it is not said where it can be read",
            next_step="Give the adjudicator's name and the address of the finding",
        )
    step = after(row.course, verb, side=_side(_terms(agreement), new.agency), on=local_day(on))
    models.DisputeMove.objects.create(
        dispute_id=row.id, turn=len(row.moves) + 1, verb=verb.value,
        before=row.course.stage.value, after=step.after.value, rung=step.rung,
        agency_id=places.agency(new.agency).id, side=step.side.value, day=step.day,
        words=said(new.words, f"One cannot {verb}"), evidence=new.evidence.strip(), by=by.name,
        on=on,
    )  # fmt: skip
    record.write(
        by.name, f"{verb} in a dispute", about=row.citation, on=on, power=power,
        citing=new.words.strip(),
    )  # fmt: skip
    return dispute(agreement, number)


def _terms(agreement: str) -> Terms:
    for one in agreed(agreement.partition("/")[0]):
        if one.citation == agreement:
            return one.terms
    raise Refused(
        f"There is no agreement {agreement} in force",
        why="none of that number was signed by all",
        next_step="Choose one from the list of agreements",
    )


def _side(terms: Terms, agency: str) -> Side:
    side = terms.side_of(agency)
    if side is None:
        raise Refused(
            f"{agency} cannot act in a dispute about agreement {terms.cited}",
            why="it is no party to it",
            next_step="Act for a party",
        )
    return side


def _check_other_side(terms: Terms, side: Side, against: str) -> None:
    if _side(terms, against) is side:
        raise Refused(
            "Notice cannot be given",
            why=f"{against} is on the same side",
            next_step="Settle it among yourselves: the ladder is for both sides of the agreement",
        )
