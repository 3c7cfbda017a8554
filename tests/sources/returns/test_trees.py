"""Figures of trees: each value whose path the form knows, and none of the others unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.returns_json import tree_of
from totalplace.sources.rules.returns.outcome import Outcome, outcome
from totalplace.sources.rules.returns.sums import Verdict

from .conftest import HOUSE, form_of

TREE: Final[dict[str, Any]] = {
    **HOUSE,
    "code": "tree",
    "shape": "tree",
    "has": ["code", "years"],
    "body": {"code": {"path": "code"}, "name": {"path": "who > name"}},
    "year": {"written": "financial_year"},
    "figures_are": {"status": "measured"},
    "figures": [
        {"path": "years > {year} > net > {line}", "part": "net", "item": "net current expenditure"},
        {
            "path": "years > {year} > detail > {form} > {line} > {item}",
            "part": "{form}",
            "items": {
                "staff": {"item": "employees", "income_rule": "gross"},
                "net": {"item": "net current expenditure", "same_as": "net"},
            },
        },
    ],
    "lines": {"Roads": "highways_transport", "Parks": "culture"},
    "totals": {"Sum": None, "Reserves": {"not_checked": True}},
    "left_out": {"latest": "the last year again", "years > {year} > tax": "no spending"},
    "remarks": [
        {"path": "years > {year} > state", "says": "draft", "note": "A draft.", "aloud": True}
    ],
}
FILE: Final[dict[str, Any]] = {
    "code": "E06000001",
    "who": {"name": "Wex"},
    "years": {
        "2023-24": {
            "state": "draft",
            "net": {"Roads": 10, "Parks": Decimal("5.50"), "Sum": Decimal("15.50"), "Reserves": 9},
            "detail": {"R1": {"Roads": {"staff": 4, "net": 11}, "Parks": {"staff": None}}},
            "tax": {"band d": 1500},
        },
        "2024-25": {"state": "final", "net": {"Roads": 12}},
    },
    "latest": {"Roads": 12},
}  # fmt: skip


def read(file: dict[str, Any] = FILE, **changes: Any) -> Outcome:
    return outcome(form_of(TREE, **changes), [tree_of(file, "file.json")])


def test_every_value_is_found_by_its_path() -> None:
    found = read()
    lines = [(r.year, r.part, r.key, r.item, r.pence) for r in found.rows]
    assert lines == [
        (2023, "net", "Roads", "net current expenditure", 1000),
        (2023, "net", "Parks", "net current expenditure", 550),
        (2023, "R1", "Roads", "employees", 400),
        (2023, "R1", "Parks", "employees", None),
        (2024, "net", "Roads", "net current expenditure", 1200),
    ]
    assert found.rows[0].body.name == "Wex"
    assert found.rows[0].spot.column == "years > 2023-24 > net > Roads"
    (tally,) = found.tallies
    assert (tally.lines, tally.missing, tally.totals, tally.left_out) == (4, 1, 3, 2)
    assert (tally.figures, tally.faults) == (10, 0)


def test_totals_are_held_against_the_lines_of_their_own_year_and_part() -> None:
    verdicts = {c.line: c.verdict for c in read().checked}
    assert verdicts == {
        "Sum": Verdict.AGREES, "Reserves": Verdict.NOT_CHECKED, "Roads": Verdict.DIFFERS,
    }  # fmt: skip


def test_a_figure_that_repeats_another_part_is_held_against_it() -> None:
    (repeated,) = [c for c in read().checked if c.line == "Roads"]
    assert (repeated.part, repeated.pence, repeated.sum_pence) == ("R1", 1100, 1000)


def test_what_is_remarked_of_a_year_is_noted_beside_its_figures_and_said() -> None:
    found = read()
    assert {(r.year, r.note) for r in found.rows} == {(2023, "A draft."), (2024, "")}
    assert "2023-24: A draft." in found.said


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"net": {"Boats": 3}}, "is a figure of a line that the form does not know"),
        ({"detail": {"R1": {"Roads": {"joy": 3}}}}, "is a figure of a kind that the form does not"),
        ({"ferries": 3}, "is a figure that the form does not know"),
    ],
)
def test_a_figure_that_the_form_does_not_know_is_a_fault(change: dict[str, Any], why: str) -> None:
    found = read({**FILE, "years": {"2023-24": change}})
    (fault,) = found.faults
    assert why in fault.why
    assert "add it to the form" in fault.next_step


def test_a_year_that_is_none_is_a_fault() -> None:
    assert (
        "no financial year"
        in read({**FILE, "years": {"soon": {"net": {"Roads": 1}}}}).faults[0].why
    )


def test_figures_of_nobody_are_faults() -> None:
    found = read({"years": FILE["years"]})
    assert {f.why for f in found.faults} == {"is of a body that the file does not name"}


def test_words_and_what_is_not_there_are_no_figures() -> None:
    found = read({"code": "E06000001", "years": {"2023-24": {"state": "ok", "note": None}}})
    assert (found.tallies[0].figures, found.tallies[0].rows_without) == (0, 3)


def test_a_tree_of_a_depth_that_no_return_has_is_refused() -> None:
    deep: dict[str, Any] = {"a": 1}
    for _ in range(20):
        deep = {"a": deep}
    with pytest.raises(Refused, match="more than 16 deep"):
        tree_of(deep, "file.json")
    assert Bounds().return_values > 1_000_000
