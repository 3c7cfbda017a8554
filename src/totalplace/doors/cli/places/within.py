"""Of which areas a place is made, and the bodies that are over it."""

from __future__ import annotations

from datetime import datetime

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session


@click.command("set-areas")
@click.argument("place")
@click.argument("codes", nargs=-1, required=True)
@pass_session
def set_areas(session: Session, place: str, codes: tuple[str, ...]) -> None:
    """Say of which areas a place is made, by their GSS codes.

    The code of a county or of another wide body stands for the areas that it covers.
    """
    from totalplace.places import actions

    session.open()
    found = actions.set_areas(place, codes, by=session.by(), on=session.now())
    click.echo(f"{place} is made of {len(found)} areas:")
    for area in found:
        click.echo(f"    {area.gss}  {area.name}")


@click.command("register-bodies")
@click.argument("place")
@click.option("--on", type=DAY, help="Bodies that stand on this day, 2024-04-01; else today.")
@pass_session
def register_bodies(session: Session, place: str, on: datetime | None) -> None:
    """Make members of a place of every body of the register that is over any part of it.

    That is councils of both tiers, police, fire, combined authorities and NHS boards, as far as
    files that say which areas they cover were loaded. Doing it again changes nothing.
    """
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import actions

    session.open()
    now = session.now()
    day = now.date() if on is None else on.date()
    found = actions.register_bodies(place, day=day, by=session.by(), on=now)
    rows = [
        [one.agency, one.body.name, one.body.kind.value, _joined(one.is_new)]
        for one in found
        if not one.within
    ]
    table_of(["Agency", "Name", "Kind", ""], rows)
    for one in found:
        if one.within:
            click.echo(f"{one.body.name} is no agency of its own: {one.why} ({one.within}).")
    kinds = {one.body.kind.value for one in found}
    lacking = [kind for kind in ("police", "fire", "nhs-board") if kind not in kinds]
    if lacking:
        click.echo(
            f"No body of these kinds is known to be over {place}: {', '.join(lacking)}. Load the "
            "files that say which areas they cover with: totalplace places load FILE",
            err=True,
        )


def _joined(is_new: bool) -> str:
    return "joined" if is_new else "member already"
