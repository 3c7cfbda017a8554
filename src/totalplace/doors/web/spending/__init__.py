"""Pages of the payments behind an edition: found, by payee, line by line, over time, on a map."""

from __future__ import annotations

from typing import Final

# The address of each below its edition, and its name in the list of views.
VIEWS: Final = {
    "payments": "Find a payment",
    "payees": "Who was paid",
    "trend": "Month by month",
    "map": "Map",
    "compare-places": "Beside similar places",
}
