"""Who can pay for what: the sums that any set of options can be paid from, as demands.

A plan can be paid for if and only if no set of options costs more than the funds that may pay for
any of it hold together (Gale, 1957: supply and demand in a network). So money needs no variables of
its own; which pound pays for what is worked out after (`solving.paying`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.case import Case, Kind, Option
from totalplace.commissioning.rules.problem import Demand
from totalplace.refusal import Refused

MOST_SETS: Final = 4_096  # ways in which funds are put together; a place has a dozen


def payers(case: Case, option: Option) -> frozenset[str]:
    """The funds that may pay for an option."""
    if option.funds:
        return frozenset(option.funds)
    return frozenset(fund.code for fund in case.funds if not fund.only)


def most_in(case: Case, option: Option, year: int) -> int:
    """All the pence that could be put on an option in a year."""
    its = payers(case, option)
    return sum(fund.pence[year] for fund in case.funds if fund.code in its)


def demands_of_funds(case: Case) -> list[Demand]:
    """For each year: what may be spent from each set of funds, and what of them must be.

    Raises Refused where funds overlap in more ways than can be looked at.
    """
    sets = [payers(case, option) for option in case.options]
    apart = set(sets)
    together = _unions(apart, apart)
    everything = frozenset(fund.code for fund in case.funds)
    must = frozenset(fund.code for fund in case.funds if fund.must_spend)
    owed = _unions((frozenset({code}) for code in must), apart)
    found: list[Demand] = []
    for year in range(case.years):
        start = year * len(case.options)
        held = {fund.code: fund.pence[year] for fund in case.funds}
        for chosen in together:
            lines = tuple(start + i for i, its in enumerate(sets) if its <= chosen)
            kind = Kind.GRANT if chosen == everything or len(together) == 1 else _kind(case, chosen)
            most = Fraction(sum(held[code] for code in chosen))
            code = f"money {' '.join(sorted(chosen))} {year + 1}"
            title = f"what {_named(case, chosen)} can pay in year {year + 1}"
            found.append(Demand(code, title, kind, lines, None, None, most))
        for chosen in owed:
            lines = tuple(start + i for i, its in enumerate(sets) if its & chosen)
            least = Fraction(sum(held[code] for code in chosen))
            code = f"spend {' '.join(sorted(chosen))} {year + 1}"
            title = f"all of {_named(case, chosen)} is spent in year {year + 1}"
            found.append(Demand(code, title, Kind.RING_FENCE, lines, None, least))
    return found


def _unions(
    sets: Iterable[frozenset[str]], joined: Collection[frozenset[str]]
) -> list[frozenset[str]]:
    """Every set that some of these make together, the smallest first.

    Two are put together only where one of `joined` touches both: what two sets with nothing in
    common can pay is what each can, and saying so again would only hide how demands nest.
    """
    found: set[frozenset[str]] = set()
    waiting = sorted(set(sets), key=sorted)
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        if len(found) > MOST_SETS:
            raise Refused(
                "The funds cannot be put together",
                why=f"they overlap in more than {MOST_SETS:,} ways",
                next_step="Join funds that may pay for the same options into one",
            )
        near = [link for link in joined if link & one]
        waiting += [one | other for other in found if any(link & other for link in near)]
    return sorted(found, key=lambda one: (len(one), sorted(one)))


def _kind(case: Case, chosen: Iterable[str]) -> Kind:
    its = [fund for fund in case.funds if fund.code in set(chosen)]
    return Kind.ALIGNED if all(fund.aligned for fund in its) else Kind.RING_FENCE


def _named(case: Case, chosen: Iterable[str]) -> str:
    titles = [fund.title for fund in case.funds if fund.code in set(chosen)]
    return " and ".join(titles)
