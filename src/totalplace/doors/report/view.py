"""The words and figures of the count's page, as they are shown; nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.published import (
    AgencyYear,
    Body,
    Count,
    Finding,
    Month,
    State,
    Weight,
)
from totalplace.count.rules.tallies import Kind, Tally
from totalplace.count.rules.words import plural, short_pounds, whole_pounds

MONTH_HEADS: Final = (
    "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar",
)  # fmt: skip
_STATES: Final = {State.HELD: "held", State.NONE: "none", State.NO_FILE: "no file"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, a second line, a class for its look, a height from 0 to 100."""

    text: str
    under: str = ""
    look: str = ""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, and its cells."""

    head: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one agency."""

    agency: Body
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Findings of one kind, of several agencies."""

    title: str
    number: str
    findings: tuple[Finding, ...]


def headline(count: Count) -> list[Cell]:
    """The four figures at the top."""
    whole = count.tallies
    payments = whole.payments
    return [
        Cell("Payments", short_pounds(payments.pence), _range(payments)),
        Cell("Card purchases", short_pounds(whole.cards.pence), _rows(whole.cards, "purchase")),
        Cell(
            "Commitments",
            short_pounds(whole.commitments.pence),
            f"{_rows(whole.commitments, 'contract')}: promised, not paid",
        ),
    ]


def _range(tally: Tally) -> str:
    said = _rows(tally, "payment")
    if not tally.copy_rows:
        return said
    return f"{said}; {short_pounds(tally.without_copies_pence)} without extra copies"


def _rows(tally: Tally, noun: str) -> str:
    return plural(tally.rows, noun)


def sums(count: Count) -> list[Group]:
    """Payments, cards and commitments of each agency and year."""
    return _grouped(count, _sums)


def _sums(year: AgencyYear) -> Row:
    t = year.tallies
    months = f"{year.months_held} of 12" if year.months else "–"
    return Row(
        year.year,
        (
            Cell(months, look="" if not year.months_missing else "short"),
            _money(t.payments),
            Cell(whole_pounds(t.payments.without_copies_pence) if t.payments.rows else "–"),
            _money(t.cards),
            _money(t.commitments),
            Cell(f"{year.payees:,}" if year.payees is not None else "–"),
            Cell(year.threshold or "–", look="words"),
            Cell(year.vat, look="words"),
        ),
    )


def _money(tally: Tally) -> Cell:
    return Cell(whole_pounds(tally.pence), f"{tally.rows:,}") if tally.rows else Cell("–")


def flags(count: Count) -> list[Group]:
    """Rows of each agency and year that want a second look."""
    return _grouped(count, _flags)


def _flags(year: AgencyYear) -> Row:
    t, every = year.tallies.payments, [year.tallies.of(kind) for kind in Kind]
    return Row(
        year.year,
        (
            _flag(t.negative_rows, t.negative_pence),
            _flag(t.copy_rows, t.copy_pence),
            _flag(sum(k.redacted_rows for k in every), sum(k.redacted_pence for k in every)),
            _flag(sum(k.undated_rows for k in every), sum(k.undated_pence for k in every)),
            _flag(t.outside_rows, t.outside_pence),
            _flag(year.faults, year.faults_pence),
        ),
    )


def _flag(rows: int, pence: int) -> Cell:
    return Cell(f"{rows:,}", whole_pounds(pence)) if rows else Cell("–")


def months(count: Count) -> list[Group]:
    """What was paid in each month, and where nothing is held."""
    return [group for group in _grouped(count, _months) if group.rows]


def _months(year: AgencyYear) -> Row | None:
    if not year.months:
        return None
    most = max((m.tallies.payments.pence for m in year.months), default=0)
    return Row(year.year, tuple(_month(month, most) for month in year.months))


def _month(month: Month, most: int) -> Cell:
    if month.state is not State.HELD:
        return Cell(_STATES[month.state], look="missing")
    pence = month.tallies.payments.pence
    height = 100 * max(0, pence) // most if most > 0 else 0
    return Cell(brief(pence), height=height)


def brief(pence: int) -> str:
    """A sum in a narrow cell: £1.2m, £52k, £870."""
    size, sign = abs(pence), "-" if pence < 0 else ""
    if size >= 99_950_000_00:
        return f"{sign}£{(size + 50_000_000) // 100_000_000:,}m"
    if size >= 999_500_00:
        tenths = (size + 5_000_000) // 10_000_000
        return f"{sign}£{tenths // 10}.{tenths % 10}m"
    if size >= 1_000_00:
        return f"{sign}£{(size + 50_000) // 100_000}k"
    return whole_pounds(pence)


def faults(count: Count) -> list[Row]:
    """What could not be read, by agency and reason."""
    return [
        Row(
            fault.agency.name,
            (
                Cell(f"The cell {fault.why}.", look="words"),
                Cell("Row refused" if fault.refused else "Cell left out, row kept", look="words"),
                Cell(f"{fault.rows:,}"),
                Cell(whole_pounds(fault.pence) if fault.refused else "–"),
            ),
        )
        for fault in count.faults
    ]


def kept(count: Count) -> list[Row]:
    """What was read and what is held, side by side."""
    return [
        Row(
            row.agency.name,
            (
                Cell(row.kind, look="words"),
                Cell(f"{row.read_rows:,}"),
                Cell(f"{row.held_rows:,}"),
                Cell(f"{row.read_pence:,}"),
                Cell(f"{row.held_pence:,}"),
                Cell("yes" if row.agrees else "NO", look="words" if row.agrees else "short"),
            ),
        )
        for row in count.kept
    ]


def findings(count: Count, *weights: Weight) -> list[Finding]:
    """The findings of some weights, in order."""
    return [f for f in count.findings if f.weight in weights]


def topics(found: Sequence[Finding]) -> list[Topic]:
    """Findings by topic, in the order in which the topics first come."""
    by_topic: dict[str, list[Finding]] = {}
    for finding in found:
        by_topic.setdefault(finding.topic, []).append(finding)
    return [
        Topic(title, plural(len({f.agency.code for f in same}), "agency", "agencies"), tuple(same))
        for title, same in sorted(by_topic.items(), key=lambda t: (-len(t[1]), t[0]))
    ]


def _grouped(count: Count, row_of: Callable[[AgencyYear], Row | None]) -> list[Group]:
    found = []
    for body in count.bodies:
        years = [y for y in count.agency_years if y.agency == body]
        rows = (row_of(year) for year in years)
        shown = tuple(row for row in rows if row is not None)
        if shown:
            found.append(Group(body, shown))
    return found


def years_said(labels: Iterable[str]) -> str:
    """The years that are counted: 2022-23 to 2024-25."""
    known = sorted(label for label in labels if label[:4].isdigit())
    if not known:
        return "year not known"
    return known[0] if len(known) == 1 else f"{known[0]} to {known[-1]}"
