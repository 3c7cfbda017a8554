"""/api/v1/monitoring/capacity/: posts, vacancies, turnover and skills, as all may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, reads
from totalplace.doors.api.problems import there
from totalplace.doors.report.capacity import register_told
from totalplace.doors.web.showing import now
from totalplace.monitoring.queries.capacity import bodies

router = Router()
_WTE = "In whole-time equivalents; null: not known."


class SkillTold(Schema):
    """How far a role has a skill, and what shows it."""

    skill: str
    level: str
    evidence: str


class RoleTold(Schema):
    """A role at the end of a period; of roles put together, `joins` names them."""

    role: str
    posts: float | None = Field(description=_WTE)
    filled: float | None = Field(description=_WTE)
    vacancies: float | None = Field(description="Posts less filled, of each role; null: not known.")
    leavers: float | None = Field(description=_WTE)
    joiners: float | None = Field(description=_WTE)
    turnover_per_cent: float | None = Field(
        description="Leavers in twelve months by the mean in post; null until a whole year is in."
    )
    days_to_hire: int | None
    sickness_days: int | None
    agency_per_cent: float | None
    joins: list[str]
    skills: list[SkillTold]


class CapacityTold(Schema):
    """A return of a body, its last version."""

    period: str
    first_day: date
    last_day: date
    version: int
    counted_anew: str = Field(description="Why it cannot be compared with earlier ones, or empty.")
    notes: list[str]
    roles: list[RoleTold]


class BodyTold(Schema):
    """A body and its returns, the first period first."""

    agency: str
    name: str
    is_department: bool
    returns: list[CapacityTold]


@reads(router, "/{place}", answers=list[BodyTold])
def capacity_of_place(_: Asker, *, place: Code) -> list[dict[str, Any]]:
    """What each body of a place has of posts and skills. Roles of fewer than five posts are hidden.

    They are put together with others, or left out, so that nobody can be known by the numbers.
    """
    found = there(lambda: bodies(place, on=local_day(now())))
    return [
        {
            "agency": one.agency.code,
            "name": one.agency.name,
            "is_department": one.is_central,
            "returns": register_told(one),
        }
        for one in found
    ]
