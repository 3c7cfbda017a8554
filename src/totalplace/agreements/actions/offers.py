"""Making an offer of a side's draft, and taking a signed step of the other side from a file."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.negotiations import kept
from totalplace.agreements.actions.stepping import (
    Opened,
    keep,
    next_step,
    one_at_a_time,
    opened,
    said_reason,
    write,
)
from totalplace.agreements.queries.drafts import draft
from totalplace.agreements.queries.negotiations import NegotiationRow, negotiation, offers
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.exchange import Signed
from totalplace.agreements.rules.exchange import opened as opened_file
from totalplace.agreements.rules.moves import Verb, after, check_answer_by
from totalplace.agreements.rules.offers import Terms, check_additions, check_terms, digest_of
from totalplace.places.rules.mandates import Who
from totalplace.record import actions as record
from totalplace.refusal import Refused


@transaction.atomic
def offer(
    number: int, side: Side, *, reason: str, answer_by: date, by: Who, on: datetime
) -> NegotiationRow:
    """Offer what stands in a side's draft. From then on nobody changes it.

    Raises Refused out of turn, for a day of answer that is not after today, without a draft, and
    for what the model of devolution does not let the side offer. Savings and notes stay behind.
    """
    this = opened(number, side, by=by, on=on)
    after(this.row.stage, Verb.OFFER, side=side)
    check_answer_by(answer_by, on=this.day)
    held = draft(number, side, by=by, on=on)
    if held is None:
        raise Refused(
            "There is nothing to offer",
            why=f"the {side} has no draft",
            next_step="Write the lines of a draft first",
        )
    terms = held.working.terms
    check(this, terms)
    step = next_step(this, Verb.OFFER, reason=said_reason(reason), answer_by=answer_by, terms=terms)
    keep(this, step)
    write(this, "offered", citing=_told(this))
    return negotiation(number)


def check(this: Opened, terms: Terms, *, on_side: Side | None = None) -> None:
    """Raise Refused for terms that a side may not offer in a negotiation as it stands."""
    side, row = on_side or this.side, this.row
    years = (row.first_year, row.last_year)
    check_terms(terms, side=side, model=row.model, years=years)
    made = offers(row.number, by=this.by, on=this.on)
    before = made[-1].terms if made else Terms()
    check_additions(before, terms, side=side, model=row.model, departments=row.departments)


@transaction.atomic
def receive(file: bytes, side: Side, *, key: str = "", by: Who, on: datetime) -> NegotiationRow:
    """Take a step of the other side from the file that it signed, for one's own side.

    The first file of the other side needs `key`, the public key that the other side told by another
    way; from then on its key holds. Raises Refused where a byte was changed, where another key
    signed it, and out of turn.
    """
    said = opened_file(file)
    other = said.step.side
    if other is side:
        raise _not_taken("it is your own side's", "Send it to the other side")
    power_of(
        side, place=said.opening.place, departments=said.opening.departments, by=by, on=on
    )  # fmt: skip
    one_at_a_time()
    found = models.Negotiation.objects.filter(digest=digest_of(said.opening_text)).first()
    number = found.number if found else _opened_from(said, by=by, on=on).number
    this = opened(number, side, by=by, on=on)
    _check_key(this, other, said, key.strip().lower())
    _check_turn(this, said)
    if said.step.terms is not None:
        check(this, said.step.terms, on_side=other)
    keep(this, said.step, key=said.key, signature=said.signature)
    write(this, "received", citing=f"a signed {said.step.verb} of the {other}, key {said.key[:16]}")
    return negotiation(number)


def _opened_from(said: Signed, *, by: Who, on: datetime) -> NegotiationRow:
    """Open here what the other side opened on its own computer."""
    row = kept(said.opening, by=by, on=on)
    power = power_of(
        other_than(said.step.side), place=row.place, departments=row.departments, by=by, on=on
    )
    record.write(
        by.name, "opened", about=row.citation, on=on, power=power,
        citing=f"{row.title}, as the {said.step.side} opened it on its own computer",
    )  # fmt: skip
    return row


def other_than(side: Side) -> Side:
    """The other side."""
    return Side.CENTRE if side is Side.PLACE else Side.PLACE


def _check_key(this: Opened, other: Side, said: Signed, told: str) -> None:
    held = models.SideKey.objects.filter(negotiation_id=this.row.id, side=other.value).first()
    if held is None:
        if told != said.key:
            raise _not_taken(
                f"it is signed with the key {said.key}, and nothing says yet whose that is",
                f"Ask the {other} for its public key by another way, and give it with the file",
            )
        models.SideKey.objects.create(
            negotiation_id=this.row.id, side=other.value, key=said.key, by=this.by.name, on=this.on
        )
    elif held.key != said.key:
        raise _not_taken(
            f"it is signed with another key than the {other}'s own", "Ask them to sign it again"
        )


def _check_turn(this: Opened, said: Signed) -> None:
    after(this.row.stage, Verb(said.step.verb), side=said.step.side)
    if (said.step.turn, said.step.previous) != (len(this.row.steps) + 1, this.previous):
        raise _not_taken(
            "it does not follow from the last step that is known here",
            "Exchange the steps in their order: a step between may be missing, or here twice",
        )
    if date.fromisoformat(said.step.on) > this.day:
        raise _not_taken("its day has not come", "Ask the other side to look at its clock")


def _told(this: Opened) -> str:
    return f"offer {len(this.row.offered) + 1}, for the {this.side}"


def _not_taken(why: str, next_step: str) -> Refused:
    return Refused("The file was not taken", why=why, next_step=next_step)
