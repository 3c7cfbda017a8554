"""Who acts in the example place, and when: days are counted back from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from totalplace.places.rules.mandates import Who


@dataclass(frozen=True, slots=True)
class Course:
    """Who does what is done, and the moment from which days are counted back."""

    by: Who
    now: datetime

    def day(self, before: int) -> date:
        """The day so many days ago."""
        return self.now.date() - timedelta(days=before)

    def at(self, before: int, hour: int = 12) -> datetime:
        """An hour of the day so many days ago."""
        return datetime.combine(self.day(before), time(hour), tzinfo=UTC)
