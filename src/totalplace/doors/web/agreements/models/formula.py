"""The formula sandbox: tried in the address of a page, or from a workbook. Nothing is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.agreements.definitions.formula import first_formula
from totalplace.agreements.reading.formula_file import read_formula
from totalplace.agreements.rules.formula import Formula, Place, Year, highest_floor, reckon
from totalplace.agreements.rules.formula_sheet import (
    AREAS,
    CEILING,
    FLOOR,
    FORMULA,
    GROWTH,
    HEADS,
    INDICATORS,
    OVERSPEND,
    SUM,
    CellFault,
    cells_of,
    read,
    rows_of_text,
    text_of_rows,
)
from totalplace.agreements.rules.formula_told import steps
from totalplace.doors.report.formula import formula_book
from totalplace.doors.web.showing import officers_only, show
from totalplace.refusal import Refused

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST: Final = 5 * 2**20  # bytes
_SHOWN: Final = 300  # areas of which every step is written on a page


@dataclass(frozen=True, slots=True)
class Tried:
    """A formula that was tried: its years, or why there are none."""

    formula: Formula | None
    places: list[Place]
    faults: list[CellFault]
    years: list[Year]
    refused: Refused | None
    highest: int | None


class Try(forms.Form):
    """A formula and its areas, as they are typed."""

    sum = forms.CharField(label="Sum to share out, in pounds a year", max_length=20)
    floor = forms.CharField(
        label="Floor", help_text="In per cent a year. -2 is: nobody has less than 98 of 100.",
        max_length=10, required=False,
    )  # fmt: skip
    ceiling = forms.CharField(
        label="Ceiling", help_text="In per cent a year. 5 is: nobody has more than 105 of 100.",
        max_length=10, required=False,
    )  # fmt: skip
    growth = forms.CharField(
        label="Growth of the sum",
        help_text="In per cent, one for each later year, with commas. Such as 2, 2.5",
        max_length=60, required=False,
    )  # fmt: skip
    overspend = forms.CharField(
        label="An overspend to share, in pounds",
        help_text="Each bears of it as its share is. Below nought: an underspend.",
        max_length=20, required=False,
    )  # fmt: skip
    weights = forms.CharField(
        label="Indicators and their weights",
        help_text="One in a line, with a comma: Children in poverty, 30",
        widget=forms.Textarea(attrs={"rows": 4}), max_length=2_000,
    )  # fmt: skip
    areas = forms.CharField(
        label="Areas or agencies",
        help_text="Copied from a spreadsheet, heads first. What is not known is left blank.",
        widget=forms.Textarea(attrs={"rows": 8}), max_length=100_000,
    )  # fmt: skip

    def sheets(self) -> dict[str, list[list[object]]]:
        """What was typed, as the sheets of the workbook."""
        typed = self.cleaned_data
        growth = [one.strip() for one in typed["growth"].split(",") if one.strip()]
        rows = [(SUM, typed["sum"]), (FLOOR, typed["floor"]), (CEILING, typed["ceiling"])]
        rows += [(OVERSPEND, typed["overspend"])]
        rows += [(f"{GROWTH} {n}", one) for n, one in enumerate(growth, start=2)]
        return {
            FORMULA: [list(HEADS[FORMULA]), *([what, value, ""] for what, value in rows)],
            INDICATORS: [
                list(HEADS[INDICATORS]), *(list(r) for r in rows_of_text(typed["weights"])),
            ],
            AREAS: [list(row) for row in rows_of_text(typed["areas"])],
        }  # fmt: skip


@require_safe
def tried(request: HttpRequest) -> HttpResponse:
    """A formula as the address says it; without one, a made-up one to begin with."""
    form = Try(request.GET if "sum" in request.GET else typed_of(*first_formula()))
    found = _tried(*read(form.sheets())) if form.is_valid() else None
    return _page(request, form, found)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The formula of an address with its shares as a workbook; it can be brought back."""
    form = Try(request.GET if "sum" in request.GET else typed_of(*first_formula()))
    found = _tried(*read(form.sheets())) if form.is_valid() else None
    if found is None or found.formula is None or found.faults or found.refused:
        return _page(request, form, found)
    return _sent(found.formula, found.places, found.years)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """A formula from a workbook, shown on the page or sent back with its shares."""
    file = request.FILES.get("file")
    if request.method != "POST" or file is None:
        return show(request, "agreements/models/upload.html", {"missing": request.method == "POST"})
    with tempfile.TemporaryDirectory(prefix="totalplace-formula-") as folder:
        path = Path(folder) / "formula.xlsx"
        path.write_bytes(file.read(_MOST + 1))
        found = _tried(*read_formula(path, name=file.name or "The workbook"))
    if found.formula is not None and found.years and "back" in request.POST:
        return _sent(found.formula, found.places, found.years)
    said = typed_of(found.formula, found.places) if found.formula is not None else {}
    return _page(request, Try(said), found)


def typed_of(formula: Formula, places: Any) -> dict[str, str]:
    """A formula as it is typed in the form."""
    cells = cells_of(formula, places)
    values = {str(row[0]): str(row[1]) for row in cells[FORMULA]}
    return {
        "sum": values[SUM],
        "floor": values[FLOOR],
        "ceiling": values[CEILING],
        "overspend": values[OVERSPEND],
        "growth": ", ".join(v for name, v in values.items() if name.startswith(GROWTH)),
        "weights": text_of_rows(cells[INDICATORS][1:]),
        "areas": text_of_rows(cells[AREAS]),
    }


def _tried(formula: Formula | None, places: list[Place], faults: list[CellFault]) -> Tried:
    if formula is None or faults:
        return Tried(formula, places, faults, [], None, None)
    try:
        return Tried(formula, places, [], reckon(formula, places), None, None)
    except Refused as refused:
        highest = None
        if formula.floor_per_cent is not None and len(places) <= _SHOWN:
            highest = highest_floor(formula, places)
        return Tried(formula, places, [], [], refused, highest)


def _page(request: HttpRequest, form: Try, found: Tried | None) -> HttpResponse:
    told: Mapping[str, Any] = {}
    if found is not None and found.formula is not None and found.years:
        formula = found.formula
        told = {
            f"{year.number}/{share.place.code}": steps(formula, year, share)
            for year in found.years
            for share in year.shares[:_SHOWN]
        }
    said = {"form": form, "found": found, "told": told, "asked": request.GET.urlencode()}
    return show(request, "agreements/models/formula.html", said)


def _sent(formula: Formula, places: list[Place], years: list[Year]) -> HttpResponse:
    answer = HttpResponse(formula_book(formula, places, years), content_type=_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="formula.xlsx"'
    return answer
