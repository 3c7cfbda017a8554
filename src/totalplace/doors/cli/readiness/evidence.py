"""Evidence that expires, and what both sides do without."""

from __future__ import annotations

from datetime import datetime

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.readiness.said import REASON, SIDE, area_of
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

_KINDS = ["structure", "skills", "capacity", "history", "result"]


@click.group()
def evidence() -> None:
    """Evidence of a place: listed, added, withdrawn. Every item expires."""


@evidence.command("list")
@click.argument("place")
@pass_session
def listed(session: Session, place: str) -> None:
    """List the evidence of PLACE and until when it holds."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.readiness import queries

    on = local_day(session.now())
    rows = [
        [
            row.number, row.item.area.value, row.kind.value, row.title, row.item.last_day,
            "yes" if row.item.holds(on) else "no",
        ]
        for row in queries.evidence(place)
    ]  # fmt: skip
    table_of(["Number", "Area", "Shows", "Title", "Last day", "Holds today"], rows)


@evidence.command("add")
@click.argument("place")
@click.option("--area", required=True, help="The area that it is about.")
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="What it shows.")
@click.option("--title", required=True, help="In a few words.")
@click.option("--says", required=True, help="What it says.")
@click.option("--where", required=True, help="Where it can be read.")
@click.option("--from", "first_day", type=DAY, required=True, help="From which day it holds.")
@click.option("--until", "last_day", type=DAY, required=True, help="The last day it holds.")
@click.option("--renews", type=click.IntRange(1), help="The number of the item that it renews.")
@pass_session
def add(
    session: Session, place: str, first_day: datetime, last_day: datetime, renews: int | None,
    **said: str,
) -> None:  # fmt: skip
    """Add an item of evidence of PLACE."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.evidence import EvidenceKind, EvidenceSaid

    item = EvidenceSaid(
        area_of(said["area"]), EvidenceKind(said["kind"]), said["title"], said["says"],
        said["where"], first_day.date(), last_day.date(), renews,
    )  # fmt: skip
    row = actions.give(place, item, by=session.by(), on=session.now())
    click.echo(f"It is item {row.number}. It holds until {row.item.last_day}.")


@evidence.command("withdraw")
@click.argument("item")
@REASON
@pass_session
def withdraw(session: Session, item: str, reason: str) -> None:
    """Withdraw ITEM, as wexshire/3: what rests on it is unsupported from today."""
    session.open()
    from totalplace.readiness import actions

    actions.withdraw_evidence(item, reason=reason, by=session.by(), on=session.now())
    click.echo(f"Item {item} is withdrawn.")


@click.command()
@click.argument("place")
@SIDE
@click.option("--need", required=True, help="An area, or a fact of eligibility.")
@click.option("--level", required=True, help="The level that would be needed; of a fact: met.")
@click.option("--centre", required=True, help="Code of the department.")
@click.option("--until", type=DAY, required=True, help="The last day on which it is to hold.")
@REASON
@pass_session
def waive(session: Session, place: str, side: str, until: datetime, **said: str) -> None:
    """Offer that PLACE may sign without a score or a fact; it holds once the other side agrees."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    wanted = actions.WaiverSaid(
        said["need"], said["level"], said["centre"], said["reason"], until.date()
    )
    row = actions.offer_waiver(place, wanted, side=Side(side), by=session.by(), on=session.now())
    click.echo(f"Waiver {row.citation.id} is offered to the other side.")


@click.command("agree-waiver")
@click.argument("waiver")
@SIDE
@REASON
@pass_session
def agree_waiver(session: Session, waiver: str, side: str, reason: str) -> None:
    """Agree to WAIVER, as wexshire/1, for the other side."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    row = actions.agree_waiver(
        waiver, side=Side(side), reason=reason, by=session.by(), on=session.now()
    )
    click.echo(f"Both sides waive {row.need} ({row.level}) until {row.until}.")
