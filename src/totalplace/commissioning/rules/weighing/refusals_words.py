"""A refusal in an officer's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Line, Problem
from totalplace.commissioning.rules.weighing.refusals_solver import Key
from totalplace.commissioning.rules.weighing.refusals_tree import Search
from totalplace.money.pence import pounds


@dataclass(frozen=True, slots=True)
class Asked:
    """What a demand asks, as an officer would say it."""

    demand: str
    side: str
    title: str
    unit: str
    kind: Kind | None


def asked(search: Search, key: Key, titles: Mapping[str, str]) -> Asked:
    """A demand, an aim or a line's bound with its amount in words."""
    name, side = key
    problem = search.problem
    if name in search.reading.demands:
        demand = search.reading.demands[name]
        sum_ = in_words(amount_of(search, key), demand.unit)
        title = f"{demand.title}{_when(problem, demand.lines, demand.title)}"
        return Asked(name, side, f"{title}: at {side} {sum_}", demand.unit, demand.kind)
    if name.startswith("aim "):
        aim = search.reading.aims[name.removeprefix("aim ")]
        sum_ = in_words(Fraction(aim.amount), aim.unit)
        title = f"{aim.title}{_when(problem, aim.lines, aim.title)}"
        return Asked(name, side, f"{title}: at least {sum_}", aim.unit, Kind.TARGET)
    place = int(name.split()[1])
    title = _bound(problem.lines[place], side, titles, amount_of(search, key))
    return Asked(name, side, f"{title}{_when(problem, (place,), '')}", "pence", None)


def _when(problem: Problem, lines: Sequence[int], said: str) -> str:
    """In which year, where there are several, a demand is of one, and its title does not say so."""
    years = {problem.lines[line].year for line in lines}
    if len(years) != 1 or " in year " in said or all(one.year == 0 for one in problem.lines):
        return ""
    return f" in year {years.pop() + 1}"


def _bound(line: Line, side: str, titles: Mapping[str, str], amount: Fraction) -> str:
    title = titles.get(line.option, line.option)
    if line.least == line.ceiling:
        return f"{title} stays at {in_words(Fraction(line.least), 'pence')}"
    if side == "most":
        return f"{title} can take at most {in_words(amount, 'pence')}"
    needs = in_words(Fraction(line.least), "pence")
    return (
        f"{title}, unless it closes, needs at least {needs}"
        if line.may_close
        else (f"{title} needs at least {needs}")
    )


def amount_of(search: Search, key: Key) -> Fraction:
    """What a demand, an aim or a line's bound asks, in its own unit."""
    name, side = key
    if name in search.reading.demands:
        demand = search.reading.demands[name]
        return (demand.least if side == "least" else demand.most) or Fraction(0)
    if name.startswith("aim "):
        return Fraction(search.reading.aims[name.removeprefix("aim ")].amount)
    place = int(name.split()[1])
    line = search.problem.lines[place]
    if side == "least":
        return Fraction(line.least)
    # As `Reading` has it: of what can close, no more than there is money for.
    ceiling = line.most if place in search.reading.closing else line.ceiling
    return Fraction(line.most if ceiling is None else ceiling)


def in_words(amount: Fraction, unit: str) -> str:
    """A sum of money, or a number of some unit: £1,200, £0.05, 90 (place)."""
    if unit == "pence":
        return pounds(round(amount)).removesuffix(".00")
    size = float(amount)
    number = f"{size:,.2f}" if abs(size) >= 1 or not size else f"{float(f'{size:.2g}'):.12f}"
    number = number.rstrip("0").rstrip(".")
    return f"{number} ({unit})" if unit else number


def gap_told(said: Asked, gap: Fraction | None, asked_gap: bool) -> str:
    """By how much one demand would have to give way, in a sentence."""
    if not asked_gap:
        return "By how much this alone would have to give way was not worked out."
    if gap is None:
        return "However far this gives way alone, the others cannot all be met."
    if gap == 0:
        return "A hair's breadth less of this would be enough, if all others stand."
    return f"If all others stand, this has to give way by {in_words(gap, said.unit)}."


def giving_told(said: Asked, by: Fraction) -> str:
    """One part of a repair, in a sentence."""
    sum_ = in_words(by, said.unit)
    told = f"{sum_} {'more' if said.side == 'most' else 'less'} than “{said.title}”"
    if said.kind is Kind.ENTITLEMENT:
        return f"{told} (a national guarantee is not the place's to change)"
    return told


def told_of(count: int, *, proved: bool) -> str:
    """What a refusal says first."""
    if count == 0:
        return (
            "The solver found no plan that meets every demand in whole pence. This is shown by the "
            "solver and not by a proof."
        )
    demands = (
        "This demand cannot be met" if count == 1 else (f"These {count} demands cannot all be met")
    )
    how = (
        "The proof can be added up by hand"
        if proved
        else "This is shown by the solver and not by a proof"
    )
    return f"{demands}. {how}."
