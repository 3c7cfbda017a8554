"""A plan that was worked out from a case alone: as one object for other programs, and as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from totalplace.commissioning.rules.case_text import digest_of
from totalplace.commissioning.rules.problem import Line
from totalplace.commissioning.rules.weighing.known import Known, Pounds
from totalplace.commissioning.rules.weighing.prices import Price
from totalplace.commissioning.rules.weighing.refusals import Refusal
from totalplace.commissioning.rules.weighing.summary import Summary, titles_in
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.sheets import Sheet, book
from totalplace.money.years import FinancialYear

POINTS: Final = (
    "100 points are every wanted outcome brought the whole way to its target for one year"
)
_CENT: Final = Decimal("0.01")


def as_told(summary: Summary, prices: Sequence[Price]) -> dict[str, Any]:
    """All of a plan as one object: sums in whole pence, points as estimates, shares from 0 to 1."""
    solved, chance, steady = summary.solved, summary.chance, summary.direction
    return {
        "case": digest_of(summary.case),
        "place": summary.case.place,
        "words": summary.known.words,
        "points": solved.points,
        "bound": solved.bound,
        "gap": solved.gap,
        "method": solved.method.value,
        "lines": [_line(summary, number) for number in range(len(summary.problem.lines))],
        "demands": {
            "all": len(solved.checks),
            "kept": sum(1 for one in solved.checks if one.met),
        },
        "baselines": [
            {"name": one.name, "points": one.points, "pence": sum(one.pence),
             "broken": list(one.broken)}
            for one in summary.baselines
        ],
        "known": _known(summary.known),
        "chance": {
            "beats_today": chance.beats, "error": chance.error,
            "beats_low": chance.beats_low, "beats_high": chance.beats_high,
            "points_gained": chance.mean, "low": chance.low, "high": chance.high,
            "seed": chance.seed, "draws": chance.draws, "distribution": chance.distribution,
        },
        "direction": {
            "kept": steady.kept, "error": steady.error, "moved_pence": steady.moved_pence,
            "impossible": steady.impossible, "seed": steady.seed, "draws": steady.draws,
        },
        "prices": [_price(one) for one in prices],
    }  # fmt: skip


def _line(summary: Summary, number: int) -> dict[str, Any]:
    line = summary.problem.lines[number]
    paid = summary.paid.get((line.option, line.year), {})
    return {
        "option": line.option,
        "agency": line.agency,
        "year": _year(summary, line),
        "now_pence": line.now,
        "pence": summary.solved.pence[number],
        "points": line.points(summary.solved.pence[number]),
        "paid_from": dict(paid),
    }


def _known(known: Known) -> dict[str, Any]:
    return {
        "best_may_be_said": known.best_may_be_said,
        "openable_share": known.openable,
        "now": _pounds(known.now),
        "planned": _pounds(known.planned),
        "agencies": {
            one.agency: {"now": _pounds(one.now), "planned": _pounds(one.planned)}
            for one in known.agencies
        },
    }


def _pounds(pounds: Pounds) -> dict[str, int]:
    return {
        "openable_pence": pounds.openable,
        "accepted_pence": pounds.accepted,
        "without_pence": pounds.without,
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "demand": price.demand,
        "side": price.side,
        "title": price.title,
        "unit": price.unit,
        "amount": float(price.amount),
        "points_per": price.points_per,
        "whole_cost_points": price.whole_cost_points,
        "out_by_points": price.out_by_points,
        "low": None if price.low is None else float(price.low),
        "high": None if price.high is None else float(price.high),
        "how": price.how.value,
        "told": price.told,
    }


def refusal_told(refusal: Refusal) -> dict[str, Any]:
    """Why there is no plan, as one object."""
    return {
        "told": refusal.told,
        "proved": refusal.proved,
        "smallest": refusal.smallest,
        "demands": [
            {"title": one.title, "gap_pence": one.gap_pence, "told": one.told}
            for one in refusal.demands
        ],
        "repairs": [
            {"pence": one.pence, "gives": [giving.told for giving in one.givings]}
            for one in refusal.repairs
        ],
    }


def solved_book(summary: Summary, prices: Sequence[Price]) -> bytes:
    """A plan as the bytes of an XLSX file: its sums, who pays, what it is held against, prices."""
    return book(
        [
            Sheet("Plan", _PLAN, [_plan_row(summary, n) for n in range(_lines(summary))], frozen=2),
            Sheet("Who pays", ("Option", "Year", "Fund", "Pounds"), _paid_rows(summary)),
            Sheet("Held against", ("Plan", "Points", "Pounds", "Demands that it breaks"),
                  _baseline_rows(summary)),
            Sheet("How much is known", _KNOWN, _known_rows(summary.known)),
            Sheet("Prices", ("What", "What it costs"), [[one.title, one.told] for one in prices]),
            Sheet("Checks", ("Demand", "Kept"), _check_rows(summary)),
            Sheet("What the figures mean", ("What", "Meaning"), _meaning(summary)),
        ]
    )  # fmt: skip


_PLAN: Final = (
    "Option", "Title", "Agency", "Year", "Pounds now", "Pounds planned", "Change", "Points",
)  # fmt: skip
_KNOWN: Final = (
    "Agency", "Year", "Openable source", "Accepted ungraded", "No effect", "All",
)  # fmt: skip


def _lines(summary: Summary) -> int:
    return len(summary.problem.lines)


def _plan_row(summary: Summary, number: int) -> list[Cell]:
    line, pence = summary.problem.lines[number], summary.solved.pence[number]
    title = summary.case.options[number % len(summary.case.options)].title
    return [
        line.option, title, line.agency, _year(summary, line), _money(line.now), _money(pence),
        _money(pence - line.now), f"{line.points(pence):.3f}",
    ]  # fmt: skip


def _paid_rows(summary: Summary) -> list[list[Cell]]:
    titles = {fund.code: fund.title for fund in summary.case.funds}
    return [
        [option, FinancialYear(summary.case.first_year + year).label, titles[fund], _money(pence)]
        for (option, year), its in summary.paid.items()
        for fund, pence in its.items()
    ]


def _baseline_rows(summary: Summary) -> list[list[Cell]]:
    solved = summary.solved
    rows: list[list[Cell]] = [
        ["this plan", f"{solved.points:.3f}", _money(sum(solved.pence)), "none"]
    ]
    rows += [
        [one.name, f"{one.points:.3f}", _money(sum(one.pence)), "; ".join(one.broken) or "none"]
        for one in summary.baselines
    ]
    return rows


def _known_rows(known: Known) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    agencies = [(one.agency, one.now, one.planned) for one in known.agencies]
    for name, now, planned in [("all", known.now, known.planned), *agencies]:
        for when, its in (("today, a year", now), ("planned, all years", planned)):
            sums = (its.openable, its.accepted, its.without, its.total)
            rows.append([name, when, *map(_money, sums)])
    return rows


def _check_rows(summary: Summary) -> list[list[Cell]]:
    titles = titles_in(summary.problem)
    return [
        [titles[one.demand], "yes" if one.met else "no"]
        for one in summary.solved.checks
        if one.demand in titles
    ]


def _meaning(summary: Summary) -> list[list[Cell]]:
    chance, steady = summary.chance, summary.direction
    return [
        ["Points", POINTS],
        ["Bound", f"No plan can reach more than {summary.solved.bound:.6f} points"],
        ["Chance", f"{chance.draws} draws, seed {chance.seed}: {chance.distribution}"],
        ["Direction", f"{steady.draws} plans found again, seed {steady.seed}"],
        ["Case", digest_of(summary.case)],
    ]


def _year(summary: Summary, line: Line) -> str:
    return FinancialYear(summary.case.first_year + line.year).label


def _money(pence: int) -> Decimal:
    return (Decimal(pence) / 100).quantize(_CENT)
