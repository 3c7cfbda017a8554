"""Looking: the forward plan, every decision, one of them, and what waits for whom."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.decisions.queries import DecisionRow

_HEADS = ["Decision", "Title", "Body", "Planned for", "Key", "Stands"]
_AGENCY = click.option("--agency", default="", help="Only those of this agency's bodies.")
_PLACE = click.option("--place", default="", help="Only those of this place's agencies.")
_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.command()
@_AGENCY
@_PLACE
@_JSON
@pass_session
def plan(session: Session, agency: str, place: str, as_json: bool) -> None:
    """Show the forward plan: what is yet to be decided, the soonest first."""
    session.open()
    from totalplace.decisions.queries import forward_plan

    rows = forward_plan(agency=agency, place=place, on=_today(session))
    _listed(session, rows, as_json, "Nothing is planned. Start with: totalplace decisions propose")


@click.command("list")
@_AGENCY
@click.option("--body", default="", help="Only those of this body.")
@_JSON
@pass_session
def list_all(session: Session, agency: str, body: str, as_json: bool) -> None:
    """List every decision and where it stands today."""
    session.open()
    from totalplace.decisions.queries import decisions

    rows = decisions(agency=agency, body=body)
    _listed(session, rows, as_json, "There is no decision. Propose one with: totalplace decisions "
            "propose")  # fmt: skip


@click.command()
@click.argument("decision")
@_JSON
@pass_session
def show(session: Session, decision: str, as_json: bool) -> None:
    """Show DECISION: what it is, where it stands, and all that was done about it."""
    session.open()
    from totalplace.decisions import queries
    from totalplace.doors.cli.decisions.told import plain, tell
    from totalplace.places.queries import may
    from totalplace.places.rules.mandates import Act

    row, today = queries.decision(decision), _today(session)
    exempt = may(session.by(), Act.READ_EXEMPT, agency=row.body.agency, on=today)
    if as_json:
        click.echo(json.dumps(plain(row, today, exempt=exempt), default=str))
        return
    tell(row, today, exempt=exempt)
    can = queries.open_verbs(row, on=today)
    click.echo(f"Now one can {' or '.join(can)}." if can else "There is nothing left to do.")


@click.command()
@_AGENCY
@_PLACE
@pass_session
def waiting(session: Session, agency: str, place: str) -> None:
    """Show what waits for whom, the most pressing first."""
    session.open()
    from totalplace.decisions import queries

    found = queries.waiting(agency=agency, place=place, on=_today(session))
    if not found:
        click.echo("No decision waits for anybody.")
        return
    heads = ["Decision", "Title", "Stands", "Waits for", "Until"]
    table_of(heads, [
        [one.decision.citation.id, one.decision.title, one.stands.words, one.mover.value,
         str(one.until or "-")]
        for one in found
    ])  # fmt: skip


def _listed(session: Session, rows: list[DecisionRow], as_json: bool, nothing: str) -> None:
    from totalplace.doors.cli.decisions.told import in_a_line, plain

    today = _today(session)
    if as_json:
        as_array(plain(row, today) for row in rows)
    elif rows:
        table_of(_HEADS, [in_a_line(row, today) for row in rows])
    else:
        click.echo(nothing)


def _today(session: Session) -> date:
    from totalplace.decisions.rules.days import local_day

    return local_day(session.now())
