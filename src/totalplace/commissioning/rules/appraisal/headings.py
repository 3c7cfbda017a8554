"""The headings of an appraisal's tables, which its workbook and its text have alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

ABOUT: Final = "Appraisal"
COSTS: Final = "Costs"
OUTCOMES: Final = "Outcomes"
NUMBERS: Final = "Numbers"
GAINS: Final = "Gains"
PRICES: Final = "Prices"
YEAR: Final = "Year {}"  # of a cost: the first is 1
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    ABOUT: ("Title", "Option", "Otherwise", "First year", "Years", "Prices of", "May not pay",
            "Notes"),
    COSTS: ("Code", "What", "Who pays", "Met with", "Grade", "Prices of", "Times low",
            "Times high", "Source", "Address"),
    OUTCOMES: ("Code", "Outcome", "Counted in", "Grade", "Intakes", "Begins after", "Lasts",
               "Evidence"),
    NUMBERS: ("Outcome", "Number", "Low", "Middle", "High", "Shape", "Source", "Address"),
    GAINS: ("Outcome", "Code", "Gain", "Who gains", "Kind", "Prices of", "Low", "Middle", "High",
            "Shape", "Source", "Address", "Cashable low", "Cashable middle", "Cashable high",
            "Cashable source", "Health"),
    PRICES: ("Year", "Index", "Source"),
}  # fmt: skip
MAY_BE_EMPTY: Final = frozenset({"May not pay", "Notes", "Shape", "Source", "Address"})
MOST_ROWS: Final = 400  # of a table


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands (row of a sheet, line of a text), and what it says."""

    at: int
    said: Mapping[str, str]


Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which row and under which heading, and what to do about it."""

    table: str
    at: int
    head: str
    found: str
    why: str
    next_step: str


def heads(table: str, years: int) -> tuple[str, ...]:
    """The headings of a table; a cost has one more for each year."""
    found = HEADS[table]
    if table == COSTS:
        found += tuple(YEAR.format(n) for n in range(1, years + 1))
    return found
