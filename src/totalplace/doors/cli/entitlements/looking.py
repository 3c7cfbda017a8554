"""Looking: the guarantees in force, one of them, and the floors of a place."""

from __future__ import annotations

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_ON = click.option("--on", type=DAY, help="On which day, 2027-04-01; else today.")


@click.command("list")
@click.option("--place", default="", help="With what this place adds, and what they cost there.")
@_ON
@_JSON
@pass_session
def list_all(session: Session, place: str, on: object, as_json: bool) -> None:
    """List the guarantees in force, and how few they are to be."""
    session.open()
    from totalplace.doors.cli.entitlements.told import day_of, plain
    from totalplace.entitlements import queries
    from totalplace.money.pence import pounds

    day = day_of(on, session)
    found = queries.in_force(place, day)
    if as_json:
        as_array(plain(one, place) for one in found)
        return
    rows = []
    for one in found:
        said = one.cost_in(place)
        rows.append([
            one.code, one.title, one.rule.strength.value, one.agency_name,
            "below the floor" if one.below else "does better" if one.variant else "",
            pounds(said.pence) if said else "not known",
        ])  # fmt: skip
    if not rows:
        click.echo("No guarantee is in force. Start with: totalplace entitlements put-shipped")
        return
    table_of(["Guarantee", "Title", "Strength", "Set by", "Here", "Cost a year"], rows)
    few = queries.few(on=day, place=place)
    click.echo(f"{few.number} are in force; there are to be {few.most} at the most.")


@click.command()
@click.argument("code")
@_JSON
@pass_session
def show(session: Session, code: str, as_json: bool) -> None:
    """Show the guarantee CODE: who, what, which law, who pays, its versions and what was done."""
    session.open()
    from totalplace.doors.cli.entitlements.told import tell, versions
    from totalplace.entitlements import queries

    row = queries.guarantee(code)
    if as_json:
        as_array(versions(row))
        return
    tell(row, session.now().date())


@click.command()
@click.argument("place")
@_ON
@_JSON
@pass_session
def floors(session: Session, place: str, on: object, as_json: bool) -> None:
    """Show the least that is to be spent or provided in PLACE."""
    session.open()
    from dataclasses import asdict

    from totalplace.doors.cli.entitlements.told import day_of
    from totalplace.entitlements import queries
    from totalplace.entitlements.rules.steps import amount_in_words

    found = queries.floor(place, day_of(on, session))
    if as_json:
        as_array(asdict(one) for one in found)
        return
    if not found:
        click.echo("No guarantee in force says a least.")
        return
    rows = [
        [one.code, one.what,
         "not known" if one.amount is None else amount_in_words(one.amount, one.unit)]
        for one in found
    ]  # fmt: skip
    table_of(["Guarantee", "What", "The least"], rows)
