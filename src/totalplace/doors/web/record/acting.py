"""Verifying the record on request, and publishing a head of it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors import heads as publishing
from totalplace.doors import records
from totalplace.doors.web.record.published import standing
from totalplace.doors.web.record.seeing import may, readers_only
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.places.rules import mandates
from totalplace.places.rules.mandates import Act, Matter
from totalplace.record import queries
from totalplace.record.rules import heads as rules
from totalplace.record.rules.verifying import Published
from totalplace.refusal import Refused

# Up to so many entries the page itself verifies: a second or so. Beyond, it is work with a page.
AT_ONCE: Final = 20_000
_LARGEST: Final = 2_000_000  # bytes of a file of heads: 5,000 of them


class ManyFiles(forms.FileField):
    """Some files, or none."""

    def __init__(self, **said: Any) -> None:
        widget = forms.FileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **said)

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each of them, checked as one file is."""
        return [super(ManyFiles, self).clean(one, initial) for one in value or []]


class Verify(forms.Form):
    """What an auditor brings: heads that they kept, and a key that they noted."""

    heads = ManyFiles(
        label="Heads that you kept", required=False,
        help_text="Files of published heads. Only what is kept elsewhere shows that the end of "
        "the record was cut off, or all of it written anew",
    )  # fmt: skip
    key = forms.RegexField(
        r"^[0-9a-f]{64}$", label="The public key that you noted", required=False,
        error_messages={"invalid": "The key must be 64 of the digits 0 to 9 and a to f"},
        help_text="If you give it, no other key is trusted",
    )  # fmt: skip


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponseBase:
    """Compute the whole record again, and hold every head against it."""
    typed = request.method == "POST"
    form = Verify(request.POST, request.FILES) if typed else Verify()
    said = {"form": form, **standing(request)}
    if not (typed and form.is_valid()):
        return show(request, "record/verify.html", said)
    kept = _kept(form.cleaned_data["heads"])
    key = form.cleaned_data["key"]
    if said["length"] > AT_ONCE:
        return redirect(f"/work/{_as_work(request, kept, key)}/")
    verdict = queries.verify(kept=kept, trusted=[key] if key else [])
    return show(request, "record/verify.html", {**said, "verdict": verdict, "kept": len(kept)})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponseBase:
    """Sign how far the record goes."""
    by = officer_of(request)
    if not may(request, Act.PUBLISH_HEAD):
        raise mandates.refusal(by.name, Act.PUBLISH_HEAD, Matter())
    if request.method == "POST":
        head = publishing.publish(records.home_folder(), by=by, on=now())
        messages.success(request, f"Published: the record as far as entry {head.number:,}")
        return redirect("record-heads")
    return show(request, "record/publish.html", standing(request))


def _kept(files: list[UploadedFile[bytes]]) -> list[Published]:
    """The heads of uploaded files. Raises Refused where one is no head."""
    found = []
    for file in files:
        name = str(file.name)
        if (file.size or 0) > _LARGEST:
            raise Refused(
                f"{name} cannot be read as a head of the record",
                why="it is larger than any file of heads",
                next_step="Choose the file that was published",
            )
        text = file.read().decode(errors="replace")
        found += [Published(head, name) for head in rules.read(text, name=name)]
    return found


def _as_work(request: HttpRequest, kept: list[Published], key: str) -> int:
    """Ask for the verification as work, whose page shows how far it is."""
    from totalplace.doors.web.work import enqueue
    from totalplace.doors.web.work.rules import Asked

    return enqueue(
        "verify the record",
        by=officer_of(request),
        about="the record",
        words="Verify the record",
        asked=Asked(back="/record/"),
        heads="\n".join(rules.written(one.head) for one in kept),
        key=key,
    )
