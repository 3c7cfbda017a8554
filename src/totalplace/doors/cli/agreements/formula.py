"""`totalplace agreements formula`: a sum shared out by need, with floors that gains pay for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.agreements.rules.formula import Year


@click.command("formula")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--template", is_flag=True, help="Write a workbook with a made-up formula to PATH.")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="Write the shares to a workbook."
)
def formula(path: Path, *, template: bool, to: Path | None) -> None:
    """Try the formula in the workbook PATH: who would have what, and why.

    Nothing is kept. Begin with: totalplace agreements formula mine.xlsx --template
    """
    from totalplace.agreements.definitions.formula import first_formula
    from totalplace.agreements.reading.formula_file import read_formula
    from totalplace.agreements.rules.formula import reckon
    from totalplace.doors.report.formula import formula_book
    from totalplace.refusal import Refused

    if template:
        _write(path, formula_book(*first_formula()))
        click.echo(f"A made-up formula is in {path}. Put your own figures in, and try it.")
        return
    if not path.is_file():
        raise Refused(
            f"{path.name} was not reckoned",
            why="there is no such file",
            next_step="Write one to begin with, with --template",
        )
    asked, places, faults = read_formula(path, name=path.name)
    for fault in faults:
        click.echo(str(fault))
    if faults or asked is None:
        raise Refused(
            f"{path.name} was not reckoned",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and try again",
        )
    years = reckon(asked, places)
    _show(years)
    if to is not None:
        _write(to, formula_book(asked, places, years))
        click.echo(f"\nEvery share and how it came about is in {to}.")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _show(years: list[Year]) -> None:
    from totalplace.money.pence import pounds

    for year in years:
        scaled = "" if year.scaling is None else f"; gains scaled by {float(year.scaling):.6f}"
        click.echo(f"\nYear {year.number}: {pounds(year.quantum_pence)}{scaled}")
        rows = [
            [
                share.place.code, share.place.name, pounds(share.undamped_pence),
                pounds(share.pence),
                "not known" if share.change_pence is None else pounds(share.change_pence),
                "not known" if share.per_head_pence is None else pounds(share.per_head_pence),
            ]
            for share in year.shares
        ]  # fmt: skip
        table_of(["Code", "Area", "Before floors", "Share", "Change", "For each person"], rows)
