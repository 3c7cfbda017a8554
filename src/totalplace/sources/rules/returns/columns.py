"""The columns of a table by what a form says of them: of money, of words, and of neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from totalplace.refusal import Refused
from totalplace.sources.rules.returns.cells import Value, sum_of, text_of
from totalplace.sources.rules.returns.forms import Form, Item, Where, plain
from totalplace.sources.rules.returns.found import Spot, Table
from totalplace.sources.rules.returns.years import year_start

CORRECT = "Correct the cell and add the file again"
Cells = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Money:
    """A column that holds money: where, and what its figures are."""

    position: int
    key: str  # the line or total, where each column is one
    item: Item


class Columns:
    """Where a form's columns stand in one table. Refused where one that it needs is not there."""

    def __init__(self, form: Form, table: Table) -> None:
        self.form, self.table = form, table
        self._at = {plain(name): n for n, name in reversed(list(enumerate(table.columns)))}
        self.money = self._of_amounts() if form.amounts else self._of_lines()
        self.line_at = self.position(form.line_in) if form.line_in else None
        self.unknown = self._unknown()

    def position(self, name: str) -> int:
        """Where a column stands that must be there."""
        at = self._at.get(plain(name))
        if at is None:
            raise self._lacks(f"the column {name}")
        return at

    def maybe(self, name: str) -> int | None:
        """Where a column stands, if it is there."""
        return self._at.get(plain(name)) if name else None

    def _lacks(self, what: str) -> Refused:
        where = f" on its sheet {self.table.sheet}" if self.table.sheet else ""
        return Refused(
            f"{self.table.document} was not read",
            why=f"it has not {what}{where}, which the form {self.form.code} needs",
            next_step="Add it, or name the right form with --form",
        )

    def _of_amounts(self) -> list[Money]:
        return [Money(self.position(name), "", i) for name, i in self.form.amounts.items()]

    def _of_lines(self) -> list[Money]:
        """Each column that is called as a line or a total is one."""
        form = self.form
        return [
            Money(at, key, Item())
            for key, at in sorted(self._at.items(), key=lambda each: each[1])
            if key in form.lines or key in form.totals
        ]

    def absent(self) -> list[str]:
        """Lines of a form that has a column for each, and for which there is none."""
        if self.form.amounts:
            return []
        here = {self.form.lines[m.key].key for m in self.money if m.key in self.form.lines}
        return sorted({line.key for line in self.form.lines.values()} - here)

    def _unknown(self) -> list[int]:
        """Columns that nothing in the form speaks of: money in them must not go unseen."""
        form, bodies = self.form, self.form.bodies
        wheres = [bodies.code, bodies.name, bodies.agency, bodies.area, form.year]
        wheres += [remark.where for remark in form.remarks]
        known = {plain(where.column) for where in wheres}
        known |= {plain(c) for c in (form.line_in, form.title_in, *form.words.values(), *form.has)}
        known |= set(form.left_out)
        money = {m.position for m in self.money}
        names = enumerate(self.table.columns)
        return [n for n, name in names if n not in money and plain(name) not in known]

    def said_above(self, where: Where, what: str) -> tuple[Value, Spot | None]:
        """What the form fixes, or what stands above the table beside a label."""
        if not where.labelled:
            return where.fixed, None
        labelled = self.table.labels.get(plain(where.labelled))
        if labelled is None or not text_of(labelled.value):
            raise self._lacks(f"{what} in the cell beside “{where.labelled}”")
        return labelled.value, labelled.spot

    def year_above(self) -> int | None:
        """The year, where the form fixes it or it stands above the table; None where rows say."""
        if self.form.year.column:
            self.position(self.form.year.column)
            return None
        cell, spot = self.said_above(self.form.year, "the year")
        found = year_start(cell, self.form.year_written)
        if found is None:
            at = f"in cell {spot.address} of {spot.sheet or 'the file'} " if spot else ""
            raise Refused(
                f"{self.table.document} was not read",
                why=f"“{text_of(cell)}” {at}is no financial year, such as 2024-25",
                next_step=CORRECT,
            )
        return found

    def word(self, cells: Cells, where: Where, what: str) -> str:
        """What is said in a place: in the row, above the table, or by the form."""
        if where.column:
            return text_of(cell_at(cells, self.position(where.column)))
        return text_of(self.said_above(where, what)[0])

    def filled(self, cells: Cells) -> list[Money]:
        """The columns of money in which a row has something that stands for no missing figure."""
        return [m for m in self.money if not self.is_missing(cell_at(cells, m.position))]

    def is_missing(self, cell: Value) -> bool:
        """Whether a cell holds nothing, or what stands for a missing figure."""
        return sum_of(cell, 1, self.form.no_figure) is None


def cell_at(cells: Cells, at: int | None) -> Value:
    """A cell of a row; None past its end."""
    return cells[at] if at is not None and at < len(cells) else None
