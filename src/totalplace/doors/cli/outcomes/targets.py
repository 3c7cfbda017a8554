"""`totalplace outcomes targets`: what a place sets itself, proposed, heard, revised, adopted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.money.years import FinancialYear

_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_SET = click.argument("targets")


@click.group()
def targets() -> None:
    """The targets of a place: drafted, proposed, heard, revised as answers say, adopted.

    TARGETS are cited as PLACE/NUMBER, such as wexshire/1.
    """


@targets.command("list")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List every set of targets and where it stands today."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.outcomes.queries.sets import target_sets
    from totalplace.outcomes.queries.targets_heard import stage_of

    on = local_day(session.now())
    rows = [
        [row.citation.id, row.title, row.years, row.agency, len(row.targets),
         stage_of(row, on=on).value]
        for row in target_sets(place)
    ]  # fmt: skip
    if not rows:
        click.echo("There are no targets. Draft some with: totalplace outcomes targets new")
        return
    table_of(["Targets", "Title", "Years", "Accountable", "How many", "Stands"], rows)


@targets.command("new")
@click.argument("place")
@click.option("--title", required=True, help="In a few words.")
@click.option("--why", required=True, help="Why the place sets them.")
@click.option("--agency", required=True, help="Code of the agency that is accountable.")
@click.option("--from", "first", required=True, help="First financial year, 2027-28.")
@click.option("--to", "last", required=True, help="Last financial year, 2029-30.")
@pass_session
def new(session: Session, place: str, **said: str) -> None:
    """Begin a set of targets of PLACE."""
    session.open()
    from totalplace.outcomes.actions import target_sets as actions

    years = (_year(said["first"]), _year(said["last"]))
    row = actions.draft(
        place, said["title"], agency=said["agency"], years=years, why=said["why"],
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"{row.title} is begun as {row.citation.id}. Write its targets in a workbook:")
    click.echo(f"totalplace outcomes targets template {row.citation.id} targets.xlsx")


@targets.command("template")
@_SET
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def template(session: Session, targets: str, path: Path) -> None:
    """Write TARGETS as they stand to a workbook at PATH, to be filled in and given back."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.cli.sources.giving_back import whole
    from totalplace.doors.report.targets import workbook_of
    from totalplace.outcomes.queries import indicators
    from totalplace.outcomes.queries.sets import target_set
    from totalplace.places.queries import members

    row = target_set(targets)
    held = members(row.place, on=local_day(session.now()))
    names = {one.agency.code: one.agency.name for one in held}
    content = workbook_of(row.targets, agencies=names, known=indicators())
    with whole(path) as file:
        file.write(content)
    click.echo(f"{plural(len(row.targets), 'target')} written to {path}.")


@targets.command("revise")
@_SET
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_REASON
@click.option("--because", type=click.IntRange(1), help="The answer that led to it, once heard.")
@pass_session
def revise(session: Session, targets: str, path: Path, reason: str, because: int | None) -> None:
    """Take all of TARGETS anew from the workbook at PATH: a draft, or its next version."""
    session.open()
    from totalplace.outcomes.actions import target_sets as actions
    from totalplace.outcomes.reading.target_file import read_workbook
    from totalplace.refusal import Refused

    wanted, faults = read_workbook(path, name=path.name)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise Refused(
            f"{path.name} was not taken",
            why=f"it has {plural(len(faults), 'fault')}, listed above",
            next_step="Put each cell right, and give it again",
        )
    row = actions.revise(
        targets, wanted, reason=reason, because=because, by=session.by(), on=session.now()
    )
    number = row.versions[-1].number
    what = f"version {number}" if number else "a draft"
    click.echo(f"{row.citation.id} has {plural(len(row.targets), 'target')}, in {what}.")


@targets.command("propose")
@_SET
@_REASON
@pass_session
def propose(session: Session, targets: str, reason: str) -> None:
    """Propose TARGETS: what they hold is version 1, on which people can be heard."""
    session.open()
    from totalplace.outcomes.actions import target_sets as actions

    row = actions.propose(targets, reason=reason, by=session.by(), on=session.now())
    asked = ", ".join(row.affected)
    click.echo(f"{row.citation.id} is proposed. To be asked by right: {asked}.")


@targets.command("withdraw")
@_SET
@_REASON
@pass_session
def withdraw(session: Session, targets: str, reason: str) -> None:
    """Withdraw TARGETS before they are adopted."""
    session.open()
    from totalplace.outcomes.actions import target_sets as actions

    actions.withdraw(targets, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{targets} is withdrawn.")


@targets.command("adopt")
@_SET
@click.argument("decision")
@_REASON
@pass_session
def adopt(session: Session, targets: str, decision: str, reason: str) -> None:
    """Adopt TARGETS under DECISION, which is in effect, once they were heard."""
    session.open()
    from totalplace.outcomes.actions import adopting
    from totalplace.record.rules.chain import Citation

    cited = Citation("decision", decision.removeprefix("decision "))
    row = adopting.adopt(targets, cited, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{row.title} are the targets of {row.place_name} from today.")


@targets.command("show")
@_SET
@click.option("--version", type=click.IntRange(1), help="An earlier one; else as it stands.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@pass_session
def show(session: Session, targets: str, version: int | None, as_json: bool) -> None:
    """Show TARGETS: what is to be reached, who can move it, what changed, what is lacking."""
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.cli.outcomes.targets_told import tell
    from totalplace.doors.report.targets_told import plain_set
    from totalplace.outcomes.queries.sets import target_set

    row, on = target_set(targets), local_day(session.now())
    if as_json:
        click.echo(json.dumps(plain_set(row, on), default=str))
    else:
        tell(row, on, version=version)


def _year(said: str) -> FinancialYear:
    from totalplace.money.years import FinancialYear as Year
    from totalplace.refusal import Refused

    try:
        return Year.parse(said)
    except ValueError as error:
        raise Refused(
            f"'{said}' is no financial year",
            why="a year starts in April",
            next_step="Write it such as 2027-28",
        ) from error
