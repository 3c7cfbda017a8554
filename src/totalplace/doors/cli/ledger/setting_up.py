"""Opening a book, its lines and its limits."""

from __future__ import annotations

from typing import Any

import click

from totalplace.doors.cli.ledger.said import (
    BOOK,
    RESTS_ON,
    citation_of,
    day_of,
    pence_of,
    year_of,
)
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session

_BOUNDS = ["at most", "at least", "moved out", "moved in"]


@click.command("open")
@BOOK
@click.option("--title", required=True, help="What it is called.")
@click.option("--place", required=True, help="Code of the place.")
@click.option("--host", required=True, help="Code of the agency that keeps it.")
@click.option("--from", "first", required=True, help="First financial year, 2026-27.")
@click.option("--to", "last", required=True, help="Last financial year, 2028-29.")
@pass_session
def open_book(session: Session, book: str, **said: str) -> None:
    """Open BOOK for a place, kept by a host."""
    session.open()
    from totalplace.ledger import actions

    new = actions.NewBook(
        said["title"], said["place"], said["host"], year_of(said["first"]), year_of(said["last"])
    )
    row = actions.open_book(book, new, by=session.by(), on=session.now())
    click.echo(f"{row.title} is open as {row.code}, for {row.years_in_words}. Add its lines:")
    click.echo(f"totalplace ledger line {row.code} LINE --title TITLE --payer AGENCY")


@click.command()
@BOOK
@click.argument("line")
@click.option("--title", required=True, help="What the grant or contribution is called.")
@click.option("--payer", required=True, help="Code of the agency that pays it.")
@click.option("--capital", is_flag=True, help="It is capital, which never becomes revenue.")
@click.option("--from", "first_day", type=DAY, help="First day on which it may be spent.")
@click.option("--until", "last_day", type=DAY, help="Last day on which it may be spent.")
@click.option("--conditions", default="", help="On which conditions, in words.")
@RESTS_ON
@pass_session
def line(session: Session, book: str, line: str, **said: Any) -> None:
    """Add LINE to BOOK: a grant or contribution, whose colour its money keeps."""
    session.open()
    from totalplace.ledger import actions
    from totalplace.ledger.rules.accounts import Nature

    new = actions.NewLine(
        title=said["title"],
        payer=said["payer"],
        nature=Nature.CAPITAL if said["capital"] else Nature.REVENUE,
        citation=citation_of(said["rests_on"]),
        first_day=said["first_day"].date() if said["first_day"] else None,
        last_day=said["last_day"].date() if said["last_day"] else None,
        conditions=said["conditions"],
    )
    row = actions.add_line(book, line, new, by=session.by(), on=session.now())
    click.echo(f"{row.title} is the line {row.code}: {row.nature}, paid by {row.payer_name}.")


@click.command()
@BOOK
@click.argument("name")
@click.option("--bound", type=click.Choice(_BOUNDS), required=True, help="What it bounds.")
@click.option("--pounds", default="", help="How much; leave it out to lift the limit.")
@click.option("--line", "lines", multiple=True, help="Of these lines; say each. Else of any.")
@click.option("--agency", default="", help="Of this agency; else of any.")
@click.option("--heading", default="", help="Of this heading; else of all that is given out.")
@click.option("--year", default="", help="Of this financial year; else of any.")
@click.option("--from", "first_day", type=DAY, help="From this day on; else from today.")
@RESTS_ON
@pass_session
def limit(session: Session, book: str, name: str, **said: Any) -> None:
    """Set the limit NAME of BOOK; an earlier one of that name is replaced."""
    session.open()
    from totalplace.ledger import actions
    from totalplace.ledger.rules.accounts import Heading
    from totalplace.ledger.rules.limits import Bound, Limit
    from totalplace.refusal import Refused

    if said["heading"] and said["heading"] not in set(Heading):
        raise Refused(
            f"'{said['heading']}' is no heading",
            why=f"the headings are {', '.join(Heading)}",
            next_step="Choose one of them, or leave it out",
        )
    new = Limit(
        name=name,
        bound=Bound(said["bound"]),
        pence=pence_of(said["pounds"]) if said["pounds"] else None,
        first_day=day_of(said["first_day"], session),
        citation=citation_of(said["rests_on"]),
        lines=tuple(said["lines"]),
        agency=said["agency"],
        heading=Heading(said["heading"]) if said["heading"] else None,
        year=year_of(said["year"]) if said["year"] else None,
    )
    actions.set_limit(book, new, by=session.by(), on=session.now())
    click.echo(f"The limit '{name}' {'is lifted' if new.pence is None else 'holds'} from "
               f"{new.first_day}.")  # fmt: skip
