"""The partnership for anybody: who sits, what it debates, how it voted, what it advised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from totalplace.count.queries.editions import EditionRow
from totalplace.decisions.rules.days import local_day
from totalplace.doors.popolo import popolo_of
from totalplace.doors.web.count.opening import latest, readable
from totalplace.doors.web.participation.partnership.about import About
from totalplace.doors.web.participation.partnership.acting import choices
from totalplace.doors.web.participation.partnership.telling import (
    RESULTS,
    STAGES,
    WAITS,
    Names,
    address_of,
    names_for,
    on_the_table,
)
from totalplace.doors.web.showing import now, show, who
from totalplace.participation.definitions.partnership import motion_kinds, support_kinds
from totalplace.participation.queries import partnership as queries
from totalplace.participation.queries.partnership import PartnershipRow, partnership_if_any
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.own_rules import short_of_quorum
from totalplace.participation.rules.partnership.seen import Meeting, Motion
from totalplace.participation.rules.partnership.votes import tally
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

_BASE: Final = "/participation/partnership/"


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every partnership, and the places that have none where the reader may set one up."""
    by, on = who(request), now()
    without = [
        one
        for one in places.places()
        if places.may(by, Act.SET_UP_PARTNERSHIP, place=one.code, on=on)
        and partnership_if_any(one.code) is None
    ]
    said = {"rows": queries.partnerships(), "without": without}
    return show(request, "participation/partnership/every.html", said)


@require_safe
def partnership(request: HttpRequest, place: str) -> HttpResponse:
    """One partnership: what it is for, its next meeting, advice, offers, support, who sits."""
    row, by, on = queries.partnership(place), who(request), now()
    today, base = local_day(on), f"{_BASE}{place}/"
    about = About(row, by, on) if by else None
    advice = [
        (
            one,
            one.standing(today),
            choices("advice", _with(about, advice=one), f"{base}advice/{one.number}/"),
        )
        for one in queries.advice(place)
    ]
    meetings = [one for one in queries.meetings(place) if _is_seen(one, about)]
    years = queries.support_years(place)
    said = {
        "row": row,
        "rules": row.rules_on(today),
        "base": base,
        "names": _names(row, today, about),
        "choices": choices("do", about, f"{base}do/"),
        "next": queries.next_of(meetings, on=today),
        "meetings": sorted(meetings, key=lambda one: one.starts_at, reverse=True),
        "advice": advice,
        "waits": WAITS,
        "offers": [
            (one, choices("offers", _with(about, offer=one), f"{base}offers/{one.number}/"))
            for one in queries.offers(place)
        ],
        "seats": _seats(row, today, about),
        "support": queries.support(place, years[0]) if years else [],
        "kinds": support_kinds(),
        "year": years[0] if years else "",
        "asked": queries.asked(place, on=today),
        "stages": STAGES,
        "today": today,
        "address_of": address_of,
        "edition": _edition(place, by, on),
    }  # fmt: skip
    return show(request, "participation/partnership/partnership.html", said)


@require_safe
def meeting(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One meeting: its agenda and papers, who is there, what was moved, its minutes."""
    row, found = queries.partnership(place), queries.meeting(place, number)
    by, on = who(request), now()
    base = f"{_BASE}{place}/meetings/{number}/"
    about = About(row, by, on, meeting=found) if by else None
    _check_seen(found, about)
    items = [
        (
            item,
            [one for one in found.motions if one.item == item.number and one.amends is None],
            choices("items", _with(about, item=item), f"{base}items/{item.number}/"),
            on_the_table(item.cites, by=by, on=on),
        )
        for item in found.items
    ]
    said = {
        "row": row,
        "meeting": found,
        "items": items,
        "stage": STAGES[found.stage],
        "names": _names(row, found.day, about),
        "choices": choices("meetings", about, base),
        "lacking": short_of_quorum(found.seats_present(), found.rules),
        "is_open": found.stage is Stage.OPEN,
        "was_open": found.chair is not None,
        "approved": next((s for s in found.steps if s.at_meeting), None),
        "results": RESULTS,
        "motion_kinds": motion_kinds(),
        "address_of": address_of,
        "base": f"{_BASE}{place}/",
    }
    return show(request, "participation/partnership/meeting.html", said)


@require_safe
def motion(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One motion: its words, amendments, votes in the open, dissent, and what followed."""
    row = queries.partnership(place)
    found, moved = queries.motion(place, number)
    by, on = who(request), now()
    item, base = found.item(moved.item), f"{_BASE}{place}/"
    about = About(row, by, on, meeting=found, item=item, motion=moved) if by else None
    said = {
        "row": row,
        "meeting": found,
        "item": item,
        "motion": moved,
        "text": found.text_of(moved),
        "amendments": found.amendments(moved),
        "amended": next((m for m in found.motions if m.number == moved.amends), None),
        "names": _names(row, found.day, about),
        "counted": tally(moved.votes),
        "casting": next((s.casting for s in moved.steps if s.casting), None),
        "conflicted": sorted(item.conflicted),
        "choices": choices("motions", about, f"{base}motions/{number}/"),
        "advice": _advice(place, moved),
        "today": local_day(on),
        "waits": WAITS,
        "results": RESULTS,
        "kind": motion_kinds()[moved.kind],
        "address_of": address_of,
        "base": base,
    }
    return show(request, "participation/partnership/motion.html", said)


@require_safe
def support(request: HttpRequest, place: str) -> HttpResponse:
    """Support to civil society in a place, year by year, by kind and piece by piece."""
    row = queries.partnership(place)
    years = queries.support_years(place)
    year = request.GET.get("year", "") or (years[0] if years else "")
    year = year if year in years else ""
    said = {
        "row": row,
        "years": years,
        "year": year,
        "totals": queries.support(place, year) if year else [],
        "rows": queries.supports(place, year) if year else [],
        "kinds": support_kinds(),
        "base": f"{_BASE}{place}/",
    }
    return show(request, "participation/partnership/support.html", said)


@require_safe
def paper(
    request: HttpRequest, place: str, number: int, item: int, paper_number: int
) -> HttpResponse:
    """A paper, to keep: it is never shown as a page of ours."""
    row, by = queries.partnership(place), who(request)
    _check_seen(queries.meeting(place, number), About(row, by, now()) if by else None)
    found = queries.paper(place, number, item, paper_number)
    response = HttpResponse(found.content, content_type=found.paper.media)
    ending = {"application/pdf": "pdf", "text/csv": "csv", "text/plain": "txt"}
    name = f"{place}-{number}-{item}-{paper_number}"
    suffix = ending.get(found.paper.media, "")
    response["Content-Disposition"] = (
        f'attachment; filename="{name}{"." if suffix else ""}{suffix}"'
    )
    return response


@require_safe
def popolo(request: HttpRequest, place: str) -> JsonResponse:
    """The partnership as open data, by the Popolo specification."""
    made = popolo_of(place, on=local_day(now()), root=request.build_absolute_uri("/"))
    return JsonResponse(made, json_dumps_params={"indent": 1})


def _with(about: About | None, **said: Any) -> About | None:
    return about.also(**said) if about else None


def _names(row: PartnershipRow, day: date, about: About | None) -> Names:
    rules = row.rules_on(day)
    inside = about is not None and (about.is_secretary or _sits(row, about.by, day))
    return names_for(row, members_public=rules.members_public, inside=inside)


def _sits(row: PartnershipRow, by: Officer, day: date) -> bool:
    return any(seat.sitting_of(by.code, day) for seat in row.seats)


def _seats(row: PartnershipRow, day: date, about: About | None) -> list[tuple[Any, ...]]:
    """Seats with who sits in them, and what the secretary can do with each."""
    base = f"{_BASE}{row.place}/seats/"
    about = about if about is not None and about.is_secretary else None
    return [
        (seat, seat.people(day), choices("seats", _with(about, seat=seat), f"{base}{seat.number}/"))
        for seat in row.seats_on(day)
    ]


def _is_seen(meeting: Meeting, about: About | None) -> bool:
    """A meeting is public once it is called; before, whoever plans it sees it."""
    return meeting.stage is not Stage.PLANNED or (about is not None and about.is_secretary)


def _check_seen(meeting: Meeting, about: About | None) -> None:
    if not _is_seen(meeting, about):
        raise Http404("There is no such meeting, or it is not called yet.")


def _advice(place: str, moved: Motion) -> Any:
    return queries.advice_of(place, moved.number) if moved.passed else None


def _edition(place: str, by: Officer | None, on: datetime) -> Citation | None:
    """The latest edition of the count that the reader may read."""
    row: EditionRow | None = latest(readable(place, by, on))
    return Citation("edition", row.citation) if row else None
