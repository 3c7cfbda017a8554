"""`totalplace decisions`: what is to be decided, by whom, and where each decision stands."""

from __future__ import annotations

import click

from totalplace.doors.cli.decisions.answering import answer, call_in, reconsider
from totalplace.doors.cli.decisions.bodies import add_body, appoint, list_bodies, set_rules
from totalplace.doors.cli.decisions.looking import list_all, plan, show, waiting
from totalplace.doors.cli.decisions.preparing import (
    advise,
    comment,
    declare_interest,
    mark_paper,
    paper,
    propose,
)
from totalplace.doors.cli.decisions.taking import (
    exception,
    notice,
    refuse,
    take,
    urgent,
    waive,
    withdraw,
)


@click.group()
def decisions() -> None:
    """What is to be decided, by which body, on what notice; taken, called in, in effect.

    DECISION is cited as BODY/NUMBER, such as wexshire-cabinet/3.
    """


for _command in (
    plan, list_all, show, waiting, list_bodies, add_body, set_rules, appoint, propose, notice,
    exception, urgent, paper, mark_paper, comment, advise, declare_interest, waive, take, refuse,
    withdraw, call_in, answer, reconsider,
):  # fmt: skip
    decisions.add_command(_command)
