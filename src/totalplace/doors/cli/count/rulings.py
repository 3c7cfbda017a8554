"""`totalplace count rule`, `withdraw` and `rulings`: an officer overrules the count."""

from __future__ import annotations

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

_SUBJECTS = ("purpose", "payee", "copy", "transfer")


@click.command()
@click.argument("subject", type=click.Choice(_SUBJECTS))
@click.argument("said")
@click.option("--agency", required=True, help="Code of the agency whose lines they are.")
@click.option("--payee", default="", help="The payee's name as published.")
@click.option("--unit", default="", help="The department or cost centre as published.")
@click.option("--purpose", default="", help="The purpose as published.")
@click.option("--detail", default="", help="The description as published.")
@click.option("--file", default="", help="Of a copy: the file's name or the start of its hash.")
@click.option("--sheet", default="", help="Of a copy: the sheet, if the file has several.")
@click.option("--row", type=int, default=None, help="Of a copy: the row, as a person sees it.")
@click.option("--reason", required=True, help="Why, in a sentence; it goes on the record.")
@pass_session
def rule(
    session: Session, subject: str, said: str, agency: str, reason: str, **lines: str | int | None
) -> None:
    r"""Overrule what the count made of some lines, from the next edition on.

    \b
    SUBJECT   SAID
    purpose   a service, such as adult_social_care
    payee     an agency, a body such as gss:E10000017, or "not a public body"
    copy      "paid once" (leave it out) or "paid twice" (both are real)
    transfer  "no transfer" (it stays the payer's own spending)
    """
    session.open()
    from totalplace.count.actions.rulings import Lines
    from totalplace.count.actions.rulings import rule as ruled
    from totalplace.count.rules.rulings import Subject
    from totalplace.sources import queries as sources

    named = str(lines.pop("file") or "")
    file = sources.file_named(named).sha256 if named else ""
    meant = Lines(file=file, **lines)  # type: ignore[arg-type]
    number = ruled(
        agency, Subject(subject), meant, said=said, reason=reason,
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"Ruling {number} is on the record. It holds from the next count on.")


@click.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why, in a sentence; it goes on the record.")
@pass_session
def withdraw(session: Session, number: int, reason: str) -> None:
    """Take ruling NUMBER back; it stays on the record."""
    session.open()
    from totalplace.count.actions.rulings import withdraw as withdrawn

    withdrawn(number, reason=reason, by=session.by(), on=session.now())
    click.echo(f"Ruling {number} no longer holds.")


@click.command("rulings")
@click.option("--all", "every", is_flag=True, help="Those that no longer hold too.")
@pass_session
def list_rulings(session: Session, every: bool) -> None:
    """List what officers ruled, and why."""
    session.open()
    from totalplace.count.queries.rulings import all_rulings

    rows = [row for row in all_rulings() if every or row.holds]
    if not rows:
        click.echo("No ruling holds.")
        return
    heads = ["No", "Agency", "About", "Lines", "Ruled to be", "Reason", "By", "On", "Holds"]
    table_of(
        heads,
        [
            [
                r.ruling.number, r.ruling.agency, r.ruling.subject.value, r.ruling.about,
                r.ruling.said, r.ruling.reason, r.by, f"{r.on:%Y-%m-%d}",
                "yes" if r.holds else "no",
            ]
            for r in rows
        ],
    )  # fmt: skip
