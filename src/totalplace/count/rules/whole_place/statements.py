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
    """One side of a body's books in one form. `pence` is None where the form leaves all blank.

    `lines` are those that have a value: two sides of one form may be of different lines, and are
    then not to be set against each other.
    """

    agency: str
    agency_name: str
    kind: Kind
    side: Side
    form: str
    source: str  # the document
    pence: int | None
    lines: int
    blank: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From gross to net in one form, in pence, over the lines for which it gives all three.

    `rest_pence` is what net is more than gross less income: rounding, or an error of the form.
    """

    agency: str
    kind: Kind
    form: str
    source: str
    gross_pence: int
    income_pence: int
    net_pence: int
    lines: int
    left_out: int  # lines for which the form gives only one or two of the three

    @property
    def rest_pence(self) -> int:
        """What the form does not explain."""
        return self.net_pence - (self.gross_pence - self.income_pence)


def statements(figures: Iterable[Figure]) -> list[Statement]:
    """Figures of returns added up by body, kind, form and side; each of its own lines.

    An item that begins with "budget" or "forecast" says so of itself; every other is outturn.
    """
    found: dict[tuple[str, str, Kind, Side, str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        kind, side = _read(f)
        if side is not None:
            found[_whose(f), f.body_name, kind, side, f.form, f.source].append(f)
    return [_statement(key, same) for key, same in sorted(found.items())]


def bridges(figures: Iterable[Figure]) -> list[Bridge]:
    """The way from gross to net of each body in each form that gives gross, income and net."""
    found: dict[tuple[str, Kind, str, str], dict[str, dict[Side, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for f in figures:
        kind, side = _read(f)
        if side in _BRIDGED and f.pence is not None:
            line = found[_whose(f), kind, f.form, f.source][f.line]
            line[side] = line.get(side, 0) + f.pence
    made = (_bridge(key, list(lines.values())) for key, lines in sorted(found.items()))
    return [bridge for bridge in made if bridge.lines]


_BRIDGED: Final = frozenset({Side.GROSS, Side.INCOME, Side.NET})


def _bridge(key: tuple[str, Kind, str, str], lines: list[dict[Side, int]]) -> Bridge:
    whole = [line for line in lines if len(line) == len(_BRIDGED)]
    gross, income, net = (
        sum(line[side] for line in whole) for side in (Side.GROSS, Side.INCOME, Side.NET)
    )
    return Bridge(*key, gross, income, net, len(whole), len(lines) - len(whole))


def _whose(figure: Figure) -> str:
    return figure.body or figure.body_name


def _read(figure: Figure) -> tuple[Kind, Side | None]:
    kind, item = Kind.OUTTURN, figure.item
    for early in (Kind.BUDGET, Kind.FORECAST):
        if item.startswith(str(early)):
            kind, item = early, item.removeprefix(str(early)).strip(" :") or COUNTED[0]
    return kind, Side.NET if item in COUNTED else _SIDES.get(item)


def _statement(key: tuple[str, str, Kind, Side, str, str], same: list[Figure]) -> Statement:
    known = [f.pence for f in same if f.pence is not None]
    pence = sum(known) if known else None
    return Statement(*key, pence, len(known), len(same) - len(known))
