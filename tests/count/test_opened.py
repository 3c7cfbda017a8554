"""An edition is opened from its own files, also one that was made before names were frozen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from totalplace.count.actions.editions import freeze
from totalplace.count.queries.editions import BESIDE, folder_of
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.opened import opened
from totalplace.count.queries.whole_place import Built, Wanted, whole_place
from totalplace.count.rules.whole_place.from_returns import Figure
from totalplace.count.rules.whole_place.statements import Kind, Side, bridges, statements
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

YEAR = FinancialYear(2024)
ADA = Operator("Ada")


def built_of(wex: Any, tmp_path: Path) -> Built:
    """The count of a place of two bodies, one of which pays the other."""
    wex.has("wexford")
    wex.has("marl", "Marl Council")
    rows = wex.month(2024, 5)
    wex.published("wexford", "may.csv", [*rows, wex.a_row("03/05/2024", "700.00", "Marl Council")])
    wex.published("marl", "june.csv", wex.month(2024, 6))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return whole_place(Wanted(wex.home, "wex", YEAR, [], scratch))


def test_an_edition_is_opened_from_its_own_files(wex: Any, tmp_path: Path, noon: datetime) -> None:
    built = built_of(wex, tmp_path)
    row = freeze(wex.home, ready_to_freeze(built), by=ADA, on=noon)
    found = opened(wex.home, row)
    assert found.is_told
    assert found.whole.total == built.whole.total
    assert found.whole.matrix == built.whole.matrix
    assert found.whole.matrix.pence == 700_00
    (file,) = found.files_of("wexford")
    assert (file.document, file.rows, file.what) == ("may.csv", 21, "payments")
    assert opened(wex.home, row) is found
    (entry,) = record.about(Citation("edition", row.citation))
    assert entry.citing.startswith(f"{row.digest}; beside it ")


def test_an_edition_without_names_is_told_with_those_of_today(
    wex: Any, tmp_path: Path, noon: datetime
) -> None:
    built = built_of(wex, tmp_path)
    ready = ready_to_freeze(built)
    row = freeze(wex.home, ready, by=ADA, on=noon)
    (folder_of(wex.home, row.digest) / BESIDE).unlink()
    found = opened(wex.home, row)
    assert not found.is_told
    assert found.whole.place_name == "Wexshire"
    assert found.whole.names["marl"] == "Marl Council"
    assert found.whole.matrix.pence == built.whole.matrix.pence
    assert freeze(wex.home, ready, by=ADA, on=noon).id == row.id
    assert (folder_of(wex.home, row.digest) / BESIDE).is_file()


def test_a_damaged_file_is_refused_and_said(wex: Any, tmp_path: Path, noon: datetime) -> None:
    row = freeze(wex.home, ready_to_freeze(built_of(wex, tmp_path)), by=ADA, on=noon)
    (folder_of(wex.home, row.digest) / BESIDE).write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="damaged"):
        opened(wex.home, row)


def a_figure(item: str, pence: int | None, service: str = "housing") -> Figure:
    """A figure of a council's return."""
    return Figure(
        "wexford", "Wexford Council", "council", "2024-25", "outturn", service, service, "revenue",
        item, "net", "actual", "measured", pence, pence, pence, "return.xlsx",
    )  # fmt: skip


def test_sides_of_a_return_are_bridged_over_the_lines_that_give_all_three() -> None:
    figures = [
        a_figure("total expenditure", 500), a_figure("total income", 120),
        a_figure("net current expenditure", 381), a_figure("of which employees", 200),
        a_figure("net current expenditure", 90, "culture"),
        a_figure("total expenditure", None, "culture"),
        a_figure("budget: net current expenditure", 400),
    ]  # fmt: skip
    said = statements(figures)
    assert {(s.kind, s.side): (s.pence, s.lines, s.blank) for s in said} == {
        (Kind.OUTTURN, Side.GROSS): (500, 1, 1),
        (Kind.OUTTURN, Side.INCOME): (120, 1, 0),
        (Kind.OUTTURN, Side.NET): (471, 2, 0),
        (Kind.BUDGET, Side.NET): (400, 1, 0),
    }
    (found,) = bridges(figures)
    assert (found.gross_pence, found.income_pence, found.net_pence) == (500, 120, 381)
    assert (found.rest_pence, found.lines, found.left_out) == (1, 1, 1)
