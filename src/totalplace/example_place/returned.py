"""What agencies return: workbooks by service, benefits by area, and what each got of others.

They stand in folders of their own beside the published payments, as they are asked for and sent,
and not published with them.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from totalplace.count.definitions.services import services
from totalplace.example_place.accounts import BENEFITS, HOUSING_BENEFIT, TRUST
from totalplace.example_place.agencies import PROFILES
from totalplace.example_place.counted import Account, Told, Whole
from totalplace.example_place.country import AREAS
from totalplace.example_place.forms.table import Cell, Row
from totalplace.example_place.forms.workbook import Sheet, saved
from totalplace.example_place.truth import RowKind

FOLDER: Final = "returns"
FORM: Final = "ex_wl_by_area"
_HEADS: Final = (
    "Service code", "Service", "Gross expenditure", "Income", "Net", "Capital", "Basis", "Status",
    "Note",
)  # fmt: skip
_TRUST_SAYS: Final = "Net of what the board and the council pay the trust for care."


def whole(accounts: Iterable[Account]) -> tuple[Whole, ...]:
    """The truth of the net whole-place count, by year, agency and service."""
    sums = Counter[tuple[str, str, str]]()
    sent: dict[tuple[str, str, str], bool] = {}
    for line in accounts:
        key = (line.year, line.agency, line.service)
        sums[key] += line.net_pence
        sent[key] = line.returned
    return tuple(_whole(key, sums[key], sent=sent[key]) for key in sorted(sums))


def _whole(key: tuple[str, str, str], pence: int, *, sent: bool) -> Whole:
    if not sent:
        return Whole(*key, pence, None, "No return was sent for the year.")
    if key[1:] == (BENEFITS, HOUSING_BENEFIT):
        return Whole(*key, pence, 0, "The districts pay it to tenants; it is counted there.")
    return Whole(*key, pence, pence, "")


def write_returns(into: Path, accounts: Iterable[Account]) -> None:
    """Write every return that was sent, and the form of the one that has a form of its own."""
    by_return: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for line in accounts:
        if line.returned:
            by_return[line.agency, line.year].append(line)
    for (code, year), lines in by_return.items():
        folder = into / code
        folder.mkdir(parents=True, exist_ok=True)
        if code == BENEFITS:
            _write_by_area(folder / f"spending-by-area-{year}.csv", lines)
        else:
            sheet = Sheet("Return", list(_rows(code, year, lines)))
            (folder / f"return-{year}.xlsx").write_bytes(saved([sheet]))
    (into / "forms").mkdir()
    (into / "forms" / f"{FORM}.yaml").write_text(_FORM, encoding="utf-8")


def _rows(code: str, year: str, lines: Sequence[Account]) -> Iterator[Row]:
    """The rows of the workbook that `totalplace sources returns template` gives, filled in."""
    name = PROFILES[code].agency.name
    yield Row(RowKind.PREAMBLE, (f"What {name} spent in {year} (made up)",))
    for label, value in (("Agency code", code), ("Agency", name), ("Financial year", year)):
        yield Row(RowKind.PREAMBLE, (label, value))
    yield Row(RowKind.BLANK, ())
    yield Row(RowKind.HEADER, _HEADS)
    by_service = {line.service: line for line in lines}
    for service, listed in services().items():
        line = by_service.get(service)
        cells = _sums([line]) if line else ()
        note = ("", "", _TRUST_SAYS) if line and code == TRUST else ()
        yield Row(RowKind.PAYMENT, (service, listed.title, *cells, *note))
    yield Row(RowKind.TOTAL, ("total", "Total", *_sums(lines)))


def _sums(lines: Iterable[Account]) -> tuple[Cell, ...]:
    listed = list(lines)
    built = sum(line.capital_pence for line in listed)
    return (
        _pounds(sum(line.gross_pence for line in listed)),
        _pounds(sum(line.income_pence for line in listed)),
        _pounds(sum(line.net_pence for line in listed)),
        _pounds(built) if built else "",
    )


def _pounds(pence: int) -> int | float:
    return pence / 100 if pence % 100 else pence // 100


def _write_by_area(path: Path, lines: Iterable[Account]) -> None:
    names = {area.gss: area.name for area in AREAS}
    with path.open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(("Area code", "Area", "Financial year", "Programme", "Spending (£)"))
        writer.writerows(
            (line.area, names[line.area], line.year, line.service, f"{line.net_pence / 100:.2f}")
            for line in lines
        )


def write_received(into: Path, cells: Iterable[Told]) -> None:
    """Write what each agency says that it got of the others, a file for each receiver."""
    by_receiver: dict[str, list[Told]] = defaultdict(list)
    for cell in cells:
        by_receiver[cell.receiver].append(cell)
    into.mkdir(parents=True)
    for code, got in by_receiver.items():
        with (into / f"{code}.csv").open("w", encoding="utf-8", newline="") as table:
            writer = csv.writer(table, lineterminator="\n")
            writer.writerow(("Received from", "Name", "Financial year", "Received (£)"))
            writer.writerows(
                (c.payer, PROFILES[c.payer].agency.name, c.year, f"{c.received_pence / 100:.2f}")
                for c in got
            )


_FORM: Final = f"""\
# Made up. What a made-up department publishes of each area: benefits, and its own costs.
title: Spending by area of the Department for Work and Learning (example)
why: A department that publishes by area needs a form that says so; officers may write their own.
owner: the example place
as_of: 2025-04-30
review_by: 2099-01-01
sources: [made up]
code: {FORM}
publisher: {{code: {BENEFITS}, name: {PROFILES[BENEFITS].agency.name}, kind: department}}
shape: table
has: [Area code, Area, Financial year, Programme, Spending (£)]
body:
  agency: {{fixed: {BENEFITS}}}
  name: {{fixed: {PROFILES[BENEFITS].agency.name}}}
  area: {{column: Area code}}
  kinds: {{"": department}}
year: {{column: Financial year, written: financial_year}}
figures_are: {{item: benefit, income_rule: net, economic: revenue, basis: actual, status: measured}}
line_in: {{column: Programme}}
amounts:
  Spending (£): {{item: benefit}}
left_out:
  Area: the name of the area
lines:
  central_services: {{title: Digital services and staff, service: central_services}}
  disability_benefits: {{title: Disability benefits and assessments, service: disability_benefits}}
  employment_support: {{title: Work coaching and skills, service: employment_support}}
  housing_benefit: {{title: Housing Benefit paid to councils, service: housing_benefit}}
  low_income_benefits: {{title: Benefits for low incomes, service: low_income_benefits}}
  other_benefits: {{title: Other benefits, service: other_benefits}}
  pensioner_benefits: {{title: State pension and pension credit, service: pensioner_benefits}}
  unemployment_benefits: {{title: Benefits for unemployed people, service: unemployment_benefits}}
"""
