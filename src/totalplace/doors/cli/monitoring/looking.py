"""Looking: at any file of series, and at what places watch, as the nightly run does."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, plural, stages, table_of

if TYPE_CHECKING:
    from totalplace.monitoring.reading.series_file import SeriesFile
    from totalplace.monitoring.rules.seen import Seen
    from totalplace.monitoring.rules.telling import Told
    from totalplace.monitoring.rules.watched import Watched

    Row = tuple[Watched, Seen, Told]

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_FAULTS_SHOWN: Final = 20
# What a place's watch promises by itself; a file of few series keeps to less, or most healthy ones
# would sooner or later be told to have moved.
_MOST_PROMISED: Final = 4.0
_YEARS_OF_ONE: Final = 10  # of one series, to a false alarm


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--better",
    type=click.Choice(["higher", "lower", "neither"]),
    default=None,
    help="Which way is better, where the file does not say.",
)
@click.option(
    "--promise",
    type=click.FloatRange(0.01, 365),
    default=None,
    help="False alarms a year that the watch may raise over all series of the file; else one in "
    "ten years of each series, and four a year at the most.",
)
@click.option("--on", type=_DAY, default=None, help="As it was known on a day; else today.")
@click.option("--moved", is_flag=True, help="Only what moved.")
@_JSON
def look(
    file: Path, better: str | None, promise: float | None, on: datetime | None, moved: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Look at every series of FILE (CSV or workbook): what moved, since when, how sure, how big."""
    from totalplace.monitoring.reading.series_file import read_series
    from totalplace.outcomes.rules.indicators import Better

    read = read_series(file, better=Better(better) if better else None)
    if promise is None:
        promise = min(_MOST_PROMISED, max(1, len(read.series)) / _YEARS_OF_ONE)
    rows = _seen(read, promise, (on or datetime.now()).date())  # noqa: DTZ005  (a day here)
    shown = [row for row in rows if row[1].now is not None] if moved else rows
    if as_json:
        as_array(_as_json(row) for row in shown)
    else:
        _tell(shown, len(rows), promise)
    _say_faults(read)


def _seen(read: SeriesFile, promise: float, on: Any) -> list[Row]:
    from totalplace.monitoring.rules.detecting import Promise, looks_a_year, plan_of, watch
    from totalplace.monitoring.rules.judging import as_seen, judged
    from totalplace.monitoring.rules.telling import sentences

    series = [judged(one, on=on) for one in read.series]
    made = Promise(promise, len(series))
    found = []
    for one, each in zip(series, watch(series, plan_of(promise, series)), strict=True):
        looks, seen = looks_a_year(one), as_seen(one, each)
        found.append((one, seen, sentences(seen, one, chance=made.a_look(looks) * looks)))
    return found


def _tell(rows: Sequence[Row], series: int, promise: float) -> None:
    if rows:
        named = Counter((one.title, one.area_name) for one, _, _ in rows)
        table_of(["Series", "Area", "Seen", "Since", "Before", "Now", "Change"], [
            _line(row, again=named[row[0].title, row[0].area_name] > 1) for row in rows
        ])  # fmt: skip
    for _, seen, told in rows:
        if seen.now is not None and seen.sign.is_alarm:
            click.echo("\n" + " ".join(told.sentences))
    _say_aside(rows)
    moved = sum(seen.now is not None for _, seen, _ in rows)
    alarms = sum(seen.sign.is_alarm for _, seen, _ in rows)
    click.echo(
        f"\n{series:,} series: {moved:,} moved, of which {plural(alarms, 'alarm')}. Over all of "
        f"them the watch was to raise no more than {_said(promise)}."
    )


def _said(promise: float) -> str:
    if promise >= 1:
        return f"{promise:g} false alarms a year" if promise != 1 else "1 false alarm a year"
    return f"1 false alarm in {1 / promise:.3g} years"


def _say_aside(rows: Sequence[Row]) -> None:
    """What was not looked at, and across which day nothing was compared, series by series."""
    from totalplace.monitoring.rules.telling import name_of

    said = [
        f"{name_of(one)}: {note}"
        for one, seen, _ in rows
        for note in (
            *(f"not compared across {_day(at.on)}: {at.why}." for at in one.breaks),
            *(() if seen.sign.is_alarm else (*seen.notes, *one.notes)),
        )
    ]
    if said:
        click.echo()
    for line in said[:_FAULTS_SHOWN]:
        click.echo(line)
    if len(said) > _FAULTS_SHOWN:
        click.echo(f"And {plural(len(said) - _FAULTS_SHOWN, 'note')} more: see them with --json.")


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}"


def _line(row: Row, *, again: bool) -> list[str]:
    """A line of the table; where areas of one name stand `again`, with the code of this one."""
    from totalplace.monitoring.rules.telling import size_said, value_said

    watched, seen, _ = row
    change, latest = seen.now, watched.latest
    area = f"{watched.area_name} ({watched.area})" if again else watched.area_name
    now = value_said(watched, latest.value) if latest else "missing"
    if change is None:
        return [watched.title, area, str(seen.sign), "", "", now, ""]
    sign = "+" if change.size > 0 else "-"
    return [
        watched.title, area, str(seen.sign), change.since.said,
        value_said(watched, change.before), now, f"{sign}{size_said(watched, change.size)}",
    ]  # fmt: skip


def _as_json(row: Row) -> dict[str, Any]:
    from totalplace.monitoring.rules.findings import change_said

    watched, seen, told = row
    latest = watched.latest
    return {
        "code": watched.code, "title": watched.title, "area": watched.area,
        "area_name": watched.area_name, "unit": watched.unit, "sign": seen.sign.value,
        "latest": latest.value if latest else None,
        "latest_period": latest.period.said if latest else None,
        "change": change_said(seen.now) if seen.now else None,
        "notes": list(watched.notes),
        "breaks": [{"on": one.on.isoformat(), "why": one.why} for one in watched.breaks],
        "points": seen.points, "short_by": seen.short_by, "words": list(told.sentences),
        "set_aside": [
            {"period": point.period.said, "value": point.value, "standing": point.standing.value,
             "why": point.why}
            for point in watched.points if not point.looked_at
        ],
    }  # fmt: skip


def _say_faults(read: SeriesFile) -> None:
    for said in read.said:
        click.echo(said, err=True)
    for fault in read.faults[:_FAULTS_SHOWN]:
        click.echo(str(fault), err=True)
    if len(read.faults) > _FAULTS_SHOWN:
        click.echo(f"And {plural(len(read.faults) - _FAULTS_SHOWN, 'fault')} more.", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def template(file: Path) -> None:
    """Write an empty table of series to FILE (CSV), with one line to show how."""
    from totalplace.monitoring.reading.series_file import template as rows

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows())
    file.write_text(out.getvalue(), encoding="utf-8")
    click.echo(f"Written to {file}. Look at it with: totalplace monitoring look {file}")


@click.command()
@click.argument("places", nargs=-1)
@_JSON
@pass_session
def run(session: Session, places: tuple[str, ...], as_json: bool) -> None:
    """Look at PLACES, or at all of them, and put what is found on the record, as every night."""
    session.open()
    from totalplace.monitoring.actions.watching import look_at
    from totalplace.monitoring.queries.elsewhere import MANY, Elsewhere
    from totalplace.places import queries
    from totalplace.refusal import Refused

    home, on = session.files(), session.now()
    codes = places or tuple(one.code for one in queries.places())
    others = Elsewhere(home, on.date(), every=len(codes) > MANY)
    with stages(len(codes)) as doing:
        done, not_looked = [], []
        for code in codes:
            doing(f"looking at {code}")
            try:
                found = look_at(code, home=home, by=session.by(), on=on, elsewhere=others)
            except Refused as refused:  # one place stops no other
                not_looked.append((code, refused))
                continue
            done.append((code, found))
    if as_json:
        as_array(
            {"place": code, "series": len(one.look.rows),
             "findings": [row.citation.id for row in one.made]}
            for code, one in done
        )  # fmt: skip
    else:
        for code, one in done:
            new = plural(len(one.made), "new finding")
            click.echo(f"{code}: {len(one.look.rows):,} series, {new}")
            for row in one.made:
                click.echo(f"  {row.citation.id}: {row.headline}")
    for code, why in not_looked[:-1]:
        click.echo(f"{code} was not looked at. {why}", err=True)
    if not_looked:
        raise not_looked[-1][1]
