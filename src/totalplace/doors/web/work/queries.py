"""What is being done, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from totalplace.doors.web.work import models
from totalplace.doors.web.work.rules import left_said, percent
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of work: how far it is, and what came of it once it ended."""

    id: int
    job: str
    about: str
    words: str
    by: str
    officer: str
    agency: str
    place: str
    back: str
    asked_at: datetime
    started_at: datetime | None
    doing: str
    unit: str
    done: int
    total: int | None
    seconds_left: int | None
    tries: int
    stop_asked_at: datetime | None
    stop_asked_by: str
    ended_at: datetime | None
    outcome: str
    outcome_words: str

    @property
    def is_under_way(self) -> bool:
        """Whether it is waiting or being done."""
        return self.ended_at is None

    @property
    def percent(self) -> int | None:
        """How much is done, from 0 to 100, where the whole is known."""
        return percent(self.done, self.total)

    @property
    def said(self) -> str:
        """How far it is, in a sentence."""
        if self.ended_at is not None:
            return self.outcome_words
        if self.stop_asked_at is not None:
            return "It is being stopped."
        if self.started_at is None:
            return "It is waiting for its turn."
        parts = [self.doing or self.words]
        if self.done or self.total:
            of = (
                f" of {'about ' if self.unit == 'rows' else ''}{self.total:,}" if self.total else ""
            )
            parts.append(f"{self.done:,}{of} {self.unit}".strip())
        return ": ".join(parts) + "."

    @property
    def left(self) -> str:
        """How long the rest is likely to take, in words; empty where that is not known."""
        return left_said(self.seconds_left) if self.is_under_way else ""


_SAME = tuple(WorkRow.__dataclass_fields__)


def _row(work: models.Work) -> WorkRow:
    return WorkRow(**{name: getattr(work, name) for name in _SAME})


def work(number: int) -> WorkRow:
    """A piece of work. Raises Refused where there is none of that number."""
    found = models.Work.objects.filter(pk=number).first()
    if found is None:
        raise Refused(
            f"There is no work {number}",
            why="none has that number",
            next_step="See what is being done on the page of your work",
        )
    return _row(found)


def asked_by(officer: str, *, most: int = 50) -> list[WorkRow]:
    """What an officer asked for, the latest first."""
    found = models.Work.objects.filter(officer=officer).order_by("-id")[:most]
    return [_row(each) for each in found]


def under_way(about: str, *, job: str = "") -> WorkRow | None:
    """The latest work about something that has not ended, or None."""
    found = models.Work.objects.filter(about=about, ended_at=None)
    if job:
        found = found.filter(job=job)
    latest = found.order_by("-id").first()
    return _row(latest) if latest else None


def latest(about: str, *, job: str = "") -> WorkRow | None:
    """The latest work about something, ended or not, or None."""
    found = models.Work.objects.filter(about=about)
    if job:
        found = found.filter(job=job)
    last = found.order_by("-id").first()
    return _row(last) if last else None
