"""Commands of a pool's partners: who shows the money, statements, returns, and the year's end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.ledger.said import BOOK, RESTS_ON, citation_of, pence_of, year_of
from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.ledger.rules.figures import Table

_YEAR: Final = click.argument("year")
_PATH: Final = click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_BASES: Final = {
    "lead": "one partner controls",
    "own": "each partner controls its own money",
    "contribution": "joint control, shared by contribution",
    "per-cent": "joint control, shared by agreed per cent",
}
_STATEMENTS: Final = ["memorandum", "trial-balance", "grants", "partners"]


@click.command()
@BOOK
@click.option("--day", type=DAY, help="About days up to this one; else all.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs: in pence.")
@pass_session
def partners(session: Session, book: str, day: Any, as_json: bool) -> None:
    """Show who shows what of BOOK in its own accounts, and that together they are the pool."""
    session.open()
    from totalplace.ledger.queries import partners as shown
    from totalplace.ledger.queries.partners_returns import who_shows_what

    until = day.date() if day else None
    if not as_json:
        _show(who_shows_what(book, day=until))
        return
    as_array(
        {"partner": one.agency, "heading": a.heading, "agency": a.agency, "line": a.line,
         "year": a.year, "pence": pence}
        for one in shown.partner_books(book, day=until).values()
        for a, pence in one.balances.items()
    )  # fmt: skip


@click.command()
@BOOK
@click.option("--basis", required=True, type=click.Choice(list(_BASES)), help="Who controls.")
@click.option("--line", default="", help="Of this line; else of all that have none of their own.")
@click.option("--from", "first_day", required=True, type=DAY, help="From this day on.")
@click.option("--principal", default="", help="Code of the partner that controls (lead).")
@click.option("--agent", "agents", multiple=True, help="Code of one that handles others' money.")
@click.option(
    "--share",
    "shares",
    multiple=True,
    metavar="AGENCY:SHARE",
    help="A partner's share: pounds by contribution, else per cent.",
)
@click.option("--why", required=True, help="In a sentence, for every partner's auditors.")
@RESTS_ON
@pass_session
def arrange(session: Session, book: str, **said: Any) -> None:
    """Say who shows the money of BOOK in its own accounts, from a day on."""
    session.open()
    from totalplace.ledger.actions import partners as actions
    from totalplace.ledger.queries.partners import payers
    from totalplace.ledger.rules.clause_text import percentages_of
    from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment

    basis, parts = Basis(_BASES[said["basis"]]), []
    if said["principal"]:
        parts.append(Part(said["principal"], Treatment.PRINCIPAL))
    parts += [Part(agent, Treatment.AGENT) for agent in said["agents"]]
    if basis is Basis.OWN:
        own = sorted(set(payers(book).values()) - set(said["agents"]))
        parts += [Part(payer, Treatment.PRINCIPAL) for payer in own]
    for share in said["shares"]:
        agency, _, much = share.partition(":")
        if basis is Basis.PERCENTAGES:
            weight = dict(percentages_of(f"{agency} {much}"))[agency]
        else:
            weight = pence_of(much)
        parts.append(Part(agency, Treatment.JOINT, weight))
    wanted = Arrangement(said["line"], said["first_day"].date(), basis, tuple(parts))
    actions.arrange(
        book, wanted, why=said["why"], citation=citation_of(said["rests_on"]),
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"From {wanted.first_day}: {basis}. See it with: totalplace ledger partners {book}")


@click.command()
@BOOK
@_YEAR
@click.argument("which", type=click.Choice(_STATEMENTS))
@_PATH
@pass_session
def statement(session: Session, book: str, year: str, which: str, path: Path) -> None:
    """Write a statement of BOOK for YEAR to PATH, as XLSX or, by its name, as CSV."""
    session.open()
    from totalplace.ledger.queries import partners_returns as returns

    of = year_of(year)
    tables = {
        "memorandum": lambda: returns.memorandum_account(book, of),
        "trial-balance": lambda: returns.trial_balances(book),
        "grants": lambda: returns.grant_returns(book, of),
        "partners": lambda: [returns.who_shows_what(book)],
    }[which]()
    _write(path, tables)


@click.command("return")
@BOOK
@_YEAR
@click.argument("quarter", type=click.IntRange(1, 4))
@_PATH
@pass_session
def quarterly(session: Session, book: str, year: str, quarter: int, path: Path) -> None:
    """Write the section 75 and Better Care Fund return of BOOK for a QUARTER of YEAR to PATH."""
    session.open()
    from totalplace.ledger.queries.partners_returns import quarterly_return
    from totalplace.ledger.rules.returns import Quarter

    row = quarterly_return(book, Quarter(year_of(year), quarter))
    for lack in row.lacks:
        click.echo(lack)
    _write(path, row.tables)


@click.command()
@BOOK
@_YEAR
@click.argument("quarter", type=click.IntRange(1, 4))
@click.argument("line")
@click.argument("agency")
@click.argument("pounds")
@click.option("--why", default="", help="Why it is not the plan.")
@pass_session
def forecast(session: Session, book: str, year: str, quarter: int, **said: str) -> None:
    """Say what AGENCY is expected to spend of LINE of BOOK by the end of YEAR, in POUNDS."""
    session.open()
    from totalplace.ledger.actions import partners_ledgers as actions
    from totalplace.ledger.rules.returns import Quarter

    given = actions.ForecastGiven(
        said["line"], said["agency"], pence_of(said["pounds"]), said["why"]
    )
    of = Quarter(year_of(year), quarter)
    actions.forecast(book, of, [given], by=session.by(), on=session.now())
    click.echo(f"The forecast is kept for {of.label}.")


@click.command()
@BOOK
@_YEAR
@click.argument("quarter", type=click.IntRange(1, 4))
@click.argument("number", type=int)
@click.option("--met/--not-met", required=True, help="Whether it is met.")
@click.option("--words", default="", help="In words; needed where it is not met.")
@click.option("--required", default="", help="NHS minimum contribution, in pounds.")
@click.option("--source", default="", help="Where that number stands.")
@click.option("--line", "lines", multiple=True, help="A line that counts toward it.")
@pass_session
def condition(
    session: Session, book: str, year: str, quarter: int, number: int, **said: Any
) -> None:
    """Say whether national condition NUMBER is met, for the return of a QUARTER of YEAR."""
    session.open()
    from totalplace.ledger.actions import partners_ledgers as actions
    from totalplace.ledger.rules.returns import Quarter

    required = pence_of(said["required"]) if said["required"] else None
    given = actions.ConditionGiven(
        number, said["met"], said["words"], required, said["source"], said["lines"]
    )
    of = Quarter(year_of(year), quarter)
    actions.say_condition(book, of, given, by=session.by(), on=session.now())
    click.echo(f"Condition {number} is kept for {of.label}.")


@click.command("run-clause")
@BOOK
@_YEAR
@click.option("--clause", type=_FILE, help="Its sentences, in a file; else what is agreed.")
@click.option("--past", type=_FILE, help="Figures of years before this book, in a file.")
@pass_session
def run_clause(
    session: Session, book: str, year: str, clause: Path | None, past: Path | None
) -> None:
    """Show what each partner of BOOK would pay or get back at the end of YEAR. Changes nothing."""
    session.open()
    from totalplace.doors.report.pool import year_end_table
    from totalplace.ledger.queries import partners as shown
    from totalplace.ledger.rules.clause_text import clause_of
    from totalplace.ledger.rules.past_years import past_years_of
    from totalplace.ledger.rules.year_end import run_clause as run
    from totalplace.places import queries as places

    text = clause.read_text(encoding="utf-8") if clause else ""
    of = year_of(year)
    ends = shown.year_ends(book, [of], text=text)
    agreed = shown.clause_of_year(book, of)
    if past is not None:
        which = clause_of(text or (agreed.text if agreed else ""))
        before = past_years_of(past.read_text(encoding="utf-8"))
        ends = [*run(which, before, may_carry=shown.may_carry(shown.partners(book))), *ends]
    _show(year_end_table(ends, {one.code: one.name for one in places.agencies()}))


@click.command("agree-clause")
@BOOK
@_YEAR
@click.argument("clause", type=_FILE)
@RESTS_ON
@pass_session
def agree_clause(session: Session, book: str, year: str, clause: Path, rests_on: str) -> None:
    """Agree the year-end CLAUSE of BOOK, a file of its sentences, from YEAR on."""
    session.open()
    from totalplace.ledger.actions import partners as actions

    row = actions.agree_clause(
        book, year_of(year), clause.read_text(encoding="utf-8"), citation=citation_of(rests_on),
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(row.text)


@click.command("close-year")
@BOOK
@_YEAR
@pass_session
def close_year(session: Session, book: str, year: str) -> None:
    """Post what the clause of BOOK comes to for YEAR: due, owed back, and carried forward."""
    session.open()
    from totalplace.doors.report.pool import year_end_table
    from totalplace.ledger.actions import partners as actions
    from totalplace.places import queries as places

    end = actions.close_year(book, year_of(year), by=session.by(), on=session.now())
    _show(year_end_table([end], {one.code: one.name for one in places.agencies()}))


def _show(table: Table) -> None:
    """Show a table; what was not given is said to be so."""
    from totalplace.ledger.rules.figures import Figure
    from totalplace.money.pence import pounds

    rows: list[list[object]] = []
    for row in table.rows:
        cells = [
            ("not given" if cell.pence is None else pounds(cell.pence))
            if isinstance(cell, Figure)
            else cell
            for cell in row.cells
        ]
        rows.append([row.label, *cells])
    table_of(list(table.heads), rows)


def _write(path: Path, tables: list[Table]) -> None:
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.pool import csv_of, workbook_of

    is_csv = path.suffix.casefold() == ".csv"
    content = csv_of(tables).encode() if is_csv else workbook_of(tables)
    with whole(path) as file:
        file.write(content)
    click.echo(f"Written to {path}: every figure says its accounts or its formula.")
