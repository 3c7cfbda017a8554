"""Posts, vacancies, turnover and skills of a body's roles; what was not given in is not known.

Staff are counted in tenths of a whole-time equivalent, as whole numbers, so that sums are exact.
Vacancies are never given in: they are posts less those filled. The rates follow NHS England's
workforce statistics (vacancy rate: vacant of funded whole-time equivalents; leaver rate: leavers
in twelve months by the mean number in post) and the Local Government Association's workforce
surveys, which ask for the same two.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from totalplace.outcomes.rules.periods import Period, lasting, months_on
from totalplace.outcomes.rules.periods import read as read_period
from totalplace.readiness.rules.scale import Level
from totalplace.refusal import Refused

MONTH, QUARTER, YEAR = 1, 3, 12  # months
LENGTHS: Final = (QUARTER, MONTH)
NOUGHT: Final = 0
_MARKS: Final = re.compile(r"[^a-z0-9]+")
LONGEST_CODE: Final = 64
MEETS: Final = frozenset({Level.CORE, Level.ADVANCED})  # "what is needed is met", says the scale


@dataclass(frozen=True, slots=True)
class SkillSaid:
    """How far a role has a skill, on the scale of readiness, and what shows it, in words."""

    skill: str
    level: Level
    evidence: str


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """A role as a body gave it in, at the end of a period or over it; None is not known.

    `posts`, `filled`, `leavers`, `joiners` and `agency_staff` are tenths of whole-time equivalents.
    Posts are those that are funded; filled are those held by the body's own employees. Days to
    hire run from advertising to starting, the mean of those who started.
    """

    title: str
    posts: int | None = None
    filled: int | None = None
    leavers: int | None = None
    joiners: int | None = None
    days_to_hire: int | None = None
    sickness_days: int | None = None
    agency_staff: int | None = None
    skills: tuple[SkillSaid, ...] = ()

    @property
    def code(self) -> str:
        """The role in an address and in the name of a series: social-workers."""
        return code_of(self.title)

    @property
    def vacancies(self) -> int | None:
        """Tenths of posts that nobody employed holds, at least none; None where not known."""
        if self.posts is None or self.filled is None:
            return None
        return max(NOUGHT, self.posts - self.filled)

    @property
    def over(self) -> int:
        """Tenths by which a role is filled beyond its posts; that fills no other role's vacancy."""
        if self.posts is None or self.filled is None:
            return NOUGHT
        return max(NOUGHT, self.filled - self.posts)

    @property
    def vacancy_rate(self) -> float | None:
        """Vacancies of posts, in per cent; None where not known, or where there is no post."""
        vacant = self.vacancies
        if vacant is None or not self.posts:
            return None
        return 100 * vacant / self.posts

    @property
    def agency_share(self) -> float | None:
        """Agency staff of all who do the work, in per cent; None where not known."""
        if self.agency_staff is None or self.filled is None:
            return None
        at_work = self.agency_staff + self.filled
        return 100 * self.agency_staff / at_work if at_work else None


@dataclass(frozen=True, slots=True)
class Given:
    """One return of a body for what it does in a place: a period, its roles, the version of it.

    `anew` says why it cannot be compared with earlier ones; empty where it can.
    """

    period: Period
    roles: tuple[RoleSaid, ...]
    version: int = 1
    anew: str = ""

    @property
    def months(self) -> int:
        """How long it is."""
        last, first = self.period.last_day, self.period.first_day
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def role(self, code: str) -> RoleSaid | None:
        """What it says of a role; None where it says nothing."""
        return next((one for one in self.roles if one.code == code), None)


def code_of(title: str) -> str:
    """A role's title as a code; of the same words the same code."""
    return _MARKS.sub("-", title.casefold()).strip("-")[:LONGEST_CODE].strip("-")


def period_ending(text: str, months: int) -> Period:
    """The month or quarter that ends with a month, such as June 2026.

    Raises Refused where that is no month, or a quarter that is none of a financial year.
    """
    what = "The period cannot be read"
    found = read_period(text.strip())
    if found is None or found.period.last_day >= months_on(found.period.first_day, 1):
        raise Refused(
            what,
            why=f"'{text[:40]}' is not a month",
            next_step="Say the month in which it ended, such as June 2026",
        )
    first = found.period.first_day.replace(day=1)
    if months == QUARTER and first.month % QUARTER:
        raise Refused(
            what,
            why="quarters end in March, June, September and December",
            next_step="Say one of those months, or give in a month alone",
        )
    if months not in LENGTHS:
        raise Refused(what, why="it is no month and no quarter", next_step="Say which it is")
    return lasting(months_on(first, 1 - months), months)


def check_given(period: Period, roles: Sequence[RoleSaid], *, on: date, what: str) -> None:
    """Raise Refused for a return of days to come, without a role, or with one that is there twice.

    `on` is the day on which it is given in.
    """
    if period.last_day >= on:
        raise Refused(
            what, why=f"{period.said} is not over", next_step="Give it in when it has ended"
        )
    if not roles:
        raise Refused(what, why="it names no role", next_step="Write a row for each role")
    codes = [one.code for one in roles]
    numbers = [getattr(one, name) for one in roles for name in _NUMBERS]
    if not all(codes) or any(one is not None and one < NOUGHT for one in numbers):
        raise Refused(
            what,
            why="a role has no name, or a number below nought",
            next_step="Name each role, and write 0 or more",
        )
    twice = next((one for one in roles if codes.count(one.code) > 1), None)
    if twice is not None:
        raise Refused(
            what,
            why=f"'{twice.title}' stands there twice",
            next_step="Join the two rows, or name them apart",
        )


def turnover(history: Sequence[Given], role: str, upto: Period) -> float | None:
    """Leavers in the twelve months up to a period's end by the mean in post, in per cent.

    The mean is of those in post at the end of each period of the year, and of the one before where
    that was given in. None until a whole year was given in: a quarter's leavers times four would
    make a year of one season.
    """
    first = months_on(upto.first_day, _months_of(upto) - YEAR)
    year = [one for one in history if first <= one.period.first_day <= upto.first_day]
    if sum(one.months for one in year) != YEAR or any(one.anew for one in year[1:]):
        return None
    said = [one.role(role) for one in year]
    leavers = [one.leavers if one else None for one in said]
    filled = [one.filled if one else None for one in said]
    before = _before(history, year[0]) if not year[0].anew else None
    opening = before.role(role) if before else None
    if opening is not None and opening.filled is not None:
        filled.insert(0, opening.filled)
    return _rate(leavers, filled)


def leaving(history: Sequence[Given], role: str, given: Given) -> tuple[int, float] | None:
    """Leavers of one period, and the mean in post over it, both in tenths; None: not known.

    This is what is watched: a rate of twelve months repeats most of the one before it.
    """
    said = given.role(role)
    if said is None or said.leavers is None or said.filled is None:
        return None
    before = _before(history, given) if not given.anew else None
    opening = before.role(role) if before else None
    known = opening.filled if opening is not None else None
    mean = float(said.filled) if known is None else (known + said.filled) / 2
    return (said.leavers, mean) if mean > NOUGHT else None


def meeting(roles: Sequence[RoleSaid], skill: str) -> tuple[int, int] | None:
    """Of those in post in roles of which a skill was judged: in roles that meet what is needed.

    Tenths of whole-time equivalents, of how many; None where nobody judged it. A mean of levels is
    not taken: levels are in order, and not equally far apart.
    """
    judged = [
        (one.filled, said.level in MEETS)
        for one in roles
        for said in one.skills
        if said.skill == skill and one.filled
    ]
    whole = sum(filled for filled, _ in judged if filled)
    if not whole:
        return None
    return sum(filled for filled, meets in judged if meets and filled), whole


def _rate(leavers: Sequence[int | None], filled: Sequence[int | None]) -> float | None:
    left = [one for one in leavers if one is not None]
    stood = [one for one in filled if one is not None]
    if len(left) != len(leavers) or len(stood) != len(filled) or not sum(stood):
        return None
    return 100 * sum(left) / (sum(stood) / len(stood))


def _before(history: Sequence[Given], given: Given) -> Given | None:
    """The return of the period that ended the day before."""
    return next(
        (o for o in history if months_on(o.period.first_day, o.months) == given.period.first_day),
        None,
    )


def _months_of(period: Period) -> int:
    return Given(period, ()).months


def text_of(roles: Sequence[RoleSaid]) -> str:
    """Roles in their one set form, as they are kept and their digest is of."""
    said = [
        {
            **{name: getattr(one, name) for name in _NUMBERS},
            "title": one.title,
            "skills": [[s.skill, s.level.value, s.evidence] for s in one.skills],
        }
        for one in roles
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of the text, in hexadecimals."""
    return hashlib.sha256(text.encode()).hexdigest()


def roles_of(text: str) -> tuple[RoleSaid, ...]:
    """The roles of a text that `text_of` made."""
    return tuple(_role(one) for one in json.loads(text))


_NUMBERS: Final = (
    "posts", "filled", "leavers", "joiners", "days_to_hire", "sickness_days", "agency_staff",
)  # fmt: skip


def _role(one: Mapping[str, Any]) -> RoleSaid:
    skills = tuple(SkillSaid(skill, Level(level), why) for skill, level, why in one["skills"])
    return RoleSaid(one["title"], **{name: one[name] for name in _NUMBERS}, skills=skills)
