"""What is weighed of a plan, as it is given to other programs: pence, points, shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from totalplace.commissioning.rules.finance import FinancialPlan, Part
from totalplace.commissioning.rules.finance_told import balances, labels, noticed
from totalplace.commissioning.rules.known_told import left_where_it_is, sentences, sources_of
from totalplace.commissioning.rules.prices_told import kind_words
from totalplace.commissioning.rules.walk_told import WAYS, step_title, steps_of
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.frontier import Frontier, Step
from totalplace.commissioning.rules.weighing.known import Footing, Pounds
from totalplace.commissioning.rules.weighing.pressure import Pressure
from totalplace.commissioning.rules.weighing.prices import Price
from totalplace.commissioning.rules.weighing.reasons import Reasons
from totalplace.doors.report.plan_worked import HowKnown


def known_told(weighed: Weighed, it: HowKnown, seed: int | None) -> dict[str, Any]:
    """How much of a plan is known. Shares are from 0 to 1, null where there is no money."""
    known, chance, direction = it.known, it.chance, it.direction
    return {
        "cited": weighed.cited,
        "digest": weighed.digest,
        "words": known.words,
        "best_may_be_said": known.best_may_be_said,
        "now": _pounds(known.now),
        "planned": _pounds(known.planned),
        "agencies": [
            {"agency": one.agency, "now": _pounds(one.now), "planned": _pounds(one.planned)}
            for one in known.agencies
        ],
        "chance": {
            "beats": chance.beats, "beats_low": chance.beats_low, "beats_high": chance.beats_high,
            "mean_points": chance.mean, "low_points": chance.low, "high_points": chance.high,
            "draws": chance.draws, "distribution": chance.distribution,
        },
        "direction": {
            "kept": direction.kept, "error": direction.error,
            "moved_pence": direction.moved_pence, "impossible": direction.impossible,
            "draws": direction.draws,
        },
        "seed": seed,
        "sentences": list(sentences(known, chance, direction)),
        "sources": [
            {"source": one.source, "address": one.address, "grade": one.grade,
             "services": list(one.services)}
            for one in sources_of(weighed)
        ],
        "left_where_it_is": [
            {"title": one.title, "agency": one.agency, "pence": one.pence}
            for one in left_where_it_is(weighed)
        ],
    }  # fmt: skip


def _pounds(its: Pounds) -> dict[str, Any]:
    return {
        "openable_pence": its.openable,
        "accepted_pence": its.accepted,
        "without_pence": its.without,
        "openable_share": its.share_of(Footing.OPENABLE),
    }


def prices_told(prices: Sequence[Price]) -> list[dict[str, Any]]:
    """What each demand costs, in points; amounts as decimals of its own unit (pence of money)."""
    return [
        {
            "demand": one.demand, "side": one.side, "title": one.title,
            "kind": kind_words(one) if one.kind else None, "unit": one.unit,
            "amount": float(one.amount), "points_per": one.points_per,
            "points_tighter": one.points_tighter,
            "low": None if one.low is None else float(one.low),
            "high": None if one.high is None else float(one.high),
            "whole_cost_points": one.whole_cost_points, "out_by_points": one.out_by_points,
            "how": one.how.value, "costs_nothing": one.costs_nothing, "told": one.told,
        }
        for one in prices
    ]  # fmt: skip


def frontier_told(found: Frontier) -> dict[str, Any]:
    """Plans to walk to, without their lines: pence of all years, points, fairness from 0 to 1."""
    return {way: [_step(one, way) for one in steps_of(found, way)] for way in WAYS}


def _step(one: Step, way: str) -> dict[str, Any]:
    return {
        "asked": one.asked, "title": step_title(one, way), "budget_pence": one.budget_pence,
        "spent_pence": one.spent_pence, "points": one.points, "gap": one.gap,
        "fairness": one.fairness, "told": one.told,
        "areas": [
            {"area": its.area, "name": its.name, "people": its.people,
             "points_per_thousand": its.points_per_thousand}
            for its in one.areas
        ],
    }  # fmt: skip


def pressure_told(found: Pressure) -> dict[str, Any]:
    """What goes first as money falls: sums are pence of the last year, null without a plan."""
    return {
        "cuts": [
            {"per_cent": one.per_cent, "budget_pence": one.budget_pence, "points": one.points,
             "refusal": None if one.refusal is None else one.refusal.told}
            for one in found.cuts
        ],
        "no_plan_at": found.no_plan_at,
        "options": [
            {"option": one.option, "title": one.title, "now_pence": one.now_pence,
             "pence": list(one.pence), "first_cut": one.first_cut, "lost_share": one.lost_share,
             "told": one.told}
            for one in found.options
        ],
    }  # fmt: skip


def why_told(weighed: Weighed, its: Reasons) -> dict[str, Any]:
    """Why an option gets what it gets: pence a year, reaches in points a pound."""
    return {
        "option": its.option, "title": its.title, "agency": its.agency,
        "year": weighed.years[its.year], "now_pence": its.now_pence, "gets_pence": its.gets_pence,
        "reaches_per_pound": its.reaches_per_pound, "price_per_pound": its.price_per_pound,
        "more_money_pence": its.more_money_pence, "more_in": its.more_in,
        "binding": [{"title": one.title, "source": one.source} for one in its.binding],
        "went_to": [
            {"option": one.option, "title": one.title, "agency": one.agency,
             "more_pence": one.more_pence}
            for one in its.went_to
        ],
        "told": list(its.told),
    }  # fmt: skip


def money_told(plan: FinancialPlan, names: Mapping[str, str]) -> dict[str, Any]:
    """A financial plan. Sums are pence by year; what is not known is null."""
    whole = plan.whole
    return {
        "years": list(labels(plan)),
        "balanced": plan.balanced,
        "rows": [
            {"part": row.part.value, "title": row.title, "whose": row.whose,
             "pence": list(row.pence), "note": row.note}
            for row in plan.rows
        ],
        "totals": [
            {"part": part.value, "pence": list(plan.total(part))}
            for part in Part if plan.of(part)
        ],
        "comes_in": list(whole.comes_in),
        "goes_out": list(whole.goes_out),
        "tied": list(whole.tied),
        "left": list(whole.left),
        "balances": [
            {"whose": one.whose, "year": one.year, "balanced": one.balanced, "words": one.words}
            for one in balances(plan, names)
        ],
        "reserves": [
            {"title": one.reserve.title, "opening": list(one.opening),
             "closing": list(one.closing), "below_least": list(one.short),
             "least_pence": one.reserve.least_pence}
            for one in plan.levels
        ],
        "noticed": list(noticed(plan, names)),
    }  # fmt: skip
