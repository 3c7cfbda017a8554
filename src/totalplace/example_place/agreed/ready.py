"""The made-up place and the made-up centre judge readiness, apart, and then agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from totalplace.example_place.days import Course
from totalplace.example_place.naming import PLACE
from totalplace.readiness import actions
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.eligibility import FactSaid
from totalplace.readiness.rules.evidence import EvidenceKind, EvidenceSaid
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.readiness.rules.scoring import Scored

CENTRE: Final = "mhclg"
_BEGAN, _APART, _MET = 260, 240, 220
_HAPPENED: Final = {"elected-mayor": 1_600, "assurance-framework": 700}  # days before today
_PAPERS: Final[Mapping[Area, str]] = {
    Area.STRATEGY: "Plan for Wexshire, and who answers for it",
    Area.PEOPLE: "Review of skills of the five districts",
    Area.FINANCE: "Letter of the auditor on last year's accounts",
    Area.REPORTING: "Evaluation of the school buses",
}
_OURS: Final = {
    Area.STRATEGY: Level.ADVANCED, Area.PEOPLE: Level.DEVELOPING, Area.FINANCE: Level.CORE,
    Area.REPORTING: Level.CORE,
}  # fmt: skip
_THEIRS: Final = {**_OURS, Area.STRATEGY: Level.CORE, Area.REPORTING: Level.DEVELOPING}
_AGREED: Final = {**_OURS, Area.STRATEGY: Level.CORE}


def judge(course: Course) -> int:
    """Score apart, meet, and agree; returns in how many areas the two sides had differed."""
    by = course.by
    cited = actions.begin(
        PLACE, centre=CENTRE, why="A block grant is talked about", side=Side.PLACE, by=by,
        on=course.at(_BEGAN),
    ).citation.id  # fmt: skip
    facts = [
        FactSaid(code, course.day(_HAPPENED[code]) if code in _HAPPENED else None, "Made up")
        for code in fact_rules()
    ]
    actions.state_facts(cited, facts, by=by, on=course.at(_BEGAN))
    rests = {area: _evidence(course, area) for area in Area}
    for side, levels in ((Side.PLACE, _OURS), (Side.CENTRE, _THEIRS)):
        scores = [Scored(a, levels[a], f"So the {side} sees it", (rests[a],)) for a in Area]
        actions.hand_in(cited, side, scores, by=by, on=course.at(_APART))
    said = [
        AgreedLevel(a, _AGREED[a], "The evidence was read together", "") for a in Area
    ]  # fmt: skip
    row = actions.propose(cited, Side.PLACE, said, by=by, on=course.at(_MET))
    number = row.proposals[-1].number
    actions.consent(cited, Side.CENTRE, proposal=number, by=by, on=course.at(_MET, 15))
    return sum(_OURS[area] is not _THEIRS[area] for area in Area)


def _evidence(course: Course, area: Area) -> int:
    said = EvidenceSaid(
        area, EvidenceKind.STRUCTURE, _PAPERS[area], "That it is in place",
        "https://example.org/made-up", course.day(_BEGAN), course.day(-400), None,
    )  # fmt: skip
    return actions.give(PLACE, said, by=course.by, on=course.at(_BEGAN)).number
