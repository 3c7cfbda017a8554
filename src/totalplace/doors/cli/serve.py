"""`totalplace serve`: the pages, and the work that they ask for, until it is stopped."""

from __future__ import annotations

import click

from totalplace.doors.cli.session import Session


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64),
    help="Processes that answer pages.",
)  # fmt: skip
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 64),
    help="Threads of each; each keeps one connection to the records.",
)  # fmt: skip
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Answer pages, and do the work that they ask for, until stopped.

    With nothing said it is for this computer alone. For others to reach it, say in the environment
    TOTALPLACE_SECRET_KEY, TOTALPLACE_HOSTS and TOTALPLACE_HTTPS; without, it does not start.
    """
    from totalplace.doors.web import server

    session = click.get_current_context().ensure_object(Session)
    listens = server.Listens(host, port, workers, threads)
    server.check(listens, session.home)
    server.serve(listens, session.home, ready=_say)


def _say(address: str) -> None:
    click.echo(f"Total Place is open at {address} (stop it with Ctrl+C)")
