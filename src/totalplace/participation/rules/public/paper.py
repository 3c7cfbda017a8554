"""Answers on paper: a workbook with a row for each form, and each fault by its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from totalplace.participation.rules.public.answers import Answers, Group, read
from totalplace.participation.rules.public.questions import Kind, Question

Cell = object  # as a reader of workbooks gives it: words, a number, a date, or None

FIRST_ROW: Final = 4  # of forms, as a person counts rows; the heads stand in the row above
RECEIVED: Final = "Received on"
GROUP_HEADS: Final = {
    "Group": "group_name",
    "People it speaks for": "group_size",
    "How they were asked": "group_how",
}
BETWEEN: Final = ";"  # between the choices of a question that takes several
_DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_HEAD: Final = re.compile(r"^\s*([0-9]{1,3})[.:)]?\s")


@dataclass(frozen=True, slots=True)
class Form:
    """One form on paper: its row in the workbook, the day it was received, what was answered."""

    row: int
    day: date
    answers: Answers
    group: Group


@dataclass(frozen=True, slots=True)
class CellFault:
    """What could not be read: in which cell, what stands there, and what to do."""

    cell: str
    found: str
    words: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.words}" + (f" (it says “{self.found}”)" if self.found else "")


def heads(questions: Sequence[Question]) -> list[str]:
    """The heads of the columns of a template."""
    return [RECEIVED, *(f"{q.number}. {q.words}" for q in questions), *GROUP_HEADS]


def column_letters(at: int) -> str:
    """The letters of a column, the first being A."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_forms(
    questions: Sequence[Question], rows: Sequence[Sequence[Cell]], *, longest: int
) -> tuple[list[Form], list[CellFault]]:
    """The forms of a workbook from its first row on, and every fault; a blank row is no form.

    Columns are found by the number that their head begins with, so they may be moved about, and
    one of no number and no known head is a fault: what stands in it would be lost.
    """
    at = next((n for n, row in enumerate(rows) if _said(row[0] if row else None) == RECEIVED), None)
    if at is None:
        words = f"there is no row that begins with “{RECEIVED}”: use the template of this hearing"
        return [], [CellFault("A1", "", words)]
    columns, faults = _columns(questions, rows[at], at + 1)
    forms = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        if not any(_said(cell) for cell in row):
            continue
        form = _form(questions, columns, (number, row), longest)
        if isinstance(form, Form):
            forms.append(form)
        else:
            faults += form
    return forms, faults


def _columns(
    questions: Sequence[Question], row: Sequence[Cell], number: int
) -> tuple[dict[str, int], list[CellFault]]:
    """The column of each field, and heads that are none of ours or are missing."""
    known = {str(q.number): q.field for q in questions}
    columns, faults = dict[str, int](), list[CellFault]()
    for at, cell in enumerate(row):
        head = _said(cell)
        match = _HEAD.match(f"{head} ")
        field = GROUP_HEADS.get(head) or (known.get(match[1]) if match else None)
        if head == RECEIVED:
            field = RECEIVED
        if field is None and head:
            words = "no question has this head: use the template of this hearing"
            faults.append(CellFault(f"{column_letters(at)}{number}", head[:60], words))
        elif field in columns:
            words = "the same head stands twice"
            faults.append(CellFault(f"{column_letters(at)}{number}", head[:60], words))
        elif field is not None:
            columns[field] = at
    missing = [q.number for q in questions if q.field not in columns]
    if missing:
        words = f"there is no column for question {', '.join(map(str, missing))}"
        faults.append(CellFault(f"A{number}", "", words))
    return columns, faults


def _form(
    questions: Sequence[Question], columns: Mapping[str, int], numbered: tuple[int, Sequence[Cell]],
    longest: int,
) -> Form | list[CellFault]:  # fmt: skip
    number, row = numbered
    cells = {field: _said(row[at]) if at < len(row) else "" for field, at in columns.items()}
    faults = []
    received = row[columns[RECEIVED]] if columns[RECEIVED] < len(row) else None
    day = _day(received)
    if day is None:
        words = "give the day on which the form was received, such as 27/03/2026"
        cell = f"{column_letters(columns[RECEIVED])}{number}"
        faults.append(CellFault(cell, cells[RECEIVED][:60], words))
    said = {
        **{name: [cells[name]] for name in GROUP_HEADS.values() if cells.get(name)},
        **{q.field: list(_given(q, cells.get(q.field, ""))) for q in questions},
    }
    found = read(questions, said, longest=longest)
    for one in found.wrong:
        field = f"q{one.question}" if one.question else "group_name"
        cell = f"{column_letters(columns.get(field, 0))}{number}"
        faults.append(CellFault(cell, cells.get(field, "")[:60], one.words))
    if not found.answers and not faults:
        faults.append(CellFault(f"A{number}", "", "the row has a day and no answer: fill it in"))
    if day is None or faults:
        return faults
    return Form(number, day, found.answers, found.group)


def _given(question: Question, text: str) -> Iterator[str]:
    """What was chosen, by its words or by the number of the choice."""
    parts = text.split(BETWEEN) if question.kind is Kind.SEVERAL else [text]
    for part in (one.strip() for one in parts):
        if question.kind is Kind.FREE:
            yield part
            continue
        by_words = {choice.casefold(): choice for choice in question.choices}
        by_number = {str(n): choice for n, choice in enumerate(question.choices, start=1)}
        yield by_words.get(part.casefold()) or by_number.get(part) or part


def _said(cell: Cell) -> str:
    """A cell as words; a whole number without its point."""
    if cell is None or cell is True or cell is False:
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in _DAYS:
        try:
            return datetime.strptime(_said(cell), form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None
