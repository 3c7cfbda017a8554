"""`totalplace agreements`: a block grant negotiated line by line, agreed, signed, and kept."""

from __future__ import annotations

import click

from totalplace.doors.cli.agreements.booking import open_book
from totalplace.doors.cli.agreements.docket import docket
from totalplace.doors.cli.agreements.drafts import draft
from totalplace.doors.cli.agreements.formula import formula
from totalplace.doors.cli.agreements.models import models
from totalplace.doors.cli.agreements.negotiation import list_all, negotiation, open_one, sets
from totalplace.doors.cli.agreements.offers import offer
from totalplace.doors.cli.agreements.promises import promises
from totalplace.doors.cli.agreements.published import lines
from totalplace.doors.cli.agreements.sign import file_to_sign, receipt, renew, sign, signed
from totalplace.doors.cli.agreements.text import (
    act,
    begin,
    list_agreements,
    show_agreement,
    text,
    tidy,
    write,
)
from totalplace.doors.cli.agreements.verify import verify


@click.group()
def agreements() -> None:
    """A block grant negotiated line by line, agreed by both sides, signed, and kept by both."""


# Each module of this folder has its own command or group; here they stand in the order of use.
for _command in (
    models,
    formula,
    lines,
    list_all,
    open_one,
    negotiation,
    sets,
    draft,
    offer,
    begin,
    list_agreements,
    show_agreement,
    text,
    tidy,
    write,
    act,
    open_book,
    file_to_sign,
    sign,
    signed,
    receipt,
    verify,
    renew,
    promises,
    docket,
):
    agreements.add_command(_command)
