"""Random tables of payments, written in the ways that bodies write them, and read back."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import strategies as st

from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.rules.layout import Cell

ROLES: Final = ("unit", "purpose", "payee", "reference", "day", "pence")
# Each name on one row, and the same over two.
NAMES: Final = {
    "unit": (("Directorate", ("", "Directorate")), ("Service Area", ("Service", "Area"))),
    "purpose": (
        ("Expense Type", ("Expense", "Type")),
        ("Purpose of Spend", ("Purpose", "of Spend")),
    ),
    "payee": (("Supplier Name", ("Supplier", "Name")), ("Vendor Name", ("Vendor", "Name"))),
    "reference": (("Document Number", ("Document", "Number")), ("Invoice No", ("Invoice", "No"))),
    "day": (("Payment Date", ("Payment", "Date")), ("Date Paid", ("Date", "Paid"))),
    "pence": (("Net Amount", ("Net", "Amount")), ("Amount (£)", ("Amount", "(£)"))),
}  # fmt: skip
BODIES: Final = (
    "Aldwick Building Services Ltd", "BRACKENHALL CARE LIMITED", "Corvane PLC", "Fennick LLP",
    "EASTMERE BOROUGH COUNCIL", "Penhale Water Ltd", "Kestrel Fuels Limited", "Yarrow & Sons Ltd",
)  # fmt: skip
UNITS: Final = ("Adult Social Care", "Highways and Transport", "Public Health", "Housing Services")
PURPOSES: Final = (
    "Agency Staff", "Repairs and Maintenance", "Vehicle Hire", "Electricity", "Training Expenses",
)  # fmt: skip
TITLES: Final = (
    "Eastmere Borough Council", "Payments to suppliers over £500", "Spending, by supplier; all",
    "Published under the Local Government Transparency Code 2015",
)  # fmt: skip
TOTAL_WORDS: Final = (
    "Total", "TOTAL", "Grand Total", "Grand total:", "Totals", "Total spend", "Overall Total",
    "Total (£)", "Sum",
)  # fmt: skip
_SERIAL_START: Final = date(1899, 12, 30)
_FAR: Final = 10**15  # pence; beyond this a workbook's numbers are no longer exact
_ODD_MARKS: Final = "\n\"',;|\t&£%/\\-–_.:()#*=@ \xa0ÀéßØŁЖ中é🏠\u2003\u3000\u2028\x85"
_CP1252: Final = "".join(
    c for b in range(0xA0, 0x100) if (c := bytes([b]).decode("cp1252", "replace")) != "\ufffd"
)


class What(StrEnum):
    """What a row was written as."""

    PREAMBLE = "preamble_rows"
    HEADER = "header_rows"
    PAYMENT = "payments"
    TOTAL = "total_rows"
    BLANK = "blank_rows"


@dataclass(frozen=True)
class Payment:
    """One payment, as it is true whatever the form of the file."""

    unit: str
    purpose: str
    payee: str
    reference: str
    day: date | None
    pence: int


@dataclass(frozen=True)
class Line:
    """One row of a table: what it is, its cells, and the payment that it tells of."""

    what: What
    cells: tuple[Cell, ...]
    payment: Payment | None = None


@dataclass(frozen=True)
class Form:
    """How a body writes its tables, whatever the kind of file."""

    order: tuple[str, ...]
    names: tuple[int, ...]
    gaps: bool  # a blank column after each
    header: str  # "one", "two", "none" or "last"
    again_after: int  # the header is repeated after so many payments; 0 for never
    titles: tuple[str, ...]
    blank_after: int
    trailing: int  # blank rows after the last
    total: str  # "none", "labelled" or "bare"
    label: str
    label_in: str  # the column in which the label of a total stands
    amounts: str
    days: str


@dataclass(frozen=True)
class Table:
    """Payments, the form that they are written in, and the rows as written."""

    form: Form
    lines: tuple[Line, ...]

    @property
    def payments(self) -> list[Payment]:
        return [line.payment for line in self.lines if line.payment]


@dataclass(frozen=True)
class Back:
    """What the reader makes of a file: its table, and the rows that it wrote to Parquet."""

    table: ReadTable
    rows: list[dict[str, Any]]


def folded(text: str) -> str:
    """Text as it is held: trimmed, runs of white space one space."""
    return " ".join(text.split())


AMOUNTS: Final[dict[str, Callable[[int], Cell]]] = {
    "plain": lambda p: f"{_minus(p)}{_pounds(p)}",
    "whole": lambda p: f"{_minus(p)}{_pounds(p).removesuffix('.00')}",
    "short": lambda p: f"{_minus(p)}{_pounds(p).removesuffix('0')}",
    "commas": lambda p: f"{_minus(p)}{_pounds(p, ',')}",
    "spaces": lambda p: f"{_minus(p)}{_pounds(p, ' ')}",
    "pound": lambda p: f"{_minus(p)}£{_pounds(p, ',')}",
    "pound first": lambda p: f"£{_minus(p)}{_pounds(p)}",
    "pound apart": lambda p: f" £ {_minus(p)}{_pounds(p, ',')} ",
    "code": lambda p: f"GBP {_minus(p)}{_pounds(p, ',')}",
    "brackets": lambda p: f"({_pounds(p, ',')})" if p < 0 else _pounds(p, ","),
    "pound in brackets": lambda p: f"(£{_pounds(p)})" if p < 0 else f"£{_pounds(p)}",
    "trailing": lambda p: f"{_pounds(p, ',')}{_minus(p)}",
    "trailing apart": lambda p: f"{_pounds(p)} {_minus(p)}",
    "dash": lambda p: f"{'–' if p < 0 else ''}{_pounds(p)}",
    "credit": lambda p: f"{_pounds(p)} {'CR' if p < 0 else 'DR'}",
    "credit only": lambda p: f"{_pounds(p, ',')}{'CR' if p < 0 else ''}",
    "number": lambda p: p / 100,
}  # fmt: skip
DAYS: Final[dict[str, Callable[[date], Cell]]] = {
    "slashes": lambda d: d.strftime("%d/%m/%Y"),
    "slashes, short year": lambda d: d.strftime("%d/%m/%y"),
    "no noughts": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dots": lambda d: d.strftime("%d.%m.%Y"),
    "dashes": lambda d: d.strftime("%d-%m-%Y"),
    "iso": lambda d: d.isoformat(),
    "with time": lambda d: d.strftime("%d/%m/%Y 00:00:00"),
    "iso with time": lambda d: d.strftime("%Y-%m-%dT09:30:00"),
    "month's name, short": lambda d: d.strftime("%d-%b-%y"),
    "month's name, capitals": lambda d: d.strftime("%d-%b-%Y").upper(),
    "month's name": lambda d: f"{d.day} {d.strftime('%B %Y')}",
    "compact": lambda d: d.strftime("%Y%m%d"),
    "serial": lambda d: str((d - _SERIAL_START).days),
    "month first": lambda d: d.strftime("%m/%d/%Y"),
    "typed": lambda d: datetime.combine(d, time()),
    "typed serial": lambda d: (d - _SERIAL_START).days,
}


def _minus(pence: int) -> str:
    return "-" if pence < 0 else ""


def _pounds(pence: int, between: str = "") -> str:
    whole = f"{abs(pence) // 100:,}".replace(",", between)
    return f"{whole}.{abs(pence) % 100:02d}"


def _payees(marks: str) -> st.SearchStrategy[str]:
    """Names with anything in them. Four digits together would be a supplier's number."""
    letters = st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"])
    odd = st.text(st.sampled_from(marks) | letters, max_size=8)
    odd = odd.filter(lambda t: not re.search(r"\d{3}", t))
    return st.builds(lambda b, a, c: f"{a}{b}{c}", st.sampled_from(BODIES), odd, odd)


def _payments(form: Form, marks: str) -> st.SearchStrategy[list[Payment]]:
    named = form.header != "none"
    plain = st.sampled_from(BODIES)
    # A list covers a year or so: days that a spreadsheet counts are told from sums by that.
    days = st.integers(0, 600).map(lambda n: date(2022, 4, 1) + timedelta(days=n))
    few = st.integers(-1_000_000_00, 1_000_000_00).filter(lambda p: abs(p) > 100_00 and p % 100)
    # Sums of nothing but noughts tell nothing of their column, so that most are sums as usual.
    sums = few | few | st.integers(-_FAR, _FAR) | st.integers(-100_000, 10_000_000) | st.just(0)
    payment = st.builds(
        Payment,
        unit=st.sampled_from(UNITS),
        purpose=st.sampled_from(PURPOSES),
        payee=_payees(marks) | plain if named else plain,
        reference=st.integers(10**6, 10**7 - 1).map(lambda n: f"INV{n}"),
        day=days | st.none() if named else days,
        pence=sums if named else few,
    )
    return st.lists(payment, min_size=6 if named else 15, max_size=30)


@st.composite
def forms(draw: st.DrawFn, amounts: tuple[str, ...], days: tuple[str, ...]) -> Form:
    """The form of a table; sums and days in one of some ways."""
    header = draw(st.sampled_from(["one", "one", "one", "two", "none", "last"]))
    # Without a header under it, a title may as well be a payment that has lost its other cells.
    titled = header in ("one", "two")
    return Form(
        order=draw(st.permutations(ROLES).map(tuple)),
        names=draw(st.tuples(*[st.integers(0, 1)] * len(ROLES))),
        gaps=draw(st.sampled_from([False, False, True])),
        header=header,
        # Of two headers over two rows each, the second may be taken for the table's own.
        again_after=draw(st.sampled_from([0, 0, 2, 3])) if header == "one" else 0,
        titles=tuple(draw(st.lists(st.sampled_from((*TITLES, "")), max_size=3))) if titled else (),
        blank_after=draw(st.sampled_from([0, 0, 1, 2])),
        # A header over blank rows is taken for one whose payments are missing.
        trailing=0 if header == "last" else draw(st.sampled_from([0, 0, 1, 5])),
        total=draw(st.sampled_from(["none", "labelled", "bare"])),
        label=draw(st.sampled_from(TOTAL_WORDS)),
        label_in=draw(st.sampled_from([r for r in ROLES if r != "pence"])),
        amounts=draw(st.sampled_from(amounts)),
        days=draw(st.sampled_from(days)),
    )


@st.composite
def tables(
    draw: st.DrawFn,
    *,
    amounts: tuple[str, ...],
    days: tuple[str, ...],
    marks: str = _ODD_MARKS,
    times: int = 1,
) -> Table:
    """A table of payments, so many times over, as rows of cells with what each row is."""
    form = draw(forms(amounts, days))
    payments = draw(_payments(form, marks))
    # Where many rows have no day, a repeated header may be taken for the table's own.
    for n in range(len(payments) if form.again_after else 1):
        payments[n] = replace(payments[n], day=payments[n].day or date(2023, 3, 28))
    if form.days == "month first":
        # Only a day above 12 proves that the month stands first: it is on the last row.
        early = [replace(p, day=p.day and p.day.replace(day=p.day.day % 12 + 1)) for p in payments]
        payments = [*early * times, replace(payments[0], day=date(2023, 3, 28))]
    else:
        payments = payments * times
    return Table(form, tuple(_lines(form, payments)))


def _lines(form: Form, payments: list[Payment]) -> list[Line]:
    lines = [_alone(What.PREAMBLE if t else What.BLANK, t, form, 0) for t in form.titles]
    header = _header(form)
    lines += header if form.header in ("one", "two") else []
    for n, payment in enumerate(payments, start=1):
        lines.append(Line(What.PAYMENT, _cells(form, payment), payment))
        if form.again_after == n:
            lines += header
        if form.blank_after == n:
            lines.append(_alone(What.BLANK, "", form, 0))
    total = sum(p.pence for p in payments)
    if form.total != "none":
        cells = dict.fromkeys(ROLES, "") | {"pence": AMOUNTS[form.amounts](total)}
        if form.total == "labelled":
            cells[form.label_in] = form.label
        lines.append(Line(What.TOTAL, _placed(form, cells)))
    lines += header if form.header == "last" else []
    lines += [_alone(What.BLANK, "", form, 0)] * form.trailing
    return lines


def _alone(what: What, text: str, form: Form, at: int) -> Line:
    cells: list[Cell] = [""] * len(_placed(form, dict.fromkeys(ROLES, "")))
    cells[at] = text
    return Line(what, tuple(cells))


def _header(form: Form) -> list[Line]:
    chosen = {role: NAMES[role][n] for role, n in zip(ROLES, form.names, strict=True)}
    if form.header != "two":
        return [Line(What.HEADER, _placed(form, {r: one for r, (one, _) in chosen.items()}))]
    return [
        Line(What.HEADER, _placed(form, {r: two[at] for r, (_, two) in chosen.items()}))
        for at in (0, 1)
    ]


def _cells(form: Form, payment: Payment) -> tuple[Cell, ...]:
    cells: dict[str, Cell] = {role: getattr(payment, role) for role in ROLES[:4]}
    cells["day"] = DAYS[form.days](payment.day) if payment.day else ""
    cells["pence"] = AMOUNTS[form.amounts](payment.pence)
    return _placed(form, cells)


def _placed(form: Form, cells: dict[str, Cell]) -> tuple[Cell, ...]:
    between = [""] if form.gaps else []
    return tuple(c for role in form.order for c in [cells[role], *between])


def read_back(path: Path, *, swift: bool = False) -> Back:
    """Read a file of one table, and its rows from Parquet by a reader that is not ours."""
    with tempfile.TemporaryDirectory() as folder:
        spool, reader = Spool(Path(folder)), Reader("body", bounds=Bounds(), swift=swift)
        (only,) = (
            table
            for document in documents(path, bounds=Bounds(), scratch=Path(folder))
            for table in reader.read(document, "file", "file", spool)
        )
        spool.seal()
        rows = [r for part in spool.payments for r in pl.read_parquet(part.path).to_dicts()]
    # A holding says which row each payment stood on; it does not promise their order.
    return Back(only, sorted(rows, key=lambda row: int(row["row"])))


def as_written(table: Table, back: Back) -> None:
    """Check every row, every kind of row and every penny against what was written."""
    tally, payments = back.table.tally, table.payments
    kinds = Counter(line.what for line in table.lines)
    assert {what: getattr(tally, what) for what in What} == {what: kinds[what] for what in What}
    assert tally.rows_in == tally.accounted() == len(table.lines)
    assert tally.sum_pence == sum(p.pence for p in payments)
    assert tally.negative_payments == sum(p.pence < 0 for p in payments)
    days = [p.day for p in payments if p.day]
    assert (back.table.first_date, back.table.last_date) == (min(days), max(days))
    assert tally.undated == len(payments) - len(days)
    assert tally.cells_not_read == tally.faults == 0
    wanted = [
        (n, line.payment.pence, line.payment.day, folded(line.payment.payee))
        for n, line in enumerate(table.lines, start=1)
        if line.payment
    ]
    assert [(r["row"], r["amount_pence"], r["paid_on"], r["payee"]) for r in back.rows] == wanted
    if table.form.header != "none":
        others = [(r["unit"], r["purpose"], r["reference"]) for r in back.rows]
        assert others == [(p.unit, p.purpose, p.reference) for p in payments]


@pytest.fixture(scope="session")
def random_tables() -> Callable[..., st.SearchStrategy[Table]]:
    """Draws tables whose sums and days are written in some ways."""
    return tables


@pytest.fixture(scope="session", name="read_back")
def _read_back() -> Callable[..., Back]:
    """Reads a file of one table back."""
    return read_back


@pytest.fixture(scope="session", name="as_written")
def _as_written() -> Callable[[Table, Back], None]:
    """Checks a table that was read back against what was written."""
    return as_written
