"""`totalplace plan appraisal`: appraisals kept for a place, and effects accepted ungraded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.plan.appraise import appraisal
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.commissioning.rules.appraisal.terms import Appraisal

__all__ = ["appraisal"]
_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_PATH = click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@appraisal.command("list")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List every appraisal, and what it comes to."""
    session.open()
    from totalplace.commissioning.queries.appraisals import appraisals
    from totalplace.money.pence import pounds

    rows = []
    for row in appraisals(place):
        found = row.last.appraised
        guessed = f"{len(found.guesses)} of {len(found.numbers)}"
        out = "yes" if row.last.published_on else "no"
        rows.append([row.citation.id, row.last.title, row.option, row.last.number,
                     pounds(found.result.net), guessed, out])  # fmt: skip
    if not rows:
        click.echo("There are no appraisals. Begin with: totalplace plan appraisal template a.xlsx")
        return
    heads = ["Appraisal", "Title", "Option", "Version", "More than it costs", "Guesses", "Public"]
    table_of(heads, rows)


@appraisal.command("keep")
@click.argument("place")
@_PATH
@_REASON
@pass_session
def keep(session: Session, place: str, path: Path, reason: str) -> None:
    """Keep the appraisal in the workbook PATH for PLACE, as its version 1."""
    terms = _terms(path)
    session.open()
    from totalplace.commissioning.actions.appraisals import make

    row = make(place, terms, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{row.last.title} is kept as appraisal {row.citation.id}.")


@appraisal.command("change")
@click.argument("citation")
@_PATH
@_REASON
@pass_session
def change_it(session: Session, citation: str, path: Path, reason: str) -> None:
    """Put the appraisal CITATION (PLACE/NUMBER) anew, from the workbook PATH."""
    terms = _terms(path)
    session.open()
    from totalplace.commissioning.actions.appraisals import change

    row = change(citation, terms, reason=reason, by=session.by(), on=session.now())
    click.echo(f"Version {row.last.number} of appraisal {row.citation.id} is kept.")


@appraisal.command("publish")
@click.argument("citation")
@_REASON
@pass_session
def publish_it(session: Session, citation: str, reason: str) -> None:
    """Lay the last version of the appraisal CITATION (PLACE/NUMBER) open to everybody."""
    session.open()
    from totalplace.commissioning.actions.appraisals import publish

    row = publish(citation, reason=reason, by=session.by(), on=session.now())
    click.echo(f"Version {row.last.number} of appraisal {row.citation.id} is published.")


@appraisal.command("accept-effect")
@click.argument("place")
@click.argument("option")
@click.argument("indicator")
@click.argument("area")
@_REASON
@pass_session
def accept_effect(session: Session, place: str, reason: str, **which: str) -> None:
    """Let the effect of OPTION on INDICATOR in AREA drive money in PLACE, though ungraded."""
    session.open()
    from totalplace.commissioning.actions import appraisals as actions

    row = actions.accept_effect(
        place, which["option"], which["indicator"], which["area"], reason=reason,
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"It is accepted, as {row.citation}. Name that in the case.")


@appraisal.command("effects")
@click.argument("place")
@pass_session
def effects(session: Session, place: str) -> None:
    """List the effects of PLACE that were accepted ungraded."""
    session.open()
    from totalplace.commissioning.queries.appraisals import accepted

    rows = [[str(one.citation), one.option, one.indicator, one.area, one.reason,
             "yes" if one.holds else "no"] for one in accepted(place)]  # fmt: skip
    if not rows:
        click.echo(f"No effect was accepted ungraded in {place}.")
        return
    table_of(["Cited as", "Option", "Outcome", "Area", "Why", "Holds"], rows)


def _terms(path: Path) -> Appraisal:
    from totalplace.commissioning.reading.appraisal_file import read_workbook
    from totalplace.refusal import Refused

    terms, faults = read_workbook(path, name=path.name)
    for fault in faults:
        click.echo(str(fault))
    if terms is None:
        raise Refused(
            f"{path.name} was not kept",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and give it again",
        )
    return terms
