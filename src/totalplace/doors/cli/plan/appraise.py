"""`totalplace plan appraise`: what an option costs, who gains by it, and how sure that is."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.commissioning.rules.appraisal import Appraised

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("appraise")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--xlsx", type=_FILE, help="Write all of it to a workbook.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="How often numbers are drawn.")
@click.option("--seed", type=click.IntRange(0), help="With which seed.")
def appraise(path: Path, *, xlsx: Path | None, as_json: bool, **drawing: int | None) -> None:
    """Appraise the option in the workbook PATH: costs, gains, who pays, who gains, how sure.

    Nothing is kept. Begin with: totalplace plan appraisal template mine.xlsx
    """
    from totalplace.commissioning.definitions.appraisal.reading import method
    from totalplace.commissioning.reading.appraisal_file import read_workbook
    from totalplace.commissioning.rules import appraisal as rules
    from totalplace.doors.report.appraisal import appraisal_book, as_told
    from totalplace.refusal import Refused

    terms, faults = read_workbook(path, name=path.name)
    for fault in faults:
        click.echo(str(fault), err=as_json)
    if terms is None:
        raise Refused(
            f"{path.name} was not appraised",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and try again",
        )
    said = {name: value for name, value in drawing.items() if value is not None}
    found = rules.appraise(terms, method(), **said)
    if as_json:
        click.echo(json.dumps(as_told(found), ensure_ascii=False, indent=1))
    else:
        _show(found)
    if xlsx is not None:
        _write(xlsx, appraisal_book(found))
        click.echo(f"All of it is in {xlsx}.", err=as_json)


@click.group("appraisal")
def appraisal() -> None:
    """The workbook in which an option is appraised."""


@appraisal.command("template")
@click.argument("path", type=_FILE)
def template(path: Path) -> None:
    """Write an empty workbook to PATH, with how to fill it in."""
    from totalplace.doors.report.appraisal import appraisal_book

    _write(path, appraisal_book(None))
    click.echo(f"A workbook to fill in is in {path}. Then: totalplace plan appraise {path}")


def _show(found: Appraised) -> None:
    from totalplace.commissioning.rules.appraisal.telling import summary, told

    click.echo(f"{found.terms.title}\n")
    for said in summary(found):
        click.echo(said)
    for table in told(found):
        if table.name == "Year by year":
            continue  # too wide for a terminal; it is in the workbook
        click.echo(f"\n{table.title}\n{table.note}")
        table_of(table.heads, [[_said(cell) for cell in row] for row in table.rows])


def _said(cell: object) -> object:
    from totalplace.money.pence import pounds

    return pounds(int(cell * 100)) if isinstance(cell, Decimal) else cell


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
