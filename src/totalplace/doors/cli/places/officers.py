"""Officers, and the mandates under which they act."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.places.rules.mandates import Matter, Role

_ROLES: Final = [role.value for role in Role]


@click.command("officers")
@pass_session
def list_officers(session: Session) -> None:
    """List every officer and the mandates that they hold today."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    session.open()
    held: dict[str, list[str]] = {officer.code: [] for officer in queries.officers()}
    if not held:
        click.echo("No officer is appointed yet. Appoint one with: totalplace places appoint CODE")
        return
    for mandate in queries.mandates():
        if mandate.holds(session.now()) and mandate.officer in held:
            held[mandate.officer].append(f"{mandate.role} of {mandate.scope} ({mandate.number})")
    names = {officer.code: officer.full_name for officer in queries.officers()}
    rows = [[code, names[code], "; ".join(said) or "none"] for code, said in held.items()]
    table_of(["Officer", "Name", "Mandates, with their numbers"], rows)


@click.command()
@click.argument("code")
@click.option("--name", required=True, help="Their name in full.")
@click.option("--email", default="", help="An address of their own, never a shared one.")
@pass_session
def appoint(session: Session, code: str, name: str, email: str) -> None:
    """Make an account for a person, who can do nothing until they hold a mandate."""
    from totalplace.places import actions

    session.open()
    made = actions.appoint(code, name=name, email=email, by=session.by(), on=session.now())
    click.echo(f"{made.full_name} is appointed as {made.code}.")


@click.command()
@click.argument("code")
@pass_session
def retire(session: Session, code: str) -> None:
    """Close the account of an officer who has left; their mandates end."""
    from totalplace.places import actions

    session.open()
    actions.retire(code, by=session.by(), on=session.now())
    click.echo(f"{code} is retired, and can sign in no more.")


@click.command()
@click.argument("code")
@click.argument("role", type=click.Choice(_ROLES))
@click.option("--agency", default="", help="For one agency; else for every agency of the place.")
@click.option("--place", default="", help="For one place; without both, everywhere.")
@click.option("--from", "first_day", type=DAY, help="First day, 2027-04-01; else today.")
@click.option("--power", required=True, help="The law, scheme of delegation or letter it rests on.")
@pass_session
def grant(
    session: Session, code: str, role: str, agency: str, place: str, first_day: datetime | None,
    power: str,
) -> None:  # fmt: skip
    """Give an officer a mandate: a role for an agency, a place, both, or everywhere."""
    from totalplace.places import actions

    session.open()
    made = actions.grant(
        code, Role(role), Matter(agency, place), power=power, by=session.by(), on=session.now(),
        from_day=first_day.date() if first_day else None,
    )  # fmt: skip
    click.echo(
        f"{made.officer} is {made.role} of {made.scope} from {made.first_day}, "
        f"by mandate {made.number}."
    )


@click.command("end-mandate")
@click.argument("number", type=int)
@click.option("--from", "day", type=DAY, help="First day on which it no longer holds; else today.")
@click.option("--reason", required=True, help="Why it ends, in a sentence.")
@pass_session
def end_mandate(session: Session, number: int, day: datetime | None, reason: str) -> None:
    """End a mandate, at once or from a later day."""
    from totalplace.places import actions

    session.open()
    ended = actions.end(
        number, reason=reason, no_longer_from=day.date() if day else None,
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"Mandate {number} of {ended.officer} no longer holds from {ended.no_longer_from}.")


@click.command("mandates")
@click.option("--officer", default="", help="Only those of one officer.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@pass_session
def list_mandates(session: Session, officer: str, as_json: bool) -> None:
    """List every mandate that was ever granted, and the power that each rests on."""
    from totalplace.doors.cli.showing import as_array, table_of
    from totalplace.places import queries

    session.open()
    found = queries.mandates(officer=officer)
    if as_json:
        as_array(
            {
                "number": m.number, "officer": m.officer, "role": m.role.value, "agency": m.agency,
                "place": m.place, "first_day": m.first_day, "no_longer_from": m.no_longer_from,
                "power": m.power,
            }
            for m in found
        )  # fmt: skip
        return
    heads = ["Number", "Officer", "Role", "Of", "From", "No longer from", "Power"]
    rows = [
        [str(m.number), m.officer, m.role.value, m.scope, m.first_day, m.no_longer_from or "",
         m.power]
        for m in found
    ]  # fmt: skip
    table_of(heads, rows)


@click.command("may")
@click.option("--role", type=click.Choice(_ROLES), help="Only what one role may do.")
def list_allowed(role: str | None) -> None:
    """Show the one table of who may do what."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.places.rules.mandates import MAY

    table_of(
        ["May", "Roles", "Under a mandate"],
        [
            [act.value, ", ".join(sorted(allowed.roles)), allowed.whose.value]
            for act, allowed in MAY.items()
            if role is None or Role(role) in allowed.roles
        ],
    )
