"""A financial plan in words: in balance or by how much not, and what a finance officer looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from totalplace.commissioning.rules.finance import ACCOUNTABLE, Account, FinancialPlan, Part, Row
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether one body's budget is in balance in one year, in words. `balanced` None: not known."""

    whose: str
    year: str
    balanced: bool | None
    words: str


def labels(plan: FinancialPlan) -> tuple[str, ...]:
    """The financial years of the table as they are written: 2026-27."""
    return tuple(FinancialYear(plan.first_year + n).label for n in range(plan.years))


def name_of(whose: str, names: Mapping[str, str]) -> str:
    """Whose budget it is, as it is read."""
    return names.get(whose, whose) or "the accountable body"


def paid_words(row: Row, names: Mapping[str, str]) -> str:
    """From whose money an agency's part of the plan is paid; `names` are by code, "" accountable.

    A grant stands in the budget of the body that is accountable for it, whoever spends it.
    """
    whose = name_of(row.whose, names)
    if row.title == row.whose or names.get(row.title, row.title) == whose:
        return "from money that it holds itself"
    money = "the grant" if row.whose == ACCOUNTABLE else "money"
    return f"paid to it from {money} that {whose} holds"


def balances(plan: FinancialPlan, names: Mapping[str, str]) -> tuple[Balance, ...]:
    """Each body's budget in each year, in words; `names` are those of agencies by code."""
    return tuple(
        Balance(one.whose, label, one.balanced(n), _words(one, n, names))
        for one in plan.accounts
        for n, label in enumerate(labels(plan))
    )


def _words(one: Account, year: int, names: Mapping[str, str]) -> str:
    whose, left = name_of(one.whose, names), one.left[year]
    if left is None:
        return f"whether the budget of {whose} is in balance is not known, as a sum is lacking"
    if left < 0:
        return f"the budget of {whose} is short by {pounds(-left)}"
    spare = f", with {pounds(left)} that nothing is planned for" if left else ""
    return f"the budget of {whose} is in balance{spare}"


def noticed(plan: FinancialPlan, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a chief finance officer would look at before a statement, each in a sentence.

    It judges nothing: whether estimates are robust and reserves adequate is theirs to say (Local
    Government Act 2003, section 25).
    """
    return (*_reserves(plan), *_tied(plan, names), *_savings(plan), *_lacking(plan))


def _reserves(plan: FinancialPlan) -> Iterable[str]:
    years = labels(plan)
    for level in plan.levels:
        name = level.reserve.title
        for n, short in enumerate(level.short):
            if short:
                least = "nothing" if not level.reserve.least_pence else "its least level"
                yield f"{name} falls below {least} by {pounds(short)} at the end of {years[n]}"
        if level.reserve.least_pence is None:
            yield f"No least level of {name} is set"
    used = plan.total(Part.USED)
    for n, label in enumerate(years):
        pence = used[n]
        if pence:
            yield f"{pounds(pence)} of reserves is used in {label}: it can be spent once"


def _tied(plan: FinancialPlan, names: Mapping[str, str]) -> Iterable[str]:
    for one in plan.accounts:
        for label, tied in zip(labels(plan), one.tied, strict=True):
            if tied:
                whose = name_of(one.whose, names)
                yield (
                    f"{pounds(tied)} of money for one purpose, in the budget of {whose}, is left "
                    f"in {label}: it fills no other gap"
                )


def _savings(plan: FinancialPlan) -> Iterable[str]:
    for one in plan.uncashable:
        yield f"{one.title} releases no cash, so it is not counted"


def _lacking(plan: FinancialPlan) -> Iterable[str]:
    lacking = [one for one in plan.unknown if "least level" not in one]
    if lacking:
        count = len(lacking)
        yield f"{count} sum{'' if count == 1 else 's'} not known: {'; '.join(lacking[:10])}"


def whole_words(plan: FinancialPlan, *, alone: bool = False) -> str:
    """Whether all is in balance, in one sentence.

    `alone`: nobody has said what stands beside the plan, so only it and its funds are counted.
    """
    said = _whole(plan)
    if alone:
        return f"Counting the plan and its funds alone: {said[:1].lower()}{said[1:]}"
    return said


def _whole(plan: FinancialPlan) -> str:
    if plan.balanced is None:
        return "Whether every year is in balance is not known: sums are lacking"
    if plan.balanced:
        return "Every budget is in balance in every year"
    short = sum(one.balanced(n) is False for one in plan.accounts for n in range(plan.years))
    return f"Not in balance: {short} {'budget is' if short == 1 else 'budgets are'} short in a year"
