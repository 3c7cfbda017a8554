"""What can be said of a place's real outturn with only effects that a stranger can look up.

Run: PYTHONPATH=src python benchmarks/plan_of_outturn.py [FOLDER OF SHARED FILES] [SEED]

Every line that councils of a place returned as outturn is an option. None of them says what a unit
of it is, nor is one of them the very service of a published effect: so none may be moved. Beside
them stand the services of the register whose cost was published too, at nothing today. The plan is
made twice: with the money of today, and with a thousandth more.

What is assumed, and by nobody decided: the outcomes weigh the same; the gap of each is all that
there is of it (falls at the rate of the review's control groups, smokers at the share that NIHR
states for England); a thousandth more money.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from totalplace.commissioning.definitions.known import bar
from totalplace.commissioning.definitions.reading import registered
from totalplace.commissioning.rules.case import Case, Fund, Option, Wanted
from totalplace.commissioning.rules.case_tables import case_of, tables_of
from totalplace.commissioning.rules.weighing.known import Footing
from totalplace.commissioning.rules.weighing.summary import Draws, Summary, summary
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

SHARED: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED: Final = 20261126
DRAWS: Final = 10_000
PLANS: Final = 100
AREA: Final = "the-place"
# Of the control groups of Cochrane CD012424.pub2: falls of 1,000 people over 60 in a year.
FALLS_OF_1000: Final = 850
# Of adults in England who smoke, as NIHR states it beside its evaluation of the services (2015).
SMOKERS_OF_100: Final = 18
_TOTALS: Final = ("total", "class")


@dataclass(frozen=True, slots=True)
class Spent:
    """A line of outturn of a body, in pence; below nought where it brings in more than it costs."""

    body: str
    service: str
    pence: int


@dataclass(frozen=True, slots=True)
class Outturn:
    """The outturn of the bodies of a place in a year: every line, and the total as printed.

    `uncertified` are bodies whose finance officer had not certified the figures.
    """

    year: FinancialYear
    lines: tuple[Spent, ...]
    printed_pence: int
    bodies: tuple[str, ...]
    uncertified: int | None = None  # None: the file does not say

    @property
    def options(self) -> tuple[Spent, ...]:
        """Lines that cost something."""
        return tuple(line for line in self.lines if line.pence > 0)

    @property
    def income(self) -> tuple[Spent, ...]:
        """Lines that bring in more than they cost: no options, and no money of the plan."""
        return tuple(line for line in self.lines if line.pence < 0)


def by_line(paths: Iterable[Path]) -> Outturn:
    """The lines of the latest year of each council's file of outturn (MHCLG, forms RO2 to RO6).

    What a form does not break down stands as one line, so that lines add up to each block.
    """
    lines: list[Spent] = []
    printed, years, bodies, open_ = 0, set(), [], 0
    for path in sorted(paths):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            said = json.load(file)
        latest = said["by_year"][said["latest_year"]]
        years.add(FinancialYear.parse(said["latest_year"]))
        blocks = {
            name: _pence(value)
            for name, value in latest["revenue_summary"]["service_expenditure"].items()
        }
        printed += sum(p for name, p in blocks.items() if name.casefold().startswith(_TOTALS))
        lines += _lines_of(said["council_id"], blocks, latest["detailed_services"])
        bodies.append(said["ons_code"])
        open_ += not latest["certified"]
    if len(years) != 1:
        raise ValueError("figures of two years do not add up")
    return Outturn(years.pop(), tuple(lines), printed, tuple(bodies), open_)


def _lines_of(body: str, blocks: Mapping[str, int], forms: Mapping[str, Any]) -> Iterator[Spent]:
    within: dict[str, dict[str, int]] = {name: {} for name in blocks}
    titles = {name.casefold(): name for name in blocks}
    for form in forms.values():
        gathered: dict[str, int] = {}
        for service, cells in form["services"].items():
            if "net_current_expenditure" not in cells:
                continue
            if service.startswith("TOTAL"):
                block = titles.get(service.removeprefix("TOTAL ").casefold())
                if block is not None:
                    within[block], gathered = gathered, {}
            else:
                gathered[service] = _pence(cells["net_current_expenditure"])
    for block, pence in blocks.items():
        if block.casefold().startswith(_TOTALS):
            continue
        for service, its in within[block].items():
            yield Spent(body, f"{block}: {service}", its)
        yield Spent(body, f"{block}: not broken down", pence - sum(within[block].values()))


def _pence(cell: Mapping[str, Any]) -> int:
    return round(100 * (cell["value_pounds"] or 0))


def by_block(path: Path, codes: Iterable[str], year: FinancialYear) -> Outturn:
    """The service blocks of a year for some bodies, by their codes (MHCLG time series, thousands).

    A body that returned nothing has no lines: it is not spending of nought.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    wanted, ending = set(codes), (year.start + 1) * 100 + 3
    lines: list[Spent] = []
    printed, bodies = 0, []
    for row in rows:
        if (
            row["ONS_code"] not in wanted
            or row["year_ending"] != ending
            or row["Total"] in ("", None)
        ):
            continue
        bodies.append(row["ONS_code"])
        printed += round(100_000 * row["Total"])
        lines += [
            Spent(row["ONS_code"], block, round(100_000 * value))
            for block, value in row.items()
            if block not in ("year_ending", "ONS_code", "LA_name", "Total")
            and value not in ("", None)
        ]
    return Outturn(year, tuple(lines), printed, tuple(bodies))


def people(path: Path, codes: Iterable[str]) -> tuple[int, int]:
    """Adults, and people of 65 and over, of areas that have a row in the file of population."""
    wanted, adults, older = set(codes), 0, 0
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in wanted:
                ages = {int(age.rstrip("+")): float(number) for age, number in row.items()
                        if age.rstrip("+").isdecimal()}  # fmt: skip
                adults += round(sum(number for age, number in ages.items() if age >= 18))
                older += round(sum(number for age, number in ages.items() if age >= 65))
    return adults, older


def case_of_outturn(outturn: Outturn, adults: int, older: int, more_pence: int) -> Case:
    """The case: every line as it is, and beside them what the register could buy."""
    lines = [
        Option(f"line-{n}", line.service, line.body, line.pence)
        for n, line in enumerate(outturn.options)
    ]
    gaps = {
        "falls-exercise": older * FALLS_OF_1000 // 1000,
        "stop-smoking": adults * SMOKERS_OF_100 // 100,
    }
    can = {"falls-exercise": older, "stop-smoking": gaps["stop-smoking"]}
    new: list[Option] = []
    wanted: list[Wanted] = []
    for code, gap in gaps.items():
        said = registered(code)
        assert said.cost is not None  # these are the two with a published cost
        new.append(
            Option(
                code, said.service, "councils-together", 0, said.unit, said.cost.pence,
                capacity_units=can[code], effects=(said.effect_on(code, AREA),),
            )
        )  # fmt: skip
        wanted.append(
            Wanted(code, AREA, said.outcome, said.counted_in, Decimal(gap), 50, health=True)
        )
    held = sum(line.pence for line in outturn.options) + more_pence
    fund = Fund("outturn", "what is spent today, and what is added", (held,))
    case = Case(
        "the-place", outturn.year.start, 1, (*lines, *new), tuple(wanted), (fund,),
        weights_by="nobody: an assumption of this script",
    )  # fmt: skip
    read = case_of(tables_of(case))  # as any officer's case, it is held to every check
    if not isinstance(read, Case):
        raise TypeError(str(read.faults[0]))
    return read


def told(outturn: Outturn, found: Summary, more_pence: int) -> Iterator[str]:
    """What came out, in lines."""
    covered = found.known.now.share_of(Footing.OPENABLE) or 0.0
    lines = sum(line.pence for line in outturn.lines)
    certified = "" if outturn.uncertified is None else f", {outturn.uncertified} not certified"
    yield f"{outturn.year}: {len(outturn.bodies)} bodies{certified}, {len(outturn.lines):,} lines"
    yield f"  printed total {pounds(outturn.printed_pence)}; lines add up to {pounds(lines)}"
    yield (
        f"  {len(outturn.options):,} lines cost {pounds(found.case.now_pence)}; "
        f"{len(outturn.income):,} bring in {pounds(-sum(x.pence for x in outturn.income))} and stay"
    )
    yield f"  with {pounds(more_pence)} more:"
    yield f"    pounds of today with an effect whose source can be opened: {covered:.4%}"
    yield f"    pounds of the plan with one: {found.known.openable:.4%}"
    steady = found.direction
    kept = "no money moves" if steady.kept is None else f"{steady.kept:.1%} (se {steady.error:.1%})"
    yield f"    moved {pounds(steady.moved_pence)}; keeps its direction: {kept}"
    yield f"    points {found.solved.points:.4f}, bound {found.solved.bound:.4f}"
    yield f"    beats today in {found.chance.beats:.2%} of {found.chance.draws:,} draws"
    yield f"    every demand kept: {all(one.met for one in found.solved.checks)}"
    yield f"    may be called best: {found.known.best_may_be_said}"


def planned(outturn: Outturn, adults: int, older: int, more_pence: int, *, seed: int) -> Summary:
    """The plan of an outturn with so much more money."""
    case = case_of_outturn(outturn, adults, older, more_pence)
    found = summary(case, bar=bar(), draws=Draws(seed, DRAWS, PLANS))
    if not isinstance(found, Summary):
        raise TypeError(found.told)
    return found


def outturns(shared: Path) -> Iterator[Outturn]:
    """The outturn by line of the councils that have a file, and by block of them and others."""
    lines = by_line((shared / "budgets_lancashire").glob("*-budgets_govuk.json.gz"))
    yield lines
    others = []  # the police and fire bodies of the same districts
    for name, column in (
        ("lookup_ltla24_csp24_pfa24.csv", "pfa24_code"), ("lookup_ltla24_fra24.csv", "fra24_code"),
    ):  # fmt: skip
        with (shared / "reference" / name).open(encoding="utf-8-sig", newline="") as file:
            others += [
                row[column] for row in csv.DictReader(file) if row["ltla24_code"] in lines.bodies
            ]
    path = shared / "la_revenue_outturn" / "council_spending.json.gz"
    yield by_block(path, {*lines.bodies, *others}, FinancialYear(lines.year.start - 1))


def main() -> None:
    """Print coverage and direction as they are."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    print(f"seed {seed}; {DRAWS:,} draws of effects, {PLANS} plans found again")
    for outturn in outturns(shared):
        codes = outturn.bodies
        adults, older = people(shared / "reference/la_population_by_age.csv.gz", codes)
        print(f"{adults:,} adults, {older:,} of 65 and over")
        for more in (0, sum(line.pence for line in outturn.options) // 1000):
            began = time.perf_counter()
            found = planned(outturn, adults, older, more, seed=seed)
            print("\n".join(told(outturn, found, more)))
            print(f"    in {time.perf_counter() - began:.1f} seconds")


if __name__ == "__main__":
    main()
