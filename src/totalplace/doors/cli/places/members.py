"""Registering places and agencies, and saying who is a member of which."""

from __future__ import annotations

from datetime import date, datetime

import click

from totalplace.doors.cli.session import Session, pass_session

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("list")
@pass_session
def list_all(session: Session) -> None:
    """List every place and every agency."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    session.open()
    found = queries.places()
    agencies = queries.agencies()
    if not found and not agencies:
        click.echo("There is no place or agency yet. Add one with: totalplace places add CODE")
        return
    if found:
        heads = ["Place", "Name", "Agencies today"]
        today = session.now().date()
        table_of(heads, [[p.code, p.name, len(queries.members(p.code, on=today))] for p in found])
    if agencies:
        heads = ["Agency", "Name", "Kind", "GSS code"]
        table_of(heads, [[a.code, a.name, a.kind.value, a.gss] for a in agencies])


@click.command()
@click.argument("code")
@click.option("--name", default="", help="What the place is called.")
@pass_session
def add(session: Session, code: str, name: str) -> None:
    """Register a place under a short code."""
    from totalplace.places import actions

    session.open()
    place = actions.register_place(code, name=name, by=session.by(), on=session.now())
    click.echo(f"{place.name} is registered as {place.code}.")


@click.command("add-agency")
@click.argument("code")
@click.option("--name", default="", help="What the agency is called.")
@click.option("--kind", default="unknown", help="council, county, police, nhs-trust and so on.")
@click.option("--gss", default="", help="Its code of the Office for National Statistics.")
@pass_session
def add_agency(session: Session, code: str, name: str, kind: str, gss: str) -> None:
    """Register a public body under a short code, or say more of one."""
    from totalplace.places import actions

    session.open()
    agency = actions.register_agency(
        code, name=name, kind=kind, gss=gss, by=session.by(), on=session.now()
    )
    click.echo(f"{agency.name} ({agency.kind}) is registered as {agency.code}.")


@click.command()
@click.argument("place")
@click.argument("agency")
@click.option("--from", "first_day", type=DAY, help="First day, 2024-04-01; else always.")
@click.option("--until", "last_day", type=DAY, help="Last day; else it is a member still.")
@pass_session
def join(
    session: Session, place: str, agency: str, first_day: datetime | None, last_day: datetime | None
) -> None:
    """Make an agency a member of a place."""
    from totalplace.places import actions

    session.open()
    actions.join_place(
        place, agency, first_day=_day(first_day), last_day=_day(last_day),
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"{agency} is a member of {place}.")


def _day(said: datetime | None) -> date | None:
    return None if said is None else said.date()
