"""What a body says of a year as a whole: budget, forecast and outturn, each on its own basis.

None of these is added to another, nor to payments: they are the same money, looked at otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.count.rules.whole_place.from_returns import CAPITAL, COUNTED, Figure


class Kind(StrEnum):
    """When a figure was said: before the year, within it, or after it."""

    BUDGET = "budget"
    FORECAST = "forecast"
    OUTTURN = "outturn"


class Side(StrEnum):
    """Which side of a body's books a figure is of."""

    GROSS = "gross spending"
    INCOME = "income"
    NET = "net spending"
    CAPITAL = "building"


# Items of returns, as the forms name them (sources/definitions/returns). RSX: total expenditure
# less total income is net current expenditure (MHCLG, general fund revenue account outturn).
_SIDES: Final = {
    "total expenditure": Side.GROSS,
    "total income": Side.INCOME,
    CAPITAL: Side.CAPITAL,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One side of a body's books in one form. `pence` is None where the form leaves all blank."""

    agency: str
    agency_name: str
    kind: Kind
    side: Side
    form: str
    source: str  # the document
    pence: int | None
    blank: int  # services that the form leaves blank


@dataclass(frozen=True, slots=True)
class Bridge:
    """From gross to net in one form, in pence: gross less income, and what is left over.

    `rest_pence` is what net is more than gross less income: rounding, or services for which the
    form gives only one of the two.
    """

    gross_pence: int
    income_pence: int
    net_pence: int

    @property
    def rest_pence(self) -> int:
        """What the form does not explain."""
        return self.net_pence - (self.gross_pence - self.income_pence)


def statements(figures: Iterable[Figure]) -> list[Statement]:
    """Figures of returns added up by body, kind, form and side; of what is spent, not passed on.

    An item that begins with "budget" or "forecast" says so of itself; every other is outturn.
    """
    found: dict[tuple[str, str, Kind, Side, str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        kind, item = _kind(f.item)
        side = Side.NET if item in COUNTED else _SIDES.get(item)
        if side is not None:
            key = (f.body or f.body_name, f.body_name, kind, side, f.form, f.source)
            found[key].append(f)
    return [_statement(key, same) for key, same in sorted(found.items())]


def _kind(item: str) -> tuple[Kind, str]:
    for kind in (Kind.BUDGET, Kind.FORECAST):
        if item.startswith(str(kind)):
            return kind, item.removeprefix(str(kind)).strip(" :") or COUNTED[0]
    return Kind.OUTTURN, item


def _statement(key: tuple[str, str, Kind, Side, str, str], same: list[Figure]) -> Statement:
    agency, name, kind, side, form, source = key
    known = [f.pence for f in same if f.pence is not None]
    pence = sum(known) if known else None
    return Statement(agency, name, kind, side, form, source, pence, len(same) - len(known))


def bridge(said: Iterable[Statement], *, kind: Kind, form: str) -> Bridge | None:
    """The way from gross to net of one body in one form; None unless the form gives all three."""
    sums = {s.side: s.pence for s in said if s.kind is kind and s.form == form}
    gross, income, net = (sums.get(side) for side in (Side.GROSS, Side.INCOME, Side.NET))
    if gross is None or income is None or net is None:
        return None
    return Bridge(gross, income, net)
