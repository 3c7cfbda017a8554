"""Advice to the accountable body, and its answer; advice on a hearing is answered in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.actions.hearing import raise_point
from totalplace.participation.actions.partnership.opening import Opened, one_at_a_time
from totalplace.participation.queries.hearings import hearings
from totalplace.participation.queries.partnership.said import offers, one_advice
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.partnership.advice import Advice, answer_day, check_answer
from totalplace.participation.rules.partnership.seen import Meeting, Motion
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation


def advise(this: Opened, meeting: Meeting, motion: Motion) -> Advice:
    """Make a motion that passed into advice, within the act by which it passed.

    Advice that cites a hearing which takes points is raised in it, and answered there with all
    else that was said. It cites every offer of own money that its words or its citation name.
    """
    row, text = this.row, meeting.text_of(motion)
    number = models.PartnershipAdvice.objects.filter(partnership_id=row.id).count() + 1
    cited = Citation("advice", f"{row.place}/{number}")
    made = models.PartnershipAdvice(
        partnership_id=row.id, number=number, words=text, to_id=places.agency(row.accountable).id,
        motion=models.Motion.objects.get(partnership_id=row.id, number=motion.number),
        answer_by=answer_day(motion.answer_by, meeting.rules, carried=this.day),
        about_kind=motion.cites.kind if motion.cites else "",
        about_id=motion.cites.id if motion.cites else "",
        by=this.by.name, on=this.on,
    )  # fmt: skip
    if motion.cites is not None:
        made.point = _raised(this, motion.cites, text, cited)
    made.save(force_insert=True)
    for one in offers(row.place):
        named = f"offer {one.citation.id}" in text or one.citation == motion.cites
        if named and one.stands:
            models.AdviceOffer.objects.create(
                advice=made,
                offer=models.MoneyOffer.objects.get(partnership_id=row.id, number=one.number),
            )
    said = f"{row.accountable}, to answer by {made.answer_by}: {text}"
    this.write("advised", about=cited, citing=said)
    return one_advice(cited.id)


def _raised(this: Opened, cites: Citation, text: str, source: Citation) -> str:
    """Where advice was raised in a hearing, as HEARING/POINT; empty where none takes points.

    Whether it cites the hearing or what is heard makes no difference: it must be answered.
    """
    for found in hearings(place=this.row.place):
        takes_points = found.stage(this.day) in (Stage.OPEN, Stage.CLOSED)
        if takes_points and cites in (found.citation, found.about):
            point = raise_point(found.number, "advice", text, source=source, by=this.by, on=this.on)
            return f"{found.number}/{point.number}"
    return ""


@transaction.atomic
def answer_advice(
    place: str, number: int, outcome: str, words: str, *, by: Who, on: datetime
) -> Advice:
    """Answer a piece of advice for the accountable body: accepted, in part, or why not.

    Raises Refused for one that is answered, or that is to be answered in its hearing.
    """
    one_at_a_time()
    power = places.power(by, Act.ANSWER_HEARD, place=place, on=on)
    found = one_advice(f"{place}/{number}")
    said = check_answer(found, outcome, words)
    models.AdviceAnswer.objects.create(
        advice=models.PartnershipAdvice.objects.get(
            partnership__place__code=place, number=number
        ),
        outcome=said.value, words=words.strip(), by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "answered advice", about=found.citation, on=on, power=power,
        citing=f"{said}: {words.strip()}",
    )  # fmt: skip
    return one_advice(found.citation.id)
