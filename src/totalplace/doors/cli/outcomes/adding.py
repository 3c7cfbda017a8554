"""Adding tables, lists of neighbours, a place's own readings and definitions; drafting more."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.refusal import Refused

if TYPE_CHECKING:
    from totalplace.outcomes.actions.readings import Added, NotAdded

NOTHING_ADDED: Final = 2
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_HEADS: Final = (
    "Table", "Vintage", "Form", "Rows", "Figures", "Readings", "Missing", "Set aside", "Added up",
)  # fmt: skip
_ENDINGS: Final = (
    ".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xls", ".xlsb", ".ods", ".parquet",
)  # fmt: skip
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--form", default="", help="How the tables are laid out; found by their headings.")
@click.option("--publisher", default="", help="Who published them, if not whom the form names.")
@click.option("--published", type=_DAY, default=None, help="The day on which they were published.")
@click.option("--place", default="", help="The place for which you give them, if not for all.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
@pass_session
def add(session: Session, paths: tuple[Path, ...], as_json: bool, **said: Any) -> None:
    """Read published tables: CSV, XLSX, ODS, Parquet, packed or not; each is held as a vintage.

    Every figure is a reading, a reading that is missing with its reason, or set aside with where it
    stands and why. A later table of the same readings never rewrites what an older page said.
    """
    from totalplace.doors.cli.showing import progress
    from totalplace.outcomes.actions import readings

    session.open()
    files = [file for path in paths for file in _files(path)]
    terms = readings.Terms(said["form"], said["publisher"], _day(said["published"]), said["place"])
    with progress("Reading", files) as seen:
        found = list(readings.add(
            files, terms, home=session.files(), by=session.by(), on=session.now(), seen=seen
        ))  # fmt: skip
    _tell(found, as_json=as_json)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(f for f in path.rglob("*") if f.is_file() and f.name.endswith(_ENDINGS))


def _tell(found: list[Added | NotAdded], *, as_json: bool) -> None:
    from totalplace.doors.cli.showing import as_array, plural, table_of
    from totalplace.outcomes.actions.readings import Added, NotAdded

    added = [one for one in found if isinstance(one, Added)]
    if as_json:
        as_array(_plain(one) for one in added)
    elif added:
        table_of(_HEADS, [
            [one.path.name, one.vintage, one.form, one.rows, one.figures, one.kept, one.missing,
             one.set_aside, one.added_up]
            for one in added
        ])  # fmt: skip
        for one in added:
            for words in one.said:
                click.echo(f"{one.path.name}: {words}")
            if one.undefined:
                click.echo(
                    f"{one.path.name}: {plural(one.undefined, 'measure')} held and not yet "
                    "defined; see: totalplace outcomes undefined"
                )
            if one.set_aside:
                click.echo(f"What was set aside, and why: totalplace outcomes aside {one.vintage}")
    for refused in [one for one in found if isinstance(one, NotAdded)]:
        click.echo(str(refused.refused), err=True)
    if found and not added:
        raise SystemExit(NOTHING_ADDED)


def _plain(one: Added) -> dict[str, object]:
    return {
        "file": one.path.name, "sheet": one.sheet, "vintage": one.vintage, "form": one.form,
        "rows": one.rows, "figures": one.figures, "readings": one.kept, "missing": one.missing,
        "set_aside": one.set_aside, "added_up": one.added_up, "undefined": one.undefined,
        "said": list(one.said),
    }  # fmt: skip


@click.command()
@click.argument("path", type=_FILE)
@click.option("--code", required=True, help="What the list is called, such as dfe-2025.")
@click.option("--title", required=True, help="Its title, as a page names it.")
@click.option("--publisher", required=True, help="Who published it.")
@click.option("--published", type=_DAY, default=None, help="The day on which it was published.")
@pass_session
def neighbours(session: Session, path: Path, **said: Any) -> None:
    """Take in a list of which areas are most alike: an area a row, its neighbours beside it."""
    from totalplace.doors.cli.showing import plural
    from totalplace.outcomes.actions.neighbours import ListTerms, add_neighbours

    session.open()
    terms = ListTerms(said["code"], said["title"], said["publisher"], _day(said["published"]))
    found = add_neighbours(path, terms, home=session.files(), by=session.by(), on=session.now())
    click.echo(f"{plural(len(found.neighbours), 'area')} with their neighbours.")
    for row, why in found.rows_aside:
        click.echo(f"Row {row} was left out: {why}.")
    if found.neighbours_aside:
        click.echo(f"{plural(found.neighbours_aside, 'neighbour')} left out: no known code.")


@click.command()
@click.argument("path", type=_FILE)
@click.option("--place", required=True, help="The place whose indicators they are.")
@pass_session
def define(session: Session, path: Path, place: str) -> None:
    """Define a place's own indicators by a file of definitions in YAML."""
    from totalplace.outcomes.actions.defining import define as act

    session.open()
    text = path.read_text(encoding="utf-8", errors="replace")
    changed = act(text, place=place, by=session.by(), on=session.now())
    for one in changed:
        click.echo(f"{one.code}: {one.title}")
    if not changed:
        click.echo("They are all defined so already.")


@click.command()
@click.argument("indicator")
@click.argument("path", type=_FILE)
@click.option("--place", required=True, help="The place that gives them in.")
@pass_session
def give(session: Session, indicator: str, path: Path, place: str) -> None:
    """Give in a place's own readings of INDICATOR from a CSV file.

    Its columns are area, period and value; or area, period, numerator and denominator. It may have
    low, high, why_missing and note. A reading without a value says why it is missing.
    """
    from totalplace.outcomes.actions.readings import give as act

    session.open()
    number = act(
        indicator, _given(path), place=place, home=session.files(), by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"Held as vintage {number}.")


def _given(path: Path) -> list[Any]:
    from totalplace.outcomes.rules.given import Given

    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {"area", "period", "value", "numerator", "denominator", "low", "high", "why_missing",
             "note"}  # fmt: skip
    odd = sorted(set(rows[0] if rows else ()) - known - {None})
    if odd or not rows:
        why = f"nobody knows the column {odd[0]}" if odd else "it has no rows"
        raise Refused("The readings were not taken", why=why,
                      next_step="See: totalplace outcomes give --help")  # fmt: skip
    return [Given(**_typed(number, row)) for number, row in enumerate(rows, start=2)]


def _typed(number: int, row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for name, text in row.items():
        cell = (text or "").strip()
        try:
            if name in ("value", "low", "high"):
                typed[name] = Decimal(cell) if cell else None
            elif name in ("numerator", "denominator"):
                typed[name] = int(cell) if cell else None
            else:
                typed[name] = cell
        except (InvalidOperation, ValueError) as error:
            raise Refused(
                "The readings were not taken",
                why=f"in row {number}, column {name}, “{cell}” is no number",
                next_step="Put that right and give them all again",
            ) from error
    return typed


@click.command()
@click.argument("dictionary", type=_FILE)
@click.option("--form", default="dfe-lait", show_default=True, help="Of the tables it describes.")
@click.option("--source", default="DfE, Local Authority Interactive Tool, data dictionary",
              show_default=True, help="What the definitions name as their source.")  # fmt: skip
@pass_session
def drafts(session: Session, dictionary: Path, form: str, source: str) -> None:
    """Draft definitions in YAML from a publisher's own DICTIONARY, for an officer to finish.

    They are printed, and marked as drafts. Measures that are defined already are left out.
    """
    import gzip

    import yaml

    from totalplace.outcomes import queries
    from totalplace.outcomes.rules.drafts import drafted

    session.open()
    unpack = gzip.open if dictionary.name.endswith(".gz") else open
    with unpack(dictionary, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {h.measure for one in queries.indicators() for h in one.held_as if h.form == form}
    found = drafted(rows, form=form, source=source, known=known, on=session.now().date())
    click.echo(yaml.safe_dump(found.said, sort_keys=False, allow_unicode=True, width=96))
    click.echo(
        f"{len(found.said['indicators'])} drafts; {len(found.left_out)} rows of the dictionary "
        "were left out, as they name nothing or what is defined already.", err=True,
    )  # fmt: skip


def _day(said: datetime | None) -> Any:
    return said.date() if said else None
