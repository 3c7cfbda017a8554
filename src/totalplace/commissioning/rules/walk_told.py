"""Plans to walk to, in words: each step, and by which services it differs from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.frontier import Frontier, Step
from totalplace.money.pence import pounds

WAYS = {"cost": "More or less money", "fairness": "Fairer between areas"}


@dataclass(frozen=True, slots=True)
class Differs:
    """A service that two plans give different money, over all years, in pence."""

    code: str
    title: str
    agency: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """How much more the later one gives."""
        return self.after - self.before


def steps_of(found: Frontier, way: str) -> tuple[Step, ...]:
    """The steps of a way that differ; of those that ask for the same, the first.

    Raises KeyError for a way that there is not.
    """
    told: dict[str, Step] = {}
    for step in {"cost": found.cost, "fairness": found.fairness}[way]:
        told.setdefault(step_title(step, way), step)
    return tuple(told.values())


def step_title(step: Step, way: str) -> str:
    """What a step is: so much of the money, or so fair."""
    if way == "cost":
        return f"{step.asked:.0%} of the money"
    return f"no area below {step.asked:.0%} of the average"


def step_words(step: Step) -> str:
    """What a step comes to, in one sentence."""
    if step.pence is None or step.points is None or step.spent_pence is None:
        return f"There is no plan. {step.told}"
    fair = "" if step.fairness is None else (
        f"; the worst-off area gets {step.fairness:.0%} of what areas get on average"
    )  # fmt: skip
    spent = pounds(step.spent_pence).removesuffix(".00")
    return f"{spent} is spent, and {step.points:.1f} points are reached{fair}"


def differences(
    weighed: Weighed, before: Sequence[int], after: Sequence[int]
) -> tuple[Differs, ...]:
    """The services that two plans give different money, the largest change first."""
    case = weighed.case
    found: list[Differs] = []
    for place, option in enumerate(case.options):
        lines = [line_number(case, place, year) for year in range(case.years)]
        was, now = sum(before[n] for n in lines), sum(after[n] for n in lines)
        if any(before[n] != after[n] for n in lines):
            found.append(Differs(option.code, option.title, weighed.name(option.agency), was, now))
    return tuple(sorted(found, key=lambda one: (-abs(one.change), one.title, one.code)))
