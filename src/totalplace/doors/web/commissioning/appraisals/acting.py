"""Making an appraisal from a form or a workbook, changing it, publishing it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.commissioning.actions import appraisals as actions
from totalplace.commissioning.reading.appraisal_file import read_workbook
from totalplace.commissioning.rules.appraisal.terms import Appraisal
from totalplace.doors.web.commissioning.appraisals.forms import Typed, Upload, Why
from totalplace.doors.web.commissioning.appraisals.looking import opened, the_place
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_MOST: Final = 5 * 2**20  # bytes


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str) -> HttpResponseBase:
    """Type the main numbers of an appraisal: one cost, one outcome, up to three who gain."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.APPRAISE, place=place, on=now())
    form = Typed(typed(request))
    if request.method == "POST" and form.is_valid() and form.made is not None:
        row = actions.make(place, form.made, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, "The appraisal is kept. Officers of the place read it.")
        return redirect("appraisal", place, row.number)
    return show(request, "commissioning/appraisals/new.html", {"form": form, "place": here})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, place: str) -> HttpResponseBase:
    """Make an appraisal from a workbook; with a fault in it, none is made."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.APPRAISE, place=place, on=now())
    form, terms, faults = _given(request)
    if terms is not None:
        row = actions.make(place, terms, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, "The appraisal of the workbook is kept.")
        return redirect("appraisal", place, row.number)
    said = {"form": form, "place": here, "faults": faults, "title": "Appraise from a workbook"}
    said["download"] = "/commissioning/appraisals/template.xlsx"
    return show(request, "commissioning/appraisals/upload.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Put an appraisal anew from a workbook, as its next version."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.APPRAISE, place=place, on=now())
    row, chosen, _ = opened(request, place, number, 0)
    form, terms, faults = _given(request)
    if terms is not None:
        reason = form.cleaned_data["reason"]
        actions.change(row.citation.id, terms, reason=reason, by=by, on=now())
        messages.success(request, "It is changed. The version before stays as it was.")
        return redirect("appraisal", place, number)
    at = f"/commissioning/appraisals/{row.citation.id}/version/{chosen.number}/appraisal.xlsx"
    said = {"form": form, "place": here, "faults": faults, "title": f"Change: {chosen.title}"}
    said["download"] = at
    return show(request, "commissioning/appraisals/upload.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Lay the last version open to everybody."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.APPRAISE, place=place, on=now())
    row, chosen, _ = opened(request, place, number, 0)
    form = Why(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.publish(row.citation.id, reason=reason, by=by, on=now())
        messages.success(request, "It is published. Anybody can read it.")
        return redirect("appraisal", place, number)
    said = {
        "form": form, "place": here, "title": f"Publish: {chosen.title}", "button": "Publish it",
        "lead": f"Version {chosen.number} can then be read by anybody, for good, with every "
        "number, its source, and who has none.",
    }  # fmt: skip
    return show(request, "commissioning/appraisals/act.html", said)


def _given(request: HttpRequest) -> tuple[Upload, Appraisal | None, tuple[SheetFault, ...]]:
    """What a workbook that was given says; nothing where none was, or it has a fault."""
    sent = request.FILES if request.method == "POST" else None
    form = Upload(typed(request), files=sent)
    if request.method != "POST" or not form.is_valid():
        return form, None, ()
    terms, faults = _read(form.cleaned_data["file"])
    return form, terms, faults


def _read(file: UploadedFile[Any]) -> tuple[Appraisal | None, tuple[SheetFault, ...]]:
    with tempfile.TemporaryDirectory(prefix="totalplace-appraisal-") as folder:
        path = Path(folder) / "appraisal.xlsx"
        path.write_bytes(file.read(_MOST + 1))
        return read_workbook(path, name=file.name or "The workbook")
