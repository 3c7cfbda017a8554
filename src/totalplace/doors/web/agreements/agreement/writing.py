"""Beginning an agreement, and changing its text: typed on the page, or in a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.actions import agreements as actions
from totalplace.agreements.actions import varying
from totalplace.agreements.queries.agreements import AgreementRow
from totalplace.agreements.queries.agreements_lacking import lacks_to_lay_open
from totalplace.agreements.rules.lifecycle import Stage, Verb, after
from totalplace.doors.web.agreements.agreement.forms import Begin, Change
from totalplace.doors.web.agreements.agreement.looking import acting_for, the_agreement, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.participation import queries as participation
from totalplace.participation.queries import AnswerRow
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Begin an agreement: from what was negotiated here, or by its parties and years."""
    by, on = officer_of(request), today()
    mine = [
        one for one in places.places()
        if places.may(by, Act.KEEP_AGREEMENT, place=one.code, on=on)
    ]  # fmt: skip
    negotiation = request.POST.get("negotiation", "")
    if request.method == "POST" and negotiation.isascii() and negotiation.isdecimal():
        row = actions.draft_from_offer(int(negotiation), by=by, on=now())
        messages.success(request, "The first draft is written from what was agreed.")
        return redirect("agreement", row.place, row.number)
    form = Begin(typed(request), places=mine, agencies=places.agencies())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wanted = actions.Wanted(
            said["title"], said["model"], said["host"], said["departments"],
            (said["first_year"], said["last_year"]), said["partners"],
        )  # fmt: skip
        row = actions.draft(said["place"], wanted, by=by, on=now())
        messages.success(request, "The first draft is written.")
        return redirect("agreement", row.place, row.number)
    said = {"form": form, "negotiation": request.GET.get("negotiation", "")}
    return show(request, "agreements/agreement/begin.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Change the text: of a draft, of what lies open as an answer says, or propose a variation."""
    by, on = officer_of(request), today()
    row = the_agreement(place, number, by, on)
    verb = _verb(row)
    after(row.kept, verb)
    parties = acting_for(row, by, on) if verb is Verb.PROPOSE_VARIATION else []
    if verb is not Verb.PROPOSE_VARIATION:
        places.power(by, Act.KEEP_AGREEMENT, place=place, on=on)
    sent = request.FILES if request.method == "POST" else None
    form = Change(
        typed(request), text=(row.in_force or row.last).text, files=sent,
        answers=_answers(row) if verb is Verb.REVISE else (), parties=parties,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        _keep(row, verb, form, parties, by)
        messages.success(request, "The text is kept.")
        return redirect("agreement", place, number)
    said = {
        "form": form, "row": row, "verb": verb,
        "lacks": lacks_to_lay_open(row) if row.kept is Stage.DRAFT else [],
    }  # fmt: skip
    return show(request, "agreements/agreement/change.html", said)


def _verb(row: AgreementRow) -> Verb:
    if row.kept is Stage.DRAFT:
        return Verb.WRITE
    return Verb.REVISE if row.kept is Stage.LAID_OPEN else Verb.PROPOSE_VARIATION


def _answers(row: AgreementRow) -> list[AnswerRow]:
    """The answers in its hearing that say that something changed."""
    hearing = participation.counting(row.last.about)
    return [one for one in hearing.answers if one.changed] if hearing else []


def _keep(
    row: AgreementRow, verb: Verb, form: Change, parties: list[tuple[str, str]], by: Officer
) -> None:
    said, cited = form.cleaned_data, row.citation.id
    text, reason = said["text"], said["reason"]
    if verb is Verb.WRITE:
        actions.write_text(cited, text, reason=reason, by=by, on=now())
    elif verb is Verb.REVISE:
        because = int(said["because"]) if said.get("because") else None
        actions.revise(cited, text, reason=reason, because=because, by=by, on=now())
    elif not parties:
        raise Refused("You cannot propose a variation", why="you act for none of its parties",
                      next_step="Have an officer of a party propose it")  # fmt: skip
    else:
        agency = said.get("agency") or parties[0][0]
        varying.propose(cited, text, agency=agency, reason=reason, by=by, on=now())
