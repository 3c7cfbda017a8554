"""/api/v1/participation/partnerships: what a partnership moved, advised and was offered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalLine, Reason, Said, Words
from totalplace.doors.web.showing import now
from totalplace.participation.actions import partnership as actions
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership import advice as rules
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.participation.rules.partnership.offers import Offer as OfferSeen
from totalplace.participation.rules.partnership.seen import Meeting
from totalplace.participation.rules.partnership.seen import Motion as MotionSeen
from totalplace.participation.rules.partnership.support import NewSupport, SupportKind
from totalplace.participation.rules.partnership.support import Support as SupportSeen
from totalplace.participation.rules.partnership.votes import tally
from totalplace.places.rules.mandates import Act, Officer

router = Router()
_ONE = "/partnerships/{place}"
Pounds = Annotated[int, Field(ge=1, le=10**15, description="In whole pence.")]
Year = Annotated[str, Field(max_length=9, description="A financial year, such as 2026-27.")]


class MoneyOffer(Schema):
    """What an agency offers of its own money. Nothing is moved by it."""

    number: int
    agency: str
    pence: int
    year: str
    from_what: str
    to_what: str
    condition: str
    withdrawn: str = Field(description="Why it was withdrawn; empty: it stands.")


class PartnershipAdvice(Schema):
    """What the partnership advised, and its answer; a point: it is answered in a hearing."""

    number: int
    motion: int
    words: str
    to: str
    answer_by: date
    about: str
    point: str
    offers: list[int]
    standing: str
    outcome: str
    answer: str


class Partnership(Schema):
    """A partnership: it debates and advises, and decides nothing. Seats are none where private."""

    place: str
    name: str
    purpose: str
    advises: str
    members_public: bool
    seats: list[str]
    meetings: list[int] = Field(description="Numbers of those that were called.")
    advice: list[PartnershipAdvice]
    offers: list[MoneyOffer]


class SeatVote(Schema):
    """The open vote of a seat."""

    seat: int
    side: str
    weight: int


class PartnershipMotion(Schema):
    """A motion as amendments have left it, its result, and how each seat voted where public."""

    number: int
    meeting: int
    kind: str
    text: str
    amends: int | None
    stage: str
    votes_for: int
    votes_against: int
    abstained: int
    votes: list[SeatVote]
    dissents: list[str]


class SupportTotal(Schema):
    """Support of one kind in a year: pence, or hours of volunteering. Kinds are never added up."""

    kind: str
    unit: str
    amount: int
    times: int
    organisations: int


class SupportTotals(Schema):
    """Support to civil society in a place and a year; a kind that nobody counted is left out."""

    place: str
    year: str
    totals: list[SupportTotal]


class SupportPiece(Schema):
    """A piece of support as it was counted."""

    number: int
    agency: str
    kind: str
    organisation: str
    amount: int
    taken_back: str


class Offering(Said):
    """What is offered of an agency's own money."""

    agency: Code
    pence: Pounds
    year: Year
    from_what: Line
    to_what: Line
    condition: OptionalLine = ""


class AnsweringAdvice(Said):
    """What is done with advice: what changes, or why nothing does."""

    outcome: Literal["accepted", "accepted in part", "not accepted"]
    words: Words


class Voting(Said):
    """How a seat votes; left out, the seat that is yours."""

    side: Literal["for", "against", "abstain"]
    seat: Number | None = None


class CountingSupport(Said):
    """Support to an organisation: pence, or whole hours of volunteering."""

    agency: Code
    kind: Literal["grant", "asset lent", "asset given", "volunteering"]
    organisation: Line
    amount: Pounds
    first_day: Day
    last_day: Day
    source: Line
    charity: Annotated[str, Field(max_length=16)] = ""
    basis: Annotated[str, Field(max_length=64)] = ""


@reads(router, _ONE, answers=Partnership)
def one_partnership(_: Asker, *, place: Code) -> Partnership:
    """A partnership: what it is for, what it advised, and what partners offer of their own."""
    row, today = there(lambda: queries.partnership(place)), local_day(now())
    public = row.rules_on(today).members_public
    return Partnership(
        place=row.place, name=row.name, purpose=row.purpose, advises=row.accountable,
        members_public=public, seats=[one.name for one in row.seats_on(today)] if public else [],
        meetings=[one.number for one in queries.meetings(place) if one.called_on],
        advice=[_advice(one, today) for one in queries.advice(place)],
        offers=[_offer(one) for one in queries.offers(place)],
    )  # fmt: skip


@reads(router, _ONE + "/motions/{number}", answers=PartnershipMotion)
def one_motion(_: Asker, *, place: Code, number: Number) -> PartnershipMotion:
    """A motion or an amendment, its votes and dissent."""
    return _motion(*there(lambda: queries.motion(place, number)))


@reads(router, _ONE + "/support", answers=SupportTotals)
def support_totals(_: Asker, *, place: Code, year: Year = "") -> SupportTotals:
    """Support to civil society in a year; left out, the latest that was counted."""
    there(lambda: queries.partnership(place))
    years = queries.support_years(place)
    chosen = year or (years[0] if years else "")
    found = queries.support(place, chosen) if chosen else []
    return SupportTotals(
        place=place, year=chosen,
        totals=[
            SupportTotal(
                kind=one.kind.value, unit=one.kind.unit, amount=one.amount, times=one.times,
                organisations=one.organisations,
            )
            for one in found
        ],
    )  # fmt: skip


@writes(router, _ONE + "/offers", act=Act.OFFER_OWN_MONEY, answers=MoneyOffer, status=201)
def offer(by: Officer, *, place: Code, said: Offering) -> MoneyOffer:
    """Offer money of an agency's own. Nothing is moved by it."""
    there(lambda: queries.partnership(place))
    new = NewOffer(said.pence, said.year, said.from_what, said.to_what, said.condition)
    return _offer(actions.offer(place, said.agency, new, by=by, on=now()))


@writes(router, _ONE + "/offers/{number}/withdraw", act=Act.OFFER_OWN_MONEY, answers=MoneyOffer)
def withdraw_offer(by: Officer, *, place: Code, number: Number, said: Reason) -> MoneyOffer:
    """Take an agency's own offer back."""
    there(lambda: queries.offer(f"{place}/{number}"))
    return _offer(actions.withdraw_offer(place, number, reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/advice/{number}/answer", act=Act.ANSWER_HEARD, answers=PartnershipAdvice)
def answer_advice(
    by: Officer, *, place: Code, number: Number, said: AnsweringAdvice
) -> PartnershipAdvice:
    """Answer a piece of advice for the accountable body, once."""
    there(lambda: queries.one_advice(f"{place}/{number}"))
    row = actions.answer_advice(place, number, said.outcome, said.words, by=by, on=now())
    return _advice(row, local_day(now()))


@writes(router, _ONE + "/motions/{number}/votes", act=Act.MOVE_MOTION, answers=PartnershipMotion)
def vote(by: Officer, *, place: Code, number: Number, said: Voting) -> PartnershipMotion:
    """Vote in the open, for the seat that is yours."""
    there(lambda: queries.motion(place, number))
    actions.vote(place, number, said.side, seat=said.seat, by=by, on=now())
    return _motion(*queries.motion(place, number))


@writes(router, _ONE + "/support", act=Act.COUNT_SUPPORT, answers=SupportPiece, status=201)
def count_support(by: Officer, *, place: Code, said: CountingSupport) -> SupportPiece:
    """Count a piece of support to civil society, in its own currency."""
    there(lambda: queries.partnership(place))
    new = NewSupport(
        SupportKind(said.kind), said.organisation, said.amount, said.first_day, said.last_day,
        said.source, said.charity, said.basis,
    )  # fmt: skip
    return _piece(actions.count_support(place, said.agency, new, by=by, on=now()))


def _offer(row: OfferSeen) -> MoneyOffer:
    return MoneyOffer(
        number=row.number, agency=row.agency, pence=row.pence, year=row.year,
        from_what=row.from_what, to_what=row.to_what, condition=row.condition,
        withdrawn=row.withdrawn,
    )  # fmt: skip


def _advice(row: rules.Advice, today: date) -> PartnershipAdvice:
    return PartnershipAdvice(
        number=row.number, motion=row.motion, words=row.words, to=row.to,
        answer_by=row.answer_by, about=str(row.about or ""), point=row.point,
        offers=list(row.offers), standing=row.standing(today).value,
        outcome=row.answer.outcome.value if row.answer else "",
        answer=row.answer.words if row.answer else "",
    )  # fmt: skip


def _motion(meeting: Meeting, row: MotionSeen) -> PartnershipMotion:
    counted, public = tally(row.votes), meeting.rules.members_public
    return PartnershipMotion(
        number=row.number, meeting=meeting.number, kind=row.kind.value,
        text=meeting.text_of(row), amends=row.amends, stage=row.stage.value,
        votes_for=counted.for_, votes_against=counted.against, abstained=counted.abstained,
        votes=[
            SeatVote(seat=one.seat, side=one.side.value, weight=one.weight)
            for one in row.votes
        ] if public else [],
        dissents=[one.words for one in row.dissents],
    )  # fmt: skip


def _piece(row: SupportSeen) -> SupportPiece:
    return SupportPiece(
        number=row.number, agency=row.agency, kind=row.kind.value,
        organisation=row.organisation, amount=row.amount, taken_back=row.taken_back,
    )  # fmt: skip
