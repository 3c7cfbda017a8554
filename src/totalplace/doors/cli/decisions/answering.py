"""Calling a decision in, answering that, and reconsidering what was referred back."""

from __future__ import annotations

import click

from totalplace.doors.cli.decisions.taking import taking_of
from totalplace.doors.cli.session import Session, pass_session

_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")


@click.command("call-in")
@click.argument("decision")
@_REASON
@click.option("--member", "members", multiple=True, required=True, help="Who asks; say each.")
@pass_session
def call_in(session: Session, decision: str, reason: str, members: tuple[str, ...]) -> None:
    """Call in DECISION before it takes effect."""
    session.open()
    from totalplace.decisions import actions

    actions.call_in(decision, reason=reason, members=members, by=session.by(), on=session.now())
    click.echo(f"{decision} is called in: it takes no effect until that is answered.")


@click.command("answer-call-in")
@click.argument("decision")
@click.argument("how", type=click.Choice(["uphold", "refer-back", "refer-to-council"]))
@_REASON
@pass_session
def answer(session: Session, decision: str, how: str, reason: str) -> None:
    """Answer the call-in of DECISION: uphold it, or refer it back or to the full council."""
    session.open()
    from totalplace.decisions import actions
    from totalplace.decisions.rules.moves import Verb

    verbs = {"uphold": Verb.UPHOLD, "refer-back": Verb.REFER_BACK}
    verb = verbs.get(how, Verb.REFER_TO_COUNCIL)
    row = actions.answer_call_in(decision, verb, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{decision} is {row.stage}.")


@click.command()
@click.argument("decision")
@click.argument("how", type=click.Choice(["confirm", "rescind"]))
@_REASON
@click.option("--took-part", multiple=True, help="A member who took part; say each.")
@click.option("--options", default="", help="What else was considered and rejected.")
@pass_session
def reconsider(session: Session, decision: str, how: str, **said: object) -> None:
    """Confirm or rescind DECISION, which was referred back."""
    session.open()
    from totalplace.decisions import actions
    from totalplace.decisions.rules.moves import Verb

    row = actions.reconsider(
        decision, Verb(how), taking_of(said), by=session.by(), on=session.now()
    )
    click.echo(f"{decision} is {row.stage}.")
