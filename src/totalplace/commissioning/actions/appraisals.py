"""Making an appraisal, changing it, publishing it; and letting an ungraded effect drive money."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.commissioning import models
from totalplace.commissioning.definitions.appraisal.reading import method
from totalplace.commissioning.queries.appraisals import (
    AcceptedRow,
    AppraisalRow,
    accepted,
    appraisal,
)
from totalplace.commissioning.rules.appraisal.results import result
from totalplace.commissioning.rules.appraisal.terms import Appraisal
from totalplace.commissioning.rules.appraisal.text import LONGEST, digest_of, text_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason

_LONGEST_CODE = 64
_LONGEST_INDICATOR = 200


@transaction.atomic
def make(place: str, terms: Appraisal, *, reason: str, by: Who, on: datetime) -> AppraisalRow:
    """Keep an appraisal of an option of a place, as its version 1. Officers of the place read it.

    Raises Refused where no reason is given or the text is too long.
    """
    power = places.power(by, Act.APPRAISE, place=place, on=on)
    here = places.place(place)
    reason = said_reason(reason, "The appraisal was not kept")
    one_at_a_time()
    number = models.Appraisal.objects.filter(place_id=here.id).count() + 1
    row = models.Appraisal.objects.create(
        place_id=here.id, number=number, option=terms.option, by=by.name, on=on
    )
    digest = _write(row.pk, terms, number=1, reason=reason, by=by, on=on)
    found = appraisal(f"{place}/{number}")
    record.write(
        by.name, "appraised", about=found.citation, on=on, power=power,
        citing=f"{terms.option}: {terms.title}; version 1, {digest}",
    )  # fmt: skip
    return found


@transaction.atomic
def change(citation: str, terms: Appraisal, *, reason: str, by: Who, on: datetime) -> AppraisalRow:
    """Put an appraisal anew, as its next version.

    Raises Refused for another option, for no change, and where no reason is given.
    """
    one_at_a_time()
    row = appraisal(citation)
    power = places.power(by, Act.APPRAISE, place=row.place, on=on)
    reason = said_reason(reason, "The appraisal was not changed")
    if terms.option != row.option:
        raise Refused(
            f"Appraisal {row.citation.id} cannot be changed so",
            why=f"it is about the option {row.option}, and the workbook about {terms.option}",
            next_step="Make another appraisal for the other option",
        )
    if text_of(terms) == row.last.text:
        raise Refused(
            f"Appraisal {row.citation.id} was not changed",
            why="it says what it said",
            next_step="Change something, or leave it as it is",
        )
    number = row.last.number + 1
    digest = _write(row.id, terms, number=number, reason=reason, by=by, on=on)
    record.write(
        by.name, f"changed, version {number}", about=row.citation, on=on, power=power,
        citing=f"{reason}; {digest}",
    )  # fmt: skip
    return appraisal(row.citation.id)


@transaction.atomic
def publish(citation: str, *, reason: str, by: Who, on: datetime) -> AppraisalRow:
    """Lay the last version of an appraisal open to everybody, for good.

    Raises Refused where it is open already, and where no reason is given.
    """
    one_at_a_time()
    row = appraisal(citation)
    power = places.power(by, Act.APPRAISE, place=row.place, on=on)
    reason = said_reason(reason, "The appraisal was not published")
    if row.last.published_on is not None:
        raise Refused(
            f"Appraisal {row.citation.id} cannot be published",
            why=f"its last version, {row.last.number}, is published already",
            next_step="Change it first, or leave it as it is",
        )
    models.AppraisalPublished.objects.create(
        version_id=row.last.id, reason=reason, by=by.name, on=on
    )
    record.write(
        by.name, f"published, version {row.last.number}", about=row.citation, on=on, power=power,
        citing=f"{reason}; {row.last.digest}",
    )  # fmt: skip
    return appraisal(row.citation.id)


@transaction.atomic
def accept_effect(
    place: str, option: str, indicator: str, area: str, *, reason: str, by: Who, on: datetime
) -> AcceptedRow:
    """Let an effect that nobody graded drive money, on the record. A case names its citation.

    Raises Refused where it is accepted already, and where something or the reason is not said.
    """
    power = places.power(by, Act.ACCEPT_EFFECT, place=place, on=on)
    here = places.place(place)
    reason = said_reason(reason, "The effect was not accepted")
    which = tuple(one.strip() for one in (option, indicator, area))
    _check_which(which)
    one_at_a_time()
    before = accepted(place)
    for one in before:
        if one.holds and one.is_about(*which):
            raise Refused(
                "The effect was not accepted",
                why=f"it is accepted already, as {one.citation}",
                next_step="Name that in the case",
            )
    models.AcceptedEffect.objects.create(
        place_id=here.id, number=len(before) + 1, option=which[0], indicator=which[1],
        area=which[2], reason=reason, by=by.name, on=on,
    )  # fmt: skip
    found = accepted(place)[-1]
    record.write(
        by.name, "accepted ungraded", about=found.citation, on=on, power=power,
        citing=f"{which[0]}: {which[1]} in {which[2]}; {reason}",
    )  # fmt: skip
    return found


@transaction.atomic
def take_back(place: str, number: int, *, reason: str, by: Who, on: datetime) -> AcceptedRow:
    """Take back that an ungraded effect may drive money. Plans that were adopted stay as they are.

    Raises Refused where there is no such effect, or it was taken back before.
    """
    power = places.power(by, Act.ACCEPT_EFFECT, place=place, on=on)
    reason = said_reason(reason, "The effect was not taken back")
    one_at_a_time()
    its = next((one for one in accepted(place) if one.number == number), None)
    if its is None or not its.holds:
        raise Refused(
            "The effect was not taken back",
            why="it was taken back before" if its else "none of that number was accepted",
            next_step="Choose one that holds",
        )
    models.EffectTakenBack.objects.create(accepted_id=its.id, reason=reason, by=by.name, on=on)
    record.write(by.name, "taken back", about=its.citation, on=on, power=power, citing=reason)
    return next(one for one in accepted(place) if one.number == number)


def one_at_a_time() -> None:
    """Wait for whoever else makes an appraisal or accepts an effect."""
    take_turn("totalplace.appraisals")


def _write(row: int, terms: Appraisal, *, number: int, reason: str, by: Who, on: datetime) -> str:
    """Write a version; its digest. What cannot be reckoned is refused before it is kept."""
    result(terms, method())
    text = text_of(terms)
    if len(text) > LONGEST:
        raise Refused(
            "The appraisal was not kept",
            why=f"its text has more than {LONGEST:,} letters",
            next_step="Shorten its notes and sources",
        )
    digest = digest_of(text)
    models.AppraisalVersion.objects.create(
        appraisal_id=row, number=number, title=terms.title, text=text, digest=digest,
        reason=reason, by=by.name, on=on,
    )  # fmt: skip
    return digest


def _check_which(which: tuple[str, ...]) -> None:
    longest = (_LONGEST_CODE, _LONGEST_INDICATOR, _LONGEST_CODE)
    names = ("option", "outcome", "area")
    for name, said, most in zip(names, which, longest, strict=True):
        if not said or len(said) > most:
            raise Refused(
                "The effect was not accepted",
                why=f"its {name} is not said, or is longer than {most} letters",
                next_step=f"Write the code of the {name} as the case has it",
            )
