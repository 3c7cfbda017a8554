"""What changed from one version of a plan to the next: first the money, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case, Fund, Option, Rule
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

K = TypeVar("K")
Planned = tuple[Case, Sequence[int]]  # a case, and whole pence by line of its problem


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: of which option or rule, what, from what, to what. Empty: not said.

    `agency` is the code of whose money changed, where it is an agency's.
    """

    of: str
    what: str
    before: str
    after: str
    agency: str = ""


def differences(before: Planned, after: Planned) -> list[Change]:
    """Every difference between two versions: the money of each option and year, then the case."""
    return [*_money(before, after), *_case(before[0], after[0])]


def agencies_changed(before: Planned, after: Planned) -> frozenset[str]:
    """The agencies of which any sum changed."""
    return frozenset(change.agency for change in _money(before, after))


def _money(before: Planned, after: Planned) -> Iterator[Change]:
    was, now = _sums(before), _sums(after)
    options = _options(before[0]) | _options(after[0])
    for key in sorted(was.keys() | now.keys(), key=lambda key: (key[1], key[0])):
        old, new = was.get(key), now.get(key)
        if old != new:
            option = options[key[0]]
            year = FinancialYear(key[1]).label
            yield Change(
                option.title, f"What it gets in {year}", _said(old), _said(new), option.agency
            )


def _sums(planned: Planned) -> Mapping[tuple[str, int], int]:
    """Option and year (in which it begins) -> pence."""
    case, pence = planned
    return {
        (option.code, case.first_year + year): pence[line_number(case, place, year)]
        for place, option in enumerate(case.options)
        for year in range(case.years)
    }


def _options(case: Case) -> dict[str, Option]:
    return {option.code: option for option in case.options}


def _said(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def _case(was: Case, now: Case) -> Iterator[Change]:
    """What it rests on: weights and gaps, funds, rules, and options otherwise than by their sum."""
    yield from _told(
        {one.key: (one.title, f"{one.weight} of 100, to go: {one.gap}") for one in was.wanted},
        {one.key: (one.title, f"{one.weight} of 100, to go: {one.gap}") for one in now.wanted},
        "Its weight and how far there is to go",
    )
    yield from _told(
        {one.code: (one.title, pounds(sum(one.pence))) for one in was.funds},
        {one.code: (one.title, pounds(sum(one.pence))) for one in now.funds},
        "The money that it has, over all years",
    )
    yield from _otherwise(was.funds, now.funds, "Who holds it and what it pays for")
    yield from _otherwise(was.rules, now.rules, "The rule")
    yield from _otherwise(was.options, now.options, "What is known of it")
    if was.weights_by != now.weights_by:
        yield Change("The weights", "Which decision set them", was.weights_by, now.weights_by)


def _told(
    was: Mapping[K, tuple[str, str]], now: Mapping[K, tuple[str, str]], what: str
) -> Iterator[Change]:
    """Where what is said of a thing differs: (its title, what is said) by its key."""
    for key in [*was, *(key for key in now if key not in was)]:
        (title, before), (now_title, after) = was.get(key, ("", "")), now.get(key, ("", ""))
        if before != after:
            yield Change(now_title or title, what, before, after)


def _otherwise(
    was: Sequence[Fund | Rule | Option], now: Sequence[Fund | Rule | Option], what: str
) -> Iterator[Change]:
    """Where a thing was put in, taken out, or is otherwise than it was."""
    old, new = ({one.code: one for one in some} for some in (was, now))
    for code, one in old.items():
        if code not in new:
            yield Change(one.title, what, "there", "taken out")
    for code, one in new.items():
        if code not in old:
            yield Change(one.title, what, "", "added")
        elif old[code] != one:
            yield Change(one.title, what, "as it was", "otherwise")
