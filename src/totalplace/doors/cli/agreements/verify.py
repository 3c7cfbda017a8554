"""`totalplace agreements verify`: whether a signed copy is whole, and whether it is on record."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.agreements.signatures.verifying import Report


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="As of which day, such as ten years from now."
)
@click.option("--alone", is_flag=True, help="Without the records: what the file itself says.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_context
@pass_session
def verify(
    session: Session, context: click.Context, file: Path, on: datetime | None, alone: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Check the signed FILE: who signed it when, whether it is unchanged, whether it is on record.

    Ends with 1 where it is not whole.
    """
    from totalplace.agreements.signatures.checking import checked
    from totalplace.agreements.signatures.trusted import lists, roots

    home, at = session.home, on.replace(tzinfo=UTC) if on else session.now()
    content = file.read_bytes()
    report = checked(content, roots=roots(home), lists=lists(home, on=at), on=at)
    if as_json:
        click.echo(json.dumps(asdict(report) | {"valid": report.valid}, default=str))
    else:
        _tell(report)
    if not alone:
        _tell_known(session, content, report, quiet=as_json)
    if not report.valid:
        context.exit(1)


def _tell(report: Report) -> None:
    for one in report.signatures:
        worth = "it holds" if one.valid else one.why_not
        test = " (a test certificate, without force in law)" if one.test else ""
        when = f"{one.at:%Y-%m-%d %H:%M} UTC" if one.at else "at a time not known"
        click.echo(f"{one.signer}, for {one.organisation}, {when}: {worth}{test}")
    if report.empty:
        click.echo(f"Not signed yet: {', '.join(report.empty)}")
    if report.valid:
        click.echo("It is whole: nothing was changed since it was signed.")
    elif report.intact:
        click.echo("Nothing was changed, but not every certificate can be believed here.")
    else:
        click.echo("It was changed after it was signed, or nobody signed it. Do not rely on it.")


def _tell_known(session: Session, content: bytes, report: Report, *, quiet: bool) -> None:
    session.open()
    from totalplace.agreements.queries.agreements import known

    found = known(content, report.text)
    if quiet:
        return
    if found.version is None or found.agreement is None:
        click.echo("The text in it is not one that was published here.")
        return
    click.echo(
        f"The text in it is version {found.version.number} of {found.agreement.citation}, "
        "letter for letter."
    )
    if found.file is not None:
        click.echo(f"It is the very file that is held here, after signature {found.file.turn}.")
