"""The financial plan of a plan that is weighed: which fund pays what is worked out first."""

from __future__ import annotations

from totalplace.commissioning.rules.finance import FinancialPlan, Money, financial_plan
from totalplace.commissioning.rules.solving import paid_from
from totalplace.commissioning.rules.weighed import Weighed


def finance_of(weighed: Weighed, money: Money, *, accountable: str = "") -> FinancialPlan:
    """The financial plan of a plan. Raises Refused where its funds cannot pay for it."""
    paid = paid_from(weighed.case, weighed.pence)
    return financial_plan(weighed.case, weighed.pence, paid, money, accountable=accountable)
