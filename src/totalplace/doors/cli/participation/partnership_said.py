"""A meeting from a terminal: opened, moved and voted in, closed; advice, offers, support."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of
from totalplace.refusal import Refused

_SEAT = click.option("--seat", type=int, help="Who speaks; else the seat that is yours.")


@click.command("open")
@click.argument("place")
@click.argument("meeting", type=int)
@click.option("--chair", type=int, required=True, help="The seat that presides.")
@click.option("--present", type=int, multiple=True, help="A seat that is filled; say each.")
@pass_session
def open_meeting(
    session: Session, place: str, meeting: int, chair: int, present: tuple[int, ...]
) -> None:
    """Open a MEETING of PLACE's partnership on its day, and mark who is there."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    who: dict[str, Any] = {"by": session.by(), "on": session.now()}
    actions.open_meeting(place, meeting, chair=chair, **who)
    for seat in present:
        actions.attend(place, meeting, seat=seat, **who)
    click.echo(f"Meeting {meeting} is open; {len(present)} seats are filled.")


@click.command("declare-interest")
@click.argument("place")
@click.argument("meeting", type=int)
@click.argument("item", type=int)
@click.argument("nature")
@click.option("--conflict", is_flag=True, help="It takes no part in the item.")
@_SEAT
@pass_session
def declare_interest(session: Session, place: str, meeting: int, item: int, **said: Any) -> None:
    """Declare an interest of a seat in an ITEM, in words."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    new = actions.NewInterest(said["nature"], said["conflict"])
    actions.declare_interest(
        place, meeting, item, new, seat=said["seat"], by=session.by(), on=session.now()
    )
    click.echo("The interest is on record.")


@click.command()
@click.argument("place")
@click.argument("meeting", type=int)
@click.argument("item", type=int)
@click.argument("text")
@click.option("--kind", default="advise", help="advise, ask, 'propose own money', note or "
              "procedural.")  # fmt: skip
@click.option("--about", default="", help='What it is about: "hearing 3", "offer wexshire/1".')
@click.option("--answer-by", type=DAY, help="Of advice: by when it is to be answered.")
@_SEAT
@pass_session
def move(session: Session, place: str, meeting: int, item: int, text: str, **said: Any) -> None:
    """Move a motion of this TEXT under an ITEM."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.rules.partnership.motions import kind_of
    from totalplace.record.rules.chain import Citation

    kind, _, name = said["about"].partition(" ")
    day = said["answer_by"]
    new = actions.NewMotion(
        kind_of(said["kind"]), text, Citation(kind, name) if name else None,
        day.date() if isinstance(day, datetime) else None,
    )  # fmt: skip
    row = actions.move(
        place, meeting, item, new, seat=said["seat"], by=session.by(), on=session.now()
    )
    click.echo(f"It is motion {row.number}.")


@click.command()
@click.argument("place")
@click.argument("motion", type=int)
@click.argument("text")
@_SEAT
@pass_session
def amend(session: Session, place: str, motion: int, text: str, seat: int | None) -> None:
    """Move an amendment of MOTION: the whole TEXT as it should be."""
    session.open()
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.queries import partnership as queries

    meeting, found = queries.motion(place, motion)
    row = actions.amend(
        place, motion, text, before=meeting.text_of(found), seat=seat, by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"It is amendment {row.number}.")


@click.command()
@click.argument("place")
@click.argument("motion", type=int)
@click.argument("verb", type=click.Choice(
    ["second", "put", "agree", "close-vote", "withdraw", "lapse"]))  # fmt: skip
@click.option("--casting", default="", help="How the chair votes in a tie: for or against.")
@click.option("--reason", default="", help="Why it is withdrawn or lapses.")
@_SEAT
@pass_session
def motion(session: Session, place: str, motion: int, verb: str, **said: Any) -> None:
    """Second MOTION, put it to the vote, agree it without one, or close the vote."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    who: dict[str, Any] = {"by": session.by(), "on": session.now()}
    seat, reason = said["seat"], said["reason"]
    verbs: dict[str, Any] = {
        "second": lambda: actions.second(place, motion, seat=seat, **who),
        "put": lambda: actions.put(place, motion, **who),
        "agree": lambda: actions.agree(place, motion, **who),
        "close-vote": lambda: actions.close_vote(place, motion, casting=said["casting"], **who),
        "withdraw": lambda: actions.withdraw(place, motion, seat=seat, reason=reason, **who),
        "lapse": lambda: actions.let_lapse(place, motion, reason=reason, **who),
    }
    click.echo(f"Motion {motion} is {verbs[verb]().stage}.")


@click.command()
@click.argument("place")
@click.argument("motion", type=int)
@click.argument("side", type=click.Choice(["for", "against", "abstain"]))
@click.option("--dissent", default="", help="What the seat holds against it, in its words.")
@_SEAT
@pass_session
def vote(
    session: Session, place: str, motion: int, side: str, dissent: str, seat: int | None
) -> None:
    """Vote on MOTION in the open, for a seat."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    who: dict[str, Any] = {"by": session.by(), "on": session.now()}
    actions.vote(place, motion, side, seat=seat, **who)
    if dissent:
        actions.dissent(place, motion, dissent, seat=seat, **who)
    click.echo("The vote is on record.")


@click.command("close")
@click.argument("place")
@click.argument("meeting", type=int)
@pass_session
def close_meeting(session: Session, place: str, meeting: int) -> None:
    """Close a MEETING of PLACE's partnership."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    actions.close_meeting(place, meeting, by=session.by(), on=session.now())
    click.echo(f"Meeting {meeting} is closed. Draft its minutes.")


@click.command()
@click.argument("place")
@click.argument("meeting", type=int)
@click.option("--draft", type=click.File(), help="A file with the minutes.")
@click.option("--approve-at", type=int, help="The later meeting that approves them.")
@pass_session
def minutes(session: Session, place: str, meeting: int, **said: Any) -> None:
    """Draft the minutes of MEETING from a file, or approve them at a later meeting."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    who: dict[str, Any] = {"by": session.by(), "on": session.now()}
    if (said["draft"] is None) == (said["approve_at"] is None):
        raise Refused(
            "Nothing was done with the minutes",
            why="either a draft is given, or the meeting that approves them",
            next_step="Give --draft FILE or --approve-at MEETING",
        )
    if said["draft"] is not None:
        actions.draft_minutes(place, meeting, said["draft"].read(), **who)
        click.echo("The draft is on record.")
        return
    actions.approve_minutes(place, meeting, at=said["approve_at"], **who)
    click.echo("The minutes are approved, and never change again.")


@click.command()
@click.argument("place")
@click.argument("agency")
@click.option("--amount", required=True, help="Pounds.")
@click.option("--year", required=True, help="Financial year, 2027-28.")
@click.option("--from-what", required=True, help="What it is spent on today.")
@click.option("--to-what", required=True, help="What it would be spent on.")
@click.option("--if", "condition", default="", help="On which condition.")
@pass_session
def offer(session: Session, place: str, agency: str, **said: str) -> None:
    """Offer money of AGENCY's own in PLACE's partnership. Nothing is moved by it."""
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.rules.partnership.offers import NewOffer

    new = NewOffer(
        said_pence(said["amount"]) or 0, said["year"], said["from_what"], said["to_what"],
        said["condition"],
    )  # fmt: skip
    row = actions.offer(place, agency, new, by=session.by(), on=session.now())
    click.echo(f"Offer {row.citation.id} stands: {row.words}. Nothing is moved by it.")


@click.command()
@click.argument("place")
@click.argument("advice", type=int)
@click.argument("outcome", type=click.Choice(["accepted", "accepted in part", "not accepted"]))
@click.argument("words")
@pass_session
def answer(session: Session, place: str, advice: int, outcome: str, words: str) -> None:
    """Answer ADVICE for the accountable body: what changes, or why nothing does."""
    session.open()
    from totalplace.participation.actions import partnership as actions

    actions.answer_advice(place, advice, outcome, words, by=session.by(), on=session.now())
    click.echo("The answer is on record.")


@click.command("count-support")
@click.argument("place")
@click.argument("agency")
@click.argument("organisation")
@click.option("--kind", required=True, help="grant, 'asset lent', 'asset given' or volunteering.")
@click.option("--amount", required=True, help="Pounds; of volunteering, whole hours.")
@click.option("--from", "first_day", type=DAY, required=True, help="First day.")
@click.option("--to", "last_day", type=DAY, required=True, help="Last day, in the same year.")
@click.option("--source", required=True, help="Where that is written.")
@click.option("--charity", default="", help="Charity number.")
@click.option("--basis", default="", help="Of an asset: how it was valued.")
@pass_session
def count_support(
    session: Session, place: str, agency: str, organisation: str, **said: Any
) -> None:
    """Count support of AGENCY to ORGANISATION in PLACE."""
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.participation.actions import partnership as actions
    from totalplace.participation.rules.partnership.support import NewSupport, kind_of

    kind = kind_of(said["kind"])
    pence = said_pence(said["amount"]) or 0
    new = NewSupport(
        kind, organisation, pence // 100 if kind.unit == "hours" else pence,
        said["first_day"].date(), said["last_day"].date(), said["source"], said["charity"],
        said["basis"],
    )  # fmt: skip
    row = actions.count_support(place, agency, new, by=session.by(), on=session.now())
    click.echo(f"It is counted as support {row.citation.id}.")


@click.command()
@click.argument("place")
@click.argument("year")
@pass_session
def support(session: Session, place: str, year: str) -> None:
    """Show support to civil society in PLACE in YEAR, by kind; kinds are never added up."""
    session.open()
    from totalplace.money.pence import pounds
    from totalplace.participation.queries import partnership as queries

    rows = [
        [one.kind.value, pounds(one.amount) if one.kind.unit == "pence" else
         f"{one.amount:,} hours", f"{one.times:,}", f"{one.organisations:,}"]
        for one in queries.support(place, year)
    ]  # fmt: skip
    if not rows:
        click.echo("Nobody has counted any. That does not mean that there is none.")
        return
    table_of(["Kind", "How much", "Times", "Organisations"], rows)


@click.command("watch-support")
@click.argument("place")
@pass_session
def watch_support(session: Session, place: str) -> None:
    """Give the yearly totals of support in PLACE as readings of its own indicators."""
    session.open()
    from totalplace.doors import civil_society

    codes = civil_society.watch_support(
        place, home=session.files(), by=session.by(), on=session.now()
    )
    click.echo(f"They are watched as: {', '.join(codes)}.")


MOTIONS: Final = (
    open_meeting, declare_interest, move, amend, motion, vote, close_meeting, minutes,
)  # fmt: skip
ADVICE: Final = (offer, answer, count_support, support, watch_support)
