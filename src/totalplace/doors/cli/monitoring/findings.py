"""Findings of the watch, what a place's watch promises, and charts begun anew."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.monitoring.queries.findings import FindingRow
    from totalplace.record.rules.chain import Citation

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.command("findings")
@click.argument("which", default="")
@_JSON
@pass_session
def findings(session: Session, which: str, as_json: bool) -> None:
    """List findings: all, those of a place, or one in full, such as wexshire/3."""
    session.open()
    from totalplace.monitoring import queries

    if "/" in which:
        row = queries.finding(which)
        if as_json:
            as_array([_as_json(row)])
            return
        click.echo(
            "\n".join((f"Finding {row.citation.id}, {row.on:%-d %B %Y}", *row.told.sentences))
        )
        click.echo(f"SHA-256 of its text: {row.digest}")
        return
    rows = queries.findings(which)
    if as_json:
        as_array(map(_as_json, rows))
    elif rows:
        table_of(["Finding", "Found on", "Sign", "What moved"], [
            [row.citation.id, f"{row.on:%-d %B %Y}", str(row.sign), row.headline] for row in rows
        ])  # fmt: skip
    else:
        click.echo("The watch found nothing yet. Look with: totalplace monitoring run")


def _as_json(row: FindingRow) -> dict[str, Any]:
    return {
        "finding": row.citation.id, "on": row.on.isoformat(), "code": row.code, "area": row.area,
        "sort": row.sort.value, "sign": row.sign.value, "protected": row.protected,
        "follows": row.follows, "followed_by": row.followed_by, "digest": row.digest,
        "words": list(row.told.sentences), **row.said,
    }  # fmt: skip


@click.command("set")
@click.argument("place")
@click.option("--promise", type=float, required=True, help="False alarms a year, over all of it.")
@click.option(
    "--leave-out",
    "left_out",
    multiple=True,
    metavar="CODE=WHY",
    help="A series that is not watched, and why, such as outcome/obesity='counted anew'.",
)
@click.option("--similar", "alike", multiple=True, help="Code of an area to compare with.")
@click.option("--reason", required=True, help="Why; it goes on the record.")
@pass_session
def set_promise(session: Session, place: str, reason: str, **said: Any) -> None:
    """Say what PLACE watches, and how many false alarms a year that may raise."""
    session.open()
    from totalplace.monitoring.actions.watching import Terms, set_watch

    left_out = [(code, why) for code, _, why in (one.partition("=") for one in said["left_out"])]
    row = set_watch(
        place, Terms(said["promise"], left_out, said["alike"]), reason=reason, by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(
        f"{place} promises {row.promise:g} false alarms a year from now on, over all that it "
        f"watches; {len(row.left_out)} series are left out."
    )


@click.command()
@click.argument("place")
@click.argument("code")
@click.option("--area", required=True, help="Code of the area of the chart.")
@click.option("--from", "from_day", type=click.DateTime(["%Y-%m-%d"]), required=True,
              help="First day of the new level.")  # fmt: skip
@click.option("--citing", required=True, help="A decision or a finding: decision BODY/NUMBER.")
@click.option("--reason", required=True, help="Why the new level is normal; on the record.")
@pass_session
def rebase(session: Session, place: str, code: str, reason: str, **said: Any) -> None:
    """Begin the chart of CODE in PLACE anew from a day, citing what makes its level normal."""
    session.open()
    from totalplace.monitoring.actions.watching import Anew
    from totalplace.monitoring.actions.watching import rebase as begin_anew

    day: datetime = said["from_day"]
    anew = Anew(code, said["area"], day.date(), _cited(said["citing"]))
    row = begin_anew(place, anew, reason=reason, by=session.by(), on=session.now())
    click.echo(f"The chart of {code} begins anew on {row.from_day:%-d %B %Y}, as {row.citation}.")


def _cited(said: str) -> Citation:
    from totalplace.record.rules.chain import Citation

    kind, _, number = said.strip().partition(" ")
    return Citation(kind, number.strip())
