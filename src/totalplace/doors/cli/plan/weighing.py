"""`totalplace plan known, money, paper ...`: what a plan costs, protects and rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.plan.case import read_whole, write_whole
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.commissioning.queries.plans import PlanRow, VersionRow
    from totalplace.commissioning.rules.finance import FinancialPlan, Money, Row
    from totalplace.commissioning.rules.weighed import Weighed

FILE = click.Path(path_type=Path, dir_okay=False)
PLAN = click.argument("plan")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Given:
    """A plan to be weighed: of the records, or of a case that was worked out just now."""

    weighed: Weighed
    row: PlanRow | None = None
    version: VersionRow | None = None


def given(session: Session, said: str) -> Given:
    """The plan of a case's workbook or folder, or of the records cited as PLACE/NUMBER.

    Raises Refused where there is neither, the case has faults, or no plan meets its demands.
    """
    path = Path(said)
    if path.exists():
        return _of_case(path)
    session.open()
    from totalplace.commissioning.queries.plans import plan
    from totalplace.commissioning.queries.weighing import weighed_version

    row = plan(said)
    return Given(weighed_version(row, row.last), row, row.last)


def _of_case(path: Path) -> Given:
    from totalplace.commissioning.rules.building import problem_of
    from totalplace.commissioning.rules.plan_refused import refused_of
    from totalplace.commissioning.rules.problem import Impossible
    from totalplace.commissioning.rules.solving import solve
    from totalplace.commissioning.rules.weighed import weigh

    case = read_whole(path)
    solved = solve(problem_of(case))
    if isinstance(solved, Impossible):
        raise refused_of(problem_of(case), case)
    return Given(weigh(case, solved.pence, title=f"The plan of {path.name}", cited=path.name))


@click.command("known")
@PLAN
@JSON
@pass_session
def known(session: Session, plan: str, *, as_json: bool) -> None:
    """How much of PLAN is known: what its pounds rest on, its chance, and whether it holds.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1.
    """
    from totalplace.commissioning.rules.known_told import (
        left_where_it_is,
        sentences,
        sources_of,
    )
    from totalplace.doors.report.plan_weighed import known_told
    from totalplace.doors.report.plan_worked import how_known
    from totalplace.money.pence import pounds

    weighed = given(session, plan).weighed
    it = how_known(weighed, waits=None)
    if as_json:
        click.echo(json.dumps(known_told(weighed, it.value, it.seed), ensure_ascii=False, indent=1))
        return
    for said in sentences(it.value.known, it.value.chance, it.value.direction):
        click.echo(f"{said}.")
    click.echo(f"Seed {it.seed}. Digest of the case and the amounts: {it.digest[:16]}.\n")
    rows = [[s.source, s.grade, s.address, len(s.services)] for s in sources_of(weighed)]
    if rows:
        table_of(["Source", "How well it knows", "Where it stands", "Services"], rows[:_SHOWN])
    left = left_where_it_is(weighed)
    if left:
        click.echo("\nLeft where they are, for nothing is known of their effect:")
        table_of(["Service", "Agency", "Now, a year"],
                 [[one.title, one.agency, pounds(one.pence)] for one in left[:_SHOWN]])  # fmt: skip
    _and_more(max(len(rows), len(left)))


def _and_more(count: int) -> None:
    if count > _SHOWN:
        click.echo(f"and {count - _SHOWN:,} more, which --json prints")


@click.command("money")
@PLAN
@click.option("--beside", type=FILE, help="The workbook of the money beside the plan.")
@click.option("--template", type=FILE, help="Write that workbook to fill in, and end.")
@click.option("--xlsx", type=FILE, help="Write the financial plan to a workbook.")
@JSON
@pass_session
def money(
    session: Session, plan: str, *, beside: Path | None, template: Path | None,
    xlsx: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """The financial plan of PLAN: all the money year by year, and whether it is in balance.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1. Without
    --beside, what was last said beside a plan of the records is taken.
    """
    from totalplace.commissioning.rules.finance import Money
    from totalplace.doors.report.plan_money import money_book, money_workbook
    from totalplace.doors.report.plan_weighed import money_told

    it = given(session, plan)
    said = _beside(it, beside)
    if template is not None:
        case = it.weighed.case
        write_whole(template, money_workbook(said, first_year=case.first_year, years=case.years))
        click.echo(f"The workbook is in {template}. Fill it in, then give it with --beside.")
        return
    found = _financial_plan(it, said)
    names = {"": it.row.agency_name if it.row else "", **it.weighed.names}
    if xlsx is not None:
        write_whole(xlsx, money_book(found, names))
    if as_json:
        click.echo(json.dumps(money_told(found, names), ensure_ascii=False, indent=1))
        return
    _show_money(found, names, alone=said == Money())
    if xlsx is not None:
        click.echo(f"\nAll of it is in {xlsx}.")


def _financial_plan(it: Given, beside: Money) -> FinancialPlan:
    from totalplace.commissioning.rules.finance_paid import finance_of

    return finance_of(it.weighed, beside, accountable=it.row.agency if it.row else "")


def _beside(it: Given, path: Path | None) -> Money:
    from totalplace.commissioning.queries.weighing import money_beside
    from totalplace.commissioning.reading.money_file import read_money
    from totalplace.commissioning.rules.finance import Money
    from totalplace.doors.cli.showing import plural
    from totalplace.refusal import Refused

    if path is None:
        kept = money_beside(it.row, it.version) if it.row and it.version else None
        return kept.money if kept else Money()
    if not path.is_file():
        raise Refused(
            f"{path.name} was not read",
            why="there is no such file",
            next_step="Write one to begin with, with --template",
        )
    case = it.weighed.case
    found, faults = read_money(path, name=path.name, first_year=case.first_year, years=case.years)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise Refused(
            f"{path.name} was not taken",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and try again",
        )
    return found


def _show_money(found: FinancialPlan, names: dict[str, str], *, alone: bool) -> None:
    from totalplace.commissioning.rules.finance import Part
    from totalplace.commissioning.rules.finance_told import (
        balances,
        labels,
        name_of,
        noticed,
        paid_words,
        whole_words,
    )
    from totalplace.doors.report.plan_money import totals
    from totalplace.money.pence import pounds

    def sums(pence: tuple[int | None, ...]) -> list[str]:
        return ["not known" if one is None else pounds(one) for one in pence]

    def title(row: Row) -> str:
        if row.part is not Part.PLAN:
            return row.title
        return f"{names.get(row.title, row.title)}, {paid_words(row, names)}"

    rows = [
        [part.value, title(row), name_of(row.whose, names), *sums(row.pence)]
        for part in Part for row in found.of(part)
    ]  # fmt: skip
    rows += [[title, "", "", *sums(pence)] for title, pence in totals(found)]
    click.echo(f"{whole_words(found, alone=alone)}.\n")
    table_of(["Part", "Line", "Whose budget", *labels(found)], rows)
    click.echo("")
    for one in balances(found, names):
        click.echo(f"- {one.year}: {one.words}.")
    for said in noticed(found, names):
        click.echo(f"- {said[:1].upper()}{said[1:]}.")


@click.command("paper")
@PLAN
@click.option("--pdf", type=FILE, help="Write it as PDF.")
@click.option("--xlsx", type=FILE, help="Write it as a workbook.")
@pass_session
def paper(session: Session, plan: str, *, pdf: Path | None, xlsx: Path | None) -> None:
    """The board paper of PLAN, a plan of the records such as wexshire/1."""
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.report.plan_paper import book_of, pdf_of, text_of
    from totalplace.doors.report.plan_paper_brief import made_of
    from totalplace.refusal import Refused

    it = given(session, plan)
    if it.row is None or it.version is None:
        raise Refused(
            "There is no board paper of a case",
            why="nothing was proposed to a board yet",
            next_step="Draft a plan from it; or see it with: totalplace plan solve",
        )
    made = made_of(it.row, it.version, it.weighed, on=local_day(session.now()), waits=None)
    if pdf is not None:
        write_whole(pdf, pdf_of(made.paper))
        click.echo(f"The paper is in {pdf}.")
    if xlsx is not None:
        write_whole(xlsx, book_of(made.paper, made.money, {"": it.row.agency_name}))
        click.echo(f"The paper is in {xlsx}.")
    if pdf is None and xlsx is None:
        click.echo(text_of(made.paper))
