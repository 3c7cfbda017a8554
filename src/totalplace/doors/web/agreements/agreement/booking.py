"""The page on which the book of an agreement is opened: what its text puts into it, first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.actions import booking
from totalplace.agreements.rules.booked import booked
from totalplace.doors.web.agreements.agreement.looking import the_agreement, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.ledger.rules.clause_text import text_of


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_book(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Open the book of an agreement in force."""
    by, on = officer_of(request), today()
    row = the_agreement(place, number, by, on)
    if request.method == "POST":
        book = booking.open_book(row.citation.id, by=by, on=now())
        messages.success(request, "The book is open, with all that the agreement promises.")
        return redirect("book", book.code)
    terms = (row.in_force or row.last).terms
    told = booked(terms, citation=row.citation, on=on)
    clause = text_of(told.clause).splitlines() if told.clause else []
    said = {"row": row, "terms": terms, "told": told, "clause": clause}
    return show(request, "agreements/agreement/book.html", said)
