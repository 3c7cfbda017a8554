"""`totalplace agreements negotiate`: negotiations opened, looked at, and held against a count."""

from __future__ import annotations

import json

import click

from totalplace.doors.cli.agreements.saying import (
    NUMBER,
    tell,
    tell_costs,
    tell_differences,
    year_of,
)
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of


@click.command("negotiations")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List every negotiation, and whose move it is."""
    session.open()
    from totalplace.agreements.queries.negotiations import negotiations

    rows = [
        [row.number, row.title, row.place, row.years, row.model.code, row.stage.value]
        for row in negotiations(place)
    ]
    if not rows:
        click.echo("There are none. Open one with: totalplace agreements negotiate")
        return
    table_of(["Number", "Title", "Place", "Years", "Model", "Stands"], rows)


@click.command("negotiate")
@click.argument("place")
@click.option("--title", required=True, help="In a few words.")
@click.option("--host", required=True, help="Code of the agency that is accountable.")
@click.option("--model", default="block-grant", show_default=True, help="Of devolution.")
@click.option("--from", "first", required=True, help="First financial year, 2027-28.")
@click.option("--to", "last", required=True, help="Last financial year, 2029-30.")
@click.option("--with", "departments", multiple=True, required=True, help="A department's code.")
@click.option("--edition", default="", help="Of the count, signed off: place/year/number.")
@pass_session
def open_one(session: Session, place: str, departments: tuple[str, ...], **said: str) -> None:
    """Open a negotiation of PLACE with one or more departments."""
    session.open()
    from totalplace.agreements.actions.negotiations import open_negotiation
    from totalplace.agreements.rules.offers import Opening

    opening = Opening(
        place, said["host"], said["model"], said["title"], year_of(said["first"]),
        year_of(said["last"]), departments, said["edition"],
    )  # fmt: skip
    row = open_negotiation(opening, by=session.by(), on=session.now())
    click.echo(f"Negotiation {row.number} is open. The place makes the first offer:")
    click.echo(f"totalplace agreements draft template {row.number} place lines.xlsx")


@click.command("negotiation")
@NUMBER
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@pass_session
def negotiation(session: Session, number: int, as_json: bool) -> None:
    """Show negotiation NUMBER: whose move it is, and what the last two offers differ by."""
    session.open()
    from totalplace.agreements.queries.negotiations import broken, offers
    from totalplace.agreements.queries.negotiations import negotiation as found
    from totalplace.agreements.queries.weighing import weighed
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.report.negotiations_told import plain_negotiation

    row, on = found(number), local_day(session.now())
    if as_json:
        click.echo(json.dumps(plain_negotiation(row, on), default=str))
        return
    tell(row, on)
    fault = broken(number)
    click.echo(fault or "Every step follows from the one before.")
    made = offers(number, by=session.by(), on=on)
    if len(made) > 1:
        last, before = made[-1], made[-2]
        click.echo(f"What offer {last.number} differs by from offer {before.number}:")
        found_now = weighed(before.terms, last.terms, place=row.place, departments=row.departments)
        tell_differences(found_now.differences)
        tell_costs(found_now.costs)


@click.command("sets")
@click.argument("edition")
@click.option("--negotiation", "number", type=click.IntRange(1), help="Whose offer to look at.")
@click.option("--offer", type=click.IntRange(1), help="Which offer; else the last.")
@pass_session
def sets(session: Session, edition: str, number: int | None, offer: int | None) -> None:
    """Sort the spending of EDITION of the count into the three sets, as an offer would.

    EDITION is place/year/number, and was signed off. Without a negotiation: as it is today.
    """
    session.open()
    from totalplace.agreements.queries.negotiations import the_offer
    from totalplace.agreements.queries.weighing import sets as sorted_out
    from totalplace.agreements.rules.lines import Where
    from totalplace.decisions.rules.days import local_day
    from totalplace.money.pence import pounds

    terms = None
    if number:
        on = local_day(session.now())
        terms = the_offer(number, offer or 0, by=session.by(), on=on).terms
    found = sorted_out(session.files(), edition, terms)
    rows = []
    for where in Where:
        one = found.of(where)
        rows.append([where.value, pounds(one.pence), pounds(one.low), pounds(one.high),
                     pounds(one.measured), one.missing])  # fmt: skip
    table_of(["Set", "Pounds", "At least", "At most", "Measured", "Missing lines"], rows)
    click.echo(f"Bodies of the place decide {found.today.words} of it today, and would decide "
               f"{found.offered.words}.")  # fmt: skip
    table_of(
        ["Set", "By", "Why", "Pounds"],
        [[where.value, by, why, pounds(pence)] for where, by, why, pence in found.reasons()],
    )
    for beyond in found.beyond:
        money = "a sum that is not stated" if beyond.pence is None else pounds(beyond.pence)
        click.echo(f"{beyond.fund}: {money} is in no set: {beyond.why}.")
