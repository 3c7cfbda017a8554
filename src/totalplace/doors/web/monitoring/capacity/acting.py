"""Giving in a body's capacity by a workbook; with a fault in it, nothing is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.monitoring.capacity.opening import the_body, the_place
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.monitoring.actions.capacity import give_capacity
from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.reading.capacity_file import read_workbook
from totalplace.monitoring.rules.capacity import MONTH, QUARTER, Given, RoleSaid, period_ending
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused

_MOST: Final = 5 * 2**20  # bytes
_LENGTHS: Final = [(str(QUARTER), "A quarter"), (str(MONTH), "A month")]


class Give(forms.Form):
    """A workbook, the period that it is of, and why it is given."""

    months = forms.ChoiceField(
        label="Is it of a quarter or of a month?", choices=_LENGTHS, widget=forms.RadioSelect,
        initial=str(QUARTER), error_messages={"required": "Choose a quarter or a month"},
    )  # fmt: skip
    ending = forms.CharField(
        label="Which month did it end with?", help_text="Such as June 2026", max_length=30,
        error_messages={"required": "Enter the month that it ended with"},
    )  # fmt: skip
    file = forms.FileField(label="The workbook", help_text="An XLSX file of at most 5 megabytes.")
    reason = forms.CharField(
        label="Why is it given in?",
        help_text="Such as: the quarter is over. It goes on the record.", max_length=500,
        error_messages={"required": "Say why it is given in"},
    )  # fmt: skip
    anew = forms.CharField(
        label="Why can it not be compared with earlier ones?",
        help_text="Only where posts or people are counted in another way from now on.",
        required=False, max_length=500,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The period that was named."""
        said = super().clean() or {}
        if "ending" in said and "months" in said:
            try:
                said["period"] = period_ending(said["ending"], int(said["months"]))
            except Refused as refused:
                self.add_error("ending", ValidationError(f"{refused.why}. {refused.next_step}"))
        return said


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, place: str, agency: str) -> HttpResponseBase:
    """Give in, and certify, what a body has of posts and skills."""
    here, found, by = the_place(place), the_body(place, agency), officer_of(request)
    places.power(by, Act.GIVE_CAPACITY, agency=agency, place=place, on=now())
    form, roles, faults = _given(request)
    if roles:
        said = form.cleaned_data
        given = Given(said["period"], roles, 1, said["anew"])
        row = give_capacity(place, agency, given, reason=said["reason"], by=by, on=now())
        messages.success(
            request, f"It is taken, as version {row.given.version} of {given.period.said}."
        )
        return redirect("capacity-body", place, agency)
    context = {"form": form, "place": here, "body": found, "faults": faults}
    return show(request, "monitoring/capacity/give.html", context)


def _given(request: HttpRequest) -> tuple[Give, tuple[RoleSaid, ...], list[SheetFault]]:
    """The roles of a workbook that was given; none where none was, or it has a fault."""
    sent = request.FILES if request.method == "POST" else None
    form = Give(typed(request), files=sent)
    if request.method != "POST" or not form.is_valid():
        return form, (), []
    roles, faults = _read(form.cleaned_data["file"])
    return form, () if faults else roles, faults


def _read(file: UploadedFile[Any]) -> tuple[tuple[RoleSaid, ...], list[SheetFault]]:
    with tempfile.TemporaryDirectory(prefix="totalplace-capacity-") as folder:
        path = Path(folder) / "capacity.xlsx"
        path.write_bytes(file.read(_MOST + 1))
        name = file.name or "The workbook"
        return read_workbook(path, name=name, skills=tuple(asked().skills))
