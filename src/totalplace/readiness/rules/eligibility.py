"""Eligibility: facts that hold or do not, before anybody judges anything.

Each fact has a day and a source. From its day it follows on which day it begins to be met, so that
a place that waits can see when it will be eligible.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused

_MONTHS: Final = 12
_WORDS_MOST: Final = 2000


class Test(StrEnum):
    """What is asked of a fact's day."""

    __test__ = False  # no test of pytest's

    SINCE = "at least so many months ago"  # a day on which something began
    DONE = "has happened"
    NONE_WITHIN = "not within so many months"  # the day on which the last one ended, if ever


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact that is asked for, and how it is tested."""

    code: str
    title: str
    question: str
    test: Test
    months: int  # 0 where only that it happened is asked


@dataclass(frozen=True, slots=True)
class FactSaid:
    """What is said of a fact: its day, or None where it never happened; and the source.

    `ongoing`: it has not ended, such as a notice that still stands. It has no day then.
    """

    code: str
    day: date | None
    source: str
    ongoing: bool = False


def met_from(rule: FactRule, said: FactSaid) -> date | None:
    """From which day on a fact is met, so far as is known; None: it is not.

    What never happened is met at once where it must not have happened: `date.min`. What has not
    ended is not met.
    """
    day = said.day
    if said.ongoing:
        return None
    match rule.test:
        case Test.SINCE:
            return None if day is None else months_after(day, rule.months)
        case Test.DONE:
            return day
        case Test.NONE_WITHIN:
            return date.min if day is None else months_after(day, rule.months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // _MONTHS, count % _MONTHS + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_met(rule: FactRule, said: FactSaid | None, *, on: date) -> bool:
    """Whether a fact is met on a day. What nobody said is not met."""
    if said is None:
        return False
    begins = met_from(rule, said)
    return begins is not None and begins <= on


def check_facts(
    said: Iterable[FactSaid], rules: Mapping[str, FactRule], *, on: date
) -> dict[str, FactSaid]:
    """Every fact by its code. Raises Refused for one too few, one too many, or without a source."""
    found: dict[str, FactSaid] = {}
    for one in said:
        if one.code not in rules or one.code in found:
            raise _refused(
                f"'{one.code}' is said twice" if one.code in found else f"'{one.code}' is not asked"
            )
        if not one.source.strip() or len(one.source) > _WORDS_MOST:
            raise _refused(f"'{rules[one.code].title}' has no source, or one of too many words")
        if one.day is not None and one.day > on:
            raise _refused(f"the day of '{rules[one.code].title}' has not come")
        if one.ongoing and (one.day is not None or rules[one.code].test is not Test.NONE_WITHIN):
            raise _refused(f"'{rules[one.code].title}' cannot have that it has not ended")
        found[one.code] = one
    missing = [rule.title for code, rule in rules.items() if code not in found]
    if missing:
        raise _refused(f"nothing is said of {'; '.join(missing)}")
    return found


def _refused(why: str) -> Refused:
    return Refused(
        "The facts of eligibility cannot be kept",
        why=why,
        next_step="Give each of them once, with its day or that it never happened, and a source",
    )
