"""`totalplace agreements`: a block grant negotiated line by line, agreed, signed, and kept."""

from __future__ import annotations

import click


@click.group()
def agreements() -> None:
    """A block grant negotiated line by line, agreed by both sides, signed, and kept by both."""


# Each module of this folder adds its own group; `_GROUPS` names them in the order of use.
_GROUPS: tuple[click.Command, ...] = ()
for _command in _GROUPS:
    agreements.add_command(_command)
