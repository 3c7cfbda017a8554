"""`totalplace sources`: add files as they are published, see how they were read, get faults back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.sources.actions import Added, NotAdded

_TALLY = (
    "rows_in", "preamble_rows", "header_rows", "blank_rows", "total_rows", "payments", "cards",
    "commitments", "faults", "sum_pence",
)  # fmt: skip
_MORE = (
    "cards_pence", "commitments_pence", "faults_pence", "totals_pence", "redacted",
    "cells_not_read", "undated", "trailing_minus", "serial_dates",
)  # fmt: skip
_ROLES = ("amount", "date", "payee", "unit", "purpose", "reference")


@click.group()
def sources() -> None:
    """Files that agencies publish: add them, see how they were read, give faults back."""


@sources.command()
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
        outcomes = list(
            actions.add(files, terms, home=session.files(), by=by, on=now, seen=seen, swift=swift)
        )
    if as_json:
        rows = [r for outcome in outcomes for r in _as_json(outcome)]
        click.echo("[\n" + ",\n".join(json.dumps(r, default=str) for r in rows) + "\n]")
    else:
        _show(outcomes)
    if outcomes and not any(hasattr(o, "tables") for o in outcomes):
        raise SystemExit(2)


def _as_json(outcome: Added | NotAdded) -> Iterator[dict[str, Any]]:
    """The contract of `--json`: one object a table, and one for each file that was refused."""
    if not hasattr(outcome, "tables"):
        refused = outcome.refused
        yield {
            "file": str(outcome.path),
            "refused": {"what": refused.what, "why": refused.why, "next_step": refused.next_step},
        }
        return
    for table in outcome.tables:
        columns = table.columns
        yield {
            "file": str(outcome.path),
            "document": table.file,
            "sheet": table.sheet,
            "sha256": outcome.sha256,
            **{name: getattr(table.tally, name) for name in _TALLY},
            "vat_basis": table.layout.vat_basis.value,
            "negative_payments": table.tally.negative_payments,
            "duplicates_flagged": table.tally.duplicates_flagged,
            "columns": {role: columns.get(role) for role in _ROLES}
            | {role: taken for role, taken in columns.items() if role not in _ROLES},
            "encoding": table.encoding,
            "first_date": table.first_date,
            "last_date": table.last_date,
            **{name: getattr(table.tally, name) for name in _MORE},
            "unsure": list(table.unsure),
            "notices": list(table.notices),
            "notes": list(outcome.notes),
            "refused": None,
        }


def _show(outcomes: list[Added | NotAdded]) -> None:
    from totalplace.doors.cli.showing import plural, table_of
    from totalplace.money.pence import pounds

    rows, notes = [], []
    for outcome in outcomes:
        if not hasattr(outcome, "tables"):
            notes.append(str(outcome.refused))
            continue
        notes += [f"{outcome.path.name}: {note}" for note in outcome.notes]
        for t in outcome.tables:
            name = f"{t.file} · {t.sheet}" if t.sheet else t.file
            rows.append(
                [
                    name, t.tally.rows_in, t.tally.payments, t.tally.cards, t.tally.commitments,
                    t.tally.faults, pounds(t.tally.sum_pence), t.tally.negative_payments,
                    t.tally.duplicates_flagged, t.layout.vat_basis.value,
                ]
            )  # fmt: skip
            notes += [f"{name}: {sentence}" for sentence in (*t.unsure, *t.notices)]
    if rows:
        heads = [
            "Table", "Rows", "Payments", "Cards", "Contracts", "Faults", "Payments come to",
            "Negative", "Copies", "VAT",
        ]  # fmt: skip
        table_of(heads, rows)
        faults = sum(r[5] for r in rows)
        click.echo(f"{plural(len(rows), 'table')} read; {plural(faults, 'row')} refused as faults.")
        if faults:
            click.echo("See them with: totalplace sources faults --xlsx faults.xlsx")
    for note in notes:
        click.echo(f"- {note}", err=True)
