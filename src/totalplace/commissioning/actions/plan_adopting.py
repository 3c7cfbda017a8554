"""Adopting a plan as it was heard and decided; and posting its allocation to a book, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.commissioning import models
from totalplace.commissioning.actions.plan_moves import (
    Opened,
    move,
    one_at_a_time,
    opened,
    said_reason,
)
from totalplace.commissioning.queries.allocations import AllocationRow, allocation, posted_to
from totalplace.commissioning.queries.answers import statement
from totalplace.commissioning.queries.plans import plan, plans, version
from totalplace.commissioning.queries.plans_heard import adoption_lacks, stage_of
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.plan_moves import Stage, Verb, after
from totalplace.commissioning.rules.plan_posting import Allocated, Book, to_post
from totalplace.decisions.rules.days import local_day
from totalplace.ledger import actions as ledger
from totalplace.ledger import queries as books
from totalplace.ledger.actions.sealing import wait_for_postings
from totalplace.ledger.queries import BookRow
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind
from totalplace.ledger.rules.verbs import Colour
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def adopt(
    citation: str, decision: Citation, *, reason: str, by: Who, on: datetime
) -> AllocationRow:
    """Adopt a plan as it was heard: its lines are the allocation, in place of the one before.

    Raises Refused for anything that is lacking: a hearing, an answer, the chief finance officer's
    statement on this version, a decision in effect about this plan by the body that may. The
    database asks again.
    """
    this = opened(citation, act=Act.ADOPT_PLAN, by=by, on=on)
    reason = said_reason(reason)
    if this.row.kept is not Stage.PROPOSED:  # refused before its hearing is looked at
        after(this.row.kept, Verb.ADOPT)
    lacks = adoption_lacks(this.row, decision, on=this.day)
    if lacks:
        first, more = lacks[0], len(lacks) - 1
        thing = "thing is" if more == 1 else "things are"
        and_more = f" (and {more} more {thing} lacking)" if more else ""
        raise Refused(first.what, why=f"{first.why}{and_more}", next_step=first.next_step)
    after(this.stage, Verb.ADOPT)
    last, stated = this.row.last, statement(this.row)
    assert stated is not None  # noqa: S101  (it would be lacking)
    before = [one for one in plans(this.row.place) if one.kept is Stage.ADOPTED]
    models.Allocation.objects.create(
        plan_id=this.row.id,
        version_id=last.id,
        statement_id=stated.id,
        decision=decision.id,
        hearing=hearing_of(this.row.citation, on=this.day).citation,
        day=this.day,
        by=by.name,
        on=on,
    )
    told = f"version {last.number}, case {last.digest}, under {decision}"
    move(this, Verb.ADOPT, reason=reason, citing=told)
    for old in before:
        its = Opened(old, stage_of(old, on=this.day), this.day, by, on, this.power)
        move(its, Verb.SUPERSEDE, reason=f"{this.row.citation} was adopted")
    return allocation(this.row.citation.id)


@transaction.atomic
def post_allocation(citation: Citation | str, book: str, *, by: Who, on: datetime) -> AllocationRow:
    """Post an allocation to a book: what each agency is given of each line, in each year; once.

    A fund is the line of the book that has its code. Where an earlier allocation was posted for the
    same years, only the difference is, and what is taken back must be unspent. Aligned money stays
    in the books of who holds it. Raises Refused where it was posted, holds no more, a fund has no
    line, the book is of another place or host, or has not so much left to give.
    """
    wait_for_postings()  # before the record, for which whoever seals waits last
    one_at_a_time()
    row = allocation(citation)
    power = places.power(by, Act.ADOPT_PLAN, place=row.place, on=on)
    its = books.book(book)
    _check_open(row, its)
    case = version(row.plan.id, row.version).case
    payers = {line.code: line.payer for line in books.lines(book)}
    given = Book(book, its.years, frozenset(payers))
    told = to_post(row.lines, _aligned(case), given, _before(row, book))
    entered = [_entered(one, payers, its, row.citation, on) for one in told]
    first, last = ledger.post_many(book, entered, by=by, on=on, power=power)
    models.AllocationPosting.objects.create(
        allocation_id=row.id, book=book, first=first, last=last, by=by.name, on=on
    )
    sum_ = sum(one.pence for one in told)
    record.write(
        by.name, "posted", about=row.citation, on=on, power=power,
        citing=f"book {book}, postings {first} to {last}, {sum_} pence",
    )  # fmt: skip
    return allocation(row.citation)


def _check_open(row: AllocationRow, its: BookRow) -> None:
    what = f"{row.citation} cannot be posted to the book {its.code}"
    if row.posting is not None:
        raise Refused(
            what,
            why=f"it was posted to the book {row.posting.book} already",
            next_step="See it there; what changes is allocated by a later plan",
        )
    if plan(row.plan.id).kept is not Stage.ADOPTED:
        raise Refused(
            what,
            why="a later plan took its place",
            next_step="Post the allocation of the plan that holds",
        )
    if its.place != row.place or its.host != row.agency:
        raise Refused(
            what,
            why=f"that is the book of {its.host_name} in {its.place}, and {row.agency} in "
            f"{row.place} is accountable for the plan",
            next_step="Choose a book of that place and host",
        )


def _before(row: AllocationRow, book: str) -> list[Allocated]:
    """What the book was given for the years of an allocation: by the last that covers each."""
    wanted = {line.year for line in row.lines}
    found: list[Allocated] = []
    for earlier in posted_to(book):
        case = version(earlier.plan.id, earlier.version).case
        covers = set(range(case.first_year, case.first_year + case.years))
        found += [
            Allocated(line.fund, line.year, line.agency, line.pence)
            for line in earlier.lines
            if line.year in wanted & covers and line.fund not in _aligned(case)
        ]
        wanted -= covers
    return found


def _aligned(case: Case) -> frozenset[str]:
    return frozenset(fund.code for fund in case.funds if fund.aligned)


def _entered(
    one: Allocated, payers: dict[str, str], its: BookRow, citation: Citation, on: datetime
) -> ledger.Entered:
    colour = Colour(one.line, one.year, payers[one.line], its.host)
    legs = verbs.allocated(colour, one.agency, one.pence)
    return ledger.Entered(legs, local_day(on), Kind.ALLOCATED, citation)
