"""What is published of the record, for anybody: its heads, the key that signed them, a verifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from totalplace.doors import heads as publishing
from totalplace.doors import records
from totalplace.doors.web.front import public
from totalplace.doors.web.record.seeing import may
from totalplace.doors.web.showing import show
from totalplace.places.rules.mandates import Act
from totalplace.record import queries
from totalplace.record.rules import heads as rules

# The program that checks a copy of the record comes with the documentation.
_VERIFIER: Final = Path("docs") / "reference" / "verify_record.py"


def standing(request: HttpRequest) -> dict[str, Any]:
    """How far the record goes, what was published of it last, and what can be done."""
    last = queries.last_entry()
    return {
        "length": last.number if last else 0,
        "head": queries.last_head(),
        "may_read": may(request, Act.READ_RECORD),
        "may_publish": may(request, Act.PUBLISH_HEAD),
    }


@require_safe
def heads(request: HttpRequest) -> HttpResponseBase:
    """Every published head, the latest first, and the key."""
    listed = list(reversed(queries.heads()))
    key = publishing.public_key(records.home_folder()) or (listed[0].key if listed else "")
    said = {**standing(request), "heads": listed, "key": key}
    response = show(request, "record/heads.html", said)
    return public(response)


@require_safe
def head(request: HttpRequest, number: int) -> HttpResponseBase:  # noqa: ARG001
    """One head, as the file that is kept elsewhere."""
    found = queries.head(number)
    if found is None:
        raise Http404
    return public(_file(rules.written(found), "application/json", f"head-{number}.json"))


@require_safe
def every_head(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """Every head in one file."""
    listed = [json.loads(rules.written(found)) for found in queries.heads()]
    return public(_file(json.dumps(listed, indent=2) + "\n", "application/json", "heads.json"))


@require_safe
def key(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """The public key, as openssl and other programs read it."""
    last = queries.last_head()
    found = last.key if last else publishing.public_key(records.home_folder())
    if not found:
        raise Http404
    return public(_file(rules.as_pem(found), "application/x-pem-file", "record-key.pem"))


@require_safe
def verifier(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """The independent program that checks a copy of the record."""
    here = Path(__file__).resolve()
    # Installed, it stands beside this file; in a checkout, with the documentation.
    for path in (here.with_name(_VERIFIER.name), *(top / _VERIFIER for top in here.parents)):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            return public(_file(text, "text/x-python; charset=utf-8", _VERIFIER.name))
    raise Http404


def _file(text: str, media: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
