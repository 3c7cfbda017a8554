"""Commands of a partner's own ledger: given in, held against the pool's book, and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from totalplace.doors.cli.ledger.said import BOOK
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

_VIEWS: Final = {
    "paid-in": "what it paid into the pool",
    "spent": "what it spent for the pool",
    "share": "its share of what the pool spent",
}
_AGENCY: Final = click.argument("agency")


@click.command()
@BOOK
@_AGENCY
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--view", default="paid-in", type=click.Choice(list(_VIEWS)), help="What is in it.")
@click.option("--from", "first_day", required=True, type=DAY, help="From this day.")
@click.option("--until", "last_day", required=True, type=DAY, help="Until this day.")
@click.option("--only", default="", help="Only rows in which a cell is this code.")
@click.option("--tolerance", default=5, show_default=True, help="Days that are the same day.")
@pass_session
def reconcile(session: Session, book: str, agency: str, path: Path, **said: Any) -> None:
    """Give in the own ledger of AGENCY, at PATH, and hold it against BOOK line by line."""
    session.open()
    from totalplace.ledger.actions import partners_ledgers as actions
    from totalplace.ledger.reading.partner_file import read_partner_file
    from totalplace.ledger.rules.partner_views import View

    file, digest = read_partner_file(path, name=path.name, only=said["only"])
    for fault in file.faults:
        click.echo(f"{fault.cell}: {fault.found or 'nothing'} {fault.why}")
    given = actions.Given(
        path.name, digest, View(_VIEWS[said["view"]]), said["first_day"].date(),
        said["last_day"].date(), said["tolerance"],
    )  # fmt: skip
    row = actions.give_ledger(book, agency, file, given, by=session.by(), on=session.now())
    click.echo(f"{path.name} is ledger {row.number} of {agency}.")
    _tell(book, agency, row.number)


@click.command()
@BOOK
@_AGENCY
@click.argument("number", type=int)
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them to this file, as XLSX or, by its name, as CSV.",
)
@pass_session
def differences(session: Session, book: str, agency: str, number: int, path: Path | None) -> None:
    """Show what differs between ledger NUMBER of AGENCY and BOOK, as both are today."""
    session.open()
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.pool import reconciliation_csv, reconciliation_workbook
    from totalplace.ledger.queries.partners_ledgers import reconciliation

    _tell(book, agency, number)
    if path is not None:
        row = reconciliation(book, agency, number)
        is_csv = path.suffix.casefold() == ".csv"
        content = reconciliation_csv(row).encode() if is_csv else reconciliation_workbook(row)
        with whole(path) as file:
            file.write(content)
        click.echo(f"Written to {path}.")


@click.command()
@BOOK
@_AGENCY
@click.argument("number", type=int)
@click.argument("difference")
@click.option("--words", required=True, help="What it is, in a sentence.")
@pass_session
def explain(
    session: Session, book: str, agency: str, number: int, difference: str, words: str
) -> None:
    """Explain a DIFFERENCE, by the name that it is listed under. It stays among them."""
    session.open()
    from totalplace.ledger.actions import partners_ledgers as actions

    actions.explain(book, agency, number, difference, words, by=session.by(), on=session.now())
    click.echo("It is explained. It stays among the differences.")


def _tell(book: str, agency: str, number: int) -> None:
    from totalplace.ledger.queries.partners_ledgers import reconciliation
    from totalplace.money.pence import pounds

    row = reconciliation(book, agency, number)
    found = row.found
    if found.differences:
        table_of(
            ["Difference", "What", "Ledger less book", "Explained"],
            [
                [one.key, one.kind.value, pounds(one.pence),
                 row.explained[one.key].words if one.key in row.explained else ""]
                for one in found.differences
            ],
        )  # fmt: skip
    ties = "to the penny" if found.ties else "BUT DO NOT COME TO IT"
    click.echo(
        f"The ledger has {pounds(found.there_pence)}, the book {pounds(found.here_pence)}: "
        f"{plural(len(found.differences), 'difference')}, {pounds(found.difference_pence)} in "
        f"all, {ties}. {row.unexplained} not explained yet."
    )
