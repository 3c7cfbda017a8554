"""The flow ledger: who paid whom, when and for what; and what is eliminated of it.

Final-spender basis: money is counted once, at the last counted body that pays staff, suppliers
or citizens. So what one counted body pays another is taken out of the payer's spending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

RECHARGE: Final = "recharge"  # what a body pays itself: its money changes its place in its books


class Treatment(StrEnum):
    """What the count does with a flow."""

    ELIMINATED = "eliminated"  # the receiver is counted: its own spending is counted instead
    PASSED_ON = "passed on"  # not spending of the payer, and the receiver is not counted
    KEPT = "kept"  # spending of the payer: the receiver is outside the count
    RULED_OUT = "kept by an officer"  # an officer has said that it is no transfer


@dataclass(frozen=True, slots=True)
class Flow:
    """What a body paid another in a financial year, of one nature. Pence are net of refunds."""

    payer: str  # code of the agency
    paid_to: str  # body that was paid, as recognised
    receiver: str  # body whose money it is: another than was paid, where it only passes it on
    year_start: int | None
    nature: str
    rows: int
    pence: int
    service: str = "unclassified"
    economic: str = "unknown"
    treatment: Treatment = Treatment.KEPT

    @property
    def through(self) -> str:
        """The body that passes it on, if any."""
        return "" if self.paid_to == self.receiver else self.paid_to


def treated(
    flows: Iterable[Flow],
    counted: Mapping[str, str],
    *,
    not_spending: Collection[str],
    staff: Collection[str] = (),
) -> list[Flow]:
    """Each flow with its treatment; what a body pays itself (recharges) is eliminated too.

    `counted` gives the agency of each counted body's code; `not_spending` are natures that are
    passed on, `staff` those that are a cost of the payer's staff. What an officer has ruled to be
    no transfer stays so.
    """
    done = []
    for flow in flows:
        treatment = Treatment.KEPT
        if flow.treatment is Treatment.RULED_OUT:
            treatment = Treatment.RULED_OUT
        elif flow.nature in staff:
            pass
        elif flow.receiver in counted:
            treatment = Treatment.ELIMINATED
        elif flow.nature in not_spending:
            treatment = Treatment.PASSED_ON
        done.append(replace(flow, treatment=treatment))
    return done


@dataclass(frozen=True, slots=True)
class Cell:
    """What one counted body paid another: as the payer says, and as the receiver says."""

    payer: str
    receiver: str  # agency code
    year_start: int | None
    rows: int
    paid_pence: int
    received_pence: int | None  # None where the receiver has said nothing

    @property
    def disagreement_pence(self) -> int | None:
        """How much more the payer says than the receiver; None where only one has spoken."""
        return None if self.received_pence is None else self.paid_pence - self.received_pence


@dataclass(frozen=True, slots=True)
class Matrix:
    """The elimination matrix: payers against receivers, for the years of a count."""

    cells: tuple[Cell, ...]

    @property
    def pence(self) -> int:
        """All that is eliminated."""
        return sum(cell.paid_pence for cell in self.cells)

    @property
    def transfers_pence(self) -> int:
        """What counted bodies paid each other; what they paid themselves is left out."""
        return sum(cell.paid_pence for cell in self.cells if cell.payer != cell.receiver)

    @property
    def rows(self) -> int:
        """Payments that are eliminated."""
        return sum(cell.rows for cell in self.cells)

    @property
    def disagreements(self) -> tuple[Cell, ...]:
        """Where payer and receiver differ, or the receiver reports what no payer shows."""
        return tuple(c for c in self.cells if c.disagreement_pence)

    def paid_by(self, payer: str) -> int:
        """What is taken out of a payer's spending."""
        return sum(c.paid_pence for c in self.cells if c.payer == payer)


Between = tuple[str, str, int | None]  # payer, receiver, year


def matrix(
    flows: Sequence[Flow],
    counted: Mapping[str, str],
    received: Mapping[Between, int] | None = None,
) -> Matrix:
    """The flows that are eliminated, added up by payer, receiver and year.

    `received` is what receivers report to have got, in pence; what no payer shows is a cell of
    nothing paid, so that the disagreement is seen.
    """
    rows: dict[Between, int] = defaultdict(int)
    pence: dict[Between, int] = defaultdict(int)
    for flow in flows:
        if flow.treatment is Treatment.ELIMINATED:
            key = (flow.payer, counted[flow.receiver], flow.year_start)
            rows[key] += flow.rows
            pence[key] += flow.pence
    told = received or {}
    keys = sorted({*pence, *told}, key=lambda k: (k[2] or 0, k[0], k[1]))
    return Matrix(tuple(Cell(*key, rows[key], pence[key], told.get(key)) for key in keys))


def left_in(flows: Iterable[Flow]) -> list[Flow]:
    """Payments to public bodies that are not eliminated, the largest first, and why they stay."""
    kept = [f for f in flows if f.treatment is not Treatment.ELIMINATED]
    return sorted(kept, key=lambda f: (-abs(f.pence), f.payer, f.receiver, f.nature))
