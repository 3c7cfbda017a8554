"""Seeing assessments, what is agreed, what it rests on, and what is lacking for a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from datetime import date

    from totalplace.readiness.queries import AssessmentRow


@click.command("list")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List every assessment and where it stands."""
    session.open()
    from totalplace.readiness.queries import assessments

    rows = [
        [row.citation.id, row.centre, row.day, row.stage.value, row.agreed_on or ""]
        for row in assessments(place)
    ]
    if not rows:
        click.echo("There are none. Begin one with: totalplace readiness begin")
        return
    table_of(["Assessment", "With", "Begun", "Stands", "Agreed"], rows)


@click.command("show")
@click.argument("assessment")
@pass_session
def show(session: Session, assessment: str) -> None:
    """Show ASSESSMENT: what each side said, as far as you may see it, and what was agreed."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.readiness import queries
    from totalplace.readiness.definitions.reading import fact_rules

    row = queries.assessment(assessment)
    on = local_day(session.now())
    click.echo(f"{row.place_name} and {row.centre_name}: {row.stage}. {row.why}\n")
    facts = [[rule.title, _fact(row, code, on)] for code, rule in fact_rules().items()]
    table_of(["Fact", "Met"], facts)
    click.echo("")
    table_of(["Area", "Place", "Centre", "Agreed", "Why", "Supported"], _areas(session, row, on))


def _fact(row: AssessmentRow, code: str, on: date) -> str:
    fact = row.facts.get(code)
    if fact is None:
        return "not stated"
    if fact.is_met(on):
        return "yes"
    return f"from {fact.met_from}" if fact.met_from else "no"


def _areas(session: Session, row: AssessmentRow, on: date) -> list[list[object]]:
    from totalplace.readiness import queries
    from totalplace.readiness.rules.scale import TITLES, Area, Side

    said = {side: queries.scores(row, side, by=session.by(), on=on) or {} for side in Side}
    rests = queries.rests(row, queries.items(row.place), on=on) if row.agreed else {}
    rows: list[list[object]] = []
    for area in Area:
        agreed = row.agreed.get(area)
        level = (agreed.level.value if agreed.level else "not agreed") if agreed else ""
        since = rests[area].since if area in rests else None
        scored = [
            said[side][area].level.value if area in said[side] else "not to be seen yet"
            for side in Side
        ]
        supported = "" if area not in rests else f"not since {since}" if since else "yes"
        rows.append([TITLES[area], *scored, level, agreed.reason if agreed else "", supported])
    return rows


@click.command("lacking")
@click.argument("place")
@click.argument("model")
@pass_session
def lacking(session: Session, place: str, model: str) -> None:
    """Say what PLACE lacks today for an agreement under MODEL, such as block-grant."""
    session.open()
    from totalplace.agreements.queries import devolution
    from totalplace.decisions.rules.days import local_day
    from totalplace.places.queries import place as the_place
    from totalplace.readiness import queries

    needs = devolution.model(model).needs
    found = queries.lacking(the_place(place).code, needs, on=local_day(session.now()))
    for lack in found:
        click.echo(str(lack))
    if not found:
        click.echo("Nothing is lacking.")


@click.command("opens")
@click.argument("place")
@click.argument("model")
@pass_session
def opens(session: Session, place: str, model: str) -> None:
    """Say which powers of MODEL the agreed levels of PLACE open, and what the others need."""
    session.open()
    from totalplace.agreements.queries import devolution
    from totalplace.decisions.rules.days import local_day
    from totalplace.places.queries import place as the_place
    from totalplace.readiness import queries

    row = queries.agreed_assessment(the_place(place).code, on=local_day(session.now()))
    found = devolution.opens(devolution.model(model), row.levels if row else {})
    rows = [[one.power.title, "open" if one.is_open else "; ".join(one.lacking)] for one in found]
    table_of(["Power", "Open, or what it needs"], rows)
