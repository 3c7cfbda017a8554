"""What demands cost, and what the money itself is worth, apart: nobody can go without the money."""

from __future__ import annotations

from collections.abc import Iterable

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.weighing.prices import Price


def is_money(price: Price) -> bool:
    """Whether it is what funds together can pay, and so no demand (`funding` names them so)."""
    return price.side == "most" and price.demand.startswith("money ")


def apart(prices: Iterable[Price]) -> tuple[list[Price], list[Price]]:
    """The demands that cost something, and the money that more of would win something."""
    dear = [one for one in prices if not one.costs_nothing]
    return [one for one in dear if not is_money(one)], [one for one in dear if is_money(one)]


def kind_words(price: Price) -> str:
    """What kind of demand it is: funds that pay together are money, and no ring-fence."""
    if is_money(price):
        return Kind.GRANT.value
    return price.kind.value if price.kind else "what this service can be"


def price_words(price: Price) -> str:
    """What it costs, without its title; of money, what more of it would win, and no more."""
    words = price.told.removeprefix(f"{price.title}.").strip()
    at = words.find("Each ")
    if is_money(price) and at >= 0:
        return words[at:].replace(" of it would win", " would win", 1)
    return words
