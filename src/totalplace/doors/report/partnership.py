"""A round of the partnership taken away, as a table and as JSON: only what may be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from totalplace.doors.report.columns import Cell
from totalplace.monitoring.queries.partnership import RoundRow
from totalplace.monitoring.rules.partnership import Group, Results
from totalplace.monitoring.rules.partnership_told import (
    agreed_in_words,
    differing,
    people_of,
    relation,
    share_in_words,
)
from totalplace.monitoring.rules.questions import Questions
from totalplace.monitoring.rules.spread import Spread
from totalplace.places import queries as places

_FEW: Final = "too few"


def agency_names() -> dict[str, str]:
    """What each agency is called, by code."""
    return {one.code: one.name for one in places.agencies()}


def headings(questions: Questions) -> tuple[str, ...]:
    """The headings of the table of a round."""
    return (
        "About", "Whose answers", "Principle", "Statement", *questions.steps,
        questions.cannot_say, "Left it out", "Middle answer", "Middle half",
        "Agreement (1 to -1)", "In words",
    )  # fmt: skip


def round_rows(row: RoundRow, found: Results, names: Mapping[str, str]) -> Iterator[list[Cell]]:
    """A row for each group and statement, with how its answers spread."""
    for group in found.groups:
        for principle in row.questions.principles:
            for element in principle.elements:
                yield [
                    relation(group.about, names), people_of(group, names), principle.title,
                    element.says, *_spread(row.questions, group.spreads.get(element.code)),
                ]  # fmt: skip


def _spread(questions: Questions, spread: Spread | None) -> list[Cell]:
    if spread is None:
        return [_FEW] * (len(questions.steps) + 6)
    middle = questions.step(spread.median) if spread.median is not None else "nobody judged it"
    half = spread.middle_half
    between = " to ".join(dict.fromkeys(questions.step(one) for one in half)) if half else ""
    value = spread.agreement
    return [
        *spread.counts, spread.cannot_say, spread.left_out, middle, between,
        "" if value is None else f"{value:.2f}", agreed_in_words(spread),
    ]  # fmt: skip


def principle_rows(
    row: RoundRow, found: Results, names: Mapping[str, str], about: str
) -> tuple[tuple[str, ...], list[list[str]]]:
    """Of a relation, a row for each principle and a column for each group that answered."""
    groups = [one for one in found.groups if one.about == about]
    fewest = row.questions.fewest
    heads = ("Principle", *(people_of(one, names) for one in groups))
    rows = [
        [one.title, *(share_in_words(group.shares.get(one.code), fewest) for group in groups)]
        for one in row.questions.principles
    ]
    return heads, rows


def round_told(row: RoundRow, found: Results | None) -> dict[str, Any]:
    """A round as JSON takes it; without results while people can answer."""
    names = agency_names()
    told: dict[str, Any] = {
        "citation": row.citation.id,
        "place": row.place,
        "quarter": row.quarter.said,
        "first_day": row.quarter.first_day,
        "last_day": row.quarter.last_day,
        "opened_on": row.opened_on,
        "closes_on": row.closes_on,
        "closed_early_on": row.closed_early_on,
        "fewest": row.questions.fewest,
        "asked": [
            {
                "agency": one.agency, "name": names.get(one.agency, one.agency),
                "side": one.side.value, "people": one.people,
                "answered": found.answered.get(one.agency, 0) if found else None,
            }
            for one in row.asked
        ],
        "groups": [],
        "differences": [],
    }  # fmt: skip
    if found is not None:
        told["groups"] = [_group(row.questions, one, names) for one in found.groups]
        abouts = dict.fromkeys(one.about for one in found.groups)
        told["differences"] = [
            said for about in abouts for said in differing(found, row.questions, names, about)
        ]
    return told


def _group(questions: Questions, group: Group, names: Mapping[str, str]) -> dict[str, Any]:
    shares = []
    for principle in questions.principles:
        share = group.shares.get(principle.code)
        low, high = share.interval if share else (None, None)
        shares.append(
            {
                "principle": principle.code, "title": principle.title,
                "agreeing_per_cent": share.value if share else None, "low": low, "high": high,
                "people": share.people if share else None,
            }
        )  # fmt: skip
    told = [(code, spread) for code, spread in group.spreads.items() if spread is not None]
    return {
        "about": group.about,
        "relation": relation(group.about, names),
        "side": group.side.value,
        "agency": group.agency,
        "whose": people_of(group, names),
        "principles": shares,
        "statements": [
            {
                "code": code, "counts": list(spread.counts), "cannot_say": spread.cannot_say,
                "left_out": spread.left_out, "median": spread.median,
                "middle_half": spread.middle_half,
                "agreement": spread.agreement,
            }
            for code, spread in told
        ],
    }  # fmt: skip
