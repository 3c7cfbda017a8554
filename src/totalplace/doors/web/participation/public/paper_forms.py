"""The workbook into which answers on paper are typed, and reading it back."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from totalplace.participation.definitions.public import limits
from totalplace.participation.queries.public import HearingHead
from totalplace.participation.rules.public.paper import (
    BETWEEN,
    FIRST_ROW,
    Form,
    heads,
    read_forms,
)
from totalplace.participation.rules.public.questions import Kind, Question
from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.workbooks import sheets

SHEET: Final = "Forms"
_HINT: Final = (
    "One row for each form. Choose by words or by number; part several choices with "
    f"{BETWEEN} and leave empty what was not answered."
)
_MOST_BYTES: Final = 20_000_000
_ROWS: Final = 2_000  # that the template helps with; more can be typed
_SHOWN_FAULTS: Final = 12
_LONGEST_LIST: Final = 255  # letters of a list that Excel offers in a cell


def template(found: HearingHead, asked: Sequence[Question]) -> bytes:
    """An empty workbook for a hearing: a row for each form, with the choices offered in cells."""
    written = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        title = book.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, f"Answers on paper: {found.title}", title)
        sheet.write_string(1, 0, _HINT)
        for column, head in enumerate(heads(asked)):
            sheet.write_string(FIRST_ROW - 2, column, head, bold)
            sheet.set_column(column, column, 24)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_column(0, 0, 14, day)
        for question in asked:
            _offer(sheet, question)
        sheet.freeze_panes(FIRST_ROW - 1, 1)
        _explain(book.add_worksheet("Choices"), asked, bold)
    return written.getvalue()


def _offer(sheet: Any, question: Question) -> None:
    """Let Excel offer the choices, where there is one to be made and they are short enough."""
    fits = len(",".join(question.choices)) <= _LONGEST_LIST and "," not in "".join(question.choices)
    if question.kind in (Kind.ONE, Kind.SCALE) and fits:
        first, last = FIRST_ROW - 1, FIRST_ROW + _ROWS
        said = {"validate": "list", "source": list(question.choices), "ignore_blank": True}
        sheet.data_validation(first, question.number, last, question.number, said)


def _explain(sheet: Any, asked: Sequence[Question], bold: Any) -> None:
    sheet.set_column(0, 1, 60)
    for column, head in enumerate(("Question", "Choice")):
        sheet.write_string(0, column, head, bold)
    lines = [
        (f"{q.number}. {q.words}", f"{n}. {choice}")
        for q in asked
        for n, choice in enumerate(q.choices, start=1)
    ]
    for row, (question, choice) in enumerate(lines, start=1):
        sheet.write_string(row, 0, question)
        sheet.write_string(row, 1, choice)


def read(content: bytes, asked: Sequence[Question]) -> list[Form]:
    """The forms of a workbook. Raises Refused, cell by cell, where any cannot be read."""
    what = "These forms were not taken"
    if len(content) > _MOST_BYTES:
        raise Refused(what, why="the file is too large", next_step="Part it in several")
    bounds = Bounds(workbook_bytes=_MOST_BYTES, cells=3_000_000, workbook_seconds=60)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.xlsx"
        path.write_bytes(content)
        for name, rows in sheets(path, bounds=bounds):
            if name == SHEET:
                forms, faults = read_forms(asked, list(rows), longest=limits().longest_answer)
                break
        else:
            raise Refused(
                what,
                why=f"it has no sheet called {SHEET}",
                next_step="Use the template of this hearing, and save it as .xlsx",
            )
    if faults:
        more = len(faults) - _SHOWN_FAULTS
        listed = "; ".join(map(str, faults[:_SHOWN_FAULTS]))
        raise Refused(
            what,
            why=listed + (f"; and {more} more" if more > 0 else ""),
            next_step="Put these cells right and give the workbook again: nothing was taken yet",
        )
    return forms
