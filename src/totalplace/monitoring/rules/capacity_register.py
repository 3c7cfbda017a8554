"""A body's register at the end of a period: each role with its rates, and what the public sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from totalplace.monitoring.rules.capacity import Given, RoleSaid, turnover
from totalplace.monitoring.rules.capacity_hidden import (
    hidden,
    tells_of_people,
    total_is_hidden,
)

ALL: Final = "All roles"
OTHERS: Final = "Other roles"
_SUMMED: Final = (
    "posts", "filled", "leavers", "joiners", "sickness_days", "agency_staff",
)  # fmt: skip
NO_TOTAL: Final = "with the total a role of fewer than five posts could be worked out"


@dataclass(frozen=True, slots=True)
class Shown:
    """A role as it is shown: what was given in, its turnover over a year, and what it joins.

    `turnover` is in per cent, None until a whole year was given in. `joins` names the roles that
    are put together in it. `kept_back` says why only the body's officers see this row; empty:
    everybody does.
    """

    role: RoleSaid
    turnover: float | None = None
    joins: tuple[str, ...] = ()
    kept_back: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A body's roles at the end of a period; `all_roles` is None where it is kept back."""

    given: Given
    rows: tuple[Shown, ...]
    all_roles: Shown | None
    notes: tuple[str, ...] = ()


def register(history: Sequence[Given], given: Given, *, own: bool) -> Register:
    """The register of one return, as the body's own officers see it, or as everybody does.

    For everybody roles of fewer than five posts, and those beside them, are put together as other
    roles; where even these are too few, they are left out and so is the total.
    """
    kept_back = hidden(history)[given.period.first_day]
    rows = [
        Shown(one, turnover(history, one.code, given.period), (), kept_back.get(one.code, ""))
        for one in given.roles
    ]
    total = Shown(summed(given.roles, ALL), _turnover_of_all(history, given))
    if own:
        return Register(given, tuple(rows), total, _over(given.roles))
    open_rows = [replace(one, role=_discreet(one.role)) for one in rows if not one.kept_back]
    few = [one.role for one in rows if one.kept_back]
    notes = list(_over([one.role for one in open_rows]))
    shown_total: Shown | None = replace(total, role=_discreet(total.role))
    if few and total_is_hidden(given, kept_back):
        shown_total = None
        notes.append(f"A role of fewer than five posts is left out. So is the total: {NO_TOTAL}.")
    elif few:
        named = tuple(sorted(one.title for one in few))
        merged = replace(summed(few, OTHERS), skills=())
        open_rows.append(Shown(_discreet(merged), None, named))
        notes.append(
            f"{' and '.join(named) if len(named) < 3 else ', '.join(named)} are put together as "
            "other roles, so that nobody can be known by the numbers."
        )
    return Register(given, tuple(open_rows), shown_total, tuple(notes))


def summed(roles: Iterable[RoleSaid], title: str) -> RoleSaid:
    """Roles added up; a number that one of them does not give is not known of all."""
    listed = list(roles)
    found: dict[str, Any] = {}
    for name in _SUMMED:
        known = [getattr(one, name) for one in listed]
        found[name] = None if None in known else sum(known)
    return RoleSaid(title, **found)


def vacancies_of(shown: Shown, roles: Sequence[RoleSaid]) -> int | None:
    """Vacancies of a row in tenths: of roles together the sum of each role's own.

    A role that is filled beyond its posts fills no other role's vacancy.
    """
    if shown.role.title == ALL:
        each = [one.vacancies for one in roles]
    elif shown.joins:
        each = [one.vacancies for one in roles if one.title in shown.joins]
    else:
        return shown.role.vacancies
    known = [one for one in each if one is not None]
    return sum(known) if len(known) == len(each) else None


def _turnover_of_all(history: Sequence[Given], given: Given) -> float | None:
    joined = [replace(one, roles=(summed(one.roles, ALL),)) for one in history]
    return turnover(joined, summed((), ALL).code, given.period)


def _discreet(role: RoleSaid) -> RoleSaid:
    """A role without days off sick, where so few are in post that they would tell of one."""
    return replace(role, sickness_days=None) if tells_of_people(role) else role


def _over(roles: Iterable[RoleSaid]) -> tuple[str, ...]:
    return tuple(
        f"{one.title}: {one.over / 10:g} more are in post than there are posts for."
        for one in roles
        if one.over
    )
