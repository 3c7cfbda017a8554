"""What the watch sees, in the words and rows that its pages, papers, files and API all show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.monitoring.rules.findings import UNSURE
from totalplace.monitoring.rules.seen import Change, Seen, Sign
from totalplace.monitoring.rules.telling import name_of, value_said
from totalplace.monitoring.rules.watched import Point, Subject, Watched

# The most serious first; what cannot be told stands before what is quiet.
SERIOUS: Final = (
    Sign.WORSE, Sign.CHANGED, Sign.PERHAPS_WORSE, Sign.PERHAPS_CHANGED, Sign.BETTER,
    Sign.PERHAPS_BETTER, Sign.SET_ASIDE, Sign.TOO_FEW, Sign.STEADY,
)  # fmt: skip
NEWS: Final = frozenset({Sign.WORSE, Sign.CHANGED, Sign.PERHAPS_WORSE, Sign.PERHAPS_CHANGED})
_OFTEN, _YEARLY = 1.25, 0.75  # false alarms a year, from which on words change
_LARGEST: Final = 1e300
_MANY: Final = 1_000  # times an alarm's weight; more says no more


@dataclass(frozen=True, slots=True)
class Line:
    """A series as it stands on a page: what is watched, what is seen, and one sentence of it."""

    watched: Watched
    seen: Seen
    sentence: str

    @property
    def short(self) -> str:
        """The sentence without the name of the series, for where that stands beside it."""
        rest = self.sentence.removeprefix(name_of(self.watched)).lstrip(": ")
        return rest[:1].upper() + rest[1:]

    @property
    def is_news(self) -> bool:
        """Whether it asks for a look: worse, or changed either way, certain or not."""
        return self.seen.sign in NEWS

    @property
    def latest(self) -> Point | None:
        """The last figure that may be news."""
        return self.watched.latest


@dataclass(frozen=True, slots=True)
class Group:
    """The series of a subject: those to look at, the most serious first; the others by sign."""

    subject: Subject
    news: tuple[Line, ...]
    quiet: tuple[tuple[Sign, tuple[Line, ...]], ...]

    @property
    def heading(self) -> str:
        """As a page is headed by it."""
        return HEADINGS[self.subject]


HEADINGS: Final = {
    Subject.OUTCOME: "Results for people",
    Subject.EXPERIENCE: "Citizens’ experience",
    Subject.ENTITLEMENT: "National entitlements",
    Subject.DELIVERY: "Delivery",
    Subject.MONEY: "Money",
    Subject.CAPACITY: "Capacity and competency",
    Subject.PARTNERSHIP: "Quality of partnership",
}
QUIET_WORDS: Final = {  # what is listed without a row of its own, in this order
    Sign.BETTER: "Better",
    Sign.PERHAPS_BETTER: "Better, not certain",
    Sign.STEADY: "No sign of change",
    Sign.TOO_FEW: "Too early to say",
    Sign.SET_ASIDE: "Cannot be watched as it stands",
}


def serious(line: Line) -> tuple[int, bool, float, str]:
    """What lines are put in order by: sign, protected ones first, then the surest."""
    now = line.seen.now
    times = now.evidence / now.limit if now is not None and now.limit > 0 else 0.0
    return SERIOUS.index(line.seen.sign), not line.watched.protected, -times, line.watched.title


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Lines by subject, the subject with the most serious news first."""
    ordered = sorted(lines, key=serious)
    subjects = sorted(
        {line.watched.subject for line in ordered},
        key=lambda subject: (
            min(SERIOUS.index(one.seen.sign) for one in ordered if one.watched.subject is subject),
            list(Subject).index(subject),
        ),
    )
    return [_group(subject, [one for one in ordered if one.watched.subject is subject])
            for subject in subjects]  # fmt: skip


def _group(subject: Subject, lines: Sequence[Line]) -> Group:
    quiet = []
    for sign in QUIET_WORDS:
        those = tuple(one for one in lines if one.seen.sign is sign)
        quiet += [(sign, those)] if those else []
    return Group(subject, tuple(one for one in lines if one.is_news), tuple(quiet))


def counted(lines: Iterable[Line]) -> list[tuple[Sign, int]]:
    """How many series stand under each sign, the most serious first; none of none."""
    signs = [line.seen.sign for line in lines]
    return [(sign, signs.count(sign)) for sign in SERIOUS if sign in signs]


def promise_words(promise: float, series: int) -> str:
    """What the watch of a place promises, in a sentence. `promise` is false alarms a year."""
    what = "1 series, even if it is" if series == 1 else f"{series:,} series, even if all are"
    return (
        f"Of {what} healthy, this page may cry wolf {_at_the_most(promise)}; what is called not "
        "certain is wrong more often."
    )


def _at_the_most(promise: float) -> str:
    if promise >= _OFTEN:
        return f"up to {plainly(promise)} times a year"
    if promise >= _YEARLY:
        return "up to once a year"
    return f"at most once in {max(2, round(1 / promise)):,} years" if promise > 0 else "never"


def plainly(number: float) -> str:
    """A number without needless digits: 4, 2.5."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def said(watched: Watched, value: float | None) -> str:
    """A value in its series' unit, as a page shows it; empty where it is missing."""
    return "" if value is None else value_said(watched, value)


def between(watched: Watched, low: float | None, high: float | None) -> str:
    """A range in its series' unit; empty where an end is missing."""
    if low is None or high is None:
        return ""
    return f"{said(watched, low)} and {said(watched, high)}"


def since_words(change: Change) -> str:
    """Since when, and how far that may be off: 2021/22, perhaps since 2020/21."""
    if change.since_earliest == change.since_latest:
        return change.since.said
    first, last = change.since_earliest.said, change.since_latest.said
    return f"{change.since.said} (at the earliest {first}, at the latest {last})"


def beside_words(line: Line) -> str:
    """What stands beside a series in a list: its latest figure, and since when it is better."""
    latest, now = line.latest, line.seen.now
    if latest is None:
        return ""
    figure = said(line.watched, latest.value)
    if now is None:
        return figure
    return f"{figure}, from {said(line.watched, now.before)}, since {now.since.said}"


def sure_words(change: Change) -> str:
    """How sure, by its weight of evidence beside the one from which an alarm is raised."""
    if change.limit <= 0:
        return ""
    if change.sign in UNSURE:
        return "Not certain: less evidence than an alarm needs"
    times = change.evidence / change.limit
    if times >= _MANY:
        return f"Certain: more than {_MANY:,} times the evidence that an alarm needs"
    return f"Certain: {_times(times)} the evidence that an alarm needs"


def _times(times: float) -> str:
    return "just about" if times < 1.1 else f"{times:,.1f} times" if times < 10 else (
        f"{times:,.0f} times"
    )  # fmt: skip


HEADS: Final = (
    "subject", "code", "title", "area", "area_name", "sign", "latest", "latest_period", "standing",
    "unit", "better", "in_words", "since", "since_earliest", "since_latest", "told_at",
    "figures_late", "before", "after", "size", "size_low", "size_high", "evidence", "limit",
    "usual_low", "usual_high", "figures", "figures_needed", "protected",
)  # fmt: skip
Cell = str | int | float


def row(line: Line) -> tuple[Cell, ...]:
    """A line under the heads HEADS, with exact values; what is not known is empty, never zero."""
    one, seen, now, latest = line.watched, line.seen, line.seen.now, line.latest
    change: tuple[Cell, ...] = ("",) * 12
    if now is not None:
        change = (
            now.since.said, now.since_earliest.said, now.since_latest.said, now.told_at.said,
            now.points_late, now.before, now.after, now.size, now.size_low, now.size_high,
            finite(now.evidence), finite(now.limit),
        )  # fmt: skip
    return (
        one.subject.value, one.code, one.title, one.area, one.area_name, seen.sign.value,
        _or_empty(latest.value if latest else None), latest.period.said if latest else "",
        latest.standing.value if latest else "", one.unit, one.better.value, line.sentence,
        *change, _or_empty(seen.usual_low), _or_empty(seen.usual_high), seen.points,
        seen.short_by or "", "yes" if one.protected else "no",
    )  # fmt: skip


def _or_empty(value: float | None) -> Cell:
    return "" if value is None else value


def finite(value: float) -> float:
    """A weight of evidence as a file can hold it: what has no bound stands as the largest."""
    return min(value, _LARGEST)


POINTS: Final = (
    "period", "first_day", "last_day", "value", "unit", "standing", "why", "numerator",
    "denominator", "low", "high", "break_before",
)  # fmt: skip


def point_rows(watched: Watched) -> list[tuple[str | int | Decimal, ...]]:
    """The figures of a series under the heads POINTS; what is not known is empty, never zero."""
    rows: list[tuple[str | int | Decimal, ...]] = []
    before: date | None = None
    for point in watched.points:
        first = point.period.first_day
        breaks = [
            one.why for one in watched.breaks if before is not None and before < one.on <= first
        ]
        rows.append((
            point.period.said, first.isoformat(), point.period.last_day.isoformat(),
            exactly(point.value), watched.unit, point.standing.value, point.why,
            exactly(point.numerator), exactly(point.denominator), exactly(point.low),
            exactly(point.high), "; ".join(breaks),
        ))  # fmt: skip
        before = first
    return rows


def exactly(value: float | None) -> str | Decimal:
    """A number with all its digits; empty where it is missing."""
    return "" if value is None else Decimal(repr(float(value)))
