"""What is said in a hearing: replies of agencies, answers to them, and the end of it."""

from __future__ import annotations

import click

from totalplace.doors.cli.session import Session, pass_session


@click.command()
@click.argument("hearing", type=int)
@click.argument("agency")
@click.argument("stance", type=click.Choice(["agree", "agree if", "object"]))
@click.argument("words", default="")
@click.option("--pounds", default="", help="What it would cost or save, if that is known.")
@pass_session
def reply(
    session: Session, hearing: int, agency: str, stance: str, words: str, pounds: str
) -> None:
    """Reply to HEARING for AGENCY: agree, "agree if" or object, with its reasons."""
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.participation import actions

    row = actions.reply(
        hearing, agency, stance, words, pence=said_pence(pounds), by=session.by(),
        on=session.now(),
    )  # fmt: skip
    last = row.replies[-1]
    late = " It came late: it is shown, and nothing waits for it." if last.late else ""
    click.echo(f"{last.agency_name} replies: {last.stance}.{late}")


@click.command("take-up")
@click.argument("hearing", type=int)
@click.argument("reply", type=int)
@pass_session
def take_up(session: Session, hearing: int, reply: int) -> None:
    """Take up a late REPLY to HEARING as a point that must be answered."""
    session.open()
    from totalplace.participation import actions

    row = actions.take_up(hearing, reply, by=session.by(), on=session.now())
    click.echo(f"It is point {row.points[-1].number} of hearing {hearing}.")


@click.command()
@click.argument("hearing", type=int)
@click.argument("point", type=int)
@click.argument("words")
@click.option("--changed/--not-changed", required=True, help="Whether the proposal changed for it.")
@click.option("--pounds", default="", help="By how much it changed, if in money.")
@click.option("--led-to", default="", help="Where the change stands: a kind and a name.")
@pass_session
def answer(session: Session, hearing: int, point: int, words: str, **said: str | bool) -> None:
    """Answer POINT of HEARING in WORDS: what changed, or why nothing did."""
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.participation import actions
    from totalplace.participation.rules.replies import Answered
    from totalplace.record.rules.chain import Citation

    kind, _, name = str(said["led_to"]).partition(" ")
    led_to = Citation(kind, name) if name else None
    answered = Answered(bool(said["changed"]), words, said_pence(str(said["pounds"])), led_to)
    row = actions.answer(hearing, point, answered, by=session.by(), on=session.now())
    click.echo(f"Point {point} is answered. {_left(row.number)}")


@click.command()
@click.argument("hearing", type=int)
@click.argument("part", type=click.Choice(["agencies", "partnership", "public"]))
@click.argument("words")
@pass_session
def finish(session: Session, hearing: int, part: str, words: str) -> None:
    """Say in WORDS that a PART of HEARING is whole."""
    session.open()
    from totalplace.participation import actions

    actions.finish_part(hearing, part, words, by=session.by(), on=session.now())
    click.echo(f"The part of the {part} is finished. {_left(hearing)}")


@click.command()
@click.argument("hearing", type=int)
@click.option("--reason", required=True, help="What was made of all that was said.")
@pass_session
def conclude(session: Session, hearing: int, reason: str) -> None:
    """Conclude HEARING: what it is about may go on to be decided."""
    session.open()
    from totalplace.participation import actions

    row = actions.conclude(hearing, reason=reason, by=session.by(), on=session.now())
    silent = ", ".join(one.name for one in row.silent) or "nobody"
    click.echo(f"Hearing {hearing} is concluded. Silent: {silent}. {row.about} may be decided on "
               "a later day.")  # fmt: skip


def _left(hearing: int) -> str:
    from totalplace.participation import queries

    left = sum(one.stands and one.answer is None for one in queries.hearing(hearing).points)
    return f"{left} points are left to answer." if left else "Every point is answered."
