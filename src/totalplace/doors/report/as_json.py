"""The count as JSON, for other programs: the field names are those of the count itself."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from totalplace.count.rules.published import Count


def as_json(count: Count) -> str:
    """The whole count. Money is in whole pence; a month is the date of its first day."""
    return json.dumps(shown(count), default=_day, indent=2, ensure_ascii=False)


def shown(count: Count) -> dict[str, Any]:
    """The count as plain values, but for dates, with what is computed of it."""
    said = asdict(count)
    said["agrees"] = count.agrees
    for year, counted in zip(said["agency_years"], count.agency_years, strict=True):
        year["months_held"] = counted.months_held
        year["months_missing"] = list(counted.months_missing)
    return said


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
