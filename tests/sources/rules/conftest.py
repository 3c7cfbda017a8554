"""Made-up lists as public bodies publish them: a table is built from the words of its columns."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from totalplace.sources.rules.layout import Cell

PAYEES = (
    "Aldwick Building Services Ltd", "BRACKENHALL CARE LIMITED", "Mrs P Ellerby", "Corvane PLC",
    "Dunmore & Daughters", "EASTMERE BOROUGH COUNCIL", "Fennick Solicitors LLP", "Gorsewater",
    "HARROWDEN UNIVERSITY HOSPITALS NHS TRUST", "Ilkstone Fencing", "JUNIPER HOMECARE LTD",
    "Kestrel Fuels", "Lowther Academy", "MERIDEW AGENCY STAFF LTD", "Norbeck Plant Hire",
    "Otterby Day Nursery", "PENHALE WATER", "Quillfax Systems (UK) Ltd", "Redacted Personal Data",
    "St Osyth's Primary School", "THORNLEY WASTE", "Ullesdale Printers", "Verrin Consulting Ltd",
    "Wexcombe Highways Limited", "Yarrow & Sons", "Zennor Pharmacy",
)  # fmt: skip
UNITS = (
    "Adult Social Care", "Children and Families", "Highways and Transport", "Corporate Resources",
    "Regeneration", "Public Health", "Chief Executive", "Housing Revenue Account",
)  # fmt: skip
SUBUNITS = (
    "Older People North", "Fostering", "Street Lighting", "ICT Operations", "Town Centres",
    "Sexual Health", "Democratic Services", "Tenancy Support", "Reablement", "Winter Service",
    "Payroll Team", "Libraries",
)  # fmt: skip
PURPOSES = (
    "Agency Staff", "Residential Placements", "Repairs and Maintenance", "Computer Software",
    "Professional Fees", "Electricity", "Vehicle Hire", "Catering Supplies", "Training Expenses",
    "Printing & Stationery", "Grants to Voluntary Bodies", "Private Contractors",
)  # fmt: skip
WARDS = (
    "Cardiology", "Renal Unit", "Theatres", "Estates Dept", "Pharmacy Stores", "Pathology",
    "Balance Sheet", "Finance Directorate", "Maternity",
)  # fmt: skip
_START = date(2023, 4, 3)

Maker = Callable[[random.Random, int], Cell]


def _money(rng: random.Random) -> int:
    pence = int(10 ** rng.uniform(4.4, 7.5))
    return -pence if rng.random() < 0.05 else pence


def _day(rng: random.Random) -> date:
    return _START + timedelta(days=rng.randrange(28))


def _vat_parts(rng: random.Random) -> tuple[int, int]:
    net = _money(rng)
    return net, (round(net * 0.2) if rng.random() < 0.6 else 0)


# Each column is known by what it holds. Parts of one row are drawn from the same seed.
MAKERS: dict[str, Maker] = {
    "amount": lambda r, _: f"{_money(r) / 100:.2f}",
    "pounds": lambda r, _: f"£{_money(r) / 100:,.2f}",
    "trailing": lambda r, _: _signed_last(_money(r)),
    "whole": lambda r, _: str(abs(_money(r)) // 100),
    "float": lambda r, _: _money(r) / 100,
    "date": lambda r, _: _day(r).strftime("%d/%m/%Y"),
    "iso": lambda r, _: _day(r).isoformat(),
    "short": lambda r, _: _day(r).strftime("%d-%b-%y"),
    "earlier": lambda r, _: (_day(r) - timedelta(days=30)).strftime("%d/%m/%Y"),
    "day": lambda r, _: datetime.combine(_day(r), datetime.min.time()),
    "serial": lambda r, _: str((_day(r) - date(1899, 12, 30)).days),
    "payee": lambda r, _: r.choice(PAYEES),
    "payee_number": lambda r, _: str(200000 + PAYEES.index(r.choice(PAYEES)) * 37),
    "unit": lambda r, _: r.choice(UNITS),
    "subunit": lambda r, _: r.choice(SUBUNITS),
    "ward": lambda r, _: r.choice(WARDS),
    "purpose": lambda r, _: r.choice(PURPOSES),
    "narrative": lambda r, n: (
        f"{r.choice(PURPOSES)} for {r.choice(SUBUNITS).lower()} week {n % 52}"
    ),
    "reference": lambda r, n: str(5100200300 + n * 7),
    "code": lambda r, n: f"INV{r.randrange(10**6):06d}/{n % 9}",
    "cost_centre": lambda r, _: f"{r.choice('ABCDE')}{r.randrange(40):02d}10",
    "account": lambda r, _: str(r.choice((4100, 4210, 4305, 5120, 6001))),
    "line": lambda _, n: str(n + 1),
    "period": lambda _, __: "202301",
    "year": lambda _, __: "2023/24",
    "body": lambda _, __: "Eastmere Borough Council",
    "trust": lambda _, __: "Harrowden University Hospitals NHS Trust",
    "family": lambda _, __: "Department of Health",
    "caprev": lambda r, _: r.choice(("Revenue", "Revenue", "Capital")),
    "postcode": lambda r, _: f"EM{r.randrange(1, 20)} {r.randrange(1, 9)}AB",
    "vat_number": lambda r, _: f"{r.randrange(10**8, 10**9)}",
    "blank": lambda _, __: "",
    "yes": lambda r, _: r.choice(("Yes", "No")),
    "net": lambda r, _: f"{_vat_parts(r)[0] / 100:.2f}",
    "vat": lambda r, _: f"{_vat_parts(r)[1] / 100:.2f}",
    "gross": lambda r, _: f"{sum(_vat_parts(r)) / 100:.2f}",
    "irrecoverable": lambda r, _: "0.00" if r.random() < 0.9 else "12.40",
    "card_kind": lambda r, _: r.choice(("spend", "spend", "purchase_cards", "contracts")),
    "title": lambda r, n: f"{r.choice(PURPOSES)} framework {n}",
    "end": lambda r, _: (_day(r) + timedelta(days=700)).strftime("%d/%m/%Y"),
    "months": lambda r, _: str(r.choice((12, 24, 36, 48))),
}


def _signed_last(pence: int) -> str:
    return f"{abs(pence) / 100:,.2f}" + ("-" if pence < 0 else "")


def _strand(kind: str) -> str:
    """Columns that tell of one thing are drawn alike: net with its VAT, payee with its number."""
    if kind in ("net", "vat", "gross"):
        return "sums"
    return "payee" if kind.startswith("payee") else kind


def rows_of(holds: str, rows: int = 80) -> list[list[Cell]]:
    """Rows of payments, one maker a column; the parts of one row agree with each other."""
    return [
        [MAKERS[kind](random.Random(f"{n}/{_strand(kind)}"), n) for kind in holds.split()]
        for n in range(rows)
    ]


RowsOf = Callable[..., list[list[Cell]]]


@pytest.fixture(name="rows_of", scope="session")
def _rows_of() -> RowsOf:
    """The builder of made-up rows: what each column holds, in one word each."""
    return rows_of
