"""The financial year of public bodies: 1 April to 31 March."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

_WRITTEN: Final = re.compile(r"(\d{4})(?:\s*[-/\u2010-\u2015]\s*(\d{4}|\d{2}))?", re.ASCII)
_APRIL: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """A year from 1 April to 31 March, known by the calendar year it starts in."""

    start: int

    def __post_init__(self) -> None:
        """Refuse a year that has no place in the calendar: ValueError."""
        if not date.min.year <= self.start < date.max.year:
            raise ValueError(f"{self.start} is not a year that a financial year can start in")

    @classmethod
    def of(cls, day: date) -> Self:
        """The financial year that a day falls in."""
        return cls(day.year if day.month >= _APRIL else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2024-25, 2024/25, 2024-2025 or 2024 (the year that starts in April 2024).

        Raises ValueError for any other text, and where the second year does not follow the first.
        """
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"{text!r} is not a financial year such as 2024-25")
        first, second = written.groups()
        following = str(int(first) + 1)
        if second is not None and following[-len(second) :] != second:
            raise ValueError(f"{text!r} is not one year: {second} does not follow {first}")
        return cls(int(first))

    @property
    def label(self) -> str:
        """The year as it is written: 2024-25."""
        return f"{self.start:04d}-{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, _APRIL, 1)

    @property
    def last_day(self) -> date:
        """31 March of the next calendar year."""
        return date(self.start + 1, 3, 31)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its twelve months, April first."""
        months = [(self.start, month) for month in range(_APRIL, 13)]
        months += [(self.start + 1, month) for month in range(1, _APRIL)]
        return tuple(date(year, month, 1) for year, month in months)

    def __str__(self) -> str:
        return self.label
