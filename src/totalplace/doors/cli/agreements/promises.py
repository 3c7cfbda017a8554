"""`totalplace agreements promises`: what both sides promised, kept, owe; and disputes about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.agreements.queries.promises import PromiseRow

_ON = click.option("--on", "day", type=DAY, help="As it stood on this day, by what was known then.")
_AGENCY = click.option("--agency", required=True, help="For which agency you speak.")
_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_AGREEMENT = click.argument("agreement")
_NUMBER = click.argument("number", type=click.IntRange(1))
_HEADS = ["Promise", "What", "Owed by", "Due", "Stands"]


@click.group()
def promises() -> None:
    """What departments and local bodies promised each other, and whether they kept it.

    AGREEMENT is cited as PLACE/NUMBER, such as wexshire/1. What counts as kept is read from the
    book and the record.
    """


@promises.command("list")
@click.argument("place", default="")
@click.option("--agency", default="", help="Only those that this agency owes.")
@_ON
@_JSON
@pass_session
def list_all(
    session: Session, place: str, agency: str, day: datetime | None, as_json: bool
) -> None:
    """List every promise of PLACE, or of all places, what is late first."""
    session.open()
    from totalplace.agreements.queries.promises import promises as found

    on = _day(session, day)
    rows = found(place, on=on, known=on, agency=agency)
    if as_json:
        as_array(plain(row) for row in rows)
    else:
        _table(rows, "Nothing was promised by that day.")


@promises.command("due")
@click.argument("place", default="")
@pass_session
def due(session: Session, place: str) -> None:
    """List what is due within a month, or late, in PLACE or everywhere."""
    session.open()
    from totalplace.agreements.queries.promises import due_soon

    _table(due_soon(_day(session, None), place=place), "Nothing is due soon, and nothing late.")


@promises.command("show")
@_AGREEMENT
@_NUMBER
@_ON
@pass_session
def show(session: Session, agreement: str, number: int, day: datetime | None) -> None:
    """Show promise NUMBER of AGREEMENT: where it stands, and what shows it."""
    session.open()
    from totalplace.agreements.queries import promises as queries
    from totalplace.agreements.rules import keeping_words as telling

    on = _day(session, day)
    row = queries.promise(agreement, number, on=on, known=on)
    one = row.standing
    click.echo(f"{row.by_name} to {row.to_name}: {telling.what(one.promise)}")
    click.echo(f"It is {telling.stands(one)}.")
    for found in one.evidence:
        where = f" of book {found.book}" if found.book else ""
        click.echo(f"Shown by {found.by}: number {found.number}{where}, {found.day}")
    for breach in one.breaches:
        click.echo(f"{telling.breach(breach, on)}.")
    for worked in queries.remedies_of(row, on=on):
        click.echo(f"It costs, by the agreement: {worked.formula}")
    for saying in queries.sayings(agreement, number):
        click.echo(f"{saying.agency_name} said on {saying.day}: {saying.words} ({saying.evidence})")


@promises.command("suspended")
@click.argument("place")
@_ON
@pass_session
def suspended(session: Session, place: str, day: datetime | None) -> None:
    """Show the targets of PLACE that stand still because a department is late."""
    session.open()
    from totalplace.agreements.queries.promises import suspended as found

    still = found(place, _day(session, day))
    for target, breach in still.items():
        owed = f"promise {breach.promise.number} of {breach.agreement}"
        click.echo(f"{target} stands still since {breach.since}: {owed}, by {breach.promise.by}")
    if not still:
        click.echo("No target stands still.")


@promises.command("say")
@_AGREEMENT
@_NUMBER
@_AGENCY
@click.option("--words", required=True, help="What was done; it decides nothing.")
@click.option("--evidence", required=True, help="What shows it.")
@pass_session
def say(session: Session, agreement: str, number: int, **said: str) -> None:
    """Say what was done about promise NUMBER of AGREEMENT, with evidence."""
    session.open()
    from totalplace.agreements.actions.keeping import say_kept

    say_kept(agreement, number, **said, by=session.by(), on=session.now())
    click.echo("It stands beside the promise. Book and record decide whether it was kept.")


@promises.command("remedy")
@_AGREEMENT
@_NUMBER
@click.option("--book", required=True, help="In which book it is posted.")
@click.option("--until", "day", type=DAY, help="Up to which day; left out: today.")
@pass_session
def remedy(session: Session, agreement: str, number: int, book: str, day: datetime | None) -> None:
    """Post what the breach of promise NUMBER costs, by the agreement's own clause."""
    session.open()
    from totalplace.agreements.actions.keeping import post_remedy

    made = post_remedy(
        agreement, number, book=book, day=_day(session, day), by=session.by(), on=session.now()
    )
    click.echo(f"It is posted: posting {made} of book {book}.")


@promises.command("notice")
@_AGREEMENT
@_AGENCY
@click.option("--promise", type=click.IntRange(1), help="Of whose breach; left out: another.")
@click.option("--against", default="", help="To which agency, where it is of no promise.")
@click.option("--title", default="", help="In a few words, where it is of no promise.")
@click.option("--words", required=True, help="What the other side is to do.")
@pass_session
def notice(session: Session, agreement: str, **said: Any) -> None:
    """Give notice of the breach of a promise of AGREEMENT, or of another dispute."""
    session.open()
    from totalplace.agreements.actions.disputes import Notice, give_notice

    row = give_notice(agreement, Notice(**said), by=session.by(), on=session.now())
    click.echo(f"Dispute {row.number} of {agreement} is with {row.course.rung.who}, "
               f"until {row.course.until}.")  # fmt: skip


@promises.command("disputes")
@click.argument("place", default="")
@pass_session
def disputes(session: Session, place: str) -> None:
    """List the disputes of PLACE, or of all places."""
    session.open()
    from totalplace.agreements.queries.keeping_disputes import disputes as found

    rows = [
        [f"{row.agreement} {row.number}", row.title, row.giver_name, row.against_name,
         row.course.stage.value, row.course.rung.who]
        for row in found(place=place)
    ]  # fmt: skip
    if rows:
        table_of(["Dispute", "About", "Notice of", "To", "Stands", "With"], rows)
    else:
        click.echo("There is no dispute.")


@promises.command("move")
@_AGREEMENT
@_NUMBER
@click.argument(
    "verb",
    type=click.Choice(
        ["answer", "escalate", "offer-to-settle", "settle", "decline-to-settle", "adjudicate",
         "withdraw"]
    ),
)  # fmt: skip
@_AGENCY
@click.option("--words", required=True, help="What is to be known about it.")
@click.option("--evidence", default="", help="Where it can be read; needed for a finding.")
@pass_session
def move(session: Session, agreement: str, number: int, verb: str, **said: str) -> None:
    """Answer dispute NUMBER of AGREEMENT, take it one step up, settle it, and so on."""
    session.open()
    from totalplace.agreements.actions.disputes import Said, move_dispute
    from totalplace.agreements.rules.ladder import Verb

    does = Verb(verb.replace("-", " "))
    row = move_dispute(agreement, number, does, Said(**said), by=session.by(), on=session.now())
    click.echo(f"Dispute {number} is {row.course.stage}, with {row.course.rung.who}.")


def plain(row: PromiseRow) -> dict[str, Any]:
    """A promise for programs; sums in pence, null where it is not of money."""
    one = row.standing
    return {
        "place": row.place,
        "agreement": one.agreement,
        "number": one.promise.number,
        "version": one.version,
        "by": one.promise.by,
        "to": one.promise.to,
        "side": row.side.value,
        "kind": one.promise.kind.value,
        "what": one.promise.what,
        "pence": one.promise.pence,
        "due": one.due.isoformat(),
        "status": one.status.value,
        "group": one.status.group.value,
        "late_since": one.late_since.isoformat() if one.late_since else None,
        "days_late": one.days_late,
        "kept_on": one.kept_on.isoformat() if one.kept_on else None,
        "lacking_pence": one.lacking_pence,
        "varied_by": list(one.varied_by),
        "targets": list(one.promise.targets),
        "evidence": [
            {"by": e.by.value, "book": e.book, "number": e.number, "day": e.day.isoformat(),
             "pence": e.pence}
            for e in one.evidence
        ],
    }  # fmt: skip


def _table(rows: list[PromiseRow], nothing: str) -> None:
    from totalplace.agreements.rules import keeping_words as telling

    if not rows:
        click.echo(nothing)
        return
    table_of(_HEADS, [
        [f"{row.standing.agreement} {row.standing.promise.number}",
         telling.what(row.standing.promise), row.by_name, row.standing.due.isoformat(),
         telling.stands(row.standing)]
        for row in rows
    ])  # fmt: skip


def _day(session: Session, day: datetime | None) -> date:
    from totalplace.decisions.rules.days import local_day

    today = local_day(session.now())  # of what is to come, neither book nor record knows
    return min(day.date(), today) if day is not None else today
