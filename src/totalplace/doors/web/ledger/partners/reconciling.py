"""A partner's own ledger given in, held against the pool's book, and its differences explained."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.report.pool import reconciliation_csv, reconciliation_workbook
from totalplace.doors.web.ledger.partners.forms import Explain, Ledger
from totalplace.doors.web.ledger.partners.looking import file_of
from totalplace.doors.web.ledger.partners.seeing import may_give, names, read_partner
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.ledger.actions import partners_ledgers as actions
from totalplace.ledger.actions.partners_ledgers import Given
from totalplace.ledger.queries.partners_ledgers import (
    ReconciliationRow,
    partner_ledgers,
    reconciliation,
)
from totalplace.ledger.reading.partner_file import MOST_BYTES, read_partner_file
from totalplace.ledger.rules.partner_ledger import LedgerFault, LedgerFile
from totalplace.ledger.rules.partner_views import View
from totalplace.refusal import Refused


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, book: str, agency: str) -> HttpResponseBase:
    """The ledgers that a partner gave in, and a form to give in another."""
    this = read_partner(request, book, agency)
    sent = request.FILES if request.method == "POST" else None
    year = this.years[0]
    start = {"first_day": year.first_day, "last_day": year.last_day, "view": View.PAID_IN.value,
             "tolerance": 5}  # fmt: skip
    form = Ledger(request.POST or None, sent, initial=start)
    faults: tuple[LedgerFault, ...] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file, digest = _read(said["file"], said["only"])
        faults = file.faults
        if not faults:
            given = Given(
                said["file"].name or "The ledger", digest, View(said["view"]), said["first_day"],
                said["last_day"], said["tolerance"],
            )  # fmt: skip
            by = officer_of(request)
            row = actions.give_ledger(book, agency, file, given, by=by, on=now())
            return redirect("pool-differences", book, agency, row.number)
    told = {
        "this": this,
        "agency": agency,
        "name": names()[agency],
        "form": form,
        "faults": faults,
        "ledgers": partner_ledgers(book, agency),
        "may_give": may_give(this, agency),
    }
    return show(request, "ledger/partners/reconcile.html", told)


@officers_only
@require_safe
def one(request: HttpRequest, book: str, agency: str, number: int) -> HttpResponseBase:
    """The differences between a partner's ledger and the pool's book, as both are today."""
    this = read_partner(request, book, agency)
    told = {"this": this, "row": _row(book, agency, number), "may_give": may_give(this, agency)}
    return show(request, "ledger/partners/differences.html", told)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, book: str, agency: str, number: int) -> HttpResponseBase:
    """Say what a difference is."""
    this = read_partner(request, book, agency)
    row = _row(book, agency, number)
    form = Explain(request.POST or None, initial={"key": request.GET.get("key", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by = officer_of(request)
        actions.explain(book, agency, number, said["key"], said["words"], by=by, on=now())
        messages.success(request, "It is explained. It stays among the differences.")
        return redirect("pool-differences", book, agency, number)
    key = form["key"].value()
    found = next((one for one in row.found.differences if one.key == key), None)
    told = {"this": this, "row": row, "form": form, "one": found}
    return show(request, "ledger/partners/explain.html", told)


@officers_only
@require_safe
def taken(request: HttpRequest, book: str, agency: str, number: int, form: str) -> HttpResponseBase:
    """The differences as XLSX or CSV."""
    read_partner(request, book, agency)
    row = _row(book, agency, number)
    return file_of(
        f"differences-{book}-{agency}-{number}",
        form,
        xlsx=lambda: reconciliation_workbook(row),
        csv=lambda: reconciliation_csv(row),
    )


def _row(book: str, agency: str, number: int) -> ReconciliationRow:
    try:
        return reconciliation(book, agency, number)
    except Refused as refused:
        raise Http404 from refused


def _read(file: UploadedFile[Any], only: str) -> tuple[LedgerFile, str]:
    with tempfile.TemporaryDirectory(prefix="totalplace-ledger-") as folder:
        path = Path(folder) / "ledger"
        path.write_bytes(file.read(MOST_BYTES + 1))
        return read_partner_file(path, name=file.name or "The ledger", only=only)
