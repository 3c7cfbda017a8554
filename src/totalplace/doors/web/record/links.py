"""From what an entry cites to the page where it can be read, if there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from django.urls import Resolver404, resolve

from totalplace.record.rules.chain import Citation

_PAGES: Final[Mapping[str, str]] = {
    "place": "/places/{}/",
    "agency": "/places/agency/{}/",
    "officer": "/places/officers/{}/",
    "edition": "/count/{}/",
    "decision": "/decisions/{}/",
    "decision body": "/decisions/body/{}/",
    "readings": "/outcomes/tables/{}/",
    "targets": "/outcomes/targets/{}/",
    "agreement": "/agreements/{}/",
    "allocation": "/commissioning/{}/",
    "appraisal": "/commissioning/appraisals/{}/",
    "accepted-effect": "/commissioning/appraisals/effects/{}/",
    "plan": "/commissioning/{}/",
    "assessment": "/readiness/{}/",
    "book": "/ledger/{}/",
    "docket": "/agreements/docket/{}/",
    "negotiation": "/agreements/negotiations/{}/",
    "promise": "/agreements/promises/{}/",
    "finding": "/monitoring/{place}/findings/{number}/",
    "response": "/monitoring/{place}/answers/{number}/",
    "watch": "/monitoring/{place}/",
    "rebase": "/monitoring/{place}/",
    "capacity": "/monitoring/{capacity}/",
    "round": "/monitoring/{place}/partnership/{number}/",
    "hearing": "/participation/{}/",
    "entitlement": "/entitlements/{}/",
    "submission": "/sources/submission/{}/",
    "work": "/work/{}/",
    "head": "/record/heads/{}.json",
}


def address(about: Citation) -> str:
    """The page of what an entry is about; empty where there is none."""
    pattern = _PAGES.get(about.kind)
    if pattern is None:
        return ""
    place, _, number = about.id.rpartition("/")
    # A return of capacity is PLACE/AGENCY/DAY, and its page lies within the place's.
    capacity = about.id.replace("/", "/capacity/", 1)
    path = pattern.format(
        quote(about.id), place=quote(place), number=quote(number), capacity=quote(capacity)
    )
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
