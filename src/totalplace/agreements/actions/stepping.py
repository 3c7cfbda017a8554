"""What every act of a negotiation shares: one at a time, under which power, kept and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace import refusal
from totalplace.agreements import models
from totalplace.agreements.queries.negotiations import NegotiationRow, negotiation
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.moves import Verb, after
from totalplace.agreements.rules.offers import Step, Terms, check_text, digest_of, text_of
from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn


@dataclass(frozen=True, slots=True)
class Opened:
    """A negotiation that nobody else acts on meanwhile, for a side, under a power."""

    row: NegotiationRow
    side: Side
    day: date
    by: Who
    on: datetime
    power: str

    @property
    def previous(self) -> str:
        """The digest that the next step names."""
        return self.row.steps[-1].digest if self.row.steps else self.row.digest


def one_at_a_time() -> None:
    """Wait for other writers of negotiations, until this transaction ends."""
    take_turn("totalplace.negotiations")


def opened(number: int, side: Side, *, by: Who, on: datetime) -> Opened:
    """A negotiation to act on for a side. Raises Refused where there is none, or they may not."""
    one_at_a_time()
    row, day = negotiation(number), local_day(on)
    power = power_of(side, place=row.place, departments=row.departments, by=by, on=on)
    return Opened(row, side, day, by, on, power)


def next_step(
    this: Opened, verb: Verb, *, reason: str, answer_by: date | None = None,
    terms: Terms | None = None,
) -> Step:  # fmt: skip
    """The step that a side is about to take. Raises Refused where it is not its move."""
    after(this.row.stage, verb, side=this.side)
    offered = len(this.row.offered)
    number = {Verb.OFFER: offered + 1, Verb.ACCEPT: offered, Verb.END: 0}[verb]
    return Step(
        negotiation=this.row.digest,
        turn=len(this.row.steps) + 1,
        verb=verb.value,
        side=this.side,
        previous=this.previous,
        on=this.day.isoformat(),
        reason=reason,
        number=number,
        answer_by=answer_by.isoformat() if answer_by else "",
        terms=terms,
    )


def keep(this: Opened, step: Step, *, key: str = "", signature: str = "") -> None:
    """Keep a step, and put it on the record by its digest: what it says is for the two sides."""
    text = text_of(step)
    check_text(text)
    verb = Verb(step.verb)
    models.NegotiationStep.objects.create(
        negotiation_id=this.row.id,
        turn=step.turn,
        verb=verb.value,
        side=step.side.value,
        before=this.row.stage.value,
        after=after(this.row.stage, verb, side=step.side).value,
        number=step.number,
        day=date.fromisoformat(step.on),
        answer_by=date.fromisoformat(step.answer_by) if step.answer_by else None,
        text=text,
        digest=digest_of(text),
        previous=step.previous,
        key=key,
        signature=signature,
        by=this.by.name,
        on=this.on,
    )


def write(this: Opened, verb: str, *, citing: str = "") -> None:
    """Put an act about a negotiation on the record. Never what an offer or a draft says."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )


def said_reason(reason: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(
        reason,
        "Nothing was done in the negotiation",
        next_step="Give it in a sentence; the other side reads it",
    )
