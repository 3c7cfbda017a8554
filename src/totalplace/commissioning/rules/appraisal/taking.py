"""Taking a row of an appraisal's table apart: each cell as what it must be, or a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar

from totalplace.commissioning.rules.appraisal.headings import Fault, Row
from totalplace.commissioning.rules.appraisal.terms import NOUGHT, ONE, Number, Shape
from totalplace.money.years import FinancialYear

Word = TypeVar("Word", bound=StrEnum)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST: Final = 1_000  # letters of a cell
_LARGEST: Final = Decimal(10) ** 12
_FINEST: Final = 12  # digits after the point
_FIRST_LETTER: Final = 32  # of ASCII: those before it are not seen
_YEARS: Final = range(1948, 2201)
_PENCE: Final = Decimal(100)


@dataclass(slots=True)
class Taking:
    """One row of a table, and the faults found so far in all of them."""

    table: str
    row: Row
    faults: list[Fault] = field(default_factory=list)

    def fault(self, head: str, why: str, next_step: str) -> None:
        """Say what is wrong under a heading."""
        found = self.row.said.get(head, "")
        self.faults.append(Fault(self.table, self.row.at, head, found, why, next_step))

    def text(self, head: str, *, needed: bool = True) -> str:
        """Words in one line."""
        said = self.row.said.get(head, "").strip()
        if needed and not said:
            self.fault(head, "Nothing is there", "Write it in words")
        if len(said) > _LONGEST:
            self.fault(head, f"is longer than {_LONGEST:,} letters", "Shorten it")
            return said[:_LONGEST]
        if any(ord(letter) < _FIRST_LETTER for letter in said):
            self.fault(head, "has a line break or a letter that is not seen", "Write one line")
        return said

    def code(self, head: str) -> str:
        """A code, by which other rows and the draws find this one."""
        said = self.text(head)
        if said and not _CODE.fullmatch(said):
            self.fault(head, "is no code", "Use letters, digits, dots and dashes, 64 at most")
        return said

    def word(self, head: str, kinds: type[Word], otherwise: Word | None = None) -> Word | None:
        """One of the words of a closed list; `otherwise` where nothing is there."""
        said = self.row.said.get(head, "").strip().casefold()
        if not said and otherwise is not None:
            return otherwise
        for kind in kinds:
            if said == kind.value:
                return kind
        known = ", ".join(kind.value for kind in kinds)
        self.fault(head, "is none of the words that belong here", f"Write one of: {known}")
        return None

    def yes(self, head: str) -> bool:
        """Yes, or no where nothing is there."""
        said = self.row.said.get(head, "").strip().casefold()
        if said not in ("", "yes", "no"):
            self.fault(head, "is neither yes nor no", "Write yes or no")
        return said == "yes"

    def whole(self, head: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        found = self.decimal(head)
        if found is None:
            return None
        if found != int(found) or not least <= found <= most:
            self.fault(head, "cannot be", f"Write a whole number from {least} to {most:,}")
            return None
        return int(found)

    def year(self, head: str) -> int | None:
        """A financial year, as the calendar year in which it begins."""
        said = self.row.said.get(head, "").strip()
        if not said:
            self.fault(head, "Nothing is there", "Write a financial year, such as 2026-27")
            return None
        try:
            found = FinancialYear.parse(said).start
        except ValueError:
            self.fault(head, "is no financial year", "Write it as 2026-27")
            return None
        if found not in _YEARS:
            self.fault(head, "is not of our time", f"Write a year from {_YEARS[0]} to {_YEARS[-1]}")
            return None
        return found

    def decimal(self, head: str, *, needed: bool = True) -> Decimal | None:
        """A number; per cent are turned into a fraction. None where nothing is there."""
        said = self.row.said.get(head, "").strip()
        if not said:
            if needed:
                self.fault(head, "Nothing is there", "Write a number: blank is not nought")
            return None
        per_cent = said.endswith("%")
        plain = said.removesuffix("%").replace(",", "").removeprefix("£").strip()
        try:
            found = Decimal(plain)
        except InvalidOperation:
            self.fault(head, "is no number", "Write it such as 1250.50, or 12%")
            return None
        if not found.is_finite() or abs(found) > _LARGEST:
            self.fault(head, "is too large", f"Write a number up to {_LARGEST:,.0f}")
            return None
        if per_cent:
            found /= 100
        exponent = found.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > _FINEST:
            found = round(found, _FINEST)
        return found

    def pence(self, head: str) -> int | None:
        """A sum in pounds, as whole pence, at or above nought; None where nothing is there."""
        found = self.decimal(head, needed=False)
        if found is None:
            return None
        if found < 0:
            self.fault(head, "is below nought", "A cost is above nought; what is saved is a gain")
            return None
        if found * _PENCE != int(found * _PENCE):
            self.fault(head, "has a part of a penny", "Write pounds and whole pence")
            return None
        return int(found * _PENCE)

    def number(
        self, three: tuple[str, str, str], *, share: bool, source: str = "Source"
    ) -> Number | None:
        """A low, a middle and a high with their source; only a middle: it is certain."""
        low, mid, high = (self.decimal(head, needed=head == three[1]) for head in three)
        if mid is None:
            return None
        if (low is None) != (high is None):
            self.fault(three[0] if low is None else three[2], "Nothing is there",
                       "Give a low and a high, or neither")  # fmt: skip
            return None
        low, high = (mid if one is None else one for one in (low, high))
        if not low <= mid <= high:
            self.fault(three[1], "does not lie between its low and its high", "Put them in order")
            return None
        if share and not (low >= NOUGHT and high <= ONE):
            self.fault(three[1], "is no share", "Write it from 0 to 1, or in per cent such as 40%")
            return None
        shape = self.word("Shape", Shape, Shape.TRIANGLE) or Shape.TRIANGLE
        if low == high:
            shape = Shape.TRIANGLE  # what is certain has none
        if source != "Source":
            return Number(low, mid, high, shape, self.text(source, needed=False))
        said, address = (self.text(head, needed=False) for head in ("Source", "Address"))
        return Number(low, mid, high, shape, said, address)
