"""A resident answers on one page: types, looks it over, sends it, and keeps a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.participation.public.mailing import can_mail, mail_link
from totalplace.doors.web.participation.public.sending import (
    counts_opening,
    form_of,
    keys,
    new_form,
    too_many,
)
from totalplace.doors.web.showing import now, show
from totalplace.participation.actions import answering
from totalplace.participation.actions.answering import NotUnderstood, Sent
from totalplace.participation.definitions.public import limits
from totalplace.participation.queries import public
from totalplace.participation.queries.public import HearingHead
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.answers import Answers, Group, Wrong, as_fields
from totalplace.participation.rules.public.channels import Step
from totalplace.participation.rules.public.questions import Question

HIDDEN_BOX: Final = "website"  # a name that programs like to fill in
_OURS: Final = ("csrfmiddlewaretoken", "do", "form", "receipt", "kept", HIDDEN_BOX, "code", "email")
Fields = Mapping[str, Sequence[str]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The form; and, by the button that was pressed, looking over, changing, keeping, sending."""
    found = public.head(number, on=now())
    public.check_takes_answers(found)
    if request.method != "POST":
        form = new_form()
        if request.method == "GET" and counts_opening(request):
            opened = form_of(form)[0]
            answering.passed(number, Step.OPENED, opened, keys=keys(), on=now())
        return _form(request, found, {}, {"form": form})
    said = {name: request.POST.getlist(name) for name in request.POST if name not in _OURS}
    carried = {name: request.POST.get(name, "") for name in _OURS[2:]}
    does = {"look": _look, "send": _send, "keep": _keep}.get(request.POST.get("do", ""))
    if does is None:
        return _form(request, found, said, carried)
    try:
        return does(request, found, said, carried)
    except NotUnderstood as wrong:
        return _form(request, found, said, carried, wrong.wrong)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_back(request: HttpRequest, number: int) -> HttpResponse:
    """Read an answer back with its receipt, which is typed and never part of an address."""
    found = public.head(number, on=now())
    if found.stage is Stage.DRAFT:  # its title is its officers' still
        raise Http404
    typed = request.POST.get("receipt", "")
    if request.method == "POST" and typed:
        row = public.response_of(found, typed, keys())
        asked = public.questions(found.id)
        shown = {
            "found": found, "rows": told(asked, row.answers, row.group), "turn": row.turn,
            "carried": {"receipt": typed}, "fields": as_fields(row.answers, row.group),
        }  # fmt: skip
        return show(request, "participation/public/read_back.html", shown)
    return show(request, "participation/public/receipt.html", {"found": found, "typed": typed})


@never_cache
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, number: int, link: str) -> HttpResponse:
    """Go on with an answer that was kept for later."""
    found = public.head(number, on=now())
    public.check_takes_answers(found)
    said = public.kept_fields(found, link, keys())
    return _form(request, found, said, {"form": new_form(), "kept": link})


@never_cache
@require_http_methods(["POST"])
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """Send the link to a kept answer to an address, which is then forgotten."""
    found = public.head(number, on=now())
    link = request.POST.get("kept", "")
    public.kept_fields(found, link, keys())
    if too_many(request, mail=True):
        return _too_many(request, found)
    mail_link(found, link, to=request.POST.get("email", ""))
    return _kept(request, found, link, mailed=True)


def _form(
    request: HttpRequest, found: HearingHead, said: Fields, carried: Mapping[str, str],
    wrong: Sequence[Wrong] = (),
) -> HttpResponse:  # fmt: skip
    asked = public.questions(found.id)
    faults = {one.question: one.words for one in wrong}
    errors = [{"text": one.words, "href": f"#{_anchor(one, asked)}"} for one in wrong]
    shown = {
        "found": found, "items": [_item(q, said, faults) for q in asked], "errors": errors,
        "group": {name: (said.get(name) or [""])[0] for name in
                  ("group_name", "group_size", "group_how")},
        "group_fault": faults.get(0, ""), "carried": carried, "box": HIDDEN_BOX,
        "has_codes": public.has_codes(found.id) and not carried.get("receipt"),
        "longest": limits().longest_answer,
    }  # fmt: skip
    return show(request, "participation/public/answer.html", shown)


def _anchor(wrong: Wrong, asked: Sequence[Question]) -> str:
    """The first field of a question, which an error leads to."""
    return asked[wrong.question - 1].field if wrong.question else "group_name"


def _item(question: Question, said: Fields, faults: Mapping[int, str]) -> dict[str, Any]:
    """A question as its component wants it."""
    given = list(said.get(question.field, ()))
    chosen = [
        {"value": c, "text": c, "checked": c in given, "selected": c in given}
        for c in question.choices
    ]
    if chosen:
        chosen[0]["id"] = question.field
    return {
        "question": question, "choices": chosen,
        "value": (given or [""])[0],
        "label": question.words if question.required or question.about
        else f"{question.words} (optional)",
        "error": {"text": faults[question.number]} if question.number in faults else None,
    }  # fmt: skip


def told(asked: Sequence[Question], answers: Answers, group: Group) -> list[tuple[str, list[str]]]:
    """What was answered, question by question, to be read over."""
    rows = [(q.words, list(answers[q.number])) for q in asked if q.number in answers]
    if group.is_one:
        size = f", which speaks for {group.speaks_for:,} people" if group.speaks_for else ""
        rows.append(("For a group", [f"{group.name}{size}", group.how_asked]))
    return rows


def _look(
    request: HttpRequest, found: HearingHead, said: Fields, carried: Mapping[str, str]
) -> HttpResponse:
    asked = public.questions(found.id)
    read = answering.understood(asked, said)
    if carried["form"]:
        form = form_of(carried["form"])[0]
        answering.passed(found.number, Step.LOOKED_OVER, form, keys=keys(), on=now())
    shown = {
        "found": found, "rows": told(asked, read.answers, read.group), "carried": carried,
        "fields": as_fields(read.answers, read.group),
    }  # fmt: skip
    return show(request, "participation/public/look.html", shown)


def _send(
    request: HttpRequest, found: HearingHead, said: Fields, carried: Mapping[str, str]
) -> HttpResponse:
    if too_many(request):
        return _too_many(request, found)
    if carried["receipt"]:
        answering.change(found.number, carried["receipt"], said, keys=keys(), on=now())
        shown = {"found": found, "receipt": carried["receipt"], "changed": True}
        return show(request, "participation/public/sent.html", shown)
    form, seconds = form_of(carried["form"])
    sent = Sent(form, seconds, carried[HIDDEN_BOX], carried["code"])
    receipt = answering.respond(found.number, said, sent, keys=keys(), on=now())
    if carried["kept"]:
        answering.forget_kept(found.number, carried["kept"], keys=keys(), on=now())
    shown = {
        "found": found, "receipt": receipt.code, "changed": False, "verified": receipt.verified,
    }  # fmt: skip
    return show(request, "participation/public/sent.html", shown)


def _keep(
    request: HttpRequest, found: HearingHead, said: Fields, carried: Mapping[str, str]
) -> HttpResponse:
    if too_many(request):
        return _too_many(request, found)
    link = answering.keep_for_later(found.number, said, keys=keys(), on=now())
    if carried["kept"]:
        answering.forget_kept(found.number, carried["kept"], keys=keys(), on=now())
    return _kept(request, found, link, mailed=False)


def _kept(request: HttpRequest, found: HearingHead, link: str, *, mailed: bool) -> HttpResponse:
    shown = {
        "found": found, "link": link, "mailed": mailed, "can_mail": can_mail(),
        "address": request.build_absolute_uri(f"/participation/{found.number}/answer/{link}/"),
    }  # fmt: skip
    return show(request, "participation/public/kept.html", shown)


def _too_many(request: HttpRequest, found: HearingHead) -> HttpResponse:
    """Nothing is taken; what was typed is still in the browser, one step back."""
    page = "participation/public/too_many.html"
    return show(request, page, {"found": found}, status=HTTPStatus.TOO_MANY_REQUESTS)
