"""From prices in floats to multipliers in fractions: a small system of equations, in fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.problem import Multiplier
from totalplace.commissioning.rules.weighing.refusals_solver import Column, Row

Equation = dict[int, Fraction]


Bounds = Mapping[tuple[int, str], Row]  # of lines by their place, "least" or "most"
NONE: Final[Bounds] = {}


def exactly(
    rows: Sequence[Row], leaning: Iterable[Column], bounds: Bounds = NONE
) -> tuple[Multiplier, ...] | None:
    """How many times each row has to be taken so that all add up to 0 >= something above 0.

    `leaning` are the columns of which something may be left over: a line's own bounds take it up,
    or that nobody spends less than nothing, and that what is open is from 0 to 1. None where these
    rows have no such multipliers, or have many.
    """
    loose = set(leaning)
    columns: dict[Column, Equation] = {}
    for number, row in enumerate(rows):
        for column, each in row.parts:
            columns.setdefault(column, {})[number] = each
    # Lines of the same demands say the same, and once is enough.
    said = {
        tuple(sorted(equation.items())): equation
        for column, equation in columns.items()
        if column not in loose
    }
    line = _only_line(len(rows), list(said.values()))
    if line is None:
        return None
    for sign in (1, -1):
        by = {n: sign * times for n, times in line.items()}
        found = _told(rows, columns, by, bounds) if min(by.values()) >= 0 else None
        if found is not None:
            return found
    return None


def _told(
    rows: Sequence[Row], columns: Mapping[Column, Equation], by: Equation, bounds: Bounds
) -> tuple[Multiplier, ...] | None:
    """The multipliers, what is left over taken up by bounds; None where it proves nothing."""
    found = [
        Multiplier(rows[n].name, rows[n].side, times) for n, times in sorted(by.items()) if times
    ]
    right = sum((times * rows[n].sum.least for n, times in by.items()), Fraction(0))
    left = {
        column: sum((each * by.get(n, 0) for n, each in equation.items()), Fraction(0))
        for column, equation in columns.items()
    }
    for place in [line for (kind, line), over in left.items() if kind == "pence" and over]:
        over = left["pence", place]
        bound = bounds.get((place, "most" if over > 0 else "least"))
        if bound is None and over > 0:
            return None
        if bound is None:
            found.append(Multiplier(f"line {place} nought", "least", -over))
            continue
        times = abs(over / bound.sum.pence[place])
        found.append(Multiplier(bound.name, bound.side, times))
        right += times * bound.sum.least
        for line, each in bound.sum.opened.items():
            left["open", line] = left.get(("open", line), Fraction(0)) + times * each
    for (kind, place), over in left.items():
        if kind == "open" and over:
            found.append(
                Multiplier(f"line {place} open", "most" if over > 0 else "least", abs(over))
            )
            right -= max(over, Fraction(0))
    return tuple(found) if right > 0 else None


def _only_line(count: int, equations: list[Equation]) -> Equation | None:
    """The unknowns that meet all equations (each a sum that is nought), if but for scale only one.

    Gauss and Jordan, the shortest equation first, by that unknown which the fewest others hold.
    """
    held: dict[int, set[int]] = {n: set() for n in range(count)}
    for place, equation in enumerate(equations):
        for n in equation:
            held[n].add(place)
    todo = set(range(len(equations)))
    pivots: dict[int, int] = {}
    for place, equation in enumerate(equations):  # an unknown that no other holds, as bounds are
        alone = [n for n in equation if len(held[n]) == 1]
        if alone:
            pivots[alone[0]] = place
            todo.remove(place)
    while todo:
        place = min(todo, key=lambda one: (len(equations[one]), one))
        todo.remove(place)
        if not equations[place]:
            continue
        pivot = min(equations[place], key=lambda n: (len(held[n]), n))
        pivots[pivot] = place
        for other in held[pivot] - {place}:
            _take_off(equations, held, other, place, pivot)
    free = [n for n in range(count) if n not in pivots]
    if len(free) != 1:
        return None
    found = {free[0]: Fraction(1)}
    for pivot, place in pivots.items():
        equation = equations[place]
        if free[0] in equation:
            found[pivot] = -equation[free[0]] / equation[pivot]
    return found


def _take_off(
    equations: list[Equation], held: dict[int, set[int]], place: int, by: int, pivot: int
) -> None:
    """Take so much of one equation off another that the pivot is gone from it."""
    target, times = equations[place], equations[place][pivot] / equations[by][pivot]
    for n, each in equations[by].items():
        left = target.get(n, Fraction(0)) - times * each
        if left:
            target[n] = left
            held[n].add(place)
        else:
            target.pop(n, None)
            held[n].discard(place)
