"""The paper that a board decides on: what is proposed, beside what else could be, and what for.

One order for PDF, workbook and command: what is proposed and why, what it brings, the plans beside
it with the runner-up, the money, what each demand costs, what is not known, what the chief finance
officer and the agencies said, and where the figures come from. Nothing in it is said that is not in
the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.finance import FinancialPlan, Part
from totalplace.commissioning.rules.finance_told import (
    balances,
    labels,
    name_of,
    noticed,
    paid_words,
    whole_words,
)
from totalplace.commissioning.rules.reaching import brought, counted_told
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.money.pence import pounds

_MOST_LINES: Final = 60  # of the services whose money changes most
_MOST_SOURCES: Final = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that could be proposed, or a baseline beside it (then without a bound)."""

    title: str
    reason: str
    points: float
    bound: float | None
    moved_pence: int
    whole_pence: int
    broken: int
    proposed: bool = False
    runner_up: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What an agency said of its part; `accepts` None: it has said nothing."""

    agency: str
    pence: int
    now: int
    accepts: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The chief finance officer's statement (Local Government Act 2003, section 25)."""

    robustness: str
    reserves: str
    by: str
    when: str
    about: str


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a paper is made from."""

    place: str
    accountable: str
    standing: str  # a draft, proposed, adopted
    when: str  # the day of the version, in words
    why: str
    because: str  # why this one of the plans is proposed
    weighed: Weighed
    choices: tuple[Choice, ...]
    money: FinancialPlan | None
    prices: tuple[tuple[str, str], ...] = ()  # the demand, and what it costs, in words
    worth: tuple[tuple[str, str], ...] = ()  # money, and what more of it would win, in words
    unknown: tuple[str, ...] = ()  # what is not known, in sentences
    statement: Statement | None = None
    answers: tuple[Answered, ...] = ()
    alone: bool = False  # nobody has said yet what money stands beside the plan


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a paper: cells are words, whole pence (`sums`: which columns) or nothing."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    sums: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper."""

    heading: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is printed."""

    title: str
    under: str
    cited: str
    digest: str
    sections: tuple[Section, ...]


def paper(brief: Brief) -> Paper:
    """The paper of a plan. The same plan, statement and answers give the same paper."""
    weighed = brief.weighed
    names = {"": brief.accountable, **weighed.names}
    sections = (
        _recommendation(brief),
        _brings(weighed),
        _choices(brief),
        _changes(weighed),
        _money(brief.money, names, alone=brief.alone),
        _prices(brief.prices, brief.worth),
        Section("What is not known", ("Points are estimates.",), brief.unknown),
        _statement(brief.statement),
        _answers(brief.answers),
        _sources(weighed.case),
    )
    under = f"{brief.place}, {brief.standing}, {brief.when}"
    return Paper(weighed.title, under, weighed.cited, weighed.digest, sections)


def _recommendation(brief: Brief) -> Section:
    proposed = [one for one in brief.choices if one.proposed]
    title = proposed[0].title.lower() if proposed else ""
    said = (
        [f"That the plan ‘{title}’ be adopted as the allocation of {brief.place}."]
        if proposed
        else ["Nothing is recommended yet: no plan is proposed."]
    )
    weighed = brief.weighed
    reaches = f"It reaches about {weighed.points:.1f} points; "
    said.append(f"{reaches}today's spending reaches about {weighed.points_now:.1f}.")
    said += [words for words in (brief.because, brief.why) if words]
    return Section("What is recommended, and why", tuple(said))


def _brings(weighed: Weighed) -> Section:
    """What it brings each outcome in its last year, as people and things are counted."""
    last = weighed.case.years - 1
    rows = tuple(
        (
            f"{one.outcome.title} ({one.outcome.counted_in})", counted_told(float(one.outcome.gap)),
            counted_told(one.today),
            counted_told(one.planned) + (" (past its target)" if one.past_target else ""),
            f"{counted_told(one.low)} and {counted_told(one.high)}",
        )
        for one in brought(weighed.case, weighed.pence, weighed.problem.lines)
        if one.year == last
    )  # fmt: skip
    heads = ("Outcome", "The way to go", "Today's money brings", "This plan brings", "Between")
    words = (
        "Counted in that year alone, beside buying nothing; only effects that may move money are "
        "in it. Between: where every effect is at its low, and at its high."
    )
    title = f"What it brings, in {weighed.years[last]}"
    return Section("What it brings", (words,), (), (Table(title, heads, rows),))


def _choices(brief: Brief) -> Section:
    rows = tuple(
        (
            one.title + _mark(one), one.reason, f"{one.points:.1f}",
            "" if one.bound is None else f"{max(0.0, one.bound - one.points):.1f}",
            one.moved_pence, one.whole_pence,
            "all" if not one.broken else f"all but {one.broken}",
        )
        for one in brief.choices
    )  # fmt: skip
    heads = ("Plan", "What speaks for it", "Points", "A better one could gain at most",
             "Money moved", "Spent in all", "Demands met")  # fmt: skip
    words = (
        "Three plans could be proposed; the others stand beside them to be compared with.",
        "100 points are every wanted outcome brought the whole way to its target for one year.",
    )
    table = Table("The plans side by side", heads, rows, frozenset({4, 5}))
    return Section("What else could be done", words, (), (table,))


def _mark(one: Choice) -> str:
    return " (proposed)" if one.proposed else " (runner-up)" if one.runner_up else ""


def _changes(weighed: Weighed) -> Section:
    """What each agency gets, and the services whose money changes most."""
    case = weighed.case
    spent: dict[str, list[int]] = {}
    now: dict[str, int] = {}
    moved: list[tuple[int, int, int]] = []
    for place, option in enumerate(case.options):
        sums = [weighed.pence[line_number(case, place, year)] for year in range(case.years)]
        by = spent.setdefault(option.agency, [0] * case.years)
        for year, pence in enumerate(sums):
            by[year] += pence
        now[option.agency] = now.get(option.agency, 0) + option.now_pence
        moved.append((sum(sums) - case.years * option.now_pence, place, sum(sums)))
    agencies: list[tuple[str | int | None, ...]] = [
        (weighed.name(one), now[one], *spent[one]) for one in sorted(spent)
    ]
    agencies.append(
        ("Together", sum(now.values()), *(sum(by) for by in zip(*spent.values(), strict=True)))
    )
    years = weighed.years
    most = sorted((one for one in moved if one[0]), key=lambda one: (-abs(one[0]), one[1]))
    services = tuple(
        (
            case.options[place].title, weighed.name(case.options[place].agency),
            case.options[place].now_pence * case.years, whole, change,
        )
        for change, place, whole in most[:_MOST_LINES]
    )  # fmt: skip
    tables = [
        Table("By agency", ("Agency", "Now, a year", *years), tuple(agencies),
              frozenset(range(1, 2 + len(years)))),
    ]  # fmt: skip
    words = f"{len(most)} of {len(moved)} services have other money than now."
    if services:
        heads = ("Service", "Agency", "As now, all years", "Under the plan", "Change")
        tables.append(Table("Services whose money changes most", heads, services,
                            frozenset({2, 3, 4})))  # fmt: skip
    return Section("Who gets what", (words,), (), tuple(tables))


def _money(plan: FinancialPlan | None, names: Mapping[str, str], *, alone: bool) -> Section:
    if plan is None:
        why = "The funds cannot pay for what is spent, so there is no financial plan."
        return Section("The money, year by year", (why,))
    rows: list[tuple[str | int | None, ...]] = []
    for part in Part:
        its = plan.of(part)
        for row in its:
            title = row.title
            if part is Part.PLAN:
                title = f"{names.get(row.title, row.title)}, {paid_words(row, names)}"
            rows.append((part.value, title, name_of(row.whose, names), *row.pence))
        if its:
            rows.append((part.value, "Together", "", *plan.total(part)))
    rows += [
        ("All that comes in", "", "", *plan.whole.comes_in),
        ("All that goes out", "", "", *plan.whole.goes_out),
        ("Left for one purpose only", "", "", *plan.whole.tied),
        ("Left over, or short", "", "", *plan.whole.left),
    ]
    heads = ("Part", "Line", "Whose budget", *labels(plan))
    table = Table("All the money", heads, tuple(rows), frozenset(range(3, 3 + plan.years)))
    said = [f"{one.year}: {one.words}" for one in balances(plan, names)]
    said += list(noticed(plan, names))
    law = (
        "A council must set a budget that is in balance (Local Government Finance Act 1992, "
        "sections 31A and 42A)."
    )
    return Section(
        "The money, year by year",
        (f"{whole_words(plan, alone=alone)}.", law),
        tuple(said),
        (table,),
    )


def _prices(prices: Sequence[tuple[str, str]], worth: Sequence[tuple[str, str]]) -> Section:
    heading = "What each demand costs in outcomes"
    tables = []
    if prices:
        tables.append(Table("Demands", ("Demand", "What it costs"), tuple(prices)))
    if worth:
        heads = ("Money", "What more of it would win")
        tables.append(Table("What the money is worth", heads, tuple(worth)))
    words = () if prices else ("No demand costs outcomes, or none was weighed.",)
    return Section(heading, words, (), tuple(tables))


def _statement(statement: Statement | None) -> Section:
    heading = "The chief finance officer's statement"
    law = "Local Government Act 2003, section 25"
    if statement is None:
        return Section(heading, (f"None was made yet. Nothing is adopted without it ({law}).",))
    return Section(
        heading,
        (
            f"On the estimates: {statement.robustness}",
            f"On the reserves: {statement.reserves}",
            f"{statement.by}, {statement.when}, on {statement.about} ({law}).",
        ),
    )


def _answers(answers: Iterable[Answered]) -> Section:
    rows = tuple(
        (one.agency, one.now, one.pence, _stood(one.accepts), one.words) for one in answers
    )
    heading = "What each agency said of its part"
    if not rows:
        return Section(heading, ("No agency was asked yet.",))
    heads = ("Agency", "As now, all years", "Under the plan", "Answer", "In its own words")
    return Section(heading, (), (), (Table("Answers", heads, rows, frozenset({1, 2})),))


def _stood(accepts: bool | None) -> str:
    return "has said nothing" if accepts is None else "accepts" if accepts else "contests"


def _sources(case: Case) -> Section:
    """Every source that the figures rest on, once."""
    said: dict[str, None] = {}
    for option in case.options:
        for effect in option.driven:
            where = f" ({effect.address})" if effect.address else ""
            grade = f"grade {int(effect.grade)} of 5" if effect.grade else "not graded, accepted"
            if effect.source:
                said[f"{effect.source}{where}, {grade}"] = None
            elif effect.accepted:
                said[f"{option.title}: an effect that an officer accepted, {effect.accepted}"] = (
                    None
                )
    for fund in case.funds:
        if fund.source:
            said[f"{fund.title}: {fund.source}"] = None
    for rule in case.rules:
        if rule.source:
            said[f"{rule.title}: {rule.source}"] = None
    found = list(said)
    more = len(found) - _MOST_SOURCES
    words = [f"The weights: {case.weights_by}."] if case.weights_by else []
    words += [f"And {more:,} more, which stand in the case."] if more > 0 else []
    return Section("Where the figures come from", tuple(words), tuple(found[:_MOST_SOURCES]))


def cell_words(table: Table, column: int, cell: str | int | None) -> str:
    """A cell as it is read: a sum in pounds, what is not known as that."""
    if cell is None:
        return "not known"
    if isinstance(cell, int):
        return pounds(cell).removesuffix(".00") if column in table.sums else f"{cell:,}"
    return cell
