"""The sheets of a case: their headings, and a row of one read cell by cell, each fault kept.

Sums and numbers are read as they are written, never through a float: £1.005 is refused, for there
is no half penny. What a cell lacks is None, never nought. Pure: cells in, faults out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from totalplace.money.years import FinancialYear
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.unsaved import NEXT_STEP, WHY

PLAN, OPTIONS, EFFECTS, PREVENTS = "Plan", "Options", "Effects", "Prevents"
WANTED, FUNDS, RULES, AREAS = "Wanted", "Funds", "Rules", "Areas"
# Every sheet with its headings, in the order in which they stand. Funds have a column a year too.
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    PLAN: ("What", "Value"),
    OPTIONS: (
        "Code", "Title", "Agency", "Pounds now", "Unit", "Pounds a unit", "Fixed pounds", "Area",
        "Group", "At least pounds", "At most units", "Most more units a year",
        "Most fewer units a year", "Units until returns slow", "Protected", "May close", "Funds",
        "Lines of the count",
    ),
    EFFECTS: (
        "Option", "Outcome", "Area", "Counted in", "Low", "Middle", "High", "Grade", "Source",
        "Address", "Years until it begins", "Years it lasts", "Share kept each year", "Accepted",
    ),
    PREVENTS: ("Option", "Prevents", "Units", "Years later"),
    WANTED: ("Outcome", "Area", "Title", "Counted in", "Gap", "Weight", "Health"),
    FUNDS: ("Code", "Title", "Holder", "Aligned", "Only what names it", "All is spent", "Source"),
    RULES: (
        "Code", "Title", "Kind", "Options", "Counted in", "At least", "At most", "Year", "Outcome",
        "Outcome's area", "Source",
    ),
    AREAS: ("Code", "Name", "People"),
}  # fmt: skip
NEED_NOT_BE: Final = (PREVENTS, RULES, AREAS)  # sheets that may be left out
NOTES: Final = "Notes"  # a sheet or a column of that name is a person's own, and is never read
KNOWN_EFFECTS: Final = "Known effects"  # published ones, to copy from
NOT_READ: Final = (NOTES, KNOWN_EFFECTS, "How to fill it in", "Faults")
# A place has some thousands of services; five outcomes each is much.
MOST_ROWS: Final[Mapping[str, int]] = {
    PLAN: 20, OPTIONS: 20_000, EFFECTS: 100_000, PREVENTS: 20_000, WANTED: 500, FUNDS: 500,
    RULES: 20_000, AREAS: 20_000,
}  # fmt: skip
ALL: Final = "all"  # by which a rule means every option
MOST_FAULTS: Final = 1_000  # listed; any beyond are counted
MOST_PENCE: Final = 10**15  # ten million million pounds: more than the whole of public spending
LONGEST: Final = 500  # letters of a cell
LONGEST_LIST: Final = 32_767  # letters of a list of options: the most that a cell of XLSX holds
_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", re.ASCII)
_NUMBER: Final = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
_MOST_DIGITS: Final = 15  # before the point
_MOST_KEPT: Final = 26  # in all
_SAID_YES: Final = {"yes", "y", "true", "1"}
_SAID_NO: Final = {"", "no", "n", "false", "0"}
Word = TypeVar("Word")


@dataclass(slots=True)
class Found:
    """The faults of a case as they are come upon; beyond so many they are only counted."""

    faults: list[SheetFault] = field(default_factory=list)
    beyond: int = 0

    def add(self, fault: SheetFault) -> None:
        """Keep a fault."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.beyond += 1

    def in_order(self) -> tuple[SheetFault, ...]:
        """The faults as a person goes through the workbook: by sheet, row and column."""
        return tuple(sorted(self.faults, key=_place))

    def __bool__(self) -> bool:
        return bool(self.faults)


def _place(fault: SheetFault) -> tuple[int, int, int, str]:
    names = list(HEADS)
    sheet = names.index(fault.sheet) if fault.sheet in names else len(names)
    column = fault.cell.rstrip("0123456789")
    return sheet, int(fault.cell[len(column) :]), len(column), column


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its cells as text by heading, where each stands, and where faults go."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    found: Found

    def fault(self, head: str, why: str, next_step: str) -> None:
        """Keep what is wrong in a cell."""
        where = f"{self.letters.get(head, 'A')}{self.number}"
        self.found.add(SheetFault(self.sheet, where, self.raw(head)[:200], why, next_step))

    def raw(self, head: str) -> str:
        """What stands in a cell, whatever it is."""
        return self.cells.get(head, "")

    def text(self, head: str, *, needed: bool = False, longest: int = LONGEST) -> str:
        """Words of a cell; none where they cannot be kept, which is a fault."""
        said = self.raw(head)
        if not said:
            if needed:
                self.fault(head, "Nothing is there", "Fill it in")
            return ""
        if len(said) > longest:
            self.fault(head, f"has {len(said):,} letters", f"Give at most {longest:,}")
        elif said.startswith("="):
            self.fault(head, WHY, NEXT_STEP)
        elif not said.isprintable():
            self.fault(head, "has a letter that cannot be seen", "Type it again")
        else:
            return said
        return ""

    def code(self, head: str, *, needed: bool = True) -> str:
        """A code: letters, digits, dots, underlines and hyphens."""
        said = self.text(head, needed=needed)
        if said and not _CODE.fullmatch(said):
            self.fault(head, "is no code", "Use letters, digits, dots and hyphens, at most 100")
            return ""
        return said

    def named(self, head: str, *, needed: bool = True) -> str:
        """A code that rules name, and so none that they would read as every option."""
        return self._not_all(head, self.code(head, needed=needed))

    def _not_all(self, head: str, said: str) -> str:
        if said.casefold() != ALL:
            return said
        self.fault(head, "is the word by which rules mean every option", "Give it another name")
        return ""

    def label(self, head: str, *, needed: bool = False) -> str:
        """A word that rules can ask for, as agencies, areas and groups are."""
        said = self._not_all(head, self.text(head, needed=needed))
        if any(mark in said for mark in (",", "=")) or " and " in f" {said.casefold()} ":
            why = "holds a comma, an equals sign or the word 'and', so that no rule could name it"
            self.fault(head, why, "Write it without")
            return ""
        return said

    def outcome(self, head: str) -> str:
        """What an outcome is known by, which no rule could take for a choice of options."""
        said = self._not_all(head, self.text(head, needed=True))
        if "=" in said:
            self.fault(
                head, "holds an equals sign, as a choice of options does", "Write it without"
            )
        return said

    def codes(self, head: str) -> tuple[str, ...]:
        """Codes with commas between, each once."""
        said = [part.strip() for part in self.text(head, longest=2_000).split(",")]
        parts = [part for part in said if part]
        same = [part.casefold() for part in parts]
        twice = next((parts[n] for n, part in enumerate(same) if part in same[:n]), None)
        if twice is not None:
            self.fault(head, f"names '{twice}' twice", "Name it once")
        return tuple(dict.fromkeys(parts))

    def yes(self, head: str) -> bool:
        """Yes or no; blank is no."""
        said = self.text(head).casefold()
        if said not in _SAID_YES | _SAID_NO:
            self.fault(head, "is neither yes nor no", "Write yes, or leave it blank")
        return said in _SAID_YES

    def number_of(self, head: str, *, needed: bool = False, mark: str = "") -> Decimal | None:
        """A number, exactly as it is written; None where the cell is blank or holds none.

        One `mark`, such as a sign of pounds, may stand in it.
        """
        said = self.text(head, needed=needed)
        if not said:
            return None
        read = _NUMBER.fullmatch(said.replace(mark, "", 1).strip() if mark else said)
        if read is None:
            self.fault(head, "is no number", "Write digits, such as 1250 or 0.75")
            return None
        sign, whole, part = read[1], read[2].replace(",", ""), read[3] or ""
        # No more digits than decimal arithmetic keeps (28), so that none is lost on the way.
        if len(whole) > _MOST_DIGITS or len((whole + part).lstrip("0")) > _MOST_KEPT:
            self.fault(head, "has more digits than any number here can need", "Look at it again")
            return None
        return Decimal(f"{sign}{whole}.{part or '0'}")

    def between(
        self, head: str, least: Decimal | int, most: Decimal | int, *, needed: bool = False
    ) -> Decimal | None:
        """A number from least to most."""
        value = self.number_of(head, needed=needed)
        if value is not None and not least <= value <= most:
            below = value < 0 <= least
            why = "is below nought" if below else f"is not from {least:,} to {most:,}"
            self.fault(head, why, f"Write a number from {least:,} to {most:,}")
            return None
        return value

    def whole(
        self, head: str, *, least: int = 0, most: int = 10**12, needed: bool = False
    ) -> int | None:
        """A whole number from least to most."""
        value = self.between(head, least, most, needed=needed)
        if value is None:
            return None
        if value != value.to_integral_value():
            self.fault(head, "is no whole number", "Write it without a part")
            return None
        return int(value)

    def pence(self, head: str, *, needed: bool = False, least: int = 0) -> int | None:
        """Pounds of a cell as pence, exactly. Below nought, or with parts of a penny: a fault."""
        value = self.number_of(head, needed=needed, mark="£")
        if value is None:
            return None
        pence = value * 100
        if value < 0:
            self.fault(head, "is a sum below nought", "Spending and funds are nought or more")
        elif pence != pence.to_integral_value():
            why = "has parts of a penny, and money is kept in whole pence"
            self.fault(head, why, "Write pounds with two digits for the pence, such as 1250000.50")
        elif pence > MOST_PENCE:
            self.fault(head, "is more money than there is", "Write pounds, not pence")
        elif pence < least:
            self.fault(head, "is nothing", "Write a sum above nought, or leave it blank")
        else:
            return int(pence)
        return None

    def one_of(self, head: str, known: Mapping[str, Word], *, blank: Word | None) -> Word | None:
        """A word of a closed list, in any case."""
        said = self.text(head, needed=blank is None)
        if not said:
            return blank
        word = known.get(said.casefold())
        if word is None:
            self.fault(head, "is none that is known", f"Write one of: {', '.join(known)}")
        return word


def cell_text(value: object) -> str:
    """A cell as a person reads it: blanks folded, a number in its own digits."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            exact = Decimal(repr(value))
            if not exact.is_finite() or (abs(exact.adjusted()) > _MOST_KEPT and value):
                return str(value)  # 1e+300, which is no number of a case
            said = f"{exact:f}"
            return said.rstrip("0").rstrip(".") if "." in said else said
        case Decimal() if value.is_finite():
            return cell_text(f"{value:f}")
        case date():
            return value.isoformat()
        case _:
            return " ".join(str(value).split())


def year_of(said: str) -> int | None:
    """The calendar year in which a financial year begins; None where it is none."""
    try:
        return FinancialYear.parse(said).start
    except ValueError:
        return None
