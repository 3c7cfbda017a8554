"""`totalplace count`: the whole place in a year, or the payments of agencies."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.count.queries.whole_place import Built
    from totalplace.count.rules.rulings import Ruling
    from totalplace.money.years import FinancialYear

_TO = click.Path(path_type=Path, dir_okay=False)
_FROM = click.Path(path_type=Path, dir_okay=False, exists=True)


class _Year(click.ParamType["FinancialYear"]):
    """A financial year as it is written: 2024-25."""

    name = "year"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> FinancialYear:
        """The year that was said."""
        from totalplace.money.years import FinancialYear

        if isinstance(value, FinancialYear):
            return value
        try:
            return FinancialYear.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def year_option(*, required: bool = False) -> Callable[[Any], Any]:
    """The option `--year`."""
    said = "A financial year, 2024-25."
    return click.option("--year", type=_Year(), required=required, help=said)


@click.group(invoke_without_command=True)
@click.option("--place", default="", help="Code of a place: count it as a whole.")
@click.option("--year", type=_Year(), help="A financial year, 2024-25; else the latest held.")
@click.option("--agency", "agencies", multiple=True, help="Only this agency; repeatable.")
@click.option("--html", type=_TO, help="Write the count as one page for a browser or for paper.")
@click.option("--xlsx", type=_TO, help="Write the count as a workbook.")
@click.option("--csv", type=_TO, help="Write the count as one table.")
@click.option("--parquet", type=_TO, help="Write the lines of a place's count as Parquet.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole count as JSON.")
@click.option("--themes", type=_FROM, help="A place's own themes (YAML): count by them too.")
@click.option("--similar", type=_FROM, help="A list of areas alike (CSV): set councils beside.")
@click.option("--prices-of", type=_Year(), help="Show sums at the prices of this year too.")
@click.pass_context
@pass_session
def count(
    session: Session,
    ctx: click.Context,
    place: str,
    year: FinancialYear | None,
    agencies: tuple[str, ...],
    as_json: bool,
    **said: Any,
) -> None:
    """Count all public spending in a place in a year, each pound once.

    With --place, what every body spends there, by purpose and by who decides, transfers between
    counted bodies taken out, and how much of it is measured, apportioned, modelled or missing.
    Without, each agency's payments as published, with what is doubtful and not known.
    """
    if ctx.invoked_subcommand is not None:
        return
    if place and not agencies:
        _count_place(session, place, year, as_json=as_json, said=said)
    else:
        _count_payments(session, place, agencies, year, as_json=as_json, said=said)


def _count_payments(
    session: Session,
    place: str,
    agencies: Sequence[str],
    year: FinancialYear | None,
    *,
    as_json: bool,
    said: dict[str, Any],
) -> None:
    from totalplace.doors.cli.count import payments
    from totalplace.doors.report.as_json import as_json as json_of

    session.open()
    from totalplace.count import queries

    counted = queries.count(session.files(), place=place, agencies=agencies, year=year)
    written = payments.write(counted, said)
    if as_json:
        click.echo(json_of(counted))
        return
    payments.show(counted)
    for path in written:
        click.echo(f"Written: {path}")
    if not counted.agrees:
        raise SystemExit(1)


def _count_place(
    session: Session,
    place: str,
    year: FinancialYear | None,
    *,
    as_json: bool,
    said: dict[str, Any],
) -> None:
    from totalplace.doors.cli.count.place import beside_of, write_place
    from totalplace.doors.cli.whole_place import show_whole
    from totalplace.doors.report.whole import whole_json

    session.open()
    with built_for(session, place, year) as built:
        beside = beside_of(session, built, said)
        written = write_place(built.whole, beside, said)
    if as_json:
        click.echo(whole_json(built.whole, **beside))
        return
    shown = {name: value for name, value in beside.items() if name != "themes"}
    show_whole(built.whole, **shown, written=written)
    if built.whole.payments is not None and not built.whole.payments.agrees:
        raise SystemExit(1)


@contextmanager
def built_for(
    session: Session,
    place: str,
    year: FinancialYear | None,
    *,
    rulings: Sequence[Ruling] | None = None,
    files: frozenset[str] | None = None,
) -> Iterator[Built]:
    """The count of a place and year; its files stand while the context lasts.

    The rulings in force are used unless others are given; `files` are the hashes of the only
    files to use, where not all that are held.
    """
    from totalplace.count.queries.rulings import rulings_in_force
    from totalplace.count.queries.whole_place import STAGES, Wanted, latest_year, whole_place
    from totalplace.doors.cli.showing import stages

    home = session.files()
    wanted = year or latest_year(home, place)
    ruled = rulings_in_force() if rulings is None else rulings
    with tempfile.TemporaryDirectory(prefix="totalplace-") as scratch, stages(STAGES) as seen:
        yield whole_place(Wanted(home, place, wanted, ruled, Path(scratch), seen, files))
