"""`totalplace sources`: add files as they are published, see how they were read, give faults back.

What is asked for goes to stdout; progress and what an officer should know, to stderr.
"""

from __future__ import annotations

import click

from totalplace.doors.cli.sources.adding import add, reread
from totalplace.doors.cli.sources.erasing import erase, tombstones, verify
from totalplace.doors.cli.sources.faults import faults
from totalplace.doors.cli.sources.held import list_all, show
from totalplace.doors.cli.sources.returns import returns


@click.group()
def sources() -> None:
    """Files that agencies publish: add them, see how they were read, give faults back."""


for _command in (add, list_all, show, faults, reread, returns, erase, tombstones, verify):
    sources.add_command(_command)
