"""Preparing a hearing: begun, written from a file, given its papers, opened, given more time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session
from totalplace.refusal import Refused

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("about")
@click.option("--place", required=True, help="Code of the place.")
@click.option("--agency", required=True, help="Code of the accountable body.")
@pass_session
def begin(session: Session, about: str, place: str, agency: str) -> None:
    """Begin a hearing ABOUT a proposal, cited as a kind and a name: "targets wexshire/1"."""
    session.open()
    from totalplace.participation import actions
    from totalplace.record.rules.chain import Citation

    kind, _, name = about.partition(" ")
    row = actions.begin(
        Citation(kind, name), place=place, agency=agency, by=session.by(), on=session.now()
    )
    click.echo(f"Hearing {row.number} is begun. Write it with: totalplace participation write "
               f"{row.number} FILE")  # fmt: skip


@click.command()
@click.argument("hearing", type=int)
@click.argument("file", type=_FILE)
@pass_session
def write(session: Session, hearing: int, file: Path) -> None:
    """Write sections of a draft HEARING from a YAML FILE, each under its name."""
    session.open()
    from totalplace.participation import actions
    from totalplace.participation.rules.drafts import SECTIONS

    for name, said in _sections(file).items():
        actions.write_section(hearing, name, said, by=session.by(), on=session.now())
    click.echo(f"Hearing {hearing} is written. Its sections are {', '.join(SECTIONS)}.")


@click.command()
@click.argument("hearing", type=int)
@click.argument("file", type=_FILE)
@click.option("--title", required=True, help="What it is, in a few words.")
@click.option("--late", "reason", default="", help="Of an open hearing: why it comes late.")
@pass_session
def paper(session: Session, hearing: int, file: Path, title: str, reason: str) -> None:
    """Add the paper FILE to HEARING; a late one moves its last day on, to read it."""
    session.open()
    from totalplace.participation import actions

    said: dict[str, Any] = {"file_name": file.name, "content": file.read_bytes()}
    if reason:
        row = actions.add_late_paper(
            hearing, title, **said, reason=reason, by=session.by(), on=session.now()
        )
        click.echo(f"{title} is added, late. The hearing is open until {row.closing_day}.")
        return
    row = actions.add_paper(hearing, title, **said, by=session.by(), on=session.now())
    click.echo(f"{title} is paper {row.papers[-1].number} of hearing {hearing}.")


@click.command("leave-out")
@click.argument("hearing", type=int)
@click.argument("number", type=int)
@pass_session
def leave_out(session: Session, hearing: int, number: int) -> None:
    """Leave paper NUMBER out of a draft HEARING again."""
    session.open()
    from totalplace.participation import actions

    actions.leave_out_paper(hearing, number, by=session.by(), on=session.now())
    click.echo(f"Paper {number} is left out of hearing {hearing}.")


@click.command("open")
@click.argument("hearing", type=int)
@click.option("--affected", multiple=True, help="CODE, or CODE=POUNDS at stake; may be repeated.")
@pass_session
def open_hearing(session: Session, hearing: int, affected: tuple[str, ...]) -> None:
    """Open HEARING: all that is asked is frozen, and everybody is asked.

    The agencies with money or a target in what it is about are asked by right, whoever is named.
    """
    session.open()
    from totalplace.decisions.rules.proposals import said_pence
    from totalplace.doors.affected import affected_by
    from totalplace.participation import actions, queries
    from totalplace.participation.rules.freezing import Affected

    row = queries.hearing(hearing)
    parts = (one.partition("=") for one in affected)
    named = [Affected(code, said_pence(pounds)) for code, _, pounds in parts]
    everybody = affected_by(row.about, named=named)
    row = actions.open_hearing(hearing, affected=everybody, by=session.by(), on=session.now())
    click.echo(f"Hearing {hearing} is open until the end of {row.closing_day}. Asked: "
               f"{', '.join(one.name for one in row.consultees)}.")  # fmt: skip


@click.command()
@click.argument("hearing", type=int)
@click.option("--until", "until", type=DAY, required=True, help="Its last day, 2027-06-30.")
@click.option("--reason", required=True, help="Why it needs more time.")
@pass_session
def extend(session: Session, hearing: int, until: datetime, reason: str) -> None:
    """Give an open HEARING more time."""
    session.open()
    from totalplace.participation import actions

    actions.extend(hearing, until.date(), reason=reason, by=session.by(), on=session.now())
    click.echo(f"Hearing {hearing} is open until the end of {until.date()}.")


@click.command()
@click.argument("hearing", type=int)
@click.option("--reason", required=True, help="Why.")
@pass_session
def withdraw(session: Session, hearing: int, reason: str) -> None:
    """Withdraw HEARING; nothing can be adopted by it any more."""
    session.open()
    from totalplace.participation import actions

    actions.withdraw(hearing, reason=reason, by=session.by(), on=session.now())
    click.echo(f"Hearing {hearing} is withdrawn.")


def _sections(file: Path) -> dict[str, Any]:
    import yaml

    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        raise Refused(
            f"{file.name} cannot be read",
            why="it is no YAML with a section under each name",
            next_step="See docs/how-to/hold-a-hearing.md for one",
        )
    return said
