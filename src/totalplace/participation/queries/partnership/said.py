"""What partners offer of their own, what the partnership advised, and what answers it had."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from totalplace.participation import models
from totalplace.participation.rules.partnership.advice import (
    Advice,
    Answer,
    Outcome,
    Standing,
)
from totalplace.participation.rules.partnership.offers import Offer
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


def offers(place: str) -> list[Offer]:
    """What partners in a place offered of their own money, withdrawn ones too, in turn."""
    rows = models.MoneyOffer.objects.filter(partnership__place__code=place)
    rows = rows.select_related("agency", "end", "partnership__place").order_by("number")
    return [_offer(row) for row in rows]


def offer(citation: str) -> Offer:
    """The offer cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix("offer ").rpartition("/")
    for one in offers(place) if "\x00" not in place else []:
        if str(one.number) == number:
            return one
    raise Refused(
        f"There is no offer {citation}",
        why="no partner made one of that number there",
        next_step="See the offers on the partnership's page",
    )


def advice(place: str) -> list[Advice]:
    """What the partnership of a place advised, with its answers, the latest first."""
    rows = _advice_rows().filter(partnership__place__code=place).order_by("-number")
    return [_advice(row) for row in rows]


def one_advice(citation: str) -> Advice:
    """The advice cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix("advice ").rpartition("/")
    for one in advice(place) if "\x00" not in place else []:
        if str(one.number) == number:
            return one
    raise Refused(
        f"There is no advice {citation}",
        why="the partnership gave none of that number",
        next_step="See its advice on the partnership's page",
    )


def advice_of(place: str, motion: int) -> Advice | None:
    """The advice that a motion led to, or None."""
    return next((one for one in advice(place) if one.motion == motion), None)


def overdue(place: str, *, on: date) -> list[Advice]:
    """Advice whose answer is overdue on a day, the longest first."""
    late = [one for one in advice(place) if one.standing(on) is Standing.OVERDUE]
    return sorted(late, key=lambda one: one.answer_by)


def _advice_rows() -> QuerySet[models.PartnershipAdvice]:
    return models.PartnershipAdvice.objects.select_related(
        "to", "answer", "motion__item__meeting", "partnership__place"
    ).prefetch_related("cited__offer")


def _advice(row: models.PartnershipAdvice) -> Advice:
    return Advice(
        place=row.partnership.place.code,
        number=row.number,
        motion=row.motion.number,
        meeting=row.motion.item.meeting.number,
        words=row.words,
        to=row.to.code,
        answer_by=row.answer_by,
        about=Citation(row.about_kind, row.about_id) if row.about_kind else None,
        point=row.point,
        offers=tuple(sorted(one.offer.number for one in row.cited.all())),
        on=row.on,
        answer=_answered_in_hearing(row.point) if row.point else _answer(row),
    )


def _answer(row: models.PartnershipAdvice) -> Answer | None:
    said = getattr(row, "answer", None)
    return Answer(Outcome(said.outcome), said.words, said.by, said.on) if said else None


def _answered_in_hearing(point: str) -> Answer | None:
    """The last answer to a point of a hearing, cited as HEARING/POINT."""
    hearing, _, number = point.partition("/")
    said = (
        models.Answer.objects.filter(point__hearing__number=hearing, point__number=number)
        .order_by("-number")
        .first()
    )
    if said is None:
        return None
    outcome = Outcome.ACCEPTED if said.changed else Outcome.NOT_ACCEPTED
    return Answer(outcome, said.words, said.by, said.on)


def _offer(row: models.MoneyOffer) -> Offer:
    end = getattr(row, "end", None)
    return Offer(
        place=row.partnership.place.code,
        number=row.number,
        agency=row.agency.code,
        agency_name=row.agency.name,
        pence=row.pence,
        year=row.year,
        from_what=row.from_what,
        to_what=row.to_what,
        condition=row.condition,
        by=row.by,
        on=row.on,
        withdrawn=end.reason if end else "",
        withdrawn_on=end.on if end else None,
    )
