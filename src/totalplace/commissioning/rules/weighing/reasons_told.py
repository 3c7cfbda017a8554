"""The sentences of an answer to "why was my service cut?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from totalplace.commissioning.rules.case import Case, Effect, Grade
from totalplace.commissioning.rules.weighing.reasons_words import (
    pounds_told,
    reach_told,
    step_for,
)

_HOLDS: Final = {"most": "This rule leaves no room", "least": "This rule keeps money here"}
_ALIKE: Final = 1e-4  # two plans to the penny differ by no more at the last pound

if TYPE_CHECKING:
    from totalplace.commissioning.rules.weighing.reasons import Reasons


def sentences(case: Case, its: Reasons, *, looked: bool) -> tuple[str, ...]:
    """The whole answer, in short sentences; every number in it is one of the reasons' own."""
    when = f" in {_year(case, its.year)}"
    now, gets = pounds_told(its.now_pence), pounds_told(its.gets_pence)
    found = [f"{its.title} gets {gets}{when}; now it is {now} a year."]
    if not its.movable:
        return (
            *found,
            "No effect of it is known that may move money, so that its money is left where it is.",
        )
    found += _reaches(its)
    found += [f"{_HOLDS[one.side]}: {one.title}." for one in its.binding]
    if its.lost_pence > 0:
        found += [
            f"{one.title} gets {pounds_told(one.more_pence)} more." for one in its.went_to[:5]
        ]
        found += _would_keep(its, looked=looked)
    return (*found, *(_known(one) for one in its.effects))


def _year(case: Case, year: int) -> str:
    first = case.first_year + year
    return f"{first}-{(first + 1) % 100:02d}"


def _reaches(its: Reasons) -> list[str]:
    if its.price_per_pound is None:
        return [f"Its last pound reaches {reach_told(its.reaches_per_pound)}."]
    step = step_for(max(its.price_per_pound, its.reaches_per_pound))
    here = reach_told(its.reaches_per_pound, step)
    if abs(its.price_per_pound - its.reaches_per_pound) <= _ALIKE * its.price_per_pound:
        alike = f"Its last pound reaches {here}, as much as any that could be put here instead: "
        return [alike + "it gets what is left once those that reach more have theirs."]
    there = reach_told(its.price_per_pound, step)
    if its.lost_pence > 0:
        return [f"Its last pound reaches {here}; the money that it lost reaches at least {there}."]
    return [f"Its last pound reaches {here}; any that could be put here instead, at least {there}."]


def _would_keep(its: Reasons, *, looked: bool) -> list[str]:
    times = its.times or 0.0
    found = [
        f"It would keep its money if each unit did {_number(one.least_mid)} "
        f"{one.effect.counted_in} or more, where {_number(float(one.effect.mid))} is known."
        for one in its.needed
        if times > 1 + _ALIKE
    ]
    if its.more_money_pence is not None:
        found.append(
            f"It would keep its money if there were {pounds_told(its.more_money_pence)} more in "
            f"{its.more_in} in that year."
        )
    elif looked:
        found.append("With no sum of money that was tried would it keep its own.")
    return found


def _known(effect: Effect) -> str:
    low, high = _number(float(effect.low)), _number(float(effect.high))
    range_ = f"from {low} to {high} {effect.counted_in} for each unit"
    if effect.grade is Grade.UNGRADED:
        how = "nobody has tested it"
    else:
        how = f"graded {int(effect.grade)} of 5 for how well it was tested"
    source = f" ({effect.source})" if effect.source else ""
    return f"Its effect is put at {range_}, {how}{source}."


def _number(value: float) -> str:
    text = f"{value:.3g}"
    return f"{float(text):,.10f}".rstrip("0").rstrip(".") if "e" in text else text
