"""`totalplace agreements offer`: offers made, compared, accepted, and exchanged as signed files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.agreements.saying import (
    NUMBER,
    REASON,
    SIDE,
    day_of,
    side_of,
    tell,
    tell_costs,
    tell_differences,
    tell_terms,
)
from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.agreements.queries.negotiations import NegotiationRow
    from totalplace.record.rules.heads import PrivateKey


@click.group()
def offer() -> None:
    """Offers that nobody changes: made, compared, accepted, published, exchanged as signed files.

    SIDE is place or centre.
    """


@offer.command("make")
@NUMBER
@SIDE
@REASON
@click.option("--answer-by", required=True, help="The day by which you ask for an answer.")
@pass_session
def make(session: Session, number: int, side: str, reason: str, answer_by: str) -> None:
    """Offer what stands in SIDE's draft. From then on nobody changes it."""
    session.open()
    from totalplace.agreements.actions.offers import offer as make_offer
    from totalplace.agreements.queries.negotiations import offers
    from totalplace.agreements.rules.offers import warnings

    by, on = session.by(), session.now()
    row = make_offer(
        number, side_of(side), reason=reason, answer_by=day_of(answer_by), by=by, on=on
    )
    click.echo(f"Offer {len(row.offered)} is made. To move: the {row.to_move}.")
    for said in warnings(offers(number, by=by, on=on)[-1].terms, row.model):
        click.echo(f"Mind: {said}")


@offer.command("show")
@NUMBER
@click.argument("which", type=click.IntRange(1))
@pass_session
def show(session: Session, number: int, which: int) -> None:
    """Show offer WHICH of negotiation NUMBER, line by line."""
    session.open()
    from totalplace.agreements.queries.negotiations import the_offer

    found = the_offer(number, which, by=session.by(), on=session.now())
    click.echo(f"Offer {found.number}, by the {found.side} on {found.day}: {found.reason}")
    click.echo(f"An answer is asked for by {found.answer_by}. Digest {found.digest}.")
    tell_terms(found.terms)


@offer.command("compare")
@NUMBER
@click.argument("before", type=click.IntRange(1))
@click.argument("after", type=click.IntRange(1))
@pass_session
def compare(session: Session, number: int, before: int, after: int) -> None:
    """Show what offer AFTER differs by from offer BEFORE, and what that costs each side."""
    session.open()
    from totalplace.agreements.queries.negotiations import negotiation, the_offer
    from totalplace.agreements.queries.weighing import weighed

    row, by, on = negotiation(number), session.by(), session.now()
    found = weighed(
        the_offer(number, before, by=by, on=on).terms,
        the_offer(number, after, by=by, on=on).terms,
        place=row.place, departments=row.departments, home=session.files(), edition=row.edition,
    )  # fmt: skip
    tell_differences(found.differences)
    tell_costs(found.costs)
    if found.before is not None and found.after is not None:
        click.echo(f"The place would decide {found.after.words} of all spending, in place of "
                   f"{found.before.words}.")  # fmt: skip


@offer.command("accept")
@NUMBER
@SIDE
@REASON
@pass_session
def accept(session: Session, number: int, side: str, reason: str) -> None:
    """Accept, for SIDE, the other side's last offer as it stands."""
    session.open()
    from totalplace.agreements.actions import negotiations

    _told(session, negotiations.accept(number, side_of(side), reason=reason, by=session.by(),
                                       on=session.now()))  # fmt: skip


@offer.command("end")
@NUMBER
@SIDE
@REASON
@pass_session
def end(session: Session, number: int, side: str, reason: str) -> None:
    """End negotiation NUMBER without agreement, for SIDE."""
    session.open()
    from totalplace.agreements.actions import negotiations

    _told(session, negotiations.end(number, side_of(side), reason=reason, by=session.by(),
                                    on=session.now()))  # fmt: skip


@offer.command("publish")
@NUMBER
@SIDE
@pass_session
def publish(session: Session, number: int, side: str) -> None:
    """Agree, for SIDE, that anybody may read the offers made so far, once the other agrees too."""
    session.open()
    from totalplace.agreements.actions.negotiations import agree_to_publish

    row = agree_to_publish(number, side_of(side), by=session.by(), on=session.now())
    said = f"Anybody may read every step up to {row.published}."
    click.echo(said if row.published else "It is agreed for your side. The other side has to too.")


@offer.command("key")
@pass_session
def key(session: Session) -> None:
    """Print the public key of this installation. Tell it to the other side by another way."""
    from totalplace.record.rules.heads import public_key

    click.echo(public_key(_key(session)))


@offer.command("export")
@NUMBER
@SIDE
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--turn", type=click.IntRange(1), default=None, help="Which step; else its last.")
@pass_session
def export(session: Session, number: int, side: str, path: Path, turn: int | None) -> None:
    """Write SIDE's last offer or acceptance to PATH, signed with this installation's key."""
    session.open()
    from totalplace.agreements.queries.exporting import signed_file
    from totalplace.doors.cli.sources.giving_back import whole

    text = signed_file(
        number, side_of(side), key=_key(session), by=session.by(), on=session.now(),
        turn=turn or 0,
    )  # fmt: skip
    with whole(path) as file:
        file.write(text.encode())
    click.echo(f"Signed and written to {path}. No draft is in it.")


@offer.command("import")
@SIDE
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "told", default="", help="The other side's public key, at the first file.")
@pass_session
def take(session: Session, side: str, path: Path, told: str) -> None:
    """Take the other side's step from the file at PATH, for SIDE, which is yours."""
    session.open()
    from totalplace.agreements.actions.offers import receive

    _told(session, receive(path.read_bytes(), side_of(side), key=told, by=session.by(),
                           on=session.now()))  # fmt: skip


def _told(session: Session, row: NegotiationRow) -> None:
    from totalplace.decisions.rules.days import local_day

    tell(row, local_day(session.now()))


def _key(session: Session) -> PrivateKey:
    """The key with which offers are signed: another than that of the record's heads."""
    from totalplace.doors.offers_key import offers_key

    return offers_key(session.home)
