"""The forward plan for a feed reader (RSS 2.0) and for a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from totalplace.decisions import queries
from totalplace.decisions.queries import DecisionRow
from totalplace.decisions.rules.days import in_words
from totalplace.doors.web.decisions.looking import asked, today

_FOLD: Final = 74  # bytes of a line, so that with its space none is above 75


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """What is yet to be decided, as a feed."""
    feed = Rss201rev2Feed(
        title="Forward plan",
        link=request.build_absolute_uri("/decisions/"),
        description="What is to be decided, by whom and when",
        language="en-gb",
        feed_url=request.build_absolute_uri(),
    )
    for row in queries.forward_plan(**asked(request), on=today()):
        address = request.build_absolute_uri(_path(row))
        feed.add_item(
            title=f"{row.title}: {row.body.name}, {in_words(row.planned_on)}",
            link=address,
            description=row.summary,
            unique_id=address,
            pubdate=row.moves[-1].on if row.moves else row.on,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What is yet to be decided, as days of a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Total Place//Forward plan//EN",
             "X-WR-CALNAME:Forward plan"]  # fmt: skip
    for row in queries.forward_plan(**asked(request), on=today()):
        lines += _event(row, request.build_absolute_uri(_path(row)))
    lines.append("END:VCALENDAR")
    text = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="forward-plan.ics"'
    return response


def _event(row: DecisionRow, address: str) -> list[str]:
    stamp = (row.moves[-1].on if row.moves else row.on).astimezone(UTC)
    day = datetime.combine(row.planned_on, time())
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(address)}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{row.body.name}: {row.title}')}",
        f"DESCRIPTION:{_escaped(row.summary)}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Text as RFC 5545 section 3.3.11 has it."""
    one_line = "\n".join(text.splitlines())
    for mark in ("\\", ";", ","):
        one_line = one_line.replace(mark, f"\\{mark}")
    return one_line.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, each but the first after a space (section 3.1)."""
    pieces, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > _FOLD:
            pieces.append(current)
            current = ""
        current += letter
    pieces.append(current)
    return [pieces[0], *(f" {piece}" for piece in pieces[1:])]


def _path(row: DecisionRow) -> str:
    return f"/decisions/{row.citation.id}/"
