"""A price in words that a councillor reads."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from totalplace.commissioning.rules.weighing.refusals_words import in_words

if TYPE_CHECKING:
    from totalplace.commissioning.rules.weighing.prices import Price


def points_in_words(points: float) -> str:
    """Points as far as they can be told apart: 1.3 points, 0.004 points, 1 point."""
    if points == 0:
        return "no points"
    number = f"{points:.2g}" if abs(points) < 10 else f"{points:,.1f}"
    number = f"{float(number):.10f}".rstrip("0").rstrip(".") if "e" in number else number
    return f"{number} point" if number == "1" else f"{number} points"


def step_of(amount: Fraction, unit: str) -> int:
    """A round part of an amount, of which a price is told: about a hundredth; in its own unit."""
    of = 100 if unit == "pence" else 1
    step = of
    while step * 100 < abs(amount):
        step *= 10
    return step


def price_told(price: Price) -> str:
    """What a demand costs, and between which amounts that holds."""
    if price.costs_nothing:
        return f"{price.title}. It costs nothing: the plan would do so without it."
    said = [f"{price.title}."]
    if price.whole_cost_points is not None and price.whole_cost_points > price.out_by_points:
        whole = points_in_words(price.whole_cost_points)
        said.append(f"It costs {whole} in all: a plan without it reaches so much more.")
    if price.points_per > 0:
        said.append(_of_a_step(price))
    elif not price.whole_cost_points or price.points_tighter:
        way = "more" if price.side == "most" else "less"
        said.append(f"A little {way} of it alone would win nothing.")
    if price.low is not None and price.high is not None and price.low < price.high:
        low, high = in_words(price.low, price.unit), in_words(price.high, price.unit)
        if price.how == "re-solved":
            said.append(f"That is the difference of two plans, with {low} and with {high}.")
        else:
            said.append(f"That holds, within a tenth, between {low} and {high}.")
    return " ".join(said)


def _of_a_step(price: Price) -> str:
    step = step_of(price.amount, price.unit)
    points = points_in_words(price.points_per * step / (100 if price.unit == "pence" else 1))
    sum_ = in_words(Fraction(step), price.unit)
    return f"Each {sum_} {'more' if price.side == 'most' else 'less'} of it would win {points}."
