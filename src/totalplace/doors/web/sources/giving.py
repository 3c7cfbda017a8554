"""The page on which files are given in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.reading import ask_to_read
from totalplace.doors.web.sources.seeing import agencies_for, home
from totalplace.doors.web.sources.uploading import Heard, HeldFile, ToDisk, most_bytes
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused
from totalplace.sources.reading.names import size
from totalplace.sources.returns.forms import known
from totalplace.sources.rules.submitting.stages import REPLACEABLE
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.actions import Giving
from totalplace.sources.submitting.queries import SubmissionRow

_ACCEPT = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.zip,.gz,.json"


class SeveralFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class GivingForm(forms.Form):
    """What is said of files as they are given."""

    agency = forms.ChoiceField(label="Whose figures are they?")
    kind = forms.ChoiceField(
        label="What are they?",
        choices=[
            ("payments", "Payments: spending over £500, card purchases or contracts"),
            ("return", "A return: what the agency spent in a year, by service"),
        ],
        initial="payments",
        widget=forms.RadioSelect,
    )
    form = forms.ChoiceField(
        label="Form of the return", required=False,
        help_text="Only for a return. Leave it to be recognised by its columns.",
    )  # fmt: skip
    replaces = forms.ChoiceField(
        label="Does it take the place of an earlier file?", required=False,
        help_text="The earlier one is counted until this one is certified.",
    )  # fmt: skip
    licence = forms.CharField(
        label="Licence under which it is published", required=False, max_length=200,
        help_text="For example, OGL v3.0.",
    )  # fmt: skip
    file = forms.FileField(
        label="Files", widget=SeveralFiles({"multiple": True, "accept": _ACCEPT}), required=False
    )

    def __init__(
        self, *args: Any, agencies: Sequence[AgencyRow], earlier: Sequence[SubmissionRow],
        **said: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **said)
        self.fields["agency"].choices = [(row.code, row.name) for row in agencies]  # type: ignore[attr-defined]
        formed = sorted((f.title, f.code) for f in known(home()).values())
        self.fields["form"].choices = [("", "Recognise it"), *((c, t) for t, c in formed)]  # type: ignore[attr-defined]
        self.fields["replaces"].choices = [  # type: ignore[attr-defined]
            ("", "No, it is a new one"),
            *((str(r.id), f"{r.name}, {r.stage} ({r.agency_name})") for r in earlier),
        ]
        self.fields["file"].help_text = (
            f"CSV, Excel, OpenDocument, or a zip of them; JSON for a return. "
            f"Up to {size(most_bytes())} each. Nothing need be tidied first."
        )


@officers_only
@csrf_exempt  # only until the way to disk is set: then it is checked as everywhere
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give files in."""
    agencies = agencies_for(officer_of(request), Act.GIVE_FIGURES, on=now())
    if not agencies:
        raise Refused(
            "No figures can be given in by you",
            why="you hold no mandate to give figures for any agency",
            next_step="Ask an administrator for a mandate as finance lead of your agency",
        )
    if request.method != "POST":
        return _give(request, agencies)
    to_disk = ToDisk(request)
    request.upload_handlers = [to_disk]
    body = Heard(request._stream, request.META.get("CONTENT_LENGTH", ""))  # noqa: SLF001
    # The framework has no other way to see how much came.
    request._stream = body  # type: ignore[assignment]  # noqa: SLF001
    try:
        return _give(request, agencies, body)
    finally:
        to_disk.upload_interrupted()  # what was kept is kept


@csrf_protect
def _give(
    request: HttpRequest, agencies: Sequence[AgencyRow], body: Heard | None = None
) -> HttpResponse:
    if body is not None:
        request.FILES  # noqa: B018  (it is read here, if it was not read for its token)
        body.check()
    earlier = queries.submissions(agencies={row.code for row in agencies}, stages=REPLACEABLE)
    earlier = [row for row in earlier if row.replaced_by is None]
    chosen = {"replaces": request.GET.get("replaces", ""), "agency": request.GET.get("agency", ""),
              "kind": request.GET.get("kind", "payments")}  # fmt: skip
    form = GivingForm(request.POST or None, initial=chosen, agencies=agencies, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        files = [f for f in request.FILES.getlist("file") if isinstance(f, HeldFile)]
        if files:
            return _given(request, form.cleaned_data, files)
        form.add_error("file", "Choose one file or more")
    return show(request, "sources/give.html", {"form": form})


def _given(request: HttpRequest, said: dict[str, Any], files: Sequence[HeldFile]) -> HttpResponse:
    """Take each file that can be; one that is refused keeps no other out."""
    officer, replaces = officer_of(request), said["replaces"]
    if replaces and len(files) > 1:
        raise Refused(
            "Nothing was taken",
            why="one file is replaced by one file",
            next_step="Choose the one that takes its place, and give the others on their own",
        )
    giving = Giving(
        said["agency"], said["kind"], said["form"] if said["kind"] == "return" else "",
        said["licence"], int(replaces) if replaces else None,
    )  # fmt: skip
    taken, refused = list[SubmissionRow](), list[Refused]()
    for file in files:
        try:
            taken.append(_one(file, giving, officer))
        except Refused as error:
            refused.append(error)
    if not taken:
        raise refused[0]
    for why in refused:
        messages.warning(request, str(why))
    if len(taken) == 1 and not refused:
        return redirect("submission", taken[0].id)
    messages.success(request, f"{len(taken)} of {len(files)} files were taken.")
    return redirect("figures")


@transaction.atomic
def _one(file: HeldFile, giving: Giving, officer: Officer) -> SubmissionRow:
    if file.held is None:
        raise file.refused or Refused(
            f"{file.name} was not taken", why="it did not come whole", next_step="Send it again"
        )
    row = actions.give(file.held, giving, by=officer, on=now())
    ask_to_read(row, by=officer)
    return row
