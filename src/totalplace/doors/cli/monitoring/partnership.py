"""`totalplace monitoring partnership`: rounds of questions, and what may be told of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from datetime import date

    from totalplace.monitoring.queries.partnership import RoundRow

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("partnership")
def partnership() -> None:
    """How people judge the partnership, each answering alone."""


@partnership.command("open")
@click.argument("place")
@click.argument("ending")
@click.argument("bodies", nargs=-1)
@click.option("--until", type=_DAY, required=True, help="The last day on which to answer.")
@pass_session
def open_(
    session: Session, place: str, ending: str, bodies: tuple[str, ...], until: datetime
) -> None:
    """Ask about the partnership of PLACE in the quarter that ends with month ENDING.

    BODIES are codes of members and of departments; none: every member, and no department.
    """
    from totalplace.decisions.rules.days import local_day
    from totalplace.monitoring.actions.partnership import open_round
    from totalplace.monitoring.queries.partnership import can_be_asked
    from totalplace.monitoring.rules.capacity import QUARTER, period_ending
    from totalplace.readiness.rules.scale import Side

    session.open()
    on = session.now()
    members = [o.agency for o in can_be_asked(place, on=local_day(on)) if o.side is Side.PLACE]
    row = open_round(
        place, period_ending(ending, QUARTER), closes_on=until.date(), bodies=bodies or members,
        by=session.by(), on=on,
    )  # fmt: skip
    click.echo(f"Round {row.citation.id} is open until the end of {row.closes_on:%-d %B %Y}.")
    _asked(row, {})


@partnership.command("close")
@click.argument("citation")
@click.option("--reason", required=True, help="Why before its day.")
@pass_session
def close(session: Session, citation: str, reason: str) -> None:
    """Close the round PLACE/NUMBER before its day; what was answered stands."""
    from totalplace.monitoring.actions.partnership import close_round

    session.open()
    close_round(citation, reason=reason, by=session.by(), on=session.now())
    click.echo("It is closed.")


@partnership.command("show")
@click.argument("what")
@pass_session
def show(session: Session, what: str) -> None:
    """Show the rounds of a PLACE, or what the round PLACE/NUMBER says."""
    from totalplace.decisions.rules.days import local_day
    from totalplace.monitoring.queries.partnership import round_of, rounds

    session.open()
    day = local_day(session.now())
    if "/" in what:
        _show(round_of(what), day)
        return
    rows = [
        (one.citation.id, one.quarter.said, f"{one.closes_on}", "open" if one.is_open(day) else "")
        for one in rounds(what)
    ]
    table_of(("Round", "Quarter", "Until", ""), rows)


def _show(row: RoundRow, day: date) -> None:
    from totalplace.doors.report.partnership import agency_names, principle_rows
    from totalplace.monitoring.queries.partnership import answered, results_of
    from totalplace.monitoring.rules.partnership import relations
    from totalplace.monitoring.rules.partnership_told import differing, relation

    click.echo(f"{row.place_name}, {row.quarter.said}")
    _asked(row, answered(row))
    if day < row.closed_from():
        click.echo(f"There are no results before the end of {row.closes_on:%-d %B %Y}.")
        return
    found, names = results_of(row, on=day), agency_names()
    for about in dict.fromkeys(about for about, _ in relations(row.asked)):
        click.echo(f"\n{relation(about, names)}")
        heads, rows = principle_rows(row, found, names, about)
        table_of(heads, rows)
        for said in differing(found, row.questions, names, about):
            click.echo(said)


def _asked(row: RoundRow, answered: dict[str, int]) -> None:
    for one in row.asked:
        said = f", {answered[one.agency]} answered" if answered else ""
        click.echo(f"{one.agency}: {plural(one.people, 'officer')} can answer{said}")
