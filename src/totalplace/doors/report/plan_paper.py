"""The board paper of a plan as PDF and as a workbook: the same parts, and the same bytes each time.

The PDF is tagged (PDF/UA-1) and made from the page that stands in the HTML; nothing is fetched.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from importlib.util import find_spec
from typing import Any, Final

from totalplace.agreements.signatures.paper import on_one_day
from totalplace.commissioning.rules.board_paper import Paper, Section, Table, cell_words
from totalplace.commissioning.rules.finance import FinancialPlan
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.plan_money import money_sheets
from totalplace.doors.report.sheets import Sheet, book
from totalplace.refusal import Refused

# A date must stand within both kinds of file; a fixed one, as the paper says its own day.
_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
_one_at_a_time: Final = threading.Lock()  # a long paper takes seconds of one core
_STYLE: Final = """
@page { size: A4; margin: 20mm 16mm;
  @bottom-left { content: string(cited); font: 8pt 'DejaVu Sans', sans-serif; }
  @bottom-right { content: counter(page) ' of ' counter(pages);
    font: 8pt 'DejaVu Sans', sans-serif; } }
@page wide { size: A4 landscape; margin: 16mm 12mm; }
html { font: 9.5pt/1.4 'DejaVu Sans', sans-serif; color: #0b0c0c; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 2mm; string-set: cited attr(title); }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; break-after: avoid; }
p, ul { margin: 0 0 2.5mm; }
ul { padding-left: 5mm; }
table { border-collapse: collapse; width: 100%; font-size: 8pt; line-height: 1.3;
  margin-bottom: 3mm; }
caption { text-align: left; font-weight: bold; padding-bottom: 1mm; }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; font-weight: normal;
  border-bottom: .4pt solid #b1b4b6; overflow-wrap: break-word; }
thead th { font-weight: bold; border-bottom: .8pt solid #0b0c0c; vertical-align: bottom; }
.sum { text-align: right; white-space: nowrap; }
thead .sum { white-space: normal; }
tr { break-inside: avoid; }
.total th, .total td { font-weight: bold; }
.wide { page: wide; }
.digest { font: 7.5pt 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
"""
_WIDE: Final = 7  # columns above which a table lies across its page


def why_no_pdf() -> str:
    """Why no PDF can be made here; empty where it can."""
    if find_spec("weasyprint") is None:
        return (
            "PDF is not installed here. Whoever runs this adds it with: pip install "
            '"totalplace[documents]". The workbook has the same parts.'
        )
    return ""


def html_of(paper: Paper) -> str:
    """The paper as one page of HTML; every word of it is escaped."""
    body = "".join(_section(one) for one in paper.sections)
    title = escape(paper.title)
    return (
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='description' content='{escape(paper.cited)}'>"
        f"<meta name='author' content='Total Place'><style>{_STYLE}</style></head>"
        f"<body><h1 title='{escape(paper.cited)}'>{title}</h1>"
        f"<p>{escape(paper.under)} ({escape(paper.cited)})</p>{body}"
        f"<p class='digest'>The case and the amounts: SHA-256 {escape(paper.digest)}</p>"
        "</body></html>"
    )


def text_of(paper: Paper) -> str:
    """The paper as plain text, each table as lines of cells with strokes between."""
    lines = [paper.title, f"{paper.under} ({paper.cited})"]
    for section in paper.sections:
        lines += ["", section.heading.upper(), *section.words]
        lines += [f"- {said[:1].upper()}{said[1:]}" for said in section.points]
        for table in section.tables:
            lines += ["", f"{table.caption}:", " | ".join(table.heads)]
            lines += [
                " | ".join(cell_words(table, n, cell) for n, cell in enumerate(row))
                for row in table.rows
            ]
    return "\n".join([*lines, "", f"SHA-256 of the case and the amounts: {paper.digest}"])


def pdf_of(paper: Paper) -> bytes:
    """The paper as tagged PDF. Raises Refused where PDF is not installed."""
    if why_no_pdf():
        raise Refused(
            "This paper cannot be given as PDF",
            why="the documents extra is not installed here",
            next_step='Take the workbook, or install it with: pip install "totalplace[documents]"',
        )
    # Not loaded before it is needed: that takes seconds.
    import weasyprint  # type: ignore[import-untyped]

    def nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
        raise ValueError(f"a paper fetches nothing: {url}")

    with _one_at_a_time, on_one_day(_DAY):
        made = weasyprint.HTML(string=html_of(paper), url_fetcher=nothing)
        written: bytes = made.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=paper.digest[:32].encode()
        )
    return written


def book_of(
    paper: Paper, money: FinancialPlan | None = None, names: Mapping[str, str] | None = None
) -> bytes:
    """The paper as the bytes of an XLSX file: its words on one sheet, each table on its own."""
    words: list[list[Cell]] = [["", paper.under], ["", paper.cited], ["SHA-256", paper.digest]]
    sheets: list[Sheet] = []
    for section in paper.sections:
        words += [[section.heading if n == 0 else "", said]
                  for n, said in enumerate((*section.words, *section.points))]  # fmt: skip
        sheets += [
            _sheet(table)
            for table in section.tables
            if money is None or table.caption != "All the money"
        ]
    told = money_sheets(money, names or {}) if money is not None else []
    return book([Sheet("Paper", ("Part", paper.title), words), *sheets, *told])


def _sheet(table: Table) -> Sheet:
    heads = tuple(
        f"{head}, £" if column in table.sums else head for column, head in enumerate(table.heads)
    )
    rows = [[_cell(table, column, cell) for column, cell in enumerate(row)] for row in table.rows]
    return Sheet(table.caption[:31], heads, rows, frozen=1)


def _cell(table: Table, column: int, cell: str | int | None) -> Cell:
    if isinstance(cell, int):
        return in_pounds(cell) if column in table.sums else Decimal(cell)
    return "not known" if cell is None else cell


def _section(one: Section) -> str:
    words = "".join(f"<p>{escape(said)}</p>" for said in one.words)
    listed = "".join(f"<li>{escape(said[:1].upper() + said[1:])}</li>" for said in one.points)
    points = f"<ul>{listed}</ul>" if listed else ""
    tables = "".join(_table(table) for table in one.tables)
    return f"<section><h2>{escape(one.heading)}</h2>{words}{tables}{points}</section>"


def _table(table: Table) -> str:
    heads = "".join(
        f"<th scope='col'{_class(table, n)}>{escape(head)}</th>"
        for n, head in enumerate(table.heads)
    )
    rows = "".join(f"<tr{_total(row)}>{_cells(table, row)}</tr>" for row in table.rows)
    wide = " class='wide'" if len(table.heads) > _WIDE else ""
    return (
        f"<div{wide}><table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(table: Table, row: Iterable[str | int | None]) -> str:
    found = []
    for column, cell in enumerate(row):
        words = escape(cell_words(table, column, cell))
        if column == 0:
            found.append(f"<th scope='row'>{words}</th>")
        else:
            found.append(f"<td{_class(table, column)}>{words}</td>")
    return "".join(found)


def _total(row: Sequence[str | int | None]) -> str:
    """The mark of a row that adds up those above it."""
    return " class='total'" if "Together" in row[:2] else ""


def _class(table: Table, column: int) -> str:
    return " class='sum'" if column in table.sums else ""
