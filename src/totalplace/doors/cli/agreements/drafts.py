"""`totalplace agreements draft`: what a side works on, which the other side never sees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.agreements.saying import (
    NUMBER,
    SIDE,
    day_of,
    pence_of,
    side_of,
    tell_terms,
)
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural

if TYPE_CHECKING:
    from totalplace.agreements.rules.editing import Row


@click.group()
def draft() -> None:
    """What a side works on: its lines, promises and the rest, which the other side never sees.

    SIDE is place or centre.
    """


@draft.command("show")
@NUMBER
@SIDE
@pass_session
def show(session: Session, number: int, side: str) -> None:
    """Show the draft of SIDE in negotiation NUMBER, with the savings that it keeps to itself."""
    session.open()
    from totalplace.agreements.actions.drafts import begun
    from totalplace.money.pence import pounds

    working = begun(number, side_of(side), by=session.by(), on=session.now())
    tell_terms(working.terms)
    if working.notes:
        click.echo(f"Notes, for your side alone: {working.notes}")
    for one in working.savings:
        money = "not known" if one.pence is None else pounds(one.pence)
        click.echo(f"Saving, for your side alone: {one.what} ({one.agency}): {money}")


@draft.command("template")
@NUMBER
@SIDE
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def template(session: Session, number: int, side: str, path: Path) -> None:
    """Write the lines of SIDE's draft to a workbook at PATH, to be filled in and given back."""
    session.open()
    from totalplace.agreements.actions.drafts import begun
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.funding_lines import workbook_of

    lines = begun(number, side_of(side), by=session.by(), on=session.now()).terms.lines
    with whole(path) as file:
        file.write(workbook_of(lines))
    click.echo(f"{plural(len(lines), 'line')} written to {path}.")


@draft.command("lines")
@NUMBER
@SIDE
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_session
def lines(session: Session, number: int, side: str, path: Path) -> None:
    """Take all lines of SIDE's draft anew from the workbook at PATH."""
    session.open()
    from totalplace.agreements.actions.drafts import begun, keep_draft
    from totalplace.agreements.queries.negotiations import negotiation
    from totalplace.agreements.reading.line_file import read_workbook
    from totalplace.agreements.rules.editing import with_lines
    from totalplace.refusal import Refused

    year = negotiation(number).first_year
    found, faults = read_workbook(path, name=path.name, year=year)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise Refused(
            f"{path.name} was not taken",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and give it again",
        )
    by, on = session.by(), session.now()
    working = begun(number, side_of(side), by=by, on=on)
    keep_draft(number, side_of(side), with_lines(working, found), by=by, on=on)
    click.echo(f"The draft of the {side} has {plural(len(found), 'line')}.")


@draft.command("promise")
@NUMBER
@SIDE
@click.option("--by", "owes", required=True, help="Code of the agency that owes.")
@click.option("--to", "owed", required=True, help="Code of the agency that is owed.")
@click.option("--kind", required=True, help="pay, do, report, lift or 'spend at least'.")
@click.option("--what", required=True, help="In a few words.")
@click.option("--due", required=True, help="The day, 2027-04-15.")
@click.option("--pounds", default="", help="Where it is money.")
@click.option("--line", default="", help="Code of the line, where it is money.")
@click.option("--cure-days", type=click.IntRange(0), default=0, help="Days to put it right.")
@pass_session
def promise(session: Session, number: int, side: str, cure_days: int, **said: str) -> None:
    """Put a promise into SIDE's draft."""
    session.open()
    from totalplace.agreements.rules.promises import Kind, Promise
    from totalplace.refusal import Refused

    if said["kind"] not in {kind.value for kind in Kind}:
        raise Refused(
            f"'{said['kind']}' is no kind of promise",
            why=f"the kinds are {', '.join(Kind)}",
            next_step="Choose one of them",
        )
    row = Promise(
        0, said["owes"], said["owed"], Kind(said["kind"]), said["what"], day_of(said["due"]),
        pence_of(said["pounds"]), said["line"], cure_days=cure_days,
    )  # fmt: skip
    _put(session, number, side, row)


@draft.command("guarantee")
@NUMBER
@SIDE
@click.argument("code")
@click.option("--reason", required=True, help="Why it is attached.")
@pass_session
def guarantee(session: Session, number: int, side: str, code: str, reason: str) -> None:
    """Attach the national guarantee CODE, as it is in force, to SIDE's draft."""
    session.open()
    from totalplace.agreements.queries.negotiations import negotiation
    from totalplace.agreements.queries.weighing import entitled
    from totalplace.decisions.rules.days import local_day

    place, on = negotiation(number).place, local_day(session.now())
    _put(session, number, side, entitled(code, place, on=on, reason=reason))


@draft.command("rule")
@NUMBER
@SIDE
@click.argument("code")
@click.option("--rule", required=True, help="What is to be lifted.")
@click.option("--by", "lifter", required=True, help="Who can lift it.")
@click.option("--why", required=True, help="What it blocks.")
@click.option("--pounds", default="", help="What it costs a year while it stands, if known.")
@pass_session
def rule(session: Session, number: int, side: str, code: str, **said: str) -> None:
    """Ask, in SIDE's draft, that a rule be lifted; CODE is a short name for it."""
    session.open()
    from totalplace.agreements.rules.offers import Lift

    row = Lift(code, said["rule"], said["lifter"], said["why"], pence_of(said["pounds"]))
    _put(session, number, side, row)


@draft.command("saving")
@NUMBER
@SIDE
@click.option("--what", required=True, help="In a few words.")
@click.option("--agency", required=True, help="Whose.")
@click.option("--pounds", default="", help="A year, if known.")
@pass_session
def saving(session: Session, number: int, side: str, **said: str) -> None:
    """Note a saving that SIDE expects. It stays in the draft: no offer says it."""
    session.open()
    from totalplace.agreements.rules.offers import Saving

    _put(session, number, side, Saving(said["what"], said["agency"], pence_of(said["pounds"])))


@draft.command("note")
@NUMBER
@SIDE
@click.argument("words")
@pass_session
def note(session: Session, number: int, side: str, words: str) -> None:
    """Note WORDS for SIDE alone, in place of what was noted. No offer says them."""
    session.open()
    from dataclasses import replace

    from totalplace.agreements.actions.drafts import begun, keep_draft

    by, on = session.by(), session.now()
    working = begun(number, side_of(side), by=by, on=on)
    keep_draft(number, side_of(side), replace(working, notes=words), by=by, on=on)
    click.echo("It is noted, for your side alone.")


@draft.command("remove")
@NUMBER
@SIDE
@click.argument("part")
@click.argument("key")
@pass_session
def remove(session: Session, number: int, side: str, part: str, key: str) -> None:
    """Take something out of SIDE's draft.

    PART is lines, guarantees, promises, rules, targets or savings; KEY its code or number.
    """
    session.open()
    from totalplace.agreements.actions.drafts import begun, keep_draft
    from totalplace.agreements.rules.editing import Part, take_out
    from totalplace.refusal import Refused

    if part not in {one.value for one in Part}:
        raise Refused(
            f"'{part}' is no part of a draft",
            why=f"its parts are {', '.join(Part)}",
            next_step="Choose one of them",
        )
    by, on = session.by(), session.now()
    working = take_out(begun(number, side_of(side), by=by, on=on), Part(part), key)
    keep_draft(number, side_of(side), working, by=by, on=on)
    click.echo("It is taken out.")


def _put(session: Session, number: int, side: str, row: Row) -> None:
    from totalplace.agreements.actions.drafts import begun, keep_draft
    from totalplace.agreements.rules.editing import put

    by, on = session.by(), session.now()
    working = put(begun(number, side_of(side), by=by, on=on), row)
    keep_draft(number, side_of(side), working, by=by, on=on)
    click.echo(f"It stands in the draft of the {side}.")
