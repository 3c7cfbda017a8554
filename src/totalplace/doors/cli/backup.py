"""`totalplace backup`: all of an installation in one file, while others go on working."""

from __future__ import annotations

import time
from pathlib import Path

import click

from totalplace.doors.cli.session import Session, pass_session


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--with-keys", is_flag=True,
    help="Keep the key that signs heads too: whoever has the file can then sign.",
)  # fmt: skip
@pass_session
def backup(session: Session, file: Path, with_keys: bool) -> None:
    """Keep the records and every file of the home in FILE, as they are at one moment.

    Others may go on reading, giving in and deciding meanwhile. FILE lists all that it holds with
    hashes, and only you can read it. It is whole or it is not there.
    """
    from totalplace.doors.backups.taking import take
    from totalplace.doors.cli.showing import plural, stages

    session.open()
    began = time.monotonic()
    with stages(3) as doing:
        taken = take(
            session.home, file, by=session.by(), on=session.now(), with_keys=with_keys, doing=doing
        )
    held = taken.manifest
    click.echo(
        f"{plural(len(held.files), 'file')}, {plural(sum(held.tables.values()), 'row')} of "
        f"{plural(len(held.tables), 'table')} and {held.entries:,} entries of the record, in "
        f"{taken.bytes / 1e6:,.1f} MB and {time.monotonic() - began:.1f} seconds."
    )
    if not with_keys:
        click.echo("The key that signs heads is not among them; keep it apart, or --with-keys.")
