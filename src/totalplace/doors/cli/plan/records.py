"""`totalplace plan` on plans of the records: drafted, proposed, answered, adopted, posted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.plan.case import read_whole
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import plural, table_of

if TYPE_CHECKING:
    from totalplace.commissioning.actions.plan_answers import Intent

_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_PLAN = click.argument("plan")
_FILE = click.Path(path_type=Path, exists=True)
_SORT = click.option(
    "--plan", "sort", required=True, help="Which of the three is proposed.",
    type=click.Choice(["most-outcomes", "fairest", "least-change"]),
)  # fmt: skip
_BECAUSE = click.option("--because", "words", required=True, help="Why this one; all read it.")


@click.command("draft")
@click.argument("place")
@click.argument("path", type=_FILE)
@click.option("--title", required=True, help="In a few words.")
@click.option("--why", required=True, help="Why the plan is made.")
@click.option("--agency", required=True, help="Code of the agency that is accountable.")
@pass_session
def draft(session: Session, place: str, path: Path, **said: str) -> None:
    """Draft a plan of PLACE from the case at PATH: three ways to divide the money are found."""
    session.open()
    from totalplace.commissioning.actions import plans
    from totalplace.doors.cli.plan.records_told import candidates

    case = read_whole(path)
    row = plans.draft(
        place, said["title"], case, agency=said["agency"], why=said["why"], by=session.by(),
        on=session.now(),
    )  # fmt: skip
    click.echo(f"{row.title} is drafted as {row.citation.id}.")
    candidates(row.last)
    click.echo(f"Propose one with: totalplace plan propose {row.citation.id} --plan ...")


@click.command("change")
@_PLAN
@click.argument("path", type=_FILE, required=False)
@click.option("--plan", "sort", help="Which of the three is proposed, once it is proposed.",
              type=click.Choice(["most-outcomes", "fairest", "least-change"]))  # fmt: skip
@click.option("--why-this", "words", default="", help="Why this one of the three.")
@_REASON
@click.option("--because", type=click.IntRange(1), help="The answer that led to it, once heard.")
@pass_session
def change(
    session: Session, plan: str, path: Path | None, *, sort: str | None, words: str, reason: str,
    because: int | None,
) -> None:  # fmt: skip
    """Put the case of PLAN anew from PATH: a draft, or the next version of what is proposed."""
    session.open()
    from totalplace.commissioning.actions import plans
    from totalplace.commissioning.actions.plan_moves import Chosen
    from totalplace.commissioning.queries.plans import plan as find
    from totalplace.commissioning.rules.sorts import Sort
    from totalplace.doors.cli.plan.records_told import candidates

    row, by, on = find(plan), session.by(), session.now()
    case = read_whole(path) if path else None
    if not row.published and case is not None:
        row = plans.change(plan, case, reason=reason, by=by, on=on)
    else:
        stood = row.last.stands.sort
        chosen = Chosen(Sort(sort) if sort else stood, words or row.last.chosen_because)
        row = plans.revise(plan, case, chosen, reason=reason, because=because, by=by, on=on)
    what = f"version {row.last.number}" if row.last.number else "a draft"
    click.echo(f"{row.citation.id} is changed, in {what}.")
    candidates(row.last)


@click.command("propose")
@_PLAN
@_SORT
@_BECAUSE
@pass_session
def propose(session: Session, plan: str, sort: str, words: str) -> None:
    """Propose one of the three plans of PLAN: it is version 1, on which people can be heard."""
    session.open()
    from totalplace.commissioning.actions import plans
    from totalplace.commissioning.actions.plan_moves import Chosen
    from totalplace.commissioning.queries.plans import stakes
    from totalplace.commissioning.rules.sorts import Sort

    row = plans.propose(plan, Chosen(Sort(sort), words), by=session.by(), on=session.now())
    asked = ", ".join(sorted(stakes(row.last)))
    click.echo(f"{row.citation.id} is proposed. To be asked by right: {asked}.")


@click.command("answer")
@_PLAN
@click.argument("agency")
@click.option("--accept/--contest", "accepts", required=True, help="Of its own part.")
@click.option("--words", required=True, help="Why, or what is to be known; all read it.")
@click.option("--intent", "intents", multiple=True,
              help="'OPTION; OUTCOME/AREA; POUNDS or nothing; what it will be'.")  # fmt: skip
@pass_session
def answer(
    session: Session, plan: str, agency: str, *, accepts: bool, words: str,
    intents: tuple[str, ...],
) -> None:  # fmt: skip
    """Accept or contest the part of AGENCY in PLAN, and say what it will commission with it."""
    session.open()
    from totalplace.commissioning.actions import plan_answers

    said = plan_answers.Answer(accepts, words, [_intent(one) for one in intents])
    made = plan_answers.answer(plan, agency, said, by=session.by(), on=session.now())
    verb = "accepts" if accepts else "contests"
    click.echo(f"{made.agency_name} {verb} its part: answer {made.number}.")


@click.command("reply")
@_PLAN
@click.argument("number", type=click.IntRange(1))
@click.option("--changed/--unchanged", required=True, help="Whether the plan changed for it.")
@click.option("--words", required=True, help="What changed, or why nothing did.")
@pass_session
def reply(session: Session, plan: str, number: int, *, changed: bool, words: str) -> None:
    """Answer a part of PLAN that an agency contests, by the NUMBER of its answer."""
    session.open()
    from totalplace.commissioning.actions import plan_answers

    plan_answers.reply(
        plan, number, words=words, changed=changed, by=session.by(), on=session.now()
    )
    click.echo(f"Answer {number} has a reply.")


@click.command("state")
@_PLAN
@click.option("--robustness", required=True, help="Whether the estimates are robust, and why.")
@click.option("--reserves", required=True, help="Whether the reserves are adequate, and why.")
@pass_session
def state(session: Session, plan: str, robustness: str, reserves: str) -> None:
    """State on PLAN as its chief finance officer (Local Government Act 2003, section 25)."""
    session.open()
    from totalplace.commissioning.actions import plan_answers

    made = plan_answers.state(
        plan, robustness=robustness, reserves=reserves, by=session.by(), on=session.now()
    )
    click.echo(f"Stated on version {made.version} of {plan}.")


@click.command("adopt")
@_PLAN
@click.argument("decision")
@_REASON
@pass_session
def adopt(session: Session, plan: str, decision: str, reason: str) -> None:
    """Adopt PLAN under DECISION, which is in effect, once it was heard and stated on."""
    session.open()
    from totalplace.commissioning.actions import plan_adopting
    from totalplace.money.pence import pounds
    from totalplace.record.rules.chain import Citation

    cited = Citation("decision", decision.removeprefix("decision "))
    made = plan_adopting.adopt(plan, cited, reason=reason, by=session.by(), on=session.now())
    number = plural(len(made.lines), "line")
    click.echo(f"{made.title} is adopted: {made.citation}, {number}, {pounds(made.pence)}.")


@click.command("post")
@_PLAN
@click.argument("book")
@pass_session
def post(session: Session, plan: str, book: str) -> None:
    """Post the allocation that PLAN became to BOOK, once."""
    session.open()
    from totalplace.commissioning.actions import plan_adopting

    made = plan_adopting.post_allocation(plan, book, by=session.by(), on=session.now())
    its = made.posting
    click.echo(f"{made.citation} is posted to {book}: postings {its and its.first} to "
               f"{its and its.last}.")  # fmt: skip


@click.command("withdraw")
@_PLAN
@_REASON
@pass_session
def withdraw(session: Session, plan: str, reason: str) -> None:
    """Withdraw PLAN before it is adopted."""
    session.open()
    from totalplace.commissioning.actions import plans

    plans.withdraw(plan, reason=reason, by=session.by(), on=session.now())
    click.echo(f"{plan} is withdrawn.")


@click.command("list")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_all(session: Session, place: str) -> None:
    """List every plan and where it stands today."""
    session.open()
    from totalplace.commissioning.queries.plans import plans
    from totalplace.commissioning.queries.plans_heard import stage_of
    from totalplace.decisions.rules.days import local_day
    from totalplace.money.pence import pounds

    on = local_day(session.now())
    rows = [
        [row.citation.id, row.title, row.last.label, row.agency,
         pounds(row.last.stands.whole_pence), stage_of(row, on=on).value]
        for row in plans(place)
    ]  # fmt: skip
    if not rows:
        click.echo("There is no plan. Draft one with: totalplace plan draft PLACE case.xlsx")
        return
    table_of(["Plan", "Title", "Years", "Accountable", "How much", "Stands"], rows)


@click.command("show")
@_PLAN
@click.option("--version", type=click.IntRange(1), help="An earlier one; else as it stands.")
@click.option("--csv", "as_csv", is_flag=True, help="Its lines as CSV, in pounds.")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON, for programs.")
@pass_session
def show(session: Session, plan: str, *, version: int | None, as_csv: bool, as_json: bool) -> None:
    """Show PLAN: what each agency gets beside now, who answered, what is lacking."""
    session.open()
    from totalplace.commissioning.queries.plans import lines
    from totalplace.commissioning.queries.plans import plan as find
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.cli.plan.records_told import names, tell
    from totalplace.doors.report.plan_lines import lines_text
    from totalplace.doors.report.plans_told import plain_plan

    row, on = find(plan), local_day(session.now())
    which = row.version(version) if version else row.last
    if as_json:
        click.echo(json.dumps(plain_plan(row, on), default=str))
    elif as_csv:
        click.echo(lines_text(which.case, lines(which), names()), nl=False)
    else:
        tell(row, which, on)


def _intent(said: str) -> Intent:
    """What is said of an intent in one option: four things between semicolons."""
    from totalplace.commissioning.actions.plan_answers import Intent as Said
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.refusal import Refused

    cells = [cell.strip() for cell in said.split(";", 3)]
    indicator, slash, area = cells[1].partition("/") if len(cells) == 4 else ("", "", "")
    if not slash:
        raise Refused(
            f"'{said}' cannot be read",
            why="it does not say four things, with semicolons between them",
            next_step="Write: OPTION; OUTCOME/AREA; POUNDS or nothing; what will be commissioned",
        )
    return Said(cells[0], (indicator, area), cells[3], said_pence(cells[2]))


RECORDS = (
    draft, change, propose, answer, reply, state, adopt, post, withdraw, list_all, show,
)  # fmt: skip
