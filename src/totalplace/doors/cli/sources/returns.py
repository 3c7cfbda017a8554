"""`totalplace sources returns`: complete but coarse figures, from their request to acceptance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.money.years import FinancialYear
    from totalplace.sources.returns import ReturnKey
    from totalplace.sources.rules.returns.stages import Stage

NOTHING_ADDED: Final = 2
OWN_FORM: Final = "agency_return"
_FILE = click.Path(path_type=Path)


@click.group()
def returns() -> None:
    """Outturn, benefits and allocations: what a body says it spent, as a whole."""


@returns.command()
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@click.option("--form", default="", help="Read them by this form only; see `forms`.")
@click.option("--agency", default="", help="Whose the figures are, where the file does not say.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@pass_session
def add(session: Session, paths: tuple[Path, ...], form: str, agency: str, as_json: bool) -> None:
    """Read published returns, or templates that were filled in: JSON, CSV, XLSX, zipped or not.

    A file is read by the form that knows it. Every figure comes out as a line, a missing figure, a
    total that is checked, a fault, or one that the form leaves out. Files are held byte for byte.
    """
    from totalplace.doors.cli.showing import as_array, progress
    from totalplace.doors.cli.sources.returns_told import Told, rows_of
    from totalplace.sources.batch import published
    from totalplace.sources.returns import actions

    session.open()
    files = published(paths)
    told = Told()
    with progress("Reading", files) as seen:
        outcomes = actions.add(
            files, home=session.files(), by=session.by(), on=session.now(), form=form,
            agency=agency, seen=seen,
        )  # fmt: skip
        if as_json:
            as_array(row for outcome in told.hearing(outcomes) for row in rows_of(outcome))
        else:
            for _ in told.hearing(outcomes):
                pass
    if not as_json:
        told.show_table()
    told.say()
    if told.refused and not told.added:
        raise SystemExit(NOTHING_ADDED)


@returns.command()
@click.option("--agency", required=True, help="Code of the agency that is to fill it in.")
@click.option("--year", required=True, help="Financial year, such as 2024-25.")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def template(session: Session, agency: str, year: str, out: Path) -> None:
    """Write a workbook, or CSV, in which an agency returns what it spends: services by rows."""
    from totalplace.doors.cli.sources.returns_template import Asked, write_template
    from totalplace.places import queries as places
    from totalplace.refusal import Refused
    from totalplace.sources.returns import forms

    session.open()
    asked = Asked(agency, places.agency(agency).name, year_of(year))
    try:
        write_template(out, forms.named(session.files(), OWN_FORM), asked)
    except OSError as error:
        raise Refused(
            f"{out} was not written",
            why=(error.strerror or str(error)).lower(),
            next_step="Name a file in a folder that is there and that you may write to",
        ) from error
    click.echo(f"Written: {out}", err=True)


@returns.command("forms")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def list_forms(session: Session, as_json: bool) -> None:
    """List the forms by which returns are read, shipped ones and those in your home folder."""
    from totalplace.doors.cli.showing import as_array, table_of
    from totalplace.sources.returns import forms

    known = forms.known(session.files()).values()
    if as_json:
        as_array({"code": f.code, "title": f.title, "shape": f.shape, "has": f.has} for f in known)
        return
    table_of(
        ["Form", "What it reads", "Known by"], [[f.code, f.title, ", ".join(f.has)] for f in known]
    )


def _on_one_return(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments by which one return is meant."""
    for add_to in (
        click.option("--area", default="", help="Code of the area, of a department's return."),
        click.option("--form", default="", help="The form, where there are returns in several."),
        click.argument("year"),
        click.argument("agency"),
    ):
        command = add_to(command)
    return command


_REASON = click.option("--reason", required=True, help="Why, in a sentence others can act on.")


@returns.command()
@_on_one_return
@click.option("--reason", default="", help="What is asked for, and until when.")
@pass_session
def request(session: Session, agency: str, year: str, form: str, area: str, reason: str) -> None:
    """Ask AGENCY for its return of YEAR; in the agency's own form unless another is named."""
    from totalplace.places import queries as places
    from totalplace.sources.returns import ReturnKey, actions, forms

    session.open()
    home = session.files()
    code = forms.named(home, form or OWN_FORM).code
    key = ReturnKey(code, places.agency(agency).code, area, year_of(year).start)
    stage = actions.request(key, home=home, by=session.by(), on=session.now(), reason=reason)
    _done(key, stage)


@returns.command()
@_on_one_return
@_REASON
@pass_session
def query(session: Session, **said: str) -> None:
    """Ask whoever made the return of AGENCY for YEAR to explain or correct it."""
    from totalplace.sources.returns import actions

    _act(session, actions.query, said)


@returns.command()
@_on_one_return
@_REASON
@pass_session
def answer(session: Session, **said: str) -> None:
    """Close a query of the return of AGENCY for YEAR: its figures stand, for a reason."""
    from totalplace.sources.returns import actions

    _act(session, actions.answer, said)


@returns.command()
@_on_one_return
@click.option("--reason", default="", help="What was looked at.")
@pass_session
def accept(session: Session, **said: str) -> None:
    """Take the return of AGENCY for YEAR as right."""
    from totalplace.sources.returns import actions

    _act(session, actions.accept, said)


@returns.command()
@_on_one_return
@_REASON
@pass_session
def withdraw(session: Session, **said: str) -> None:
    """Take the return of AGENCY for YEAR out of what is counted; its file stays held."""
    from totalplace.sources.returns import actions

    _act(session, actions.withdraw, said)


def _act(session: Session, action: Callable[..., Stage], said: dict[str, Any]) -> None:
    from totalplace.sources.returns.finding import key_meant

    session.open()
    home = session.files()
    year = year_of(said["year"])
    key = key_meant(home, said["agency"], year, form=said["form"], area=said["area"])
    stage = action(key, home=home, by=session.by(), on=session.now(), reason=said["reason"])
    _done(key, stage)


def _done(key: ReturnKey, stage: Stage) -> None:
    click.echo(f"{key}: {stage}.")


def year_of(text: str) -> FinancialYear:
    """The year that is said. Raises Refused where it is none."""
    from totalplace.money.years import FinancialYear
    from totalplace.refusal import Refused

    try:
        return FinancialYear.parse(text)
    except ValueError as error:
        raise Refused(
            "No year was taken",
            why=str(error),
            next_step="Write the year as 2024-25",
        ) from error


@returns.command("list")
@click.option("--agency", default="", help="The returns of this body, by GSS or agency code.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def list_all(session: Session, agency: str, as_json: bool) -> None:
    """List the files of returns that are held; with --agency, that body's returns by year."""
    from totalplace.doors.cli.sources.returns_shown import list_files, list_of_body

    session.open()
    if agency:
        list_of_body(session.files(), agency, as_json=as_json)
    else:
        list_files(as_json=as_json)


@returns.command()
@click.argument("agency")
@click.option("--year", default="", help="Only this financial year.")
@click.option("--form", default="", help="Only this form.")
@click.option("--all", "every", is_flag=True, help="Details of lines and replaced files, too.")
@click.option("--json", "as_json", is_flag=True, help="Print every line as JSON.")
@pass_session
def show(session: Session, agency: str, every: bool, as_json: bool, **said: str) -> None:
    """Show what the returns of AGENCY say, whether totals agree, and what was done with them."""
    from totalplace.doors.cli.sources.returns_shown import show_body

    session.open()
    year = year_of(said["year"]).start if said["year"] else None
    show_body(session.files(), agency, (year, said["form"]), every=every, as_json=as_json)


@returns.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def faults(session: Session, as_json: bool) -> None:
    """List what could not be taken of returns: the cell, what was there, why, what to do."""
    from totalplace.doors.cli.sources.returns_shown import show_faults

    session.open()
    show_faults(session.files(), as_json=as_json)
