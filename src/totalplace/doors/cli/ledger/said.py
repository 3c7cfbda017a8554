"""What commands of a book are told, as the book takes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session

if TYPE_CHECKING:
    from totalplace.record.rules.chain import Citation

BOOK = click.argument("book")
RESTS_ON = click.option(
    "--rests-on", "rests_on", required=True, metavar="KIND:ID",
    help="What it rests on, such as invoice:INV-17 or letter:2026-04.",
)  # fmt: skip


def citation_of(said: str) -> Citation:
    """What something rests on, as KIND:ID. Raises Refused where it is not written so."""
    from totalplace.record.rules.chain import Citation
    from totalplace.refusal import Refused

    kind, colon, number = said.partition(":")
    if not (kind.strip() and colon and number.strip()):
        raise Refused(
            f"'{said}' does not say what it rests on",
            why="it is a kind and a number with a colon between",
            next_step="Write it such as invoice:INV-17",
        )
    return Citation(kind.strip(), number.strip())


def pence_of(said: str) -> int:
    """Pounds as they are typed, in pence; below nothing with a minus. Raises Refused for none."""
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.refusal import Refused

    below = said.strip().startswith("-")
    pence = said_pence(said.strip().lstrip("-"))
    if pence is None:
        raise Refused("No sum is given", why="it is empty", next_step="Write it such as 1250.50")
    return -pence if below else pence


def year_of(said: str) -> int:
    """The calendar year in which a financial year begins. Raises Refused for no year."""
    from totalplace.money.years import FinancialYear
    from totalplace.refusal import Refused

    try:
        return FinancialYear.parse(said).start
    except ValueError as error:
        raise Refused(
            f"'{said}' is no financial year", why="it is written 2026-27", next_step="Write it so"
        ) from error


def day_of(said: datetime | None, session: Session) -> date:
    """The day that is said, or today."""
    from totalplace.decisions.rules.days import local_day

    return said.date() if said is not None else local_day(session.now())
