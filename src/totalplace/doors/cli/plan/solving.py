"""`totalplace plan solve`: the plan of a case, with its proof and with how much of it is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.plan.case import read_whole, write_whole
from totalplace.doors.cli.showing import plural, stages, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from totalplace.commissioning.rules.case import Case
    from totalplace.commissioning.rules.weighing.known import Pounds
    from totalplace.commissioning.rules.weighing.prices import Price
    from totalplace.commissioning.rules.weighing.refusals import Refusal
    from totalplace.commissioning.rules.weighing.summary import Summary

_FILE = click.Path(path_type=Path, dir_okay=False)
_MOST_SHOWN = 40
_MOST_PRICES = 10


@click.command("solve")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--xlsx", type=_FILE, help="Write all of it to a workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--seed", type=click.IntRange(0), default=1, help="From which effects are drawn.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), default=10_000,
              help="How often effects are drawn.")  # fmt: skip
@click.option("--plans", type=click.IntRange(1, 10_000), default=20,
              help="How often the plan is found again, from other draws.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(1, 86_400), default=60.0,
              help="At most, for finding the plan once.")  # fmt: skip
def solve(
    path: Path, *, xlsx: Path | None, as_json: bool, seed: int, draws: int, plans: int,
    seconds: float,
) -> None:  # fmt: skip
    """Work out the plan of the case at PATH: who gets what, and what that rests on.

    Nothing is kept, and nothing is decided: it shows what the case amounts to.
    """
    from totalplace.commissioning.definitions.known import bar
    from totalplace.commissioning.rules.problem import Impossible
    from totalplace.commissioning.rules.weighing.summary import Draws, summary
    from totalplace.doors.report.plan_solved import as_told, solved_book

    case = read_whole(path)
    with stages(2) as doing:
        doing(f"finding the plan, and {plans:,} more from other draws")
        found = summary(case, bar=bar(), draws=Draws(seed, draws, plans), seconds=seconds)
        doing("pricing what is demanded")
        prices = () if isinstance(found, Impossible) else _prices(found)
    if isinstance(found, Impossible):
        _refuse(path, case, told=found.told, as_json=as_json)
        return
    if xlsx is not None:
        write_whole(xlsx, solved_book(found, prices))
    if as_json:
        click.echo(json.dumps(as_told(found, prices), ensure_ascii=False, indent=1))
        return
    _show_plan(found)
    _show_beside(found)
    _show_prices(prices)
    _show_known(found)
    if xlsx is not None:
        click.echo(f"All of it is in {xlsx}.")


def _prices(found: Summary) -> tuple[Price, ...]:
    from totalplace.commissioning.rules.weighing.prices import prices
    from totalplace.commissioning.rules.weighing.refusals import titles_of

    return prices(found.problem, found.solved, titles=titles_of(found.case))


def _show_plan(found: Summary) -> None:
    from totalplace.doors.report.plan_solved import POINTS
    from totalplace.money.pence import pounds
    from totalplace.money.years import FinancialYear

    case, solved = found.case, found.solved
    moved = [
        (number, pence - line.now)
        for number, (line, pence) in enumerate(zip(found.problem.lines, solved.pence, strict=True))
        if pence != line.now
    ]
    moved.sort(key=lambda one: (-abs(one[1]), one[0]))
    click.echo(f"{case.place}: {found.known.words}.")
    click.echo(
        f"{pounds(sum(solved.pence))} over {plural(case.years, 'year')} reaches "
        f"{solved.points:,.2f} points. No plan of this case can reach more than "
        f"{solved.bound:,.2f}. {POINTS.capitalize()}."
    )
    _show_brought(found)
    kept = sum(1 for one in solved.checks if one.met)
    click.echo(f"It keeps {kept:,} of {len(solved.checks):,} demands, checked in whole pence.")
    click.echo(f"How it was found: {solved.method.value}.\n")
    rows = []
    for number, change in moved[:_MOST_SHOWN]:
        line = found.problem.lines[number]
        option = case.options[number % len(case.options)]
        year = FinancialYear(case.first_year + line.year).label
        rows.append([option.title, option.agency, year, pounds(line.now),
                     pounds(solved.pence[number]), pounds(change)])  # fmt: skip
    if not rows:
        click.echo("It moves no money: every line stays as it is today.")
        return
    table_of(["Service", "Agency", "Year", "Now", "Planned", "Change"], rows)
    stays = len(found.problem.lines) - len(moved)
    more = max(0, len(moved) - _MOST_SHOWN)
    click.echo(f"{plural(more, 'line')} more change, and {plural(stays, 'line')} stay as they are.")


def _show_brought(found: Summary) -> None:
    from totalplace.commissioning.rules.reaching import brought, counted_told
    from totalplace.money.years import FinancialYear

    case = found.case
    rows = [
        [one.outcome.title, one.outcome.counted_in, counted_told(float(one.outcome.gap)),
         counted_told(one.today), counted_told(one.planned),
         f"{counted_told(one.low)} to {counted_told(one.high)}",
         "past its target" if one.past_target else ""]
        for one in brought(case, found.solved.pence, found.problem.lines)
        if one.year == case.years - 1
    ]  # fmt: skip
    last = FinancialYear(case.first_year + case.years - 1).label
    click.echo(f"\nWhat it brings in {last}:")
    table_of(["Outcome", "Counted in", "The way to go", "Today", "This plan", "Between", ""], rows)
    click.echo("")


def _show_beside(found: Summary) -> None:
    from totalplace.money.pence import pounds

    click.echo("\nHeld against what a place would do without it:")
    own = ["this plan", f"{found.solved.points:,.2f}", pounds(sum(found.solved.pence)), "none"]
    rows = [own, *([one.name, f"{one.points:,.2f}", pounds(sum(one.pence)), _broken(one.broken)]
                   for one in found.baselines)]  # fmt: skip
    table_of(["Plan", "Points", "Money", "Demands that it breaks"], rows)


def _broken(titles: tuple[str, ...]) -> str:
    if not titles:
        return "none"
    more = len(titles) - 3
    return "; ".join(titles[:3]) + (f"; and {more:,} more" if more > 0 else "")


def _show_prices(prices: Sequence[Price]) -> None:
    from totalplace.commissioning.rules.prices_told import apart, price_words

    costly, money = apart(prices)
    click.echo("\nWhat demands cost in outcomes:" if costly else "\nNo demand costs anything.")
    for one in costly[:_MOST_PRICES]:
        click.echo(f"- {one.told}")
    more = len(costly) - _MOST_PRICES
    if more > 0:
        click.echo(f"and {plural(more, 'demand')} more, which cost less; --xlsx has them all")
    if money:
        click.echo("\nWhat the money itself is worth:")
    for one in money[:_MOST_PRICES]:
        click.echo(f"- {one.title}. {price_words(one)}")


def _show_known(found: Summary) -> None:
    from totalplace.commissioning.rules.known_told import chance_words

    chance, steady, known = found.chance, found.direction, found.known
    click.echo("\nHow much of it is known:")
    table_of(
        ["Money", "Openable source", "Accepted ungraded", "No effect"],
        [["today", *_shares(known.now)], ["planned", *_shares(known.planned)]],
    )
    if steady.kept is None:
        click.echo("It moves no money, so that there is no direction to keep.")
    else:
        click.echo(
            f"{steady.kept:.1%} of the money that it moves keeps its direction where effects are "
            f"drawn again ({steady.draws:,} plans found again, standard error {steady.error:.1%})."
        )
    if found.solved.pence == found.beside.pence:
        return
    drawn = f"{chance.draws:,} draws, seed {chance.seed}"
    click.echo(f"{chance_words(chance)} ({drawn}).")
    click.echo(f"How effects are drawn: {chance.distribution}.")


def _shares(its: Pounds) -> list[str]:
    from totalplace.commissioning.rules.known_told import share_told

    return [
        share_told(part / its.total) if its.total else "no money"
        for part in (its.openable, its.accepted, its.without)
    ]


def _refuse(path: Path, case: Case, *, told: str, as_json: bool) -> None:
    """Say why there is no plan, and end as a refusal does."""
    from totalplace.commissioning.rules.building import problem_of
    from totalplace.commissioning.rules.weighing.refusals import refusal_of, titles_of
    from totalplace.doors.report.plan_solved import refusal_told
    from totalplace.refusal import Refused

    refusal = refusal_of(problem_of(case), titles=titles_of(case))
    if as_json:
        click.echo(json.dumps(refusal_told(refusal), ensure_ascii=False, indent=1))
    else:
        _show_refusal(refusal)
    raise Refused(
        f"{path.name} has no plan",
        why=(refusal.told or told).rstrip("."),
        next_step="Let one of its demands give way, and try again",
    )


def _show_refusal(refusal: Refusal) -> None:
    from totalplace.money.pence import pounds

    for clash in refusal.demands:
        click.echo(f"- {clash.title}. {clash.told}")
    for repair in refusal.repairs:
        gives = "; ".join(one.told for one in repair.givings)
        click.echo(f"What would mend it, for {pounds(repair.pence)}: {gives}")
