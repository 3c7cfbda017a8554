"""What officers do to a submission: read again, submit, certify, send back, withdraw."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.one import can_add_again, visible
from totalplace.doors.web.sources.reading import ask_to_add, ask_to_read, under_way
from totalplace.doors.web.sources.seeing import buttons, home
from totalplace.places.rules.mandates import Officer
from totalplace.refusal import Refused
from totalplace.sources.submitting import actions
from totalplace.sources.submitting.queries import SubmissionRow


class NoteForm(forms.Form):
    """A note to whoever certifies."""

    note = forms.CharField(
        label="A note for whoever certifies", required=False, max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text="What is in it, what is not, and what looks odd and is right.",
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is sent back or withdrawn."""

    reason = forms.CharField(
        label="Reason", max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text="In a sentence or two. It stands on the record.",
        error_messages={"required": "Enter the reason"},
    )  # fmt: skip


@officers_only
@require_POST
@transaction.atomic
def read_again(request: HttpRequest, number: int) -> HttpResponse:
    """Read a submission once more, after a reading was stopped or failed."""
    row = visible(number, officer_of(request))
    _may(row, officer_of(request), "submit", "correct")
    if under_way(row) is None:
        ask_to_read(row, by=officer_of(request))
    return redirect("submission", number)


@officers_only
@require_POST
@transaction.atomic
def add_again(request: HttpRequest, number: int) -> HttpResponse:
    """Add what was certified once more, after a defect kept it from being added."""
    row = visible(number, officer_of(request))
    if not can_add_again(row, officer_of(request)):
        raise Refused(
            f"{row.name} cannot be added again by you",
            why=f"it is {row.stage}, or is being added",
            next_step="See what came of it on its page",
        )
    ask_to_add(row, by=officer_of(request))
    return redirect("submission", number)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Ask another officer to certify."""
    row = visible(number, officer_of(request))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.submit(number, note=form.cleaned_data["note"], by=officer_of(request), on=now())
        messages.success(request, f"{row.name} waits for another officer to certify it.")
        return redirect("submission", number)
    return _page(request, row, form, "submit")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: HttpRequest, number: int) -> HttpResponse:
    """Certify what another prepared, so that it is added."""
    row = visible(number, officer_of(request))
    if request.method == "POST":
        with transaction.atomic():
            row = actions.certify(number, by=officer_of(request), on=now())
            ask_to_add(row, by=officer_of(request))
        messages.success(request, f"You certified {row.name}. It is being added.")
        return redirect("submission", number)
    return _page(request, row, forms.Form(), "certify")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Send a submission back, for a reason."""
    row = visible(number, officer_of(request))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.send_back(number, reason=reason, by=officer_of(request), on=now())
        messages.success(request, f"{row.name} was sent back.")
        return redirect("submission", number)
    return _page(request, row, form, "send back")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a submission back, for a reason."""
    row = visible(number, officer_of(request))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(number, reason=reason, by=officer_of(request), on=now())
        actions.forget(home(), number)
        messages.success(request, f"{row.name} was withdrawn. Its bytes are held no more.")
        return redirect("figures")
    return _page(request, row, form, "withdraw")


def _page(request: HttpRequest, row: SubmissionRow, form: forms.Form, verb: str) -> HttpResponse:
    can = buttons(row, officer_of(request), now())
    return show(request, "sources/act.html", {"row": row, "form": form, "verb": verb, "can": can})


def _may(row: SubmissionRow, officer: Officer, *verbs: str) -> None:
    if not set(verbs) & set(buttons(row, officer, now())):
        raise Refused(
            f"{row.name} cannot be read again by you",
            why=f"it is {row.stage}, or you may not give figures for {row.agency_name}",
            next_step="Ask whoever gave it",
        )
