"""`totalplace record`: see who did what, and check that nothing was changed since."""

from __future__ import annotations

import click

from totalplace.doors.cli.session import Session, pass_session


@click.group()
def record() -> None:
    """The record of every act: see it, and check that it is whole."""


@record.command()
@click.option("--last", "count", default=20, show_default=True, type=click.IntRange(min=1))
@pass_session
def show(session: Session, count: int) -> None:
    """Show the latest entries."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.record import queries

    session.open()
    entries = queries.latest(count)
    if not entries:
        click.echo("Nothing is on the record yet.")
        return
    rows = [
        [e.number, f"{e.on:%Y-%m-%d %H:%M:%S}", e.by, e.verb, str(e.about), e.citing, e.digest[:12]]
        for e in entries
    ]
    table_of(["No.", "When (UTC)", "Who", "Did", "What", "Citing", "Digest"], rows)


@record.command()
@click.option("--expect", help="A digest that you noted before: refuse a record without it.")
@pass_session
def verify(session: Session, expect: str | None) -> None:
    """Compute the digest of every entry again, from the first, and tell the first fault."""
    from totalplace.record import queries
    from totalplace.refusal import Refused

    session.open()
    fault = queries.first_fault()
    if fault is not None:
        raise Refused(
            "The record is not whole",
            why=fault.why,
            next_step="Keep this computer as it is, and compare with a copy of the records",
        )
    last = queries.last_entry()
    if expect and not queries.holds(expect):
        raise Refused(
            "The record is not the one you noted",
            why=f"no entry has the digest {expect}",
            next_step="Compare with a copy of the records from the day you noted it",
        )
    if last is None:
        click.echo("The record is empty.")
        return
    entries = "1 entry" if last.number == 1 else f"{last.number:,} entries"
    click.echo(f"{entries}, none missing, none changed.")
    click.echo(f"Digest of the last: {last.digest}")
