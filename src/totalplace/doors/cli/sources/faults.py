"""Giving faults back to whoever can correct them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.sources.queries import FaultKind

_TO = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--agency", "agencies", multiple=True, help="Only files of this agency; repeatable.")
@click.option("--xlsx", type=_TO, help="Write a workbook that can be sent to the publisher.")
@click.option("--csv", type=_TO, help="Write one table of all faults.")
@click.option("--json", "as_json", is_flag=True, help="Print every fault as JSON.")
@pass_session
def faults(
    session: Session,
    agencies: tuple[str, ...],
    xlsx: Path | None,
    csv: Path | None,
    as_json: bool,
) -> None:
    """List what could not be read, where it stands, why, and what its publisher can do.

    Without a file to write, the faults are counted by table and reason.
    """
    from totalplace.doors.cli.showing import as_array, plural
    from totalplace.doors.cli.sources.giving_back import write_csv, write_workbook
    from totalplace.sources import queries

    session.open()
    home, held = session.files(), queries.files(agencies=agencies or None)
    kinds = queries.fault_kinds(home, held)
    faulty = [f for f in held if f.sum_of("faults") or f.sum_of("cells_not_read")]
    if xlsx:
        _put(lambda: write_workbook(xlsx, kinds, queries.faults(home, faulty)), xlsx)
    if csv:
        _put(lambda: write_csv(csv, queries.faults(home, faulty)), csv)
    if as_json:
        as_array(asdict(fault) for fault in queries.faults(home, faulty))
        return
    _show(kinds)
    refused = sum(k.faults for k in kinds if k.refused)
    others = sum(k.faults for k in kinds) - refused
    click.echo(
        f"{plural(refused, 'row')} refused; {plural(others, 'cell')} not read in other rows."
    )


def _put(write: Callable[[], None], to: Path) -> None:
    from totalplace.refusal import Refused

    try:
        write()
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(
            f"{to} was not written",
            why=why[:1].lower() + why[1:],
            next_step="Name a file in a folder that is there and that you may write to",
        ) from error
    click.echo(f"Written: {to}", err=True)


def _show(kinds: list[FaultKind]) -> None:
    from totalplace.doors.cli.showing import table_of
    from totalplace.doors.cli.sources.told import name_of

    if kinds:
        heads = ["Agency", "Table", "Column", "What is there", "Faults", "What became of the row"]
        rows = [
            [
                k.agency, name_of(k.document, k.sheet), k.column, k.why, k.faults,
                "refused" if k.refused else "kept without the cell",
            ]
            for k in kinds
        ]  # fmt: skip
        table_of(heads, rows)
