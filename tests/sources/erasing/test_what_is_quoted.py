"""What is said of files quotes no payee, so that an erasure finds nothing of one in the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb
import pytest

from totalplace.example_place import write_example
from totalplace.example_place.taking_in import take_in
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.sources import queries
from totalplace.sources.erasing.actions import Erased
from totalplace.sources.home import Home
from totalplace.sources.models import Reading
from totalplace.sources.rules.erasure import folded

pytestmark = pytest.mark.django_db

SCALE: Final = 0.02


def payees(home: Home) -> dict[str, set[str]]:
    """Payees, folded, that are no redactions and no agency, each with the files that it is in."""
    parts = [str(path) for path in queries.holdings(home)["payments"]]
    rows = duckdb.read_parquet(parts).filter("NOT redacted").aggregate("payee, file")
    agencies = " ".join({folded(f.agency_name) for f in queries.readings()})
    found: dict[str, set[str]] = defaultdict(set)
    for payee, file in rows.fetchall():
        found[folded(payee)].add(file)
    return {p: files for p, files in found.items() if " " in p and p not in agencies}


def test_no_reading_and_no_entry_of_the_example_place_quotes_a_payee(
    home: Home, tmp_path: Path, noon: datetime, erased: Callable[..., Erased],
    traces: Callable[..., list[str]], held_pence: Callable[[], dict[str, tuple[int, int]]],
) -> None:  # fmt: skip
    write_example(tmp_path / "place", seed=4, scale=SCALE)
    for _ in take_in(
        tmp_path / "place", home=home, by=Operator("Ada"), on=noon, seen=lambda path: None
    ):
        pass
    readings = " ".join(
        folded(str([r.document, r.sheet, r.columns, r.unsure, r.notices]))
        for r in Reading.objects.all()
    )
    entries = " ".join(folded(str(entry)) for entry in record.entries())
    every = payees(home)
    assert len(every) > 500
    assert [p for p in every if p in readings or p in entries] == []
    before = held_pence()
    for payee, files in [(p, f) for p, f in sorted(every.items()) if len(f) == 1][
        :: len(every) // 9
    ]:
        assert len(traces(payee)) > 1
        done = erased(min(files), payee)
        assert traces(payee) == [] or done.firms
    assert held_pence() == before
