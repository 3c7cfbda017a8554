"""Guarantees in plain words for a terminal, and as objects for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.doors.cli.session import Session
from totalplace.entitlements.queries import Entitlement, GuaranteeRow
from totalplace.entitlements.rules.facts import Answer
from totalplace.entitlements.rules.guarantee import Guarantee, Result
from totalplace.entitlements.rules.steps import amount_in_words


def day_of(said: object, session: Session) -> date:
    """The day that was said, or that on which it is asked."""
    return said.date() if isinstance(said, datetime) else local_day(session.now())


def plain(one: Entitlement, place: str) -> dict[str, Any]:
    """A guarantee in force as an object."""
    cost = one.cost_in(place)
    return {
        "code": one.code,
        "version": one.number,
        "sha256": one.digest,
        "title": one.title,
        "plain": one.rule.plain,
        "strength": one.rule.strength.value,
        "set_by": one.rule.set_by,
        "funded_by": one.rule.funded_by,
        "since": one.since.isoformat(),
        "better_here": one.variant is not None and not one.below,
        "cost_pence": cost.pence if cost else None,
        "cost_low_pence": cost.low if cost else None,
        "cost_high_pence": cost.high if cost else None,
    }


def versions(row: GuaranteeRow) -> Iterator[dict[str, Any]]:
    """Each version of a guarantee as an object, with its text and what was done about it."""
    for one in row.versions:
        yield {
            "code": row.code,
            "version": one.number,
            "stage": one.stage.value,
            "sha256": one.digest,
            "reason": one.reason,
            "moves": [
                {"verb": move.verb.value, "day": move.day.isoformat(), "reason": move.reason,
                 "first_day": move.first_day.isoformat() if move.first_day else None,
                 "shorter": move.shorter.value}
                for move in one.moves
            ],
            "text": one.text,
        }  # fmt: skip


def tell(row: GuaranteeRow, today: date) -> None:
    """Print a guarantee: what it says today, and what happened."""
    version = row.in_force(today) or row.last_enacted or row.latest
    rule = version.rule
    click.echo(f"{rule.title}\n\n{rule.plain}\n")
    said = {
        "It gives": rule.gives.what, "Strength": rule.strength.value, "Set by": rule.set_by,
        "Paid by": f"{rule.funded_by} ({rule.how_funded})", "Seen by": rule.evidence,
    }  # fmt: skip
    for head, words in said.items():
        click.echo(f"{head}: {words}")
    for law in rule.law.values():
        read = "" if law.verified else " [not read at its source]"
        click.echo(f"Law: {law.text}: {law.says}{read}")
    for one in rule.parameters.values():
        for first, value in one.values:
            number = amount_in_words(value, one.unit)
            click.echo(f"Number: {one.title}: {number} from {in_words(first)}")
    for one_version in row.versions:
        click.echo(f"Version {one_version.number}: {one_version.stage}, {one_version.reason}")
        for move in one_version.moves:
            begins = f" from {in_words(move.first_day)}" if move.first_day else ""
            click.echo(f"  {in_words(move.day)}: {move.verb}{begins} {move.reason}".rstrip())


def tell_result(rule: Guarantee, result: Result) -> None:
    """Print what a guarantee comes to for a person, step by step."""
    amount = rule.say(result.amount)
    click.echo(f"{rule.title}: {result.answer.words}{f', {amount}' if amount else ''}")
    for step in result.steps:
        found = f" ({step.found})" if step.found else ""
        law = f" [{rule.law[step.law].text}]" if step.law else ""
        click.echo(f"  {'  ' * step.depth}{step.answer.words}: {step.words}{found}{law}")
    if result.tell:
        titles = ", ".join(rule.facts[code].title.lower() for code in result.tell)
        what = "To say more" if result.answer is Answer.YES else "To say it"
        click.echo(f"  {what}, tell: {titles} ({', '.join(result.tell)})")
