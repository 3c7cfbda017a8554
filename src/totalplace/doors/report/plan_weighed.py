"""What is weighed of a plan, as it is given to other programs: pence, points, shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from totalplace.commissioning.rules.finance import FinancialPlan, Part
from totalplace.commissioning.rules.finance_told import balances, labels, noticed
from totalplace.commissioning.rules.known_told import left_where_it_is, sentences, sources_of
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.known import Footing, Pounds
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
