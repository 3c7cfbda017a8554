"""A plan of the records told in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.commissioning.queries.answers import PartRow
    from totalplace.commissioning.queries.plans import PlanRow, VersionRow


def tell(row: PlanRow, version: VersionRow, on: date) -> None:
    """Print a plan, or one version of it: what each agency gets, and what is lacking."""
    from totalplace.commissioning.queries.allocations import allocated_to
    from totalplace.commissioning.queries.answers import parts
    from totalplace.commissioning.queries.plans_heard import stage_of
    from totalplace.commissioning.rules.plan_moves import NEXT
    from totalplace.commissioning.rules.plan_telling import by_agency
    from totalplace.money.pence import pounds

    stage = stage_of(row, on=on)
    click.echo(f"{row.citation.id}: {row.title}\n{row.why}\n")
    click.echo(f"Years: {version.label}.\nAccountable: {row.agency_name}.\nStands: {stage}.")
    made = allocated_to(row.id)
    if made:
        click.echo(f"Adopted on {made.day}, version {made.version}, under {made.decision}.")
        click.echo(f"Posted to {made.posting.book}." if made.posting else "Not posted yet.")
    if version.chosen:
        click.echo(f"Proposed: {version.stands.title.lower()}. {version.chosen_because}\n")
    said = {one.agency: one for one in parts(row)}
    table_of(
        ["Agency", "Now", "Proposed", "Change", "Says"],
        [
            [one.title, pounds(one.now), pounds(one.pence), one.per_cent,
             _answer(said.get(one.agency))]
            for one in by_agency(version.case, version.stands.pence, names())
        ],
    )  # fmt: skip
    candidates(version)
    _lacks(row, on)
    click.echo(f"\nWhat happens next: {NEXT[stage]}")


def candidates(version: VersionRow) -> None:
    """Print the three plans of a version, and what they are compared with."""
    from totalplace.commissioning.rules.plan_telling import said_points
    from totalplace.money.pence import pounds

    rows = [
        [one.title, said_points(one.points), pounds(one.moved_pence), one.reason]
        for one in version.candidates
    ]
    click.echo()
    table_of(["Plan", "Points", "Moves", "Why"], rows)


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    from totalplace.places.queries import agencies

    return {one.code: one.name for one in agencies()}


def _answer(part: PartRow | None) -> str:
    if part is None or part.answer is None:
        return "has not answered"
    said = f"{'accepts' if part.answer.accepts else 'contests'}: {part.answer.words}"
    if part.open:
        return f"{said} (answer {part.answer.number}, without a reply)"
    return f"{said} (its part changed since)" if part.since else said


def _lacks(row: PlanRow, on: date) -> None:
    from totalplace.commissioning.queries.plans_heard import best_decision
    from totalplace.commissioning.rules.plan_moves import Stage

    if row.kept is not Stage.PROPOSED:
        return
    decision, lacks = best_decision(row, on=on)
    if not lacks and decision is not None:
        click.echo(f"\nIt can be adopted under decision {decision.citation.id}.")
        return
    click.echo("\nBefore it can be adopted:")
    for lack in lacks:
        click.echo(f"- {lack}")
