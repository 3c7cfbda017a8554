"""What amounts come to that an officer types, line by line: counted and checked, never solved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.funding import payers
from totalplace.commissioning.rules.problem import Check, Problem
from totalplace.commissioning.rules.solving.checking import check
from totalplace.commissioning.rules.solving.paying import paid_from
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused

_SUM: Final = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
_MOST_PENCE: Final = 10**15
_BOUND: Final = re.compile(r"line (\d+) (least|most)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Purse:
    """A fund in a year: what it holds, and what is left of it; None where nobody can say."""

    title: str
    year: int
    pence: int
    left: int | None


@dataclass(frozen=True, slots=True)
class Unmet:
    """A demand that the amounts do not meet: what is lacking or too much, in words."""

    title: str
    words: str
    kind: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What amounts come to. Sums are pence by year; points are estimates."""

    spent: tuple[int, ...]
    now: tuple[int, ...]
    by_agency: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]  # agency, spent, now
    purses: tuple[Purse, ...]
    unmet: tuple[Unmet, ...]
    met: int
    points: float
    points_now: float


def typed_pence(said: str) -> int | None:
    """A sum as it is typed, in pence; None where it is no sum of money."""
    found = _SUM.fullmatch(said.strip())
    if found is None:
        return None
    pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    return pence if pence <= _MOST_PENCE else None


def totals(case: Case, problem: Problem, pence: Sequence[int]) -> Totals:
    """What a sum for each line comes to, what is left of each fund, and which demands are unmet.

    Raises ValueError where there is not one whole number of pence for each line.
    """
    checks = check(problem, pence)
    years = range(case.years)
    agencies = sorted({line.agency for line in problem.lines})
    spent = {(one, year): 0 for one in agencies for year in years}
    now = dict(spent)
    for line, sum_ in zip(problem.lines, pence, strict=True):
        spent[line.agency, line.year] += sum_
        now[line.agency, line.year] += line.now
    of_now = tuple(line.now for line in problem.lines)
    unmet = [one for one in checks if not one.met]
    return Totals(
        tuple(sum(spent[one, year] for one in agencies) for year in years),
        tuple(sum(now[one, year] for one in agencies) for year in years),
        tuple(
            (
                one,
                tuple(spent[one, year] for year in years),
                tuple(now[one, year] for year in years),
            )
            for one in agencies
        ),
        tuple(_purses(case, pence)),
        tuple(told(case, problem, one) for one in unmet),
        len(checks) - len(unmet),
        problem.points(tuple(pence)),
        problem.points(of_now),
    )


def _purses(case: Case, pence: Sequence[int]) -> list[Purse]:
    """What is left of each fund, where the funds can pay for it all."""
    used: dict[tuple[str, int], int] = {}
    try:
        paid: Mapping[tuple[str, int], Mapping[str, int]] | None = paid_from(case, pence)
    except Refused:
        paid = None
    for (_, year), by in (paid or {}).items():
        for fund, sum_ in by.items():
            used[fund, year] = used.get((fund, year), 0) + sum_
    return [
        Purse(
            fund.title, year, fund.pence[year],
            None if paid is None else fund.pence[year] - used.get((fund.code, year), 0),
        )
        for fund in case.funds
        for year in range(case.years)
    ]  # fmt: skip


def told(case: Case, problem: Problem, one: Check) -> Unmet:
    """A check that failed, in words."""
    bound = _BOUND.fullmatch(one.demand)
    if bound is not None:
        return _of_line(case, problem, int(bound[1]), bound[2], one)
    aim = next((aim for aim in problem.aims if aim.code == one.demand), None)
    if aim is not None:
        short = f"{float(one.short):,.1f} {aim.unit} short of {aim.amount:,.1f}"
        return Unmet(aim.title, short, "target", aim.source)
    demand = next(its for its in problem.demands if its.code == one.demand)
    over = demand.most is not None and one.found > demand.most
    how = "too much" if over else "too little"
    return Unmet(
        demand.title, f"{_amount(one.short, demand.unit)} {how}", demand.kind.value, demand.source
    )


def _of_line(case: Case, problem: Problem, at: int, side: str, one: Check) -> Unmet:
    line = problem.lines[at]
    year = FinancialYear(case.first_year + line.year).label
    title = f"{case.option(line.option).title}, {year}"
    least, most = line.least, line.most
    if least == most:
        why = f"its money is left where it is, at {pounds(least)}"
    elif side == "least":
        why = f"its least is {pounds(least)}"
    else:
        why = f"its most is {pounds(most)}"
    how = "too little" if side == "least" else "too much"
    return Unmet(title, f"{pounds(int(one.short))} {how}: {why}", "what this service can be")


def _amount(short: Fraction, unit: str) -> str:
    if unit == "pence":
        whole = -(-short.numerator // short.denominator)  # a part of a penny is a penny short
        return pounds(whole)
    return f"{float(short):,.2f}".removesuffix(".00") + f" {unit}"


def who_pays(case: Case, code: str) -> tuple[str, ...]:
    """The titles of the funds that may pay for an option. Raises KeyError where it is not there."""
    option = next((one for one in case.options if one.code == code), None)
    if option is None:
        raise KeyError(code)
    its = payers(case, option)
    return tuple(fund.title for fund in case.funds if fund.code in its)
