"""A set of targets as a workbook: taken away, filled in elsewhere, and brought back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.report.targets import workbook_of
from totalplace.doors.web.outcomes.targets.forms import Upload
from totalplace.doors.web.outcomes.targets.looking import chosen, the_set, today
from totalplace.doors.web.outcomes.targets.writing import keep, opened
from totalplace.doors.web.showing import officers_only, show, typed, who
from totalplace.outcomes.queries import indicators
from totalplace.outcomes.reading.target_file import read_workbook
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.places import queries as places

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 5 * 2**20  # bytes; a set has at most some thousands of rows


@require_safe
def download(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The targets that a reader may see, as a workbook; a draft that is empty is a template."""
    by, on = who(request), today()
    row = the_set(place, number, by, on)
    version = chosen(row, 0, by, on)
    members = {one.agency.code: one.agency.name for one in places.members(place, on=on)}
    content = workbook_of(version.targets if version else (), agencies=members, known=indicators())
    answer = HttpResponse(content, content_type=_TYPE)
    name = f"targets-{row.place}-{row.number}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Take all targets of a set from a workbook; with a fault in it, none."""
    this = opened(request, place, number)
    sent = request.FILES if request.method == "POST" else None
    form = Upload(typed(request), answers=this.answers, files=sent)
    faults: list[SheetFault] = []
    if request.method == "POST" and form.is_valid():
        wanted, faults = _read(form.cleaned_data["file"])
        if not faults:
            return keep(request, this, wanted, form, "The targets of the workbook are kept.")
    said = {"form": form, "row": this.row, "faults": faults, "title": "Upload a workbook"}
    return show(request, "outcomes/targets/upload.html", said)


def _read(file: UploadedFile[Any]) -> tuple[list[Wanted], list[SheetFault]]:
    with tempfile.TemporaryDirectory(prefix="totalplace-targets-") as folder:
        path = Path(folder) / "targets.xlsx"
        path.write_bytes(file.read(_MOST + 1))
        return read_workbook(path, name=file.name or "The workbook")
