"""A set of targets told in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.outcomes.queries.sets import TargetSetRow
    from totalplace.outcomes.rules.target_changes import Change


def tell(row: TargetSetRow, on: date, *, version: int | None) -> None:
    """Print a set, or one version of it: each target in a sentence, and what changed."""
    from totalplace.outcomes.queries.targets_heard import stage_of
    from totalplace.outcomes.rules.target_telling import share, whole
    from totalplace.places.queries import agencies

    names = {one.code: one.name for one in agencies()}
    targets = row.version(version).targets if version else row.targets
    click.echo(f"{row.citation.id}: {row.title}\n{row.why}\n")
    click.echo(f"Years: {row.years}.\nAccountable: {row.agency_name}.")
    click.echo(f"Stands: {stage_of(row, on=on)}.")
    if row.adoption:
        said = row.adoption
        click.echo(f"Adopted on {said.day}, version {said.version}, under {said.decision}.")
    for target in targets:
        click.echo(f"\n{whole(target)}\n{target.why}")
        who = "; ".join(share(part, names) for part in target.parts if part.share)
        click.echo(f"Who can move it: {who}.")
    for one in row.published:
        changes = row.changes(one.number)
        if changes and version in (None, one.number):
            led = f", for answer {one.because}" if one.because else ""
            click.echo(f"\nVersion {one.number}{led}: {one.reason}")
            _changes(changes)
    _lacks(row, on)


def _changes(changes: Sequence[Change]) -> None:
    heads = ["Target", "What", "Before", "Now"]
    rows = [[c.outcome, c.what, c.before or "nothing", c.after or "nothing"] for c in changes]
    table_of(heads, rows)


def _lacks(row: TargetSetRow, on: date) -> None:
    from totalplace.outcomes.queries.targets_heard import best_decision
    from totalplace.outcomes.rules.target_moves import Stage

    if row.kept is not Stage.PROPOSED:
        return
    decision, lacks = best_decision(row, on=on)
    if not lacks and decision is not None:
        click.echo(f"\nThey can be adopted under decision {decision.citation.id}.")
        return
    click.echo("\nBefore they can be adopted:")
    for lack in lacks:
        click.echo(f"- {lack}")
