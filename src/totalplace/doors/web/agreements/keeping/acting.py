"""Forms about a promise or a dispute: each calls one action, and leads back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.actions import disputes as actions
from totalplace.agreements.actions import keeping
from totalplace.agreements.queries.promises import PromiseRow, other_side, remedies_of
from totalplace.agreements.rules import keeping_words as telling
from totalplace.agreements.rules.ladder import Verb
from totalplace.doors.web.agreements.keeping.forms import Move, Notice, Remedy, Say
from totalplace.doors.web.agreements.keeping.looking import (
    shown,
    speaks_for,
    the_dispute,
    the_promise,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.ledger import queries as books
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, place: str, number: int, promise: int) -> HttpResponseBase:
    """Say what was done about a promise, with what shows it."""
    row, by = the_promise(place, number, promise, today()), officer_of(request)
    owed = row.standing.promise
    mine = speaks_for(by, Act.SAY_KEPT, (owed.by, owed.to), today())
    if not mine:
        places.power(by, Act.SAY_KEPT, agency=owed.by, on=now())
    form = Say(typed(request), named(mine))
    if request.method == "POST" and form.is_valid():
        keeping.say_kept(
            row.standing.agreement, promise, agency=form.speaks_for(),
            words=form.cleaned_data["words"], evidence=form.cleaned_data["evidence"], by=by,
            on=now(),
        )  # fmt: skip
        messages.success(request, "It stands beside the promise.")
        return redirect("promise", place, number, promise)
    note = (
        "It is shown beside the promise. Whether it was kept is read from the book and the record."
    )
    return _form(request, row, form, "Say what was done", note)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, place: str, number: int, promise: int) -> HttpResponseBase:
    """Give notice of a breach to whoever owes the promise."""
    row, by = the_promise(place, number, promise, today()), officer_of(request)
    mine = speaks_for(by, Act.DISPUTE_AGREEMENT, other_side(row), today())
    if not mine:
        places.power(by, Act.DISPUTE_AGREEMENT, agency=row.standing.promise.to, on=now())
    form = Notice(typed(request), named(mine))
    if request.method == "POST" and form.is_valid():
        new = actions.Notice(form.speaks_for(), form.cleaned_data["words"], promise)
        made = actions.give_notice(row.standing.agreement, new, by=by, on=now())
        messages.success(request, f"Notice is given to {made.against_name}.")
        return redirect("dispute", place, number, made.number)
    note = f"{shown(row).stands[:1].upper()}{shown(row).stands[1:]}."
    return _form(request, row, form, "Give notice of the breach", note)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remedy(request: HttpRequest, place: str, number: int, promise: int) -> HttpResponseBase:
    """Post what a breach costs by the agreement's own clause."""
    row, by = the_promise(place, number, promise, today()), officer_of(request)
    listed = [
        (book.code, book.title)
        for book in books.books(place)
        if places.may(by, Act.POST, agency=book.host, place=place, on=today())
    ]
    if not listed:
        places.power(by, Act.POST, place=place, on=now())
    form = Remedy(typed(request), listed)
    form.fields["day"].initial = today()
    if request.method == "POST" and form.is_valid():
        made = keeping.post_remedy(
            row.standing.agreement, promise, book=form.cleaned_data["book"],
            day=form.cleaned_data["day"], by=by, on=now(),
        )  # fmt: skip
        messages.success(request, f"It is posted: posting {made}.")
        return redirect("promise", place, number, promise)
    note = "; ".join(worked.formula for worked in remedies_of(row, on=today()))
    return _form(request, row, form, "Post the remedy", note)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(
    request: HttpRequest, place: str, number: int, dispute: int, verb: str
) -> HttpResponseBase:
    """Answer a dispute, take it up, settle it, and so on."""
    row, by = the_dispute(place, number, dispute), officer_of(request)
    known = {one.replace(" ", "-"): one for one in Verb}
    if verb not in known:
        raise Http404
    does = known[verb]
    mine = speaks_for(by, Act.DISPUTE_AGREEMENT, (row.giver, row.against), today())
    if not mine:
        places.power(by, Act.DISPUTE_AGREEMENT, agency=row.against, on=now())
    form = Move(typed(request), named(mine))
    if does is not Verb.ADJUDICATE:
        del form.fields["evidence"]
    if request.method == "POST" and form.is_valid():
        said = actions.Said(
            form.speaks_for(), form.cleaned_data["words"], form.cleaned_data.get("evidence", "")
        )
        actions.move_dispute(row.agreement, dispute, does, said, by=by, on=now())
        messages.success(request, f"{telling.DISPUTE_DONE[does]}. It is on the record.")
        return redirect("dispute", place, number, dispute)
    back = f"/agreements/promises/{row.agreement}/disputes/{row.number}/"
    title = telling.DISPUTE_WORDS[does]
    found = {"form": form, "title": title, "button": title, "caption": row.title, "back": back}
    return show(request, "agreements/keeping/act.html", found)


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Agencies by their codes, with their names."""
    return [(code, places.agency(code).name) for code in codes]


def _form(
    request: HttpRequest, row: PromiseRow, form: Say | Notice | Remedy, title: str, note: str
) -> HttpResponseBase:
    said = {
        "form": form,
        "title": title,
        "button": title,
        "note": note,
        "caption": f"Promise {row.standing.promise.number}: {shown(row).what}",
        "back": shown(row).href,
    }
    return show(request, "agreements/keeping/act.html", said)
