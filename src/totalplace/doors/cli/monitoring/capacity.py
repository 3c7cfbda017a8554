"""`totalplace monitoring capacity`: posts, vacancies, turnover and skills, as bodies gave them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.monitoring.queries.capacity import BodyRow
    from totalplace.monitoring.rules.capacity import RoleSaid

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("capacity")
def capacity() -> None:
    """Posts, vacancies, turnover and skills of each body and role."""


@capacity.command("template")
@click.argument("path", type=_FILE)
@click.option("--like", nargs=2, metavar="PLACE AGENCY", help="Begin with what was given last.")
@pass_session
def template(session: Session, path: Path, like: tuple[str, str] | None) -> None:
    """Write a workbook to fill in to PATH, with how to fill it in."""
    from totalplace.doors.report.capacity import capacity_workbook
    from totalplace.monitoring.queries.capacity import body

    roles: tuple[RoleSaid, ...] = ()
    if like is not None:
        session.open()
        roles = next((one.roles for one in reversed(body(*like).history)), ())
    _write(path, capacity_workbook(roles))
    click.echo(f"A workbook to fill in is in {path}.")
    click.echo(f"Then: totalplace monitoring capacity add PLACE AGENCY 'June 2026' {path}")


@capacity.command("add")
@click.argument("place")
@click.argument("agency")
@click.argument("ending")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--month", is_flag=True, help="It is of that month alone, not of a quarter.")
@click.option("--reason", required=True, help="Why it is given, or given again.")
@click.option("--anew", default="", help="Why it cannot be compared with earlier ones.")
@pass_session
def add(session: Session, place: str, agency: str, ending: str, path: Path, **said: str) -> None:
    """Give in the workbook PATH for AGENCY in PLACE, of the quarter that ended with month ENDING.

    With a fault in it nothing is kept. Given again, it is a new version.
    """
    from totalplace.monitoring.actions.capacity import give_capacity
    from totalplace.monitoring.definitions.capacity import asked
    from totalplace.monitoring.reading.capacity_file import read_workbook
    from totalplace.monitoring.rules.capacity import MONTH, QUARTER, Given, period_ending
    from totalplace.refusal import Refused

    session.open()
    period = period_ending(ending, MONTH if said["month"] else QUARTER)
    roles, faults = read_workbook(path, name=path.name, skills=tuple(asked().skills))
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise Refused(
            f"{path.name} was not taken",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and try again",
        )
    row = give_capacity(
        place, agency, Given(period, roles, 1, said["anew"]), reason=said["reason"],
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(
        f"Kept: {plural(len(roles), 'role')} of {row.agency_name}, {period.said}, "
        f"version {row.given.version}."
    )


@capacity.command("show")
@click.argument("place")
@click.option("--csv", "table", type=_FILE, help="Write every return to a table.")
@pass_session
def show(session: Session, place: str, table: Path | None) -> None:
    """Show the last return of each body of PLACE, as everybody may see it."""
    from totalplace.doors.report.capacity import HEADINGS, register_rows
    from totalplace.doors.report.csv_text import csv_text
    from totalplace.monitoring.queries.capacity import bodies

    session.open()
    found = bodies(place)
    for body in found:
        _show(body)
    if table is not None:
        _write(table, csv_text(HEADINGS, register_rows(found)).encode())
        click.echo(f"Every return is in {table}.")


def _show(body: BodyRow) -> None:
    from totalplace.doors.report.capacity import per_cent, wte
    from totalplace.monitoring.rules.capacity_register import register, vacancies_of

    if not body.history:
        click.echo(f"{body.agency.name}: nothing is given in yet.\n")
        return
    seen = register(body.history, body.history[-1], own=False)
    click.echo(f"{body.agency.name}, {seen.given.period.said}")
    rows = [
        (
            one.role.title, wte(one.role.posts), wte(one.role.filled),
            wte(vacancies_of(one, seen.given.roles)), per_cent(one.turnover) or "not known yet",
        )
        for one in (*seen.rows, *filter(None, (seen.all_roles,)))
    ]  # fmt: skip
    table_of(("Role", "Posts", "Filled", "Vacancies", "Turnover in a year, per cent"), rows)
    for note in seen.notes:
        click.echo(note)
    click.echo()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
