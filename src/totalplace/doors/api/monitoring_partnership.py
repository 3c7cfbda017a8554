"""/api/v1/monitoring/partnership/: rounds on the partnership, and what a closed one says."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.problems import there
from totalplace.doors.report.partnership import round_told
from totalplace.doors.web.showing import now
from totalplace.monitoring.queries.partnership import results_of, round_of, rounds

router = Router()


class AskedTold(Schema):
    """A body that was asked; `answered` is null while people can answer."""

    agency: str
    name: str
    side: str = Field(description="place or centre")
    people: int = Field(description="How many officers could answer when the round opened.")
    answered: int | None


class ShareTold(Schema):
    """The mean over people of the share of statements they agree with; null: too few answered."""

    principle: str
    title: str
    agreeing_per_cent: float | None
    low: float | None = Field(description="95% limits, of people like these (Wilson).")
    high: float | None
    people: int | None


class SpreadTold(Schema):
    """How answers to a statement spread over the steps, from disagreeing strongly on."""

    code: str
    counts: list[int]
    cannot_say: int
    left_out: int
    median: int | None = Field(description="The step of the person in the middle, from 1.")
    middle_half: tuple[int, int] | None
    agreement: float | None = Field(description="A of van der Eijk, from -1 to 1.")


class GroupTold(Schema):
    """What a side says of a relation; `agency` is empty for the whole side."""

    about: str = Field(description="A department; empty: local bodies with each other.")
    relation: str
    side: str
    agency: str
    whose: str
    principles: list[ShareTold]
    statements: list[SpreadTold] = Field(description="Only those that enough people answered.")


class RoundTold(Schema):
    """A round. `groups` is empty while people can answer; no person is ever told."""

    citation: str
    place: str
    quarter: str
    first_day: date
    last_day: date
    opened_on: date
    closes_on: date
    closed_early_on: date | None
    fewest: int = Field(description="Nothing is told of fewer people than this.")
    asked: list[AskedTold]
    groups: list[GroupTold]
    differences: list[str]


@reads(router, "/{place}", answers=list[RoundTold])
def rounds_of_place(_: Asker, *, place: Code) -> list[dict[str, Any]]:
    """The rounds of a place, the latest first, without what they say: ask for one to read that."""
    return [round_told(one, None) for one in there(lambda: rounds(place))]


@reads(router, "/{place}/{number}", answers=RoundTold)
def one_round(_: Asker, *, place: Code, number: Number) -> dict[str, Any]:
    """A round: who was asked, how answers spread, and where sides and bodies see it differently."""
    row = there(lambda: round_of(f"{place}/{number}"))
    day = local_day(now())
    return round_told(row, results_of(row, on=day) if day >= row.closed_from() else None)
