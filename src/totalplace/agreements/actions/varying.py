"""Varying an agreement by dual consent; suspending, resuming and ending it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.agreement_moves import (
    Opened,
    Written,
    check_stage,
    move,
    opened_by,
    refuse_lacks,
    said_reason,
    write,
    write_version,
)
from totalplace.agreements.actions.agreements import checked_text
from totalplace.agreements.queries.agreements import AgreementRow, VersionRow, agreement
from totalplace.agreements.queries.agreements_lacking import lacks_to_lay_open
from totalplace.agreements.rules.checklist import touches_money_or_targets
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import BY_BOTH, Stage, Verb
from totalplace.decisions.rules.days import in_words
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused


@transaction.atomic
def propose(
    citation: str, text: str, *, agency: str, reason: str, by: Who, on: datetime
) -> AgreementRow:
    """Propose another text for an agreement that is in force, for the side of a party.

    Nothing changes until the other side consents, members decide, and every party has signed. A
    text that changes targets or money is heard, too. Raises Refused for one that lacks something.
    """
    this = opened_by(citation, agency, by=by, on=on)
    check_stage(this.row, Verb.PROPOSE_VARIATION)
    _check_holds(this)
    held = _held(this.row)
    terms = checked_text(this, text)
    number = max(one.variation for one in this.row.versions) + 1
    heard = touches_money_or_targets(held.terms, terms)
    row = write_version(this, terms, Written(reason, variation=number, to_be_heard=heard))
    refuse_lacks(lacks_to_lay_open(row))
    again = Opened(row, this.side, this.day, by, on, this.power)
    return move(again, Verb.PROPOSE_VARIATION, row.last, reason=reason, citing=f"for {agency}")


@transaction.atomic
def consent(citation: str, *, agency: str, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Consent to the variation that the other side proposed. Raises Refused to who proposed it."""
    this = opened_by(citation, agency, by=by, on=on)
    check_stage(this.row, Verb.CONSENT)
    if this.side is this.row.last.side and len(_sides(this.row)) > 1:
        raise Refused(
            f"The {this.side} cannot consent to its own variation",
            why="a variation needs both sides, and this side proposed it",
            next_step="Wait for the other side",
        )
    return move(this, Verb.CONSENT, this.row.last, reason=reason, citing=f"for {agency}")


@transaction.atomic
def drop(citation: str, *, agency: str, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Drop a variation before everybody has signed it; either side may. What is in force stays."""
    this = opened_by(citation, agency, by=by, on=on)
    check_stage(this.row, Verb.DROP_VARIATION)
    return move(this, Verb.DROP_VARIATION, _held(this.row), reason=reason, citing=f"for {agency}")


@transaction.atomic
def say_for_side(
    citation: str, verb: Verb, *, agency: str, reason: str, by: Who, on: datetime
) -> AgreementRow:
    """Say for one side that the agreement is to be suspended, resumed or ended.

    It is once the other side has said so too. Raises Refused for any other verb, or twice.
    """
    this = opened_by(citation, agency, by=by, on=on)
    if verb not in BY_BOTH:
        raise Refused("That is not done by both sides", why=f"it is '{verb}'",
                      next_step="Choose suspend, resume or end")  # fmt: skip
    check_stage(this.row, verb)
    if this.side in this.row.consents_now(verb):
        raise Refused(
            f"The {this.side} has said that already",
            why=f"it waits for the other side to {verb} it, too",
            next_step="Wait for the other side",
        )
    _keep(this, verb, agency, reason)
    row = agreement(citation)
    if row.consents_now(verb) != _sides(row):
        return row
    both = Opened(row, this.side, this.day, by, on, this.power)
    return move(both, verb, _held(row), reason=reason, citing="said by both sides")


@transaction.atomic
def give_notice(
    citation: str, *, agency: str, ends_on: date, reason: str, by: Who, on: datetime
) -> AgreementRow:
    """Give notice that the agreement ends from a day, as its text allows either side.

    Raises Refused where the text has no such clause, or the day is too soon.
    """
    this = opened_by(citation, agency, by=by, on=on)
    check_stage(this.row, Verb.END)
    clause = _held(this.row).terms.termination
    days = (ends_on - this.day).days
    if clause is None or days < clause.notice_days:
        need = f"{clause.notice_days} days" if clause else "no notice at all"
        raise Refused(
            f"Notice cannot be given for {in_words(ends_on)}",
            why=f"the text allows {need}, and that is in {days} days",
            next_step="Choose a later day, or end it together with the other side",
        )
    _keep(this, Verb.END, agency, reason, ends_on)
    return agreement(citation)


@transaction.atomic
def end(citation: str, *, agency: str, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Put on record that an agreement has ended: its last day, or that of a notice, has passed."""
    this = opened_by(citation, agency, by=by, on=on)
    check_stage(this.row, Verb.END)
    if this.row.stage(this.day) is not Stage.ENDED:
        day = this.row.last_day
        raise Refused(
            "The agreement has not ended",
            why=f"its last day is {in_words(day)}" if day else "it has no last day",
            next_step="Give notice, or end it together with the other side",
        )
    return move(this, Verb.END, _held(this.row), reason=reason)


def _keep(this: Opened, verb: Verb, agency: str, reason: str, ends_on: date | None = None) -> None:
    models.AgreementConsent.objects.create(
        agreement_id=this.row.id, turn=len(this.row.moves) + 1, verb=verb.value,
        side=this.side.value, agency_id=places.agency(agency).id, day=this.day, ends_on=ends_on,
        reason=said_reason(reason), by=this.by.name, on=this.on,
    )  # fmt: skip
    until = f"; it ends on {in_words(ends_on)}" if ends_on else ""
    told = "gave notice to end" if ends_on else f"said to {verb}"
    write(this, told, citing=f"{reason.strip()}; for {agency}{until}")


def _sides(row: AgreementRow) -> frozenset[Side]:
    """Both, but for a pooled fund that no department is a party of."""
    return frozenset(party.side for party in _held(row).terms.parties)


def _held(row: AgreementRow) -> VersionRow:
    held = row.in_force
    if held is None:
        raise Refused(
            f"Agreement {row.citation.id} is not in force",
            why=f"it is {row.kept}",
            next_step="Wait until every party has signed it",
        )
    return held


def _check_holds(this: Opened) -> None:
    if this.row.stage(this.day) is Stage.ENDED:
        raise Refused("Nothing can be varied", why="the agreement has ended",
                      next_step="Negotiate a new one")  # fmt: skip
