"""The case of a plan as a workbook: to be filled in, given back, or given back with its faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from totalplace.commissioning.rules.case import Case, Kind
from totalplace.commissioning.rules.case_options import GRADES
from totalplace.commissioning.rules.case_rules import COUNTED
from totalplace.commissioning.rules.case_sheet import (
    EFFECTS,
    FUNDS,
    HEADS,
    KNOWN_EFFECTS,
    OPTIONS,
    PLAN,
    RULES,
    WANTED,
    cell_text,
)
from totalplace.commissioning.rules.case_tables import in_pounds, plain, tables_of
from totalplace.commissioning.rules.registered import Registered
from totalplace.outcomes.rules.target_sheet import SheetFault

_LONGEST: Final = 32_767  # letters that a cell of a workbook can hold (ECMA-376)
_WIDEST: Final = 44
_ROWS_WITH_LISTS: Final = 20_000
_MONEY: Final = ("Pounds now", "Pounds a unit", "Fixed pounds", "At least pounds")
_WORDS: Final = (
    "Code", "Title", "Agency", "Unit", "Area", "Group", "Funds", "Lines of the count", "Option",
    "Outcome", "Counted in", "Grade", "Source", "Address", "Accepted", "Prevents", "Holder",
    "Aligned", "Only what names it", "All is spent", "Kind", "Options", "Year", "Outcome's area",
    "Name", "Health", "Protected", "May close", "What", "Value",
)  # fmt: skip
_YES: Final = ("yes", "no")
_KNOWN_HEADS: Final = (
    "Service", "Unit", "Outcome", "Counted in", "Low", "Middle", "High", "Grade", "Source",
    "Address", "Years until it begins", "Years it lasts", "Share kept each year",
    "What a unit cost somewhere, pounds", "Source of the cost", "How low and high were come to",
    "What it does not say",
)  # fmt: skip
_LISTS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    OPTIONS: {"Protected": _YES, "May close": _YES},
    EFFECTS: {"Grade": list(GRADES.values())},
    WANTED: {"Health": _YES},
    FUNDS: {"Aligned": _YES, "Only what names it": _YES, "All is spent": _YES},
    RULES: {"Kind": [kind.value for kind in Kind], "Counted in": list(COUNTED)},
}
# What the sheet of instructions says: a heading, a stroke, and how.
_HOW: Final = """
Plan | The code of the place, the first financial year (such as 2027-28), how many years, and the
decision that set the weights.
Options | A row for each service that can be bought more or less of, from one agency. Pounds now is
what is spent on it in a year today. A service with no pounds a unit, or with no effect, keeps its
money: the plan never moves what nobody knows anything about.
Unit | What one of it is: a place, a visit, a person helped.
Fixed pounds | What it costs before the first unit.
At least pounds, At most units | What no plan may go below or above in a year.
Units until returns slow | By how many units about two thirds (63 in 100) of all that it can do has
been done. Blank: each unit does as much as the one before.
Protected | Yes: never less than now. May close: yes, if it may cease altogether; not beside
Protected, nor beside At least pounds, for a floor that may be shut is no floor.
Funds | Codes of the funds that may pay for it, with commas between. Blank: any that pays for all.
Lines of the count | agency/service, with commas between: which counted spending it is. No line may
stand in two options, or it would be spent twice; parts of it have areas or groups of their own.
Effects | What one unit changes in an outcome in one year, for the better where it is above nought:
low, middle and high, with 95 chances in 100 from low to high, in what the outcome is counted in.
Grade | 0 is for what nobody tested; 5 is a randomised trial (the Maryland scale).
Source, Address | Where the effect is from, and a public page where anybody can open it. Without
both, an effect moves no money unless an officer accepts it on the record.
Accepted | How the record cites that an officer let an ungraded effect move money, such as
accepted-effect wexshire/1.
Prevents | How many units less of another service one unit makes needed, some years later.
Wanted | The outcomes of the place's targets. The weights add up to 100. The gap is how much there
is to go, in one year, in what the outcome is counted in: never in per cent.
Funds, years | A column for each year of the plan, with pounds. Aligned: another body holds it.
Rules | What no plan may break. Options are codes with commas between, or all, or agency=...,
area=..., group=..., fund=..., joined by 'and'. Counted in pounds, units or effect. Blank year:
each year.
Areas | Parts of the place and how many people live there.
Formulas | Save the workbook in a spreadsheet program, so that each formula has its result.
Money | Pounds with at most two digits for the pence. Blank is not nought: what is not known is left
blank.
Known effects | Published effects to copy from, where their service is yours. It is not read.
Notes | A column or a sheet called Notes is your own, and is not read.
What is refused | A workbook with a fault in it is not taken at all: you are told each cell, what
was found there, why it cannot be, and what to do.
"""


def case_book(case: Case) -> bytes:
    """A case as the bytes of an XLSX file that can be given back."""
    return tables_book(tables_of(case))


def tables_book(
    tables: Mapping[str, Sequence[Sequence[object]]],
    faults: Iterable[SheetFault] = (),
    known: Iterable[Registered] = (),
) -> bytes:
    """The cells of a case, headings first, as the bytes of an XLSX file.

    With faults, each faulty cell is coloured and says what is wrong, and a sheet lists them.
    `known` effects are listed on a sheet that is not read, to be copied from.
    """
    listed = list(faults)
    written = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(written, options) as book:
        styles = _styles(book)
        wrong: dict[str, dict[str, list[SheetFault]]] = {}
        for fault in listed:
            wrong.setdefault(fault.sheet, {}).setdefault(fault.cell, []).append(fault)
        if listed:
            _faults(book, styles, listed)
        for name in HEADS:
            rows = next((its for said, its in tables.items() if _same(said, name)), [HEADS[name]])
            _sheet(book, styles, name, rows, wrong.get(name, {}))
        _how(book, styles)
        _known(book, styles, list(known))
    return written.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "wrong": book.add_format({"bg_color": "#F6D7D2", "valign": "top", "text_wrap": True}),
    }


def _sheet(
    book: Any,
    styles: Mapping[str, Any],
    name: str,
    rows: Sequence[Sequence[object]],
    wrong: Mapping[str, Sequence[SheetFault]],
) -> None:
    sheet = book.add_worksheet(name)
    heads = [cell_text(head) for head in rows[0]] if rows else []
    for column, head in enumerate(heads):
        widths = [len(cell_text(row[column])) for row in rows[1:2000] if column < len(row)]
        sheet.set_column(column, column, min(max([9, min(len(head), 14), *widths]) + 2, _WIDEST))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            head = heads[column] if column < len(heads) else ""
            _cell(sheet, (at, column), cell, head, styles)
    for cell, faults in wrong.items():
        _mark(sheet, cell, faults, rows, styles)
    for head, words in _LISTS.get(name, {}).items():
        if head in heads:
            said = {"validate": "list", "source": list(words), "error_type": "warning"}
            if sum(map(len, words)) + len(words) <= 255:  # the most that Excel takes in a list
                column = heads.index(head)
                sheet.data_validation(1, column, _ROWS_WITH_LISTS, column, said)
    sheet.freeze_panes(1, 0 if name == PLAN else 1)


def _cell(
    sheet: Any, at: tuple[int, int], cell: object, head: str, styles: Mapping[str, Any]
) -> None:
    said = cell_text(cell)
    if at[0] == 0:
        sheet.write_string(*at, said[:_LONGEST], styles["head"])
        return
    number = None if head in _WORDS else _number(said)
    if number is None:
        if said:
            sheet.write_string(*at, said[:_LONGEST], styles["words"])
        return
    money = head in _MONEY or head[:2] == "20"
    sheet.write_number(*at, number, styles["money" if money else "number"])


def _number(said: str) -> float | None:
    """What a cell holds as a number, where it is the same when it is read again."""
    try:
        exact = Decimal(said)
    except ArithmeticError:
        return None
    if not exact.is_finite() or Decimal(repr(float(exact))) != exact:
        return None
    return float(exact)


def _mark(
    sheet: Any,
    cell: str,
    faults: Sequence[SheetFault],
    rows: Sequence[Sequence[object]],
    styles: Mapping[str, Any],
) -> None:
    from xlsxwriter.utility import xl_cell_to_rowcol

    at = xl_cell_to_rowcol(cell)
    row = rows[at[0]] if at[0] < len(rows) else ()
    said = cell_text(row[at[1]]) if at[1] < len(row) else ""
    sheet.write_string(*at, said[:_LONGEST], styles["wrong"])
    told = "\n".join(f"{fault.why}. {fault.next_step}." for fault in faults)
    sheet.write_comment(*at, told[:2_000], {"x_scale": 2})


def _faults(book: Any, styles: Mapping[str, Any], faults: Sequence[SheetFault]) -> None:
    sheet = book.add_worksheet("Faults")
    for column, (head, width) in enumerate(
        (("Sheet", 12), ("Cell", 8), ("What was found", 30), ("Why", 60), ("What to do", 60))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, styles["head"])
    for at, fault in enumerate(faults, start=1):
        said = (fault.sheet, fault.cell, fault.found, fault.why, fault.next_step)
        for column, words in enumerate(said):
            sheet.write_string(at, column, words, styles["words"])
    sheet.freeze_panes(1, 0)


def _known(book: Any, styles: Mapping[str, Any], known: Sequence[Registered]) -> None:
    if not known:
        return
    sheet = book.add_worksheet(KNOWN_EFFECTS)
    for column, head in enumerate(_KNOWN_HEADS):
        sheet.set_column(column, column, 24 if column < 4 else 14)
        sheet.write_string(0, column, head, styles["head"])
    for at, one in enumerate(known, start=1):
        cost = one.cost
        said = [
            one.service, one.unit, one.outcome, one.counted_in, plain(one.low), plain(one.mid),
            plain(one.high), GRADES[one.grade], one.source, one.address, str(one.lag_years),
            str(one.lasts_years), plain(one.kept), "" if cost is None else in_pounds(cost.pence),
            "" if cost is None else f"{cost.source} {cost.address}", one.interval, one.limits,
        ]  # fmt: skip
        for column, words in enumerate(said):
            sheet.write_string(at, column, words[:_LONGEST], styles["words"])
    sheet.freeze_panes(1, 1)


def _how(book: Any, styles: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("How to fill it in")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "What", styles["head"])
    sheet.write_string(0, 1, "How", styles["head"])
    told: list[list[str]] = []
    for line in _HOW.strip().splitlines():
        head, stroke, text = line.partition(" | ")
        if stroke:
            told.append([head, text])
        else:
            told[-1][1] += f" {line}"
    for at, (head, text) in enumerate(told, start=1):
        sheet.write_string(at, 0, head, styles["words"])
        sheet.write_string(at, 1, text, styles["words"])


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
