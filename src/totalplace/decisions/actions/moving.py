"""Opening a decision to act on it, and making a move: what every verb here shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from totalplace import refusal
from totalplace.decisions import models
from totalplace.decisions.queries.bodies import offices
from totalplace.decisions.queries.decisions import DecisionRow, decision
from totalplace.decisions.rules.acting import ACTS, names_of
from totalplace.decisions.rules.bodies import OwnRules, RuleSet
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.moves import Verb, after
from totalplace.decisions.rules.taking_part import check_may_agree, same
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Opened:
    """A decision that nobody else acts on meanwhile, and under which power it is acted on."""

    row: DecisionRow
    day: date
    by: Who
    on: datetime
    power: str

    @property
    def own(self) -> OwnRules:
        """The body's own rules today. Raises Refused where it has none."""
        return self.row.body.rules_on(self.day)

    @property
    def law(self) -> RuleSet:
        """The law that the body decides under. Raises Refused where that is not said."""
        return self.row.body.law_on(self.day)


def one_at_a_time() -> None:
    """Wait for other writers of decisions, until this transaction ends."""
    take_turn("totalplace.decisions")


def opened(citation: str, act: Act | Verb, *, by: Who, on: datetime) -> Opened:
    """A decision to act on. Raises Refused where there is none, they may not, or it cannot be."""
    one_at_a_time()
    row = decision(citation)
    asked = ACTS[act] if isinstance(act, Verb) else act
    power = places.power(by, asked, agency=row.body.agency, on=on)
    if isinstance(act, Verb):
        after(row.stage, act)
    return Opened(row, local_day(on), by, on, power)


def move(
    this: Opened, verb: Verb, *, reason: str, names: Sequence[str] = (), **said: Any
) -> DecisionRow:
    """Make a move and put it on the record; `said` are the days and words that it sets."""
    before = this.row.stage
    following = after(before, verb)
    made = models.Move.objects.create(
        decision_id=this.row.id,
        turn=len(this.row.moves) + 1,
        verb=verb.value,
        before=before.value,
        after=following.value,
        day=this.day,
        reason=said_reason(reason, f"{verb}"),
        by=this.by.name,
        on=this.on,
        **said,
    )
    models.Named.objects.bulk_create(models.Named(move=made, name=name) for name in names)
    write(this, verb.value, citing=reason.strip())
    return decision(this.row.citation.id)


def write(this: Opened, verb: str, *, citing: str) -> None:
    """Put an act about a decision on the record."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )


def said_reason(reason: str, verb: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(reason, f"The decision cannot be moved by '{verb}'")


def names_once(names: Sequence[str]) -> list[str]:
    """Names as they were given, each once."""
    found: list[str] = []
    for name in (name.strip() for name in names):
        if name and not any(same(name, one) for one in found):
            found.append(name)
    return found


def agreeing(this: Opened, agreed_by: str, unable: str) -> str:
    """Who agrees, with their office. Raises Refused where they may not, or agree for another."""
    urgency = this.law.special_urgency
    if urgency is None:
        raise Refused(
            "Urgency cannot be agreed",
            why=f"no law of {this.law.title.lower()} asks for it",
            next_step="Take the decision when its notice has run, if it needs one",
        )
    who = agreed_by.strip() or names_of(this.by)[0]
    if isinstance(this.by, Officer) and not any(same(who, name) for name in names_of(this.by)):
        raise Refused(
            f"{this.by.name} cannot agree in the name of {who}",
            why="whoever agrees does so with their own account",
            next_step=f"Ask {who} to sign in and agree",
        )
    held = offices(this.row.body.agency)
    candidates = names_of(this.by) if isinstance(this.by, Officer) else [who]
    for name in candidates[:-1]:
        try:
            office = check_may_agree(name, urgency.agreed_by, held, unable=unable, on=this.day)
        except Refused:
            continue
        return f"{name}, {office.words}"
    office = check_may_agree(candidates[-1], urgency.agreed_by, held, unable=unable, on=this.day)
    return f"{candidates[-1]}, {office.words}"
