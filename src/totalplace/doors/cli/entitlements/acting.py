"""Proposing, enacting, withdrawing and repealing; costs; and what a place gives beyond."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_FROM = click.option("--from", "first_day", type=DAY, required=True, help="First day, 2027-04-01.")


@click.command()
@click.argument("file", type=_FILE)
@_REASON
@pass_session
def propose(session: Session, file: Path, reason: str) -> None:
    """Propose the guarantee whose text is in FILE, or a change of one."""
    session.open()
    from totalplace.entitlements import actions

    text = file.read_text(encoding="utf-8")
    row = actions.propose(text, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{row.title} is proposed as {row.citation.id}, text {row.digest[:12]}.")


@click.command()
@click.argument("version")
@_FROM
@click.option("--urgent", default="", help="Why it needs less notice, in a sentence.")
@click.option("--already-law", default="", help="By which law it holds already; needs no notice.")
@click.option("--why-more", default="", help="Why one more than are to be is needed.")
@pass_session
def enact(session: Session, version: str, first_day: datetime, **said: str) -> None:
    """Enact VERSION, cited as CODE/NUMBER, from a day, with notice."""
    session.open()
    from totalplace.decisions.rules.days import in_words
    from totalplace.entitlements import actions
    from totalplace.entitlements.rules.moves import Shorter

    shorter = Shorter.ALREADY_LAW if said["already_law"] else Shorter.FULL
    shorter = Shorter.URGENT if said["urgent"] else shorter
    row = actions.enact(
        version, first_day=first_day.date(), shorter=shorter,
        reason=said["urgent"] or said["already_law"], why_more=said["why_more"],
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"{row.citation.id} is enacted, from {in_words(first_day.date())}.")


@click.command()
@click.argument("version")
@_REASON
@pass_session
def withdraw(session: Session, version: str, reason: str) -> None:
    """Withdraw VERSION, cited as CODE/NUMBER, which is proposed."""
    session.open()
    from totalplace.entitlements import actions

    actions.withdraw(version, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{version} is withdrawn.")


@click.command()
@click.argument("code")
@_FROM
@_REASON
@click.option("--urgent", is_flag=True, help="The reason says why it needs less notice.")
@pass_session
def repeal(session: Session, code: str, first_day: datetime, reason: str, urgent: bool) -> None:
    """Repeal the guarantee CODE, from a day, with notice."""
    session.open()
    from totalplace.decisions.rules.days import in_words
    from totalplace.entitlements import actions
    from totalplace.entitlements.rules.moves import Shorter

    shorter = Shorter.URGENT if urgent else Shorter.FULL
    day = first_day.date()
    actions.repeal(
        code, first_day=day, reason=reason, shorter=shorter, by=session.by(), on=session.now()
    )
    click.echo(f"{code} is no longer in force from {in_words(day)}.")


@click.command()
@click.argument("version")
@click.argument("place")
@click.argument("pounds")
@click.option("--low", required=True, help="At the least, in pounds.")
@click.option("--high", required=True, help="At the most, in pounds.")
@click.option("--source", required=True, help="Where that is from.")
@pass_session
def cost(session: Session, version: str, place: str, pounds: str, **said: str) -> None:
    """Say that VERSION costs so many POUNDS a year in PLACE."""
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.entitlements import actions
    from totalplace.entitlements.actions import CostSaid

    sums = [said_pence(text) or 0 for text in (pounds, said["low"], said["high"])]
    told = CostSaid(place, sums[0], sums[1], sums[2], said["source"])
    actions.add_cost(version, told, by=session.by(), on=session.now())
    click.echo(f"What {version} costs in {place} is on record.")


@click.command("put-shipped")
@click.argument("codes", nargs=-1)
@pass_session
def put_shipped(session: Session, codes: tuple[str, ...]) -> None:
    """Put guarantees that come with the program in force, as law already: all, or CODES.

    The departments that set them have to be registered as agencies: dhsc, dfe and mhclg.
    """
    session.open()
    from totalplace.entitlements import actions
    from totalplace.entitlements.definitions.reading import ENGLAND

    for code in codes or ENGLAND:
        row = actions.put_shipped(code, by=session.by(), on=session.now())
        if row is None:
            click.echo(f"{code} was put on record before.")
        else:
            click.echo(f"{row.title} is in force here from today.")


@click.command("set-variant")
@click.argument("file", type=_FILE)
@_REASON
@pass_session
def set_variant(session: Session, file: Path, reason: str) -> None:
    """Set what a place gives beyond a guarantee, by the text in FILE."""
    session.open()
    from totalplace.decisions.rules.days import in_words
    from totalplace.entitlements import actions

    text = file.read_text(encoding="utf-8")
    row = actions.set_variant(text, reason=reason, by=session.by(), on=session.now())
    click.echo(f"It is set in {row.place_name} from {in_words(row.first_day)}; {row.checked}.")


@click.command("end-variant")
@click.argument("code")
@click.argument("place")
@_FROM
@_REASON
@pass_session
def end_variant(session: Session, code: str, place: str, first_day: datetime, reason: str) -> None:
    """Go back to the floor of the guarantee CODE in PLACE, from a day."""
    session.open()
    from totalplace.entitlements import actions

    actions.end_variant(
        code, place, first_day=first_day.date(), reason=reason, by=session.by(), on=session.now()
    )
    click.echo(f"The guarantee itself holds in {place} again from that day.")
