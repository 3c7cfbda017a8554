"""What a careful reader should find in the example place: agencies, sheets, sums and traps."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from totalplace.example_place.counted import Counted
from totalplace.example_place.seasons import label_of


class RowKind(StrEnum):
    """What one row of a published sheet is."""

    PREAMBLE = "preamble"  # words above the header, or notes below the table
    HEADER = "header"
    BLANK = "blank"  # every cell empty
    TOTAL = "total"
    FAULT = "fault"  # none of the others, and its amount cannot be read
    PAYMENT = "payment"
    CARD = "card"
    COMMITMENT = "commitment"


SPEND_KINDS = (RowKind.PAYMENT, RowKind.CARD, RowKind.COMMITMENT)


@dataclass(frozen=True, slots=True)
class Agency:
    """A made-up public body, the kind it is, and the least net sum that it publishes, in pence.

    `gss` is a code that the ONS has never issued; `also_known_as` are the names by which others
    pay it beside its own.
    """

    code: str
    name: str
    kind: str
    threshold_pence: int
    gss: str = ""
    also_known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetTruth:
    """What one published sheet holds.

    `rows_in` counts the records of a text file as Python's csv module yields them (blank ones
    too), and the rows of a workbook up to the last one that is written or formatted. `negatives`
    counts payments; `copies` counts payments, cards and commitments together, the extra exact ones:
    all published cells equal within the sheet, sums compared as pence and dates as days. `undated`
    rows have a sum but no readable date; first and last date leave them out. `vat_basis` is what is
    true of the sum taken: the file itself may be silent about it.
    """

    agency: str
    year: str  # the financial year the file is published for, such as 2023-24
    file: str  # below `published/`
    sheet: str  # of a workbook; the member of a zip archive; empty elsewhere
    form: str
    rows_in: int
    preamble: int
    header: int
    blank: int
    total: int
    payments: int
    cards: int
    commitments: int
    faults: int
    sum_pence: int
    cards_pence: int
    commitments_pence: int
    negatives: int
    copies: int
    undated: int
    vat_basis: str  # net or gross
    first_date: date | None
    last_date: date | None


class PublishedLine(NamedTuple):  # a tuple, for there are a hundred thousand of them
    """One payment, card purchase, commitment or fault, where it stands and what is true of it.

    The published words are as an officer reads them: the supplier number taken out of the name,
    nothing where the sheet has no such column. `true_net_pence` and what follows are what the place
    knows and the file hides: `function` (COFOG) and `service` (count/definitions/services.yaml),
    whether a careful reader could tell the service (`telling`), the `supplier`, which counted
    agency was paid (`payee_agency`), which one's money it is (`receiver`), and the `nature` of a
    payment between public bodies.
    """

    agency: str
    file: str
    sheet: str
    row: int  # counted from 1 as a person sees it
    kind: str
    amount_pence: int | None  # as published; nothing for a fault
    paid_on: date | None  # the first of the month where only the month is published
    precision: str  # day, month or none
    payee: str
    unit: str
    purpose: str
    reference: str
    payee_number: str
    redacted: bool
    copy: bool
    vat_basis: str
    true_net_pence: int
    true_vat_pence: int
    function: str
    service: str
    telling: bool
    supplier: str
    payee_agency: str
    receiver: str
    nature: str
    planted: str

    @property
    def year_paid(self) -> str:
        """The financial year of its day, such as 2023-24; empty where no date can be read."""
        return "" if self.paid_on is None else label_of(self.paid_on)


@dataclass(frozen=True, slots=True)
class Finding:
    """A planted trap, where it is, and in plain words what a reader should say about it."""

    agency: str
    what: str
    file: str
    sheet: str
    month: str  # such as 2024-03, or empty
    rows: str  # row numbers divided by spaces, or empty
    count: int
    pence: int
    says: str


@dataclass(frozen=True, slots=True)
class Total:
    """A sum by agency, the year published for, the year paid in (may be unknown), and kind."""

    agency: str
    published_for: str
    paid_in: str
    kind: str
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class Truth:
    """The whole truth about one writing of the example place."""

    seed: int
    scale: float
    folder: Path
    agencies: tuple[Agency, ...]
    files: tuple[SheetTruth, ...]
    totals: tuple[Total, ...]
    findings: tuple[Finding, ...]
    counted: Counted

    def pence(self, agency: str, year: str, kind: str = "payment") -> int:
        """The sum of a kind that an agency published for a financial year, in pence."""
        return sum(
            total.pence
            for total in self.totals
            if (total.agency, total.published_for, total.kind) == (agency, year, kind)
        )

    def published(self) -> Path:
        """The folder with one folder of files for each agency."""
        return self.folder / "published"

    def lines(self) -> Iterator[Mapping[str, str]]:
        """Every line of `truth/payments.csv.gz` in turn, as the words written there."""
        with gzip.open(self.folder / "truth" / LINES, "rt", encoding="utf-8", newline="") as held:
            yield from csv.DictReader(held)


LINES = "payments.csv.gz"


class LineBook:
    """Writes the lines one by one, so that a big place needs no big memory."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        # No name and no time inside, so that the same seed gives the same bytes.
        self._packed = gzip.GzipFile("", "wb", compresslevel=1, fileobj=self._file, mtime=0)
        self._write([PublishedLine._fields])

    def add(self, lines: Iterable[PublishedLine]) -> None:
        """Write these lines below those already written."""
        self._write(lines)

    def close(self) -> None:
        """Finish the file."""
        self._packed.close()
        self._file.close()

    def _write(self, rows: Iterable[Iterable[object]]) -> None:
        text = StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._packed.write(text.getvalue().encode("utf-8"))
