"""Plans to walk to: with more or less money, and fairer between areas; a step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from totalplace.commissioning.rules.areas_told import areas_of
from totalplace.commissioning.rules.candidates import said_points
from totalplace.commissioning.rules.walk_told import (
    WAYS,
    differences,
    step_title,
    step_words,
    steps_of,
)
from totalplace.commissioning.rules.weighing.frontier import Step
from totalplace.doors.report.pictures.frontier import Dot, dots
from totalplace.doors.report.plan_worked import frontier_of
from totalplace.doors.web.commissioning.weighing.opening import opened, page_of
from totalplace.doors.web.showing import show
from totalplace.money.pence import pounds

_SHOWN: Final = 50  # services to a page


@require_safe
def frontier(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Every step of both ways, in tables, and in a small picture each."""
    found = opened(request, place, number)
    it = frontier_of(found.weighed)
    cost, fairness = steps_of(it.value, "cost"), steps_of(it.value, "fairness")
    said = {
        **found.shown,
        "it": it,
        "cost": cost,
        "fairness": fairness,
        "why_not_fairer": areas_of(found.weighed.case, found.weighed.problem).why_not,
        "step_title": step_title,
        "cost_picture": _of_cost(cost),
        "fair_picture": _of_fairness(fairness),
    }
    return show(request, "commissioning/weighing/frontier.html", said)


@require_safe
def step(request: HttpRequest, place: str, number: int, way: str, at: int) -> HttpResponse:
    """One step, and by which services it differs from the step before, and from this plan."""
    found = opened(request, place, number)
    if way not in WAYS:
        raise Http404
    it = frontier_of(found.weighed)
    steps = steps_of(it.value, way)
    if not 1 <= at <= len(steps):
        raise Http404
    here = steps[at - 1]
    before = _before(steps, at)
    beside = before.pence if before is not None and before.pence else found.weighed.pence
    rows = differences(found.weighed, beside, here.pence) if here.pence else ()
    page, pages = page_of(request, len(rows), _SHOWN)
    said = {
        **found.shown,
        "it": it,
        "way": way,
        "way_title": WAYS[way],
        "at": at,
        "of": len(steps),
        "step": here,
        "title": step_title(here, way),
        "words": step_words(here),
        "before": None if before is None else step_title(before, way),
        "rows": rows[(page - 1) * _SHOWN : page * _SHOWN],
        "count": len(rows),
        "said_points": said_points,
        "page": page,
        "page_count": pages,
    }
    return show(request, "commissioning/weighing/step.html", said)


def _before(steps: tuple[Step, ...], at: int) -> Step | None:
    """The last step before that has a plan."""
    return next((one for one in reversed(steps[: at - 1]) if one.pence), None)


def _of_cost(found: Sequence[Step]) -> Markup:
    its = [
        Dot(one.budget_pence, one.points, _short(one.budget_pence), f"{one.points:.1f}")
        for one in found
        if one.points is not None
    ]
    return Markup(dots("Points for the money", "All the money", "points", its, mark="cost"))  # noqa: S704  (escaped there)


def _of_fairness(found: Sequence[Step]) -> Markup:
    its = [
        Dot(one.asked, one.points, f"{one.asked:.0%}", f"{one.points:.1f}")
        for one in found
        if one.points is not None
    ]
    across = "What the worst-off area gets, beside the average"
    return Markup(dots("Points for fairness", across, "points", its, mark="fair"))  # noqa: S704  (escaped there)


def _short(pence: int) -> str:
    for size, name in ((10**11, "bn"), (10**8, "m")):
        if pence >= size:
            return f"£{pence / size:.1f}{name}"
    return pounds(pence).removesuffix(".00")
