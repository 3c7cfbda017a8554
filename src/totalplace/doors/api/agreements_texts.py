"""/api/v1/agreements/texts/: agreements, their text and the terms that it says."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.agreements.queries.agreements import AgreementRow, agreement, agreements, may_read
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.report.agreement import plain_agreement
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer

router = Router()
Place = Annotated[str, Field(max_length=64, description="Only those of this place.")]


class AgreementListed(Schema):
    """An agreement, and where it stands today."""

    citation: str
    title: str
    place: str
    model: str
    stage: str
    versions: int


class Party(Schema):
    """A party, on which side, and whether it answers for the place's money."""

    agency: str
    name: str
    side: str
    accountable: bool


class PutIn(Schema):
    """What a party puts in, in pence of a year; null: not settled yet."""

    payer: str
    to: str
    line: str
    nature: str
    year: int = Field(description="In which the financial year begins.")
    pence: int | None


class Promised(Schema):
    """A promise as the text says it; where it stands is told under /agreements/kept."""

    number: int
    by: str
    to: str
    kind: str
    what: str
    due: date
    pence: int | None
    line: str | None


class Signature(Schema):
    """Who signed which version, in which turn, and the digest of the file."""

    version: int
    turn: int
    agency: str
    name: str
    day: date
    file_digest: str
    test: bool = Field(description="With a test certificate, without force in law.")


class AgreementTold(Schema):
    """An agreement: the very text of the version in force, or the last, and its terms."""

    citation: str
    title: str
    place: str
    model: str
    stage: str
    version: int
    digest: str = Field(description="SHA-256 of the text, which every signature names.")
    text: str
    parties: list[Party]
    contributions: list[PutIn]
    promises: list[Promised]
    signatures: list[Signature]


@reads(router, "", answers=Listed[AgreementListed])
def every_agreement(
    by: Asker, *, place: Place = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every agreement that may be read: those laid open, and drafts of one's own."""
    on = local_day(now())
    rows = there(lambda: agreements(place))
    mine = [row for row in rows if may_read(row, _reader(by), on)]
    return page(
        mine, lambda row: row.citation.id, lambda row: _listed(row, on), after=after or None,
        limit=limit,
    )  # fmt: skip


@reads(router, "/{place}/{number}", answers=AgreementTold)
def one_agreement(by: Asker, *, place: Code, number: Number) -> AgreementTold:
    """One agreement, its text and its terms."""
    on = local_day(now())
    row = there(lambda: agreement(f"{place}/{number}"))
    if not may_read(row, _reader(by), on):
        raise there_is_none(f"There is no agreement {place}/{number}")
    return AgreementTold(**plain_agreement(row, on))


def _reader(by: Asker) -> Officer | None:
    """In whose name drafts are read: a token has to be for what lets its officer read them."""
    return by.reading(Act.READ_UNPUBLISHED) or by.reading(Act.NEGOTIATE_FOR_CENTRE)


def _listed(row: AgreementRow, on: date) -> AgreementListed:
    return AgreementListed(
        citation=row.citation.id, title=row.title, place=row.place, model=row.model.code,
        stage=row.stage(on).value, versions=len(row.versions),
    )  # fmt: skip
