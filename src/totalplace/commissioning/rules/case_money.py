"""What a case wants, its funds, its areas, and of which place and years it is, from its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import WHOLE_WEIGHT, Area, Fund, Wanted
from totalplace.commissioning.rules.case_opening import Sheet
from totalplace.commissioning.rules.case_options import MOST_EFFECT
from totalplace.commissioning.rules.case_sheet import Row, year_of
from totalplace.money.years import FinancialYear
from totalplace.sources.rules.rows import letter

PLACE, FIRST_YEAR, YEARS, WEIGHTS_BY = "Place", "First year", "Years", "Weights set by"
_ALL: Final = (PLACE, FIRST_YEAR, YEARS, WEIGHTS_BY)
_PER_CENT: Final = re.compile(r"%|\bper\s*-?cent|\bpercentage|\bpct\b")
MOST_PLAN_YEARS: Final = 10  # a medium-term financial plan has five
_MOST_PEOPLE: Final = 10**9
_PLANNED: Final = range(1990, 2101)  # years of which anybody could have a plan


@dataclass(slots=True)
class Course:
    """Of which place a case is, for which years, and which decision set its weights."""

    place: str = ""
    first_year: int | None = None
    years: int | None = None
    weights_by: str = ""


def course_of(sheet: Sheet) -> Course:
    """What the sheet Plan says; what it lacks is a fault."""
    found = Course()
    said: dict[str, Row] = {}
    for row in sheet.rows:
        what = next((one for one in _ALL if one.casefold() == row.raw("What").casefold()), "")
        if not what:
            row.fault("What", "is nothing that a plan has", f"It has {', '.join(_ALL)}")
        elif what in said:
            row.fault("What", f"is said in row {said[what].number} too", "Say it once")
        else:
            said[what] = row
    for what in _ALL[:3]:
        if what not in said:
            next_step = f"Write a row that begins with '{what}'"
            sheet.fault(f"A{sheet.header + 1}", "", f"'{what}' is not said", next_step)
    if PLACE in said:
        found.place = said[PLACE].code("Value")
    if FIRST_YEAR in said:
        found.first_year = year_of(said[FIRST_YEAR].text("Value", needed=True))
        if found.first_year not in _PLANNED and said[FIRST_YEAR].raw("Value"):
            found.first_year = None
            why = f"is no financial year from {_label(_PLANNED[0])} to {_label(_PLANNED[-1])}"
            said[FIRST_YEAR].fault("Value", why, "Write it such as 2027-28")
    if YEARS in said:
        found.years = said[YEARS].whole("Value", least=1, most=MOST_PLAN_YEARS, needed=True)
    if WEIGHTS_BY in said:
        found.weights_by = said[WEIGHTS_BY].text("Value")
    return found


def wanted_of(rows: Iterable[Row]) -> dict[tuple[str, str], Wanted]:
    """What is wanted, by outcome and area. Weights that do not add up to 100 are a fault."""
    found: dict[tuple[str, str], Wanted] = {}
    at: dict[tuple[str, str], int] = {}  # without regard to capitals
    last: Row | None = None
    total = 0
    for row in rows:
        one = _wanted(row)
        last, total = row, total + one.weight
        before = at.setdefault((one.indicator.casefold(), one.area.casefold()), row.number)
        if before != row.number:
            why = f"stands in row {before} too, for the same area"
            row.fault("Outcome", why, "Say it once")
            continue
        found[one.key] = one
    if last is not None and total != WHOLE_WEIGHT:
        why = f"is the last of weights that add up to {total}, and weights add up to 100"
        last.fault("Weight", why, "Write the weights of the decision that set them")
    return found


def _wanted(row: Row) -> Wanted:
    gap = row.between("Gap", 0, MOST_EFFECT, needed=True)
    if gap == 0:
        why = "is no gap: there is nothing to go"
        row.fault("Gap", why, "Write how much there is to go in a year, or take the row out")
    counted_in = row.text("Counted in", needed=True)
    if _PER_CENT.search(counted_in.casefold()):
        why = "is a share, and what an option does is counted in people or things"
        row.fault("Counted in", why, "Say how many the gap is, such as 400 children")
        counted_in = ""  # nothing is held against it
    return Wanted(
        indicator=row.outcome("Outcome"),
        area=row.text("Area", needed=True),
        title=row.text("Title", needed=True),
        counted_in=counted_in,
        gap=gap or Decimal(1),
        weight=row.whole("Weight", most=WHOLE_WEIGHT, needed=True) or 0,
        health=row.yes("Health"),
    )


def funds_of(sheet: Sheet, course: Course) -> dict[str, Fund]:
    """Funds by code, with a sum for each year. Money that stands twice is a fault."""
    years = _years(sheet, course)
    found: dict[str, Fund] = {}
    at: dict[str, Row] = {}
    same: dict[str, int] = {}  # codes that differ in capitals only are the same
    for row in sheet.rows:
        code = row.named("Code")
        sums = [row.pence(FinancialYear(year).label, needed=True) for year in years]
        fund = Fund(
            code=code,
            title=row.text("Title", needed=True),
            pence=tuple(one or 0 for one in sums),
            holder=row.text("Holder"),
            aligned=row.yes("Aligned"),
            only=row.yes("Only what names it"),
            must_spend=row.yes("All is spent"),
            source=row.text("Source"),
        )
        before = same.setdefault(code.casefold(), row.number) if code else row.number
        if before != row.number:
            why = f"is the code of row {before} too: the fund would be spent twice"
            row.fault("Code", why, "Say each fund once")
            continue
        _not_twice(row, fund, found, at)
        if code:
            found[code], at[code] = fund, row
    return found


def _not_twice(row: Row, fund: Fund, before: dict[str, Fund], at: dict[str, Row]) -> None:
    """Keep a fault where another fund is the same money: of one source, or of one name."""
    for other in before.values():
        number = at[other.code].number
        if fund.source and fund.source.casefold() == other.source.casefold():
            why = f"is the source of row {number} too: the same money would be spent twice"
            row.fault("Source", why, "Say it once, or say which part of the source each is")
            return
        same = (fund.title.casefold(), fund.holder.casefold())
        if fund.title and same == (other.title.casefold(), other.holder.casefold()):
            why = f"is the title of row {number} too: the same money would be spent twice"
            row.fault("Title", why, "Say it once, or give each a title of its own")
            return


def _years(sheet: Sheet, course: Course) -> list[int]:
    """The years of the plan; a column of another year, or a lacking one, is a fault."""
    if course.first_year is None or course.years is None:
        return sorted(sheet.years)
    wanted = range(course.first_year, course.first_year + course.years)
    for year, head in sheet.years.items():
        if year not in wanted:
            where = f"{sheet.letters[head]}{sheet.header}"
            why = f"is no year of the plan, which has {course.years} from {_label(wanted[0])}"
            sheet.fault(where, head, why, "Take the column out, or mend the sheet Plan")
    lacking = [year for year in wanted if year not in sheet.years]
    if lacking:
        where = f"{letter(len(sheet.letters))}{sheet.header}"
        named = ", ".join(_label(year) for year in lacking)
        why = f"There is no column for {named}"
        sheet.fault(where, "", why, "Add a column for each year of the plan")
    return [year for year in wanted if year in sheet.years]


def _label(year: int) -> str:
    return FinancialYear(year).label


def areas_of(rows: Iterable[Row]) -> tuple[Area, ...]:
    """Parts of the place, each once, with how many people live there."""
    found: dict[str, Area] = {}
    for row in rows:
        code = row.named("Code")
        people = row.whole("People", most=_MOST_PEOPLE, needed=True)
        if code.casefold() in found:
            row.fault("Code", "stands twice", "Say each area once")
        found.setdefault(code.casefold(), Area(code, row.text("Name", needed=True), people or 0))
    return tuple(found.values())
