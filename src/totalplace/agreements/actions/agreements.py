"""Drafting an agreement, changing its text, laying it open, and following it to its signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.agreement_moves import (
    Opened,
    Written,
    check_stage,
    move,
    one_at_a_time,
    opened_by_place,
    refuse_lacks,
    write,
    write_version,
)
from totalplace.agreements.definitions.reading import model as model_of
from totalplace.agreements.queries.agreements import AgreementRow
from totalplace.agreements.queries.agreements_lacking import (
    lacks_to_decide,
    lacks_to_lay_open,
    lacks_to_sign,
)
from totalplace.agreements.queries.negotiations import agreed_offer
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.first_draft import Begun, first_draft, plain
from totalplace.agreements.rules.lifecycle import Verb
from totalplace.agreements.rules.offers import Terms as Offered
from totalplace.agreements.rules.terms import Goal, TargetsCited, Terms
from totalplace.agreements.wording import terms_of, tidied
from totalplace.decisions.rules.days import local_day
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.rules.targets import Target
from totalplace.participation import queries as participation
from totalplace.participation.rules.hearings import Verb as Hearing
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """An agreement that is to be begun; years are those in which the first and last begin."""

    title: str
    model: str
    host: str
    departments: Sequence[str]
    years: tuple[int, int]
    partners: Sequence[str] = ()


@transaction.atomic
def draft_from_offer(negotiation: int, *, by: Who, on: datetime) -> AgreementRow:
    """Begin an agreement from the offer that was accepted in a negotiation.

    Raises Refused where none was, or an agreement was begun from it already.
    """
    offer = agreed_offer(negotiation)
    power = places.power(by, Act.KEEP_AGREEMENT, place=offer.place, on=on)
    one_at_a_time()
    if models.Agreement.objects.filter(negotiation=negotiation).exists():
        raise Refused(
            f"No agreement can be begun from negotiation {negotiation}",
            why="one was begun from it already",
            next_step="Change the text of that one",
        )
    title = f"Agreement of {places.place(offer.place).name} with the centre"
    begun = _begun(
        offer.place, title, offer.host, offer.departments, offer.years, partners=(), on=on
    )
    return _begin(begun, offer.model.code, offer.terms, negotiation, by=by, on=on, power=power)


@transaction.atomic
def draft(place: str, wanted: Wanted, *, by: Who, on: datetime) -> AgreementRow:
    """Begin an agreement that was not negotiated here, such as one on a pooled fund.

    Raises Refused where the model, or an agency, is not known, or no other party is named.
    """
    power = places.power(by, Act.KEEP_AGREEMENT, place=place, on=on)
    alone = not wanted.departments and not wanted.partners
    if alone or not wanted.title.strip() or wanted.years[0] > wanted.years[1]:
        raise Refused(
            "The agreement cannot be begun",
            why="it lacks a title or another party, or its last year is before its first",
            next_step="Give a title, the other parties, and the first and last year",
        )
    one_at_a_time()
    begun = _begun(
        place, wanted.title, wanted.host, wanted.departments, wanted.years,
        partners=wanted.partners, on=on,
    )  # fmt: skip
    return _begin(begun, wanted.model, None, None, by=by, on=on, power=power)


@transaction.atomic
def write_text(citation: str, text: str, *, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Put the text of a draft anew. It is tidied first, so clauses need not be numbered by hand.

    Raises Refused, with the line, for a text that says what no set sentence says.
    """
    this = opened_by_place(citation, by=by, on=on)
    check_stage(this.row, Verb.WRITE)
    terms = checked_text(this, text)
    row = write_version(this, terms, Written(reason))
    write(this, "changed the draft", citing=f"{reason.strip()}; text {row.last.digest}")
    return row


@transaction.atomic
def lay_open(citation: str, *, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Lay a draft open: from now on anybody reads it, and people can be heard on it.

    Raises Refused, with what is lacking, for a text that does not say all that its model asks for.
    """
    this = opened_by_place(citation, by=by, on=on)
    check_stage(this.row, Verb.LAY_OPEN)
    refuse_lacks(lacks_to_lay_open(this.row))
    return move(this, Verb.LAY_OPEN, this.row.last, reason=reason)


@transaction.atomic
def revise(
    citation: str, text: str, *, reason: str, because: int | None = None, by: Who, on: datetime
) -> AgreementRow:
    """Put the text of an agreement that lies open anew, as its next version.

    Once its hearing is open, `because` is the number of an answer that says what changed. Raises
    Refused without one, and for a text that lacks something.
    """
    this = opened_by_place(citation, by=by, on=on)
    check_stage(this.row, Verb.REVISE)
    terms = checked_text(this, text)
    _check_answer(this, because)
    row = write_version(this, terms, Written(reason, because))
    refuse_lacks(lacks_to_lay_open(row))
    led = f"; answer {because}" if because else ""
    write(this, f"revised, version {row.last.number}",
          citing=f"{reason.strip()}{led}; text {row.last.digest}")  # fmt: skip
    return row


@transaction.atomic
def decided(
    citation: str, decision: Citation, *, reason: str, by: Who, on: datetime
) -> AgreementRow:
    """Take note that members of the accountable body decided on the text as it stands.

    Raises Refused, with what is lacking: a hearing that is concluded, an answer, a decision in
    effect about this very text. The database asks again.
    """
    this = opened_by_place(citation, by=by, on=on)
    check_stage(this.row, Verb.DECIDE)
    refuse_lacks(lacks_to_decide(this.row, decision, on=this.day))
    return move(
        this, Verb.DECIDE, this.row.last, reason=reason, decision=decision.id, citing=str(decision)
    )


@transaction.atomic
def open_signing(citation: str, *, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Open a text for signing. Nothing in it changes from here.

    Raises Refused where the place has no adopted targets that it cites, or is not ready enough and
    both sides have not waived that.
    """
    this = opened_by_place(citation, by=by, on=on)
    check_stage(this.row, Verb.OPEN_SIGNING)
    refuse_lacks(lacks_to_sign(this.row, on=this.day))
    return move(this, Verb.OPEN_SIGNING, this.row.last, reason=reason)


@transaction.atomic
def withdraw(citation: str, *, reason: str, by: Who, on: datetime) -> AgreementRow:
    """Withdraw an agreement that is not in force."""
    this = opened_by_place(citation, by=by, on=on)
    return move(this, Verb.WITHDRAW, this.row.last, reason=reason)


def checked_text(this: Opened, text: str) -> Terms:
    """The terms of a text that somebody wrote for this agreement.

    Raises Refused where it cannot be read, is another's, is of another model, or changes nothing.
    """
    row = this.row
    set_form = tidied(text)
    terms = terms_of(set_form)
    if terms.cited != row.citation.id or terms.model != row.model.code:
        raise Refused(
            "This is the text of another agreement",
            why=f"it is that of {terms.cited} under {terms.model}, and this is "
            f"{row.citation.id} under {row.model.code}",
            next_step="Change the text of this one; its place, number and model stay",
        )
    if row.versions and set_form == (row.in_force or row.last).text:
        raise Refused("The text was not changed", why="it is what it was",
                      next_step="Change something, or leave it as it is")  # fmt: skip
    for party in terms.parties:
        places.agency(party.agency)
    return terms


def _check_answer(this: Opened, because: int | None) -> None:
    hearing = participation.counting(this.row.last.about)
    opened = hearing is not None and any(m.verb is Hearing.OPEN for m in hearing.moves)
    changed = {one.number for one in hearing.answers if one.changed} if hearing else set()
    if opened and because not in changed:
        raise Refused(
            "The text cannot be revised so",
            why="it is being heard, and no answer that says that something changed is named",
            next_step="Answer what was said first, then name the number of that answer",
        )
    if not opened and because is not None:
        raise Refused(
            "The text cannot be revised so",
            why="it is not being heard yet, so there is no answer to name",
            next_step="Revise it without naming an answer",
        )


def _begun(
    place: str,
    title: str,
    host: str,
    departments: Sequence[str],
    years: tuple[int, int],
    *,
    partners: Sequence[str],
    on: datetime,
) -> Begun:
    codes = {one.agency.code: one.agency.name for one in places.members(place, on=local_day(on))}
    names = {one.code: one.name for one in places.agencies()} | codes
    for code in (host, *departments, *partners):
        names[code] = places.agency(code).name
    found = outcomes.targets(place)
    number = models.Agreement.objects.filter(place__code=place).count() + 1
    return Begun(
        place, number, title, host, departments, names, years, partners,
        TargetsCited(found.set.citation.id, found.adoption.version) if found else None,
        tuple(map(_goal, found.targets)) if found else (),
    )  # fmt: skip


def _goal(target: Target) -> Goal:
    outcome, base, last = target.outcome, target.baseline, target.steps[-1]
    return Goal(
        outcome.indicator, outcome.area, plain(outcome.title), plain(outcome.unit), last.value,
        last.day, base.value, plain(base.period) if base.value is not None else "",
        plain(base.why_missing) if base.value is None else "",
    )  # fmt: skip


def _begin(
    begun: Begun,
    model: str,
    offered: Offered | None,
    negotiation: int | None,
    *,
    by: Who,
    on: datetime,
    power: str,
) -> AgreementRow:
    terms = first_draft(begun, model_of(model), offered)
    models.Agreement.objects.create(
        place_id=places.place(begun.place).id, number=begun.number, negotiation=negotiation,
        model=model, by=by.name, on=on,
    )  # fmt: skip
    this = Opened(_bare(begun, model), Side.PLACE, local_day(on), by, on, power)
    row = write_version(this, terms, Written("First draft"))
    source = f" from negotiation {negotiation}" if negotiation else ""
    record.write(
        by.name, "drafted", about=row.citation, on=on, power=power,
        citing=f"{terms.title}{source}; text {row.last.digest}",
    )  # fmt: skip
    return row


def _bare(begun: Begun, model: str) -> AgreementRow:
    """An agreement of which nothing is written yet."""
    held = models.Agreement.objects.get(place__code=begun.place, number=begun.number)
    return AgreementRow(
        held.pk, begun.place, "", begun.number, held.negotiation, model_of(model), held.by, held.on,
        (), (), (), (),
    )  # fmt: skip
