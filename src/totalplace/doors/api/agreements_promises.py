"""/api/v1/agreements/kept/: what both sides promised, where it stands, disputes, and the docket."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.agreements.actions import disputes as disputing
from totalplace.agreements.actions import docket as docketing
from totalplace.agreements.actions import keeping
from totalplace.agreements.queries import keeping_docket as dockets
from totalplace.agreements.queries import promises as queries
from totalplace.agreements.queries.keeping_disputes import DisputeRow, dispute, disputes
from totalplace.agreements.queries.keeping_docket import DocketRow
from totalplace.agreements.queries.promises import PromiseRow
from totalplace.agreements.rules.docket import Verb as Docketing
from totalplace.agreements.rules.keeping_words import stands
from totalplace.agreements.rules.ladder import Verb
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalLine, Said, Words
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer

router = Router()
_MOST = 100  # postings that are named as evidence; a floor may rest on thousands
_ONE = "/{place}/{agreement}/{number}"
_DISPUTE = "/{place}/{agreement}/disputes/{number}"
Place = Annotated[str, Field(max_length=64, description="Only those of this place.")]


class PromiseEvidence(Schema):
    """A posting of a book with its pence towards a promise, or an entry of the record."""

    by: str
    book: str
    number: int
    day: date
    pence: int | None


class PromiseTold(Schema):
    """A promise, where it stands and what shows it. Sums are pence; null: not of money."""

    promise: str
    by: str
    to: str
    side: str
    kind: str
    what: str
    pence: int | None
    due: date
    status: str
    stands: str
    late_since: date | None
    days_late: int
    kept_on: date | None
    lacking_pence: int | None
    varied_by: list[int]
    targets: list[str]
    evidence: list[PromiseEvidence] = Field(description="The first hundred.")


class TargetStandsStill(Schema):
    """A target that stands still, since when, and by which promise of which department."""

    target: str
    since: date
    promise: str
    by: str


class DisputeTold(Schema):
    """A dispute: what about, between whom, with whom it is and until when."""

    dispute: str
    promise: int | None
    since: date | None
    title: str
    giver: str
    against: str
    stage: str
    at: str
    until: date


class DocketTold(Schema):
    """A rule that stands in the way. A cost of null is not known."""

    item: str
    title: str
    change: str
    rule: str
    owner: str
    lifted_by: str
    heard: str
    deadline: date | None
    cost_pence: int | None = Field(description="Of a year while it stands.")
    cost_so_far_pence: int | None
    stage: str


class SayingKept(Said):
    """For which agency, what was done, and what shows it."""

    agency: Code
    words: Words
    evidence: Line


class GivingNotice(Said):
    """For which agency, of which promise, and what the other side is to do."""

    agency: Code
    promise: Number
    words: Words


class MovingDispute(Said):
    """For which agency, what is done, in words, and where a finding can be read."""

    agency: Code
    verb: Verb
    words: Words
    evidence: OptionalLine = ""


class MovingDocket(Said):
    """What is done about a rule, why, and by which instrument it was lifted."""

    verb: Docketing
    reason: Words
    evidence: OptionalLine = ""


@reads(router, "/promises", answers=Listed[PromiseTold])
def every_promise(
    _: Asker, *, place: Place = "", on: Day | None = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every promise, with where it stood on a day by what the book and the record had by then."""
    day = _passed(on)
    rows = queries.promises(place, on=day, known=day)
    return page(rows, lambda row: row.citation, _promise, after=after or None, limit=limit)


@reads(router, "/suspended/{place}", answers=list[TargetStandsStill])
def targets_standing_still(
    _: Asker, *, place: Code, on: Day | None = None
) -> list[TargetStandsStill]:
    """The targets of a place that stand still, because a department is late."""
    found = queries.suspended(place, _passed(on))
    return [
        TargetStandsStill(target=target, since=one.since, by=one.promise.by,
                          promise=f"{one.agreement}/{one.promise.number}")
        for target, one in found.items()
    ]  # fmt: skip


@reads(router, "/disputes", answers=Listed[DisputeTold])
def every_dispute(
    _: Asker, *, place: Place = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every dispute, by agreement and number."""
    rows = disputes(place=place)
    return page(rows, lambda row: row.citation.id, _dispute, after=after or None, limit=limit)


@reads(router, "/docket", answers=Listed[DocketTold])
def every_docket_item(
    _: Asker, *, place: Place = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The docket: rules that stand in the way, by place and number."""
    rows = dockets.docket(place)
    return page(rows, lambda row: row.citation.id, _item, after=after or None, limit=limit)


@writes(router, _ONE + "/say", act=Act.SAY_KEPT, answers=PromiseTold)
def say_kept(
    by: Officer, *, place: Code, agreement: Number, number: Number, said: SayingKept
) -> PromiseTold:
    """Say what was done about a promise; it stands beside it and decides nothing."""
    at = f"{place}/{agreement}"
    there(lambda: queries.promise(at, number, on=local_day(now())))
    row = keeping.say_kept(
        at, number, agency=said.agency, words=said.words, evidence=said.evidence, by=by, on=now()
    )
    return _promise(row)


@writes(router, "/{place}/{agreement}/notice", act=Act.DISPUTE_AGREEMENT, answers=DisputeTold)
def give_notice(by: Officer, *, place: Code, agreement: Number, said: GivingNotice) -> DisputeTold:
    """Give notice of the breach of a promise that the book and the record show."""
    new = disputing.Notice(said.agency, said.words, said.promise)
    return _dispute(disputing.give_notice(f"{place}/{agreement}", new, by=by, on=now()))


@writes(router, _DISPUTE, act=Act.DISPUTE_AGREEMENT, answers=DisputeTold)
def move_dispute(
    by: Officer, *, place: Code, agreement: Number, number: Number, said: MovingDispute
) -> DisputeTold:
    """Answer a dispute, take it one step up, settle it, and so on."""
    at = f"{place}/{agreement}"
    there(lambda: dispute(at, number))
    new = disputing.Said(said.agency, said.words, said.evidence)
    return _dispute(disputing.move_dispute(at, number, said.verb, new, by=by, on=now()))


@writes(router, "/docket/{place}/{number}", act=Act.KEEP_DOCKET, answers=DocketTold)
def move_docket_item(by: Officer, *, place: Code, number: Number, said: MovingDocket) -> DocketTold:
    """Accept, refuse, begin or finish lifting a rule; ask again, or let it go."""
    there(lambda: dockets.docket_item(place, number))
    row = docketing.move_item(
        place, number, said.verb, reason=said.reason, evidence=said.evidence, by=by, on=now()
    )
    return _item(row)


def _passed(on: date | None) -> date:
    """A day that has passed, or today: of what is to come, neither book nor record knows."""
    today = local_day(now())
    return min(on or today, today)


def _promise(row: PromiseRow) -> PromiseTold:
    one = row.standing
    return PromiseTold(
        promise=row.citation, by=one.promise.by, to=one.promise.to, side=row.side.value,
        kind=one.promise.kind.value, what=one.promise.what, pence=one.promise.pence, due=one.due,
        status=one.status.value, stands=stands(one), late_since=one.late_since,
        days_late=one.days_late, kept_on=one.kept_on, lacking_pence=one.lacking_pence,
        varied_by=list(one.varied_by), targets=list(one.promise.targets),
        evidence=[
            PromiseEvidence(by=e.by.value, book=e.book, number=e.number, day=e.day, pence=e.pence)
            for e in one.evidence[:_MOST]
        ],
    )  # fmt: skip


def _dispute(row: DisputeRow) -> DisputeTold:
    return DisputeTold(
        dispute=row.citation.id, promise=row.promise, since=row.since, title=row.title,
        giver=row.giver, against=row.against, stage=row.course.stage.value,
        at=row.course.rung.who, until=row.course.until,
    )  # fmt: skip


def _item(row: DocketRow) -> DocketTold:
    return DocketTold(
        item=row.citation.id, title=row.title, change=row.change.value, rule=row.rule,
        owner=row.owner, lifted_by=row.lifted_by, heard=row.heard, deadline=row.deadline,
        cost_pence=row.cost_pence, stage=row.stage.value,
        cost_so_far_pence=row.clock(local_day(now())).cost_pence,
    )  # fmt: skip
