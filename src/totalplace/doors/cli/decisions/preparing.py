"""Proposing a decision, and what is said of it before it is taken."""

from __future__ import annotations

from datetime import datetime

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session


@click.command()
@click.argument("body")
@click.option("--title", required=True, help="In a few words.")
@click.option("--summary", required=True, help="What is to be decided.")
@click.option("--matter", required=True, help="executive, budget, policy-framework and so on.")
@click.option("--planned", "planned_on", type=DAY, required=True, help="Day, 2026-06-30.")
@click.option("--amount", default="", help="Pounds it spends or saves; else it is not known.")
@click.option("--wards", type=click.IntRange(0), help="Wards it affects; else it is not known.")
@click.option("--significant", default="", help="Why it is a key decision all the same.")
@click.option("--about", default="", help="What it is about: a kind and a name.")
@click.option("--contact", default="", help="Whom to ask about it.")
@pass_session
def propose(session: Session, body: str, planned_on: datetime, **said: object) -> None:
    """Propose a decision to BODY; whether it is a key decision is worked out."""
    session.open()
    from totalplace.decisions import actions
    from totalplace.decisions.rules.proposals import Proposal, said_pence
    from totalplace.record.rules.chain import Citation

    kind, _, name = str(said["about"]).partition(" ")
    wards = said["wards"]
    proposal = Proposal(
        str(said["title"]), str(said["summary"]), str(said["matter"]), planned_on.date(),
        said_pence(str(said["amount"])), wards if isinstance(wards, int) else None,
        str(said["significant"]), Citation(kind, name) if name else None, str(said["contact"]),
    )  # fmt: skip
    row = actions.propose(body, proposal, by=session.by(), on=session.now())
    key = f"It is a key decision: {row.why_key}" if row.key else "It is no key decision"
    click.echo(f"Decision {row.citation.id} is proposed to {row.body.name}. {key}.")


@click.command()
@click.argument("decision")
@click.argument("title")
@click.option("--address", default="", help="Where it can be read, https://...")
@click.option("--kept-back", "category", default="", help="confidential, or paragraph 1 to 7.")
@click.option("--reason", default="", help="Why it is better kept back.")
@pass_session
def paper(session: Session, decision: str, title: str, **said: str) -> None:
    """Add a paper to DECISION by its TITLE."""
    session.open()
    from totalplace.decisions import actions

    row = actions.add_paper(decision, title, **said, by=session.by(), on=session.now())
    last = row.papers[-1]
    seen = "is open to the public" if last.public else "is kept from the public"
    click.echo(f"Paper {last.number} of {decision} {seen}.")


@click.command("mark-paper")
@click.argument("decision")
@click.argument("number", type=int)
@click.option("--kept-back", "category", default="", help="confidential, or 1 to 7; else opened.")
@click.option("--reason", required=True, help="Why; the public sees it.")
@pass_session
def mark_paper(session: Session, decision: str, number: int, category: str, reason: str) -> None:
    """Keep paper NUMBER of DECISION from the public, or open it to them."""
    session.open()
    from totalplace.decisions import actions

    actions.mark_paper(
        decision, number, category=category, reason=reason, by=session.by(), on=session.now()
    )
    seen = "is kept from the public" if category else "is open to the public"
    click.echo(f"Paper {number} of {decision} {seen}.")


@click.command()
@click.argument("decision")
@click.argument("words")
@pass_session
def comment(session: Session, decision: str, words: str) -> None:
    """Comment on DECISION as chief finance officer."""
    session.open()
    from totalplace.decisions import actions

    actions.comment_on_finance(decision, words, by=session.by(), on=session.now())
    click.echo(f"The comment stands with {decision}.")


@click.command()
@click.argument("decision")
@click.argument("words")
@click.option("--from", "source", required=True, help="Whose advice: a partnership, a committee.")
@pass_session
def advise(session: Session, decision: str, words: str, source: str) -> None:
    """Add advice to DECISION, such as a partnership's recommendation."""
    session.open()
    from totalplace.decisions import actions

    actions.advise(decision, words, source=source, by=session.by(), on=session.now())
    click.echo(f"The advice of {source} stands with {decision}.")


@click.command("declare-interest")
@click.argument("decision")
@click.argument("nature")
@click.option("--who", default="", help="Whose; else yours.")
@click.option("--pecuniary", is_flag=True, help="A disclosable pecuniary interest.")
@click.option("--dispensation", default="", help="Who gave one, and why.")
@pass_session
def declare_interest(
    session: Session, decision: str, nature: str, who: str, pecuniary: bool, dispensation: str
) -> None:
    """Declare an interest in DECISION; with a pecuniary one they take no part."""
    session.open()
    from totalplace.decisions import actions

    actions.declare_interest(
        decision, nature, pecuniary=pecuniary, who=who, dispensation=dispensation,
        by=session.by(), on=session.now(),
    )  # fmt: skip
    may = "takes no part in" if pecuniary and not dispensation else "may take part in"
    click.echo(f"{who or session.by().name} {may} {decision}.")
