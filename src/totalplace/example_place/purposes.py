"""The services that a count told of payments, beside the true ones, line by line."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from totalplace import engines
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.judging import UNCLASSIFIED, Line
from totalplace.example_place.taking_in import table_of
from totalplace.example_place.truth import LINES, RowKind
from totalplace.sources import queries
from totalplace.sources.home import Home


def lines_judged(folder: Path, home: Home, scratch: Path) -> Iterator[Line]:
    """Every payment that is spending, with the service told and the true one, for `judging`.

    `scratch` is where a whole-place count left its lookups. What one counted agency paid another
    is left out: it stands under no service of a count. A payment that was not read at all is
    unclassified.
    """
    told = _told(home, scratch)
    with gzip.open(folder / "truth" / LINES, "rt", encoding="utf-8", newline="") as held:
        for line in csv.DictReader(held):
            if line["kind"] == RowKind.PAYMENT and not line["receiver"]:
                where = (line["agency"], Path(line["file"]).name, line["sheet"], int(line["row"]))
                yield Line(
                    told.get(where, UNCLASSIFIED),
                    line["service"],
                    line["telling"] == "True",
                    int(line["amount_pence"]),
                )


def _told(home: Home, scratch: Path) -> dict[tuple[str, str, str, int], str]:
    codes = [agency.code for agency in AGENCIES]
    tables = {(row.sha256, row.sheet): table_of(row) for row in queries.readings(agencies=codes)}
    holdings = {
        "payments": queries.holdings(home)["payments"],
        "purposes": [scratch / "purposes.parquet"],
    }
    rows = engines.ask("example_place/purposes_read", holdings, agencies=codes)
    return {
        (*tables[row["file"], row["sheet"]], row["row"]): row["service"]
        for row in rows
    }  # fmt: skip
