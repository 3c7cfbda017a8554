"""A place with a council and a department, a series of its own, and findings on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.actions.answering import Said, move, open_for
from totalplace.monitoring.queries.answering import ResponseRow
from totalplace.monitoring.rules.answering import Verb
from totalplace.monitoring.rules.findings import Sort, Under, digest_of, frozen
from totalplace.monitoring.rules.seen import Sign
from totalplace.monitoring.rules.telling import sentences
from totalplace.monitoring.rules.watched import Subject
from totalplace.outcomes.actions import readings
from totalplace.outcomes.rules.given import Given
from totalplace.outcomes.rules.indicators import Better
from totalplace.places import actions as places
from totalplace.places import queries
from totalplace.places.rules.mandates import Operator, Who
from totalplace.sources.home import Home

from .watch_made import a_change, a_series, seen_of

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
WEX, DFE, AREA = "wex", "dfe", "E10000017"
CODE = "outcome/told-once"
OWNERS = ("customer service lead", "Department for School")
STEADY = (70.2, 69.1, 70.8, 69.6, 70.4, 69.9, 70.1, 70.6, 69.4, 70.3)
FIRST = 2007  # in which the first school year of the series begins
FALLEN = (55.3, 54.8, 55.1)


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    """Early in the morning of so many days from today."""
    return datetime.combine(day(days), time(0, 30), tzinfo=UTC)


def begun(days: int = -200, *, code: str = DFE) -> None:
    """The place, its council, and the department, registered some days ago."""
    on = at(days)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=on)
    places.register_agency(WEX, name="Wexshire Council", kind="county", gss=AREA, by=ADA, on=on)
    places.register_agency(code, name="Department for School", kind="department", by=ADA, on=on)
    places.join_place("wexshire", WEX, by=ADA, on=on)


def a_finding(
    *, protected: bool = True, sort: Sort = Sort.NEW, follows: int | None = None, days: int = -60,
    sign: Sign = Sign.WORSE, **other: Any,
) -> int:  # fmt: skip
    """A finding as the nightly run writes it; returns its number."""
    said: dict[str, Any] = {
        "code": CODE, "title": "People who had to tell their story only once",
        "subject": Subject.EXPERIENCE, "area": AREA, "owners": OWNERS, "better": Better.HIGHER,
        "protected": protected,
    } | other  # fmt: skip
    series = a_series([*STEADY, *FALLEN], first=FIRST, **said)
    change = a_change(series, since=10, told=11, sign=sign)
    gone = sort is Sort.REVISED
    told = sentences(seen_of(series, change), series)
    words = asdict(told) | {"sign": told.sign.value, "notes": list(told.notes)}
    text = frozen(
        series, words, Under(4, 10, 0.4), change=None if gone else change, since=change.since
    )
    number = models.Finding.objects.filter(place__code="wexshire").count() + 1
    before = models.Finding.objects.filter(number=follows).first() if follows else None
    models.Finding.objects.create(
        place_id=queries.place("wexshire").id, number=number, code=series.code, area=AREA,
        sort=sort.value, sign=sign.value, first_day=change.since.first_day,
        last_day=change.since.first_day, protected=protected, follows=before, text=text,
        digest=digest_of(text), by="the nightly run", on=at(days),
    )  # fmt: skip
    return number


def given(home: Home, values: Sequence[float], *, first: int = FIRST) -> None:
    """The readings of the series, school year by school year from that of the finding's first."""
    rows = [
        Given(AREA, f"{year}/{(year + 1) % 100:02}", Decimal(str(value)))
        for year, value in enumerate(values, start=first)
    ]
    readings.give("told-once", rows, place="wexshire", home=home, by=ADA, on=at(-1))


def opened(*, days: int = -60, **other: Any) -> ResponseRow:
    """The response to a new finding, opened some days ago."""
    number = a_finding(days=days, **other)
    return open_for("wexshire", number, by=Operator("nightly run"), on=at(days))


def moved(
    verb: Verb, said: Said, home: Home, *, number: int = 1, days: int = 0, by: Who = ADA
) -> ResponseRow:
    """One move of it."""
    return move("wexshire", number, verb, said, home=home, by=by, on=at(days))
