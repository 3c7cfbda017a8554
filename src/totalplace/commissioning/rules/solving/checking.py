"""Whether a plan meets what is demanded: exact, and knowing nothing of how the plan was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.problem import Aim, Check, Demand, Problem

NOUGHT: Final = Fraction(0)
# Aims are sums of estimated curves: this share of the amount is the rounding of floats.
ROUNDING: Final = 1e-9


def check(problem: Problem, pence: Sequence[int]) -> tuple[Check, ...]:
    """Every demand, then every aim, then every line's least and most, as a plan meets them.

    `pence` has one whole number for each line. A line is open where it spends anything or cannot
    close. Of demands and lines all is exact; of aims, in floats, to one part in a thousand million.
    Raises ValueError where there is not one whole number for each line.
    """
    spent = [_whole(sum_) for sum_ in pence]
    if len(spent) != len(problem.lines):
        raise ValueError(f"{len(spent)} sums for {len(problem.lines)} lines")
    is_open = [
        sum_ != 0 or not line.may_close for line, sum_ in zip(problem.lines, spent, strict=True)
    ]
    return (
        *(_demand(demand, spent, is_open) for demand in problem.demands),
        *(_aim(aim, problem, spent) for aim in problem.aims),
        *_bounds(problem, spent, is_open),
    )


def _whole(sum_: int) -> int:
    whole = int(sum_)
    if whole != sum_:
        raise ValueError(f"{sum_} is not a whole number of pence")
    return whole


def found(demand: Demand, pence: Sequence[int], is_open: Sequence[bool]) -> Fraction:
    """What a demand comes to: what each penny counts for, less what is taken off for open lines."""
    if demand.each is None:
        total = Fraction(sum(pence[line] for line in demand.lines))
    else:
        each = zip(demand.lines, demand.each, strict=True)
        total = sum((pence[line] * one for line, one in each if pence[line]), NOUGHT)
    if demand.opened is not None:
        off = zip(demand.lines, demand.opened, strict=True)
        total -= sum((one for line, one in off if is_open[line]), NOUGHT)
    return total


def _demand(demand: Demand, pence: Sequence[int], is_open: Sequence[bool]) -> Check:
    total, short = found(demand, pence, is_open), NOUGHT
    if demand.least is not None and total < demand.least:
        short = demand.least - total
    if demand.most is not None and total > demand.most:
        short = max(short, total - demand.most)
    return Check(demand.code, total, short)


def reached(aim: Aim, problem: Problem, pence: Sequence[float]) -> float:
    """What a plan reaches of an aim, in what its outcome is counted in."""
    each = zip(aim.lines, aim.each, strict=True)
    return sum(one * problem.lines[line].points(pence[line]) for line, one in each)


def _aim(aim: Aim, problem: Problem, pence: Sequence[int]) -> Check:
    total = reached(aim, problem, pence)
    short = aim.amount - total
    met = short <= ROUNDING * max(1.0, abs(aim.amount))
    return Check(aim.code, Fraction(total), NOUGHT if met else Fraction(short))


def _bounds(problem: Problem, pence: Sequence[int], is_open: Sequence[bool]) -> Iterator[Check]:
    for number, line in enumerate(problem.lines):
        sum_ = pence[number]
        total = Fraction(sum_)
        under = line.least - sum_ if is_open[number] else 0
        over = sum_ - line.most if is_open[number] else 0
        yield Check(f"line {number} least", total, NOUGHT if under <= 0 else Fraction(under))
        yield Check(f"line {number} most", total, NOUGHT if over <= 0 else Fraction(over))
