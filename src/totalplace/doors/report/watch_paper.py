"""The board paper of a place's watch: the page seen from a distance, findings and answers.

As tagged PDF (PDF/UA-1) and as a workbook; of the same rows the same bytes on any day. It fits on
few sheets: what changed stands in tables, what did not is listed.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from importlib.util import find_spec
from typing import Any, Final

from totalplace.agreements.signatures.paper import on_one_day
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.watch_told import (
    HEADS,
    QUIET_WORDS,
    Group,
    Line,
    beside_words,
    counted,
    grouped,
    row,
    said,
    since_words,
    sure_words,
)
from totalplace.outcomes.rules.periods import in_words
from totalplace.refusal import Refused

_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)  # within the file; the paper says its own day
_one_at_a_time: Final = threading.Lock()  # a long paper takes seconds of one core
_LONGEST_LIST: Final = 400  # titles of one list; the workbook has them all
_STYLE: Final = """
@page { size: A4; margin: 14mm 13mm;
  @bottom-left { content: string(cited); font: 7.5pt 'DejaVu Sans', sans-serif; }
  @bottom-right { content: counter(page) ' of ' counter(pages);
    font: 7.5pt 'DejaVu Sans', sans-serif; } }
html { font: 8.5pt/1.35 'DejaVu Sans', sans-serif; color: #0b0c0c; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 1mm; string-set: cited attr(title); }
h2 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0 0 1.5mm; }
.tally { font-size: 10pt; font-weight: bold; }
table { border-collapse: collapse; width: 100%; font-size: 7.5pt; line-height: 1.25;
  margin: 0 0 2mm; }
caption { text-align: left; font-weight: bold; padding-bottom: .5mm; }
th, td { text-align: left; vertical-align: top; padding: .8mm 2mm .8mm 0; font-weight: normal;
  border-bottom: .4pt solid #b1b4b6; overflow-wrap: break-word; }
thead th { font-weight: bold; border-bottom: .8pt solid #0b0c0c; }
tbody th { font-weight: bold; }
tr { break-inside: avoid; }
.quiet { font-size: 7pt; line-height: 1.3; }
.digest { font: 6.5pt 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; margin-top: 3mm; }
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the paper tells it: its number, what it says, and what came of it."""

    number: int
    told_on: date
    title: str
    sentence: str
    answered: str  # where its answer stands, in a sentence; empty where none is owed


@dataclass(frozen=True, slots=True)
class WatchPaper:
    """All that the paper says. `cited` is the address at which the same stands on a page."""

    place: str
    on: date
    promise: str
    lines: tuple[Line, ...]
    findings: tuple[Found, ...]
    cited: str

    @property
    def title(self) -> str:
        """What the paper is called."""
        return f"{self.place}: the watch, seen from a distance"

    @property
    def digest(self) -> str:
        """SHA-256 of every row and finding, so that two papers can be told apart."""
        told = [self.place, self.on.isoformat(), self.promise, *map(repr, map(row, self.lines)),
                *map(repr, self.findings)]  # fmt: skip
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def why_no_pdf() -> str:
    """Why no PDF can be made here; empty where it can."""
    if find_spec("weasyprint") is None:
        return (
            "PDF is not installed here. Whoever runs this adds it with: pip install "
            '"totalplace[documents]". The workbook has the same rows.'
        )
    return ""


def pdf_of(paper: WatchPaper) -> bytes:
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


def html_of(paper: WatchPaper) -> str:
    """The paper as one page of HTML; every word of it is escaped."""
    title, cited = escape(paper.title), escape(paper.cited)
    tally = " · ".join(f"{many} {sign}" for sign, many in counted(paper.lines)) or "nothing"
    body = "".join(_group(one) for one in grouped(paper.lines))
    return (
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='description' content='{cited}'><meta name='author' content='Total Place'>"
        f"<style>{_STYLE}</style></head><body><h1 title='{cited}'>{title}</h1>"
        f"<p>As of {in_words(paper.on)}. {escape(paper.promise)}</p>"
        f"<p class='tally'>{escape(tally)}</p>{body}{_findings(paper.findings)}"
        f"<p class='digest'>Every row and finding, SHA-256: {paper.digest}</p></body></html>"
    )


def book_of(paper: WatchPaper) -> bytes:
    """The paper as the bytes of an XLSX file: what it is, every series, every finding."""
    about: list[list[Cell]] = [
        ["Place", paper.place], ["As of", in_words(paper.on)], ["Promise", paper.promise],
        ["The same on a page", paper.cited], ["SHA-256", paper.digest],
    ]  # fmt: skip
    about += [[sign.value, many] for sign, many in counted(paper.lines)]
    found: list[list[Cell]] = [
        [one.number, one.told_on.isoformat(), one.title, one.sentence, one.answered]
        for one in paper.findings
    ]
    return book([
        Sheet("About", ("What", "Says"), about),
        series_sheet(paper.lines),
        Sheet("Findings", _FOUND, found, frozen=1),
    ])  # fmt: skip


def series_sheet(lines: Iterable[Line]) -> Sheet:
    """Every series under the heads of its CSV, as a sheet; numbers as numbers."""
    rows = [[_cell(cell) for cell in row(line)] for line in lines]
    return Sheet("Series", HEADS, rows, frozen=3)


def _cell(cell: str | float) -> Cell:
    return Decimal(repr(cell)) if isinstance(cell, float) else cell


_FOUND: Final = ("Number", "Told on", "About", "What was found", "What came of it")
_NEWS: Final = ("Sign", "What", "Latest", "In words")


def _group(group: Group) -> str:
    news = ""
    if group.news:
        rows = [_news(line) for line in group.news]
        news = _table(f"{group.heading}: what changed, the most serious first", _NEWS, rows)
    return f"<section><h2>{escape(group.heading)}</h2>{news}{_quiet(group)}</section>"


def _news(line: Line) -> tuple[str, ...]:
    now, latest = line.seen.now, line.latest
    return (
        line.seen.sign.value[:1].upper() + line.seen.sign.value[1:],
        f"{line.watched.title}, {line.watched.area_name}",
        f"{said(line.watched, latest.value)} in {latest.period.said}" if latest else "",
        f"{line.short} Since {since_words(now)}. {sure_words(now)}." if now else line.short,
    )


def _quiet(group: Group) -> str:
    told = ""
    for sign, lines in group.quiet:
        shown = "; ".join(_named(line) for line in lines[:_LONGEST_LIST])
        rest = len(lines) - _LONGEST_LIST
        more = f"; and {rest} more" if rest > 0 else ""
        heading = f"{QUIET_WORDS[sign]} ({len(lines)}):"
        told += f"<p class='quiet'><b>{heading}</b> {escape(shown + more)}.</p>"
    return told


def _named(line: Line) -> str:
    return f"{line.watched.title}, {line.watched.area_name} {beside_words(line)}".strip()


def _findings(findings: Sequence[Found]) -> str:
    if not findings:
        return "<section><h2>Findings</h2><p>The watch has found nothing yet.</p></section>"
    rows = [
        (str(one.number), in_words(one.told_on), one.title, one.sentence, one.answered)
        for one in findings
    ]
    return f"<section><h2>Findings and answers</h2>{_table('Each finding', _FOUND, rows)}</section>"


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(one)}</th>" for one in heads)
    body = "".join(
        f"<tr><th scope='row'>{escape(one[0])}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in one[1:])
        + "</tr>"
        for one in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
