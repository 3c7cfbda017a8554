"""`totalplace invite`: a link for an officer's first sign-in, or after a password was lost."""

from __future__ import annotations

import click

from totalplace.doors import records
from totalplace.doors.cli.session import Session


@click.command()
@click.argument("code")
@click.option("--at", help="Where the service is, if not where its settings say.")
def invite(code: str, at: str | None) -> None:
    """Give an officer a link for one use, to set a password and a second factor.

    It holds for three days. CODE is the officer's, from `totalplace places officers`. Their former
    password, second factor and sessions end when it is used.
    """
    from totalplace.doors.web import server

    session = click.get_current_context().ensure_object(Session)
    address = server.address_chosen(session.home)  # which also reads what it signs with
    records.start_django(records.SERVICE)
    session.open()
    from totalplace.doors.web.sign_in.invitation import invite as invited

    path = invited(code, by=session.by(), on=session.now())
    click.echo(f"{(at or address).rstrip('/')}{path}")
