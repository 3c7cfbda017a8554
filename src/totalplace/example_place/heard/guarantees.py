"""The real national guarantees that come with the program, in force in the made-up place too."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from totalplace.entitlements import actions
from totalplace.entitlements.definitions.reading import ENGLAND
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Who

_DEPARTMENTS: Final = {
    "dfe": "Department for Education",
    "dhsc": "Department of Health and Social Care",
    "mhclg": "Ministry of Housing, Communities and Local Government",
}


def put_in_force(*, by: Who, on: datetime) -> int:
    """Register the departments that set them, and put each in force; returns how many there are.

    The departments are members of no place, so nothing of theirs is counted.
    """
    for code, name in _DEPARTMENTS.items():
        places.register_agency(code, name=name, kind="department", by=by, on=on)
    for code in ENGLAND:
        actions.put_shipped(code, by=by, on=on)
    return len(ENGLAND)
