"""The public's part of a hearing: questions, codes, paper, who lives here, themes, results."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml

from totalplace.doors.cli.session import Session, pass_session
from totalplace.refusal import Refused

if TYPE_CHECKING:
    from totalplace.participation.rules.public.questions import Question

_IN = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_KNOWN = {"ask", "kind", "hint", "choices", "required", "about"}


def _keys(session: Session) -> tuple[bytes, ...]:
    """The keys under which the service of this home hashes codes and receipts."""
    from totalplace.doors.web import safety, server

    server.address_chosen(session.home)
    chosen = safety.chosen()
    return tuple(key.encode() for key in (chosen.secret, *chosen.former_secrets))


@click.command("ask")
@click.argument("hearing", type=int)
@click.argument("file", type=_IN)
@pass_session
def ask(session: Session, hearing: int, file: Path) -> None:
    """Set the questions to the public of a draft HEARING, from a YAML FILE with a list of them.

    Each says `ask` and `kind` (one, several, scale, free), and may say `choices`, `hint` and
    `required`; or `about`, such as age, which asks of the answerer what the program defines.
    """
    session.open()
    from totalplace.participation.actions import asking

    listed = [_question(one, str(file)) for one in yaml.safe_load(file.read_text("utf-8")) or []]
    made = asking.set_questions(hearing, listed, by=session.by(), on=session.now())
    click.echo(f"Hearing {hearing} asks the public {len(made)} questions.")


def _question(said: Any, where: str) -> Question:
    from totalplace.participation.definitions.public import question_about
    from totalplace.participation.rules.public.questions import AGREEMENT, Kind, Question

    odd = set(said) - _KNOWN if isinstance(said, dict) else {"a line that is no question"}
    if odd or not ("ask" in said or "about" in said):
        raise Refused(
            f"The questions in {where} cannot be read",
            why=f"it is not known what this means: {', '.join(sorted(map(str, odd))) or said}",
            next_step=f"A question says {', '.join(sorted(_KNOWN))}",
        )
    if "about" in said:
        return question_about(said["about"], categories=said.get("choices", ()))
    kind = said.get("kind", "free")
    if kind not in list(Kind):
        why = f"'{kind}' is no kind of question"
        raise Refused(
            f"The questions in {where} cannot be read", why=why,
            next_step=f"The kinds are {', '.join(Kind)}",
        )  # fmt: skip
    usual = AGREEMENT if kind == Kind.SCALE else ()
    choices = tuple(map(str, said.get("choices", usual)))
    required = bool(said.get("required", False))
    return Question(0, Kind(kind), str(said["ask"]), str(said.get("hint", "")), choices, required)


@click.command("codes")
@click.argument("hearing", type=int)
@click.argument("several", type=click.IntRange(1))
@click.option("--into", type=_OUT, required=True, help="Workbook (.xlsx) for the printer.")
@pass_session
def codes(session: Session, hearing: int, several: int, into: Path) -> None:
    """Issue SEVERAL codes for letters to households of HEARING, each to be used once."""
    session.open()
    from totalplace.doors.report.sheets import Sheet, book
    from totalplace.participation.actions import asking

    made = asking.issue_codes(
        hearing, several, keys=_keys(session), by=session.by(), on=session.now()
    )
    rows: list[list[str | int | Decimal]] = [[at, code] for at, code in enumerate(made, start=1)]
    into.write_bytes(book([Sheet("Codes", ("Letter", "Code"), rows)]))
    click.echo(f"{several:,} codes are in {into}, and nowhere else. Delete it once it is printed.")


@click.command("paper-forms")
@click.argument("hearing", type=int)
@click.option("--template", type=_OUT, help="Write the empty workbook here.")
@click.option("--take", type=_IN, help="Take the forms of this workbook, all or none.")
@pass_session
def paper_forms(session: Session, hearing: int, template: Path | None, take: Path | None) -> None:
    """Write the workbook for answers on paper to HEARING, or take one that was filled in."""
    if (template is None) == (take is None):
        raise click.UsageError("Say either --template or --take.")
    session.open()
    from totalplace.doors.web.participation.public import paper_forms as forms
    from totalplace.participation.actions import receiving
    from totalplace.participation.queries import public

    found = public.head(hearing, on=session.now())
    asked = public.questions(found.id)
    if template is not None:
        template.write_bytes(forms.template(found, asked))
        click.echo(f"The workbook is {template}.")
        return
    assert take is not None  # noqa: S101  (one of the two was said)
    content = take.read_bytes()
    several = receiving.take_paper(
        hearing, forms.read(content, asked), file_name=take.name, content=content,
        by=session.by(), on=session.now(),
    )  # fmt: skip
    click.echo(f"{several:,} forms were taken.")


@click.command("lives-here")
@click.argument("hearing", type=int)
@click.argument("about")
@click.argument("file", type=_IN)
@click.option("--source", required=True, help="The table, and who published it.")
@click.option("--year", type=int, required=True, help="The year that it describes.")
@pass_session
def lives_here(
    session: Session, hearing: int, about: str, file: Path, source: str, year: int
) -> None:
    """Say who lives in the place of HEARING by ABOUT (such as age), from a CSV FILE.

    The file has a row for each category with a number of people; or, for age, a row for each area
    by its GSS code with a column for each year of age, of which the place's own are added up.
    """
    session.open()
    from totalplace.doors.cli.participation.lived import people_of
    from totalplace.participation.actions import asking
    from totalplace.participation.queries import public
    from totalplace.places import queries as places

    place = public.head(hearing, on=session.now()).place
    areas = {area.gss for area in places.areas_of_place(place)}
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8-sig", newline="") as text:
        people = people_of(list(csv.reader(text)), about, areas=areas, where=file.name)
    asking.say_lives_here(
        hearing, about, people, source=source, year=year, by=session.by(), on=session.now()
    )
    told = "; ".join(f"{category} {count:,}" for category, count in people.items())
    click.echo(f"Who lives here, by {about}: {told}.")


@click.command("themes")
@click.argument("hearing", type=int)
@click.option("--propose", is_flag=True, help="Let the machine propose themes first.")
@click.option("--seed", type=int, help="The same seed gives the same themes.")
@click.option("--name", "names", multiple=True, metavar="NUMBER=NAME", help="Name a theme.")
@click.option("--merge", "merges", multiple=True, metavar="NUMBER=INTO", help="Merge a theme.")
@click.option("--finish", is_flag=True, help="Finish them: each must then be answered.")
@pass_session
def themes(session: Session, hearing: int, **said: Any) -> None:
    """Show the themes of free answers to HEARING; propose, name, merge and finish them."""
    session.open()
    from totalplace.participation.actions import theming
    from totalplace.participation.queries.themes import themes_of
    from totalplace.participation.rules.public.finding import SEED
    from totalplace.participation.rules.public.theming import Verb, lacking

    by, on = session.by(), session.now()
    if said["propose"]:
        theming.propose_themes(hearing, by=by, on=on, seed=said["seed"] or SEED)
    for number, name in _pairs(said["names"]):
        move = {"theme": number, "name": name}
        theming.move_themes(hearing, Verb.NAME, move, by=by, on=session.now())
    for number, into in _pairs(said["merges"]):
        move = {"theme": number, "into": int(into) if into.isdecimal() else 0}
        theming.move_themes(hearing, Verb.MERGE, move, by=by, on=session.now())
    if said["finish"]:
        theming.finish_themes(hearing, by=by, on=session.now())
    row = themes_of(hearing, by=by, on=session.now())
    for theme in row.themes.standing:
        click.echo(f"{theme.number:>4}  {len(theme.answers):>6,}  {theme.called}")
    click.echo(f"{len(row.answers):,} free answers, {len(row.unplaced):,} in no theme.")
    for lack in [] if row.themes.finished else lacking(row.themes, row.answers):
        click.echo(f"Before they can be finished: {lack}.")


def _pairs(said: Sequence[str]) -> list[tuple[int, str]]:
    found = []
    for one in said:
        number, sign, rest = one.partition("=")
        if not sign or not number.strip().isdecimal():
            raise click.UsageError(f"'{one}' is not a theme's number, = and what it is to be.")
        found.append((int(number), rest.strip()))
    return found


@click.command("results")
@click.argument("hearing", type=int)
@pass_session
def results(session: Session, hearing: int) -> None:
    """Show what the public answered to HEARING, once its last day is over."""
    session.open()
    from totalplace.doors.web.participation.public.results import lines
    from totalplace.participation.queries import public, responses
    from totalplace.participation.queries.themes import finished_themes

    on = session.now()
    counted = responses.results_of(hearing, on=on)
    for table, row, column, count, share in lines(
        counted, finished_themes(public.head(hearing, on=on))
    ):
        number = f"{count:,}" if count is not None else ("" if share is not None else "hidden")
        percent = f"{100 * share:.1f}%" if share is not None else ""
        click.echo("  ".join(filter(None, (table, row, column, number, percent))))
