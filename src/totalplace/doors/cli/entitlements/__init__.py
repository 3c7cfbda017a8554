"""`totalplace entitlements`: national guarantees, what they come to, and places above the floor."""

from __future__ import annotations

import click

from totalplace.doors.cli.entitlements.acting import (
    cost,
    enact,
    end_variant,
    propose,
    put_shipped,
    repeal,
    set_variant,
    withdraw,
)
from totalplace.doors.cli.entitlements.asking import ask, need, test
from totalplace.doors.cli.entitlements.looking import floors, list_all, show


@click.group()
def entitlements() -> None:
    """The few national guarantees: who is entitled to what, under which law, and what it costs."""


for _command in (
    list_all, show, floors, test, ask, need, propose, enact, withdraw, repeal, cost, put_shipped,
    set_variant, end_variant,
):  # fmt: skip
    entitlements.add_command(_command)
