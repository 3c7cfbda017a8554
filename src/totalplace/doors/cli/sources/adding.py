"""Adding files, and reading files again that are held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.sources.actions import Added, NotAdded

NOTHING_ADDED: Final = 2


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--agency", required=True, help="Code of the agency that published the files.")
@click.option("--licence", default="", help="Licence of the files, such as OGL v3.0.")
@click.option("--publisher", default="", help="Who published them, if not the agency.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@click.option(
    "--plain/--swift", "plain", default=None, help="Choose the reader; by size if not said."
)
@pass_session
def add(session: Session, paths: tuple[Path, ...], as_json: bool, **said: Any) -> None:
    """Read files or folders: CSV, TSV, XLSX, XLS, ODS, zipped or gzipped, with no set-up.

    Every row comes out as a payment, a card purchase, a commitment, a fault, a blank, a total, a
    header or preamble. Files are held byte for byte; one that is held already is refused.
    """
    from totalplace.doors.cli.showing import progress
    from totalplace.places import actions as places
    from totalplace.sources import actions

    session.open()
    files = actions.published(paths)
    by, now = session.by(), session.now()
    places.register_agency(said["agency"], by=by, on=now)
    terms = actions.Terms(said["agency"], said["licence"], said["publisher"])
    swift = None if said["plain"] is None else not said["plain"]
    with progress("Reading", files) as seen:
        outcomes = actions.add(
            files, terms, home=session.files(), by=by, on=now, seen=seen, swift=swift
        )
        _tell(outcomes, as_json=as_json)


@click.command()
@click.argument("files", nargs=-1)
@click.option("--agency", help="Read all files of this agency again.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@pass_session
def reread(session: Session, files: tuple[str, ...], agency: str | None, as_json: bool) -> None:
    """Read files that are held again, as the recipes now say.

    FILES are names or hashes, as `sources list` shows them. The new reading is the one that is
    counted; the old one is kept. A file that is refused, or reads as before, stays as it was.
    """
    from totalplace.doors.cli.showing import progress
    from totalplace.sources import actions, queries
    from totalplace.sources.erasing.held import copy_of

    if bool(files) == bool(agency):
        raise click.UsageError("Say which files, or give --agency and none.")
    session.open()
    home = session.files()
    held = queries.files(agencies=[agency] if agency else []) or [
        queries.file_named(said) for said in files
    ]
    hashes = list(dict.fromkeys(file.sha256 for file in held))
    copies = [copy_of(home, h) for h in hashes]
    with progress("Reading", [copy for copy in copies if copy.exists()]) as seen:
        outcomes = actions.reread(hashes, home=home, by=session.by(), on=session.now(), seen=seen)
        _tell(outcomes, as_json=as_json)


def _tell(outcomes: Iterator[Added | NotAdded], *, as_json: bool) -> None:
    """Show what became of files, as they are done or at the end; end with 2 where none was read."""
    from totalplace.doors.cli.showing import as_array
    from totalplace.doors.cli.sources.contract import rows_of
    from totalplace.doors.cli.sources.told import Told

    told = Told()
    if as_json:
        as_array(row for outcome in told.hearing(outcomes) for row in rows_of(outcome))
    else:
        for _ in told.hearing(outcomes):
            pass
        told.show_table()
    told.say()
    if told.files_refused and not told.files:
        raise SystemExit(NOTHING_ADDED)
