"""The gate: what a place lacks for an agreement; and what its agreed levels rest on today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from totalplace.participation.rules.gate import Lack
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.queries.assessments import agreed_assessment, assessment
from totalplace.readiness.queries.evidence import followed, items, waivers
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.queries.unseen import gaps_of, scores
from totalplace.readiness.rules import gate
from totalplace.readiness.rules.calibration import Followed
from totalplace.readiness.rules.evidence import Item, Rest, next_fall, rest
from totalplace.readiness.rules.gate import Known, needs_text
from totalplace.readiness.rules.scale import Area, Level, Side


def lacking(place: str, model_needs: Mapping[str, str], *, on: date) -> list[Lack]:
    """What a place lacks on a day of what a model needs: area -> level, fact -> 'met'.

    Nothing: it is ready, or both sides waived what is lacking. Raises Refused for a need that means
    nothing.
    """
    return gate.lacking(model_needs, known(place, on=on), on=on)


def database_lacks(place: str, model_needs: Mapping[str, str], *, on: date) -> str:
    """What the database itself says is lacking, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT readiness_lacks(%s, %s, %s)", [place, needs_text(model_needs), on])
        found = cursor.fetchone()[0]
    return str(found or "")


def known(place: str, *, on: date) -> Known:
    """What is known of a place on a day: agreed levels, what they rest on, facts and waivers."""
    row = agreed_assessment(place, on=on)
    titles = {code: rule.title for code, rule in fact_rules().items()}
    if row is None:
        return Known(assessed=False, waived=_waived(place, on), titles=titles)
    return Known(
        assessed=True,
        agreed={area: one.level for area, one in row.agreed.items()},
        rests=rests(row, items(place), on=on),
        facts={code: fact.met_from for code, fact in row.facts.items()},
        waived=_waived(place, on),
        titles=titles,
    )


def rests(row: AssessmentRow, held: Mapping[int, Item], *, on: date) -> dict[Area, Rest]:
    """What each agreed level rests on, on a day: the items that either side named."""
    return {area: rest(numbers, held, on=on) for area, numbers in _named(row, on).items()}


def supported_until(
    row: AssessmentRow, held: Mapping[int, Item], *, on: date
) -> dict[Area, date | None]:
    """The first day on which each agreed level has no support, if nothing is renewed.

    None: it has none already, or it rests on nothing.
    """
    return {area: next_fall(numbers, held, on=on) for area, numbers in _named(row, on).items()}


def _named(row: AssessmentRow, on: date) -> dict[Area, set[int]]:
    """The items that either side named in each area, of an assessment that is agreed."""
    named = {area: set[int]() for area in Area}
    for side in Side:
        for area, score in (scores(row, side, by=None, on=on) or {}).items():
            named[area] |= set(score.evidence)
    return named


def what_followed(place: str = "") -> list[Followed]:
    """What followed, each beside the levels that were agreed and scored before."""
    found = []
    for one in followed(place):
        row = assessment(one.assessment)
        agreed = row.levels.get(one.area)
        both = {gap.area: gap for gap in gaps_of(row, by=None, on=one.day) or ()}
        if agreed is not None and one.area in both:
            gap = both[one.area]
            found.append(Followed(agreed, gap.place.level, gap.centre.level, one.went_well))
    return found


def _waived(place: str, on: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in waivers(place):
        if one.holds(on) and (one.need not in found or _more(one.level, found[one.need])):
            found[one.need] = one.level
    return found


def _more(level: str, than: str) -> bool:
    known = {one.value for one in Level}
    return level in known and than in known and Level(level).rank > Level(than).rank
