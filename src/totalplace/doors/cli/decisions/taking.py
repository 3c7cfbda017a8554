"""Notice, urgency, and taking a decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.decisions.queries import DecisionRow
    from totalplace.decisions.rules.proposals import Taking

_DECISION = click.argument("decision")
_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_PLANNED = click.option("--planned", type=DAY, help="Another day for it, 2026-06-30.")
_TOOK_PART = click.option("--took-part", multiple=True, help="A member who took part; say each.")
_OPTIONS = click.option("--options", default="", help="What else was considered and rejected.")
_AGREED = click.option("--agreed-by", default="", help="Who agrees; else you.")
_UNABLE = click.option("--unable", default="", help="Why those who come first cannot act.")


@click.command()
@_DECISION
@_PLANNED
@pass_session
def notice(session: Session, decision: str, planned: datetime | None) -> None:
    """Publish notice of DECISION: 28 clear days for a key decision."""
    session.open()
    from totalplace.decisions import actions

    row = actions.give_notice(decision, planned_on=_day(planned), by=session.by(), on=session.now())
    _say_opens(row)


@click.command("general-exception")
@_DECISION
@_REASON
@_PLANNED
@pass_session
def exception(session: Session, decision: str, reason: str, planned: datetime | None) -> None:
    """Give the shorter notice of the general exception, saying why the full one cannot be."""
    session.open()
    from totalplace.decisions import actions

    row = actions.use_general_exception(
        decision, reason=reason, planned_on=_day(planned), by=session.by(), on=session.now()
    )
    _say_opens(row)
    told = ", ".join(row.moves[-1].names) or "each member of the scrutiny committee"
    click.echo(f"Inform in writing: {told}.")


@click.command("agree-urgency")
@_DECISION
@_REASON
@_AGREED
@_UNABLE
@pass_session
def urgent(session: Session, decision: str, reason: str, agreed_by: str, unable: str) -> None:
    """Agree, as chair of scrutiny, that DECISION is urgent and cannot be deferred."""
    session.open()
    from totalplace.decisions import actions

    row = actions.agree_urgency(
        decision, reason=reason, agreed_by=agreed_by, unable=unable, by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"{row.moves[-1].names[0]}, agrees that {decision} is urgent: it may be taken.")


@click.command("waive-call-in")
@_DECISION
@_REASON
@_AGREED
@_UNABLE
@pass_session
def waive(session: Session, decision: str, reason: str, agreed_by: str, unable: str) -> None:
    """Agree that DECISION is too urgent to wait for a call-in."""
    session.open()
    from totalplace.decisions import actions

    actions.waive_call_in(
        decision, reason=reason, agreed_by=agreed_by, unable=unable, by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"{decision} takes effect when it is taken.")


@click.command()
@_DECISION
@_REASON
@_TOOK_PART
@_OPTIONS
@click.option("--taken", type=DAY, help="The day of the meeting; else today.")
@pass_session
def take(session: Session, decision: str, taken: datetime | None, **said: object) -> None:
    """Take DECISION, with its reasons."""
    session.open()
    from totalplace.decisions import actions, queries
    from totalplace.decisions.rules.days import in_words, local_day

    taking = taking_of(said, _day(taken))
    row = actions.take(decision, taking, by=session.by(), on=session.now())
    closes = row.moves[-1].step.closes_on
    if closes is not None:
        click.echo(f"{decision} is taken. It may be called in until {in_words(closes)}.")
    else:
        stands = queries.effective(row, local_day(session.now()))
        click.echo(f"{decision} is taken, and {stands.words}.")


@click.command()
@_DECISION
@_REASON
@_TOOK_PART
@_OPTIONS
@pass_session
def refuse(session: Session, decision: str, **said: object) -> None:
    """Decide not to do what DECISION proposes."""
    session.open()
    from totalplace.decisions import actions

    actions.refuse(decision, taking_of(said), by=session.by(), on=session.now())
    click.echo(f"{decision} is refused.")


@click.command()
@_DECISION
@_REASON
@pass_session
def withdraw(session: Session, decision: str, reason: str) -> None:
    """Withdraw DECISION before it is taken."""
    session.open()
    from totalplace.decisions import actions

    actions.withdraw(decision, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{decision} is withdrawn.")


def taking_of(said: dict[str, object], taken_on: date | None = None) -> Taking:
    """What was decided, from the options of a command."""
    from totalplace.decisions.rules.proposals import Taking

    names = said["took_part"]
    named = [str(name) for name in names] if isinstance(names, tuple) else []
    return Taking(str(said["reason"]), named, str(said["options"]), taken_on)


def _say_opens(row: DecisionRow) -> None:
    from totalplace.decisions.rules.days import in_words

    opens = row.moves[-1].step.opens_on
    assert opens is not None  # noqa: S101  (a notice sets it)
    click.echo(f"Notice is given. {row.citation.id} may be taken from {in_words(opens)}.")


def _day(said: datetime | None) -> date | None:
    return None if said is None else said.date()
