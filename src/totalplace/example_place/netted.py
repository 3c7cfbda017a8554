"""The truth of the count by payments: what moves between counted bodies, and what is spent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from totalplace.example_place.between import FLOWS, in_year_pence, instalment_pence
from totalplace.example_place.counted import Spent, Told, Transfer
from totalplace.example_place.seasons import FIRST_YEAR, YEARS, label
from totalplace.example_place.truth import PublishedLine, RowKind

# A receiver that does not book what it was paid: the one planted disagreement.
DISPUTED: Final = ("EX-CC", "EX-DV", "2023-24")
_WHY: Final = {
    DISPUTED: "The receiver disputes the January instalment and holds it in suspense.",
    ("EX-FA", "EX-PC", "2023-24"): "The payer published nothing for November 2023.",
    **{
        ("EX-DQ", receiver, year): "The payer publishes its precepts from April 2024 only."
        for receiver in ("EX-CC", "EX-PC", "EX-FA")
        for year in ("2022-23", "2023-24")
    },
}


class Netting:
    """Adds up what is published as transfers between counted bodies, and as spending."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, ...]] = Counter()
        self._pence: Counter[tuple[str, ...]] = Counter()

    def add(self, year: str, lines: Iterable[PublishedLine]) -> None:
        """Take in the lines of a sheet that is published for a year; only payments count."""
        for line in lines:
            if line.kind != RowKind.PAYMENT or line.amount_pence is None:
                continue
            if line.receiver:
                through = "" if line.payee_agency == line.receiver else line.payee_agency
                key: tuple[str, ...] = (line.agency, line.receiver, through, year, line.nature)
            else:
                key = (line.agency, year, line.service, line.nature)
            self._rows[key] += 1
            self._pence[key] += line.amount_pence

    def transfers(self) -> tuple[Transfer, ...]:
        """What counted agencies paid each other."""
        keys = sorted(key for key in self._rows if len(key) == 5)
        return tuple(Transfer(*key, self._rows[key], self._pence[key]) for key in keys)

    def spent(self) -> tuple[Spent, ...]:
        """What is left to each agency, by its true service."""
        keys = sorted(key for key in self._rows if len(key) == 4)
        return tuple(Spent(*key, self._rows[key], self._pence[key]) for key in keys)


def told_by_both(transfers: Iterable[Transfer]) -> tuple[Told, ...]:
    """The elimination matrix as payers published it, beside what receivers got by their books."""
    paid = Counter[tuple[str, str, str]]()
    for transfer in transfers:
        paid[transfer.payer, transfer.receiver, transfer.year] += transfer.pence
    received = _received()
    return tuple(
        Told(*key, paid[key], received[key], "" if paid[key] == received[key] else _WHY[key])
        for key in sorted({*paid, *received})
    )


def _received() -> Counter[tuple[str, str, str]]:
    received = Counter[tuple[str, str, str]]()
    for flow in FLOWS:
        if not flow.received_by:
            continue
        for year in YEARS:
            key = (flow.payer, flow.received_by, label(year))
            received[key] += in_year_pence(flow, year)
            if key == DISPUTED:
                received[key] -= instalment_pence(flow, year - FIRST_YEAR)
    return received
