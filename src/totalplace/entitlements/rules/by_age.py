"""People counted by age, as a census counts them, for rules that ask for a day of birth.

Of people of one age it is not known on which day they were born. They are spread evenly over the
days on which they may be, and every other way to spread them is within the bounds of the need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from totalplace.entitlements.rules.language import Unit
from totalplace.entitlements.rules.need import Population
from totalplace.entitlements.rules.time_passed import Days, as_days, began
from totalplace.money.pence import share_out
from totalplace.refusal import Refused

OLDEST: Final = 115  # years; whoever is older is counted as of that age
_DAY: Final = timedelta(days=1)


def spread_over_births(
    population: Population, ages: Sequence[int], on: date, *, fact: str = "born",
    open_from: int | None = None,
) -> Population:  # fmt: skip
    """A population by completed years of age on a day, as one by day of birth.

    `ages` has the age of each row; `open_from` is the age that means that age and over (None: no
    age does). Raises Refused for an age that nobody has, and where the day of birth is there.
    """
    _check(population, ages, fact)
    days = [_births(age, on, to_the_oldest=age == open_from) for age in ages]
    repeats = [len(each) for each in days]
    columns = {code: _repeated(column, repeats) for code, column in population.columns.items()}
    columns[fact] = np.concatenate(days) if days else as_days([])
    persons = [1] * len(ages) if population.persons is None else list(population.persons)
    low = persons if population.low is None else list(population.low)
    high = persons if population.high is None else list(population.high)
    return replace(
        population,
        columns=columns,
        persons=_shared(persons, repeats),
        low=_shared(low, repeats),
        high=_shared(high, repeats),
        groups=_repeated(list(range(len(ages))), repeats),
    )


def _check(population: Population, ages: Sequence[int], fact: str) -> None:
    what = "The population cannot be spread over days of birth"
    if fact in population.columns:
        raise Refused(
            what, why="the day of birth is there already", next_step="Leave out the age or the day"
        )
    odd = [age for age in ages if not 0 <= age <= OLDEST]
    if odd:
        raise Refused(
            what, why=f"nobody is {odd[0]} years old", next_step=f"Give ages from 0 to {OLDEST}"
        )
    counts = (population.persons, population.low, population.high)
    if any(each is not None and (len(each) != len(ages) or min(each, default=0) < 0)
           for each in counts):  # fmt: skip
        raise Refused(
            what,
            why="there is not one count, of nought or more, for each age",
            next_step="Give one count for each row",
        )


def _births(age: int, on: date, *, to_the_oldest: bool) -> Days:
    """The days of birth of people of an age on a day, the earliest first."""
    latest = began(on, age, Unit.YEARS)
    before = began(on, (OLDEST if to_the_oldest else age) + 1, Unit.YEARS)
    if latest is None or before is None:
        raise Refused(
            f"Ages on {on} cannot be turned into days of birth",
            why="some of the days would be out of our time",
            next_step="Ask for a day of our time",
        )
    ordinals = range((before + _DAY).toordinal(), (latest + _DAY).toordinal())
    return as_days([date.fromordinal(n) for n in ordinals])


def _repeated(column: Any, repeats: Sequence[int]) -> Any:
    """Each value of a column so many times."""
    if isinstance(column, np.ndarray):
        return np.repeat(column, repeats)
    return [value for value, times in zip(column, repeats, strict=True) for _ in range(times)]


def _shared(counts: Sequence[int], repeats: Sequence[int]) -> list[int]:
    """Each count shared out evenly over its days, to the last person."""
    shared: list[int] = []
    for count, days in zip(counts, repeats, strict=True):
        shared += share_out(count, dict.fromkeys(range(days), 1)).values()
    return shared
