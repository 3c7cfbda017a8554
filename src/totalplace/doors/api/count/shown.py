"""What an edition says, as it is told: every figure with its edition, status and sources."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

EDITION = Field(description="The edition that it was read from: place/year/number.")
NOT_KNOWN = Field(description="In pence; null where it is not known, which is not nothing.")
FILES = Field(description="SHA-256 of the files: see `files` of the edition.")


class EditionMove(Schema):
    """A decision about an edition."""

    verb: str
    after: str
    agency: str
    reason: str
    on: datetime


class Edition(Schema):
    """A frozen count, and where it stands."""

    edition: str = EDITION
    place: str
    year: str
    number: int
    digest: str = Field(
        description="SHA-256 of what it says: the same says the same, to the penny."
    )
    standing: str
    signed_off: bool = Field(description="Whether it ever was, and so is for all to read.")
    by: str = Field(description="Who froze it.")
    on: datetime
    moves: list[EditionMove]


class Total(Schema):
    """A sum with its range, and how much of it is known in which way."""

    pence: int
    low_pence: int
    high_pence: int
    by_status: dict[str, int] = Field(description="Pence that are measured, apportioned, modelled.")
    missing: int = Field(description="Lines without a value, which are in no sum.")


class Numbers(Schema):
    """Different sums that are often taken for one."""

    for_the_place: Total
    controlled: Total
    negotiable: Total
    national: Total
    paid_in_pence: int
    paid_in_unknown_pence: int


class Whole(Schema):
    """What an edition says in all. Net and gross sums are never added."""

    edition: Edition
    place_name: str
    people: int | None
    people_source: str
    income: str = Field(description="The income rule of the total: net or gross.")
    total: Total
    numbers: Numbers | None
    lines: int
    flows: int
    eliminated_pence: int = Field(description="Paid between counted bodies, and so counted once.")
    files: list[str] = FILES
    later: str | None = Field(description="A later edition of the year that you may read.")
    notes: list[str]


class Line(Schema):
    """A sum of the count, with its service, basis, status, range and origin."""

    edition: str = EDITION
    number: int = Field(description="Where it stands in the edition, from 1.")
    kind: str = Field(description="net, gross, or capital, which is in no total.")
    agency: str
    agency_name: str
    year: str
    service: str
    income: str
    economic: str
    basis: str
    status: str
    pence: int | None = NOT_KNOWN
    low_pence: int | None
    high_pence: int | None
    source: str
    files: list[str] = FILES
    note: str
    detail: str


class Flow(Schema):
    """What a body paid another in the year, of one nature, and what the count does with it."""

    edition: str = EDITION
    number: int
    payer: str
    paid_to: str
    receiver: str
    nature: str
    service: str
    economic: str
    treatment: str
    rows: int
    pence: int
    status: str = Field(description="Always measured: it is read from payments.")
    files: list[str] = FILES


class Covered(Schema):
    """What is held of a body, and how much of its accounts its payments explain."""

    edition: str = EDITION
    agency: str
    agency_name: str
    months_held: int
    payments_pence: int | None = NOT_KNOWN
    passed_on_pence: int
    accounts_pence: int | None = NOT_KNOWN
    form: str
    status: str
    files: list[str] = FILES


class File(Schema):
    """A table of a file that an edition was made from."""

    edition: str = EDITION
    sha256: str
    agency: str
    what: str
    document: str
    sheet: str
    publisher: str
    licence: str
    rows: int
    pence: int | None = NOT_KNOWN
    first_day: date | None
    last_day: date | None
    taken_on: date | None


class Ruling(Schema):
    """A judgement of an officer that an edition was made with."""

    edition: str = EDITION
    agency: str
    subject: str
    about: str
    said: str
    reason: str


class Difference(Schema):
    """A line that differs between two editions."""

    before: str
    after: str
    income: str
    agency: str
    agency_name: str
    service: str
    economic: str
    before_pence: int | None = NOT_KNOWN
    after_pence: int | None = NOT_KNOWN
    difference_pence: int
    why: str


class Compared(Schema):
    """What differs between two editions, a page at a time, and what they were made from."""

    before: Edition
    after: Edition
    files_added: list[str]
    files_gone: list[str]
    rulings_added: list[str]
    rulings_gone: list[str]
    definitions: list[str]
    items: list[Difference]
    total: int
    complete: bool
    next: str | None
