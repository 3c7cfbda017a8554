"""What is found among the payments of an edition: sums, facets, lines and payees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from totalplace import engines
from totalplace.count.queries.spending.held import Held
from totalplace.count.rules.spending.wanted import Sort, Wanted
from totalplace.refusal import Refused

SECONDS: Final = 15.0  # that whoever waits for a page is let wait
MOST_LINES: Final = 1_000_000  # of a file that is taken away; a spreadsheet holds no more


@dataclass(frozen=True, slots=True)
class Summed:
    """Lines added up: how many, and their pence; refunds are in the sum."""

    rows: int = 0
    pence: int = 0

    def __add__(self, other: Summed) -> Summed:
        return Summed(self.rows + other.rows, self.pence + other.pence)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that is found, exactly: in all, and by body, service and month."""

    everything: Summed
    negative_pence: int
    redacted_rows: int
    transfer_pence: int
    by_agency: Mapping[str, Summed]
    by_service: Mapping[str, Summed]
    by_month: Mapping[date | None, Summed]
    parts: Mapping[tuple[str, str, date | None], Summed]  # by agency, service and month


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it is held, with what the count made of it. Sums are in pence, None if not given.

    `confidence` is in hundredths. `nature`, `receiver` and `treatment` are empty unless a public
    body was paid. A redacted line has no payee key.
    """

    agency: str
    file: str
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
    payee_number: str
    redacted: bool
    unit: str
    purpose: str
    detail: str
    reference: str
    copy: bool
    body: str
    body_kind: str
    service: str
    economic: str
    confidence: int
    nature: str
    receiver: str
    treatment: str


@dataclass(frozen=True, slots=True)
class PayeeRow:
    """A payee among what is found. One without a key is all that publishers redacted."""

    key: str
    name: str
    body: str
    agencies: int
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class PayeesFound:
    """Some of the payees that are found, and how many there are."""

    rows: tuple[PayeeRow, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name under which an agency published a payee, and the public body that it is taken for."""

    agency: str
    payee: str
    body: str
    body_kind: str
    rows: int
    pence: int


def found(held: Held, wanted: Wanted, *, seconds: float = SECONDS) -> Found:
    """What is found, added up. Raises Refused where it takes longer than the seconds given."""
    rows = _asked(held, "found", wanted, seconds=seconds)
    agencies: dict[str, Summed] = defaultdict(Summed)
    services: dict[str, Summed] = defaultdict(Summed)
    months: dict[date | None, Summed] = defaultdict(Summed)
    parts: dict[tuple[str, str, date | None], Summed] = {}
    whole, negative, redacted, transfers = Summed(), 0, 0, 0
    for r in rows:
        some = Summed(r["row_count"], r["amount_pence"])
        whole += some
        agencies[r["agency"]] += some
        services[r["service"]] += some
        months[r["month"]] += some
        parts[r["agency"], r["service"], r["month"]] = some
        negative += r["negative_pence"]
        redacted += r["redacted_rows"]
        transfers += r["transfer_pence"]
    return Found(whole, negative, redacted, transfers, agencies, services, months, parts)


def lines(
    held: Held, wanted: Wanted, *, sort: Sort, some: int, skip: int = 0, seconds: float = SECONDS
) -> list[LineRow]:
    """Some of the lines that are found. Raises Refused where it takes too long."""
    told = {"sort": sort.value, "some": some, "skip": skip}
    return [LineRow(**r) for r in _asked(held, "found_lines", wanted, seconds=seconds, **told)]


def each_line(held: Held, wanted: Wanted, *, sort: Sort) -> Iterator[LineRow]:
    """Every line that is found, one by one: memory does not grow with them."""
    told = {**wanted.told, "sort": sort.value, "some": MOST_LINES, "skip": 0}
    for r in engines.each("count/spending/found_lines", held.tables, **told):
        yield LineRow(**r)


def write_lines(held: Held, wanted: Wanted, path: Path, *, sort: Sort) -> int:
    """Write every line that is found to a Parquet file; the rows written."""
    told = {**wanted.told, "sort": sort.value, "some": MOST_LINES, "skip": 0}
    return engines.write_answer(path, "count/spending/found_lines", held.tables, **told)


def payees(
    held: Held, wanted: Wanted, *, sort: Sort, some: int, skip: int = 0, seconds: float = SECONDS
) -> PayeesFound:
    """Some of the payees that are found. Raises Refused where it takes too long."""
    told = {"sort": sort.value, "some": some, "skip": skip}
    rows = _asked(held, "found_payees", wanted, seconds=seconds, **told)
    return PayeesFound(tuple(map(_payee, rows)), rows[0]["payees"] if rows else 0)


def each_payee(held: Held, wanted: Wanted, *, sort: Sort) -> Iterator[PayeeRow]:
    """Every payee that is found, one by one."""
    told = {**wanted.told, "sort": sort.value, "some": MOST_LINES, "skip": 0}
    return map(_payee, engines.each("count/spending/found_payees", held.tables, **told))


def write_payees(held: Held, wanted: Wanted, path: Path, *, sort: Sort) -> int:
    """Write every payee that is found to a Parquet file; the rows written."""
    told = {**wanted.told, "sort": sort.value, "some": MOST_LINES, "skip": 0}
    return engines.write_answer(path, "count/spending/found_payees", held.tables, **told)


def _payee(r: dict[str, Any]) -> PayeeRow:
    return PayeeRow(
        r["payee_key"], r["payee"], r["body"], r["agencies"], r["row_count"], r["amount_pence"]
    )


def spellings(held: Held, payee: str, *, kind: str = "payment") -> list[Spelling]:
    """Under which names a payee was published, by whom; none where there is no such payee."""
    rows = engines.ask("count/spending/payee_spellings", held.tables, payee_key=payee, kind=kind)
    return [
        Spelling(
            r["agency"], r["payee"], r["body"], r["body_kind"], r["row_count"], r["amount_pence"]
        )
        for r in rows
    ]


def lines_at(held: Held, file: str, row: int, sheet: str | None = None) -> list[LineRow]:
    """The lines of a row of a file; several only where an archive has several such files."""
    told: dict[str, Any] = {"every_sheet": sheet is None, "sheet": sheet or ""}
    rows = engines.ask("count/spending/lines_at", held.tables, file=file, row=row, **told)
    return [LineRow(**r) for r in rows]


def _asked(
    held: Held, name: str, wanted: Wanted, *, seconds: float, **told: Any
) -> list[dict[str, Any]]:
    try:
        return engines.ask(
            f"count/spending/{name}", held.tables, seconds=seconds, **wanted.told, **told
        )
    except engines.TookTooLong as error:
        raise Refused(
            "The search was stopped",
            why=f"it took longer than {seconds:g} seconds among {held.rows:,} lines",
            next_step=_narrower(wanted),
        ) from error


def _narrower(wanted: Wanted) -> str:
    """What to say more of, the most telling first."""
    ways = [
        said
        for missing, said in (
            (not wanted.agency, "choose one body"),
            (wanted.first is None and wanted.last is None, "choose some months"),
            (wanted.least_pence is None, "give a least sum"),
            (bool(wanted.text), "give a longer part of the name"),
        )
        if missing
    ]
    return f"To narrow it, {' or '.join(ways)}" if ways else "Search for fewer payments"
