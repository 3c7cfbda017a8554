"""A case as tables of cells, and tables of cells as a case: one pass, and every fault in it.

What goes out comes in again. Pure: whoever reads a workbook, a folder or a text gives its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import ONE, Case, Effect, In, Option, Rule
from totalplace.commissioning.rules.case_money import (
    FIRST_YEAR,
    PLACE,
    WEIGHTS_BY,
    YEARS,
    Course,
    areas_of,
    course_of,
    funds_of,
    wanted_of,
)
from totalplace.commissioning.rules.case_opening import Sheet, opened, unknown_sheets
from totalplace.commissioning.rules.case_options import (
    GRADES,
    funds_exist,
    options_of,
    with_effects,
    with_prevented,
)
from totalplace.commissioning.rules.case_rules import COUNTED, Index, rules_of
from totalplace.commissioning.rules.case_sheet import (
    AREAS,
    EFFECTS,
    FUNDS,
    HEADS,
    LONGEST_LIST,
    OPTIONS,
    PLAN,
    PREVENTS,
    RULES,
    WANTED,
    Found,
    cell_text,
)
from totalplace.money.years import FinancialYear
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.refusal import Refused

Tables = Mapping[str, Sequence[Sequence[object]]]
_COUNTED: Final = {counted: words for words, counted in COUNTED.items()}


@dataclass(frozen=True, slots=True)
class CaseFaults:
    """Every fault of a case, each with its cell; `beyond` are more than can be listed."""

    faults: tuple[SheetFault, ...]
    beyond: int = 0

    def __len__(self) -> int:
        return len(self.faults) + self.beyond

    def refused(self, what: str) -> Refused:
        """The refusal of what has them, which tells the first."""
        number = len(self)
        said = f"it has {number:,} fault{'' if number == 1 else 's'}"
        first = self.faults[0]
        found = f"'{first.found[:80]}' " if first.found else ""
        return Refused(
            f"{what} was not taken",
            why=f"{said}; {'it is' if number == 1 else 'the first is'} in {first.sheet}, "
            f"{first.cell}: {found}{first.why}",
            next_step=first.next_step,
        )


def case_of(tables: Tables) -> Case | CaseFaults:
    """A case from the cells of its sheets, headings too; or every fault that was found.

    Words have their blanks folded. Never raises for what stands in a cell.
    """
    found = Found()
    unknown_sheets(tables, found)
    sheets = {name: opened(name, tables, found) for name in HEADS}
    rows = {name: sheet.rows if sheet else () for name, sheet in sheets.items()}
    plan, fund_sheet = sheets[PLAN], sheets[FUNDS]
    course = course_of(plan) if plan else Course()
    wanted = wanted_of(rows[WANTED])
    lines = options_of(rows[OPTIONS])
    with_effects(rows[EFFECTS], lines, wanted)
    with_prevented(rows[PREVENTS], lines)
    funds = funds_of(fund_sheet, course) if fund_sheet else {}
    funds_exist(lines.values(), funds)
    rules = rules_of(rows[RULES], lines, wanted, course)
    areas = areas_of(rows[AREAS])
    for name in (OPTIONS, WANTED, FUNDS):
        _not_empty(sheets[name])
    if found:
        return CaseFaults(found.in_order(), found.beyond)
    assert course.first_year is not None  # noqa: S101  (else there is a fault)
    assert course.years is not None  # noqa: S101
    return Case(
        place=course.place,
        first_year=course.first_year,
        years=course.years,
        options=tuple(line.option for line in lines.values()),
        wanted=tuple(wanted.values()),
        funds=tuple(funds.values()),
        rules=rules,
        areas=areas,
        weights_by=course.weights_by,
    )


def _not_empty(sheet: Sheet | None) -> None:
    if sheet is not None and not sheet.rows:
        sheet.fault(f"A{sheet.header + 1}", "", "No row says anything", "Write at least one")


def tables_of(case: Case) -> dict[str, list[list[str]]]:
    """A case as the cells of its sheets, headings first: what `case_of` reads again."""
    index = Index.of(case.options)
    years = [FinancialYear(case.first_year + n).label for n in range(case.years)]
    found: dict[str, list[list[str]]] = {name: [[*heads]] for name, heads in HEADS.items()}
    found[PLAN] += [
        [PLACE, case.place], [FIRST_YEAR, years[0]], [YEARS, str(case.years)],
        [WEIGHTS_BY, case.weights_by],
    ]  # fmt: skip
    found[OPTIONS] += map(_option, case.options)
    for option in case.options:
        found[EFFECTS] += [[option.code, *_effect(effect)] for effect in option.effects]
        found[PREVENTS] += [
            [option.code, one.option, plain(one.units), str(one.lag_years)]
            for one in option.prevents
        ]
    found[WANTED] += [
        [one.indicator, one.area, one.title, one.counted_in, plain(one.gap), str(one.weight),
         _yes(one.health)]
        for one in case.wanted
    ]  # fmt: skip
    found[FUNDS][0] += years
    found[FUNDS] += [
        [fund.code, fund.title, fund.holder, _yes(fund.aligned), _yes(fund.only),
         _yes(fund.must_spend), fund.source, *map(in_pounds, fund.pence)]
        for fund in case.funds
    ]  # fmt: skip
    for rule in case.rules:
        found[RULES] += _rule(rule, index, years)
    found[AREAS] += [[area.code, area.name, str(area.people)] for area in case.areas]
    return {name: [list(map(cell_text, row)) for row in rows] for name, rows in found.items()}


def _option(option: Option) -> list[str]:
    return [
        option.code, option.title, option.agency, in_pounds(option.now_pence), option.unit,
        in_pounds(option.unit_pence), in_pounds(option.fixed_pence or None), option.area,
        option.group, in_pounds(option.least_pence or None), _whole(option.capacity_units),
        _whole(option.most_more_units), _whole(option.most_fewer_units),
        _whole(option.saturates_units), _yes(option.protected), _yes(option.may_close),
        ", ".join(option.funds), ", ".join(option.covers),
    ]  # fmt: skip


def _effect(effect: Effect) -> list[str]:
    return [
        effect.indicator, effect.area, effect.counted_in, plain(effect.low), plain(effect.mid),
        plain(effect.high), GRADES[effect.grade], effect.source, effect.address,
        str(effect.lag_years), str(effect.lasts_years),
        "" if effect.kept == ONE else plain(effect.kept), effect.accepted,
    ]  # fmt: skip


def _rule(rule: Rule, index: Index, years: Sequence[str]) -> Iterable[list[str]]:
    amounts = [
        "" if sum_ is None else plain(sum_ / 100 if rule.counted is In.PENCE else sum_)
        for sum_ in (rule.least, rule.most)
    ]
    indicator, area = rule.outcome or ("", "")
    year = "" if rule.year is None else years[rule.year]
    first, *more = _pieces(index.said(rule.options))
    yield [
        rule.code, rule.title, rule.kind.value, first, _COUNTED[rule.counted], *amounts, year,
        indicator, area, rule.source,
    ]  # fmt: skip
    for piece in more:
        yield [rule.code, "", "", piece, *[""] * 7]


def _pieces(said: str) -> list[str]:
    """A list of codes in pieces that a cell can hold."""
    found = [said]
    while len(found[-1]) > LONGEST_LIST:
        cut = found[-1].rindex(",", 0, LONGEST_LIST)
        found[-1:] = [found[-1][:cut], found[-1][cut + 2 :]]
    return found


def in_pounds(pence: int | None) -> str:
    """Pence as the pounds of a cell: 1250000.5; nothing of None."""
    return "" if pence is None else plain(Decimal(pence) / 100)


def plain(value: Decimal) -> str:
    """A number in digits, without noughts that say nothing."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _yes(value: bool) -> str:
    return "yes" if value else ""
