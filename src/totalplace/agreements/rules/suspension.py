"""Targets that stand still: what a place promised to reach hangs on what the centre promised.

Where a department is in breach of a promise, the targets that the promise names are suspended from
the first day of the breach until it ends: a place is not held to what was to be paid for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from totalplace.agreements.rules.breaches import Breach, open_by


def suspended(found: Iterable[Breach], *, centre: frozenset[str], on: date) -> Mapping[str, Breach]:
    """Targets that stand still on a day, each with the oldest breach by the centre it hangs on.

    From the first day of the breach until it ends; a breach of the place's own suspends nothing.
    """
    still: dict[str, Breach] = {}
    for one in open_by(found, on=on):
        if one.promise.by in centre:
            for target in one.promise.targets:
                still.setdefault(target, one)
    return still
