"""Which roles the public does not see, because so few people hold them that one could be known.

A role of fewer than five posts is hidden. So that it cannot be got by subtraction from the body's
total, whatever is hidden is at least two roles with five posts together; else the next smallest is
hidden too. And because a period's leavers and joiners tell what stood before it, a role stays
hidden for twelve months after it was last that small. Bodies are never added together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from totalplace.monitoring.rules.capacity import YEAR, Given, RoleSaid
from totalplace.outcomes.rules.periods import months_on

FEWEST: Final = 50  # tenths of posts: five, as the mission's own register of small numbers has it
_AT_LEAST_ROLES: Final = 2
FEW: Final = "fewer than five posts, now or in the twelve months before: people could be known"
BY_SUBTRACTION: Final = "with its numbers another role of fewer than five posts could be worked out"

Hidden = Mapping[str, str]  # role -> why


def hidden(history: Sequence[Given]) -> dict[date, Hidden]:
    """Which roles are hidden in each period of a body, by its first day, and why."""
    found: dict[date, Hidden] = {}
    small: dict[str, date] = {}  # when a role was last small
    beside: list[str] = []  # what was hidden with it, hidden again as long as any is
    for given in sorted(history, key=lambda one: one.period.first_day):
        first = given.period.first_day
        small |= {one.code: first for one in given.roles if is_few(one)}
        known = {one.code for one in given.roles}
        few = {
            code for code, last in small.items() if code in known and months_on(last, YEAR) >= first
        }
        beside = _with(given.roles, few, beside) if few else []
        found[first] = dict.fromkeys(few, FEW) | dict.fromkeys(beside, BY_SUBTRACTION)
    return found


def is_few(role: RoleSaid) -> bool:
    """Whether a role has so few posts that one of its people could be known; not known is few."""
    size = role.posts if role.posts is not None else role.filled
    return size is None or size < FEWEST


def tells_of_people(role: RoleSaid) -> bool:
    """Whether so few are in post that their days off sick would tell of one of them."""
    return role.filled is None or role.filled < FEWEST


def total_is_hidden(given: Given, kept_back: Hidden) -> bool:
    """Whether the body's total is hidden too: it has no second role to hide, or is itself small."""
    if not kept_back:
        return False
    within = [one for one in given.roles if one.code in kept_back]
    return len(within) < _AT_LEAST_ROLES or _posts(within) < FEWEST


def _with(roles: Sequence[RoleSaid], few: set[str], before: Sequence[str]) -> list[str]:
    """What is hidden beside the small roles: all that was before, then the smallest."""
    within = [one for one in roles if one.code in few or one.code in before]
    others = sorted(
        (one for one in roles if one not in within),
        key=lambda one: (one.posts or one.filled or 0, one.code),
    )
    while others and (len(within) < _AT_LEAST_ROLES or _posts(within) < FEWEST):
        within.append(others.pop(0))
    return [one.code for one in within if one.code not in few]


def _posts(roles: Sequence[RoleSaid]) -> int:
    """Posts, or people in post where they are fewer: enough of both are needed."""
    return min(
        sum(one.posts if one.posts is not None else one.filled or 0 for one in roles),
        sum(one.filled if one.filled is not None else one.posts or 0 for one in roles),
    )
