"""What is watched of a body's capacity: vacancies and leavers of each role, and skills.

Leavers are watched period by period: a rate over twelve months repeats most of the one before it,
and what repeats itself is no news. What the public may not see is missing here, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.monitoring.rules.capacity import Given, leaving, meeting
from totalplace.monitoring.rules.capacity_hidden import Hidden, hidden
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better, Break
from totalplace.outcomes.rules.periods import Period, following

GRACE_DAYS: Final = 92  # a quarter: so long after its end a return that is not there is missing
_NOT_GIVEN: Final = "the body gave nothing in for it"
_NOT_KNOWN: Final = "the body gave no number for it"
_SMALLEST: Final = 5.0  # whole-time equivalents


@dataclass(frozen=True, slots=True)
class Body:
    """Whose capacity it is, in which place, and on which side it answers."""

    place: str
    agency: str
    name: str
    is_central: bool


def watched(
    body: Body, history: Sequence[Given], skills: Mapping[str, str], *, on: date
) -> list[Watched]:
    """Every series of a body's returns, the last version of each, as known on a day."""
    given = sorted(history, key=lambda one: one.period.first_day)
    if not given:
        return []
    months = given[-1].months
    regular = [one for one in given if one.months == months]
    kept_back = hidden(given)
    frame = _frame(body, regular, months, mixed=len(regular) < len(given))
    periods = list(_periods(regular, months, on))
    titles = {one.code: one.title for said in regular for one in said.roles}
    by_day = {one.period.first_day: one for one in regular}
    found = []
    for code, title in sorted(titles.items()):
        vacant = [_vacant(by_day.get(p.first_day), p, code, kept_back) for p in periods]
        left = [_left(given, by_day.get(p.first_day), p, code, kept_back) for p in periods]
        found += [
            _series(frame, f"{code}/vacancies", f"Vacancies: {title}", vacant),
            replace(
                _series(frame, f"{code}/leavers", f"People leaving: {title}", left),
                kind=Kind.COUNT,
            ),
        ]
    for skill in skills:
        meets = [_meets(by_day.get(p.first_day), p, skill, kept_back) for p in periods]
        if any(one.value is not None for one in meets):
            found.append(_of_skill(frame, skill, meets))
    return [one for one in found if any(point.value is not None for point in one.points)]


def _frame(body: Body, given: Sequence[Given], months: int, *, mixed: bool) -> Watched:
    """What all series of a body have alike."""
    breaks = tuple(Break(one.period.first_day, one.anew) for one in given if one.anew)
    each = {1: "month", 3: "quarter"}.get(months, "period")
    note = f"It was also given in for other lengths of time; only each {each} is watched."
    notes = (note,) if mixed else ()
    return Watched(
        code=f"capacity/{body.agency}", title="", subject=Subject.CAPACITY, place=body.place,
        area=body.agency, area_name=body.name, unit="%", better=Better.LOWER, months=months,
        points=(), kind=Kind.SHARE, breaks=breaks, notes=notes,
        owners=("", body.agency) if body.is_central else (body.agency, ""),
    )  # fmt: skip


def _series(frame: Watched, code: str, title: str, points: Sequence[Point]) -> Watched:
    return replace(
        frame, code=f"{frame.code}/{code}", title=f"{title} ({frame.area_name})",
        points=tuple(points),
    )  # fmt: skip


def _of_skill(frame: Watched, skill: str, points: Sequence[Point]) -> Watched:
    """People in roles in which a skill meets what is needed; judged, so not a count of chances."""
    made = _series(frame, f"skill/{skill}", f"In roles with the skill: {skill}", points)
    return replace(made, kind=Kind.MEASURE, better=Better.HIGHER)


def _periods(given: Sequence[Given], months: int, on: date) -> Iterator[Period]:
    """From the first return to the last, and on to what should be there by now."""
    one, last = given[0].period, given[-1].period
    while one.first_day <= last.first_day or (on - one.last_day).days > GRACE_DAYS:
        yield one
        one = following(one, months)


def _missing(given: Given | None, period: Period, role: str, kept_back: Hidden) -> Point | None:
    """The point of a role that gave nothing, or that the public may not see; else None."""
    if given is None:
        return Point(period, None, Standing.MISSING, _NOT_GIVEN)
    if role in kept_back:
        return Point(period, None, Standing.MISSING, kept_back[role])
    if given.role(role) is None:
        return Point(period, None, Standing.MISSING, _NOT_KNOWN)
    return None


def _vacant(
    given: Given | None, period: Period, role: str, kept_back: Mapping[date, Hidden]
) -> Point:
    gone = _missing(given, period, role, kept_back.get(period.first_day, {}))
    said = given.role(role) if given else None
    if gone is not None or said is None:
        return gone or Point(period, None, Standing.MISSING, _NOT_KNOWN)
    vacant, rate = said.vacancies, said.vacancy_rate
    if vacant is None or rate is None or not said.posts:
        return Point(period, None, Standing.MISSING, _NOT_KNOWN)
    return Point(period, rate, numerator=vacant / 10, denominator=said.posts / 10)


def _left(
    history: Sequence[Given], given: Given | None, period: Period, role: str,
    kept_back: Mapping[date, Hidden],
) -> Point:  # fmt: skip
    gone = _missing(given, period, role, kept_back.get(period.first_day, {}))
    rate = leaving(history, role, given) if given else None
    if gone is not None:
        return gone
    if rate is None:
        return Point(period, None, Standing.MISSING, _NOT_KNOWN)
    left, mean = rate
    return Point(period, 100 * left / mean, numerator=left / 10, denominator=mean / 10)


def _meets(
    given: Given | None, period: Period, skill: str, kept_back: Mapping[date, Hidden]
) -> Point:
    if given is None:
        return Point(period, None, Standing.MISSING, _NOT_GIVEN)
    few = kept_back.get(period.first_day, {})
    found = meeting([one for one in given.roles if one.code not in few], skill)
    if found is None or found[1] / 10 < _SMALLEST:
        return Point(period, None, Standing.MISSING, _NOT_KNOWN)
    meets, of = found
    return Point(period, 100 * meets / of, numerator=meets / 10, denominator=of / 10)
