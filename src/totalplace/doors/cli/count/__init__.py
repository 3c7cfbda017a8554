"""`totalplace count`: what every body of a place spends, each pound once, frozen as editions."""

from totalplace.doors.cli.count.counting import count
from totalplace.doors.cli.count.editions import (
    again,
    decisions,
    differences,
    freeze,
    list_editions,
    show,
)
from totalplace.doors.cli.count.rulings import list_rulings, rule, withdraw

__all__ = ["count"]

for _command in (
    freeze,
    list_editions,
    show,
    again,
    differences,
    *decisions,
    rule,
    withdraw,
    list_rulings,
):
    count.add_command(_command)
