"""The register itself: loading files of it, its areas, and what its sources say differently."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.places.actions import Loaded

_SHOWN: Final = 5


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", type=int, help="Year that the files describe, where they do not say it.")
@pass_session
def load(session: Session, files: tuple[Path, ...], year: int | None) -> None:
    """Load published files of the register: all of them, or none.

    Each is known by its columns, whatever its name; CSV, Excel or OpenDocument, gzipped or not.
    """
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import actions, queries

    session.open()
    before = {conflict.what for conflict in queries.conflicts()}
    loaded = actions.load_register(files, year=year, by=session.by(), on=session.now())
    heads = ["File", "What it is", "Year", "Bodies", "Changes", "Areas of bodies", "Measures", ""]
    rows = [
        [
            one.path.name, one.title, str(one.year or "-"), one.bodies, one.changes, one.coverage,
            one.measures, "loaded" if one.is_new else "held already",
        ]
        for one in loaded
    ]  # fmt: skip
    table_of(heads, rows)
    for one in loaded:
        _say_faults(one)
    new = [conflict for conflict in queries.conflicts() if conflict.what not in before]
    if new:
        click.echo("\nNow said differently by several sources, or hardly true:", err=True)
        for conflict in new:
            click.echo(f"- {conflict.what}.", err=True)
        click.echo("See each side with: totalplace places conflicts", err=True)


def _say_faults(one: Loaded) -> None:
    for fault in one.faults[:_SHOWN]:
        click.echo(f"{one.path.name}, line {fault.line}: {fault.found!r} {fault.why}.", err=True)
    more = len(one.faults) - _SHOWN
    if more > 0:
        click.echo(f"{one.path.name}: {more:,} more lines could not be read whole.", err=True)


@click.command()
@click.option("--find", default="", help="Only those with this in their name or code.")
@click.option("--on", type=DAY, help="Only those that stand on this day, 2024-04-01.")
@click.option("--year", type=int, help="People of this year, or the nearest before; else this one.")
@pass_session
def areas(session: Session, find: str, on: datetime | None, year: int | None) -> None:
    """List the areas of the register, with their days and people."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    session.open()
    sought = find.casefold()
    found = [
        area
        for area in queries.areas(on=None if on is None else on.date())
        if sought in area.name.casefold() or sought in area.gss.casefold()
    ]
    asked = year or session.now().year
    rows = []
    for area in found:
        people = queries.measure(area.gss, "people", asked)
        said = ("-", "-") if people is None else (f"{people.value:,}", str(people.year))
        rows.append([
            area.gss, area.name, area.kind.value, area.first_day or "-", area.last_day or "now",
            *said,
        ])  # fmt: skip
    if not rows:
        click.echo(
            "No area is called that. Load a newer register with: totalplace places load FILE"
        )
        return
    table_of(["Area", "Name", "Kind", "From", "Until", "People", "Year"], rows)


@click.command()
@pass_session
def conflicts(session: Session) -> None:
    """Show what sources of the register say differently, with each side, and what is hardly true.

    Nothing of it is decided here: a body is found by each of its codes.
    """
    from totalplace.places import queries

    session.open()
    found = queries.conflicts()
    if not found:
        click.echo("The sources of the register agree wherever they speak of the same.")
    for conflict in found:
        click.echo(f"{conflict.what}.")
        for says, who in conflict.sides:
            click.echo(f"    {says}\n        ({who})")
