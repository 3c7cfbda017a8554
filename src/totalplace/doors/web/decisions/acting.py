"""Forms that act on a decision: each calls one action, and leads back to the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.decisions import queries
from totalplace.decisions.queries import DecisionRow
from totalplace.decisions.rules.acting import ACTS
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.moves import Stage
from totalplace.doors.web.decisions.forms import (
    FORMS,
    SAYINGS,
    VERBS,
    Acting,
    Propose,
    slug,
    title_of,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

_SAID_UNTIL = (Stage.PROPOSED, Stage.UNDER_NOTICE, Stage.URGENT)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done to a decision: its words and the address of its form."""

    words: str
    href: str
    main: bool


def choices(row: DecisionRow, *, on: date, by: Officer | None) -> list[Choice]:
    """What an officer can do to a decision, from the rules that guard the actions."""
    if by is None:
        return []
    base = f"/decisions/{row.citation.id}/"
    found = [
        Choice(title_of(slug(verb)), f"{base}{slug(verb)}/", main=not n)
        for n, verb in enumerate(queries.open_verbs(row, on=on, by=by))
    ]
    for name, (_, act, words) in SAYINGS.items():
        fits = row.stage in _SAID_UNTIL or name.endswith("paper")
        if name == "mark-paper":
            fits = bool(row.papers)
        if fits and places.may(by, act, agency=row.body.agency, on=on):
            found.append(Choice(words, f"{base}{name}/", main=False))
    return found


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, body: str, number: int, verb: str) -> HttpResponseBase:
    """A form for one verb, and doing it."""
    row = queries.decision(f"{body}/{number}")
    # Whoever may not do it sees no form of it, which may name papers that they may not read.
    places.power(officer_of(request), _act_of(verb), agency=row.body.agency, on=now())
    form = _form(request, row, verb)
    if request.method == "POST" and form.is_valid():
        form.act(by=officer_of(request), on=now())
        messages.success(request, form.done)
        return redirect("decision", body, number)
    said = {"form": form, "row": row, "title": title_of(verb), "verb": verb}
    return show(request, "decisions/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponseBase:
    """A form for a proposal to a body, and proposing it."""
    body = queries.body(code)
    places.power(officer_of(request), Act.PROPOSE, agency=body.agency, on=now())
    form = Propose(_typed(request), body, on=now())
    if request.method == "POST" and form.is_valid():
        row = form.act(by=officer_of(request), on=now())
        key = "It is a key decision: give notice of it." if row.key else "It is no key decision."
        messages.success(request, f"It is proposed. {key}")
        return redirect("decision", row.body.code, row.number)
    title = f"Propose a decision to {body.name}"
    return show(request, "decisions/propose.html", {"form": form, "body": body, "title": title})


def _form(request: HttpRequest, row: DecisionRow, verb: str) -> Acting:
    typed = _typed(request)
    if verb in VERBS:
        known = VERBS[verb]
        # A form is drawn only for what can be done: the rule is asked before a word is typed.
        if known not in queries.open_verbs(row, on=local_day(now())) and typed is None:
            raise Http404
        return FORMS[known](typed, row, known)
    return SAYINGS[verb][0](typed, row)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was typed, also where the form is drawn again above which a refusal stands."""
    return request.POST if request.method == "POST" or request.POST else None


def _act_of(verb: str) -> Act:
    if verb in VERBS:
        return ACTS[VERBS[verb]]
    if verb in SAYINGS:
        return SAYINGS[verb][1]
    raise Http404
