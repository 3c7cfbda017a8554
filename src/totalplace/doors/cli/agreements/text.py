"""`totalplace agreements` text: agreements begun, read, written, laid open, varied and ended."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.agreements.saying import year_of
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.agreements.queries.agreements import AgreementRow

AGREEMENT: Final = click.argument("agreement")
REASON: Final = click.option(
    "--reason", required=True, help="In a sentence; it goes on the record."
)
VERSION: Final = click.option(
    "--version", type=int, default=0, help="Another than that in force, or the last."
)
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_VERBS: Final = (
    "lay-open", "decided", "open-signing", "withdraw", "consent", "drop", "suspend", "resume",
    "end",
)  # fmt: skip


@click.command("list")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_agreements(session: Session, place: str) -> None:
    """List every agreement and where it stands today."""
    session.open()
    from totalplace.agreements.queries.agreements import agreements
    from totalplace.decisions.rules.days import local_day

    on = local_day(session.now())
    rows = [
        [row.citation.id, row.title, row.model.code, len(row.versions), row.stage(on).value]
        for row in agreements(place)
    ]
    if not rows:
        click.echo("There are none. Begin one with: totalplace agreements begin")
        return
    table_of(["Agreement", "Title", "Model", "Versions", "Stands"], rows)


@click.command("show")
@AGREEMENT
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@pass_session
def show_agreement(session: Session, agreement: str, as_json: bool) -> None:
    """Show AGREEMENT (PLACE/NUMBER): who pays, who promises what, who has signed."""
    session.open()
    from totalplace.agreements.queries.agreements import agreement as found
    from totalplace.decisions.rules.days import local_day
    from totalplace.doors.report.agreement import plain_agreement, told

    row, on = found(agreement), local_day(session.now())
    click.echo(json.dumps(plain_agreement(row, on), default=str) if as_json else told(row, on))


@click.command("begin")
@click.argument("place", required=False, default="")
@click.option("--negotiation", type=int, help="Begin it from what was agreed in this one.")
@click.option("--title", default="", help="In a few words.")
@click.option("--model", default="block-grant", show_default=True, help="Of devolution.")
@click.option("--host", default="", help="Code of the body that is accountable.")
@click.option("--from", "first", default="", help="First financial year, 2027-28.")
@click.option("--to", "last", default="", help="Last financial year, 2029-30.")
@click.option("--with", "departments", multiple=True, help="A department's code.")
@click.option("--partner", "partners", multiple=True, help="Another body of the place.")
@pass_session
def begin(session: Session, place: str, negotiation: int | None, **said: Any) -> None:
    """Write the first draft of an agreement of PLACE, or from a negotiation."""
    session.open()
    from totalplace.agreements.actions import agreements as actions

    if negotiation is not None:
        row = actions.draft_from_offer(negotiation, by=session.by(), on=session.now())
    else:
        years = (year_of(said["first"]), year_of(said["last"]))
        wanted = actions.Wanted(
            said["title"], said["model"], said["host"], said["departments"], years,
            said["partners"],
        )  # fmt: skip
        row = actions.draft(place, wanted, by=session.by(), on=session.now())
    click.echo(f"The first draft of agreement {row.citation.id} is written. Take its text away:")
    click.echo(f"totalplace agreements text {row.citation.id} > agreement.txt")


@click.command("text")
@AGREEMENT
@VERSION
@pass_session
def text(session: Session, agreement: str, version: int) -> None:
    """Print the text of AGREEMENT as it stands, to be changed and written back."""
    session.open()
    from totalplace.agreements.queries.agreements import agreement as found

    row = found(agreement)
    stood = row.version(version) if version else (row.in_force or row.last)
    click.echo(stood.text, nl=False)


@click.command("tidy")
@click.argument("file", type=_FILE)
def tidy(file: Path) -> None:
    """Print the text of FILE in its set form, or say which line cannot be read and why."""
    from totalplace.agreements.wording import tidied

    click.echo(tidied(file.read_text(encoding="utf-8-sig")), nl=False)


@click.command("write")
@AGREEMENT
@click.argument("file", type=_FILE)
@click.option("--because", type=int, help="Number of the answer that led to it, once it is heard.")
@click.option("--for", "agency", default="", help="Whose side proposes it, for a variation.")
@REASON
@pass_session
def write(
    session: Session, agreement: str, file: Path, because: int | None, agency: str, reason: str
) -> None:
    """Put the text of FILE in the place of that of AGREEMENT.

    A draft is changed; what lies open is revised; for what is in force it proposes a variation.
    """
    session.open()
    from totalplace.agreements.actions import agreements as actions
    from totalplace.agreements.actions import varying
    from totalplace.agreements.queries.agreements import agreement as found
    from totalplace.agreements.rules.lifecycle import Stage

    row, said = found(agreement), file.read_text(encoding="utf-8-sig")
    by, on = session.by(), session.now()
    if row.kept is Stage.DRAFT:
        kept = actions.write_text(agreement, said, reason=reason, by=by, on=on)
    elif row.kept is Stage.LAID_OPEN:
        kept = actions.revise(agreement, said, reason=reason, because=because, by=by, on=on)
    else:
        kept = varying.propose(agreement, said, agency=agency, reason=reason, by=by, on=on)
    click.echo(f"Version {kept.last.number} is kept: {kept.last.digest}")


@click.command("act")
@AGREEMENT
@click.argument("verb", type=click.Choice(_VERBS))
@click.option("--decision", default="", help="As it is cited, wexshire-cabinet/3: for decided.")
@click.option("--for", "agency", default="", help="Code of the party that it is done for.")
@click.option(
    "--ends-on", type=click.DateTime(["%Y-%m-%d"]), help="From which day: to end it by notice."
)
@REASON
@pass_session
def act(session: Session, agreement: str, verb: str, **said: Any) -> None:
    """Do something to AGREEMENT: lay it open, enter its decision, open it for signing, end it."""
    session.open()
    row = _done(session, agreement, verb, said)
    click.echo(f"Agreement {row.citation.id} is {row.kept}.")


def _done(session: Session, cited: str, verb: str, said: dict[str, Any]) -> AgreementRow:
    from totalplace.agreements.actions import agreements as actions
    from totalplace.agreements.actions import varying
    from totalplace.agreements.queries.agreements import agreement
    from totalplace.agreements.rules.lifecycle import Stage, Verb
    from totalplace.decisions.rules.days import local_day
    from totalplace.record.rules.chain import Citation

    by, on, reason, agency = session.by(), session.now(), said["reason"], said["agency"]
    ends_on: datetime | None = said["ends_on"]
    match verb:
        case "lay-open":
            return actions.lay_open(cited, reason=reason, by=by, on=on)
        case "decided":
            decision = Citation("decision", said["decision"])
            return actions.decided(cited, decision, reason=reason, by=by, on=on)
        case "open-signing":
            return actions.open_signing(cited, reason=reason, by=by, on=on)
        case "withdraw":
            return actions.withdraw(cited, reason=reason, by=by, on=on)
        case "consent":
            return varying.consent(cited, agency=agency, reason=reason, by=by, on=on)
        case "drop":
            return varying.drop(cited, agency=agency, reason=reason, by=by, on=on)
        case "end" if ends_on is not None:
            return varying.give_notice(
                cited, agency=agency, ends_on=ends_on.date(), reason=reason, by=by, on=on
            )
        case "end" if agreement(cited).stage(local_day(on)) is Stage.ENDED:
            return varying.end(cited, agency=agency, reason=reason, by=by, on=on)
        case _:
            return varying.say_for_side(
                cited, Verb(verb), agency=agency, reason=reason, by=by, on=on
            )
