"""`totalplace participation partnership`: who sits, meetings, votes, advice, offers, support."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from totalplace.doors.cli.participation.partnership_said import (
    ADVICE,
    MOTIONS,
)
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def partnership() -> None:
    """The partnership of a place: it debates and advises, and decides nothing.

    PLACE is the code of its place; meetings, motions and seats are known by their number.
    """


@partnership.command()
@click.argument("place")
@click.option("--json", "as_json", is_flag=True, help="As open data (Popolo).")
@pass_session
def show(session: Session, place: str, as_json: bool) -> None:
    """Show the partnership of PLACE: who sits, its meetings, and what it advised."""
    session.open()
    from totalplace.doors.popolo import popolo_of
    from totalplace.participation.queries import partnership as queries

    today = _today(session)
    row = queries.partnership(place)
    if as_json:
        click.echo(json.dumps(popolo_of(place, on=today), indent=1))
        return
    click.echo(f"{row.name}: {row.purpose} It advises {row.accountable_name}, and decides nothing.")
    shown = row.rules_on(today).members_public
    seats = row.seats_on(today)
    if shown and seats:
        table_of(["Seat", "Whose", "Sector", "Vote", "Who"], [
            [str(seat.number), seat.name, seat.sector.value, seat.standing.value,
             ", ".join(one.name for one in seat.people(today))]
            for seat in seats
        ])  # fmt: skip
    for one in queries.meetings(place):
        click.echo(f"Meeting {one.number}, {one.title}, {one.day}: {one.stage}.")
    for said in queries.advice(place):
        click.echo(f"Advice {said.number}: {said.words} ({said.standing(today)})")


@partnership.command("set-up")
@click.argument("place")
@click.option("--name", required=True, help="What it is called.")
@click.option("--purpose", required=True, help="What it is for.")
@click.option("--advises", "accountable", required=True, help="Code of the accountable body.")
@pass_session
def set_up(session: Session, place: str, name: str, purpose: str, accountable: str) -> None:
    """Set up the partnership of PLACE, with the usual rules until it sets its own."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    row = actions.set_up(
        place, name=name, purpose=purpose, accountable=accountable, by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"{row.name} is set up. It advises {row.accountable_name}, and decides nothing.")


@partnership.command("set-rules")
@click.argument("place")
@click.option("--source", required=True, help="Where they are written.")
@click.option("--from", "first_day", type=DAY, help="First day, 2026-09-01; else today.")
@click.option("--quorum", "quorum_seats", type=int, help="Voting seats that make a quorum.")
@click.option("--sectors", "quorum_sectors", type=int, help="Of how many sectors.")
@click.option("--notice", "notice_days", type=int, help="Clear days of notice of a meeting.")
@click.option("--answer-within", "answer_days", type=int, help="Days to answer advice.")
@click.option("--weighted/--not-weighted", default=None, help="Whether votes are weighed.")
@click.option("--public/--private", "members_public", default=None, help="Who sits.")
@pass_session
def set_rules(session: Session, place: str, source: str, **said: Any) -> None:
    """Set rules of PLACE's partnership; what is not said stays as it is."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.queries.partnership import partnership as found
    from totalplace.participation.rules.partnership.own_rules import OwnRules

    first = said.pop("first_day")
    day = first.date() if first else _today(session)
    now = asdict(found(place).rules_on(_today(session)))
    wanted = {key: value for key, value in said.items() if value is not None}
    rules = OwnRules(**{**now, **wanted, "first_day": day, "source": source})
    actions.set_rules(place, rules, by=session.by(), on=session.now())
    click.echo(f"The partnership of {place} goes by these rules from {day}.")


@partnership.command("add-seat")
@click.argument("place")
@click.option("--name", required=True, help="Whose seat it is.")
@click.option("--sector", required=True, help="agency, business, 'voluntary and community' "
              "or residents.")  # fmt: skip
@click.option("--agency", default="", help="Code of the agency, for the sector agency.")
@click.option("--observer", is_flag=True, help="It looks on, and has no vote.")
@click.option("--weight", type=int, default=1, help="Of its vote, where votes are weighed.")
@pass_session
def add_seat(session: Session, place: str, **said: Any) -> None:
    """Make a seat in the partnership of PLACE."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.rules.partnership.members import NewSeat, Standing, sector_of

    standing = Standing.OBSERVER if said["observer"] else Standing.VOTING
    new = NewSeat(said["name"], sector_of(said["sector"]), said["agency"], standing, said["weight"])
    seat = actions.add_seat(place, new, by=session.by(), on=session.now())
    click.echo(f"Seat {seat.number} is of {seat.name}.")


@partnership.command()
@click.argument("place")
@click.argument("number", type=int)
@click.argument("name")
@click.option("--source", required=True, help="By whom they were appointed.")
@click.option("--officer", default="", help="The code of their account, if they have one.")
@click.option("--deputy", is_flag=True, help="They act for the member.")
@pass_session
def seat(session: Session, place: str, number: int, name: str, **said: Any) -> None:
    """Say that NAME sits in seat NUMBER of PLACE's partnership."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.rules.partnership.members import NewSitting

    new = NewSitting(name, said["source"], said["officer"], said["deputy"])
    found = actions.seat(place, number, new, by=session.by(), on=session.now())
    click.echo(f"{name} sits for {found.name}.")


@partnership.command("plan-meeting")
@click.argument("place")
@click.option("--title", required=True, help="What it is called.")
@click.option("--at", "starts_at", type=click.DateTime(["%Y-%m-%d %H:%M"]), required=True,
              help='Day and hour in England, "2026-09-15 14:00".')  # fmt: skip
@click.option("--where", required=True, help="A room, or how to join.")
@pass_session
def plan_meeting(session: Session, place: str, title: str, starts_at: datetime, where: str) -> None:
    """Plan a meeting of PLACE's partnership."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    row = actions.plan_meeting(
        place, title=title, starts_at=starts_at.replace(tzinfo=ZoneInfo("Europe/London")),
        where=where, by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"Meeting {row.number} is planned. Put items on its agenda, then call it.")


@partnership.command("add-item")
@click.argument("place")
@click.argument("meeting", type=int)
@click.option("--title", required=True, help="What it is called.")
@click.option("--purpose", required=True, help="What the meeting is asked to do.")
@click.option("--about", default="", help='What it is about: "edition wexshire/2025-26/1".')
@pass_session
def add_item(
    session: Session, place: str, meeting: int, title: str, purpose: str, about: str
) -> None:
    """Put an item on the agenda of a MEETING of PLACE's partnership."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.record.rules.chain import Citation

    kind, _, name = about.partition(" ")
    new = actions.NewItem(title, purpose, Citation(kind, name) if name else None)
    row = actions.add_item(place, meeting, new, by=session.by(), on=session.now())
    click.echo(f"It is item {row.items[-1].number} of meeting {meeting}.")


@partnership.command("add-paper")
@click.argument("place")
@click.argument("meeting", type=int)
@click.argument("item", type=int)
@click.argument("file", type=_FILE)
@click.option("--title", required=True, help="What it is, in a few words.")
@pass_session
def add_paper(
    session: Session, place: str, meeting: int, item: int, file: Path, title: str
) -> None:
    """Add the paper FILE to an ITEM of a MEETING of PLACE's partnership."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    new = actions.NewPaper(title, file.name, file.read_bytes())
    actions.add_paper(place, meeting, item, new, by=session.by(), on=session.now())
    click.echo(f"{title} is added to item {item}.")


@partnership.command()
@click.argument("place")
@click.argument("meeting", type=int)
@click.option("--why-short", default="", help="Why it cannot wait for full notice.")
@pass_session
def call(session: Session, place: str, meeting: int, why_short: str) -> None:
    """Call a MEETING of PLACE's partnership; its agenda is public from then on."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    row = actions.call_meeting(
        place, meeting, why_short=why_short, by=session.by(), on=session.now()
    )
    click.echo(f"{row.title} is called for {row.day}.")


def _today(session: Session) -> date:
    from totalplace.decisions.rules.days import local_day

    return local_day(session.now())


for _command in (*MOTIONS, *ADVICE):
    partnership.add_command(_command)
