"""Checking a signed copy: anybody uploads one, and is told in plain words what it is."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from totalplace.agreements.queries.agreements import known
from totalplace.agreements.signatures import trusted
from totalplace.agreements.signatures.checking import checked
from totalplace.agreements.signatures.verifying import LARGEST
from totalplace.doors.web.agreements.agreement.forms import Copy
from totalplace.doors.web.showing import now, show
from totalplace.doors.web.sources.seeing import home


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Who signed what and when, whether it is unchanged, and whether its text is on record."""
    sent = request.method == "POST"
    form = Copy(request.POST if sent else None, request.FILES if sent else None)
    said: dict[str, Any] = {"form": form, "report": None}
    if sent and form.is_valid():
        content, on = form.cleaned_data["file"].read(LARGEST + 1), now()
        where = home().root
        report = checked(
            content, roots=trusted.roots(where), lists=trusted.lists(where, on=on), on=on
        )
        said |= {
            "report": report, "known": known(content, report.text), "name": request.FILES["file"],
            "digest": hashlib.sha256(content).hexdigest(), "on": on,
        }  # fmt: skip
    return show(request, "agreements/agreement/verify.html", said)
