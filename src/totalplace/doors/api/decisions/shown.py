"""A decision as it is told: to anybody, or with its exempt papers to those who may read them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from totalplace.decisions import queries
from totalplace.decisions.queries import BodyRow, DecisionRow, PaperRow
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now


class Body(Schema):
    """A body that decides."""

    code: str
    agency: str
    agency_name: str
    kind: str
    name: str


class Stands(Schema):
    """Where a decision stands today, and until when or from when."""

    stage: str
    words: str
    effect: str
    day: date | None


class DecisionMove(Schema):
    """One move of a decision."""

    turn: int
    verb: str
    after: str
    day: date
    opens_on: date | None
    closes_on: date | None
    reason: str
    by: str
    on: datetime
    names: list[str]
    options: str
    taken_on: date | None
    planned_on: date | None


class Advice(Schema):
    """What somebody said of a decision before it was taken."""

    source: str
    words: str
    finance: bool
    on: datetime


class Interest(Schema):
    """An interest that somebody declared."""

    who: str
    pecuniary: bool
    dispensation: str
    nature: str
    on: datetime


class Paper(Schema):
    """A paper. Of one that is kept from you, only its category and the reason are told."""

    number: int
    title: str | None
    address: str | None
    category: str = Field(description="Of the law, by which the public may not see it; or empty.")
    reason: str


class Decision(Schema):
    """A decision with all that was said and done about it."""

    decision: str = Field(description="As it is cited: body/number.")
    body: Body
    number: int
    title: str
    summary: str
    matter: str
    amount_pence: int | None = Field(description="Null where it is not known.")
    wards: int | None
    key: bool
    why_key: str
    about_kind: str
    about_id: str
    contact: str
    on: datetime
    planned_on: date
    private: bool = Field(description="Whether a part of it is decided in private.")
    stands: Stands
    can: list[str] = Field(description="What can be done to it today, by whoever may.")
    moves: list[DecisionMove]
    advice: list[Advice]
    interests: list[Interest]
    papers: list[Paper]


def body_of(row: BodyRow) -> Body:
    """A body as it is told."""
    return Body(
        code=row.code, agency=row.agency, agency_name=row.agency_name, kind=row.kind.value,
        name=row.name,
    )  # fmt: skip


def decision_of(row: DecisionRow, *, exempt: bool = False) -> Decision:
    """A decision as it is told today; `exempt` to those who may read its exempt papers."""
    today = local_day(now())
    stands = queries.effective(row, today)
    return Decision(
        decision=row.citation.id,
        body=body_of(row.body),
        number=row.number,
        title=row.title,
        summary=row.summary,
        matter=row.matter.code,
        amount_pence=row.amount_pence,
        wards=row.wards,
        key=row.key,
        why_key=row.why_key,
        about_kind=row.about.kind if row.about else "",
        about_id=row.about.id if row.about else "",
        contact=row.contact,
        on=row.on,
        planned_on=row.planned_on,
        private=row.private,
        stands=Stands(
            stage=stands.stage.value, words=stands.words, effect=stands.effect.value,
            day=stands.day,
        ),
        can=[verb.value for verb in queries.open_verbs(row, on=today)],
        moves=[_move(m) for m in row.moves],
        advice=[Advice(source=a.source, words=a.words, finance=a.finance, on=a.on)
                for a in row.advice],
        interests=[
            Interest(who=i.interest.who, pecuniary=i.interest.pecuniary,
                     dispensation=i.interest.dispensation, nature=i.nature, on=i.on)
            for i in row.interests
        ],
        papers=[_paper(p, exempt=exempt) for p in row.papers],
    )  # fmt: skip


def _move(m: queries.MoveRow) -> DecisionMove:
    return DecisionMove(
        turn=m.turn, verb=m.step.verb.value, after=m.step.after.value, day=m.step.day,
        opens_on=m.step.opens_on, closes_on=m.step.closes_on, reason=m.reason, by=m.by, on=m.on,
        names=list(m.names), options=m.options, taken_on=m.taken_on, planned_on=m.planned_on,
    )  # fmt: skip


def _paper(p: PaperRow, *, exempt: bool) -> Paper:
    seen = p.public or exempt
    return Paper(
        number=p.number, title=p.title if seen else None, address=p.address if seen else None,
        category=p.category, reason=p.reason,
    )  # fmt: skip
