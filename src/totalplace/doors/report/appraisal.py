"""An appraisal as a workbook: what was put in, to be filled in again, and what follows from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from totalplace.commissioning.definitions.appraisal.reading import grades, unit_values
from totalplace.commissioning.rules.appraisal import Appraised
from totalplace.commissioning.rules.appraisal.headings import ABOUT
from totalplace.commissioning.rules.appraisal.sheet import cells_of
from totalplace.commissioning.rules.appraisal.telling import summary, told
from totalplace.commissioning.rules.appraisal.terms import IN_WORDS, Gives, Pays, Shape, What
from totalplace.commissioning.rules.appraisal.text import digest_of, text_of
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.guide import guide
from totalplace.doors.report.sheets import Sheet, book

_HOW: Final = f"""
Appraisal | What is appraised, against what would happen otherwise, over how many years, and at the
prices of which year. Parties that may receive but not pay are named with semicolons between them.
Costs | A row for each cost and who pays it, in pounds for each year. Met with: {", ".join(Pays)}.
In kind is time or room that is there anyway. Times low and Times high: by which factor all of it
may turn out otherwise, such as 0.9 and 1.2.
Outcomes | A row for each change that it brings: in how many years people are taken in, after how
many years it begins, how many years it lasts.
Numbers | For each outcome a row for each of: {", ".join(What)}. Nought is written as 0: blank is
not nought. Shares are written from 0 to 1, or in per cent such as 40%.
Gains | A row for each outcome and party that gains: pounds a year for one success.
Kind: {", ".join(Gives)}. Of a fiscal gain, write which share can be taken out of a budget; of the
others leave that blank. Health: yes where it is health itself, and no money.
Low, Middle, High | A number that is certain has only a middle. Shape: {", ".join(Shape)}; a
triangle where nothing is said.
Source, Address | Who says so, and where a stranger can open it. Without a source it is a guess.
Prices | An index of prices for the base and for each other year in which a sum was priced.
Grade | From 1, well known, to 6, a judgement: see the sheet Grades.
What is refused | A workbook with a fault in it is not taken: you are told each cell, what was found
there, and what to do.
"""
_NOT_NUMBERS: Final = frozenset({"Code", "Outcome", "First year", "Prices of", "Year", "Option"})


def appraisal_book(one: Appraised | None) -> bytes:
    """An appraisal and all that follows from it as an XLSX file; without one, a template."""
    sheets = []
    for name, (heads, rows) in cells_of(one.terms if one else None).items():
        filled = [[_cell(head, cell) for head, cell in zip(heads, row, strict=True)]
                  for row in rows]  # fmt: skip
        if name == ABOUT:
            filled = [list(row) for row in rows]
        sheets.append(Sheet(name, heads, filled, frozen=1))
    if one is not None:
        sheets.append(Sheet("In words", ("What it comes to",), [[said] for said in summary(one)]))
        tables = told(one)
        sheets += [Sheet(t.name, t.heads, t.rows, frozen=1) for t in tables]
        notes = [(t.name, f"{t.title}. {t.note}") for t in tables]
        sheets.append(Sheet("What each sheet says", ("Sheet", "What it says"), notes))
    worded = [(one_.grade, f"{one_.share:.0%}", one_.evidence) for one_ in grades()]
    published = [
        (v.title, v.who, v.gives.value, v.pounds, f"{v.price_year}-{(v.price_year + 1) % 100:02d}")
        for v in unit_values()
    ]
    sheets += [
        Sheet("How to fill it in", ("What", "How"), guide(_HOW)),
        Sheet("Grades", ("Grade", "Optimism takes off", "What is known"), worded),
        Sheet("Words of the numbers", ("Number", "What it is"), list(IN_WORDS.items())),
        Sheet("Published values", ("Outcome", "Who gains", "Kind", "Pounds a year", "Prices of"),
              published),
    ]  # fmt: skip
    return book(sheets)


def as_told(found: Appraised) -> dict[str, Any]:
    """All that an appraisal says, as JSON takes it: pounds as text, so that no penny is lost."""
    text = text_of(found.terms)
    result = found.result
    return {
        "title": found.terms.title,
        "option": found.terms.option,
        "digest": digest_of(text),
        "net_pence": result.net,
        "fiscal_net_pence": result.fiscal_net,
        "cash_net_pence": result.cash_net,
        "costs_pence": result.costs,
        "gains_pence": result.gains,
        "guesses": len(found.guesses),
        "numbers": len(found.numbers),
        "summary": list(summary(found)),
        "tables": [
            {"name": t.name, "title": t.title, "note": t.note, "heads": list(t.heads),
             "rows": [[str(c) if isinstance(c, Decimal) else c for c in row] for row in t.rows]}
            for t in told(found)
        ],
        "text": text,
    }  # fmt: skip


def _cell(head: str, cell: str) -> Cell:
    """A cell as a number where it is one, so that a spreadsheet can reckon with it."""
    if head in _NOT_NUMBERS or not cell or cell.endswith("%"):
        return cell
    if not cell.replace(".", "", 1).lstrip("-").isdecimal():
        return cell
    return int(cell) if cell.lstrip("-").isdecimal() else Decimal(cell)
