"""The bodies, every decision, and the forward plan."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from totalplace.decisions import queries
from totalplace.decisions.queries import DecisionRow
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.decisions.shown import Body, Decision, body_of, decision_of
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, not_a_place, page
from totalplace.doors.api.problems import there
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act

router = Router()
Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]


@reads(router, "/bodies", answers=Listed[Body])
def bodies(
    _: Asker, *, agency: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The bodies that decide, by code."""
    rows = queries.bodies(agency)
    return page(rows, lambda row: row.code, body_of, after=after or None, limit=limit)


@reads(router, "/bodies/{code}", answers=Body)
def one_body(_: Asker, *, code: Code) -> Body:
    """A body that decides."""
    return body_of(there(lambda: queries.body(code)))


@reads(router, "/plan", answers=Listed[Decision])
def plan(
    by: Asker, *, agency: Filter = "", place: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The forward plan: what is yet to be decided, by body and number, with its planned day."""
    today = local_day(now())
    rows = there(lambda: queries.forward_plan(agency=agency, place=place, on=today))
    return _by_key(by, rows, after, limit)


@reads(router, "/decisions", answers=Listed[Decision])
def every_decision(
    by: Asker, *, agency: Filter = "", body: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every decision, by body and number."""
    rows = queries.decisions(agency=agency, body=body)
    return _by_key(by, rows, after, limit)


@reads(router, "/decisions/{body}/{number}", answers=Decision)
def one_decision(by: Asker, *, body: Code, number: Number) -> Decision:
    """A decision: what it is, where it stands, what happened, and what can be done next."""
    return _told(by, there(lambda: queries.decision(f"{body}/{number}")))


def _told(by: Asker, row: DecisionRow) -> Decision:
    exempt = bool(row.papers) and by.may(Act.READ_EXEMPT, agency=row.body.agency, on=now())
    return decision_of(row, exempt=exempt)


def _by_key(by: Asker, rows: list[DecisionRow], after: str, limit: int) -> dict[str, Any]:
    begin = _key_of(after) if after else None
    found = page(rows, _key, lambda row: _told(by, row), after=begin, limit=limit)
    if found["next"] is not None:
        found["next"] = found["items"][-1].decision
    return found


def _key(row: DecisionRow) -> tuple[str, int]:
    return row.body.code, row.number


def _key_of(after: str) -> tuple[str, int]:
    body, _, number = after.rpartition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise not_a_place(after)
    return body, int(number)
