"""Which pound pays for what: every fund spent once, in whole pence.

That it can be done is already among the demands of a plan (`rules.funding`, after Gale, 1957). Here
it is done, by paths along which a fund that has spare money frees another that has none (Ford and
Fulkerson, 1956). A fund that must be spent comes first: once it is spent, no such path unspends it.
"""

from __future__ import annotations

from collections.abc import Sequence

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.funding import payers
from totalplace.refusal import Refused

Funds = frozenset[str]


def paid_from(case: Case, pence: Sequence[int]) -> dict[tuple[str, int], dict[str, int]]:
    """By option and year (from 0), how many pence of it each fund pays; in whole pence.

    `pence` is a plan, a sum for each line of the case's problem. Options that cost nothing have no
    payer. Raises Refused where the funds cannot pay for it, or one that must be spent is not.
    """
    found: dict[tuple[str, int], dict[str, int]] = {}
    for year in range(case.years):
        costs = [pence[line_number(case, place, year)] for place in range(len(case.options))]
        sets = [payers(case, option) for option in case.options]
        paid = _paid(case, year, _by_set(sets, costs))
        for place, option in enumerate(case.options):
            found[option.code, year] = _taken(paid.get(sets[place], {}), costs[place])
    return found


def _by_set(sets: Sequence[Funds], costs: Sequence[int]) -> dict[Funds, int]:
    """What options cost together that the same funds may pay for."""
    together: dict[Funds, int] = {}
    for its, cost in zip(sets, costs, strict=True):
        together[its] = together.get(its, 0) + cost
    return together


def _taken(paid: dict[str, int], cost: int) -> dict[str, int]:
    """An option's payers, taken off what the funds pay for all options of its kind."""
    its: dict[str, int] = {}
    for fund in list(paid):
        take = min(paid[fund], cost)
        if take > 0:
            its[fund] = take
            cost -= take
            paid[fund] -= take
    return its


def _paid(case: Case, year: int, costs: dict[Funds, int]) -> dict[Funds, dict[str, int]]:
    """What each fund pays for each kind of option in a year. Raises Refused where it cannot."""
    held = {fund.code: fund.pence[year] for fund in case.funds}
    must = {fund.code for fund in case.funds if fund.must_spend}
    paid: dict[Funds, dict[str, int]] = {its: {} for its in costs}
    unpaid = dict(costs)
    for allowed in (must, set(held)):
        for its in sorted(costs, key=sorted):
            while unpaid[its] and (path := _path(its, allowed, held, paid)):
                unpaid[its] -= _along(path, its, unpaid[its], held, paid)
    if lacking := sum(unpaid.values()):
        raise Refused(
            "The funds cannot pay for this plan",
            why=f"{lacking} pence of year {year + 1} have no fund that may pay for them",
            next_step="Lower what those options cost, or say which other fund may pay for them",
        )
    if unspent := sorted(code for code in must if held[code]):
        raise Refused(
            "Money that must be spent is not",
            why=f"{', '.join(unspent)} is not all used in year {year + 1}",
            next_step="Raise an option that it may pay for",
        )
    return paid


def _path(
    start: Funds, allowed: set[str], held: dict[str, int], paid: dict[Funds, dict[str, int]]
) -> list[tuple[str, Funds | None]]:
    """From a cost to spare money: each fund that pays more, and for which kind it pays less."""
    reached: dict[str, Funds] = {}  # fund: the kind of option from which it was reached
    freed: dict[Funds, str] = {}  # kind of option: the fund that would pay less for it
    queue = [start]
    while queue:
        kind = queue.pop(0)
        for fund in sorted((kind & allowed) - reached.keys()):
            reached[fund] = kind
            if held[fund] > 0:
                return _steps(fund, start, reached, freed)
            for other in sorted(paid, key=sorted):
                if paid[other].get(fund, 0) > 0 and other != start and other not in freed:
                    freed[other] = fund
                    queue.append(other)
    return []


def _steps(
    last: str, start: Funds, reached: dict[str, Funds], freed: dict[Funds, str]
) -> list[tuple[str, Funds | None]]:
    path: list[tuple[str, Funds | None]] = [(last, None)]
    kind = reached[last]
    while kind != start:
        fund = freed[kind]
        path.append((fund, kind))
        kind = reached[fund]
    return path[::-1]


def _along(
    path: list[tuple[str, Funds | None]],
    start: Funds,
    wanted: int,
    held: dict[str, int],
    paid: dict[Funds, dict[str, int]],
) -> int:
    """Pay along a path as much as it bears, and say how much that was."""
    last = path[-1][0]
    sum_ = min([wanted, held[last], *(paid[kind][fund] for fund, kind in path if kind is not None)])
    paying = start
    for fund, kind in path:
        paid[paying][fund] = paid[paying].get(fund, 0) + sum_
        if kind is not None:
            paid[kind][fund] -= sum_
            paying = kind
    held[last] -= sum_
    return sum_
