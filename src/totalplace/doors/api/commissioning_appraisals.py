"""/api/v1/commissioning/appraisals/: options appraised, and effects accepted ungraded."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.commissioning.actions import appraisals as actions
from totalplace.commissioning.queries.appraisals import (
    AcceptedRow,
    AppraisalRow,
    AppraisalVersionRow,
    accepted,
    appraisal,
    appraisals,
)
from totalplace.commissioning.rules.appraisal.text import LONGEST, appraisal_of_text
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.api.words import Line, Said, Words
from totalplace.doors.report.appraisal import as_told
from totalplace.doors.web.showing import now
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

router = Router()
_ONE = "/{place}/{number}"


class AppraisalListed(Schema):
    """An appraisal: what all of it is worth, and how many of its numbers are guesses."""

    citation: str
    place: str
    option: str
    title: str
    version: int
    published: bool
    net_pence: int = Field(description="All gains less all costs, in what it is worth at first.")
    guesses: int = Field(description="How many of its numbers have no source.")
    numbers: int


class AppraisalTable(Schema):
    """A table: each cell is words, a whole number, or pounds to the penny as text."""

    name: str
    title: str
    note: str
    heads: list[str]
    rows: list[list[str | int]]


class AppraisalTold(AppraisalListed):
    """An appraisal with all that follows from it. Every number is an estimate."""

    digest: str = Field(description="SHA-256 of the text, which the record names.")
    text: str
    summary: list[str]
    costs_pence: int
    gains_pence: int
    fiscal_net_pence: int
    cash_net_pence: int = Field(description="What can be cashed, less cash put in.")
    tables: list[AppraisalTable]


class EffectTold(Schema):
    """An effect that drives money though nobody graded it; a case names its citation."""

    citation: str
    option: str
    indicator: str
    area: str
    reason: str
    by: str
    on: datetime
    entry: int = Field(description="Of the record, by which it was accepted.")
    holds: bool


class Appraising(Said):
    """An appraisal in the text that is kept, and why it is made."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    reason: Words


class AppraisalWhy(Said):
    """Why it is done."""

    reason: Words


class Accepting(Said):
    """Which effect, as the case has it, and why it may drive money."""

    option: Code
    indicator: Line
    area: Code
    reason: Words


@reads(router, "", answers=Listed[AppraisalListed])
def every_appraisal(
    by: Asker,
    *,
    place: Annotated[str, Field(max_length=64, description="Only those of this one.")] = "",
    after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Every appraisal that may be read: those published, and for officers of a place the rest."""
    rows = [(row, shown) for row in appraisals(place) if (shown := _shown(by, row)) is not None]
    return page(
        rows, lambda one: one[0].citation.id, lambda one: _listed(*one), after=after or None,
        limit=limit,
    )  # fmt: skip


@reads(router, "/effects/{place}", answers=list[EffectTold])
def accepted_effects(_: Asker, *, place: Code) -> list[EffectTold]:
    """The effects that were accepted ungraded in a place, those taken back too."""
    there(lambda: places.place(place))
    return [_effect(one) for one in accepted(place)]


@reads(router, _ONE, answers=AppraisalTold)
def one_appraisal(by: Asker, *, place: Code, number: Number) -> AppraisalTold:
    """An appraisal: who pays, who gains, how sure it is, and a share of the gain."""
    row = there(lambda: appraisal(f"{place}/{number}"))
    shown = _shown(by, row)
    if shown is None:
        raise there_is_none(f"There is no appraisal {place}/{number}")
    return _told(row, shown)


@writes(router, "/effects/{place}", act=Act.ACCEPT_EFFECT, answers=EffectTold, status=201)
def accept_effect(by: Officer, *, place: Code, said: Accepting) -> EffectTold:
    """Let an effect that nobody graded drive money, on the record."""
    there(lambda: places.place(place))
    row = actions.accept_effect(
        place, said.option, said.indicator, said.area, reason=said.reason, by=by, on=now()
    )
    return _effect(row)


@writes(router, "/effects/{place}/{number}/take-back", act=Act.ACCEPT_EFFECT, answers=EffectTold)
def take_back_effect(by: Officer, *, place: Code, number: Number, said: AppraisalWhy) -> EffectTold:
    """Take back that an ungraded effect may drive money."""
    there(lambda: places.place(place))
    return _effect(actions.take_back(place, number, reason=said.reason, by=by, on=now()))


@writes(router, "/{place}", act=Act.APPRAISE, answers=AppraisalTold, status=201)
def appraise_option(by: Officer, *, place: Code, said: Appraising) -> AppraisalTold:
    """Keep an appraisal of an option, given as the text that is kept."""
    there(lambda: places.place(place))
    terms = appraisal_of_text(said.text)
    row = actions.make(place, terms, reason=said.reason, by=by, on=now())
    return _told(row, row.last)


@writes(router, _ONE + "/change", act=Act.APPRAISE, answers=AppraisalTold)
def change_appraisal(
    by: Officer, *, place: Code, number: Number, said: Appraising
) -> AppraisalTold:
    """Put an appraisal anew, as its next version."""
    there(lambda: appraisal(f"{place}/{number}"))
    terms = appraisal_of_text(said.text)
    row = actions.change(f"{place}/{number}", terms, reason=said.reason, by=by, on=now())
    return _told(row, row.last)


@writes(router, _ONE + "/publish", act=Act.APPRAISE, answers=AppraisalTold)
def publish_appraisal(
    by: Officer, *, place: Code, number: Number, said: AppraisalWhy
) -> AppraisalTold:
    """Lay the last version of an appraisal open to everybody."""
    there(lambda: appraisal(f"{place}/{number}"))
    row = actions.publish(f"{place}/{number}", reason=said.reason, by=by, on=now())
    return _told(row, row.last)


def _shown(by: Asker, row: AppraisalRow) -> AppraisalVersionRow | None:
    """The last version that whoever asks may read."""
    if by.may(Act.APPRAISE, place=row.place, on=now()):
        return row.last
    return row.published[-1] if row.published else None


def _listed(row: AppraisalRow, shown: AppraisalVersionRow) -> AppraisalListed:
    found = shown.appraised
    return AppraisalListed(
        citation=row.citation.id, place=row.place, option=row.option, title=shown.title,
        version=shown.number, published=shown.published_on is not None,
        net_pence=found.result.net, guesses=len(found.guesses), numbers=len(found.numbers),
    )  # fmt: skip


def _told(row: AppraisalRow, shown: AppraisalVersionRow) -> AppraisalTold:
    said = _listed(row, shown).dict() | as_told(shown.appraised)
    return AppraisalTold(**said)


def _effect(one: AcceptedRow) -> EffectTold:
    return EffectTold(
        citation=str(one.citation), option=one.option, indicator=one.indicator, area=one.area,
        reason=one.reason, by=one.by, on=one.on, entry=one.entry, holds=one.holds,
    )  # fmt: skip
