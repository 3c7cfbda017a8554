"""Disputing an edition for an agency, settling, and signing off: where it stands is shown."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow, edition_named
from totalplace.count.queries.opened import opened
from totalplace.count.rules.standing import verbs
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.seeing import agencies_for, home
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

ACTS: Final = {"dispute": Act.DISPUTE, "settle": Act.SETTLE, "sign off": Act.SIGN_OFF}
DONE: Final = {"dispute": "disputed", "settle": "settled", "sign off": "signed off"}

_HINTS: Final = {
    "dispute": "What is wrong and what is right, in a sentence or two. It stands on the record.",
    "settle": "How each dispute was settled, and with whom. It stands on the record.",
    "sign off": "Who agreed to it, and when. It stands on the record.",
}


class DecidingForm(forms.Form):
    """For which agency, of which figures, and why."""

    agency = forms.ChoiceField(label="For which agency?")
    line = forms.CharField(
        label="Which figure?", required=False, max_length=200,
        help_text="A purpose or a line, if it is not the whole of them.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason", max_length=2_000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter the reason"},
    )  # fmt: skip

    def __init__(self, *args: Any, verb: str, agencies: list[AgencyRow], **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["reason"].help_text = _HINTS.get(verb, "")
        if verb == "dispute":
            self.fields["agency"].choices = [(a.code, a.name) for a in agencies]  # type: ignore[attr-defined]
        else:
            del self.fields["agency"], self.fields["line"]


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def deciding(request: HttpRequest, place: str, year: str, number: int) -> HttpResponse:
    """Where an edition stands, what was decided about it, and what can be."""
    row = _edition(request, f"{place}/{year}/{number}")
    can = can_decide(row, officer_of(request))
    verb = (request.POST or request.GET).get("verb", "") or (can[0] if can else "")
    if verb and verb not in ACTS:
        raise Http404
    mine = disputing(row, officer_of(request)) if verb == "dispute" else []
    named = {"agency": request.GET.get("agency", ""), "line": request.GET.get("line", "")}
    form = DecidingForm(request.POST or None, verb=verb, agencies=mine, initial=named)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reason = ": ".join(filter(None, (said.get("line", ""), said["reason"])))
        decide(
            row.id, verb, reason=reason, agency=said.get("agency", ""),
            by=officer_of(request), on=now(),
        )  # fmt: skip
        messages.success(request, f"Edition {row.number} of {row.year} was {DONE[verb]}.")
        return redirect(request.path)
    shown = {
        "row": row, "form": form, "verb": verb, "can": can, "mine": mine,
        "figures": _figures(row, mine) if verb == "dispute" else [],
        "place": places.place(place), "base": f"/count/{row.citation}/",
    }  # fmt: skip
    return show(request, "count_acts/decide.html", shown)


def can_decide(row: EditionRow, officer: Officer) -> list[str]:
    """What an officer can do about an edition: its standing allows it, and their mandate."""
    found = []
    for verb in verbs(row.standing):
        if verb == "dispute":
            if disputing(row, officer):
                found.append(verb)
        elif verb in ACTS and places.may(officer, ACTS[verb], place=row.place, on=now()):
            found.append(verb)
    return found


def disputing(row: EditionRow, officer: Officer) -> list[AgencyRow]:
    """The agencies of a place for which an officer may dispute an edition."""
    members = {m.agency.code for m in places.members(row.place)}
    return [a for a in agencies_for(officer, Act.DISPUTE, on=now()) if a.code in members]


def _edition(request: HttpRequest, citation: str) -> EditionRow:
    try:
        row = edition_named(citation)
    except Refused as error:
        raise Http404 from error
    if not places.may(officer_of(request), Act.READ_UNPUBLISHED, place=row.place, on=now()):
        raise Http404
    return row


def _figures(row: EditionRow, mine: list[AgencyRow]) -> list[dict[str, Any]]:
    """What the edition says of the officer's agencies, so that they see what they dispute."""
    codes = {a.code for a in mine} | {a.gss for a in mine if a.gss}
    try:
        whole = opened(home(), row).whole
    except Refused:
        return []
    return [
        {"agency": x.agency_name, "service": x.service, "what": rule, "pence": x.pence,
         "status": x.status.value}
        for rule, lines in (("net, from returns", whole.net_lines),
                            ("gross, from payments", whole.gross_lines))
        for x in lines
        if x.agency in codes
    ]  # fmt: skip
