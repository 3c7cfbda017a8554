"""What is seen in a series, in words that a councillor would use: one sentence, then why.

Nothing is said that was not measured: where nobody said what change matters, that is said; where
no country or similar place could be looked at, that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.monitoring.rules.comparing import Compared, Whose
from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Point, Standing, Watched
from totalplace.outcomes.rules.indicators import CLOSE_UNITS
from totalplace.outcomes.rules.periods import Period

_BACK: Final = 0.25  # of a fall: with less of it left, it is back at about where it was
_NAMED: Final = 4  # similar places that are named; more are counted


@dataclass(frozen=True, slots=True)
class Told:
    """A series in words. `headline` alone says it from a distance; empty parts say nothing."""

    sign: Sign
    headline: str
    since: str = ""
    sure: str = ""
    big: str = ""
    beside: str = ""
    also: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in the order in which it is read, the headline first."""
        said = (self.headline, self.since, self.sure, self.big, self.beside, self.also)
        return (*filter(None, said), *self.notes)


def sentences(
    seen: Seen,
    watched: Watched,
    compared: Compared | None = None,
    *,
    chance: float | None = None,
    also: Sequence[str] = (),
) -> Told:
    """What is seen, told.

    `chance` is how many false alarms a year were promised on this series alone. `also` are the
    titles of what else in the place moved at that time.
    """
    change = seen.now
    if change is None:
        return Told(seen.sign, _unmoved(seen, watched), notes=(*seen.notes, *watched.notes))
    return Told(
        sign=seen.sign,
        headline=_moved(change, seen, watched),
        since=_since(change),
        sure=_sure(change, chance),
        big=f"{_big(change, watched)} {_where_it_was(change, seen, watched)}".strip(),
        beside=_beside(watched, compared),
        also=_also(also),
        notes=(*seen.notes, *watched.notes),
    )


def value_said(watched: Watched, value: float | None) -> str:
    """A value in its unit, as a page shows it; `missing` where there is none."""
    if value is None:
        return "missing"
    number = _bare(watched, value)
    sign = "-" if value < 0 and float(number.replace(",", "")) else ""  # no "-0.0"
    if watched.unit.startswith("£"):
        return f"{sign}£{number}{watched.unit[1:]}"
    close = watched.unit in CLOSE_UNITS or not watched.unit
    return f"{sign}{number}{'' if close else ' '}{watched.unit}"


def size_said(watched: Watched, size: float) -> str:
    """A difference between two values, without its sign: 9.3 percentage points."""
    if watched.unit in CLOSE_UNITS:
        number = f"{abs(size):,.{watched.decimals}f}"
        return f"{number} percentage point{'' if float(number.replace(',', '')) == 1 else 's'}"
    return value_said(watched, abs(size))


def name_of(watched: Watched) -> str:
    """A series as a sentence begins with it: Persistent absence in Wexshire."""
    area = watched.area_name
    return watched.title if not area or area in watched.title else f"{watched.title} in {area}"


_NOW: Final = {
    Sign.WORSE: "worse", Sign.PERHAPS_WORSE: "worse, but not certain",
    Sign.BETTER: "better", Sign.PERHAPS_BETTER: "better, but not certain",
    Sign.CHANGED: "changed", Sign.PERHAPS_CHANGED: "changed, but not certain",
}  # fmt: skip


def _moved(change: Change, seen: Seen, watched: Watched) -> str:
    latest = watched.latest
    now, when = value_said(watched, change.after), "now"
    if latest is not None:
        now, when = value_said(watched, latest.value), f"in {latest.period.said}"
    sign = _NOW.get(seen.sign, _NOW.get(change.sign, "changed"))
    provisional = latest is not None and latest.standing is Standing.PROVISIONAL
    before = f"where it was about {value_said(watched, change.before)} before."
    odd = " The latest figure is provisional." if provisional else ""
    if latest is not None and not _shows(latest, change):
        level = value_said(watched, change.after)
        odd = f" The latest figure alone, {now} {when}, does not show it.{odd}"
        return f"{name_of(watched)}: {sign}, at about {level}, {before}{odd}"
    return f"{name_of(watched)}: {sign}, at {now} {when}, {before}{odd}"


def _shows(latest: Point, change: Change) -> bool:
    """Whether the latest figure by itself lies on that side of the old level that is told."""
    value = change.after if latest.value is None else latest.value
    way = change.after - change.before
    return (value - change.before) * way > 0 or way == 0


def _unmoved(seen: Seen, watched: Watched) -> str:
    name, latest = name_of(watched), watched.latest
    if seen.sign is Sign.SET_ASIDE or (latest is None and watched.points):
        return f"{name}: cannot be watched as it stands{_why_aside(seen, watched)}."
    if seen.sign is Sign.TOO_FEW or latest is None:
        short = max(seen.short_by, 1)
        more = "1 more figure is" if short == 1 else f"{short} more figures are"
        return f"{name}: too early to say; {more} needed."
    said = f"{name}: no sign of change, at {_at(watched, latest)}"
    low, high = seen.usual_low, seen.usual_high
    if low is None or high is None or latest.value is None or not low <= latest.value <= high:
        return f"{said}."
    return f"{said}; {value_said(watched, low)} to {value_said(watched, high)} is usual."


def _why_aside(seen: Seen, watched: Watched) -> str:
    why = [point.why for point in watched.points if point.standing is Standing.SET_ASIDE]
    if watched.latest is not None:  # there are figures, and seen.notes say what is odd about them
        return "" if seen.notes else ": nothing can be told from its figures"
    return f": {max(why, key=why.count)}" if why else ": it has no figures"


def _at(watched: Watched, point: Point) -> str:
    return f"{value_said(watched, point.value)} in {point.period.said}"


def _since(change: Change) -> str:
    first, last = change.since_earliest, change.since_latest
    began = "It began in" if change.shape is Shape.STEP else "It has gone little by little since"
    said = f"{began} {change.since.said}"
    if first.first_day != last.first_day:
        said += f"; 9 times in 10 such a change begins no earlier than {first.said}"
        said += f" and no later than {last.said}"
    if change.points_late <= 1:
        return f"{said}. It could be told at once, from the figure of {change.told_at.said}."
    return (
        f"{said}. It could be told from the figure of {change.told_at.said} on, number "
        f"{change.points_late} since it began."
    )


def _sure(change: Change, chance: float | None) -> str:
    unsure = change.sign in (Sign.PERHAPS_WORSE, Sign.PERHAPS_BETTER, Sign.PERHAPS_CHANGED)
    if unsure:
        said = "It is not certain: the evidence is less than an alarm needs."
    elif change.limit > 0 and change.evidence / change.limit >= 2:
        times = min(change.evidence / change.limit, 1000)
        many = "more than 1,000" if times >= 1000 else f"about {times:,.0f}"
        said = f"When it was told, the evidence for it was {many} times what an alarm needs."
    else:
        said = "When it was told, the evidence for it was just as much as an alarm needs."
    return said if chance is None or chance <= 0 else f"{said} {chance_said(chance)}"


def chance_said(chance: float) -> str:
    """How often a healthy series raises an alarm, from its false alarms a year."""
    years = 1 / chance
    if years >= 1.5:
        often = f"about once in {years:,.0f} years"
    elif years >= 0.75:
        often = "about once a year"
    else:
        often = f"about {chance:,.0f} times a year"
    return f"By chance alone the watch raises an alarm about a healthy series {often}."


def _big(change: Change, watched: Watched) -> str:
    way = "higher" if change.size > 0 else "lower"
    low, high = sorted((change.size_low, change.size_high))
    said = f"It is about {size_said(watched, change.size)} {way} than before"
    if low < 0 < high:
        said += f", give or take {size_said(watched, (high - low) / 2)}"
    elif low < high:
        ends = sorted((abs(low), abs(high)))
        said += f" (between {_bare(watched, ends[0])} and {size_said(watched, ends[1])}, 19 times "
        said += "in 20)"
    return f"{said}. {_matters(change, watched)}"


def _where_it_was(change: Change, seen: Seen, watched: Watched) -> str:
    """Of what went back: whether it is at the level from which it had moved, or not yet."""
    way = change.after - change.before
    other_way = [one for one in seen.earlier if (one.after - one.before) * way < 0]
    if not other_way:
        return ""
    last = other_way[-1]
    left = (change.after - last.before) * (1 if way < 0 else -1)
    level, since = value_said(watched, last.before), last.since.said
    if abs(left) <= _BACK * abs(last.after - last.before):
        return f"It is back at about {level}, where it was before {since}."
    got_better = change.sign in (Sign.BETTER, Sign.PERHAPS_BETTER)
    if left > 0 and got_better and last.sign in (Sign.WORSE, Sign.PERHAPS_WORSE):
        return f"It is not back at about {level}, where it was before it got worse in {since}."
    return ""


def _bare(watched: Watched, size: float) -> str:
    return f"{abs(size):,.{watched.decimals}f}"


def _matters(change: Change, watched: Watched) -> str:
    """How big against the smallest change that matters; else against published limits."""
    if watched.matters is not None and watched.matters > 0:
        least = size_said(watched, watched.matters)
        ends = sorted((abs(change.size_low), abs(change.size_high)))
        spans = (change.size_low < 0) is not (change.size_high < 0)
        if ends[1] < watched.matters:
            return f"That is less than matters: the smallest change that does is {least}."
        if ends[0] < watched.matters or spans:
            return f"It may be less than matters: the smallest change that does is {least}."
        times = abs(change.size) / watched.matters
        if times < 1.5:
            return f"That matters: the smallest change that does is {least}."
        return f"That matters: it is {times:.0f} times {least}, the smallest change that does."
    latest = watched.latest
    if latest is not None and latest.low is not None and latest.high is not None:
        half = (latest.high - latest.low) / 2
        more = "more" if abs(change.size) > half else "no more"
        return (
            f"Nobody said what change matters; this is {more} than the {size_said(watched, half)} "
            "by which its publisher says that one figure may be out."
        )
    return "Nobody said what change matters."


def _beside(watched: Watched, compared: Compared | None) -> str:
    if compared is None:
        return ""
    said = [_whose(watched, compared)]
    if compared.alike:
        moved = compared.moved
        several = (
            f"{len(moved) or 'None'} of {len(compared.alike)} similar places moved the same way"
        )
        named = f" ({', '.join(moved[:_NAMED])}{' and more' if len(moved) > _NAMED else ''})"
        said += [f"{several}{named if moved else ''}.", compared.chosen]
    if compared.at_once:
        said.append(f"{compared.at_once}.")
    return " ".join(filter(None, said))


def _whose(watched: Watched, compared: Compared) -> str:
    where = compared.country.name if compared.country else ""
    area = watched.area_name or "here"
    if compared.with_country is None:
        if compared.whose is Whose.NOT_KNOWN:
            return "Whether other places moved too is not known: no readings of them are held."
        if compared.whose is Whose.EVERYWHERE:
            return "Most similar places moved too, so it is not only here."
        return "Most similar places did not move, so it is here."
    if not compared.with_country:
        if compared.whose is Whose.EVERYWHERE:
            return f"{where} did not move at that time, but most similar places did."
        return f"{where} did not move at that time: it is {area}, and not everyone."
    if compared.beyond:
        return (
            f"{where} moved the same way at that time, and {area} moved further: it is everyone, "
            "and more so here."
        )
    if compared.beyond is None:
        return f"{where} moved the same way at that time: it is not only {area}."
    return (
        f"{where} moved the same way at that time, and {area} did not move away from it: it is "
        "everyone."
    )


def _also(titles: Sequence[str]) -> str:
    if not titles:
        return ""
    return f"At the same time in this place: {'; '.join(titles)}."


def revised_away(title: str, area_name: str, since: Period, now: Told) -> Told:
    """That a finding's publisher changed the figures it rested on, and what is seen there now."""
    where = f" in {area_name}" if area_name else ""
    return Told(
        sign=now.sign,
        headline=(
            f"{title}{where}: the change found from {since.said} on is no more to be seen. Its "
            "publisher has revised the figures."
        ),
        since=now.headline,
        notes=now.notes,
    )
