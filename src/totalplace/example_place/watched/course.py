"""The place is looked at; what is protected and slipped is answered by both of its owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from totalplace.agreements.queries.promises import promises
from totalplace.agreements.rules.devolution import Side
from totalplace.example_place.days import Course
from totalplace.example_place.heard.tables import PUBLISHER
from totalplace.example_place.naming import ABSENCE, HOST, PLACE
from totalplace.example_place.watched.staff import quarters
from totalplace.example_place.watched.tables import INFIRMARY, Slide, write_attendances
from totalplace.monitoring.actions import answering, capacity, watching
from totalplace.monitoring.actions.answering import Said
from totalplace.monitoring.queries.answering import ResponseRow, responses
from totalplace.monitoring.queries.findings import FindingRow, findings
from totalplace.monitoring.queries.watched_outcomes import code_of
from totalplace.monitoring.rules.answering import Verb
from totalplace.outcomes.actions import readings as outcomes
from totalplace.places.rules.mandates import Who
from totalplace.sources.home import Home

_PROMISE: Final = 1.0  # false alarms a year


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of it: what was planted, what was found, and who answered."""

    slide: Slide
    found: tuple[FindingRow, ...]
    slid: FindingRow | None  # the finding of the planted slide; None: it was not found
    series: int
    answered: tuple[ResponseRow, ...]


def watch(into: Path, *, home: Home, by: Who, on: datetime, seed: int) -> Watched:
    """Take in attendances and staff, look at the place, and answer what slipped.

    Raises Refused where the rules do. Stopped half-way, nothing of the answers is kept.
    """
    path, slide = write_attendances(into, on=on.date(), seed=seed)
    terms = outcomes.Terms(publisher=PUBLISHER, place=PLACE)
    list(outcomes.add([path], terms, home=home, by=by, on=on))
    with transaction.atomic():
        course = Course(by, on)
        for before, given in quarters(on.date(), seed=seed):
            capacity.give_capacity(
                PLACE, HOST, given, reason="As the payroll has it", by=by, on=course.at(before)
            )
        watching.set_watch(
            PLACE, watching.Terms(_PROMISE), reason="One false alarm a year can be borne",
            by=by, on=on,
        )  # fmt: skip
        looked = watching.look_at(PLACE, home=home, by=by, on=on)
        _answer(course, home)
    every = tuple(findings(PLACE))
    slid = next((one for one in every if one.area == INFIRMARY and one.sign.is_alarm), None)
    return Watched(slide, every, slid, len(looked.look.rows), tuple(responses(PLACE)))


def _answer(course: Course, home: Home) -> None:
    """Both owners answer the fall in attendance at school, and agree a remedy with who pays."""
    about = next((r for r in responses(PLACE) if r.about.code == code_of(ABSENCE)), None)
    if about is None:
        return
    # An agreement that is not signed yet, as without the documents extra, binds nobody to pay.
    paying = tuple(row.citation for row in promises(PLACE, on=course.now.date()))[:1]
    said = (
        (Verb.ACKNOWLEDGE, Said(Side.PLACE, "The county has seen it.")),
        (Verb.ACKNOWLEDGE, Said(Side.CENTRE, "The department has seen it.")),
        (
            Verb.DIAGNOSE,
            Said(
                Side.PLACE, "Children wait a year for help, and miss school meanwhile.",
                evidence="Registers of five schools, spring term (made up)",
            ),
        ),
        (
            Verb.PROPOSE,
            Said(
                Side.PLACE, "A worker for attendance in every district.", whom=HOST,
                due_on=course.day(-90), review_on=course.day(-300), pays=paying,
                paid_by="The county, out of the grant",
            ),
        ),
        (Verb.AGREE, Said(Side.CENTRE, "The department agrees, and pays its part.")),
    )  # fmt: skip
    for verb, words in said:
        answering.move(PLACE, about.number, verb, words, home=home, by=course.by, on=course.now)
