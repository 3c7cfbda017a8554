"""An officer overrules what the count made of a line: the form, and the list of rulings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.count.actions.rulings import Lines, rule
from totalplace.count.actions.rulings import withdraw as withdrawn
from totalplace.count.definitions.services import services
from totalplace.count.queries.rulings import all_rulings
from totalplace.count.rules.rulings import NO_TRANSFER, NOT_PUBLIC, PAID_ONCE, PAID_TWICE, Subject
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.acting import ReasonForm
from totalplace.doors.web.sources.seeing import agencies_for
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act

_WORDS: Final = ("payee", "unit", "purpose", "detail")
_SUBJECTS: Final = [
    (Subject.PURPOSE.value, "What the payments are for"),
    (Subject.PAYEE.value, "Who was paid"),
    (Subject.TRANSFER.value, "They are no transfer between public bodies"),
    (Subject.COPY.value, "A line that looks like a copy of another"),
]


class RulingForm(forms.Form):
    """Which lines, what they are, and why."""

    agency = forms.ChoiceField(label="Whose payments are they?")
    subject = forms.ChoiceField(
        label="What is overruled?", choices=_SUBJECTS, widget=forms.RadioSelect
    )
    payee = forms.CharField(label="Payee, as published", required=False, max_length=500)
    unit = forms.CharField(label="Unit, as published", required=False, max_length=500)
    purpose = forms.CharField(label="Purpose, as published", required=False, max_length=500)
    detail = forms.CharField(label="Description, as published", required=False, max_length=500)
    service = forms.ChoiceField(
        label="The right purpose", required=False, help_text="Only where the purpose is overruled."
    )
    body = forms.CharField(
        label="The right body", required=False, max_length=200,
        help_text=f"Only where the payee is overruled: an agency’s code, or “{NOT_PUBLIC}”.",
    )  # fmt: skip
    copy = forms.ChoiceField(
        label="Was it paid once or twice?", required=False,
        choices=[("", "Not about a copy"), (PAID_ONCE, "Once: leave the copy out"),
                 (PAID_TWICE, "Twice: both are real")],
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason", max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text="In a sentence. It stands beside the figure and on the record.",
        error_messages={"required": "Enter the reason"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Sequence[AgencyRow], of_a_row: bool, **said: Any
    ) -> None:
        super().__init__(*args, **said)
        if not of_a_row:  # a copy is ruled on by its row, from the page on which it stands
            del self.fields["copy"]
            self.fields["subject"].choices = _SUBJECTS[:-1]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [(a.code, a.name) for a in agencies]  # type: ignore[attr-defined]
        listed = [("", "Choose a purpose"), *((c, s.title) for c, s in services().items())]
        self.fields["service"].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say which field the ruling lacks."""
        said = super().clean() or {}
        needs = {Subject.PURPOSE.value: "service", Subject.PAYEE.value: "body",
                 Subject.COPY.value: "copy"}.get(said.get("subject", ""))  # fmt: skip
        if needs and not said.get(needs):
            self.add_error(needs, f"{self.fields[needs].label}: say it")
        return said


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Overrule the count on some lines, from the next edition on."""
    agencies = agencies_for(officer_of(request), Act.RULE, on=now())
    initial = {"subject": Subject.PURPOSE.value, **request.GET.dict()}
    named = {name: request.GET.get(name, "") for name in ("file", "sheet", "row")}
    of_a_row = bool(named["file"]) and named["row"].isdecimal()
    form = RulingForm(request.POST or None, agencies=agencies, of_a_row=of_a_row, initial=initial)
    if request.method == "POST" and form.is_valid():
        number = _ruled(request, form.cleaned_data)
        messages.success(
            request, f"Ruling {number} is on the record. It holds from the next edition on."
        )
        return redirect("rulings")
    return show(request, "count_acts/ruling.html", {"form": form, "agencies": agencies, **named})


def _ruled(request: HttpRequest, said: dict[str, Any]) -> int:
    subject, row = Subject(said["subject"]), request.GET.get("row", "")
    about_a_row = subject is Subject.COPY and row.isdecimal()
    lines = Lines(
        **({} if about_a_row else {name: said[name].strip() for name in _WORDS}),
        file=request.GET.get("file", "") if about_a_row else "",
        sheet=request.GET.get("sheet", "") if about_a_row else "",
        row=int(row) if about_a_row else None,
    )
    to_be = {
        Subject.PURPOSE: said["service"],
        Subject.PAYEE: said["body"].strip(),
        Subject.TRANSFER: NO_TRANSFER,
        Subject.COPY: said.get("copy", ""),
    }[subject]
    return rule(
        said["agency"], subject, lines, said=to_be, reason=said["reason"],
        by=officer_of(request), on=now(),
    )  # fmt: skip


@officers_only
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Rulings on payments of the officer's agencies, those that hold first."""
    officer = officer_of(request)
    readable = {a.code: a.name for a in agencies_for(officer, Act.READ_UNPUBLISHED, on=now())}
    may = {a.code for a in agencies_for(officer, Act.RULE, on=now())}
    rows = [row for row in all_rulings() if row.ruling.agency in readable]
    titles = {code: service.title for code, service in services().items()}
    shown = {
        "holding": [r for r in rows if r.holds][::-1], "gone": [r for r in rows if not r.holds],
        "names": readable, "may": may, "titles": titles,
    }  # fmt: skip
    return show(request, "count_acts/rulings.html", shown)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a ruling back, for a reason."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdrawn(number, reason=form.cleaned_data["reason"], by=officer_of(request), on=now())
        messages.success(request, f"Ruling {number} no longer holds.")
        return redirect("rulings")
    return show(request, "count_acts/withdraw.html", {"form": form, "number": number})
