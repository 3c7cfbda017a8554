"""What anybody sees: hearings that are open, what came of others, one hearing, and its papers."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.web.participation.hearings.choosing import choices, replying_for, waiting_for
from totalplace.doors.web.record.links import address
from totalplace.doors.web.showing import now, show, who
from totalplace.money.pence import pounds
from totalplace.participation import queries
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.queries import HearingRow, PointRow
from totalplace.participation.queries.partnership.who import partnership_if_any, partnerships
from totalplace.participation.rules.hearings import Part, Stage, Verb
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation

COLOURS: Final = {
    Stage.DRAFT: "grey", Stage.OPEN: "green", Stage.CLOSED: "yellow", Stage.CONCLUDED: "blue",
    Stage.WITHDRAWN: "grey",
}  # fmt: skip
DONE: Final = {
    Verb.OPEN: "It was opened, and everybody was asked",
    Verb.EXTEND: "It was given more time",
    Verb.CONCLUDE: "It was concluded",
    Verb.WITHDRAW: "It was withdrawn",
}
_HEADS: Final = (
    "Point", "Kind", "Who said it", "What was said", "Did it change anything?", "What we answered",
    "Pounds", "Where the change stands", "Answered on",
)  # fmt: skip


def today() -> date:
    """The day in England."""
    return local_day(now())


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is open now, what waits for answers, and what came of those that are concluded."""
    on, by = today(), who(request)
    asked = request.GET.get("place", "").strip()
    place = asked if not asked or code_is_sound(asked) else "-"
    rows = [(row, row.stage(on)) for row in queries.hearings(place=place)]
    said = {
        "open": [(row, _left(row, on)) for row, stage in rows if stage is Stage.OPEN],
        "closed": [row for row, stage in rows if stage is Stage.CLOSED],
        "concluded": [(row, _counted(row)) for row, stage in rows if stage is Stage.CONCLUDED],
        "drafts": [
            row for row, stage in rows
            if stage is Stage.DRAFT and places.may(by, Act.PREPARE_HEARING, place=row.place, on=on)
        ],
        "waiting": waiting_for(rows, on=on, by=by),
        "partnerships": partnerships(),
        "asked": asked,
        "may_begin": by is not None and bool(places.may_where(by, Act.PREPARE_HEARING, on)),
    }  # fmt: skip
    return show(request, "participation/hearings/index.html", said)


@require_safe
def hearing(request: HttpRequest, number: int) -> HttpResponse:
    """One hearing: what is asked, who was asked, what was said, and how it was answered."""
    row = public_row(number)
    on, by = today(), who(request)
    stage = row.stage(on)
    said = {
        "row": row,
        "stage": stage,
        "colour": COLOURS[stage],
        "left": _left(row, on),
        "choices": choices(row, on=on, by=by),
        "mine": replying_for(row, on=on, by=by),
        "standing": {one.agency: one for one in row.replies if one.stands and not one.late},
        "unasked": [
            one for one in row.replies
            if one.stands and not one.late
            and one.agency not in {asked.agency for asked in row.consultees}
        ],
        "late": [one for one in row.replies if one.late],
        "may_answer": places.may(by, Act.ANSWER_HEARD, place=row.place, on=on),
        "counted": _counted(row),
        "characteristics": characteristics(),
        "done": DONE,
        "about": page_of(row.about),
        "addresses": {
            point.number: page_of(point.answer.led_to)
            for point in row.points if point.answer is not None and point.answer.led_to
        },
        "parts": {one.part: one for one in row.parts},
        "Part": Part,
        "decided": decisions.decisions(about=row.about),
        "partnership": partnership_if_any(row.place),
    }  # fmt: skip
    return show(request, "participation/hearings/hearing.html", said)


@require_safe
def paper(request: HttpRequest, number: int, paper: int) -> HttpResponse:
    """A paper of a hearing, as it was given: under the hash that was frozen."""
    row = queries.hearing(number)
    officer = who(request)
    drafted = places.may(officer, Act.PREPARE_HEARING, place=row.place, on=now())
    if row.opened_on is None and not drafted:
        raise Http404
    found, content = queries.paper_bytes(number, paper)
    response = HttpResponse(content, content_type="application/octet-stream")
    ending = found.file_name.rpartition(".")[2].lower()
    # Always a download: what an officer sends in is never run in the reader's own pages.
    name = f"hearing-{number}-paper-{paper}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{found.sha256}"'
    return response


@require_safe
def answers(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001  (Django's)
    """You said, we did: every point and its answer, as CSV for a spreadsheet."""
    row = public_row(number)
    found = csv_text(_HEADS, ([str(cell) for cell in _line(one)] for one in row.points))
    response = HttpResponse("\ufeff" + found, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hearing-{number}-answers.csv"'
    return response


@require_safe
def frozen(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001  (Django's)
    """All that was asked when a hearing opened: its SHA-256 is the digest on its page."""
    public_row(number)
    text = queries.frozen(number).encode()
    return HttpResponse(text, content_type="application/json")


def public_row(number: int) -> HearingRow:
    """A hearing that was opened; a draft is nobody's to see but of who prepares it."""
    row = queries.hearing(number)
    if row.opened_on is None:
        raise Http404
    return row


def page_of(cited: Citation | None) -> str:
    """Where what is cited can be read; empty where there is no page for it."""
    return "" if cited is None else address(cited)


def _left(row: HearingRow, on: date) -> int:
    """How many days are left, today counted."""
    return max((row.closing_day - on).days + 1, 0) if row.closing_day else 0


def _counted(row: HearingRow) -> dict[str, int]:
    standing = [point for point in row.points if point.stands]
    changed = [one for one in standing if one.answer is not None and one.answer.changed]
    answered = sum(one.answer is not None for one in standing)
    return {"points": len(standing), "answered": answered, "changed": len(changed)}


def _line(point: PointRow) -> list[object]:
    said = point.answer
    by = point.said_by or point.source.kind
    if said is None:
        words = "not answered yet" if point.stands else "replaced by a later reply"
        return [point.number, point.kind.value, by, point.words, "", words, "", "", ""]
    pence = "" if said.pence is None else pounds(said.pence)
    return [
        point.number, point.kind.value, by, point.words, "yes" if said.changed else "no",
        said.words, pence, said.led_to or "", said.day,
    ]  # fmt: skip
