"""What a breach costs the side that broke its promise, by the agreement's own clause, and why.

Of the place's breach the centre keeps money back from the next instalment; of the centre's breach
the centre makes good what it costs the place. Nothing is owed for a breach that was cured within
its days. The sum is worked out here and posted by an officer, never by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from totalplace.agreements.rules.breaches import Breach, Ending
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Period, Remedy
from totalplace.money.pence import pounds

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Worked:
    """A sum in whole pence with how it was worked out; None where a part of it is not known."""

    remedy: Remedy
    pence: int | None
    formula: str


def worked(
    remedies: Iterable[Remedy], breach: Breach, *, broken_by: Side, on: date,
    next_instalment_pence: int | None = None,
) -> list[Worked]:  # fmt: skip
    """What each clause makes of a breach up to a day, in pence.

    Per cent are of the promise where the centre broke it, and of the next instalment where the
    place did. A period counts once it is over; a part of one does not.
    """
    mine = [one for one in remedies if one.broken_by is broken_by]
    return [_worked(one, breach, on, next_instalment_pence) for one in mine]


def _worked(one: Remedy, breach: Breach, on: date, next_instalment_pence: int | None) -> Worked:
    if breach.how is Ending.CURED or on <= breach.last_cure_day:
        return Worked(one, 0, "nothing: it was cured within its days, or may be yet")
    times = periods(one.period, breach, on)
    counted = f"{times} {one.period}{'' if times == 1 else _plural(one.period)}"
    if one.pence is not None:
        pence, formula = one.pence * times, f"{_pounds(one.pence)} x {counted}"
    else:
        base = breach.promise.pence if one.broken_by is Side.CENTRE else next_instalment_pence
        if base is None or one.per_cent is None:
            return Worked(one, None, "not known: there is no sum of which to take a part")
        exact = Decimal(base) * one.per_cent / 100 * times
        pence = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        formula = f"{one.per_cent}% of {_pounds(base)} x {counted}"
    formula = f"{formula} = {_pounds(pence)}"
    if one.cap_pence is not None and pence > one.cap_pence:
        return Worked(one, one.cap_pence, f"{formula}, and at most {_pounds(one.cap_pence)}")
    return Worked(one, pence, formula)


def periods(period: Period, breach: Breach, on: date) -> int:
    """How many whole periods a breach has lasted by a day."""
    days = breach.days_late(on)
    match period:
        case Period.BREACH:
            return 1
        case Period.DAY:
            return days
        case Period.WEEK:
            return days // _WEEK
        case Period.MONTH:
            last = min(on, breach.ended or on)
            months = (last.year - breach.due.year) * 12 + last.month - breach.due.month
            return max(0, months - (last.day < breach.due.day))


def _plural(period: Period) -> str:
    return "es" if period is Period.BREACH else "s"


def _pounds(pence: int) -> str:
    return pounds(pence).removesuffix(".00")
