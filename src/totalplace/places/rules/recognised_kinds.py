"""What is said of a payee that is, or looks like, a public body; and what is known of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Phrase = tuple[str, ...]


class BodyKind(StrEnum):
    """What kind of body a payee is; the last five are not public bodies (public-bodies.md)."""

    COUNCIL = "council"
    COUNTY = "county"
    DISTRICT = "district"
    PARISH = "parish"
    COMBINED_AUTHORITY = "combined-authority"
    POLICE = "police"
    FIRE = "fire"
    NHS_BOARD = "nhs-board"
    NHS_TRUST = "nhs-trust"
    LOCAL_BODY = "local-body"  # parks, drainage, waste, transport, joint committees
    DEPARTMENT = "department"
    AGENCY = "agency"
    SCHOOL = "school"
    COLLEGE = "college"
    UNIVERSITY = "university"
    OWNED_COMPANY = "owned-company"
    NOT_PUBLIC = "not-public"  # looks public, and is known not to be


@dataclass(frozen=True, slots=True)
class Recognised:
    """A payee as it was recognised: which body it is, and why that is said.

    `body` is the code of the register (`gss:E10000017`) or, where it has none, a name in small
    letters; it is empty for what is no public body. `sure` is false where the name was cut short
    or misspelt, or the area is not known.
    """

    kind: BodyKind
    name: str
    body: str
    public: bool
    why: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class RegisterName:
    """A name of a register: `code` as the register writes it, `kind` as AgencyKind has it."""

    name: str
    code: str
    kind: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a name can lead to."""

    kind: BodyKind
    name: str
    body: str
    why: str
    public: bool = True
    alone: bool = False  # met only where the payee is nothing else

    def recognised(self, *, sure: bool = True, why: str = "") -> Recognised:
        """What is said of a payee that is this body."""
        return Recognised(self.kind, self.name, self.body, self.public, why or self.why, sure)


@dataclass(frozen=True, slots=True, eq=False)
class PayeeWords:
    """How names are shortened and misspelt, and which words tell against a public body."""

    meanings: Mapping[str, Phrase]
    compass: Mapping[str, Phrase]
    compass_before: frozenset[str]
    before: frozenset[str]
    harmless: frozenset[str]
    offices: frozenset[str]
    spelt: frozenset[str]
    rightly_spelt: frozenset[str]
    others: frozenset[str]
    clubs: frozenset[str]
    companies: frozenset[str]
    owned: frozenset[str]
    education: Mapping[BodyKind, tuple[Phrase, ...]]
    not_education: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PublicBodies:
    """The shipped names: of councils with codes, of areas, and of bodies that have other names."""

    words: PayeeWords
    councils: tuple[RegisterName, ...]
    other_names: Mapping[str, tuple[str, ...]]  # by GSS code
    short_names: frozenset[str]
    parish_cities: frozenset[str]
    police: Mapping[str, tuple[str, ...]]  # by GSS code, names of the area
    fire: Mapping[str, tuple[str, ...]]
    care_boards: Mapping[str, str]
    bodies: Mapping[BodyKind, Mapping[str, tuple[str, ...]]]
    not_public: tuple[tuple[BodyKind, str, str], ...]  # kind, name, why
    only_alone: frozenset[str]
    leads: frozenset[str]
    anywhere: frozenset[str]
    subjects: frozenset[str]
    ambulance: tuple[str, ...]
    pension_funds: Mapping[str, str]  # area to GSS code
    national_parks: tuple[str, ...]
