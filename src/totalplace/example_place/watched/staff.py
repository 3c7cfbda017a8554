"""Made-up returns of the county's staff: quarters of quiet, and then posts that nobody takes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from totalplace.monitoring.rules.capacity import Given, RoleSaid
from totalplace.outcomes.rules.periods import lasting

_QUARTERS: Final = 16
_POSTS: Final = 1_400  # tenths of whole-time social workers
_VACANT: Final = 0.08  # of posts, in quiet quarters
_LATELY, _VACANT_LATELY = 3, 0.19  # the last quarters, and what is vacant in them
_GIVEN_IN_AFTER: Final = 30  # days from the end of a quarter


def quarters(on: date, *, seed: int) -> Iterator[tuple[int, Given]]:
    """Each return with how many days before a day it was given in, the oldest first."""
    chance = random.Random(seed)
    last = on - timedelta(days=_GIVEN_IN_AFTER)
    over = (last.year * 12 + last.month - 1) // 3 * 3  # months; the first day after the last one
    for n in range(_QUARTERS):
        first = over - 3 * (_QUARTERS - n)
        period = lasting(date(first // 12, first % 12 + 1, 1), 3)
        vacant = _VACANT_LATELY if n >= _QUARTERS - _LATELY else _VACANT
        filled = round(_POSTS * (1 - vacant + chance.gauss(0, 0.006)))
        left = round(_POSTS * (0.03 + chance.gauss(0, 0.003)))
        role = RoleSaid("Children’s social workers", _POSTS, filled, leavers=left)
        given_in = period.last_day + timedelta(days=_GIVEN_IN_AFTER)
        yield (on - given_in).days, Given(period, (role,))
