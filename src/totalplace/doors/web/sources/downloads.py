"""Faults given back as files: words stay words, and are never a formula."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.cli.sources.giving_back import write_csv, write_workbook
from totalplace.doors.web.showing import officer_of, officers_only
from totalplace.doors.web.sources.one import visible
from totalplace.doors.web.sources.seeing import home
from totalplace.sources.queries import FaultKind, FaultRow
from totalplace.sources.submitting import queries
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.report import FaultFound, Report

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@officers_only
@require_safe
def faults(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The faults of a submission, to be put right where the file comes from."""
    row = visible(number, officer_of(request))
    report = queries.report_of(home(), row)
    if report is None or form not in _TYPES:
        raise Http404
    rows = [_row(row, fault) for fault in report.faults]
    with tempfile.TemporaryDirectory(prefix="totalplace-") as folder:
        path = Path(folder) / f"faults.{form}"
        if form == "csv":
            write_csv(path, rows)
        else:
            write_workbook(path, _kinds(row, report), rows)
        content = path.read_bytes()
    # The name is our own: a sender's name could be made to look like a program.
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="faults-of-{row.id}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _row(row: SubmissionRow, fault: FaultFound) -> FaultRow:
    return FaultRow(
        row.agency, row.name, fault.document, fault.sheet, fault.row, fault.column, fault.found,
        fault.why, fault.next_step, fault.refused, fault.pence, (),
    )  # fmt: skip


def _kinds(row: SubmissionRow, report: Report) -> list[FaultKind]:
    counted: dict[tuple[str, str, str, str, str, bool], list[FaultFound]] = {}
    for f in report.faults:
        key = (f.document, f.sheet, f.column, f.why, f.next_step, f.refused)
        counted.setdefault(key, []).append(f)
    return [
        FaultKind(row.agency, *key, len(some), sum(f.pence or 0 for f in some))
        for key, some in counted.items()
    ]
