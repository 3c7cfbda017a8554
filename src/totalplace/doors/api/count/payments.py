"""The payments behind an edition: searched, added up, by payee, and down to their row in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Final

from ninja import Query, Schema
from pydantic import Field

from totalplace.count.queries.spending import searching
from totalplace.count.queries.spending.held import Held, held, is_ready
from totalplace.count.rules.spending.wanted import MOST_PENCE, Mark, Sort, Wanted
from totalplace.count.rules.tallies import Kind
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.count.addresses import router
from totalplace.doors.api.count.reading import read
from totalplace.doors.api.count.shown import EDITION
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, in_place, listed, number
from totalplace.doors.api.problems import Problematic, there_is_none
from totalplace.doors.api.words import Day
from totalplace.doors.web import work
from totalplace.doors.web.count.opening import Reading, home
from totalplace.doors.web.spending.ready import JOB
from totalplace.doors.web.work import queries as works
from totalplace.doors.web.work.rules import Asked
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

_AT: Final = "/editions/{place}/{year}/{edition}"
# Rows that are made ready while somebody waits, as on the pages; more are done by the worker.
_AT_ONCE: Final = 300_000
_WAIT: Final = "30"  # seconds
Pence = Annotated[int, Field(ge=-MOST_PENCE, le=MOST_PENCE)]
Filter = Annotated[str, Field(max_length=200)]


class Looked(Schema):
    """What is looked for; what is not said is not looked at. Any day of a month stands for it."""

    text: Filter = Field("", description="Words, or parts of words, that all stand beside it.")
    agency: Filter = Field("", description="The body that paid, by its code.")
    service: Filter = Field("", description="The purpose, by its code.")
    body: Filter = Field("", description="A public body that was paid, by its code.")
    payee: Filter = Field("", description="A payee, by its key.")
    first: Day | None = Field(None, description="The first month.")
    last: Day | None = Field(None, description="The last month.")
    least_pence: Pence | None = None
    most_pence: Pence | None = None
    kind: Kind = Kind.PAYMENT
    mark: Mark | None = Field(None, description="Lines of one mark alone.")
    sort: Sort = Sort.LARGEST

    def wanted(self) -> Wanted:
        """As the count asks for it. Raises a 422 for what cannot be looked for."""
        said = {k: v for k, v in dict(self).items() if k != "sort"} | {
            "first": _month(self.first),
            "last": _month(self.last),
        }
        try:
            return Wanted(**said)
        except Refused as refused:
            raise Problematic(HTTPStatus.UNPROCESSABLE_ENTITY, refused) from refused


class Payment(Schema):
    """A line as it is held, with what the count made of it. Sums in pence, null if not given."""

    edition: str = EDITION
    status: str = Field(description="Always measured: it is read from a file.")
    agency: str
    file: str = Field(description="SHA-256 of the file.")
    sheet: str
    row: int
    kind: str
    amount_pence: int
    net_pence: int | None
    vat_pence: int | None
    gross_pence: int | None
    vat_basis: str
    paid_on: date | None
    precision: str
    month: date | None
    payee: str
    payee_key: str
    redacted: bool
    unit: str
    purpose: str
    detail: str
    reference: str
    copied: bool = Field(description="Whether it is an extra copy of another line.")
    body: str
    service: str
    economic: str
    confidence: int = Field(description="How sure its purpose is, in hundredths.")
    nature: str
    receiver: str
    treatment: str


class Found(Listed[Payment]):
    """Payments that are found, a page at a time, and what all of them come to."""

    edition: str = EDITION
    pence: int = Field(description="All that are found, on every page; refunds are in the sum.")
    negative_pence: int
    redacted_rows: int
    transfer_pence: int
    differs: int = Field(description="Sums that come out otherwise today than when it was frozen.")


class Payee(Schema):
    """A payee. One without a key is all that publishers redacted."""

    edition: str = EDITION
    key: str
    name: str
    body: str
    agencies: int
    rows: int
    pence: int


class Spelling(Schema):
    """A name under which an agency published a payee, and the body that it is taken for."""

    edition: str = EDITION
    agency: str
    payee: str
    body: str
    body_kind: str
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class _Behind:
    reading: Reading
    held: Held


@reads(router, _AT + "/payments", answers=Found)
def payments(
    by: Asker, *, place: Code, year: Code, edition: Number, looked: Query[Looked],
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Payments of an edition's year, searched by words, body, purpose, payee, months and sums."""
    behind, wanted, skip = _behind(read(by, place, year, edition)), looked.wanted(), number(after)
    summed = searching.found(behind.held, wanted)
    rows = searching.lines(behind.held, wanted, sort=looked.sort, some=limit + 1, skip=skip)
    citation = behind.reading.row.citation
    return {
        **listed(
            rows, lambda _: skip + limit, lambda row: _payment(citation, row),
            total=summed.everything.rows, limit=limit,
        ),
        "edition": citation,
        "pence": summed.everything.pence,
        "negative_pence": summed.negative_pence,
        "redacted_rows": summed.redacted_rows,
        "transfer_pence": summed.transfer_pence,
        "differs": behind.held.differs,
    }  # fmt: skip


@reads(router, _AT + "/payees", answers=Listed[Payee])
def payees(
    by: Asker, *, place: Code, year: Code, edition: Number, looked: Query[Looked],
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Who was paid, of the payments that are found: each with how often and how much."""
    behind, wanted, skip = _behind(read(by, place, year, edition)), looked.wanted(), number(after)
    some = searching.payees(behind.held, wanted, sort=looked.sort, some=limit + 1, skip=skip)
    citation = behind.reading.row.citation

    def told(row: searching.PayeeRow) -> Payee:
        return Payee(
            edition=citation, key=row.key, name=row.name, body=row.body, agencies=row.agencies,
            rows=row.rows, pence=row.pence,
        )  # fmt: skip

    return listed(some.rows, lambda _: skip + limit, told, total=some.number, limit=limit)


@reads(router, _AT + "/payees/{payee}", answers=Listed[Spelling])
def spellings(
    by: Asker, *, place: Code, year: Code, edition: Number, payee: Code,
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Under which names a payee was published, by whom, and for which body it is taken."""
    behind = _behind(read(by, place, year, edition))
    rows = searching.spellings(behind.held, payee)
    if not rows:
        raise there_is_none(f"There is no payee {payee}")
    citation = behind.reading.row.citation

    def told(row: searching.Spelling) -> Spelling:
        return Spelling(
            edition=citation, agency=row.agency, payee=row.payee, body=row.body,
            body_kind=row.body_kind, rows=row.rows, pence=row.pence,
        )  # fmt: skip

    return in_place(rows, told, after=after, limit=limit)


_SAME: Final = [
    name for name in Payment.model_fields if name not in {"edition", "status", "copied"}
]


def _payment(citation: str, row: searching.LineRow) -> Payment:
    same = {name: getattr(row, name) for name in _SAME}
    return Payment(edition=citation, status="measured", copied=row.copy, **same)


def _month(day: date | None) -> date | None:
    return None if day is None else day.replace(day=1)


def _behind(reading: Reading) -> _Behind:
    """The payments of an edition. Raises a 404 where it has none, a 503 until they are ready."""
    rows = sum(f.rows for f in reading.opened.files if f.what == "payments")
    if rows > _AT_ONCE and not is_ready(home(), reading.row, reading.opened.plain):
        raise _not_yet(reading)
    found = held(home(), reading.row, reading.opened.plain)
    if found is None:
        raise there_is_none(f"There are no payments behind edition {reading.row.citation}")
    return _Behind(reading, found)


def _not_yet(reading: Reading) -> Problematic:
    """Have them made ready, as a page of theirs would, and say so."""
    about = f"payments of edition {reading.row.citation}"
    if works.under_way(about) is None:
        work.enqueue(
            JOB, by=Operator("reader"), about=about, words=f"Making ready the {about}",
            asked=Asked(place=reading.row.place, back=reading.to("payments")),
            edition=reading.row.citation,
        )  # fmt: skip
    refused = Refused(
        "The payments cannot be searched yet",
        why="they are being made ready",
        next_step="Ask again in a minute",
    )
    return Problematic(HTTPStatus.SERVICE_UNAVAILABLE, refused, headers={"Retry-After": _WAIT})
