"""/api/v1/outcomes/targets/: the targets of a place, as they were proposed, heard and adopted."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalLine, OptionalWords, Pence, Said, Words
from totalplace.doors.report.targets_told import lacks_of, plain_set
from totalplace.doors.web.outcomes.targets.looking import today
from totalplace.doors.web.showing import now
from totalplace.money.years import FinancialYear
from totalplace.outcomes import queries
from totalplace.outcomes.actions import adopting
from totalplace.outcomes.actions import target_sets as actions
from totalplace.outcomes.queries.sets import TargetSetRow
from totalplace.outcomes.rules import targets as rules
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

router = Router()
_ONE = "/{place}/{number}"
Exactly = Annotated[str | None, Field(description="A decimal number as text; null: not known.")]
Value = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]
Share = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]
StartYear = Annotated[
    int, Field(ge=1990, le=2190, description="The calendar year in which a financial year starts.")
]


class BaselineTold(Schema):
    """Where an outcome stood before; a value of null is not known, and it is said why."""

    value: Exactly
    period: str
    source: str
    why_missing: str


class StepTold(Schema):
    """What is to be reached by a day."""

    day: date
    value: str


class PartTold(Schema):
    """How much of an outcome an agency can move; no agency: what nobody here can."""

    agency: str
    share: int = Field(description="In per cent.")
    pence: int | None = Field(description="Put beside it; null: not known.")


class TargetTold(Schema):
    """A target."""

    indicator: str
    area: str
    title: str
    unit: str
    better: str
    words: str = Field(description="The whole of it in a sentence.")
    baseline: BaselineTold
    steps: list[StepTold]
    parts: list[PartTold]
    why: str
    against: str = Field(description="Why it goes another way than better, where it does.")


class ChangeTold(Schema):
    """One thing that changed from the version before."""

    outcome: str
    what: str
    before: str
    after: str


class TargetVersion(Schema):
    """All targets of a set as they stood from a moment on."""

    number: int
    on: datetime
    because_of_answer: int | None = Field(description="The answer of the hearing that led to it.")
    reason: str
    targets: list[TargetTold]
    changes: list[ChangeTold]


class LackTold(Schema):
    """What is lacking before targets can be adopted."""

    what: str
    why: str
    next_step: str


class TargetSet(Schema):
    """A set of targets, with all its versions since it was proposed."""

    targets: str = Field(description="As it is cited: place/number.")
    place: str
    agency: str = Field(description="Which is accountable.")
    title: str
    why: str
    first_year: str
    last_year: str
    stage: str
    hearing: str | None
    concluded_on: date | None
    decision: str | None
    adopted_on: date | None
    adopted_version: int | None
    draft: list[TargetTold] = Field(description="Its targets, until it is proposed.")
    versions: list[TargetVersion]


class TargetSetLacks(TargetSet):
    """The same, with what is lacking for it to be adopted today."""

    lacks: list[LackTold]


class BaselineSaid(Said):
    """Where an outcome stands now; without a value it is said why."""

    value: Value | None = None
    period: OptionalLine = ""
    source: OptionalLine = ""
    why_missing: OptionalWords = ""


class StepSaid(Said):
    """What is to be reached by a day."""

    day: Day
    value: Value


class PartSaid(Said):
    """How much of an outcome an agency can move, and what it puts beside it."""

    agency: Code
    share: Share
    pence: Pence | None = None


class TargetSaid(Said):
    """A target as it is wanted; what the shares leave of 100 is what nobody here can move."""

    indicator: Code
    area: Code
    baseline: BaselineSaid
    steps: Annotated[list[StepSaid], Field(max_length=100)]
    parts: Annotated[list[PartSaid], Field(max_length=500)]
    why: Words
    against: OptionalWords = ""


class Drafting(Said):
    """A set that is begun."""

    title: Line
    why: Words
    agency: Code
    first_year: StartYear
    last_year: StartYear


class Revising(Said):
    """All targets of a set anew, why, and the answer that led to it once people are heard."""

    targets: Annotated[list[TargetSaid], Field(max_length=rules.MOST_TARGETS)]
    reason: Words
    because_of_answer: Number | None = None


class Why(Said):
    """Why it is done."""

    reason: Words


class Adopting(Why):
    """Under which decision, cited as body/number."""

    decision: Line


@reads(router, "", answers=Listed[TargetSet])
def every_set(
    _: Asker,
    *,
    place: Annotated[str, Field(max_length=64, description="Only those of this one.")] = "",
    after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Sets of targets that were proposed, by place and number."""
    rows = there(lambda: queries.target_sets(place))
    published = [row for row in rows if row.published]
    return page(published, lambda row: row.citation.id, _told, after=after or None, limit=limit)


@reads(router, "/{place}/in-force", answers=TargetSet)
def in_force(_: Asker, *, place: Code) -> TargetSet:
    """The targets that a place has adopted and that hold."""
    there(lambda: places.place(place))
    return _told(there(lambda: _in_force(place)))


@reads(router, _ONE, answers=TargetSetLacks)
def one_set(_: Asker, *, place: Code, number: Number) -> TargetSetLacks:
    """A set that was proposed: its versions, what changed between them, and what it lacks."""
    row = _published(place, number)
    return TargetSetLacks(
        **plain_set(row, today()), lacks=[LackTold(**one) for one in lacks_of(row, today())]
    )


@writes(router, "/{place}", act=Act.PROPOSE_TARGETS, answers=TargetSet, status=201)
def draft(by: Officer, *, place: Code, said: Drafting) -> TargetSet:
    """Begin a set of targets of a place."""
    there(lambda: places.place(place))
    years = (FinancialYear(said.first_year), FinancialYear(said.last_year))
    return _told(
        actions.draft(
            place, said.title, agency=said.agency, years=years, why=said.why, by=by, on=now()
        )
    )


@writes(router, _ONE + "/revise", act=Act.PROPOSE_TARGETS, answers=TargetSet)
def revise(by: Officer, *, place: Code, number: Number, said: Revising) -> TargetSet:
    """Put all targets of a set anew: a draft freely, a proposal as its next version."""
    wanted = [_wanted(one) for one in said.targets]
    return _told(
        actions.revise(
            _at(place, number), wanted, reason=said.reason, because=said.because_of_answer,
            by=by, on=now(),
        )
    )  # fmt: skip


@writes(router, _ONE + "/propose", act=Act.PROPOSE_TARGETS, answers=TargetSet)
def propose(by: Officer, *, place: Code, number: Number, said: Why) -> TargetSet:
    """Propose a set: what it holds is version 1, on which people can be heard."""
    return _told(actions.propose(_at(place, number), reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/withdraw", act=Act.PROPOSE_TARGETS, answers=TargetSet)
def withdraw_targets(by: Officer, *, place: Code, number: Number, said: Why) -> TargetSet:
    """Withdraw a set before it is adopted."""
    return _told(actions.withdraw(_at(place, number), reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/adopt", act=Act.ADOPT_TARGETS, answers=TargetSet)
def adopt(by: Officer, *, place: Code, number: Number, said: Adopting) -> TargetSet:
    """Adopt a set that was heard, under a decision in effect about it."""
    cited = Citation("decision", said.decision.removeprefix("decision "))
    row = adopting.adopt(_at(place, number), cited, reason=said.reason, by=by, on=now())
    return _told(row)


def _at(place: str, number: int) -> str:
    """The set of an address, as it is cited. Raises a 404 where there is none."""
    row: TargetSetRow = there(lambda: queries.target_set(f"{place}/{number}"))
    return row.citation.id


def _published(place: str, number: int) -> TargetSetRow:
    def found() -> TargetSetRow:
        row = queries.target_set(f"{place}/{number}")
        if not row.published:
            raise Refused(
                f"There are no targets {row.citation.id}",
                why="they are not proposed yet",
                next_step="Ask again once they are",
            )
        return row

    row: TargetSetRow = there(found)
    return row


def _in_force(place: str) -> TargetSetRow:
    found = queries.targets(place)
    if found is None:
        raise Refused(
            f"No targets are in force in {place}",
            why="the place has adopted none",
            next_step="See what is proposed in the list of sets",
        )
    return found.set


def _told(row: TargetSetRow) -> TargetSet:
    return TargetSet(**plain_set(row, today()))


def _wanted(said: TargetSaid) -> Wanted:
    base, named = said.baseline, Counter(part.agency for part in said.parts)
    twice = sorted(agency for agency, times in named.items() if times > 1)
    if twice:
        raise Refused(
            f"The target for {said.indicator} cannot be kept",
            why=f"{twice[0]} is named twice among who can move it",
            next_step="Name each agency once, with all its share and money",
        )
    return Wanted(
        indicator=said.indicator,
        area=said.area,
        baseline=rules.Baseline(base.value, base.period, base.source, base.why_missing),
        steps=tuple(rules.Step(step.day, step.value) for step in said.steps),
        shares={part.agency: part.share for part in said.parts},
        why=said.why,
        pence={part.agency: part.pence for part in said.parts if part.pence is not None},
        against=said.against,
    )
