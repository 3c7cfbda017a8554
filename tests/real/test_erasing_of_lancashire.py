"""Payees erased from files as a district, the police and a fire service published them.

Which payees is found out here and not written down: any with a name that no other has within it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Protocol

import duckdb
import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import queries
from totalplace.sources.erasing.actions import Grounds, erase
from totalplace.sources.erasing.queries import preview, proved
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home
from totalplace.sources.rules.erasure import Eraser, folded, name_of

GROUNDS: Final = Grounds("UK GDPR article 17(1)(d)", "Published by mistake")
# The sums that were computed from the same files by other means; see QUIRKS.md beside them.
PENCE_OF_HYNDBURN: Final = 1_882_551_048 + 9_411_341_707
Rows = list[tuple[Any, ...]]


class Published(Protocol):
    """What the fixture `published` can do."""

    home: Home
    folder: Any

    def payments(self, agency: str, pattern: str) -> None:
        """Take in an agency's files of payments."""


def held(home: Home, columns: str) -> Rows:
    parts = [str(path) for path in queries.holdings(home)["payments"]]
    return duckdb.read_parquet(parts).project(columns).order("ALL").fetchall()


FIGURES: Final = "file, sheet, row, kind, amount_pence, net_pence, vat_pence, paid_on, copy"


def some_payees(home: Home, sha256: str) -> Iterator[str]:
    """Payees of a file that have several words, none of them within another's name."""
    rows = held(home, "file, payee, redacted")
    every = {payee for _, payee, _ in rows if payee}
    own = Counter(payee for file, payee, hidden in rows if file == sha256 and not hidden)
    for payee, _ in own.most_common():
        folds = folded(payee)
        alone = not any(folds in folded(other) and folded(other) != folds for other in every)
        if " " in folds and alone and folded(payee).isascii():
            yield payee


def texts(home: Home) -> Iterator[str]:
    """Every cell that is held, and every byte of the copies, as text."""
    for row in held(home, "payee, unit, purpose, detail, reference"):
        yield " ".join(row)
    for fault in queries.faults(home, queries.files()):
        yield " ".join((fault.found, fault.column, *fault.cells))


def test_payees_of_a_district_are_erased_from_every_file_and_no_penny_moves(
    published: Published, noon: datetime
) -> None:
    places.register_agency("hyndburn", by=Operator("Ada"), on=noon)
    published.payments("hyndburn", "spend_lancashire/hyndburn_raw/*.csv")
    home = published.home
    before = held(home, FIGURES)
    assert sum(row[4] for row in before) == PENCE_OF_HYNDBURN
    files = queries.files()
    often = next(some_payees(home, files[0].sha256))
    eraser = Eraser(name_of(often))
    named = {row[0] for row in held(home, "file, payee") if eraser.is_name(row[1])}
    assert len(named) > 6
    for sha256 in named:
        done = erase(home, sha256, often, grounds=GROUNDS, by=Operator("Ben"), on=noon)
        assert (done.removed_why, done.rows > 0) == ("", True)
    assert not any(eraser.stands_in(text) for text in texts(home))
    for copy in home.originals.iterdir():
        for coding in ("cp1252", "utf-8"):
            assert not eraser.stands_in(copy.read_bytes().decode(coding, "replace"))
    assert preview(home, files[0].sha256, often).rows == ()
    assert held(home, FIGURES) == before
    assert all(v.sound for v in verified(home))


@pytest.mark.parametrize(
    ("agency", "file"),
    [
        ("hyndburn", "hyndburn_raw/hyndburn-2025-03__March-25-CSV.csv"),
        ("hyndburn", "hyndburn_raw/hyndburn-2024-10__Oct-24-CSV.csv"),
        ("police", "police_raw/pcc-2023-24.xlsx"),
        ("fire", "fire_raw/fire-2023-24.xlsx"),
    ],
)
def test_of_each_form_the_copy_is_kept_without_the_name_and_proves_the_rows(
    agency: str, file: str, published: Published, noon: datetime
) -> None:
    places.register_agency(agency, by=Operator("Ada"), on=noon)
    published.payments(agency, f"spend_lancashire/{file}")
    home = published.home
    (only,) = queries.files()
    before = held(home, FIGURES)
    payee = next(some_payees(home, only.sha256))
    done = erase(home, only.sha256, payee, grounds=GROUNDS, by=Operator("Ben"), on=noon)
    assert (done.removed_why, done.rows > 1) == ("", True)
    assert held(home, FIGURES) == before
    eraser = Eraser(name_of(payee))
    assert not any(eraser.stands_in(text) for text in texts(home))
    assert all(v.sound for v in verified(home))
    assert [p.holds for p in proved(published.folder / "spend_lancashire" / file)] == [True]
