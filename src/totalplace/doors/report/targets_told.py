"""A set of targets as a document that programs can rely on, the same by every door."""

from __future__ import annotations

from datetime import date
from typing import Any

from totalplace.outcomes.queries.sets import TargetSetRow, VersionRow
from totalplace.outcomes.queries.targets_heard import best_decision, stage_of
from totalplace.outcomes.rules.target_telling import whole
from totalplace.outcomes.rules.targets import Target, plain
from totalplace.participation.queries.adopting import hearing_of


def plain_set(row: TargetSetRow, on: date) -> dict[str, Any]:
    """All of a set, its draft too, and where it stands on a day; sums in whole pence."""
    adopted = row.adoption
    heard = hearing_of(row.citation, on=on)
    return {
        "targets": row.citation.id,
        "place": row.place,
        "agency": row.agency,
        "title": row.title,
        "why": row.why,
        "first_year": row.first_year.label,
        "last_year": row.last_year.label,
        "stage": stage_of(row, on=on).value,
        "hearing": heard.citation or None,
        "concluded_on": heard.concluded,
        "decision": adopted.decision.id if adopted else None,
        "adopted_on": adopted.day if adopted else None,
        "adopted_version": adopted.version if adopted else None,
        "draft": [] if row.published else [plain_target(one) for one in row.targets],
        "versions": [_version(row, version) for version in row.published],
    }


def lacks_of(row: TargetSetRow, on: date) -> list[dict[str, str]]:
    """What is lacking to adopt a set on a day, under the decision for which least is lacking."""
    return [
        {"what": lack.what, "why": lack.why, "next_step": lack.next_step}
        for lack in best_decision(row, on=on)[1]
    ]


def _version(row: TargetSetRow, version: VersionRow) -> dict[str, Any]:
    return {
        "number": version.number,
        "on": version.on,
        "because_of_answer": version.because,
        "reason": version.reason,
        "targets": [plain_target(target) for target in version.targets],
        "changes": [
            {"outcome": one.outcome, "what": one.what, "before": one.before, "after": one.after}
            for one in row.changes(version.number)
        ],
    }


def plain_target(target: Target) -> dict[str, Any]:
    """A target: values as text, that none is rounded; an empty agency is what nobody here moves."""
    base = target.baseline
    return {
        "indicator": target.outcome.indicator,
        "area": target.outcome.area,
        "title": target.outcome.title,
        "unit": target.outcome.unit,
        "better": target.outcome.better.value,
        "words": whole(target),
        "baseline": {
            "value": None if base.value is None else plain(base.value).replace(",", ""),
            "period": base.period,
            "source": base.source,
            "why_missing": base.why_missing,
        },
        "steps": [
            {"day": step.day, "value": plain(step.value).replace(",", "")} for step in target.steps
        ],
        "parts": [
            {"agency": part.agency, "share": part.share, "pence": part.pence}
            for part in target.parts
        ],
        "why": target.why,
        "against": target.against,
    }
