"""Looking: indicators, a series, areas beside each other, the tables that are held."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.outcomes.rules.readings import Series

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_AS_AT = click.option(
    "--as-at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d"]), default=None,
    help="As it stood at a moment, such as 2026-11-26T12:00:00Z.",
)  # fmt: skip


@click.command("list")
@click.option("--family", default="", help="Only results, experience, capacity or money.")
@_JSON
@pass_session
def list_all(session: Session, family: str, as_json: bool) -> None:
    """List every indicator, and whether there are readings of it."""
    session.open()
    from totalplace.outcomes import queries

    held = queries.held_measures()
    found = [one for one in queries.indicators() if family in ("", one.family)]
    rows = [
        {"code": one.code, "title": one.title, "family": one.family.value,
         "better": one.better.value, "place": one.place, "draft": one.draft,
         "readings": any((h.form, h.measure) in held for h in one.held_as)}
        for one in found
    ]  # fmt: skip
    if as_json:
        as_array(rows)
        return
    table_of(["Indicator", "Title", "Family", "Better", "Readings"], [
        [row["code"], row["title"], row["family"], row["better"],
         "yes" if row["readings"] else "none yet"]
        for row in rows
    ])  # fmt: skip


@click.command()
@click.argument("indicator")
@click.option("--area", required=True, help="Code of the area, such as E10000017.")
@_AS_AT
@_JSON
@pass_session
def show(
    session: Session, indicator: str, area: str, as_at: datetime | None, as_json: bool
) -> None:
    """Show INDICATOR in an area over time: gaps as gaps, breaks and revisions said."""
    session.open()
    from totalplace.doors.report import outcomes as told
    from totalplace.outcomes import queries

    series = queries.series(indicator, area, home=session.files(), as_at=_at(session, as_at))
    if as_json:
        as_array(told.as_json(told.SERIES, told.series_rows(series)))
        return
    if not series.readings:
        click.echo(f"There is no reading of {series.indicator.title} in {area}. Add a table with: "
                   "totalplace outcomes add")  # fmt: skip
        return
    click.echo(f"{series.indicator.title}: {series.area_name}")
    table_of(["Period", "Value", "Limits", "Stands", "Why it is missing"], [
        [one.period.said, series.indicator.said(one.value) or "missing",
         told.limits(series.indicator, one), one.status.value, one.why_missing]
        for one in series.readings
    ])  # fmt: skip
    _say(series)


def _say(series: Series) -> None:
    for one in series.breaks:
        click.echo(f"Do not compare across {one.on}: {one.why}.")
    for change in series.revisions:
        before = series.indicator.said(change.before) or "missing"
        after = series.indicator.said(change.after) or "missing"
        click.echo(f"{change.period.said} was revised from {before} to {after} "
                   f"(vintage {change.after_vintage}).")  # fmt: skip
    for note in series.notes:
        click.echo(f"Note: {note}")
    click.echo(f"Read from vintage {', '.join(map(str, series.vintages))}.")


@click.command()
@click.argument("indicator")
@click.option("--area", required=True, help="Code of the area that others are held against.")
@click.option("--with", "others", multiple=True, help="Another area; else the areas like it.")
@click.option("--neighbours", "list_code", default="", help="Which list of neighbours to use.")
@_AS_AT
@_JSON
@pass_session
def compare(session: Session, indicator: str, as_json: bool, **said: Any) -> None:
    """Show areas beside each other: the area, those most like it, its region and the country."""
    session.open()
    from totalplace.doors.report import outcomes as told
    from totalplace.outcomes import queries

    at = _at(session, said["as_at"])
    found = queries.comparators(said["area"], list_code=said["list_code"], as_at=at)
    areas = [said["area"], *(said["others"] or found.neighbours)]
    areas += [area for area in (found.region, found.country) if area and area not in areas]
    named = queries.indicator(indicator, as_at=at)
    rows = queries.compare(indicator, areas, as_at=at, home=session.files())
    if as_json:
        as_array(told.as_json(told.BESIDE, told.beside_rows(named, rows)))
        return
    click.echo(f"{named.title}, {next(r.reading for r in rows if r.reading).period.said}")
    table_of(["Area", "Value", "Limits", "This area is"], [
        [row.name, (named.said(row.reading.value) if row.reading else "") or "missing",
         told.limits(named, row.reading), row.compared.words if row.compared else ""]
        for row in rows
    ])  # fmt: skip
    if not said["others"]:
        click.echo(found.said)


@click.command()
@_JSON
@pass_session
def vintages(session: Session, as_json: bool) -> None:
    """List the tables that are held, the newest first."""
    session.open()
    from totalplace.outcomes import queries

    rows = queries.vintages()
    if as_json:
        as_array(
            {"vintage": row.number, "name": row.name, "sheet": row.sheet, "form": row.form,
             "publisher": row.publisher, "published_on": row.published_on, "sha256": row.sha256,
             "rows": row.rows, "figures": row.figures, "readings": row.kept,
             "missing": row.missing, "set_aside": row.set_aside, "added_up": row.added_up,
             "added_at": row.added_at.isoformat()}
            for row in rows
        )  # fmt: skip
    elif rows:
        heads = ["Vintage", "Table", "Form", "Published", "Readings", "Missing", "Set aside"]
        table_of(heads, [
            [row.number, row.name, row.form, str(row.published_on or "not said"), row.kept,
             row.missing, row.set_aside]
            for row in rows
        ])  # fmt: skip
    else:
        click.echo("No table is held. Add one with: totalplace outcomes add")


@click.command()
@click.argument("vintage", type=click.IntRange(1))
@click.option("--most", default=50, show_default=True, help="How many to list one by one.")
@_JSON
@pass_session
def aside(session: Session, vintage: int, most: int, as_json: bool) -> None:
    """Show which figures of a VINTAGE are no readings: where each stands, and why."""
    session.open()
    from totalplace.outcomes import queries

    home = session.files()
    rows = queries.set_aside(vintage, home=home, most=most)
    if as_json:
        for row in rows:
            click.echo(json.dumps({name: getattr(row, name) for name in row.__slots__}))
        return
    kinds = queries.set_aside_kinds(vintage, home=home)
    if not kinds:
        click.echo("Nothing was set aside: every figure is a reading.")
        return
    table_of(["Why", "Figures", "First in row"], kinds)
    table_of(["Row", "Column", "Measure", "Area", "Found", "Why"], [
        [row.row, row.heading, row.measure, row.area_name, row.found, row.why] for row in rows
    ])  # fmt: skip


@click.command()
@pass_session
def forms(session: Session) -> None:
    """List the forms of published tables that are known, and the columns of each."""
    session.open()
    from totalplace.outcomes import queries

    table_of(["Form", "What it reads", "Columns"], [
        [one.code, one.title, ", ".join(names[0] for names in one.columns.values())]
        for one in queries.forms(session.files())
    ])  # fmt: skip


@click.command()
@_JSON
@pass_session
def undefined(session: Session, as_json: bool) -> None:
    """List the measures that are held and that no definition names yet."""
    session.open()
    from totalplace.outcomes import queries

    rows = queries.undefined()
    if as_json:
        as_array({name: getattr(row, name) for name in row.__slots__} for row in rows)
    elif rows:
        table_of(["Form", "Measure", "Readings", "Missing", "Areas"], [
            [row.form, row.measure, row.readings, row.missing, row.areas] for row in rows
        ])  # fmt: skip
        click.echo("Draft definitions of them with: totalplace outcomes drafts DICTIONARY")
    else:
        click.echo("Every measure that is held is defined.")


def _at(session: Session, said: datetime | None) -> datetime | None:
    if said is None:
        return None
    return said if said.tzinfo else said.replace(tzinfo=session.now().tzinfo)
