"""Figures read: as lines of the holding, as totals to check, or as faults; each figure is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from totalplace.sources.rules.returns.cells import NoSum, sum_of, text_of
from totalplace.sources.rules.returns.forms import Form
from totalplace.sources.rules.returns.found import Body, Figure, ReturnFault, Spot

_CORRECT: Final = "Correct the cell and add the file again"
_ONE: Final = "Take it out and add the file again"
_WHICH: Final = "Ask its publisher which of the two is right, and take the other out"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a return. Pence are None where its figure is missing; low and high its range."""

    body: Body
    year: int
    part: str
    key: str  # the line as the form names it
    title: str
    service: str
    item: str
    income_rule: str
    economic: str
    basis: str
    status: str
    pence: int | None
    low_pence: int | None
    high_pence: int | None
    spot: Spot
    note: str = ""

    @property
    def about(self) -> tuple[object, ...]:
        """What the figure is of: one file gives one figure for it."""
        return (self.body.agency, self.body.area, self.year, self.part, self.key, self.item)


@dataclass(frozen=True, slots=True)
class Summing:
    """A figure that adds others up or repeats one, before it is checked."""

    figure: Figure
    pence: int


@dataclass(slots=True)
class Read:
    """The figures of one form in one file, each as what it came out as."""

    rows: list[Row] = field(default_factory=list)
    sums: list[Summing] = field(default_factory=list)
    missing_sums: list[Figure] = field(default_factory=list)
    faults: list[ReturnFault] = field(default_factory=list)
    rounded: int = 0


def read(form: Form, figures: Iterable[Figure]) -> Read:
    """Every figure as a line, a line whose figure is missing, a total, or a fault."""
    out = Read()
    for figure in figures:
        found = sum_of(figure.value, form.unit_pounds, form.no_figure)
        if isinstance(found, NoSum):
            value = text_of(figure.value)
            out.faults.append(ReturnFault(figure.spot, value, found.why, _CORRECT))
            continue
        out.rounded += found is not None and found.rounded
        pence = None if found is None else found.pence
        if figure.control is None:
            out.rows.append(_row(figure, pence))
        elif pence is None:
            out.missing_sums.append(figure)
        else:
            out.sums.append(Summing(figure, pence))
    _one_figure_each(out)
    return out


def _row(figure: Figure, pence: int | None) -> Row:
    meaning = figure.meaning
    return Row(
        body=figure.body,
        year=figure.year,
        part=figure.part,
        key=figure.line,
        title=figure.title,
        service=figure.service,
        item=meaning.item,
        income_rule=meaning.income_rule,
        economic=meaning.economic,
        basis=meaning.basis,
        status="missing" if pence is None else meaning.status,
        pence=pence,
        low_pence=pence,
        high_pence=pence,
        spot=figure.spot,
        note=meaning.note,
    )


def _one_figure_each(out: Read) -> None:
    """Turn figures that a file gives twice for one thing into faults.

    Where both are the same, the first is kept; where they differ nobody can tell which is right.
    """
    same: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in out.rows:
        same[row.about].append(row)
    gone: set[int] = set()
    for rows in same.values():
        if len(rows) == 1:
            continue
        alike = len({row.pence for row in rows}) == 1
        for row in rows[1:] if alike else rows:
            other = rows[0] if row is not rows[0] else rows[1]
            why = "repeats" if alike else "is another figure for the same thing than that in"
            found = "" if row.pence is None else f"£{row.pence / 100:,.2f}"
            said = f"{why} {_where(other.spot)} ({row.body.name}, {row.title})"
            out.faults.append(ReturnFault(row.spot, found, said, _ONE if alike else _WHICH))
            gone.add(id(row))
    out.rows = [row for row in out.rows if id(row) not in gone]


def _where(spot: Spot) -> str:
    return f"{spot.sheet} {spot.address}".strip()


def balanced(form: Form, rows: list[Row]) -> tuple[list[Row], list[tuple[Row, int]]]:
    """Net filled in where gross and income are given; and the nets that are not their difference.

    Each of the latter comes with gross less income in pence.
    """
    if form.balance is None:
        return rows, []
    known = {(row.about[:-1], row.item): row for row in rows}
    out: list[Row] = []
    differing: list[tuple[Row, int]] = []
    for row in rows:
        gross = known.get((row.about[:-1], form.balance.gross))
        income = known.get((row.about[:-1], form.balance.income))
        if row.item != form.balance.net or not gross or not income:
            out.append(row)
            continue
        if gross.pence is None or income.pence is None:
            out.append(row)
            continue
        difference = gross.pence - income.pence
        if row.pence is None:
            out.append(_worked_out(row, gross.status, difference))
            continue
        out.append(row)
        if row.pence != difference:
            differing.append((row, difference))
    return out, differing


def _worked_out(row: Row, status: str, pence: int) -> Row:
    note = f"{row.note} Worked out as gross less income.".strip()
    return replace(row, pence=pence, low_pence=pence, high_pence=pence, status=status, note=note)
