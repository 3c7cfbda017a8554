"""What pages of capacity begin with: the place and body of an address, and what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.capacity import per_cent, wte
from totalplace.doors.web.showing import now, who
from totalplace.monitoring.queries.capacity import BodyRow, ReturnRow, bodies, body
from totalplace.monitoring.rules.capacity import SkillSaid
from totalplace.monitoring.rules.capacity_register import Register, Shown, register, vacancies_of
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """A role as a page shows it: numbers as people read them, empty where not known."""

    title: str
    under: str
    posts: str
    filled: str
    vacancies: str
    rate: str
    leavers: str
    joiners: str
    turnover: str
    days_to_hire: str
    sickness: str
    agency: str
    code: str = ""  # of the series; empty where none is
    skills: tuple[SkillSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A body's return as a page shows it; `own` is as its own officers see it."""

    row: ReturnRow
    lines: tuple[Line, ...]
    all_roles: Line | None
    notes: tuple[str, ...]
    own: bool


def today() -> date:
    """The day in England."""
    return local_day(now())


def the_place(code: str) -> PlaceRow:
    """The place of an address. Raises Http404 where there is none."""
    try:
        if code_is_sound(code):
            return places.place(code)
    except Refused as refused:
        raise Http404 from refused
    raise Http404


def the_body(place: str, agency: str) -> BodyRow:
    """A body that has to do with the place. Raises Http404 where it has not."""
    the_place(place)
    try:
        found = body(place, agency, on=today()) if code_is_sound(agency) else None
    except Refused as refused:
        raise Http404 from refused
    if found is None or not (found.is_member or found.is_central or found.returns):
        raise Http404
    return found


def may_give(request: HttpRequest, place: str, agency: str) -> bool:
    """Whether whoever asks gives in the capacity of a body, and so sees all of it."""
    return places.may(who(request), Act.GIVE_CAPACITY, agency=agency, place=place, on=now())


def to_give_in(request: HttpRequest, place: str) -> list[BodyRow]:
    """The bodies whose capacity whoever asks may give in, departments too."""
    by = who(request)
    known = {one.agency.code for one in bodies(place)}
    held = {one.agency for one in places.may_where(by, Act.GIVE_CAPACITY, now()) if one.agency}
    rows = [body(place, code) for code in sorted(known | held)]
    return [
        one
        for one in rows
        if (one.is_member or one.is_central) and may_give(request, place, one.agency.code)
    ]


def sheet_of(found: BodyRow, row: ReturnRow, *, own: bool) -> Sheet:
    """A return of a body as it is shown."""
    seen = register(found.history, row.given, own=own)
    total = _line(seen, seen.all_roles) if seen.all_roles else None
    return Sheet(row, tuple(_line(seen, one) for one in seen.rows), total, seen.notes, own)


def _line(seen: Register, shown: Shown) -> Line:
    role, vacant = shown.role, vacancies_of(shown, seen.given.roles)
    rate = 100 * vacant / role.posts if vacant is not None and role.posts else None
    series = role.code if shown in seen.rows and not shown.joins and not shown.kept_back else ""
    return Line(
        role.title, _under(shown), wte(role.posts), wte(role.filled), wte(vacant), per_cent(rate),
        wte(role.leavers), wte(role.joiners), per_cent(shown.turnover), _whole(role.days_to_hire),
        _whole(role.sickness_days), per_cent(role.agency_share), series, role.skills,
    )  # fmt: skip


def _under(shown: Shown) -> str:
    if shown.joins:
        return ", ".join(shown.joins)
    return f"Only you see this row: {shown.kept_back}" if shown.kept_back else ""


def _whole(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def newest_first(rows: Sequence[ReturnRow]) -> list[ReturnRow]:
    """Returns from the latest period back."""
    return sorted(rows, key=lambda one: one.given.period.first_day, reverse=True)
