"""Posting to a book: by hand, from a file, and turning a posting round."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from totalplace.doors.cli.ledger.said import (
    BOOK,
    RESTS_ON,
    citation_of,
    day_of,
    pence_of,
    year_of,
)
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural

_VERBS = [
    "promised", "allocated", "committed", "spent", "paid", "due", "received", "returned",
    "virement", "carry-forward",
]  # fmt: skip


@click.command()
@BOOK
@click.argument("verb", type=click.Choice(_VERBS))
@click.argument("pounds")
@click.option("--line", required=True, help="Of which line.")
@click.option("--year", required=True, help="Of which financial year, 2026-27.")
@click.option("--agency", default="", help="Of which agency, where it is of one.")
@click.option("--to-line", default="", help="To which line, for a virement.")
@click.option("--to-year", default="", help="To which year, for a carry-forward.")
@click.option("--received", default="0", help="How many pounds of what moves were received.")
@click.option("--day", type=DAY, help="The day that it is about; else today.")
@click.option("--note", default="", help="In a sentence.")
@click.option("--late", default="", help="Why it comes late: it gets the first open day.")
@RESTS_ON
@pass_session
def post(session: Session, book: str, verb: str, pounds: str, **said: Any) -> None:
    """Post that POUNDS of a line were VERB in BOOK.

    Below nothing (write -- before it) takes back what was promised, allocated, committed or due.
    """
    session.open()
    from totalplace.ledger import actions
    from totalplace.ledger.rules.deeds import Deed, Verb
    from totalplace.ledger.rules.posting_sheet import Given

    deed = Deed(
        verb=Verb(verb),
        line=said["line"],
        year=year_of(said["year"]),
        pence=pence_of(pounds),
        agency=said["agency"],
        to_line=said["to_line"],
        to_year=year_of(said["to_year"]) if said["to_year"] else None,
        received_pence=pence_of(said["received"]),
    )
    given = Given(
        deed, day_of(said["day"], session), citation_of(said["rests_on"]), said["note"],
        said["late"],
    )  # fmt: skip
    row = actions.do(book, given, by=session.by(), on=session.now())
    click.echo(f"Posted as {row.number}, on {row.day}.")


@click.command()
@BOOK
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def template(session: Session, book: str, path: Path) -> None:
    """Write a workbook at PATH to fill in with postings of BOOK."""
    session.open()
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.book import template_of

    with whole(path) as file:
        file.write(template_of(book))
    click.echo(f"Fill in {path}, and give it back with: totalplace ledger post-file {book} {path}")


@click.command("post-file")
@BOOK
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_session
def from_file(session: Session, book: str, path: Path) -> None:
    """Post all rows of the workbook or CSV file at PATH to BOOK, and seal them; or none."""
    session.open()
    from totalplace.ledger import actions, queries
    from totalplace.ledger.reading.posting_file import read_postings
    from totalplace.places.queries import agencies
    from totalplace.refusal import Refused

    given, faults = read_postings(
        path,
        name=path.name,
        payers={row.code: row.payer for row in queries.lines(book)},
        host=queries.book(book).host,
        agencies={one.code for one in agencies()},
    )
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise Refused(
            f"{path.name} was not posted",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and give it again",
        )
    first, last = actions.do_all(book, given, by=session.by(), on=session.now())
    click.echo(f"{plural(len(given), 'posting')} made and sealed: {first} to {last}.")


@click.command()
@BOOK
@click.argument("number", type=click.IntRange(1))
@click.option("--why", required=True, help="In a sentence; it stands in the book.")
@click.option("--day", type=DAY, help="The day that it is about; else that of the posting.")
@pass_session
def reverse(session: Session, book: str, number: int, why: str, day: datetime | None) -> None:
    """Turn posting NUMBER of BOOK round, once; then post anew what is right."""
    session.open()
    from totalplace.ledger import actions

    row = actions.reverse(
        book, number, why=why, day=day.date() if day else None, by=session.by(), on=session.now()
    )
    click.echo(f"Posting {number} is turned round by {row.number}, on {row.day}.")
