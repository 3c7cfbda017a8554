"""Where a reader can go from every page. A room adds its line; what is not there is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.urls import Resolver404, resolve


@dataclass(frozen=True, slots=True)
class Item:
    """A page to go to, from the bar at the top or the foot of a page."""

    text: str
    href: str
    only_officers: bool = False


TOP: Final = (
    Item("Count", "/count/"),
    Item("Search", "/search/"),
    Item("Outcomes", "/outcomes/"),
    Item("Entitlements", "/entitlements/"),
    Item("Have your say", "/participation/"),
    Item("Decisions", "/decisions/"),
    Item("Agreements", "/agreements/"),
    Item("Plans", "/commissioning/"),
    Item("Watch", "/monitoring/"),
    Item("Books", "/ledger/", only_officers=True),
    Item("Figures", "/sources/", only_officers=True),
    Item("Places", "/places/", only_officers=True),
    Item("Record", "/record/"),
)
FOOT: Final = (
    Item("Accessibility statement", "/accessibility/"),
    Item("Privacy notice", "/privacy/"),
    Item("How this can be trusted", "/trust/"),
    Item("Components", "/components/"),
    Item("For other programs", "/api/v1/"),
)


def top(path: str, *, signed_in: bool) -> list[dict[str, Any]]:
    """The bar at the top, with the item marked that a page belongs to."""
    return [
        {"text": item.text, "href": item.href, "active": path.startswith(item.href)}
        for item in _there(TOP)
        if signed_in or not item.only_officers
    ]


def foot() -> tuple[Item, ...]:
    """The links at the foot."""
    return _there(FOOT)


@cache
def _there(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in items if _is_a_page(item.href))


def _is_a_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
