"""Forms of a response: each calls one action, and leads back."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.queries.promises import PromiseRow, promises
from totalplace.agreements.rules.keeping import Group
from totalplace.agreements.rules.keeping_words import what
from totalplace.decisions.rules.days import in_words
from totalplace.doors.web.monitoring.answering.forms import Move
from totalplace.doors.web.monitoring.answering.looking import slug, the_place, the_response, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.doors.web.sources.seeing import home
from totalplace.monitoring.actions import answering as actions
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.findings import finding
from totalplace.monitoring.rules.answering import DONE, MOVES, WORDS, Verb
from totalplace.refusal import Refused

_MOST = 30  # promises to choose from


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Open a response to a finding that opened none by itself."""
    here, by = the_place(place), officer_of(request)
    try:
        row = finding(f"{place}/{number}")
    except Refused:
        raise Http404 from None
    if request.method == "POST":
        made = actions.open_for(place, number, by=by, on=now())
        messages.success(request, "Both sides are asked to answer. Their days run from today.")
        return redirect("answer", place, made.number)
    said = {
        "title": "Ask both sides to answer it",
        "button": "Ask both sides to answer",
        "caption": row.headline,
        "note": f"The place and the department are shown with what each owes by when, to all, in "
        f"{here.name} and elsewhere.",
        "back": f"/monitoring/{place}/findings/{number}/",
        "crumbs": [(here.name, f"/monitoring/{place}/")],
    }
    return show(request, "monitoring/answering/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """Do one thing in a response, for the side that the officer stands for."""
    row, by, on = the_response(place, number), officer_of(request), today()
    known = {slug(str(one)): one for one in Verb}
    if verb not in known or (row.course.stage, known[verb]) not in MOVES:
        raise Http404
    does = known[verb]
    sides = queries.sides_of(row, by, on=on)
    if not sides:
        for side in queries.ACTS:
            actions.power_of(row, side, does, by=by, on=now())
    listed = _promises(place, on) if does is Verb.PROPOSE else []
    form = Move(typed(request), does, promises=listed, unit=row.about.unit)
    if request.method == "POST" and form.is_valid():
        said = form.said(sides[0])
        actions.move(place, number, does, said, home=home(), by=by, on=now())
        messages.success(request, f"{DONE[does]}. It is on the record.")
        return redirect("answer", place, number)
    found = {
        "form": form,
        "title": WORDS[does],
        "button": WORDS[does],
        "caption": row.about.headline or row.about.title,
        "note": _NOTES.get(does, ""),
        "back": f"/monitoring/{place}/answers/{number}/",
        "crumbs": [
            (row.place_name, f"/monitoring/{place}/"),
            ("Answers", f"/monitoring/{place}/answers/"),
        ],
    }
    return show(request, "monitoring/answering/act.html", found)


_BY_SERIES = (
    "It closes when both sides say so and the figures bear it out: what they show today is looked "
    "up now, and stands beside what you say."
)
_NOTES = {
    Verb.REVIEW: "What the figures show today is looked up now, and stands beside what you say.",
    Verb.ASK_TO_CLOSE: _BY_SERIES,
    Verb.CLOSE: _BY_SERIES,
    Verb.PROPOSE: "The other side agrees to it, declines it, or proposes something else.",
    Verb.ESCALATE: "It stands where it stands, and goes to those who come next on the ladder.",
}


def _promises(place: str, on: date) -> list[tuple[str, str]]:
    """The promises of a place that are still to be kept, as they are cited, with their words."""
    rows = [
        row
        for row in promises(place, on=on)
        if row.standing.status.group in (Group.LATE, Group.DUE)
    ]
    return [(row.citation, _said(row)) for row in rows[:_MOST]]


def _said(row: PromiseRow) -> str:
    promised = row.standing.promise
    due = in_words(row.standing.due)
    return f"{row.by_name} to {row.to_name}: {what(promised)}, due {due}"
