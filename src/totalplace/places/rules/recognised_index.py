"""The index of names, built once from what is shipped and from a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from totalplace.places.definitions.public_bodies import public_bodies
from totalplace.places.rules.recognised_kinds import (
    Body,
    BodyKind,
    PayeeWords,
    Phrase,
    PublicBodies,
    RegisterName,
)
from totalplace.places.rules.recognised_names import (
    Areas,
    Councils,
    Phrases,
    body_code,
    index_areas,
    index_councils,
    initials_of,
)
from totalplace.places.rules.recognised_words import IDLE, Forms, Wording

_PRINCIPAL: Final = frozenset(["council", "county", "district"])
# Words of which a name must hold one, or no rule speaks; first words of listed names are added.
_SPEAKING: Final = frozenset(
    {"academies", "academy", "ambulance", "assembly", "authority", "bc", "board"}
    | {"borough", "cbc", "cc", "city", "college", "colleges", "combined", "commissioners"}
    | {"commissioning", "committee", "constable", "constabulary", "council", "councils"}
    | {"cyngor", "dc", "department", "drainage", "electoral", "executive", "fire", "fra"}
    | {"frs", "gov", "grammar", "hospital", "hospitals", "infant", "infants", "juniors"}
    | {"lb", "lbc", "mbc", "mdc", "metropolitan", "minister", "ministry", "nhs", "npa"}
    | {"opcc", "parish", "park", "pcc", "pension", "pensions", "pfcc", "police"}
    | {"polytechnic", "primary", "probation", "pupil", "rb", "school", "schools"}
    | {"secretary", "sixth", "superannuation", "town", "trust", "universities"}
    | {"university"}
)
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
_POLICE_WORDS: Final = frozenset(
    {"authority", "brigade", "combined", "commissioner", "constabulary", "crime"}
    | {"fire", "police", "rescue", "service"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names of public bodies, indexed: build it once, and ask it of every payee."""

    wording: Wording
    words: PayeeWords
    councils: Councils
    combined: Areas
    police: Areas
    fire: Areas
    care_boards: Areas
    pension_funds: Areas
    national_parks: Areas
    ambulance: Areas
    phrases: Phrases
    apart: Phrases
    anywhere: frozenset[Phrase]
    anywhere_firsts: frozenset[str]
    whole_words: frozenset[str]
    parish_cities: frozenset[str]
    subjects: frozenset[str]
    education: Mapping[BodyKind, Forms]
    not_education: Forms
    places: frozenset[str]
    speaking: frozenset[str]
    leading: frozenset[str]
    initials: Mapping[str, Body]

    @classmethod
    def of(
        cls,
        register: Iterable[RegisterName] = (),
        *,
        near: Iterable[str] = (),
        known: PublicBodies | None = None,
    ) -> Names:
        """An index of the shipped names and of a register's, whose codes and names come first.

        `near` are codes of councils around the payer, by which initials such as LCC are told.
        """
        known = known or public_bodies()
        wording = Wording(known.words)
        rows = tuple(_of_a_kind(row, wording) for row in register)
        phrases, anywhere = _phrases(rows, known, wording)
        apart = _told_apart(known, wording)
        councils, combined = _councils(rows, known, wording)
        initials = initials_of(councils, frozenset(near), wording)
        return cls(
            wording=wording,
            words=known.words,
            councils=councils,
            combined=combined,
            police=_areas(known, "police", rows, wording),
            fire=_areas(known, "fire", rows, wording),
            care_boards=_care_boards(known, rows, wording),
            pension_funds=_pension_funds(known, councils, wording),
            national_parks=_parks(known, wording),
            ambulance=_regions(known, wording),
            phrases=phrases,
            apart=apart,
            anywhere=anywhere,
            anywhere_firsts=frozenset(phrase[0] for phrase in anywhere),
            whole_words=phrases.words,
            parish_cities=known.parish_cities,
            subjects=known.subjects,
            education={kind: Forms(told) for kind, told in known.words.education.items()},
            not_education=Forms(known.words.not_education),
            places=councils.first_words,
            speaking=_SPEAKING
            | known.words.offices
            | apart.firsts
            | {p[0] for p in anywhere}
            | set(initials),
            leading=frozenset(phrases.firsts) | known.words.before | IDLE,
            initials=initials,
        )


def _councils(
    register: tuple[RegisterName, ...], known: PublicBodies, wording: Wording
) -> tuple[Councils, Areas]:
    """Councils by area, and combined authorities by theirs."""
    councils, combined = Councils(), Areas()
    rows = [*known.councils, *register]
    index_councils(councils, (one for one in rows if one.kind in _PRINCIPAL), wording, known)
    for one in sorted(rows, key=lambda row: not row.ended):
        if one.kind != BodyKind.COMBINED_AUTHORITY:
            continue
        body = _registered(one)
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
            area = tuple([t for t in tokens if t not in _POLICE_WORDS and t not in {"and", "for"}])
            areas.add(area, _registered(one))
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
            areas.add(tuple([t for t in tokens[:-3] if t != "nhs"]), _registered(one))
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


def _phrases(
    register: tuple[RegisterName, ...], known: PublicBodies, wording: Wording
) -> tuple[Phrases, frozenset[Phrase]]:
    """Listed names, word by word; and those that are met wherever they stand."""
    phrases = Phrases()
    listed = {*_PRINCIPAL, "combined-authority", "police", "fire"}
    for one in (*register, *known.councils):
        tokens = wording.tokens(one.name)
        combined = one.kind != BodyKind.COMBINED_AUTHORITY or "combined" in tokens
        if one.kind not in listed or not combined:
            _add(phrases, one.name, _registered(one), known, wording)
    police = _areas(known, "police", register, wording)
    fire = _areas(known, "fire", register, wording)
    for kind, bodies in known.bodies.items():
        for name, others in bodies.items():
            body = Body(kind, name, body_code("", name), f"the name of {name}")
            own = tuple([t for t in wording.tokens(name) if t not in _POLICE_WORDS])
            if kind in {BodyKind.POLICE, BodyKind.FIRE}:
                body = (police if kind is BodyKind.POLICE else fire).find(own) or body
            for each in (name, *others):
                _add(phrases, each, body, known, wording)
    for row in (*known.councils, *register):
        for short in known.other_names.get(row.code, ()):
            if short.lower() in known.short_names:
                phrases.add(wording.lean(short), _registered(row))
    return phrases, frozenset(wording.lean(name) for name in known.anywhere)


def _add(phrases: Phrases, name: str, body: Body, known: PublicBodies, wording: Wording) -> None:
    """Let a listed name lead to its body; a single word counts only alone, unless it leads."""
    phrase = wording.lean(name)
    alone = name in known.only_alone or (len(phrase) == 1 and name not in known.leads)
    if alone:
        body = Body(body.kind, body.name, body.body, body.why, body.public, alone=True)
    phrases.add(phrase, body)


def _told_apart(known: PublicBodies, wording: Wording) -> Phrases:
    """What looks public and is not."""
    apart = Phrases()
    for kind, name, why in known.not_public:
        phrase = wording.lean(name)
        body = Body(kind, name, "", why, public=False, alone=len(phrase) == 1)
        apart.add(phrase, body)
    return apart


def _of_a_kind(row: RegisterName, wording: Wording) -> RegisterName:
    """A row of a register; where it does not say of what kind, its name does."""
    if row.kind in set(BodyKind):
        return row
    tokens = wording.tokens(row.name)
    kind = next((kind for word, kind in _TELLING.items() if word in tokens), BodyKind.AGENCY)
    return replace(row, kind=kind.value)


def _registered(one: RegisterName) -> Body:
    return Body(
        BodyKind(one.kind), one.name, body_code(one.code, one.name), f"the name of {one.name}"
    )
