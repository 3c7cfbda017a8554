"""A plan as it is weighed: its case, the pence that it puts on each line, and how it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from totalplace.commissioning.rules.building import line_number, problem_of
from totalplace.commissioning.rules.case import Case, Option
from totalplace.commissioning.rules.case_text import text_of
from totalplace.commissioning.rules.problem import Problem
from totalplace.money.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Weighed:
    """What every page, paper and command of a plan's analysis is drawn from.

    `names` are those of agencies by code. `digest` names the case and the pence together: the same
    digest, the same figures.
    """

    title: str
    cited: str
    case: Case
    problem: Problem
    pence: tuple[int, ...]
    digest: str
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years as they are written: 2026-27."""
        return tuple(FinancialYear(self.case.first_year + n).label for n in range(self.case.years))

    @property
    def points(self) -> float:
        """What it reaches, in points."""
        return self.problem.points(self.pence)

    @property
    def points_now(self) -> float:
        """What is reached where everything stays as it is."""
        return self.problem.points(tuple(line.now for line in self.problem.lines))

    def name(self, agency: str) -> str:
        """An agency as it is called."""
        return self.names.get(agency, agency)

    def option(self, code: str) -> Option | None:
        """An option by its code; None where there is none."""
        return next((one for one in self.case.options if one.code == code), None)

    def of_option(self, code: str) -> tuple[int, ...]:
        """What is put on an option in each year. Raises ValueError where there is none."""
        place = [one.code for one in self.case.options].index(code)
        return tuple(self.pence[line_number(self.case, place, y)] for y in range(self.case.years))


def weigh(
    case: Case, pence: tuple[int, ...], *, title: str, cited: str,
    names: Mapping[str, str] | None = None,
) -> Weighed:  # fmt: skip
    """A plan to be weighed. Raises ValueError where there is not one sum for each line."""
    problem = problem_of(case)
    if len(pence) != len(problem.lines):
        raise ValueError(f"{len(pence)} sums for {len(problem.lines)} lines")
    said = f"{text_of(case)}\n{' '.join(map(str, pence))}"
    digest = hashlib.sha256(said.encode()).hexdigest()
    return Weighed(title, cited, case, problem, pence, digest, dict(names or {}))
