"""Whether anything can be made fairer between areas, and why not: for a plan and for its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import Problem

_NAMED: Final = 5  # areas; of more, only how many there are is said


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a case with people, by code: those with a service that can move, and others.

    A service of the whole place is everybody's alike; it tells no area apart.
    """

    served: tuple[str, ...]
    others: tuple[str, ...]
    why_not: str  # why nothing can be made fairer between all of them; empty where it can

    @property
    def comparable(self) -> bool:
        """Whether two areas at least can be weighed against each other."""
        return len(self.served) > 1


def areas_of(case: Case, problem: Problem) -> Areas:
    """The areas of a case by whether they have a service of their own whose money does anything."""
    its = {option.code: option.area for option in case.options}
    moving = {its[line.option] for line in problem.lines if line.slope != 0}
    people = [one for one in case.areas if one.people > 0]
    served = [one for one in people if one.code in moving]
    others = [one for one in people if one.code not in moving]
    return Areas(
        tuple(one.code for one in served),
        tuple(one.code for one in others),
        _why_not([one.name for one in served], [one.name for one in others]),
    )


def _why_not(served: list[str], others: list[str]) -> str:
    own = "of its own whose money can move"
    if len(served) + len(others) < 2:
        return "The case tells no two areas apart, so that nothing can be made fairer between them."
    if not others:
        return ""
    so = "so that nothing can be made fairer between areas."
    if not served:
        return f"No area has a service {own}, {so}"
    if len(served) == 1:
        return f"Only one area, {served[0]}, has a service {own}, {so}"
    names = f"{len(others)} areas"
    if len(others) <= _NAMED:
        names = " and ".join([", ".join(others[:-1]), others[-1]] if len(others) > 1 else others)
    have = "has no service" if len(others) == 1 else "have no service"
    whose = "of its own" if len(others) == 1 else "of their own"
    gets = "it gets" if len(others) == 1 else "they get"
    return (
        f"{names} {have} {whose} whose money can move: {gets} nothing more whatever is done, so "
        "that nothing can be made fairer between all areas."
    )
