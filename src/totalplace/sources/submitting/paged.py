"""What was given in, some at a time, after a number: none is missed, and none told twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting.queries import SubmissionRow, _rows, _standing


@dataclass(frozen=True, slots=True)
class Asked:
    """Submissions of which agencies, and in which stage; None: in any."""

    agencies: Collection[str]
    stage: Stage | None = None


def submissions(asked: Asked, *, after: int, limit: int) -> list[SubmissionRow]:
    """The submissions after a number, in turn, at most so many."""
    return _rows(_wanted(asked).filter(pk__gt=after).order_by("pk")[:limit])


def how_many(asked: Asked) -> int:
    """How many there are in all."""
    return int(_wanted(asked).count())


def _wanted(asked: Asked) -> QuerySet[Any]:
    rows = _standing().filter(agency__code__in=list(asked.agencies))
    return rows if asked.stage is None else rows.filter(stands=asked.stage.value)
