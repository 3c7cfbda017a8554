"""`totalplace plan prices, frontier, pressure, why`: what a plan costs, and what else could be."""

from __future__ import annotations

import json

import click

from totalplace.doors.cli.plan.weighing import JSON, PLAN, given
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

_SHOWN = 40


@click.command("prices")
@PLAN
@JSON
@pass_session
def prices(session: Session, plan: str, *, as_json: bool) -> None:
    """What each ring-fence, guarantee, floor and target of PLAN costs in outcomes.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1.
    """
    from totalplace.commissioning.rules.prices_told import apart, price_words
    from totalplace.doors.report.plan_weighed import prices_told
    from totalplace.doors.report.plan_worked import prices_of

    it = prices_of(given(session, plan).weighed, waits=None)
    if as_json:
        click.echo(json.dumps(prices_told(it.value), ensure_ascii=False, indent=1))
        return
    dear, money = apart(it.value)
    for one in dear[:_SHOWN]:
        click.echo(f"- {one.told[:1].upper()}{one.told[1:]}")
    if money:
        click.echo("What the money itself is worth:")
    for one in money[:_SHOWN]:
        click.echo(f"- {one.title[:1].upper()}{one.title[1:]}. {price_words(one)}")
    free = sum(one.costs_nothing for one in it.value)
    click.echo(f"Demands that cost outcomes: {len(dear):,}; that cost nothing: {free:,}.")


@click.command("frontier")
@PLAN
@JSON
@pass_session
def frontier(session: Session, plan: str, *, as_json: bool) -> None:
    """Plans to walk to from PLAN: with more or less money, and fairer between areas.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1.
    """
    from totalplace.commissioning.rules.areas_told import areas_of
    from totalplace.commissioning.rules.walk_told import WAYS, step_title, step_words, steps_of
    from totalplace.doors.report.plan_weighed import frontier_told
    from totalplace.doors.report.plan_worked import frontier_of

    weighed = given(session, plan).weighed
    it = frontier_of(weighed, waits=None)
    if as_json:
        click.echo(json.dumps(frontier_told(it.value), ensure_ascii=False, indent=1))
        return
    for way, title in WAYS.items():
        click.echo(f"{title}:")
        found = steps_of(it.value, way)
        for step in found:
            name = step_title(step, way)
            click.echo(f"- {name[:1].upper()}{name[1:]}: {step_words(step)}.")
    if why_not := areas_of(weighed.case, weighed.problem).why_not:
        click.echo(why_not)


@click.command("pressure")
@PLAN
@JSON
@pass_session
def pressure(session: Session, plan: str, *, as_json: bool) -> None:
    """What goes first, and what is protected, as the money of PLAN falls by up to a fifth.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1.
    """
    from totalplace.doors.report.plan_weighed import pressure_told
    from totalplace.doors.report.plan_worked import pressure_of
    from totalplace.money.pence import pounds

    it = pressure_of(given(session, plan).weighed, waits=None).value
    if as_json:
        click.echo(json.dumps(pressure_told(it), ensure_ascii=False, indent=1))
        return
    for cut in it.cuts:
        said = f"{cut.points:.1f} points" if cut.points is not None else "no plan"
        click.echo(f"Money falls by {cut.per_cent:g}%, to {pounds(cut.budget_pence)}: {said}.")
        if cut.refusal is not None:
            click.echo(f"  {cut.refusal.told}")
    heads = ["Service", "Now", *(f"-{one.per_cent:g}%" for one in it.cuts), "Why"]
    table_of(heads, [
        [one.title, pounds(one.now_pence),
         *("no plan" if pence is None else pounds(pence) for pence in one.pence), one.told]
        for one in it.options[:_SHOWN]
    ])  # fmt: skip
    if len(it.options) > _SHOWN:
        click.echo(f"and {len(it.options) - _SHOWN:,} more, which --json prints")


@click.command("why")
@PLAN
@click.argument("option")
@JSON
@pass_session
def why(session: Session, plan: str, option: str, *, as_json: bool) -> None:
    """Why OPTION gets what PLAN gives it, with the numbers; OPTION is its code.

    PLAN is a case (a workbook or a folder), or a plan of the records such as wexshire/1.
    """
    from totalplace.doors.report.plan_weighed import why_told
    from totalplace.doors.report.plan_worked import why_of
    from totalplace.refusal import Refused

    weighed = given(session, plan).weighed
    if weighed.option(option) is None:
        raise Refused(
            f"There is no service {option} in this plan",
            why="no option of its case has that code",
            next_step="See the codes in the sheet Options of the case",
        )
    it = why_of(weighed, option, waits=None)
    if as_json:
        click.echo(json.dumps(why_told(weighed, it.value), ensure_ascii=False, indent=1))
        return
    for said in it.value.told:
        click.echo(said)
