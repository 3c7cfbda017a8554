"""`totalplace restore`: a backup brought back into a home that has nothing in it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from totalplace.doors.cli.session import Session, pass_session


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@pass_session
def restore(session: Session, file: Path) -> None:
    """Bring FILE back into a home that has nothing in it, and check all of it.

    Every file is held against its hash, every table's rows are counted, and the whole record is
    computed again with every published head. Where anything is not as it was, nothing is restored.
    """
    from totalplace.doors.backups.restoring import restore as bring_back
    from totalplace.doors.cli.showing import plural, stages

    began = time.monotonic()
    with stages(4) as doing:
        restored = bring_back(file, session.home, by=session.by(), on=session.now(), doing=doing)
    held = restored.manifest
    click.echo(
        f"As it was on {held.taken}: {plural(len(held.files), 'file')}, each with its hash, and "
        f"{plural(sum(held.tables.values()), 'row')} of {plural(len(held.tables), 'table')}."
    )
    click.echo(
        f"The record: {restored.entries:,} entries, none missing, none changed; "
        f"{plural(restored.heads, 'published head')}."
    )
    click.echo(f"Restored and checked in {time.monotonic() - began:.1f} seconds.")
