"""`totalplace plan`: the grant divided among agencies so that outcomes are highest."""

from __future__ import annotations

import click

from totalplace.doors.cli.plan.appraisals_kept import appraisal
from totalplace.doors.cli.plan.appraise import appraise
from totalplace.doors.cli.plan.case import check, template
from totalplace.doors.cli.plan.records import RECORDS
from totalplace.doors.cli.plan.solving import solve
from totalplace.doors.cli.plan.weighing import known, money, paper
from totalplace.doors.cli.plan.weighing_costs import frontier, pressure, prices, why


@click.group()
def plan() -> None:
    """Divide the grant among agencies so that outcomes are highest, with the proof of it."""


# Each module of this folder has its own command or group; here they stand in the order of use.
_COMMANDS: tuple[click.Command, ...] = (
    template,
    check,
    solve,
    *RECORDS,
    known,
    prices,
    frontier,
    pressure,
    why,
    money,
    paper,
    appraisal,
    appraise,
)
for _command in _COMMANDS:
    plan.add_command(_command)
