"""The figures of a table: each column of money in each row, with its body, year and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from totalplace.sources.rules.returns.bodies import body_of
from totalplace.sources.rules.returns.cells import Sum, sum_of, text_of
from totalplace.sources.rules.returns.columns import CORRECT, Cells, Columns, Money, cell_at
from totalplace.sources.rules.returns.forms import (
    ANY,
    VOCABULARY,
    Form,
    Meaning,
    TotalRow,
    plain,
)
from totalplace.sources.rules.returns.found import (
    Body,
    Control,
    Figure,
    ReturnFault,
    Table,
    Taken,
)
from totalplace.sources.rules.returns.years import year_start


def of_table(form: Form, table: Table, *, agency: str = "") -> Taken:
    """The figures of a table; of `agency` where the form does not say whose they are.

    Raises Refused where a column or a cell that the form needs is not there.
    """
    return _Reading(form, table, agency).taken()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that has been understood: all but its money."""

    number: int
    cells: Cells
    body: Body
    year: int
    meaning: Meaning
    summing: TotalRow | None


class _Reading:
    """One table being read."""

    def __init__(self, form: Form, table: Table, agency: str) -> None:
        self._form, self._table, self._agency = form, table, agency
        self._columns = Columns(form, table)
        self._year = self._columns.year_above()
        self._out = Taken(rows=len(table.rows))
        if absent := self._columns.absent():
            self._out.said.append(f"It has no column {', '.join(absent)}, which its form has.")

    def taken(self) -> Taken:
        """Read every row."""
        for number, cells in self._table.rows:
            filled = sum(1 for c in cells if text_of(c))
            if filled == 0 or (filled == 1 and len(self._table.columns) > 2):
                self._out.rows_without += 1  # blank, or a note under the table
            else:
                self._take(number, cells)
        return self._out

    def _take(self, number: int, cells: Cells) -> None:
        self._fault_unknown(number, cells)
        columns = self._columns
        money = columns.money
        if columns.line_at is not None:
            key = plain(text_of(cell_at(cells, columns.line_at)))
            if self._form.line(key) is None and key not in self._form.totals:
                named = "is no line that the form knows" if key else "does not say which line it is"
                self._fault_row(number, cells, columns.line_at, named)
                return
            money = [replace(m, key=key) for m in money]
        row = self._understood(number, cells)
        if row is not None:
            self._out.figures += [self._figure(row, m) for m in self._said_in(row, money)]

    def _understood(self, number: int, cells: Cells) -> _Row | None:
        """What a row is, but for its money; None, with a fault, where it cannot be told."""
        summing = self._total_row(cells)
        whose_at = self._columns.maybe(self._whose()) or 0
        body = Body(summing.code, "", summing.title) if summing else self._body(cells)
        if body is None:
            self._fault_row(number, cells, whose_at, "does not say whose the figures are")
            return None
        year = self._year
        if year is None:
            at = self._columns.position(self._form.year.column)
            year = year_start(cell_at(cells, at), self._form.year_written)
            if year is None:
                self._fault_row(number, cells, at, "is no financial year that is known")
                return None
        meaning = self._meaning(number, cells)
        return None if meaning is None else _Row(number, cells, body, year, meaning, summing)

    def _said_in(self, row: _Row, money: list[Money]) -> list[Money]:
        """The columns of a row that say something: all, or those that are not left blank.

        Where a form lets blanks say nothing, the net of a line whose gross or income is given is
        missing all the same.
        """
        form, balance = self._form, self._form.balance
        if not form.blank_row_says_nothing or row.meaning.status == "missing":
            return money
        at = {m.position for m in self._columns.filled(row.cells)}
        items = {m.item.meaning.item for m in money if m.position in at}
        needed = balance.net if balance and items & {balance.gross, balance.income} else None
        kept = [m for m in money if m.position in at or m.item.meaning.item == needed]
        self._out.left_out += len(money) - len(kept)
        return kept

    def _figure(self, row: _Row, money: Money) -> Figure:
        form = self._form
        line, total = form.line(money.key), form.totals.get(money.key)
        meant = form.meaning.under(money.item.meaning)
        if line:
            meant = meant.under(line.meaning)
        named = line.key if line else total.key if total else money.key
        if named == ANY:
            named = money.key
        own = text_of(cell_at(row.cells, self._columns.maybe(form.title_in)))
        return Figure(
            body=row.body,
            year=row.year,
            part="",
            line=named,
            title=own or (line.title if line else named),
            service=line.service if line else "",
            meaning=laid(meant, row.meaning),
            value=cell_at(row.cells, money.position),
            spot=self._table.spot(row.number, money.position),
            control=Control(total, row.summing) if total or row.summing else None,
        )

    def _whose(self) -> str:
        bodies = self._form.bodies
        return bodies.code.column or bodies.agency.column or bodies.name.column

    def _total_row(self, cells: Cells) -> TotalRow | None:
        code = text_of(cell_at(cells, self._columns.maybe(self._whose())))
        return self._form.total_rows.get(plain(code)) if code else None

    def _body(self, cells: Cells) -> Body | None:
        return body_of(
            self._form, lambda where, what: self._columns.word(cells, where, what), self._agency
        )

    def _meaning(self, number: int, cells: Cells) -> Meaning | None:
        """What a row says of its own figures; None, with a fault, where its words are not known."""
        said: dict[str, str] = {}
        for key, column in self._form.words.items():
            at = self._columns.maybe(column)
            word = text_of(cell_at(cells, at))
            known = VOCABULARY.get(key, ())
            said[key] = word.casefold() if known else word
            if word and known and said[key] not in known:
                why = f"is no {key}: it is one of {', '.join(known)}"
                self._fault_row(number, cells, at or 0, why)
                return None
        if said.get("status") == "missing" and self._columns.filled(cells):
            at = self._columns.position(self._form.words["status"])
            why = "says that the figures are missing, and the row has some"
            self._fault_row(number, cells, at, why)
            return None
        notes = [said.get("note", ""), *self._remarks(cells)]
        basis, status = said.get("basis", ""), said.get("status", "")
        return Meaning(basis=basis, status=status, note=" ".join(n for n in notes if n))

    def _remarks(self, cells: Cells) -> Iterator[str]:
        for remark in self._form.remarks:
            at = self._columns.maybe(remark.where.column)
            if at is not None and plain(text_of(cell_at(cells, at))) == remark.says:
                yield remark.note

    def _fault_row(self, number: int, cells: Cells, at: int, why: str) -> None:
        """A fault that costs all figures of its row; a row without any is a note."""
        if not self._columns.filled(cells):
            self._out.rows_without += 1
            return
        self._fault(number, cells, at, why, figures=len(self._columns.money))

    def _fault(self, number: int, cells: Cells, at: int, why: str, *, figures: int) -> None:
        spot, found = self._table.spot(number, at), text_of(cell_at(cells, at))
        self._out.faults.append(ReturnFault(spot, found, why, CORRECT, figures))

    def _fault_unknown(self, number: int, cells: Cells) -> None:
        for at in self._columns.unknown:
            if isinstance(sum_of(cell_at(cells, at), self._form.unit_pounds), Sum):
                why = "stands in a column that the form does not know"
                self._fault(number, cells, at, why, figures=1)


def laid(meant: Meaning, own: Meaning) -> Meaning:
    """A meaning with what a row itself says laid over it; notes of both are kept."""
    if not meant.note or not own.note:
        return meant.under(own)
    return replace(meant.under(own), note=f"{meant.note} {own.note}")
