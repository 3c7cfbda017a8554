"""The appraisal of an option: costs and gains by party and year, how sure they are, and a share.

`appraise` is all of it at once, for whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from totalplace.commissioning.rules.appraisal.chances import (
    DRAWS,
    SEED,
    Drawn,
    Swing,
    Switch,
    drawn,
    swings,
    switches,
)
from totalplace.commissioning.rules.appraisal.rates import Method
from totalplace.commissioning.rules.appraisal.results import Result, result
from totalplace.commissioning.rules.appraisal.sharing import Agreed, NoneExists, Split, share
from totalplace.commissioning.rules.appraisal.terms import Appraisal, Named, guesses, numbers_of

__all__ = ["Appraised", "appraise"]


@dataclass(frozen=True, slots=True)
class Appraised:
    """An appraisal with all that follows from it."""

    terms: Appraisal
    result: Result
    switches: tuple[Switch, ...]
    swings: tuple[Swing, ...]
    drawn: Drawn
    shared: tuple[Agreed | NoneExists, ...]  # by each rule; one proof where none exists

    @property
    def numbers(self) -> tuple[Named, ...]:
        """Every number that it rests on."""
        return numbers_of(self.terms)

    @property
    def guesses(self) -> tuple[Named, ...]:
        """Those without a source."""
        return guesses(self.terms)


def appraise(
    appraisal: Appraisal, method: Method, *, seed: int = SEED, draws: int = DRAWS
) -> Appraised:
    """Everything that an appraisal says. Sums are pence; draws are independent, with the seed."""
    found = result(appraisal, method)
    by_rule = tuple(
        share(found.matrix, method.standard, split, appraisal.may_not_pay) for split in Split
    )
    if any(isinstance(one, NoneExists) for one in by_rule):
        by_rule = by_rule[:1]
    return Appraised(
        appraisal, found, switches(appraisal, method), swings(appraisal, method),
        drawn(appraisal, method, seed=seed, draws=draws), by_rule,
    )  # fmt: skip
