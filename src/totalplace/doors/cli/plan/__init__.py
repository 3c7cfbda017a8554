"""`totalplace plan`: the grant divided among agencies so that outcomes are highest."""

from __future__ import annotations

import click

from totalplace.doors.cli.plan.appraise import appraisal, appraise


@click.group()
def plan() -> None:
    """Divide the grant among agencies so that outcomes are highest, with the proof of it."""


# Each module of this folder has its own command or group; here they stand in the order of use.
_COMMANDS: tuple[click.Command, ...] = (appraisal, appraise)
for _command in _COMMANDS:
    plan.add_command(_command)
