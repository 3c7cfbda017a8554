"""Every page's address: a room's pages stand below the room's own name."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from django.urls import URLPattern, URLResolver, include, path

from totalplace.doors.web import components, mine, start, statements

ROOMS: Final = (
    "places", "count", "sources", "decisions", "record", "search", "trust", "work", "digests",
    "example_place", "participation", "outcomes", "entitlements", "readiness",
    "agreements", "ledger", "commissioning", "monitoring",
)  # fmt: skip
_HERE: Final = "totalplace.doors.web"


def _pages_of(room: str) -> list[URLPattern | URLResolver]:
    """The pages of a room, from its module or its folder's `urls`; none before it has any."""
    found = find_spec(f"{_HERE}.{room}")
    if found is None:
        return []
    is_folder = found.submodule_search_locations is not None
    module = f"{_HERE}.{room}.urls" if is_folder else f"{_HERE}.{room}"
    if find_spec(module) is None:
        return []
    return [path(f"{room.replace('_', '-')}/", include(module))]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.home, name="home"),
    path("my/", mine.mine, name="mine"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("components/", components.listed, name="components"),
    path("", include("totalplace.doors.api.urls")),
    path("account/", include("totalplace.doors.web.sign_in.urls")),
    path("count/", include("totalplace.doors.web.count_acts.urls")),  # before a place of that name
    *(page for room in ROOMS for page in _pages_of(room)),
]

handler400 = "totalplace.doors.web.errors.bad_request"
handler403 = "totalplace.doors.web.errors.forbidden"
handler404 = "totalplace.doors.web.errors.not_found"
handler500 = "totalplace.doors.web.errors.broken"
