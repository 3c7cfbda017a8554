"""`totalplace readiness`: a place and the centre assess apart, meet and agree."""

from __future__ import annotations

import click

from totalplace.doors.cli.readiness.acting import (
    agree,
    begin,
    facts,
    followed,
    put,
    score,
    withdraw,
)
from totalplace.doors.cli.readiness.evidence import agree_waiver, evidence, waive
from totalplace.doors.cli.readiness.looking import lacking, list_all, opens, show


@click.group()
def readiness() -> None:
    """Whether a place is ready: scored apart and unseen by place and centre, then agreed.

    ASSESSMENT is cited as PLACE/NUMBER, such as wexshire/1. AREA is strategy, people, finance or
    reporting; LEVEL is emerging, developing, core or advanced.
    """


for _command in (
    list_all, show, lacking, opens, begin, facts, evidence, score, put, agree, withdraw, waive,
    agree_waiver, followed,
):  # fmt: skip
    readiness.add_command(_command)
