"""Opening and closing a round, and answering it alone, part by part."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.report.partnership import agency_names
from totalplace.doors.web.monitoring.partnership.forms import Close, Judge, Open
from totalplace.doors.web.monitoring.partnership.opening import (
    Progress,
    about_of,
    progress_of,
    the_place,
    the_round,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.monitoring.actions import partnership as actions
from totalplace.monitoring.queries.partnership import (
    RoundRow,
    can_be_asked,
    may_answer_for,
    own_answers,
)
from totalplace.monitoring.rules.partnership import Asked
from totalplace.monitoring.rules.rounds import NOT_KEPT
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, place: str) -> HttpResponseBase:
    """Ask about the partnership in a quarter."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.ASK_PARTNERSHIP, place=place, on=now())
    form = Open(typed(request), can_be_asked(place, on=today()), agency_names())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.open_round(
            place, said["quarter"], closes_on=said["closes_on"], bodies=said["bodies"], by=by,
            on=now(),
        )  # fmt: skip
        messages.success(request, "The round is open. Tell people of it, with this address.")
        return redirect("partnership-round", place, row.number)
    said = {"form": form, "place": here, "title": "Ask about the partnership"}
    said |= {
        "button": "Open the round", "back": f"/monitoring/{place}/partnership/",
        "lead": "Each person answers alone. Nobody sees another’s answers, and what fewer than "
        "five people say is not shown.",
    }  # fmt: skip
    return show(request, "monitoring/partnership/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Close a round before its day."""
    here, row, by = the_place(place), the_round(place, number), officer_of(request)
    places.power(by, Act.ASK_PARTNERSHIP, place=place, on=now())
    form = Close(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.close_round(row.citation.id, reason=reason, by=by, on=now())
        messages.success(request, "The round is closed.")
        return redirect("partnership-round", place, number)
    said = {
        "form": form, "place": here, "title": "Close the round", "button": "Close it",
        "back": f"/monitoring/{place}/partnership/{number}/",
        "lead": "What was answered stands. Nobody can answer after that, and the results are "
        "shown at once.",
    }  # fmt: skip
    return show(request, "monitoring/partnership/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD"])
def begin(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """What a person is asked about, and how far they are."""
    here, row, by = the_place(place), the_round(place, number), officer_of(request)
    own, names = own_answers(row, by), agency_names()
    bodies = [one for one in may_answer_for(row, by, on=today())
              if own is None or one.agency == own.agency]  # fmt: skip
    _check_open(row, bodies)
    said = {
        "place": here,
        "row": row,
        "names": names,
        "own": own,
        "bodies": [
            (one, progress_of(row, one.side, own, names, agency=one.agency)) for one in bodies
        ],
    }
    return show(request, "monitoring/partnership/begin.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def judge(
    request: HttpRequest, place: str, number: int, *, agency: str, about: str, principle: str
) -> HttpResponseBase:
    """The six statements of a principle; what is chosen is saved, and can be changed."""
    here, row, by = the_place(place), the_round(place, number), officer_of(request)
    body = next((one for one in row.asked if one.agency == agency), None)
    asked = row.questions.principle(principle)
    if body is None or asked is None:
        raise Http404
    places.power(by, Act.JUDGE_PARTNERSHIP, agency=agency, place=place, on=now())
    at = _progress(row, body, by, about)
    own = own_answers(row, by)
    steps = own.steps.get(about_of(about), {}) if own and own.agency == agency else {}
    form = Judge(typed(request), row.questions, asked, steps)
    if request.method == "POST" and form.is_valid():
        said = actions.Said(agency, about_of(about), form.steps())
        actions.answer(row.citation.id, said, by=by, on=now())
        return _onward(request, row, said, at=about, principle=principle)
    context = {
        "form": form, "place": here, "row": row, "principle": asked, "at": at, "body": body,
        "number": _place_of(row, principle) + 1, "many": len(row.questions.principles),
    }  # fmt: skip
    return show(request, "monitoring/partnership/judge.html", context)


def _progress(row: RoundRow, body: Asked, by: Officer, about: str) -> Progress:
    """The relation of an address. Raises Http404 where that body is not asked about it."""
    listed = progress_of(
        row, body.side, own_answers(row, by), agency_names(), agency=body.agency
    )  # fmt: skip
    found = next((one for one in listed if one.about == about), None)
    if found is None:
        raise Http404
    return found


def _onward(
    request: HttpRequest, row: RoundRow, said: actions.Said, *, at: str, principle: str
) -> HttpResponseBase:
    """To the next principle; after the last back to what else is asked."""
    following = _place_of(row, principle) + 1
    if following < len(row.questions.principles):
        code = row.questions.principles[following].code
        return redirect("partnership-judge", row.place, row.number, said.agency, at, code)
    messages.success(request, "Your answers are saved. You can change them until the round closes.")
    return redirect("partnership-answer", row.place, row.number)


def _place_of(row: RoundRow, principle: str) -> int:
    return [one.code for one in row.questions.principles].index(principle)


def _check_open(row: RoundRow, bodies: list[Asked]) -> None:
    if not row.is_open(today()):
        raise Refused(
            NOT_KEPT, why="the round is not open", next_step="Wait for the next one"
        )  # fmt: skip
    if not bodies:
        raise Refused(
            NOT_KEPT,
            why="you do not answer for any body that was asked",
            next_step="Ask an administrator of your body for a mandate",
        )
