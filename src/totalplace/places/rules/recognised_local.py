"""Local bodies by their area: councils, police, fire, care boards, parks, pension funds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from totalplace.places.rules.recognised_kinds import Body, BodyKind, PublicBodies, RegisterName
from totalplace.places.rules.recognised_names import (
    Areas,
    Councils,
    body_code,
    index_areas,
    index_councils,
)
from totalplace.places.rules.recognised_words import Wording

PRINCIPAL: Final = frozenset(["council", "county", "district"])
# What a body is called, where a register does not say what it is; in this order.
_TELLING: Final = {
    "council": BodyKind.COUNCIL,
    "combined": BodyKind.COMBINED_AUTHORITY,
    "borough": BodyKind.COUNCIL,
    "fire": BodyKind.FIRE,
    "police": BodyKind.POLICE,
    "constabulary": BodyKind.POLICE,
    "trust": BodyKind.NHS_TRUST,
    "nhs": BodyKind.NHS_BOARD,
    "department": BodyKind.DEPARTMENT,
    "ministry": BodyKind.DEPARTMENT,
}
FORCE_WORDS: Final = frozenset(
    {"authority", "brigade", "combined", "commissioner", "constabulary", "crime"}
    | {"fire", "police", "rescue", "service"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """Local bodies, each kind by its area."""

    councils: Councils
    combined: Areas
    police: Areas
    fire: Areas
    care_boards: Areas
    pension_funds: Areas
    national_parks: Areas
    ambulance: Areas

    @classmethod
    def of(cls, rows: tuple[RegisterName, ...], known: PublicBodies, wording: Wording) -> Local:
        """Local bodies of the shipped names and of a register's, whose codes come first."""
        councils, combined = _councils(rows, known, wording)
        return cls(
            councils=councils,
            combined=combined,
            police=_areas(known, "police", rows, wording),
            fire=_areas(known, "fire", rows, wording),
            care_boards=_care_boards(known, rows, wording),
            pension_funds=_pension_funds(known, councils, wording),
            national_parks=_parks(known, wording),
            ambulance=_regions(known, wording),
        )


def of_a_kind(row: RegisterName, wording: Wording) -> RegisterName:
    """A row of a register; where it does not say of what kind, its name does."""
    if row.kind in set(BodyKind):
        return row
    tokens = wording.tokens(row.name)
    kind = next((kind for word, kind in _TELLING.items() if word in tokens), BodyKind.AGENCY)
    return replace(row, kind=kind.value)


def registered(one: RegisterName) -> Body:
    """A row of a register as the body that its name leads to."""
    return Body(
        BodyKind(one.kind), one.name, body_code(one.code, one.name), f"the name of {one.name}"
    )


def _councils(
    register: tuple[RegisterName, ...], known: PublicBodies, wording: Wording
) -> tuple[Councils, Areas]:
    """Councils by area, and combined authorities by theirs."""
    councils, combined = Councils(), Areas()
    rows = [*known.councils, *register]
    index_councils(councils, (one for one in rows if one.kind in PRINCIPAL), wording, known)
    for one in sorted(rows, key=lambda row: not row.ended):
        if one.kind != BodyKind.COMBINED_AUTHORITY:
            continue
        body = registered(one)
        if "combined" not in wording.tokens(one.name):
            continue  # the Greater London Authority stands among the listed names
        for name in (one.name, *known.other_names.get(one.code, ())):
            tokens = wording.tokens(name)
            at = tokens.index("combined") if "combined" in tokens else len(tokens)
            combined.add(tuple([t for t in tokens[:at] if t not in {"mayoral", "the"}]), body)
    return councils, combined


def _areas(
    known: PublicBodies, kind: str, register: tuple[RegisterName, ...], wording: Wording
) -> Areas:
    """Police forces or fire authorities by area; the register's names and codes come last."""
    areas = Areas()
    if kind == "police":
        index_areas(areas, known.police, BodyKind.POLICE, "{} Police")
    else:
        index_areas(areas, known.fire, BodyKind.FIRE, "{} Fire and Rescue")
    for one in register:
        if one.kind == kind:
            tokens = wording.tokens(one.name)
            area = tuple([t for t in tokens if t not in FORCE_WORDS and t not in {"and", "for"}])
            areas.add(area, registered(one))
    return areas


def _care_boards(
    known: PublicBodies, register: tuple[RegisterName, ...], wording: Wording
) -> Areas:
    areas = Areas()
    shipped = [
        RegisterName(f"NHS {area} Integrated Care Board", code, "nhs-board")
        for code, area in known.care_boards.items()
    ]
    for one in [*shipped, *(row for row in register if row.kind == BodyKind.NHS_BOARD)]:
        tokens = wording.tokens(one.name)
        if tokens[-3:] == ("integrated", "care", "board"):
            areas.add(tuple([t for t in tokens[:-3] if t != "nhs"]), registered(one))
    return areas


def _pension_funds(known: PublicBodies, councils: Councils, wording: Wording) -> Areas:
    """Pension funds that carry no council's name, as part of the council that runs each."""
    areas = Areas()
    by_code = {one.code: one for one in known.councils}
    for area, code in known.pension_funds.items():
        tokens = wording.tokens(by_code[code].name)
        body = councils.body_of(f"gss:{code}") or Body(
            BodyKind.COUNCIL, " ".join(tokens).title(), f"gss:{code}", "its pension fund"
        )
        areas.add(wording.tokens(area), body)
    return areas


def _parks(known: PublicBodies, wording: Wording) -> Areas:
    areas = Areas()
    for park in known.national_parks:
        name = f"{park} National Park Authority"
        why = "the name of a national park"
        areas.add(wording.tokens(park), Body(BodyKind.LOCAL_BODY, name, name.lower(), why))
    return areas


def _regions(known: PublicBodies, wording: Wording) -> Areas:
    areas = Areas()
    for region in known.ambulance:
        name = f"{region} Ambulance Service"
        why = "the region of an ambulance service"
        areas.add(wording.tokens(region), Body(BodyKind.NHS_TRUST, name, name.lower(), why))
    return areas
