"""Beginning an assessment, stating facts, scoring apart, meeting, agreeing."""

from __future__ import annotations

import click

from totalplace.doors.cli.readiness.said import (
    ASSESSMENT,
    REASON,
    SIDE,
    agreed_of,
    area_of,
    fact_of,
    score_of,
)
from totalplace.doors.cli.session import Session, pass_session

_FOUR = tuple[str, str, str, str]


@click.command()
@click.argument("place")
@click.option("--centre", required=True, help="Code of the department.")
@click.option("--why", required=True, help="Why it is assessed now.")
@SIDE
@pass_session
def begin(session: Session, place: str, centre: str, why: str, side: str) -> None:
    """Begin an assessment of PLACE with a department."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    row = actions.begin(
        place, centre=centre, why=why, side=Side(side), by=session.by(), on=session.now()
    )
    click.echo(f"Assessment {row.citation.id} is begun. State its facts:")
    click.echo(f"totalplace readiness facts {row.citation.id} --fact CODE DAY SOURCE ...")


@click.command()
@ASSESSMENT
@click.option(
    "--fact", "said", nargs=3, multiple=True, metavar="CODE DAY SOURCE",
    help="Its code; its day, never or ongoing; where that is written. Give each.",
)  # fmt: skip
@pass_session
def facts(session: Session, assessment: str, said: tuple[tuple[str, str, str], ...]) -> None:
    """State every fact of eligibility of ASSESSMENT; without any, list which there are."""
    from totalplace.readiness.definitions.reading import fact_rules

    if not said:
        for code, rule in fact_rules().items():
            click.echo(f"{code}: {rule.question}")
        return
    session.open()
    from totalplace.readiness import actions

    stated = [fact_of(one) for one in said]
    row = actions.state_facts(assessment, stated, by=session.by(), on=session.now())
    click.echo(f"The facts of {row.citation.id} are stated. Now each side can score.")


@click.command()
@ASSESSMENT
@SIDE
@click.option(
    "--score", "said", nargs=4, multiple=True, metavar="AREA LEVEL WHY EVIDENCE",
    help="An area, its level, why, and the numbers of its evidence (1,4 or none). Give four.",
)  # fmt: skip
@pass_session
def score(session: Session, assessment: str, side: str, said: tuple[_FOUR, ...]) -> None:
    """Hand in a side's scores of ASSESSMENT, unseen by the other side until its own are in."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    scores = [score_of(one) for one in said]
    row = actions.hand_in(assessment, Side(side), scores, by=session.by(), on=session.now())
    click.echo(f"The scores of the {side} are in. The assessment is {row.stage}.")


@click.command()
@ASSESSMENT
@SIDE
@click.option(
    "--level", "said", nargs=4, multiple=True, metavar="AREA LEVEL REASON DISPUTED",
    help="An area, its level or none, why, and what is disputed or none. Give four.",
)  # fmt: skip
@pass_session
def put(session: Session, assessment: str, side: str, said: tuple[_FOUR, ...]) -> None:
    """Put levels of ASSESSMENT to the other side, once both have scored."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    levels = [agreed_of(one) for one in said]
    row = actions.propose(assessment, Side(side), levels, by=session.by(), on=session.now())
    click.echo(f"Proposal {row.proposals[-1].number} is put to the other side.")


@click.command()
@ASSESSMENT
@SIDE
@click.option("--proposal", type=click.IntRange(1), required=True, help="The last that was put.")
@pass_session
def agree(session: Session, assessment: str, side: str, proposal: int) -> None:
    """Agree to the levels of ASSESSMENT that the other side put forward last."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    actions.consent(assessment, Side(side), proposal=proposal, by=session.by(), on=session.now())
    click.echo(f"Both sides agree. Assessment {assessment} is finished.")


@click.command()
@ASSESSMENT
@SIDE
@REASON
@pass_session
def withdraw(session: Session, assessment: str, side: str, reason: str) -> None:
    """Withdraw ASSESSMENT before it is agreed."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    actions.withdraw(assessment, side=Side(side), reason=reason, by=session.by(), on=session.now())
    click.echo(f"Assessment {assessment} is withdrawn.")


@click.command("followed")
@ASSESSMENT
@SIDE
@click.option("--area", required=True, help="The area.")
@click.option("--well/--badly", required=True, help="As the level let one expect, or worse.")
@click.option("--what", required=True, help="What happened.")
@click.option("--source", required=True, help="Who says so, and where.")
@pass_session
def followed(session: Session, assessment: str, side: str, well: bool, **said: str) -> None:
    """Say what followed an agreed level of ASSESSMENT."""
    session.open()
    from totalplace.readiness import actions
    from totalplace.readiness.rules.scale import Side

    wanted = actions.FollowedSaid(area_of(said["area"]), well, said["what"], said["source"])
    actions.say_followed(assessment, wanted, side=Side(side), by=session.by(), on=session.now())
    click.echo("It is kept beside the levels that were agreed.")
