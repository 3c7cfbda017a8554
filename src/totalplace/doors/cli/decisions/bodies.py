"""Bodies that decide, their own rules, and who holds the offices that rules ask for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.decisions.rules.bodies import OwnRules


@click.command("bodies")
@click.option("--agency", default="", help="Only those of this agency.")
@pass_session
def list_bodies(session: Session, agency: str) -> None:
    """List the bodies that decide, and the rules they decide by today."""
    session.open()
    from totalplace.decisions import queries
    from totalplace.decisions.rules.bodies import in_force
    from totalplace.money.pence import pounds

    rows = []
    for body in queries.bodies(agency):
        rules = in_force(body.rules, on=session.now().date())
        if rules is None:
            rows.append([body.code, body.name, body.kind.value, "no rules yet", "", "", ""])
            continue
        window = rules.call_in
        rows.append([
            body.code, body.name, body.kind.value, rules.rule_set, " ".join(sorted(rules.matters)),
            "any sum" if rules.key_from_pence is None else pounds(rules.key_from_pence),
            f"{window.days} {window.counting} days, {window.members} members" if window else "none",
        ])  # fmt: skip
    if not rows:
        click.echo("No body decides here yet. Set one up with: totalplace decisions add-body CODE")
        return
    table_of(["Body", "Name", "Kind", "Rules", "Decides", "Key from", "Call-in"], rows)


@click.command("add-body")
@click.argument("code")
@click.option("--agency", required=True, help="Code of the agency that it is a body of.")
@click.option("--kind", required=True, help="full-council, executive, officer, mayor and so on.")
@click.option("--name", required=True, help="What it is called.")
@pass_session
def add_body(session: Session, code: str, agency: str, kind: str, name: str) -> None:
    """Set up a body that decides, under a short CODE."""
    session.open()
    from totalplace.decisions import actions

    made = actions.add_body(
        code, agency=agency, kind=kind, name=name, by=session.by(), on=session.now()
    )
    click.echo(f"{made.name} ({made.kind}) of {made.agency_name} is set up as {made.code}.")


@click.command("set-rules")
@click.argument("body")
@click.option("--rules", "rule_set", required=True, help="council-executive, full-council, "
              "combined-authority or own-rules.")  # fmt: skip
@click.option("--decides", multiple=True, required=True, help="A matter it decides; say each.")
@click.option("--source", required=True, help="Where they are written: a section of the "
              "constitution.")  # fmt: skip
@click.option("--from", "first_day", type=DAY, help="First day, 2026-04-01; else today.")
@click.option("--key-from", default="", help="Pounds from which spending is significant.")
@click.option("--limit", default="", help="Pounds above which it may not decide.")
@click.option("--call-in-days", type=int, help="Days after publication; else no call-in.")
@click.option("--call-in-members", type=int, default=1, help="How many members call in.")
@click.option("--calendar-days", is_flag=True, help="The window counts weekends too.")
@click.option("--notice-in-working-days", is_flag=True, help="Stricter than the law.")
@click.option("--finance", default="key", help="Finance comment for: always, key or never.")
@pass_session
def set_rules(session: Session, body: str, **said: object) -> None:
    """Say by which rules BODY decides from a day on."""
    session.open()
    from totalplace.decisions import actions
    from totalplace.decisions.rules.days import in_words

    made = actions.set_rules(body, _rules(said, session.now()), by=session.by(), on=session.now())
    click.echo(f"{made.name} decides by these rules from {in_words(made.rules[-1].first_day)}.")


def _rules(said: dict[str, object], now: datetime) -> OwnRules:
    from totalplace.decisions.rules.bodies import CallInWindow, finance_of
    from totalplace.decisions.rules.bodies import OwnRules as Rules
    from totalplace.decisions.rules.days import Counting, local_day
    from totalplace.decisions.rules.proposals import said_pence

    first, days = said["first_day"], said["call_in_days"]
    counting = Counting.CALENDAR if said["calendar_days"] else Counting.WORKING
    members, decides = said["call_in_members"], said["decides"]
    return Rules(
        rule_set=str(said["rule_set"]),
        first_day=first.date() if isinstance(first, datetime) else local_day(now),
        source=str(said["source"]),
        matters=frozenset(map(str, decides if isinstance(decides, tuple) else ())),
        key_from_pence=said_pence(str(said["key_from"])),
        limit_pence=said_pence(str(said["limit"])),
        call_in=CallInWindow(days, counting, int(str(members))) if isinstance(days, int) else None,
        working_days=bool(said["notice_in_working_days"]),
        finance=finance_of(str(said["finance"])),
    )


@click.command()
@click.argument("agency")
@click.argument("office")
@click.argument("holder")
@click.option("--from", "first_day", type=DAY, help="First day, 2026-05-19; else today.")
@click.option("--until", "last_day", type=DAY, help="Last day; a deputy needs one.")
@click.option("--deputy", is_flag=True, help="They act for whoever holds it.")
@click.option("--body", "body_code", default="", help="Of which body, for a decider.")
@click.option("--source", required=True, help="By whom or by which minute.")
@pass_session
def appoint(session: Session, agency: str, office: str, holder: str, **said: object) -> None:
    """Say that HOLDER holds an OFFICE of AGENCY, such as scrutiny-chair; "" leaves it vacant."""
    session.open()
    from totalplace.decisions import actions
    from totalplace.decisions.actions.bodies import day_held
    from totalplace.decisions.rules.days import local_day

    first, last, deputy = said["first_day"], said["last_day"], bool(said["deputy"])
    held = day_held(
        office,
        holder,
        first.date() if isinstance(first, datetime) else local_day(session.now()),
        last_day=last.date() if isinstance(last, datetime) else None,
        deputy=deputy,
    )
    source = str(said["source"])
    of_body = str(said["body_code"])
    actions.appoint(
        agency, held, body_code=of_body, source=source, by=session.by(), on=session.now()
    )
    what = "deputy " if deputy else ""
    click.echo(f"{holder or 'Nobody'} is {what}{held.office.words} of {of_body or agency}.")
