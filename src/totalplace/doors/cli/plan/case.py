"""`totalplace plan template` and `plan check`: the workbook from which a plan is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.commissioning.rules.case import Case
    from totalplace.commissioning.rules.case_tables import CaseFaults

_FILE = click.Path(path_type=Path, dir_okay=False)
_CASE = click.argument("path", type=click.Path(path_type=Path))
_MOST_SHOWN = 200


@click.command("template")
@click.argument("path", type=_FILE)
@click.option("--place", default="", help="Fill in what the records know of this place.")
@click.option("--edition", default="", help="From this edition of the count: PLACE/YEAR/NUMBER.")
@click.option("--from", "first", default="", help="First financial year, such as 2027-28.")
@click.option("--years", type=click.IntRange(1, 10), default=1, help="How many years.")
@click.pass_context
def template(
    context: click.Context, path: Path, *, place: str, edition: str, first: str, years: int
) -> None:
    """Write the workbook of a case to PATH, to be filled in.

    With --place it has a row for each line of the place's count, its targets, its guarantees and
    the funds of its agreement, so far as the records know them.
    """
    from totalplace.commissioning.definitions.reading import register
    from totalplace.commissioning.rules.case_blank import blank
    from totalplace.doors.report.case_book import tables_book

    notes: list[str] = []
    session = context.ensure_object(Session)
    start = _first_year(session, first)
    if place or edition:
        tables, notes = _from_records(session, place, edition, (start, years))
    else:
        tables = blank("", start, years)
    write_whole(path, tables_book(tables, known=register().values()))
    click.echo(f"The workbook is in {path}. Fill it in, then: totalplace plan check {path}")
    for note in notes:
        click.echo(f"- {note}")


def _first_year(session: Session, said: str) -> int:
    from totalplace.money.years import FinancialYear
    from totalplace.refusal import Refused

    if not said:
        return FinancialYear.of(session.now().date()).start + 1
    try:
        return FinancialYear.parse(said).start
    except ValueError as error:
        raise Refused(
            "The workbook was not written",
            why=f"{said!r} is no financial year",
            next_step="Write it such as 2027-28",
        ) from error


def _from_records(
    session: Session, place: str, edition: str, years: tuple[int, int]
) -> tuple[dict[str, list[list[str]]], list[str]]:
    from totalplace.doors import records

    records.start_django()
    session.open()
    from totalplace.commissioning.queries.first_case import first_case
    from totalplace.decisions.rules.days import local_day

    found = first_case(
        place, home=session.files(), edition=edition, years=years, on=local_day(session.now())
    )
    return found.tables, list(found.notes)


@click.command("check")
@_CASE
@click.option("--xlsx", type=_FILE, help="Write it back with the faulty cells marked.")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def check(path: Path, *, xlsx: Path | None, as_json: bool) -> None:
    """Look for faults in the case at PATH: a workbook, or a folder of CSV files. Nothing is kept.

    PATH may also be the text of a case, as the records keep it. Every fault is found at once, each
    with its cell, why it is one, and what to do.
    """
    from totalplace.commissioning.reading.case_file import read_tables
    from totalplace.commissioning.rules.case_tables import CaseFaults, case_of
    from totalplace.doors.report.case_book import tables_book

    tables = read_tables(path)
    read = case_of(tables)
    faults = read.faults if isinstance(read, CaseFaults) else ()
    if xlsx is not None:
        write_whole(xlsx, tables_book(tables, faults))
    if as_json:
        click.echo(json.dumps([_told(one) for one in faults], ensure_ascii=False, indent=1))
    if isinstance(read, CaseFaults):
        _show_faults(read, quiet=as_json)
        raise read.refused(path.name)
    if not as_json:
        _show_case(read)


def _told(fault: object) -> dict[str, str]:
    return {key: str(getattr(fault, key)) for key in ("sheet", "cell", "found", "why", "next_step")}


def _show_faults(read: CaseFaults, *, quiet: bool) -> None:
    if quiet:
        return
    table_of(
        ["Sheet", "Cell", "Found", "Why", "What to do"],
        [[f.sheet, f.cell, f.found[:40], f.why, f.next_step] for f in read.faults[:_MOST_SHOWN]],
    )
    more = len(read) - _MOST_SHOWN
    if more > 0:
        click.echo(f"and {plural(more, 'fault')} more; --xlsx marks them all in the workbook")


def _show_case(case: Case) -> None:
    from totalplace.commissioning.rules.case_text import digest_of
    from totalplace.money.pence import pounds

    movable = [one for one in case.options if one.movable]
    click.echo(
        f"No fault was found: {plural(len(case.options), 'option')}, "
        f"{plural(len(case.wanted), 'outcome')}, {plural(len(case.funds), 'fund')}, "
        f"{plural(len(case.rules), 'rule')}, {plural(case.years, 'year')}."
    )
    click.echo(
        f"{pounds(case.now_pence)} a year is spent now; the plan may move the "
        f"{pounds(sum(one.now_pence for one in movable))} of {plural(len(movable), 'option')} "
        "whose effects are known, or were accepted."
    )
    if not case.weights_by:
        click.echo(
            "It does not say which decision set its weights. It can be solved, and no plan of it "
            "can be proposed: write the decision in the sheet Plan, beside 'Weights set by'."
        )
    click.echo(f"Known again by {digest_of(case)}.")


def read_whole(path: Path) -> Case:
    """The case of a file, without a fault; else its faults are shown. Raises Refused with them."""
    from totalplace.commissioning.reading.case_file import read_case
    from totalplace.commissioning.rules.case_tables import CaseFaults

    read = read_case(path)
    if isinstance(read, CaseFaults):
        for fault in read.faults[:_MOST_SHOWN]:
            click.echo(str(fault), err=True)
        raise read.refused(path.name)
    return read


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
