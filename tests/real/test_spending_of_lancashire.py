"""Payments of six bodies of one county, found to the penny and followed to the row of a file."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path
from typing import Any

from totalplace.count.actions.editions import freeze
from totalplace.count.queries.editions import frozen
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.spending.held import held
from totalplace.count.queries.spending.months import months
from totalplace.count.queries.spending.searching import found, lines, lines_at
from totalplace.count.queries.whole_place import Wanted as ToCount
from totalplace.count.queries.whole_place import whole_place
from totalplace.count.rules.spending.wanted import Mark, Sort, Wanted
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator
from totalplace.sources import queries as sources

YEAR = FinancialYear(2024)
SIX = {
    "hyndburn": ("Hyndburn Borough Council", "district", "E07000120", "hyndburn_raw/*"),
    "police": ("Lancashire Police and Crime Commissioner", "police", "E23000003", "police_raw/*"),
    "fire": ("Lancashire Combined Fire Authority", "fire", "E31000023", "fire_raw/*"),
    "burnley": ("Burnley Borough Council", "district", "E07000117", "derived/burnley*"),
    "pendle": ("Pendle Borough Council", "district", "E07000122", "derived/pendle*"),
    "ribble": ("Ribble Valley Borough Council", "district", "E07000124", "derived/ribble*"),
}


def test_payments_of_six_bodies_are_found_as_they_were_counted(
    published: Any, tmp_path: Path, noon: datetime
) -> None:
    published.register()
    for code, (name, kind, gss, files) in SIX.items():
        published.member("six", code, name, kind, gss)
        published.payments(code, f"spend_lancashire/{files}")
    built = whole_place(ToCount(published.home, "six", YEAR, [], tmp_path))
    row = freeze(published.home, ready_to_freeze(built), by=Operator("test"), on=noon)
    ready = held(published.home, row, frozen(published.home, row))
    assert ready is not None
    assert ready.differs == 0  # every sum by body, service and public body is that of the edition
    everything = found(ready, Wanted())
    counted = built.whole.payments
    assert counted is not None
    years = [y for y in counted.agency_years if y.year == YEAR.label]
    assert everything.everything.pence == sum(y.tallies.payments.pence for y in years)
    transfers = found(ready, Wanted(mark=Mark.TRANSFERS)).everything
    assert transfers.pence == built.whole.matrix.pence
    told = months(published.home, row)
    assert told is not None
    assert set(told.by_month) == set(SIX)
    assert_a_line_is_its_row_in_the_file(published, ready)


def assert_a_line_is_its_row_in_the_file(published: Any, ready: Any) -> None:
    """The largest line of a body that publishes CSV stands in its file as it is shown."""
    (largest,) = lines(ready, Wanted(agency="hyndburn"), sort=Sort.LARGEST, some=1)
    (again,) = lines_at(ready, largest.file, largest.row)
    assert again == largest
    (row,) = sources.published_rows(published.home, largest.file, largest.row)
    path = published.home.original(largest.file)
    content = path.read_bytes()
    text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("cp1252")
    line = text.splitlines()[largest.row - 1]
    assert any(cell and cell in line for cell in row.cells)
    assert largest.payee.split()[0] in line
