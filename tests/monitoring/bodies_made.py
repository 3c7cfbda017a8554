"""A made-up place in the records: three local bodies, a department, and officers of each."""

from __future__ import annotations

from datetime import UTC, datetime

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Operator, Role

ADA = Operator("Ada")
NOON = datetime(2026, 7, 10, 12, tzinfo=UTC)
LOCAL = ("wex", "icb", "fire")


def a_place(on: datetime = NOON) -> None:
    """Wexshire with its members, and a department that is none."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=on)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"),
        ("icb", "Wexshire Health Board", "nhs-board"),
        ("fire", "Wexshire Fire Service", "fire"),
        ("dfe", "The Department", "department"),
    ):
        places.register_agency(code, name=name, kind=kind, by=ADA, on=on)
        if code in LOCAL:
            places.join_place("wexshire", code, by=ADA, on=on)


def an_officer_of(
    agency: str, code: str, *, role: Role = Role.COMMISSIONER, on: datetime = NOON
) -> Officer:
    """An officer with a role in an agency; without one, in the place."""
    places.appoint(code, name=code.title(), email=f"{code}@example.org", by=ADA, on=on)
    matter = Matter(agency) if agency else Matter(place="wexshire")
    places.grant(code, role, matter, power="letter", by=ADA, on=on)
    return Officer(code, code.title())
