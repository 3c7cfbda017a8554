"""The service with every room's addresses, in the order in which they are described."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from django.http import HttpRequest
from django.urls import URLPattern
from ninja import NinjaAPI

from totalplace.doors.api.frame import framed, new_api
from totalplace.doors.api.problems import too_much

ROOMS: Final = {  # where it is, and which module declares it
    "places": "places",
    "count": "count",
    "sources": "sources",
    "sources/returns": "returns",
    "decisions": "decisions",
    "participation": "participation",
    "outcomes/targets": "targets",
    "outcomes": "outcomes",
    "entitlements": "entitlements",
    "readiness": "readiness",
    "ledger/pools": "ledger_partners",
    "agreements/kept": "agreements_promises",
    "agreements/texts": "agreements_texts",
    "agreements": "agreements",
    "commissioning/appraisals": "commissioning_appraisals",
    "commissioning/weighing": "commissioning_weighing",
    "commissioning/plans": "commissioning_plans",
    "monitoring/answers": "monitoring_answers",
    "monitoring/capacity": "monitoring_capacity",
    "monitoring/partnership": "monitoring_partnership",
    "monitoring": "monitoring_findings",
    "ledger": "ledger",
    "record": "record",
    "changes": "changes",
    "work": "work",
}


_AROUND: Final = 2**20  # bytes that a form may have beside its file


@cache
def service() -> NinjaAPI:
    """The service, made once."""
    api = new_api()
    for at, module in ROOMS.items():
        router = import_module(f"totalplace.doors.api.{module}").router
        api.add_router(f"/{at}", router, tags=[at.partition("/")[0]])
    return api


def patterns() -> list[URLPattern]:
    """Its addresses, each within its frame."""
    found, _, _ = service().urls
    listed = [one for one in found if isinstance(one, URLPattern) and one.name != "api-root"]
    return [framed(one, before=_to_disk if _is_for_files(one) else None) for one in listed]


def _is_for_files(one: URLPattern) -> bool:
    return str(one.pattern) == "sources/submissions"


def _to_disk(request: HttpRequest) -> None:
    """Have a file written to the disk as it comes, held by its hash before anything is said."""
    from totalplace.doors.web.sources.uploading import ToDisk, most_bytes

    if request.method == "POST":
        said = request.headers.get("Content-Length", "")
        if said.isdecimal() and int(said) > most_bytes() + _AROUND:
            raise too_much(most_bytes())
        request.upload_handlers = [ToDisk(request)]
