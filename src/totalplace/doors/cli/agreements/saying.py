"""What commands of a negotiation are told, and how they tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.agreements.queries.negotiations import NegotiationRow
    from totalplace.agreements.rules.costs import Cost
    from totalplace.agreements.rules.devolution import Side
    from totalplace.agreements.rules.differences import Difference
    from totalplace.agreements.rules.offers import Terms

NUMBER = click.argument("number", type=click.IntRange(1))
SIDE = click.argument("side", type=click.Choice(["place", "centre"]))
REASON = click.option("--reason", required=True, help="In a sentence; the other side reads it.")


def side_of(said: str) -> Side:
    """The side that was named."""
    from totalplace.agreements.rules.devolution import Side as Sides

    return Sides(said)


def day_of(said: str) -> date:
    """A day as it is typed. Raises Refused for none."""
    from totalplace.refusal import Refused

    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise Refused(
            f"'{said}' is no day",
            why="a day is a year, a month and a day of the month",
            next_step="Write it such as 2027-04-15",
        ) from error


def year_of(said: str) -> int:
    """A financial year as it is typed, by that in which it begins. Raises Refused for none."""
    from totalplace.money.years import FinancialYear
    from totalplace.refusal import Refused

    try:
        return FinancialYear.parse(said).start
    except ValueError as error:
        raise Refused(
            f"'{said}' is no financial year",
            why="a year starts in April",
            next_step="Write it such as 2027-28",
        ) from error


def pence_of(said: str) -> int | None:
    """Pounds as they are typed, in pence; nothing where nothing is said."""
    from totalplace.decisions.rules.proposals import said_pence

    return said_pence(said)


def tell(row: NegotiationRow, on: date) -> None:
    """What anybody may know of a negotiation."""
    click.echo(f"{row.title}: {row.place_name}, {row.years}")
    click.echo(f"Model: {row.model.title}. With {', '.join(row.department_names)}.")
    click.echo(f"It stands: {row.stage}.")
    if row.to_move:
        by = f", an answer is asked for by {row.answer_by}" if row.answer_by else ""
        late = "; that day has passed" if row.lapsed(on) else ""
        click.echo(f"To move: the {row.to_move}{by}{late}.")
    if row.steps:
        table_of(
            ["Turn", "Day", "Side", "What", "Offer", "Digest"],
            [[s.turn, s.day, s.side.value, s.verb.value, s.number, s.digest[:12]]
             for s in row.steps],
        )  # fmt: skip


def tell_terms(terms: Terms) -> None:
    """What an offer or a draft says."""
    from totalplace.agreements.rules.differences import (
        said_entitled,
        said_lift,
        said_promise,
        sum_words,
    )

    table_of(
        ["Line", "Fund", "Department", "Mechanism", "Set", "Sum", "Why"],
        [[one.code, one.fund, one.department, one.mechanism.value, one.where.value,
          sum_words(one), one.reason] for one in terms.lines],
    )  # fmt: skip
    for line in terms.lines:
        for condition in line.conditions:
            click.echo(f"Condition of {line.code}: {condition.kind}: {condition.text}")
    for entitled in terms.entitlements:
        click.echo(f"Guarantee: {said_entitled(entitled)}")
    for promise in terms.promises:
        click.echo(f"Promise {promise.number}: {said_promise(promise)}")
    for lift in terms.lifts:
        click.echo(f"To be lifted: {said_lift(lift)}")
    for target in terms.targets:
        click.echo(f"Target: {target.indicator}: {target.words}")


def tell_differences(found: Iterable[Difference]) -> None:
    """What differs between two offers."""
    from totalplace.money.pence import pounds

    rows = [
        [one.title, one.what, one.how, one.before or "nothing", one.after or "nothing",
         "" if one.pence is None else pounds(one.pence)]
        for one in found
    ]  # fmt: skip
    if not rows:
        click.echo("They say the same.")
        return
    table_of(["What", "Of it", "How", "Before", "After", "More"], rows)


def tell_costs(rows: Iterable[Cost]) -> None:
    """What each difference costs each side. Nothing is weighed up."""
    from totalplace.money.pence import pounds

    def said(pence: int | None) -> str:
        return "not known" if pence is None else pounds(pence)

    listed = [
        [one.title, said(one.devolved), said(one.place), said(one.centre),
         "; ".join(filter(None, (
             *(f"condition: {c}" for c in one.conditions_added),
             *(f"no longer: {c}" for c in one.conditions_lifted),
             one.burden, *(f"target: {t}" for t in one.outcomes),
         )))]
        for one in rows
    ]  # fmt: skip
    if listed:
        heads = ["What it costs", "In the block", "The place", "The centre", "Besides"]
        table_of(heads, listed)
