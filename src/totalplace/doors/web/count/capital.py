"""Building: what is spent to build and to buy for many years, apart and in no total."""

from __future__ import annotations

from collections.abc import Sequence

from totalplace.count.rules.whole_place.lines import Economic, Line
from totalplace.doors.report.whole import grouping, purpose
from totalplace.doors.report.whole.grouping import title_of
from totalplace.doors.report.whole.tables import Row, money, plain, table, words
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Linked, Page, Part, exact_lines, linked

_APART = "Building is not in the total of this edition: much of it is paid for over many years."


def capital_page(reading: Reading) -> Page:
    """Running costs and building apart, and building by body and purpose."""
    report, whole = reading.report, reading.whole
    rule, lines = str(whole.income), whole.lines
    every = [*lines, *whole.capital_lines]
    kinds = grouping.by_economic(every)
    parts = [
        Part(
            "Running costs and building",
            table=linked(
                purpose.economic(report, lines),
                explains=[
                    reading.explain(
                        rule="capital" if _is_building(s.name) else rule, economic=s.name
                    )
                    for s in kinds
                ],
            ),
        )
    ]
    if whole.capital_lines:
        parts.append(
            Part("Building, as returned", table=capital_table(reading, whole.capital_lines))
        )
    else:
        says = "No return that is held says what was built, so nothing can be said of it here."
        parts.append(Part("Building, as returned", says=(says,)))
    return Page(
        title="Building and buying to keep (capital)",
        lead=_APART,
        at=("capital",),
        parts=tuple(parts),
        exact=exact_lines(reading, [(x, False) for x in whole.capital_lines]),
    )


def _is_building(kind: str) -> bool:
    return kind == Economic.CAPITAL


def capital_table(reading: Reading, lines: Sequence[Line]) -> Linked:
    """Lines of building by body and purpose."""
    report = reading.report
    unit = purpose.unit_of(lines)
    found = grouping.grouped(lines, lambda x: f"{x.agency}\n{x.service}")
    rows = [
        Row(
            s.lines[0].agency_name,
            (
                words(title_of(report, s.lines[0].service)),
                money(unit, s.pence),
                plain(unit.range_said(s.low_pence, s.high_pence)),
                words(report.kinds.get(s.lines[0].source) or s.lines[0].source),
            ),
        )
        for s in found
    ]
    foot = Row(
        "All that is known",
        (words(""), money(unit, sum(x.pence or 0 for x in lines)), plain(""), words("")),
    )
    made = table(
        "Table of building", _APART, ["Body", "<Purpose", unit.name, "Range", "<Read from"], rows,
        foot=foot,
    )  # fmt: skip
    return linked(
        made,
        [reading.to("agencies", s.lines[0].agency) for s in found],
        [
            reading.explain(rule="capital", agency=s.lines[0].agency, service=s.lines[0].service)
            for s in found
        ],
        foot=reading.explain(rule="capital"),
    )
