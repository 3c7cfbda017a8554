"""`totalplace agreements open-book`: the book of an agreement in force."""

from __future__ import annotations

import click

from totalplace.doors.cli.session import Session, pass_session


@click.command("open-book")
@click.argument("agreement")
@pass_session
def open_book(session: Session, agreement: str) -> None:
    """Open the book of AGREEMENT (PLACE/NUMBER), with all that its text promises."""
    session.open()
    from totalplace.agreements.actions import booking

    book = booking.open_book(agreement, by=session.by(), on=session.now())
    click.echo(f"The book {book.code} is open. See it with: totalplace ledger lines {book.code}")
