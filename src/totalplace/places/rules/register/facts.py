"""What a published register says, line by line, before anything is made of it.

A code is written with its scheme, `gss:E10000017` or `registry:LAN`, so that codes of several
schemes can stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.places.rules.kinds import AgencyKind

GSS: Final = "gss"
# The places that are counted are made of these: together they cover the land once.
AREA_KINDS: Final = frozenset({AgencyKind.COUNCIL, AgencyKind.DISTRICT})


class NameForm(StrEnum):
    """What a name is a name of: the body in full, the body in short or in error, the area alone."""

    OFFICIAL = "official"
    ALIAS = "alias"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a register as it was loaded. `year` is the year that it describes, if known."""

    number: int
    recipe: str
    title: str
    publisher: str
    file_name: str
    year: int | None

    def __str__(self) -> str:
        return self.file_name or self.title


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source says of one body. `former` are codes that it says the body had before."""

    source: int
    line: int
    kind: AgencyKind
    codes: tuple[str, ...]
    names: tuple[tuple[str, NameForm], ...] = ()
    former: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Its codes of now and of before."""
        return (*self.codes, *self.former)

    @property
    def is_named(self) -> bool:
        """Whether it has a name that tells which body it is, not only ways to write one."""
        return any(form is not NameForm.ALIAS for _, form in self.names)


@dataclass(frozen=True, slots=True)
class Change:
    """One body became another (or part of it).

    `day` is the first day of the new one. Where a source gives only an `end`, it may be the last
    day of the old one or the first of the new: sources differ in what they mean.
    """

    source: int
    line: int
    old: str
    new: str
    day: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """A body covers an area, or `part` of `of` of it, counted in `by` (small areas, patients)."""

    source: int
    line: int
    body: str
    area: str
    by: str = ""
    part: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of an area in a year, as a whole number."""

    source: int
    line: int
    area: str
    what: str
    year: int
    value: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that has been loaded."""

    sources: tuple[Source, ...] = ()
    entries: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    covers: tuple[Cover, ...] = ()
    values: tuple[Value, ...] = ()

    def __add__(self, other: Facts) -> Facts:
        return Facts(
            self.sources + other.sources,
            self.entries + other.entries,
            self.changes + other.changes,
            self.covers + other.covers,
            self.values + other.values,
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that sources say differently, in a sentence, with each side and who says it."""

    kind: str
    about: str
    what: str
    sides: tuple[tuple[str, str], ...] = field(default=())


def gss_of(code: str) -> str:
    """The GSS code in a code with its scheme, or nothing."""
    scheme, _, bare = code.partition(":")
    return bare if scheme == GSS else ""
