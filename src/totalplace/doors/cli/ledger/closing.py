"""Closing periods, sealing, and computing a book again."""

from __future__ import annotations

from datetime import datetime

import click

from totalplace.doors.cli.ledger.said import BOOK
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural


@click.command()
@BOOK
@click.argument("until", type=DAY)
@pass_session
def close(session: Session, book: str, until: datetime) -> None:
    """Close all days of BOOK until the end of a month, 2026-06-30. They never open again."""
    session.open()
    from totalplace.ledger import actions

    row = actions.close_period(book, until.date(), by=session.by(), on=session.now())
    click.echo(
        f"{row.first_day} to {row.last_day} is closed. What comes late: post it with --late."
    )


@click.command()
@BOOK
@pass_session
def seal(session: Session, book: str) -> None:
    """Seal what is not sealed yet in BOOK: one batch, one entry on the record."""
    session.open()
    from totalplace.ledger import actions

    batch = actions.seal(book, by=session.by(), on=session.now())
    if batch is None:
        click.echo("Everything is sealed.")
        return
    click.echo(f"{plural(batch.postings, 'posting')} sealed as batch {batch.number}:")
    click.echo(batch.digest)


@click.command()
@BOOK
@pass_session
def verify(session: Session, book: str) -> None:
    """Compute BOOK again: its seals, their entries on the record, and its totals."""
    session.open()
    from totalplace.ledger import queries
    from totalplace.refusal import Refused

    found = queries.verify(book)
    for fault in found.faults:
        click.echo(fault)
    if found.faults:
        raise Refused(
            f"The book {book} is not what was posted",
            why=f"it has {plural(len(found.faults), 'fault')}, listed above",
            next_step="Bring back a backup from before, and find out who could change it",
        )
    click.echo(
        f"{plural(found.postings, 'posting')} and {plural(found.batches, 'seal')} are as they "
        f"were made; {found.unsealed:,} not sealed yet."
    )
