"""Books, balances and postings, on a terminal and for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from totalplace.doors.cli.ledger.said import BOOK
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

_DAY = click.option("--day", type=DAY, help="About days up to this one; else all.")
_KNOWN = click.option("--known-on", type=DAY, help="As known at the end of this day; else now.")
_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, sums in pence.")


@click.command("list")
@pass_session
def list_all(session: Session) -> None:
    """List the books."""
    session.open()
    from totalplace.ledger import queries

    rows = [
        [row.code, row.title, row.host_name, row.years_in_words, queries.unsealed(row.code)]
        for row in queries.books()
    ]
    if not rows:
        click.echo("There are no books. Open one with: totalplace ledger open")
        return
    table_of(["Book", "Title", "Host", "Years", "Not sealed"], rows)


@click.command()
@BOOK
@pass_session
def lines(session: Session, book: str) -> None:
    """List the lines of BOOK, and its limits."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.ledger import queries
    from totalplace.money.pence import pounds

    its = queries.book(book)
    table_of(
        ["Line", "Title", "Payer", "Nature", "From", "Until", "Conditions"],
        [
            [r.code, r.title, r.payer_name, r.nature.value, r.first_day or "", r.last_day or "",
             r.conditions]
            for r in queries.lines(book)
        ],
    )  # fmt: skip
    for one in queries.limits(its.code, local_day(session.now())):
        click.echo(f"{one.name}: {one.bound} {pounds(one.pence or 0)} ({one.citation})")


@click.command()
@BOOK
@_DAY
@_KNOWN
@_JSON
@pass_session
def balances(
    session: Session, book: str, day: datetime | None, known_on: datetime | None, as_json: bool
) -> None:
    """Show the balance of every account of BOOK: debits less credits."""
    session.open()
    from totalplace.ledger import queries
    from totalplace.money.pence import pounds
    from totalplace.money.years import FinancialYear

    asked: dict[str, Any] = {
        "day": day.date() if day else None, "known_on": known_on.date() if known_on else None,
    }  # fmt: skip
    found = queries.balances(book, **asked)
    if as_json:
        as_array(
            {"heading": a.heading, "agency": a.agency, "line": a.line, "year": a.year,
             "pence": pence}
            for a, pence in found.items()
        )  # fmt: skip
        return
    rows = [
        [a.line, FinancialYear(a.year).label, a.heading.value, a.agency, pounds(pence)]
        for a, pence in found.items()
    ]
    table_of(["Line", "Year", "Heading", "Agency", "Balance"], rows)


@click.command()
@BOOK
@click.option("--from", "first", type=DAY, help="About days from this one on.")
@click.option("--until", "last", type=DAY, help="About days up to this one.")
@_KNOWN
@_JSON
@pass_session
def postings(session: Session, book: str, as_json: bool, **said: datetime | None) -> None:
    """Show the postings of BOOK, in the order in which they were made."""
    session.open()
    from totalplace.ledger import queries
    from totalplace.money.pence import pounds

    asked: dict[str, Any] = {name: one.date() if one else None for name, one in said.items()}
    found = queries.postings(book, **asked)
    if as_json:
        from totalplace.doors.report.book import posting_told

        as_array(posting_told(row) for row in found)
        return
    for row in found:
        turned = f", reverses {row.reverses}" if row.reverses else ""
        turned += f", reversed by {row.reversed_by}" if row.reversed_by else ""
        click.echo(f"{row.number}  {row.day}  {row.kind}{turned}  {row.citation}  {row.note}")
        for t in row.transfers:
            click.echo(f"    {pounds(t.pence):>20}  into {t.debit}; out of {t.credit}")


@click.command("export")
@BOOK
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def export(session: Session, book: str, path: Path) -> None:
    """Write BOOK to PATH as plain text that beancount and its kin read, amounts in GBP."""
    session.open()
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.beancount import beancount_of

    with whole(path) as file:
        for text in beancount_of(book):
            file.write(text.encode())
    click.echo(f"{book} is written to {path}.")
