"""Trying a text by its own tests, asking for one person, and need for a population in a file."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.places.members import DAY
from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from datetime import date

    from totalplace.entitlements.rules.facts import Fact, Value

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_COUNTS = ("persons", "low", "high")
_AGE = "age"


@click.command()
@click.argument("file", type=_FILE)
@click.option("--of", default="", help="For a local variant: the guarantee in force it betters.")
@click.option("--tests", "beside", type=_FILE, help="More tests, in a file of their own.")
@pass_session
def test(session: Session, file: Path, of: str, beside: Path | None) -> None:
    """Read the text of a guarantee or variant in FILE and run its own tests; nothing is kept."""
    from totalplace.entitlements.rules.guarantee import failed
    from totalplace.entitlements.rules.reading import read, read_tests
    from totalplace.refusal import Refused

    text = file.read_text(encoding="utf-8")
    if of:
        click.echo(_tried_variant(session, text, of))
        return
    found = read(text)
    if beside is not None:
        more = read_tests(beside.read_text(encoding="utf-8"), found.facts)
        found = replace(found, tests=(*found.tests, *more))
    wrong = failed(found)
    for why in wrong:
        click.echo(why, err=True)
    if wrong:
        raise Refused(
            f"{len(wrong)} of {len(found.tests)} tests do not come out",
            why="the rule and they say different things",
            next_step="Put the rule or the test right",
        )
    click.echo(f"{found.title}: it can be read, and {len(found.tests)} tests come out.")


def _tried_variant(session: Session, text: str, of: str) -> str:
    session.open()
    from totalplace.decisions.rules.days import local_day
    from totalplace.entitlements import queries
    from totalplace.entitlements.rules.floors import check_floor
    from totalplace.entitlements.rules.variants import read_variant

    national = queries.entitlement(of, on=local_day(session.now())).national
    variant = read_variant(text, national)
    checked = check_floor(national, variant)
    every = "every combination of boundaries" if checked.whole else f"a sample, {checked.seed}"
    return f"{variant.title}: nobody of {checked.people:,} is worse off ({every})."


@click.command()
@click.argument("code")
@click.option("--place", default="", help="With what this place adds.")
@click.option("--on", type=DAY, help="On which day, 2027-04-01; else today.")
@click.option("--fact", "said", multiple=True, help="NAME=VALUE; say each. Sums are in pence.")
@pass_session
def ask(session: Session, code: str, place: str, on: object, said: tuple[str, ...]) -> None:
    """Ask the guarantee CODE for one person, step by step. Nothing is kept of it."""
    session.open()
    from totalplace.doors.cli.entitlements.told import day_of, tell_result
    from totalplace.entitlements import queries
    from totalplace.entitlements.rules.guarantee import assess

    day = day_of(on, session)
    rule = queries.entitlement(code, place, on=day).rule
    person = dict(_fact(one, rule.facts) for one in said)
    tell_result(rule, assess(rule, person, on=day))


def _fact(said: str, facts: Any) -> tuple[str, Value | None]:
    name, equals, value = said.partition("=")
    if not equals:
        raise click.UsageError(f"'{said}' is no NAME=VALUE")
    return name, _value(facts.get(name), value)


def _value(fact: Fact | None, text: str) -> Value | None:
    """A value as it is typed, or as it stands in a file; what is none of its kind stays text."""
    from datetime import date

    from totalplace.entitlements.rules.facts import FactKind

    text = text.strip()
    if fact is None or not text:
        return text or None
    try:
        if fact.kind is FactKind.DAY:
            return date.fromisoformat(text)
        if fact.kind is FactKind.YES_NO:
            return {"yes": True, "no": False}[text.lower()]
        return text if fact.kind is FactKind.CHOICE else int(text)
    except (ValueError, KeyError):
        return text


@click.command()
@click.argument("code")
@click.argument("file", type=_FILE)
@click.option("--place", default="", help="With what this place adds.")
@click.option("--on", type=DAY, help="On which day, 2027-04-01; else today.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@pass_session
def need(session: Session, code: str, file: Path, place: str, on: object, as_json: bool) -> None:
    """What the guarantee CODE comes to for the population in FILE.

    FILE is CSV: a column for each fact, and persons, low and high for how many each row is. A
    column age, of completed years on the day, may stand for the day of birth; 90+ is 90 and over.
    """
    session.open()
    from totalplace.doors.cli.entitlements.told import day_of
    from totalplace.entitlements import queries

    day = day_of(on, session)
    facts = queries.entitlement(code, place, on=day).rule.facts
    found = queries.need(code, _population(file, facts, day), day, place=place)
    if as_json:
        click.echo(json.dumps(asdict(found), default=str))
        return
    for step in found.steps:
        click.echo(step)
    if found.cannot_say:
        click.echo(f"Of {found.cannot_say:,} persons it cannot be said: they are in the most alone")


def _population(file: Path, facts: Any, on: date) -> Any:
    import csv

    from totalplace.entitlements.rules.need import Population
    from totalplace.refusal import Refused

    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    heads = list(rows[0]) if rows else []
    columns = {
        head: [_value(facts.get(head), row[head] or "") for row in rows]
        for head in heads
        if head not in (*_COUNTS, _AGE)
    }
    counts = {head: [row[head] or "" for row in rows] for head in _COUNTS if head in heads}
    try:
        whole = {head: [int(value) for value in column] for head, column in counts.items()}
    except ValueError:
        raise Refused(
            f"The population in {file.name} cannot be read",
            why="a count is no whole number",
            next_step="Give whole numbers under persons, low and high",
        ) from None
    found = Population(columns, source=file.name, **whole)
    return _by_age(found, [row[_AGE] or "" for row in rows], on) if _AGE in heads else found


def _by_age(population: Any, said: list[str], on: date) -> Any:
    """The population by day of birth, where the file says ages."""
    from totalplace.entitlements.rules.by_age import spread_over_births
    from totalplace.refusal import Refused

    texts = [text.strip() for text in said]
    whole = [text.removesuffix("+") for text in texts]
    open_ages = {int(text[:-1]) for text in texts if text.endswith("+") and text[:-1].isdecimal()}
    if not all(text.isascii() and text.isdecimal() and len(text) < 4 for text in whole) or (
        len(open_ages) > 1
    ):
        raise Refused(
            "The ages cannot be read",
            why="an age is a whole number of years, and the last may be as 90+",
            next_step="Put the column age right",
        )
    ages = [int(text) for text in whole]
    return spread_over_births(population, ages, on, open_from=next(iter(open_ages), None))
