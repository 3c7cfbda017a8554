"""The planted traps as findings: what a reader of the files should have noticed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from totalplace.example_place import traps
from totalplace.example_place.truth import Finding, PublishedLine, SheetTruth

README: Final = """
truth.csv        what each published sheet holds: kinds of row, sums in pence, first and last day
payments.csv.gz  every payment, card purchase, commitment and fault, with its row in the sheet,
                 its true service, whether its words tell that, and whose money a transfer is
totals.csv       sums by agency, year published for, year paid in, and kind
findings.csv     the traps that were planted, and what a reader should say about each
agencies.csv     the agencies, their kinds, publication thresholds in pence, codes and other names
transfers.csv    what counted agencies paid each other, by nature; `through` hands it on
matrix.csv       the same by payer and receiver, beside what the receiver got by its own books
count.csv        gross: what each agency spent by true service, transfers taken out
returns.csv      net: each agency's accounts by service, and what every line is made of
whole.csv        net: what the whole-place count should say, and what is missing or stands twice

transfers.csv and count.csv add up to the payments in totals.csv. count.csv and whole.csv are two
totals of different rules, and do not add.
A file is named from the folder `published`; `sheet` is the sheet of a workbook or the member of a
zip archive. Rows are counted from 1 as a person sees them. Amounts are whole pence as published.
The place, its bodies, its suppliers, its people and its codes are made up. GSS codes that go on
with 99 0001 or more were never issued.
"""

_SAYS: Final = {
    traps.REAL_COPY: "Equal in every published cell and yet real: count each, show as a range.",
    traps.MISTAKEN_COPY: "The same line keyed twice by mistake: flag, never remove.",
    traps.CAPITAL: "Stage payments for one building: real, and not a trend.",
    traps.REPEATED_TOTAL: (
        "Each line of these invoices shows the invoice's total: flag, show as a range."
    ),
    traps.PAID_TWICE: "These lines also stand in the month before: flag across the two files.",
    traps.EARLIER: "Dated in the month before that of the file: they belong to the earlier year.",
    traps.UNREADABLE_DATE: "The date was saved as hashes: the sum counts, the day is unknown.",
    traps.NO_DATE: "No date is published: the sum counts, the day is unknown.",
    traps.UNREADABLE_AMOUNT: "No sum can be read: a fault that an officer can find, not a payment.",
}


def in_sheet(sheet: SheetTruth, lines: Iterable[PublishedLine]) -> list[Finding]:
    """The traps planted in one sheet, one finding for each kind."""
    by_kind: dict[str, list[PublishedLine]] = defaultdict(list)
    for line in lines:
        if line.planted in _SAYS:
            by_kind[line.planted].append(line)
    return [
        Finding(
            agency=sheet.agency,
            what=what,
            file=sheet.file,
            sheet=sheet.sheet,
            month="",
            rows=" ".join(str(line.row) for line in found),
            count=len(found),
            pence=sum(line.amount_pence or 0 for line in found),
            says=_SAYS[what],
        )
        for what, found in by_kind.items()
    ]


# What cannot be seen in one sheet alone: agency, what, month, what to say.
_SERIES: Final = (
    ("EX-FA", "missing month", "2023-11",
     "No payment of November 2023 was published: missing, not zero."),
    ("EX-PC", "ten months of a year", "2025-02",
     "The workbook of 2024-25 ends with January 2025: ten months, not a year."),
    ("EX-DQ", "net becomes VAT-inclusive", "2024-02",
     "Net Amount becomes Amount Paid: a trend across February 2024 is false."),
    ("EX-DQ", "newly published direct debits", "2024-04",
     "Council tax precepts are published from April 2024 only: the jump is not new spending."),
    ("EX-DV", "threshold rises from £250 to £500", "2023-10",
     "Lines under £500 are no longer published: the fall is not a saving."),
    ("EX-FA", "names lose their capitals", "2024-04",
     "A new ledger writes suppliers in small letters: the same suppliers."),
    ("EX-CA", "month first in dates", "",
     "Dates are month, day, year in every file, as days above twelve show."),
    ("EX-HT", traps.REPEATED_TOTAL, "2024-03",
     "One month of invoices in full on each line: do not compare it with other months."),
    ("EX-DV", "precepts paid through the county", "",
     "Police and fire precepts go to the county, which hands them on: the words say whose."),
    ("EX-DV", "payer and receiver disagree", "2024-01",
     "The county paid credits that the district disputes and has not booked: show both."),
    ("EX-IB", "no return for a year", "",
     "The board sent no return for 2023-24: missing, not nothing."),
    ("EX-WL", "Housing Benefit in two returns", "",
     "Districts pay it to tenants and the department pays it back: count it once."),
)  # fmt: skip


def in_series(sheets: Iterable[SheetTruth]) -> list[Finding]:
    """The traps that show only in an agency's whole series, with how many sheets it has."""
    published: dict[str, int] = defaultdict(int)
    for sheet in sheets:
        published[sheet.agency] += 1
    return [
        Finding(agency, what, "", "", month, "", published[agency], 0, says)
        for agency, what, month, says in _SERIES
    ]
