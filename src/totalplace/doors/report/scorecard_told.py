"""The watch's own record in words and rows: the same for its page, its files and the API."""

from __future__ import annotations

from decimal import Decimal

from totalplace.monitoring.queries.scorecard import ScorecardRow
from totalplace.monitoring.rules.clocks import OnTime
from totalplace.monitoring.rules.replaying import Replayed
from totalplace.monitoring.rules.scorecard import Kept
from totalplace.readiness.rules.calibration import wilson

LEAST_ANSWERS = 10  # below which no share is told; this project's own
Cell = str | int | Decimal


def shown_range(kept: Kept) -> str:
    """How many false alarms such a count stands for: between 0.0 and 3.7."""
    low, high = kept.range
    return f"between {low:.1f} and {high:.1f}"


def on_time_words(one: OnTime) -> str:
    """How a side keeps its clocks, in a sentence."""
    if not one.due:
        return "Nothing was due yet."
    told = f"{one.in_time} of {one.due} in time"
    if one.late or one.unanswered:
        told += f", {one.late} late, {one.unanswered} not answered at all"
    if one.median_days is not None:
        days = f"{one.median_days:g}"
        told += f"; half of the answers came within {days} working day{'' if days == '1' else 's'}"
    if one.due < LEAST_ANSWERS:
        return f"{told}. Fewer than {LEAST_ANSWERS}: no share is told."
    low, high = wilson(one.in_time, one.due)
    return f"{told}. In time stands for between {low} and {high} per cent."


def table_rows(row: ScorecardRow) -> list[tuple[Cell, ...]]:
    """Every figure of the record: part, what, figure, range, of how many, and what it says."""
    kept = row.kept
    low, high = kept.range
    rows: list[tuple[Cell, ...]] = [
        ("alarms", "promised at the most", _two(kept.promised), "", "", _two(kept.years),
         "false alarms, over so many years of one place"),
        ("alarms", "raised", kept.raised, "", "", kept.raised, kept.words),
        ("alarms", "judged false", kept.false, _two(low), _two(high), kept.raised, ""),
        ("alarms", "judged real", kept.real, "", "", kept.raised, ""),
        ("alarms", "not judged yet", kept.open, "", "", kept.raised, ""),
        ("alarms", "in figures from before the watch began", row.older, "", "", row.older, ""),
    ]  # fmt: skip
    rows += [_replay(one) for one in row.replays]
    rows += [
        ("answers", f"in time, by the {one.side}", one.in_time, "", "", one.due, on_time_words(one))
        for one in row.on_time
    ]
    told = row.foretold
    rows.append((
        "readiness", "agreement of scores and results", _two(told.agreement), _two(told.low),
        _two(told.high), told.places, told.words,
    ))  # fmt: skip
    return rows


def _replay(one: Replayed) -> tuple[Cell, ...]:
    late = "" if one.points_late is None else one.points_late
    return ("failures of the past", one.replay.title, late, "", "", one.points_since, one.words)


def _two(value: float | None) -> str | Decimal:
    """A number with two decimals; empty where it is not known."""
    return "" if value is None else Decimal(f"{value:.2f}")
