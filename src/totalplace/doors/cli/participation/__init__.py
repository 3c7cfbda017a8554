"""`totalplace participation`: who is heard on a proposal, and how each was answered."""

from __future__ import annotations

import click

from totalplace.doors.cli.participation.answering import (
    answer,
    conclude,
    finish,
    reply,
    take_up,
)
from totalplace.doors.cli.participation.looking import lacking, list_all, show
from totalplace.doors.cli.participation.partnership import partnership
from totalplace.doors.cli.participation.preparing import (
    begin,
    extend,
    leave_out,
    open_hearing,
    paper,
    withdraw,
    write,
)
from totalplace.doors.cli.participation.public import (
    ask,
    codes,
    lives_here,
    paper_forms,
    results,
    themes,
)


@click.group()
def participation() -> None:
    """Hear agencies, the partnership and the public before anything is decided, and answer them.

    HEARING is its number.
    """


for _command in (
    list_all, show, lacking, begin, write, paper, leave_out, open_hearing, extend, reply, take_up,
    answer, finish, conclude, withdraw, ask, codes, paper_forms, lives_here, themes, results,
    partnership,
):  # fmt: skip
    participation.add_command(_command)
