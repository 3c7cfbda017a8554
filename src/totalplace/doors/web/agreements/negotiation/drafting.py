"""The draft of a side, part by part and line by line. No other side has an address of it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.agreements.actions.drafts import begun, keep_draft
from totalplace.agreements.queries.negotiations import NegotiationRow
from totalplace.agreements.queries.weighing import entitled
from totalplace.agreements.reading.line_file import read_workbook
from totalplace.agreements.rules import differences as telling
from totalplace.agreements.rules import editing
from totalplace.agreements.rules.editing import Part
from totalplace.agreements.rules.lines import Line, totals
from totalplace.agreements.rules.offers import Working, warnings
from totalplace.doors.report.funding_lines import workbook_of
from totalplace.doors.web.agreements.negotiation import forms
from totalplace.doors.web.agreements.negotiation.acting import mine
from totalplace.doors.web.agreements.negotiation.looking import names, today
from totalplace.doors.web.showing import now, officers_only, show, typed
from totalplace.entitlements import queries as entitlements
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.places import queries as places
from totalplace.refusal import Refused

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST: Final = 5 * 2**20  # bytes of a workbook


@officers_only
@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponseBase:
    """What the officer's own side works on."""
    row, side, by = mine(request, number)
    working = begun(number, side, by=by, on=now())
    said = {
        "row": row,
        "side": side,
        "working": working,
        "totals": totals(working.terms.lines),
        "warnings": warnings(working.terms, row.model),
        "telling": telling,
        "parts_of": _parts(working),
    }
    return show(request, "agreements/negotiation/draft.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int, part: str, key: str = "") -> HttpResponseBase:
    """Put a row into a part of the draft, or say one anew."""
    row, side, by = mine(request, number)
    which = _part(part)
    working = begun(number, side, by=by, on=now())
    before = _found(working, which, key) if key else None
    form = _form(request, row, which, before)
    if request.method == "POST" and form.is_valid():
        made = _made(form, row)
        keep_draft(number, side, editing.put(working, made, over=key), by=by, on=now())
        messages.success(request, "It stands in your draft. The other side does not see it.")
        return redirect("negotiation-draft", number)
    said = {"row": row, "form": form, "part": which, "key": key}
    page = "line" if which is Part.LINES else "part"
    return show(request, f"agreements/negotiation/draft_{page}.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, number: int, part: str, key: str) -> HttpResponseBase:
    """Take a row out of the draft."""
    row, side, by = mine(request, number)
    which = _part(part)
    working = begun(number, side, by=by, on=now())
    found = _found(working, which, key)
    if request.method == "POST":
        keep_draft(number, side, editing.take_out(working, which, key), by=by, on=now())
        messages.success(request, "It is taken out of your draft.")
        return redirect("negotiation-draft", number)
    said = {"row": row, "part": which, "words": _words(which, found)}
    return show(request, "agreements/negotiation/draft_remove.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, number: int) -> HttpResponseBase:
    """Note something for one's own side."""
    row, side, by = mine(request, number)
    working = begun(number, side, by=by, on=now())
    form = forms.Notes(typed(request), initial={"notes": working.notes})
    if request.method == "POST" and form.is_valid():
        said = replace(working, notes=form.cleaned_data["notes"])
        keep_draft(number, side, said, by=by, on=now())
        messages.success(request, "It is noted. The other side does not see it.")
        return redirect("negotiation-draft", number)
    said_of = {"row": row, "form": form, "title": "Notes"}
    return show(request, "agreements/negotiation/draft_part.html", said_of)


@officers_only
@require_safe
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    """The lines of the side's draft as a workbook; without any, a template."""
    _, side, by = mine(request, number)
    lines = begun(number, side, by=by, on=now()).terms.lines
    answer = HttpResponse(workbook_of(lines), content_type=_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="lines-{number}-{side.value}.xlsx"'
    return answer


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take all lines of the draft from a workbook; with a fault in it, none."""
    row, side, by = mine(request, number)
    files = request.FILES if request.method == "POST" else None
    form = forms.Upload(typed(request), files)
    faults: list[SheetFault] = []
    if request.method == "POST" and form.is_valid():
        lines, faults = _read(form.cleaned_data["file"], row.first_year)
        if not faults:
            working = begun(number, side, by=by, on=now())
            keep_draft(number, side, editing.with_lines(working, lines), by=by, on=now())
            messages.success(request, "The lines of the workbook stand in your draft.")
            return redirect("negotiation-draft", number)
    said = {"row": row, "form": form, "faults": faults}
    return show(request, "agreements/negotiation/upload.html", said)


def _read(file: UploadedFile[Any], year: int) -> tuple[list[Line], list[SheetFault]]:
    with tempfile.TemporaryDirectory(prefix="totalplace-lines-") as folder:
        path = Path(folder) / "lines.xlsx"
        path.write_bytes(file.read(_MOST + 1))
        return read_workbook(path, name=file.name or "The workbook", year=year)


def _part(said: str) -> Part:
    if said not in {one.value for one in Part}:
        raise Http404
    return Part(said)


def _found(working: Working, part: Part, key: str) -> Any:
    try:
        return editing.find(working, part, key)
    except Refused as refused:
        raise Http404 from refused


def _form(request: HttpRequest, row: NegotiationRow, part: Part, before: Any) -> Any:
    """The form of a part, filled in with what it was."""
    said = typed(request)
    if part is Part.GUARANTEES:
        known = [(one.code, one.title) for one in entitlements.in_force(row.place, today())]
        return forms.GuaranteeForm(said, known=known)
    kinds: dict[Part, type[forms.Part]] = {
        Part.LINES: forms.LineForm, Part.PROMISES: forms.PromiseForm,
        Part.RULES: forms.RuleForm, Part.TARGETS: forms.TargetForm,
        Part.SAVINGS: forms.SavingForm,
    }  # fmt: skip
    kind = kinds[part]
    more: dict[str, Any] = {}
    if part in (Part.PROMISES, Part.SAVINGS):
        more["agencies"] = _agencies(row)
    if part is Part.LINES:
        more |= {"years": (row.first_year, row.last_year),
                 "conditions": len(before.conditions) if before else 0}  # fmt: skip
    initial = dict(kind.initial_of(before)) if before is not None else None
    return kind(said, initial=initial, **more)


def _made(form: Any, row: NegotiationRow) -> Any:
    if isinstance(form, forms.GuaranteeForm):
        said = form.cleaned_data
        return entitled(said["code"], row.place, on=today(), reason=said["reason"])
    return form.row()


def _agencies(row: NegotiationRow) -> list[tuple[str, str]]:
    """Who may owe: the members of the place, and the departments."""
    local = [(one.agency.code, one.agency.name) for one in places.members(row.place, on=today())]
    return [*local, *zip(row.departments, row.department_names, strict=True)]


def _words(part: Part, found: Any) -> str:
    return str(
        {
            Part.LINES: lambda: found.fund,
            Part.GUARANTEES: lambda: found.title,
            Part.PROMISES: lambda: found.what,
            Part.RULES: lambda: found.rule,
            Part.TARGETS: lambda: found.words,
            Part.SAVINGS: lambda: found.what,
        }[part]()
    )


def _parts(working: Working) -> list[tuple[Part, str, list[tuple[str, str]]]]:
    """Every part but the lines, with its heading, and of each row its key and its words."""
    terms, called = working.terms, names()
    return [
        (Part.GUARANTEES, "National guarantees",
         [(one.code, telling.said_entitled(one)) for one in terms.entitlements]),
        (Part.PROMISES, "Promises",
         [(str(one.number), telling.said_promise(one, called)) for one in terms.promises]),
        (Part.RULES, "Rules to be lifted",
         [(one.code, telling.said_lift(one)) for one in terms.lifts]),
        (Part.TARGETS, "Targets asked for",
         [(one.indicator, one.words) for one in terms.targets]),
    ]  # fmt: skip
