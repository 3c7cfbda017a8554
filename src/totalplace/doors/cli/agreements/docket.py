"""`totalplace agreements docket`: rules that stand in the way, who can lift them, and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

_PLACE = click.argument("place")
_NUMBER = click.argument("number", type=click.IntRange(1))
_AGENCY = click.option("--agency", required=True, help="For which agency you speak.")


@click.group()
def docket() -> None:
    """Rules that stand in the way: what each blocks, who can lift it, and what it costs."""


@docket.command("list")
@click.argument("place", default="")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List the docket of PLACE, or of all places, the soonest due first."""
    session.open()
    from totalplace.agreements.queries.keeping_docket import docket as found
    from totalplace.agreements.rules.docket import clock_in_words
    from totalplace.money.pence import pounds

    today = _today(session)
    rows = [
        [row.citation.id, row.title, row.owner_name,
         pounds(row.cost_pence) if row.cost_pence is not None else "not known",
         clock_in_words(row.clock(today), row.stage, row.deadline), row.stage.value]
        for row in found(place)
    ]  # fmt: skip
    if rows:
        table_of(["Item", "Rule", "For", "Costs a year", "Clock", "Stands"], rows)
    else:
        click.echo("Nothing is on the docket.")


@docket.command("show")
@_PLACE
@_NUMBER
@pass_session
def show(session: Session, place: str, number: int) -> None:
    """Show item NUMBER of the docket of PLACE."""
    session.open()
    from totalplace.agreements.queries.keeping_docket import docket_item
    from totalplace.agreements.rules.docket import clock_in_words
    from totalplace.agreements.rules.keeping_words import DOCKET_DONE
    from totalplace.money.pence import pounds

    row = docket_item(place, number)
    found = row.clock(_today(session))
    click.echo(f"{row.title} ({row.change}), asked for by {row.asker_name} on {row.day}")
    click.echo(row.rule)
    click.echo(f"It is {row.stage}; {clock_in_words(found, row.stage, row.deadline)}.")
    click.echo(f"{row.owner_name} is to see to it. Who can lift it: {row.lifted_by}")
    click.echo(f"Who was heard: {row.heard}")
    if found.cost_pence is None:
        click.echo("What it costs while it stands is not known.")
    else:
        click.echo(f"It has cost {pounds(found.cost_pence)}: {found.formula} ({row.cost_source})")
    for move in row.moves:
        click.echo(f"{move.step.day}: {DOCKET_DONE[move.step.verb]}. {move.reason} {move.evidence}")


@docket.command("raise")
@_PLACE
@_AGENCY
@click.option("--title", required=True, help="Which rule it is, in a few words.")
@click.option("--rule", required=True, help="What it says, and what it blocks.")
@click.option(
    "--change", type=click.Choice(["technical", "accounting", "regulatory"]), required=True
)
@click.option("--owner", required=True, help="Code of the agency that is to see to it.")
@click.option("--lifted-by", required=True, help="Who can lift it, and how.")
@click.option("--heard", required=True, help="Who was heard, or why nobody was.")
@click.option("--deadline", type=DAY, help="By when it should be lifted.")
@click.option("--cost", default="", help="A year, in pounds; left out: not known.")
@click.option("--cost-source", default="", help="Where that sum is from.")
@click.option("--agreement", default="", help="PLACE/NUMBER, where it is promised there.")
@click.option("--promise", type=click.IntRange(1), help="Of the agreement, that this keeps.")
@pass_session
def raise_one(session: Session, place: str, agency: str, **said: Any) -> None:
    """Ask that a rule be lifted that stands in the way of PLACE."""
    session.open()
    from totalplace.agreements.actions.docket import Raised, raise_item
    from totalplace.agreements.rules.docket import Change
    from totalplace.decisions.rules.proposals import said_pence

    deadline: datetime | None = said.pop("deadline")
    new = Raised(
        change=Change(said.pop("change")), cost_pence=said_pence(said.pop("cost")),
        deadline=deadline.date() if deadline else None, **said,
    )  # fmt: skip
    row = raise_item(place, new, agency=agency, by=session.by(), on=session.now())
    click.echo(f"It is on the docket of {place}, as number {row.number}.")


@docket.command("from-agreement")
@click.argument("agreement")
@_AGENCY
@pass_session
def from_agreement(session: Session, agreement: str, agency: str) -> None:
    """Put on the docket every change of rules that the text of AGREEMENT names."""
    session.open()
    from totalplace.agreements.actions.docket import raise_changes

    rows = raise_changes(agreement, agency=agency, by=session.by(), on=session.now())
    for row in rows:
        click.echo(f"{row.citation.id}: {row.title}")
    if not rows:
        click.echo("All of them are on the docket already.")


@docket.command("move")
@_PLACE
@_NUMBER
@click.argument(
    "verb", type=click.Choice(["accept", "refuse", "begin", "lift", "raise-again", "expire"])
)
@click.option("--reason", required=True, help="What was done, and why.")
@click.option("--evidence", default="", help="The instrument; needed where the rule is lifted.")
@pass_session
def move(session: Session, place: str, number: int, verb: str, reason: str, evidence: str) -> None:
    """Say how item NUMBER of the docket of PLACE stands."""
    session.open()
    from totalplace.agreements.actions.docket import move_item
    from totalplace.agreements.rules.docket import Verb

    does = Verb[verb.upper().replace("-", "_")]
    row = move_item(
        place, number, does, reason=reason, evidence=evidence, by=session.by(), on=session.now()
    )
    click.echo(f"Item {number} of the docket of {place} is {row.stage}.")


def _today(session: Session) -> date:
    from totalplace.decisions.rules.days import local_day

    return local_day(session.now())
