"""`totalplace places`: places and their agencies, and the register of areas and bodies."""

from __future__ import annotations

import click

from totalplace.doors.cli.places.members import add, add_agency, join, list_all
from totalplace.doors.cli.places.officers import (
    appoint,
    end_mandate,
    grant,
    list_allowed,
    list_mandates,
    list_officers,
    retire,
)
from totalplace.doors.cli.places.register import areas, conflicts, load
from totalplace.doors.cli.places.shown import share, show
from totalplace.doors.cli.places.within import register_bodies, set_areas


@click.group()
def places() -> None:
    """Places, their agencies, officers and mandates; the register of areas and bodies."""


for _command in (
    list_all, show, add, add_agency, join, load, areas, set_areas, register_bodies, share,
    conflicts,
    list_officers, appoint, retire, grant, end_mandate, list_mandates, list_allowed,
):  # fmt: skip
    places.add_command(_command)
