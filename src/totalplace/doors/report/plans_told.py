"""A plan as a document that programs can rely on, the same by every door; sums in whole pence."""

from __future__ import annotations

from datetime import date
from typing import Any

from totalplace.commissioning.queries.allocations import AllocationRow, allocated_to
from totalplace.commissioning.queries.answers import AnswerRow, answers, parts, statement
from totalplace.commissioning.queries.plans import PlanLineRow, PlanRow, VersionRow
from totalplace.commissioning.queries.plans_heard import best_decision, stage_of
from totalplace.commissioning.rules.reaching import brought
from totalplace.money.years import FinancialYear
from totalplace.participation.queries.adopting import hearing_of


def plain_plan(row: PlanRow, on: date) -> dict[str, Any]:
    """All of a plan and where it stands on a day; its draft only where nothing is proposed yet."""
    heard, made = hearing_of(row.citation, on=on), allocated_to(row.id)
    stated = statement(row)
    return {
        "plan": row.citation.id,
        "place": row.place,
        "agency": row.agency,
        "title": row.title,
        "why": row.why,
        "stage": stage_of(row, on=on).value,
        "hearing": heard.citation or None,
        "concluded_on": heard.concluded,
        "decision": made.decision.id if made else None,
        "allocation": made.citation.id if made else None,
        "statement": {
            "version": stated.version, "on": stated.on, "robustness": stated.robustness,
            "reserves": stated.reserves,
        } if stated else None,
        "agencies": [
            {
                "agency": one.agency, "now": one.now, "proposed": one.pence,
                "services": one.services, "changed_since_its_answer": one.since,
                "answer": one.answer.number if one.answer else None,
            }
            for one in parts(row)
        ],
        "answers": [_answer(one) for one in answers(row)],
        "draft": None if row.published else plain_version(row, row.last),
        "versions": [plain_version(row, version) for version in row.published],
    }  # fmt: skip


def plain_summary(row: PlanRow, on: date) -> dict[str, Any]:
    """A plan in few words, as it stands in a list."""
    return {
        "plan": row.citation.id,
        "place": row.place,
        "agency": row.agency,
        "title": row.title,
        "stage": stage_of(row, on=on).value,
        "first_year": row.last.financial_years[0].label,
        "last_year": row.last.financial_years[-1].label,
        "chosen": row.last.chosen.value if row.last.chosen else None,
        "pence": row.last.stands.whole_pence,
        "version": row.last.number,
    }


def lacks_of(row: PlanRow, on: date) -> list[dict[str, str]]:
    """What is lacking to adopt a plan on a day, under the decision for which least is lacking."""
    return [
        {"what": lack.what, "why": lack.why, "next_step": lack.next_step}
        for lack in best_decision(row, on=on)[1]
    ]


def plain_version(row: PlanRow, version: VersionRow) -> dict[str, Any]:
    """A version with its plans side by side, and what changed from the one before."""
    return {
        "number": version.number,
        "on": version.on,
        "because_of_answer": version.because,
        "reason": version.reason,
        "first_year": version.financial_years[0].label,
        "last_year": version.financial_years[-1].label,
        "case_digest": version.digest,
        "chosen": version.chosen.value if version.chosen else None,
        "chosen_because": version.chosen_because,
        "plans": [
            {
                "sort": one.sort.value, "title": one.title, "reason": one.reason,
                "points": one.points, "no_plan_exceeds": one.bound, "method": one.method,
                "pence": one.whole_pence, "moved_pence": one.moved_pence,
                "demands_broken": one.broken,
                "openable_share": version.known(one.sort).openable,
            }
            for one in version.candidates
        ],
        "brings": [
            {
                "indicator": one.outcome.indicator, "area": one.outcome.area,
                "title": one.outcome.title, "counted_in": one.outcome.counted_in,
                "year": version.financial_years[one.year].label,
                "way_to_go": float(one.outcome.gap),
                "today": one.today, "planned": one.planned, "low": one.low, "high": one.high,
                "past_target": one.past_target,
            }
            for one in brought(version.case, version.stands.pence, version.problem.lines)
        ],
        "changes": [
            {"of": one.of, "agency": one.agency, "what": one.what, "before": one.before,
             "after": one.after}
            for one in (row.changes(version.number) if version.number else ())
        ],
    }  # fmt: skip


def plain_line(line: PlanLineRow) -> dict[str, Any]:
    """What an option gets in a year, and which funds pay."""
    return {
        "option": line.option,
        "agency": line.agency,
        "year": FinancialYear(line.year).label,
        "now": line.now,
        "pence": line.pence,
        "paid": [{"fund": fund, "pence": pence} for fund, pence in line.paid],
    }


def plain_allocation(row: AllocationRow) -> dict[str, Any]:
    """An allocation with all its lines, and what it rests on."""
    return {
        "allocation": row.citation.id,
        "place": row.place,
        "agency": row.agency,
        "title": row.title,
        "version": row.version,
        "case_digest": row.digest,
        "decision": row.decision.id,
        "hearing": row.hearing,
        "adopted_on": row.day,
        "in_force": row.in_force,
        "pence": row.pence,
        "book": row.posting.book if row.posting else None,
        "lines": [
            {"option": one.option, "agency": one.agency, "year": FinancialYear(one.year).label,
             "fund": one.fund, "pence": one.pence}
            for one in row.lines
        ],
    }  # fmt: skip


def _answer(one: AnswerRow) -> dict[str, Any]:
    return {
        "number": one.number,
        "version": one.version,
        "agency": one.agency,
        "accepts": one.accepts,
        "words": one.words,
        "on": one.on,
        "intents": [
            {"option": it.option, "indicator": it.indicator, "area": it.area, "pence": it.pence,
             "words": it.words}
            for it in one.intents
        ],
        "reply": None if one.reply is None else {
            "changed_in_version": one.reply.version, "words": one.reply.words, "on": one.reply.on,
        },
    }  # fmt: skip
