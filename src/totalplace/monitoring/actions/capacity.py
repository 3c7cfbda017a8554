"""Giving in a body's posts, vacancies, turnover and skills; a later return is a new version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.queries.capacity import (
    BodyRow,
    ReturnRow,
    body,
    capacity_citation,
    versions,
)
from totalplace.monitoring.rules.capacity import Given, check_given, digest_of, text_of
from totalplace.outcomes.rules.periods import Period
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason

_WHAT = "The return was not taken"


@transaction.atomic
def give_capacity(
    place: str, agency: str, given: Given, *, reason: str, by: Who, on: datetime
) -> ReturnRow:
    """Give in, and certify, what a body has of roles, posts and skills for its work in a place.

    The version of it follows. Only the body itself may, as nobody else answers for its staff.
    Raises Refused where `by` may not, the period is not over, overlaps another, or nothing changed.
    """
    period, roles, anew = given.period, given.roles, given.anew.strip()
    power = places.power(by, Act.GIVE_CAPACITY, agency=agency, place=place, on=on)
    why, here = said_reason(reason, _WHAT), places.place(place)
    take_turn("totalplace.capacity")
    row = body(place, agency)
    _check_belongs(row, place)
    check_given(period, roles, on=local_day(on), what=_WHAT)
    _check_apart(row, period)
    before = versions(place, agency, period.first_day)
    text = text_of(roles)
    digest = digest_of(text)
    if before and (before[-1].digest, before[-1].given.anew) == (digest, anew):
        raise Refused(_WHAT, why="it is what stands already", next_step="Nothing need be done")
    models.CapacityReturn.objects.create(
        place_id=here.id, agency_id=row.agency.id, first_day=period.first_day,
        last_day=period.last_day, turn=len(before) + 1, text=text, digest=digest,
        anew=anew, reason=why, by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "gave in the capacity", about=capacity_citation(place, agency, period), on=on,
        power=power, citing=f"{why} (version {len(before) + 1}, {digest[:16]})",
    )  # fmt: skip
    return versions(place, agency, period.first_day)[-1]


def _check_belongs(row: BodyRow, place: str) -> None:
    if not row.is_member and not row.is_central:
        raise Refused(
            _WHAT,
            why=f"{row.agency.name} is neither a member of {place} nor a department",
            next_step="Register it as a member of the place first",
        )


def _check_apart(row: BodyRow, period: Period) -> None:
    for one in row.returns:
        other = one.given.period
        same = (other.first_day, other.last_day) == (period.first_day, period.last_day)
        if other.overlaps(period) and not same:
            raise Refused(
                _WHAT,
                why=f"{other.said} was given in, and {period.said} overlaps it",
                next_step="Give in the same months again, or later ones",
            )
