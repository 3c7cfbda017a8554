"""Less or more money, as a question: what nobody knows the effect of follows its funds.

A plan leaves money with no known effect where it is. Asked what happens with less, that would only
say that nothing can be done; so here such money falls and rises by the same share as the funds that
pay for it, which is no advice, and is said. What is protected stays.
"""

from __future__ import annotations

from dataclasses import replace

from totalplace.commissioning.rules.case import Case, Fund, Option
from totalplace.commissioning.rules.funding import payers
from totalplace.money.pence import share_out


def with_funds(case: Case, funds: tuple[Fund, ...]) -> Case:
    """The case with other sums in its funds, year by year; what has no known effect follows them.

    Options that the same funds pay share what is theirs to the penny, none below its least.
    """
    groups: dict[frozenset[str], list[Option]] = {}
    for option in case.options:
        if not option.movable and not option.protected:
            groups.setdefault(payers(case, option), []).append(option)
    held: dict[str, list[int]] = {}
    for codes, alike in groups.items():
        for year in range(case.years):
            before, after = (
                sum(one.pence[year] for one in some if one.code in codes)
                for some in (case.funds, funds)
            )
            for code, pence in _followed(alike, before, after).items():
                held.setdefault(code, []).append(pence)
    options = tuple(
        replace(one, held_pence=tuple(held[one.code])) if one.code in held else one
        for one in case.options
    )
    return replace(case, funds=funds, options=options)


def _followed(options: list[Option], before: int, after: int) -> dict[str, int]:
    now = {one.code: one.now_pence for one in options}
    total = sum(now.values())
    if not before or not total:
        return now
    shares = share_out(total * after // before, now)
    return {one.code: max(one.least_pence, shares[one.code]) for one in options}
