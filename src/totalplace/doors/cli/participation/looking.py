"""Looking: hearings, one of them, and what is lacking before its proposal can be adopted."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import as_array, table_of

if TYPE_CHECKING:
    from totalplace.participation.queries import HearingRow

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.command("list")
@click.option("--place", default="", help="Only those of this place.")
@_JSON
@pass_session
def list_all(session: Session, place: str, as_json: bool) -> None:
    """List hearings and where each stands today."""
    session.open()
    from totalplace.participation import queries

    rows, today = queries.hearings(place=place), _today(session)
    if as_json:
        as_array(plain(row, today) for row in rows)
        return
    if not rows:
        click.echo("There is no hearing. Begin one with: totalplace participation begin")
        return
    heads = ["Hearing", "Title", "Place", "About", "Stands", "Until"]
    table_of(heads, [
        [str(row.number), row.title, row.place, str(row.about), row.stage(today).value,
         str(row.closing_day or "-")]
        for row in rows
    ])  # fmt: skip


@click.command()
@click.argument("hearing", type=int)
@_JSON
@pass_session
def show(session: Session, hearing: int, as_json: bool) -> None:
    """Show HEARING: what is asked, who replied what, and how each was answered."""
    session.open()
    from totalplace.participation import queries

    row, today = queries.hearing(hearing), _today(session)
    if as_json:
        click.echo(json.dumps(plain(row, today), default=str))
        return
    click.echo(f"{row.number}: {row.title}\n{row.draft.question.question}\n")
    click.echo(f"About {row.about}, in {row.place_name}. It is {row.stage(today)}"
               + (f", until {row.closing_day}." if row.closing_day else "."))  # fmt: skip
    for paper in row.papers:
        click.echo(
            f"Paper {paper.number}: {paper.title}{f' (late, {paper.late})' * bool(paper.late)}"
        )
    for one in row.replies:
        marks = " (late)" * one.late + " (replaced)" * (not one.stands)
        click.echo(f"{one.agency_name}, {one.stance}{marks}: {one.words}")
    for silent in row.silent:
        click.echo(f"{silent.name} has said nothing.")
    for point in row.points:
        said = point.answer
        click.echo(f"Point {point.number}, {point.kind}: {point.words}")
        if said is not None:
            click.echo(f"  {'Changed' if said.changed else 'Not changed'}: {said.words}")


@click.command()
@click.argument("about")
@_JSON
@pass_session
def lacking(session: Session, about: str, as_json: bool) -> None:
    """Show what is lacking before what is ABOUT can be adopted: "targets wexshire/1"."""
    session.open()
    from totalplace.doors.affected import affected_by
    from totalplace.participation import queries
    from totalplace.record.rules.chain import Citation

    kind, _, name = about.partition(" ")
    cited = Citation(kind, name)
    codes = {one.agency for one in affected_by(cited)}
    found = queries.lacking(cited, affected=codes, on=_today(session))
    if as_json:
        as_array({"what": one.what, "why": one.why, "next_step": one.next_step} for one in found)
        return
    for one in found:
        click.echo(str(one))
    if not found:
        click.echo(f"Nothing is lacking: {about} was heard.")


def plain(row: HearingRow, on: date) -> dict[str, Any]:
    """A hearing as a document for programs."""
    return {
        "hearing": row.number,
        "place": row.place,
        "agency": row.agency,
        "about": str(row.about),
        "title": row.title,
        "stage": row.stage(on).value,
        "first_day": row.first_day,
        "closing_day": row.closing_day,
        "concluded_on": row.concluded_on,
        "digest": row.digest,
        "papers": [{"number": p.number, "title": p.title, "sha256": p.sha256, "late": p.late}
                   for p in row.papers],
        "asked": [{"agency": c.agency, "name": c.name, "by_right": c.by_right,
                   "stake_pence": c.stake_pence} for c in row.consultees],
        "replies": [{"agency": r.agency, "stance": r.stance.value, "words": r.words,
                     "pence": r.pence, "late": r.late, "stands": r.stands} for r in row.replies],
        "silent": [c.agency for c in row.silent],
        "points": [
            {"number": p.number, "kind": p.kind.value, "words": p.words, "stands": p.stands,
             "answer": None if p.answer is None else {
                 "number": p.answer.number, "changed": p.answer.changed, "words": p.answer.words,
                 "pence": p.answer.pence, "led_to": p.answer.led_to and str(p.answer.led_to)}}
            for p in row.points
        ],
    }  # fmt: skip


def _today(session: Session) -> date:
    from totalplace.decisions.rules.days import local_day

    return local_day(session.now())
