"""Saying what was done about a promise, and posting what a breach of one costs."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.queries.promises import PromiseRow, promise, remedies_of
from totalplace.agreements.queries.promises_facts import REMEDY
from totalplace.agreements.rules.booked import names_of
from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.rules.days import local_day
from totalplace.ledger import actions as ledger
from totalplace.ledger import queries as books
from totalplace.ledger.rules.accounts import Kind
from totalplace.ledger.rules.verbs import Colour, due
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


def one_at_a_time() -> None:
    """Wait for other writers of these tables, until this transaction ends."""
    take_turn("totalplace.keeping")


def said(words: str, what: str) -> str:
    """Words, or Refused where there are none."""
    if not words.strip():
        raise Refused(
            f"{what} without a word",
            why="nothing is said",
            next_step="Say it in a sentence; it goes on the record",
        )
    return words.strip()


@transaction.atomic
def say_kept(
    agreement: str, number: int, *, agency: str, words: str, evidence: str, by: Who, on: datetime
) -> PromiseRow:
    """Say, for an agency that owes or is owed a promise, what was done about it, with evidence.

    It stands beside the promise and decides nothing: book and record do. Raises Refused without
    evidence, and for an agency that the promise is not about.
    """
    day = local_day(on)
    power = places.power(by, Act.SAY_KEPT, agency=agency, on=on)
    row = promise(agreement, number, on=day)
    owed = row.standing.promise
    if agency not in (owed.by, owed.to):
        raise Refused(
            f"{agency} cannot say whether promise {number} was kept",
            why=f"it is owed by {row.by_name} to {row.to_name}",
            next_step="Speak for one of them",
        )
    words = said(words, "What was done cannot be said")
    if not evidence.strip():
        raise Refused(
            "What was done cannot be said",
            why="no evidence is named",
            next_step="Name a posting, an entry of the record, or where a paper can be read",
        )
    one_at_a_time()
    models.PromiseSaying.objects.create(
        agreement=agreement, promise=number, agency_id=places.agency(agency).id, day=day,
        words=words, evidence=evidence.strip(), by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "say what was done about a promise", about=Citation("promise", row.citation),
        on=on, power=power, citing=evidence.strip(),
    )  # fmt: skip
    return row


@transaction.atomic
def post_remedy(agreement: str, number: int, *, book: str, day: date, by: Who, on: datetime) -> int:
    """Post what a breach costs, by the agreement's own clause, up to a day; the posting's number.

    A department makes good: what is due from it on the line of the promise is raised. The place's
    next instalment is lowered. Raises Refused where nothing is owed, where it is not known what,
    where it was posted up to that day already, and as the book does.
    """
    its = books.book(book)
    power = places.power(by, Act.POST, agency=its.host, place=its.place, on=on)
    row = promise(agreement, number, on=local_day(on))
    pence, formula = _owed(row, day)
    one_at_a_time()
    since = row.standing.breaches[-1].since
    before = models.RemedyPosted.objects.filter(agreement=agreement, promise=number, since=since)
    if any(one.day >= day for one in before):
        raise _not_posted(number, "it was posted up to that day already", "Choose a later day")
    pence -= sum(one.pence for one in before)
    if pence <= 0:
        raise _not_posted(number, "all of it was posted before", "Wait for another period to end")
    made = _made_good(row, book, pence, day)
    posted = ledger.post(
        book, due(*made), day=day, kind=Kind.DUE, citation=Citation(REMEDY, row.citation),
        note=formula, by=by, on=on, power=power,
    )  # fmt: skip
    models.RemedyPosted.objects.create(
        agreement=agreement, promise=number, since=since, day=day, pence=pence, formula=formula,
        book=book, posting=posted.number, by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "post the remedy of a breach", about=Citation("promise", row.citation), on=on,
        power=power, citing=formula,
    )  # fmt: skip
    return posted.number


def _owed(row: PromiseRow, day: date) -> tuple[int, str]:
    number = row.standing.promise.number
    worked = remedies_of(row, on=day)
    if not worked:
        raise _not_posted(number, "there is no breach, or no remedy of it", "Read the agreement")
    known = [one for one in worked if one.pence is not None]
    if len(known) < len(worked):
        raise _not_posted(number, "what is owed is not known", "Agree a sum by a variation")
    total = sum(one.pence or 0 for one in known)
    if not total:
        raise _not_posted(number, known[0].formula, "Wait until its days of cure are over")
    return total, "; ".join(one.formula for one in known)


def _made_good(row: PromiseRow, book: str, pence: int, day: date) -> tuple[Colour, int]:
    """What is due from the centre: more where it broke a promise, less where the place did."""
    owed = row.standing.promise
    centre = owed.by if row.side is Side.CENTRE else owed.to
    paid = [line for line in books.lines(book) if line.payer == centre]
    own = [line for line in paid if line.code in names_of(owed.line, centre)]
    line = next(iter([*own, *paid]), None)
    if line is None:
        raise _not_posted(
            owed.number, f"the book has no line that {centre} pays", "Choose another book"
        )
    its = books.book(book)
    colour = Colour(line.code, FinancialYear.of(day).start, line.payer, its.host)
    return colour, pence if row.side is Side.CENTRE else -pence


def _not_posted(number: int, why: str, next_step: str) -> Refused:
    return Refused(f"No remedy of promise {number} can be posted", why=why, next_step=next_step)
