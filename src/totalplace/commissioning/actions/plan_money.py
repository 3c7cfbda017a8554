"""What is said of the money beside a plan; each time anew, and never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.commissioning import models
from totalplace.commissioning.queries.plans import plan
from totalplace.commissioning.rules.finance import Money
from totalplace.commissioning.rules.finance_text import digest_of_money, text_of_money
from totalplace.commissioning.rules.plan_moves import Stage
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason

_WHAT = "The money beside the plan was not kept"


@transaction.atomic
def say_money(citation: str, money: Money, *, reason: str, by: Who, on: datetime) -> str:
    """Say what stands beside a plan in its financial plan, and return the digest of it.

    Raises Refused where `by` may not, the plan is over, nothing changed, or it has not a sum for
    each of the plan's years.
    """
    row = plan(citation)
    power = places.power(by, Act.PLAN, place=row.place, agency="", on=on)
    why = said_reason(reason, _WHAT)
    take_turn("totalplace.plans")
    if row.kept not in (Stage.DRAFT, Stage.PROPOSED):
        raise Refused(_WHAT, why=f"the plan is {row.kept}", next_step="Draft a new plan")
    first, years = row.last.first_year, row.last.years
    text = text_of_money(money, first_year=first, years=years)
    digest = digest_of_money(text)
    before = models.PlanMoney.objects.filter(plan_id=row.id)
    last = before.order_by("-turn").first()
    if last is not None and last.digest == digest:
        raise Refused(_WHAT, why="it is what stands already", next_step="Nothing need be done")
    models.PlanMoney.objects.create(
        plan_id=row.id, turn=before.count() + 1, first_year=first, years=years, text=text,
        digest=digest, reason=why, by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "said the money beside", about=row.citation, on=on, power=power,
        citing=f"{why} ({digest[:16]})",
    )  # fmt: skip
    return digest
