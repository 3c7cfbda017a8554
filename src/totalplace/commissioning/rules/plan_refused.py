"""The refusal of a case of which no plan can be made, in the words of the room."""

from __future__ import annotations

from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import Problem
from totalplace.commissioning.rules.weighing.refusals import refusal_of, titles_of
from totalplace.refusal import Refused

_MOST: Final = 5  # demands that are said in one sentence


def refused_of(problem: Problem, case: Case) -> Refused:
    """Why no plan meets every demand of a problem: the smallest set that cannot be met together.

    What to do next is the cheapest repair that was found.
    """
    found = refusal_of(problem, titles=titles_of(case))
    said = [f"{_plain(one.title)} ({_lowered(one.told)})" for one in found.demands[:_MOST]]
    more = len(found.demands) - _MOST
    if more > 0:
        said.append(f"and {more} more")
    why = f"these cannot all be met together: {'; '.join(said)}" if said else _lowered(found.told)
    next_step = "Give more money, or lower one of these demands"
    if found.repairs:
        next_step = "The cheapest way that was found: " + "; ".join(
            _plain(giving.told) for giving in found.repairs[0].givings
        )
    return Refused("No plan can be made from this case", why=why, next_step=next_step)


def _lowered(told: str) -> str:
    plain = _plain(told)
    return plain[:1].lower() + plain[1:]


def _plain(said: str) -> str:
    return said.strip().rstrip(".")
