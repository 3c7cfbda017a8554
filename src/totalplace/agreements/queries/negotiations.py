"""Negotiations: what each is about, whose move it is, and the offers, for those who may read them.

What anybody may know is `NegotiationRow`: that it is under way, its model and its days. What an
offer says is read by `offers`, which asks who reads; drafts are read in `drafts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from totalplace.agreements import models
from totalplace.agreements.definitions.reading import model
from totalplace.agreements.queries.sides import sides_of, stands_for
from totalplace.agreements.rules.devolution import Model, Side
from totalplace.agreements.rules.lines import Line
from totalplace.agreements.rules.moves import NEXT, Stage, Verb, has_lapsed
from totalplace.agreements.rules.offers import (
    Entitled,
    Lift,
    Opening,
    Step,
    Terms,
    digest_of,
    read,
)
from totalplace.agreements.rules.promises import Promise
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "negotiation"  # of its citation


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as anybody may know of it: who did what when. What it says is not here."""

    turn: int
    verb: Verb
    side: Side
    number: int
    day: date
    answer_by: date | None
    digest: str
    previous: str
    by: str
    on: datetime
    signed: bool  # whether it came in a signed file


@dataclass(frozen=True, slots=True)
class NegotiationRow:
    """A negotiation: what it is about, and where it stands."""

    id: int
    number: int
    place: str
    place_name: str
    host: str
    host_name: str
    model: Model
    title: str
    departments: tuple[str, ...]
    department_names: tuple[str, ...]
    first_year: int
    last_year: int
    edition: str
    digest: str
    by: str
    on: datetime
    steps: tuple[StepRow, ...]
    stage: Stage
    published: int  # the last turn that anybody may read; 0: nothing

    @property
    def citation(self) -> Citation:
        """As it is cited: negotiation 3."""
        return Citation(KIND, str(self.number))

    @property
    def years(self) -> str:
        """Its years in words."""
        first, last = FinancialYear(self.first_year).label, FinancialYear(self.last_year).label
        return first if first == last else f"{first} to {last}"

    @property
    def offered(self) -> tuple[StepRow, ...]:
        """Its offers, the first first."""
        return tuple(step for step in self.steps if step.verb is Verb.OFFER)

    @property
    def to_move(self) -> Side | None:
        """Which side must move next; None where nobody."""
        return NEXT[self.stage]

    @property
    def answer_by(self) -> date | None:
        """The day by which the last offer asks for an answer, while it waits for one."""
        return self.offered[-1].answer_by if self.to_move and self.offered else None

    def lapsed(self, on: date) -> bool:
        """Whether the day of answer has passed without one. It ends nothing."""
        return has_lapsed(self.stage, self.answer_by, on=on)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer, as it was made: nobody changes it."""

    negotiation: int
    number: int
    turn: int
    side: Side
    terms: Terms
    reason: str
    day: date
    answer_by: date
    digest: str
    by: str
    on: datetime
    model: Model
    place: str
    host: str
    departments: tuple[str, ...]
    years: tuple[int, int]  # in which the first and the last begin
    edition: str
    published: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its funding lines."""
        return self.terms.lines

    @property
    def entitlements(self) -> tuple[Entitled, ...]:
        """The national guarantees attached to it."""
        return self.terms.entitlements

    @property
    def promises(self) -> tuple[Promise, ...]:
        """What either side would owe."""
        return self.terms.promises

    @property
    def lifts(self) -> tuple[Lift, ...]:
        """The rules that are asked to be lifted."""
        return self.terms.lifts


def negotiations(place: str = "") -> list[NegotiationRow]:
    """Every negotiation, or those of a place, the latest first."""
    rows = _rows().order_by("-number")
    return [_row(row) for row in (rows.filter(place__code=place) if place else rows)]


def negotiation(number: int) -> NegotiationRow:
    """The negotiation of a number. Raises Refused where there is none."""
    row = _rows().filter(number=number).first() if 0 < number < 10**9 else None
    if row is None:
        raise Refused(
            f"There is no negotiation {number}",
            why="none has that number",
            next_step="See them with: totalplace agreements negotiations",
        )
    return _row(row)


def sides(row: NegotiationRow, *, by: Who | None, on: date) -> list[Side]:
    """The sides that somebody may act for and read the drafts of: at most one for an officer."""
    return sides_of(row.place, row.departments, by, on)


def may_read_offers(row: NegotiationRow, *, by: Who | None, on: date) -> bool:
    """Whether somebody reads offers that are not published: either side, and officers of the place.

    Members and the auditors of the place read what was offered, and never a draft.
    """
    held = any(
        stands_for(side, place=row.place, departments=row.departments, by=by, on=on)
        for side in Side
    )
    return held or places.may(by, Act.READ_UNPUBLISHED, place=row.place, on=on)


def offers(number: int, *, by: Who | None, on: date) -> list[OfferRow]:
    """The offers that somebody may read, the first first: to the public, those published."""
    row = negotiation(number)
    found = _offers(row)
    return found if may_read_offers(row, by=by, on=on) else [one for one in found if one.published]


def the_offer(number: int, which: int, *, by: Who | None, on: date) -> OfferRow:
    """One offer that somebody may read; 0: the last. Raises Refused where there is none."""
    found = offers(number, by=by, on=on)
    for one in found[-1:] if which == 0 else found:
        if which in (0, one.number):
            return one
    raise Refused(
        f"There is no offer {which or 'yet'} in negotiation {number} that you may read",
        why="it was not made, or both sides have not agreed to publish it",
        next_step="See who has to move with: totalplace agreements negotiation",
    )


def agreed_offer(number: int) -> OfferRow:
    """The offer that was accepted. Raises Refused where none was yet.

    For the rooms and doors that make an agreement of it, which say themselves who reads that.
    """
    row = negotiation(number)
    if row.stage is not Stage.AGREED:
        raise Refused(
            f"Nothing is agreed in negotiation {number}",
            why=f"it is {row.stage}",
            next_step="Accept the other side's last offer first",
        )
    return _offers(row)[-1]


def texts(number: int) -> tuple[str, list[str]]:
    """The opening and every step as their texts, to be exported or checked. Asks nobody."""
    row = models.Negotiation.objects.get(number=number)
    return row.text, [step.text for step in row.steps.order_by("turn")]


def broken(number: int) -> str:
    """Where the chain of a negotiation's texts is broken, in a sentence; nothing where it holds."""
    row = negotiation(number)
    opening, steps = texts(number)
    if digest_of(opening) != row.digest:
        return "The opening is not the text that was kept."
    previous = row.digest
    for step, text in zip(row.steps, steps, strict=True):
        if step.previous != previous or digest_of(text) != step.digest:
            return f"Step {step.turn} does not follow from the one before."
        previous = step.digest
    return ""


def _rows() -> QuerySet[models.Negotiation]:
    return models.Negotiation.objects.select_related("place", "host").prefetch_related(
        "departments__agency", "steps", "consents"
    )


def _row(row: models.Negotiation) -> NegotiationRow:
    opening = read(Opening, row.text)
    steps = sorted(row.steps.all(), key=lambda step: step.turn)
    names = {one.agency.code: one.agency.name for one in row.departments.all()}
    return NegotiationRow(
        id=row.pk,
        number=row.number,
        place=row.place.code,
        place_name=row.place.name,
        host=row.host.code,
        host_name=row.host.name,
        model=model(row.model),
        title=row.title,
        departments=opening.departments,
        department_names=tuple(names.get(code, code) for code in opening.departments),
        first_year=opening.first_year,
        last_year=opening.last_year,
        edition=opening.edition,
        digest=row.digest,
        by=row.by,
        on=row.on,
        steps=tuple(map(_step, steps)),
        stage=Stage(steps[-1].after) if steps else Stage.DRAFTING,
        published=_published(row),
    )


def _published(row: models.Negotiation) -> int:
    """The last turn that both sides agreed to publish."""
    of = {side.value: 0 for side in Side}
    for one in row.consents.all():
        of[one.side] = max(of[one.side], one.turn)
    return min(of.values())


def _step(row: models.NegotiationStep) -> StepRow:
    return StepRow(
        row.turn, Verb(row.verb), Side(row.side), row.number, row.day, row.answer_by, row.digest,
        row.previous, row.by, row.on, bool(row.signature),
    )  # fmt: skip


def _offers(row: NegotiationRow) -> list[OfferRow]:
    found = models.NegotiationStep.objects.filter(negotiation_id=row.id, verb=Verb.OFFER.value)
    return [_offer(row, one) for one in found.order_by("turn")]


def _offer(row: NegotiationRow, one: models.NegotiationStep) -> OfferRow:
    said = read(Step, one.text)
    if said.terms is None or one.answer_by is None:  # the database keeps no such offer
        raise Refused(
            f"Offer {one.number} cannot be read",
            why="its text says no terms",
            next_step="Restore the records from a backup",
        )
    return OfferRow(
        row.number, one.number, one.turn, Side(one.side), said.terms, said.reason, one.day,
        one.answer_by, one.digest, one.by, one.on, row.model, row.place, row.host, row.departments,
        (row.first_year, row.last_year), row.edition, one.turn <= row.published,
    )  # fmt: skip
