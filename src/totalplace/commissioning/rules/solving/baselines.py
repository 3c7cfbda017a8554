"""Plans that a place would make without a solver: what a plan is to be held against.

None of them looks at more than the money that there is; whether they keep the other demands is for
`checking` to say.
"""

from __future__ import annotations

from math import floor

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Demand, Line, Problem
from totalplace.money.pence import share_out


def last_year(problem: Problem) -> tuple[int, ...]:
    """Every line as it is now, in pence, whether or not there is the money for it."""
    return tuple(line.now for line in problem.lines)


def pro_rata(problem: Problem) -> tuple[int, ...]:
    """Every line cut or grown by the same share, until all of a year's money is spent, in pence.

    Odd pence go by largest remainder. A line for whose year no sum of money is said, or where
    nothing is spent now, stays as it is.
    """
    pence = [line.now for line in problem.lines]
    for grant in _grants(problem):
        now = {number: problem.lines[number].now for number in grant.lines}
        if grant.most is None or grant.most < 0 or not any(now.values()):
            continue
        for number, share in share_out(floor(grant.most), now).items():
            pence[number] = share
    return tuple(pence)


def by_priority(problem: Problem) -> tuple[int, ...]:
    """Every line at its least; then those with most points a pound at their most, down the list.

    The line at which a year's money runs out has what is left. This is how a ranked spreadsheet
    does it. In pence.
    """
    pence = [0 if line.may_close else line.least for line in problem.lines]
    for grant in _grants(problem):
        left = floor(grant.most or 0) - sum(pence[number] for number in grant.lines)
        ranked = sorted(grant.lines, key=lambda number: (-_a_penny(problem.lines[number]), number))
        for number in ranked:
            line = problem.lines[number]
            more = min(line.most - pence[number], left)
            if more <= 0 or line.slope <= 0 or pence[number] + more < line.least:
                continue
            pence[number] += more
            left -= more
    return tuple(pence)


def _a_penny(line: Line) -> float:
    """What a line reaches for each penny, at its most."""
    return line.points(line.most) / line.most if line.most > 0 else 0.0


def _grants(problem: Problem) -> list[Demand]:
    """Of each year, the demand that says how much money there is for all of it."""
    widest: dict[int, Demand] = {}
    for demand in problem.demands:
        if demand.most is None or demand.each is not None or not demand.lines:
            continue
        years = {problem.lines[number].year for number in demand.lines}
        if len(years) != 1:
            continue
        (year,) = years
        before = widest.get(year)
        if before is None or _width(demand) > _width(before):
            widest[year] = demand
    return [widest[year] for year in sorted(widest)]


def _width(demand: Demand) -> tuple[int, bool]:
    return len(demand.lines), demand.kind is Kind.GRANT
