"""What the board paper of a plan of the records is made from: its plans, answers and statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.commissioning.queries.answers import parts, statement
from totalplace.commissioning.queries.plans import CandidateRow, PlanRow, VersionRow
from totalplace.commissioning.queries.plans_heard import stage_of
from totalplace.commissioning.queries.weighing import money_beside
from totalplace.commissioning.rules.board_paper import (
    Answered,
    Brief,
    Choice,
    Paper,
    Statement,
    paper,
)
from totalplace.commissioning.rules.finance import FinancialPlan, Money
from totalplace.commissioning.rules.finance_paid import finance_of
from totalplace.commissioning.rules.known_told import sentences
from totalplace.commissioning.rules.prices_told import apart, price_words
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.decisions.rules.days import in_words, local_day
from totalplace.doors.report.plan_worked import WAITS, how_known, prices_of
from totalplace.refusal import Refused

_MOST_PRICES: Final = 30  # the dearest; all stand on their page


@dataclass(frozen=True, slots=True)
class Made:
    """A paper with its financial plan, for the workbook."""

    paper: Paper
    money: FinancialPlan | None


def made_of(
    row: PlanRow, version: VersionRow, weighed: Weighed, *, on: date, waits: float | None = WAITS
) -> Made:
    """The paper of a plan of the records, as it stands on a day.

    Raises Refused where what stands in it is not worked out after so many seconds.
    """
    beside = money_beside(row, version)
    try:
        money: FinancialPlan | None = finance_of(
            weighed, beside.money if beside else Money(), accountable=row.agency
        )
    except Refused:
        money = None  # the paper says so
    it = how_known(weighed, waits=waits).value
    unknown = sentences(it.known, it.chance, it.direction)
    dear, worth = (
        [(one.title, price_words(one)) for one in its[:_MOST_PRICES]]
        for its in apart(prices_of(weighed, waits=waits).value)
    )
    brief = brief_of(row, version, weighed, money, on=on, prices=dear, unknown=unknown)
    return Made(paper(replace(brief, alone=beside is None, worth=tuple(worth))), money)


def brief_of(
    row: PlanRow, version: VersionRow, weighed: Weighed, money: FinancialPlan | None, *, on: date,
    prices: Sequence[tuple[str, str]] = (), unknown: Sequence[str] = (),
) -> Brief:  # fmt: skip
    """A plan of the records as its paper is made from it.

    `on` is the day that says where it stands, `prices` are demands with what each costs in words,
    `unknown` sentences on what is not known.
    """
    said = statement(row)
    return Brief(
        place=row.place_name,
        accountable=row.agency_name,
        standing=stage_of(row, on=on).value,
        when=in_words(local_day(version.on)),
        why=row.why,
        because=version.chosen_because,
        weighed=weighed,
        choices=tuple(_choice(version, one) for one in version.candidates),
        money=money,
        prices=tuple(prices),
        unknown=tuple(unknown),
        statement=None
        if said is None
        else Statement(
            said.robustness, said.reserves, said.by, in_words(said.day), f"version {said.version}"
        ),
        answers=tuple(
            Answered(
                one.agency_name, one.pence, one.now,
                None if one.answer is None else one.answer.accepts,
                "" if one.answer is None else one.answer.words,
            )
            for one in (parts(row) if version.number else ())
        ),
    )  # fmt: skip


def choice_of(one: CandidateRow, *, proposed: bool = False, runner_up: bool = False) -> Choice:
    """A candidate as it stands in a paper."""
    return Choice(
        one.title, one.reason, one.points, one.bound, one.moved_pence, one.whole_pence, one.broken,
        proposed, runner_up,
    )  # fmt: skip


def _choice(version: VersionRow, one: CandidateRow) -> Choice:
    chosen = version.chosen is not None
    return choice_of(
        one,
        proposed=chosen and one.sort is version.chosen,
        runner_up=chosen and one.sort is version.runner_up.sort,
    )
