"""`totalplace monitoring answers`: who answers a finding by when, and each move of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.monitoring.queries.answering import ResponseRow

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_WHICH = click.argument("which", metavar="PLACE/NUMBER")
_HEADS: Final = ["Response", "About", "Stands", "The place owes", "The centre owes"]
_VERBS: Final = (
    "acknowledge", "say-the-cause", "propose-a-remedy", "agree-to-the-remedy",
    "decline-the-remedy", "review-it", "ask-to-close-it", "agree-to-close-it",
    "decline-to-close-it", "escalate",
)  # fmt: skip


@click.group()
def answers() -> None:
    """What both owners of a finding answer, by when, and what they did.

    A response has the number of its finding: wexshire/3.
    """


@answers.command("list")
@click.argument("place", default="")
@_JSON
@pass_session
def list_all(session: Session, place: str, as_json: bool) -> None:
    """List the responses of PLACE, or of all places: open ones first, what is late first."""
    session.open()
    from totalplace.monitoring.queries.answering import on_time, responses, worst_first
    from totalplace.monitoring.rules.answering_told import SIDES, on_time_told

    today = _today(session)
    rows = worst_first(responses(place), today)
    if as_json:
        as_array(plain(row, today) for row in rows)
        return
    if not rows:
        click.echo("No finding has been answered, and none waits for an answer.")
        return
    table_of(_HEADS, [_cells(row, today) for row in rows])
    for one in on_time(place or None, on=today):
        click.echo(f"For {SIDES[one.side]}: {on_time_told(one)}")


@answers.command("show")
@_WHICH
@_JSON
@pass_session
def show(session: Session, which: str, as_json: bool) -> None:
    """Show one response: its owners, what each owes by when, and all that happened."""
    session.open()
    from totalplace.decisions.definitions.reading import proclaimed
    from totalplace.monitoring.queries.answering import response_cited
    from totalplace.monitoring.rules.answering import DONE
    from totalplace.monitoring.rules.answering_told import SIDES, clock_told

    row, today = response_cited(which), _today(session)
    if as_json:
        as_array([plain(row, today)])
        return
    click.echo(row.about.headline or row.about.title)
    click.echo(f"It stands so: {row.course.stage}, with {row.course.rung.who}.")
    for clock in row.clocks:
        told = clock_told(clock, today, proclaimed())
        whose = row.owners.name(clock.side) if clock.side else "both sides together"
        click.echo(f"{whose} to {told.what}: {told.stands}")
    for move in row.moves:
        done = DONE[move.step.verb]
        click.echo(f"{move.step.day}, for {SIDES[move.step.side]}: {done}. {move.words}")
        if move.shown:
            click.echo(f"  What the figures showed: {move.shown}; SHA-256 {move.digest}")


@answers.command("open")
@_WHICH
@pass_session
def open_one(session: Session, which: str) -> None:
    """Ask both owners of a finding to answer it."""
    session.open()
    from totalplace.monitoring.actions.answering import open_for
    from totalplace.monitoring.queries.findings import finding

    found = finding(which)
    row = open_for(found.place, found.number, by=session.by(), on=session.now())
    owners = f"{row.owners.local_name} and {row.owners.central_name}"
    click.echo(f"Response {row.citation.id} is open: {owners} are asked.")


@answers.command("move")
@_WHICH
@click.argument("verb", type=click.Choice(_VERBS))
@click.option("--for", "side", type=click.Choice(["place", "centre"]), required=True,
              help="For which side; nobody answers for both.")  # fmt: skip
@click.option("--words", required=True, help="What is to be known; the public sees it.")
@click.option("--evidence", default="", help="What shows the cause.")
@click.option("--whom", default="", help="Who does the remedy.")
@click.option("--due", "due_on", type=DAY, help="By which day it is done.")
@click.option("--paid-by", default="", help="Who pays for it.")
@click.option("--promise", "pays", multiple=True, help="A promise that pays: PLACE/NUMBER/N.")
@click.option("--level", type=float, help="At which level of the series it is enough.")
@click.option("--review", "review_on", type=DAY, help="On which day both look at what it did.")
@click.option("--decision", default="", help="The decision that follows from it: BODY/NUMBER.")
@pass_session
def move(session: Session, which: str, verb: str, side: str, **said: Any) -> None:
    """Do one thing in a response, for one side; closing waits until the series bears it out."""
    session.open()
    from totalplace.agreements.rules.devolution import Side
    from totalplace.monitoring.actions.answering import Said
    from totalplace.monitoring.actions.answering import move as moves
    from totalplace.monitoring.queries.answering import response_cited
    from totalplace.monitoring.rules.answering import DONE, Verb

    row, does = response_cited(which), Verb(verb.replace("-", " "))
    for day in ("due_on", "review_on"):
        said[day] = said[day].date() if said[day] else None
    new = Said(Side(side), **said)
    home, by, on = session.files(), session.by(), session.now()
    made = moves(row.place, row.number, does, new, home=home, by=by, on=on)
    click.echo(f"{DONE[does]}. Response {which} stands so: {made.course.stage}.")
    if made.moves[-1].shown:
        click.echo(f"What the figures showed: {made.moves[-1].shown}.")


def plain(row: ResponseRow, on: date) -> dict[str, Any]:
    """A response for programs."""
    return {
        "response": row.citation.id,
        "title": row.about.title,
        "area": row.about.area,
        "sign": row.sign.value,
        "stage": row.course.stage.value,
        "opened": row.course.day.isoformat(),
        "closed": row.course.closed_on.isoformat() if row.course.closed_on else None,
        "local": row.owners.local_name,
        "central": row.owners.central_name,
        "agreement": row.agreement or None,
        "with": row.course.rung.who,
        "clocks": [
            {
                "owes": clock.side.value if clock.side else "both",
                "what": clock.owed.value,
                "since": clock.since.isoformat(),
                "due": clock.due.isoformat(),
                "met": clock.met.isoformat() if clock.met else None,
                "stands": clock.kept(on).value,
            }
            for clock in row.clocks
        ],
    }


def _cells(row: ResponseRow, on: date) -> list[str]:
    from totalplace.decisions.definitions.reading import proclaimed
    from totalplace.monitoring.rules.answering_told import SIDES, clock_told

    owed = {
        side: "; ".join(
            f"{told.what}, {told.stands}"
            for clock in row.due_next(on)
            if clock.side is side
            for told in (clock_told(clock, on, proclaimed()),)
        )
        for side in SIDES
    }
    about = f"{row.about.title}, {row.about.area_name}"
    return [row.citation.id, about, row.course.stage.value, *(owed.values())]


def _today(session: Session) -> date:
    from totalplace.decisions.rules.days import local_day

    now: datetime = session.now()
    return local_day(now)
