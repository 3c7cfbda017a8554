"""Signing on a page: what is lacking, whose turn it is; the signed file and its receipt."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from totalplace.agreements.actions import signing as actions
from totalplace.agreements.queries.agreements import AgreementRow, signed_file
from totalplace.agreements.queries.agreements_lacking import lacks_to_sign, waiting
from totalplace.agreements.rules.lifecycle import SIGNING, Verb, after
from totalplace.agreements.signatures import trusted
from totalplace.agreements.signatures.signing import by_test_authority
from totalplace.agreements.signatures.verifying import LARGEST
from totalplace.doors.report.agreement import receipt_of
from totalplace.doors.web.agreements.agreement.forms import Copy, Sure
from totalplace.doors.web.agreements.agreement.looking import (
    asked,
    signing_for,
    the_agreement,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed, who
from totalplace.doors.web.sources.seeing import home
from totalplace.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Whose turn it is and what is lacking; whoever's turn it is signs here with a test key."""
    by, on = who(request), today()
    row = the_agreement(place, number, by, on)
    turn = waiting(row).turn
    form = Sure(typed(request))
    if request.method == "POST" and form.is_valid():
        officer = officer_of(request)
        if turn is None:
            after(row.kept, Verb.SIGN)
        return _signed(request, row, turn.party if turn else "", officer.full_name or officer.name)
    said = {
        "row": row, "turn": turn, "form": form, "copy": Copy(), "open": row.kept in SIGNING,
        "mine": signing_for(row, by, on), "signatures": row.signed(row.last.number),
        "lacks": [] if row.kept in SIGNING else lacks_to_sign(row, on=on),
        "terms": row.last.terms, "stage": row.stage(on),
    }  # fmt: skip
    return show(request, "agreements/agreement/sign.html", said)


@officers_only
@require_safe
def file_to_sign(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The file as the next party has to sign it with a program of its own."""
    row = the_agreement(place, number, who(request), today())
    if waiting(row).turn is None:
        raise Http404
    return _pdf(actions.file_to_sign(row), f"to-sign-{row.place}-{row.number}")


@officers_only
@require_POST
def elsewhere(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Take in the file that was signed with another program."""
    by, on = officer_of(request), now()
    row = the_agreement(place, number, by, today())
    turn, form = waiting(row).turn, Copy(request.POST, request.FILES)
    if turn is None or not form.is_valid():
        raise Refused("Nothing was signed", why="no file is given, or it is nobody's turn",
                      next_step="Choose the signed file")  # fmt: skip
    content = form.cleaned_data["file"].read(LARGEST + 1)
    actions.sign_elsewhere(
        row.citation.id, turn.party, content, roots=trusted.roots(home().root), by=by, on=on
    )
    messages.success(request, "The signed file is taken in.")
    return redirect("agreement-sign", place, number)


@require_safe
def signed(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The signed file of the version in force, or of another, as far as it is signed."""
    row = the_agreement(place, number, who(request), today())
    version = asked(request, row)
    try:
        content = signed_file(row, version.number)
    except Refused as refused:
        raise Http404 from refused
    return _pdf(content, f"agreement-{row.place}-{row.number}-version-{version.number}")


@require_safe
def receipt(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Who signed when, with the digests of text, file and certificate, as text."""
    row = the_agreement(place, number, who(request), today())
    version = asked(request, row)
    if not row.signed(version.number):
        raise Http404
    answer = HttpResponse(receipt_of(row, version), content_type="text/plain; charset=utf-8")
    name = f"receipt-{row.place}-{row.number}-version-{version.number}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _signed(request: HttpRequest, row: AgreementRow, agency: str, name: str) -> HttpResponseBase:
    by, on = officer_of(request), now()
    authority = trusted.own_test_authority(home().root, on=on)
    called = row.last.terms.names.get(agency, agency)
    credentials = by_test_authority(authority, name, called, on=on)
    signed_row = actions.sign(row.citation.id, agency, credentials=credentials, by=by, on=on)
    done = signed_row.kept not in SIGNING
    messages.success(
        request, "Every party has signed. It is in force." if done else "It is signed."
    )
    return redirect("agreement-sign", row.place, row.number)


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
