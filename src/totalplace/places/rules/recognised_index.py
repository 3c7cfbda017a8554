"""The index of names, built once from what is shipped and from a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from totalplace.places.rules.recognised_local import (
    FORCE_WORDS,
    PRINCIPAL,
    Local,
    of_a_kind,
    registered,
)
from totalplace.places.rules.recognised_names import (
    Councils,
    Phrases,
    body_code,
    initials_of,
)
from totalplace.places.rules.recognised_words import IDLE, Forms, Wording

# The Greater London Authority is an authority of its own kind, and not called combined.
_GREATER: Final = ("london", "authority")
# Words of which a name must hold one, or no rule speaks; first words of listed names are added.
_SPEAKING: Final = frozenset(
    {"academies", "academy", "ambulance", "assembly", "authority", "bc", "board"}
    | {"borough", "cbc", "cc", "city", "college", "colleges", "combined", "commissioners"}
    | {"commissioning", "committee", "constable", "constabulary", "council", "councils"}
    | {"cyngor", "dc", "department", "drainage", "electoral", "executive", "fire", "fra"}
    | {
        "frs",
        "gov",
        "grammar",
        "hospital",
        "hospitals",
        "infirmary",
        "infant",
        "infants",
        "juniors",
    }
    | {
        "lb",
        "lbc",
        "mbc",
        "mc",
        "meeting",
        "trustees",
        "joint",
        "mdc",
        "metropolitan",
        "minister",
        "ministry",
        "nhs",
        "npa",
    }
    | {"opcc", "parish", "park", "pcc", "pension", "pensions", "pfcc", "police"}
    | {"polytechnic", "primary", "probation", "pupil", "rb", "school", "schools"}
    | {"secretary", "sixth", "superannuation", "town", "trust", "universities"}
    | {"university"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names of public bodies, indexed: build it once, and ask it of every payee."""

    wording: Wording
    words: PayeeWords
    councils: Councils
    local: Local
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
        rows = tuple(of_a_kind(row, wording) for row in register)
        local = Local.of(rows, known, wording)
        phrases, anywhere = _phrases(rows, known, wording, local)
        apart = _told_apart(known, wording)
        initials = initials_of(local.councils, frozenset(near), wording)
        firsts = frozenset(phrase[0] for phrase in anywhere)
        spoken = known.words.offices | apart.firsts | firsts | set(initials)
        return cls(
            wording=wording,
            words=known.words,
            councils=local.councils,
            local=local,
            phrases=phrases,
            apart=apart,
            anywhere=anywhere,
            anywhere_firsts=firsts,
            whole_words=phrases.words,
            parish_cities=known.parish_cities,
            subjects=known.subjects,
            education={kind: Forms(told) for kind, told in known.words.education.items()},
            not_education=Forms(known.words.not_education),
            places=local.councils.first_words,
            speaking=_SPEAKING | spoken,
            leading=frozenset(phrases.firsts) | known.words.before | IDLE,
            initials=initials,
        )


def _phrases(
    register: tuple[RegisterName, ...], known: PublicBodies, wording: Wording, local: Local
) -> tuple[Phrases, frozenset[Phrase]]:
    """Listed names, word by word; and those that are met wherever they stand."""
    phrases = Phrases()
    listed = {*PRINCIPAL, "combined-authority", "police", "fire"}
    for one in (*register, *known.councils):
        tokens = wording.tokens(one.name)
        greater = one.kind == BodyKind.COMBINED_AUTHORITY and tokens[-2:] == _GREATER
        if greater or (one.kind not in listed and not local.councils.find(tokens)):
            _add(phrases, one.name, registered(one), known, wording)
    for kind, bodies in known.bodies.items():
        for name, others in bodies.items():
            body = Body(kind, name, body_code("", name), f"the name of {name}")
            own = tuple([t for t in wording.tokens(name) if t not in FORCE_WORDS])
            if kind in {BodyKind.POLICE, BodyKind.FIRE}:
                body = (local.police if kind is BodyKind.POLICE else local.fire).find(own) or body
            for each in (name, *others):
                _add(phrases, each, body, known, wording)
    for row in (*known.councils, *register):
        for short in known.other_names.get(row.code, ()):
            if short.lower() in known.short_names:
                phrases.add(wording.lean(short), registered(row))
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
