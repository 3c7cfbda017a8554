"""What may be sent: words of a length, days of our time, and nothing that is not asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

# No act of this service is about a day outside of these; computing with the last days there are
# would leave the calendar.
_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2199, 12, 31)


def _of_our_time(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise ValueError(f"a day lies between {_FIRST_DAY} and {_LAST_DAY}")
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
OptionalLine = Annotated[str, Field(max_length=500)]
Words = Annotated[str, Field(min_length=1, max_length=10_000)]
OptionalWords = Annotated[str, Field(max_length=10_000)]
Pence = Annotated[int, Field(ge=-(10**15), le=10**15)]


class Said(Schema):
    """What is sent with an act. What is not asked for is refused: it would be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Reason(Said):
    """Why something is done."""

    reason: Words
