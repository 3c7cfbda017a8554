"""The made-up place and centre bargain: an offer, a counter-offer, and an acceptance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from totalplace.agreements.actions.drafts import keep_draft
from totalplace.agreements.actions.negotiations import accept, agree_to_publish, open_negotiation
from totalplace.agreements.actions.offers import offer
from totalplace.agreements.queries.weighing import entitled
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lines import Bound, Condition, Line, Mechanism, Sum, Where
from totalplace.agreements.rules.offers import Lift, Opening, Saving, Terms, Working
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.example_place.days import Course
from totalplace.example_place.naming import ABSENCE, CARE, HEALTH, HOST, PLACE, SCHOOL, SKILLS
from totalplace.ledger.rules.accounts import Nature

_OPENED, _FIRST, _COUNTER, _TAKEN = 205, 200, 180, 165
_ANSWER: Final = 21  # days to answer in
_PLACE_WANTS, _CENTRE_GIVES = 6_400_000_00, 5_900_000_00
_CARE, _PUBLIC_HEALTH = 84_000_000_00, 11_400_000_00  # of what is spent there already


def bargain(course: Course, *, edition: str) -> int:
    """Two offers and an acceptance; returns the number of the negotiation."""
    by, first = course.by, first_year(course)
    number = open_negotiation(
        Opening(
            PLACE, HOST, "block-grant", "A block grant for Wexshire", first, first + 2,
            ("mhclg", "dfe", "dhsc"), edition=edition,
        ),
        by=by, on=course.at(_OPENED),
    ).number  # fmt: skip
    ours = tuple(one for one in promises(first) if one.by == HOST)
    asked = Terms(lines=_lines(first, _PLACE_WANTS), promises=ours, lifts=(_lift(),))
    hoped = Working(asked, (Saving("Two receptions become one", HOST, 310_000_00),), "6.0m will do")
    keep_draft(number, Side.PLACE, hoped, by=by, on=course.at(_FIRST))
    _offer(course, number, Side.PLACE, _FIRST, "What the targets for attendance need")
    counter = replace(
        asked,
        lines=_lines(first, _CENTRE_GIVES),
        entitlements=tuple(
            entitled(code, PLACE, on=course.now.date(), reason=reason)
            for code, reason in (
                ("school-place", "It stays a duty everywhere"),
                ("adult-skills", "The first full level 2 and 3 stay free"),
            )
        ),
        promises=tuple(promises(first)),
    )
    keep_draft(number, Side.CENTRE, Working(counter), by=by, on=course.at(_COUNTER))
    _offer(course, number, Side.CENTRE, _COUNTER, "Less money, and promises of our own")
    accept(number, Side.PLACE, reason="We can keep this", by=by, on=course.at(_TAKEN))
    for side in Side:
        agree_to_publish(number, side, by=by, on=course.at(_TAKEN, 15))
    return number


def first_year(course: Course) -> int:
    """The year in which the first financial year of the agreement begins."""
    return course.now.year + 1


def promises(first: int) -> list[Promise]:
    """What each side owes the other in the first year."""
    half = _CENTRE_GIVES // 2
    return [
        Promise(1, "dfe", HOST, Kind.PAY, "the first half of the grant", date(first, 4, 30),
                pence=half, line=SCHOOL, cure_days=14, targets=(ABSENCE,)),
        Promise(2, "dfe", HOST, Kind.PAY, "the second half of the grant", date(first, 10, 31),
                pence=_CENTRE_GIVES - half, line=SCHOOL, cure_days=14, targets=(ABSENCE,)),
        Promise(3, HOST, "dfe", Kind.REPORT, "what was spent in the first quarter",
                date(first, 7, 31), verb="gave in figures", about=f"return {PLACE}/{first}-q1",
                cure_days=28),
        Promise(5, "dhsc", HOST, Kind.PAY, "the first quarter of the money for care",
                date(first, 4, 30), pence=_CARE // 4, line=CARE, cure_days=14),
        Promise(4, "dhsc", HOST, Kind.LIFT, "Data of attendance may be shared with school nurses",
                date(first, 9, 30), verb="lifted a rule", about=f"docket {PLACE}/1", cure_days=28),
    ]  # fmt: skip


def _offer(course: Course, number: int, side: Side, before: int, reason: str) -> None:
    offer(
        number, side, reason=reason, answer_by=course.day(before - _ANSWER), by=course.by,
        on=course.at(before, 15),
    )  # fmt: skip


def _lines(first: int, school: int) -> tuple[Line, ...]:
    years = range(first, first + 3)
    skills = (Condition(Bound.RING_FENCE, "Courses for adults alone"),)
    return (
        Line(
            SCHOOL, "Attendance and early help", "Children at school", "dfe", Mechanism.NEW,
            Where.BLOCK, "Only the place can join buses, meals and visits", "children",
            tuple(Sum(year, Nature.REVENUE, school) for year in years), outcomes=(ABSENCE,),
        ),
        Line(
            SKILLS, "Adult skills", "Skills", "dfe", Mechanism.FORMULA, Where.ALIGNED,
            "The rules of the fund are national", "skills",
            tuple(Sum(year, Nature.REVENUE, 3_200_000_00) for year in years), conditions=skills,
        ),
        Line(
            CARE, "Care at home after hospital", "Care", "dhsc", Mechanism.EXISTING, Where.BLOCK,
            "Nurses and carers of one street are planned here", "care",
            tuple(Sum(year, Nature.REVENUE, _CARE) for year in years), covers=("EX-IB/nhs_care",),
        ),
        Line(
            HEALTH, "Public Health Grant", "Public health", "dhsc", Mechanism.FORMULA, Where.BLOCK,
            "What keeps people well is planned beside what makes them well", "care",
            tuple(Sum(year, Nature.REVENUE, _PUBLIC_HEALTH) for year in years),
            covers=("EX-CC/public_health",),
        ),
    )  # fmt: skip


def _lift() -> Lift:
    return Lift(
        "attendance-data", "Data of attendance may not be shared with school nurses", "dhsc",
        "A child who is ill and a child who stays away look the same", 240_000_00,
    )  # fmt: skip
