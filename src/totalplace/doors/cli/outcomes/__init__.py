"""`totalplace outcomes`: what is watched, what was read of it, and areas beside each other."""

from __future__ import annotations

import click

from totalplace.doors.cli.outcomes.adding import add, define, drafts, give, neighbours
from totalplace.doors.cli.outcomes.looking import (
    aside,
    compare,
    forms,
    list_all,
    show,
    undefined,
    vintages,
)
from totalplace.doors.cli.outcomes.targets import targets


@click.group()
def outcomes() -> None:
    """What is watched in a place, what was read of it, and areas beside each other.

    INDICATOR is a code, such as persistent-absence; AREA is a code as published, such as E10000017.
    """


for _command in (
    list_all, show, compare, add, forms, vintages, aside, undefined, drafts, define, give,
    neighbours,
    targets,
):  # fmt: skip
    outcomes.add_command(_command)
