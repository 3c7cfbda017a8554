"""/api/v1/entitlements/: the guarantees in force, their versions and floors, and their acts.

Nobody is asked about a person here: what somebody says of themself would stand in an address, which
others on the way write down. The text of a version is its rule, for a program to ask itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalWords, Pence, Reason, Said
from totalplace.doors.web.showing import now
from totalplace.entitlements import actions, queries
from totalplace.entitlements.queries import Entitlement, GuaranteeRow, VariantRow, VersionRow
from totalplace.entitlements.rules.moves import Shorter
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

router = Router()
Place = Annotated[str, Field(max_length=64, description="With what this place adds.")]
GuaranteeText = Annotated[str, Field(min_length=1, max_length=64_000)]
_ONE = "/guarantees/{code}/{number}"


class CostTold(Schema):
    """What a version costs in a place in a year."""

    place: str
    pence: int
    low_pence: int
    high_pence: int
    source: str


class GuaranteeInForce(Schema):
    """A guarantee in force on a day, with a place's own variant where it has one."""

    code: str
    version: int
    sha256: str
    title: str
    plain: str
    strength: str
    set_by: str
    agency: str
    funded_by: str
    how_funded: str
    since: date
    asks: list[str]
    gives: str
    unit: str
    variant: int | None = Field(description="The place's own variant, by its number in the place.")
    below: bool = Field(description="The variant is below the floor by now: the floor holds.")
    costs: list[CostTold]


class GuaranteeMove(Schema):
    """What was done about a version."""

    verb: str
    day: date
    first_day: date | None
    shorter: str
    reason: str
    why_more: str
    by: str
    on: datetime


class GuaranteeVersion(Schema):
    """A version of a guarantee, with its text."""

    code: str
    version: int
    title: str
    agency: str
    stage: str
    sha256: str
    text: str
    reason: str
    by: str
    on: datetime
    moves: list[GuaranteeMove]


class FloorTold(Schema):
    """The least spending or volume in a place; an amount of null is not known."""

    code: str
    title: str
    what: str
    unit: str
    amount: int | None
    source: str


class VariantTold(Schema):
    """What a place set from a day; an empty text says that the floor holds again."""

    code: str
    place: str
    number: int
    first_day: date
    sha256: str
    text: str
    checked: str
    reason: str


class ProposingGuarantee(Reason):
    """The text of a guarantee, and why it is proposed."""

    text: GuaranteeText


class Enacting(Said):
    """From which day, and why less notice is given or one more is needed, where that is so."""

    first_day: Day
    shorter: Shorter = Shorter.FULL
    reason: OptionalWords = ""
    why_more: OptionalWords = ""


class Repealing(Reason):
    """From which day it is no longer in force, and why."""

    first_day: Day
    urgent: bool = False


class Costing(Said):
    """What a version costs in a place in a year, in pence, with its bounds."""

    place: Code
    pence: Pence
    low_pence: Pence
    high_pence: Pence
    source: Line


class Bettering(Reason):
    """The text of a variant, and why it is set."""

    text: GuaranteeText


class EndingGuarantee(Reason):
    """From which day the floor holds again, and why."""

    first_day: Day


@reads(router, "/guarantees", answers=Listed[GuaranteeInForce])
def every_guarantee(
    _: Asker, *, place: Place = "", on: Day | None = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The guarantees in force on a day, by code; with a place, as they are there."""
    rows = there(lambda: queries.in_force(place, on or local_day(now())))
    return page(rows, lambda row: row.code, _in_force, after=after or None, limit=limit)


@reads(router, "/guarantees/{code}", answers=Listed[GuaranteeVersion])
def versions_of_guarantee(
    _: Asker, *, code: Code, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every version of a guarantee, with its text and what was done about it."""
    row: GuaranteeRow = there(lambda: queries.guarantee(code))
    begin = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    return page(
        row.versions, lambda one: one.number, lambda one: _version(one, row.agency),
        after=begin, limit=limit,
    )  # fmt: skip


@reads(router, "/floors/{place}", answers=list[FloorTold])
def floors_of_place(_: Asker, *, place: Code, on: Day | None = None) -> list[FloorTold]:
    """The least that is to be spent or provided in a place on a day, by guarantee."""
    rows = there(lambda: queries.floor(place, on or local_day(now())))
    return [
        FloorTold(code=one.code, title=one.title, what=one.what, unit=one.unit, amount=one.amount,
                  source=one.source)
        for one in rows
    ]  # fmt: skip


@reads(router, "/variants/{place}", answers=list[VariantTold])
def variants_of_place(_: Asker, *, place: Code) -> list[VariantTold]:
    """What a place has set beyond guarantees, in the order in which it was set."""
    return [_variant(row) for row in queries.variants(place=place)]


@writes(router, "/guarantees", act=Act.PROPOSE_ENTITLEMENT, answers=GuaranteeVersion, status=201)
def propose_guarantee(by: Officer, *, said: ProposingGuarantee) -> GuaranteeVersion:
    """Propose a guarantee by its text, or a change of one under the same code."""
    return _done(actions.propose(said.text, reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/enact", act=Act.ENACT_ENTITLEMENT, answers=GuaranteeVersion)
def enact_guarantee(by: Officer, *, code: Code, number: Number, said: Enacting) -> GuaranteeVersion:
    """Enact a version from a day, with notice, or with a reason why less."""
    return _done(
        actions.enact(
            _at(code, number), first_day=said.first_day, shorter=said.shorter,
            reason=said.reason, why_more=said.why_more, by=by, on=now(),
        )
    )  # fmt: skip


@writes(router, _ONE + "/withdraw", act=Act.PROPOSE_ENTITLEMENT, answers=GuaranteeVersion)
def withdraw_guarantee(
    by: Officer, *, code: Code, number: Number, said: Reason
) -> GuaranteeVersion:
    """Withdraw a version that is proposed."""
    return _done(actions.withdraw(_at(code, number), reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/costs", act=Act.PROPOSE_ENTITLEMENT, answers=GuaranteeVersion)
def say_cost(by: Officer, *, code: Code, number: Number, said: Costing) -> GuaranteeVersion:
    """Say what a version costs in a place in a year."""
    cost = actions.CostSaid(said.place, said.pence, said.low_pence, said.high_pence, said.source)
    return _done(actions.add_cost(_at(code, number), cost, by=by, on=now()))


@writes(router, "/guarantees/{code}/repeal", act=Act.ENACT_ENTITLEMENT, answers=GuaranteeVersion)
def repeal_guarantee(by: Officer, *, code: Code, said: Repealing) -> GuaranteeVersion:
    """Repeal a guarantee from a day, with notice unless it is urgent."""
    there(lambda: queries.guarantee(code))
    shorter = Shorter.URGENT if said.urgent else Shorter.FULL
    return _done(
        actions.repeal(
            code, first_day=said.first_day, reason=said.reason, shorter=shorter, by=by, on=now()
        )
    )


@writes(router, "/variants", act=Act.SET_LOCAL_VARIANT, answers=VariantTold, status=201)
def set_local_variant(by: Officer, *, said: Bettering) -> VariantTold:
    """Set what a place gives beyond a guarantee; below the floor for anybody, it is refused."""
    return _variant(actions.set_variant(said.text, reason=said.reason, by=by, on=now()))


@writes(router, "/variants/{place}/{code}/end", act=Act.SET_LOCAL_VARIANT, answers=VariantTold)
def end_local_variant(
    by: Officer, *, place: Code, code: Code, said: EndingGuarantee
) -> VariantTold:
    """Go back to the floor in a place from a day."""
    there(lambda: queries.guarantee(code))
    return _variant(
        actions.end_variant(
            code, place, first_day=said.first_day, reason=said.reason, by=by, on=now()
        )
    )


def _at(code: str, number: int) -> str:
    """The version of an address, as it is cited. Raises a 404 where there is none."""
    citation: Citation = there(lambda: queries.guarantee(code).version(number)).citation
    return citation.id


def _done(row: VersionRow) -> GuaranteeVersion:
    return _version(row, queries.guarantee(row.code).agency)


def _version(row: VersionRow, agency: str) -> GuaranteeVersion:
    moves = [
        GuaranteeMove(
            verb=one.verb.value, day=one.day, first_day=one.first_day, shorter=one.shorter.value,
            reason=one.reason, why_more=one.why_more, by=one.by, on=one.on,
        )
        for one in row.moves
    ]  # fmt: skip
    return GuaranteeVersion(
        code=row.code, version=row.number, title=row.title, agency=agency, stage=row.stage.value,
        sha256=row.digest, text=row.text, reason=row.reason, by=row.by, on=row.on, moves=moves,
    )  # fmt: skip


def _in_force(one: Entitlement) -> GuaranteeInForce:
    rule = one.rule
    costs = [
        CostTold(place=cost.place, pence=cost.pence, low_pence=cost.low, high_pence=cost.high,
                 source=cost.source)
        for cost in one.costs
    ]  # fmt: skip
    return GuaranteeInForce(
        code=one.code, version=one.number, sha256=one.digest, title=one.title, plain=rule.plain,
        strength=rule.strength.value, set_by=rule.set_by, agency=one.agency,
        funded_by=rule.funded_by, how_funded=rule.how_funded, since=one.since,
        asks=list(rule.asks), gives=rule.gives.what, unit=rule.gives.unit,
        variant=one.variant.number if one.variant else None, below=one.below, costs=costs,
    )  # fmt: skip


def _variant(row: VariantRow) -> VariantTold:
    return VariantTold(
        code=row.code, place=row.place, number=row.number, first_day=row.first_day,
        sha256=row.digest, text=row.text, checked=row.checked, reason=row.reason,
    )  # fmt: skip
