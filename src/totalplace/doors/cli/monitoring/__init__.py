"""`totalplace monitoring`: what slipped, since when, how sure, and who answers."""

from __future__ import annotations

import click

from totalplace.doors.cli.monitoring.answering import answers
from totalplace.doors.cli.monitoring.capacity import capacity
from totalplace.doors.cli.monitoring.findings import findings, rebase, set_promise
from totalplace.doors.cli.monitoring.looking import look, run, template
from totalplace.doors.cli.monitoring.partnership import partnership


@click.group()
def monitoring() -> None:
    """See what slipped, since when and how sure; and who answers for it."""


# Each module of this folder has its own command or group; here they stand in the order of use.
_COMMANDS: tuple[click.Command, ...] = (
    look,
    template,
    run,
    findings,
    set_promise,
    rebase,
    answers,
    capacity,
    partnership,
)
for _command in _COMMANDS:
    monitoring.add_command(_command)
