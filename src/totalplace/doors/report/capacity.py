"""Capacity taken away: the workbook that a body fills in, and a place's register as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from totalplace.doors.report.columns import Cell
from totalplace.doors.report.guide import guide
from totalplace.doors.report.sheets import Sheet, book
from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.queries.capacity import BodyRow
from totalplace.monitoring.rules.capacity import RoleSaid
from totalplace.monitoring.rules.capacity_register import Register, Shown, register, vacancies_of
from totalplace.monitoring.rules.capacity_sheet import HEADS, cells_of
from totalplace.readiness.definitions.reading import scale
from totalplace.readiness.rules.scale import Level

_HOW: Final = f"""
Posts | Posts that there is money for, in whole-time equivalents to one decimal, on the last day of
the month or quarter. Blank says that a number is not known, which is not nought.
Filled | Of these, held by your own employees on that day. Vacancies follow and are not written.
Agency staff | Who do the work of the role on that day and are paid through an agency.
Leavers, Joiners | Whole-time equivalents that left or joined your body over the period.
Days to hire | From advertising to starting, the mean of those who started in the period.
Sickness days | Working days lost over the period. Of fewer than five people they are not shown.
Role | In your own words, always the same ones: a role that is renamed begins anew.
Skills | A row for each role and skill that you have judged. Level: {", ".join(Level)}.
What shows it | In a sentence, such as who has done it before. Without it a level is not taken.
What others see | A role of fewer than five posts is seen by your own officers alone. On public
pages it is put together with others, so that nobody can be known.
What is refused | A workbook with a fault in it is not taken: you are told each cell, what was found
there, and what to do.
"""
HEADINGS: Final = (
    "Body", "Body's code", "Period", "Role", "Posts", "Filled", "Vacancies", "Vacancies, per cent",
    "Leavers", "Joiners", "Turnover in twelve months, per cent", "Days to hire", "Sickness days",
    "Agency staff, per cent", "Put together in it", "Version",
)  # fmt: skip


def capacity_workbook(roles: Sequence[RoleSaid]) -> bytes:
    """Roles as the bytes of an XLSX file that can be changed and given in; without, a template."""
    said = asked()
    cells = cells_of(roles, tuple(said.skills), said.roles)
    sheets = [Sheet(name, heads, cells[name], frozen=1) for name, heads in HEADS.items()]
    means = [(level.value, text) for level, text in scale().means.items()]
    return book(
        [
            *sheets,
            Sheet("How to fill it in", ("What", "How"), guide(_HOW)),
            Sheet("Levels", ("Level", "What it means"), means),
            Sheet("Skills asked for", ("Skill", "What it is"), list(said.skills.items())),
        ]
    )


def register_rows(bodies: Iterable[BodyRow]) -> Iterator[list[Cell]]:
    """Every return of some bodies as the public sees it, a row for each role; blank: not known."""
    for body in bodies:
        for given in body.history:
            seen = register(body.history, given, own=False)
            for shown in (*seen.rows, *filter(None, (seen.all_roles,))):
                yield [body.agency.name, body.agency.code, given.period.said, *_cells(seen, shown)]


def _cells(seen: Register, shown: Shown) -> list[Cell]:
    role = shown.role
    vacant = vacancies_of(shown, seen.given.roles)
    rate = 100 * vacant / role.posts if vacant is not None and role.posts else None
    return [
        role.title, wte(role.posts), wte(role.filled), wte(vacant), per_cent(rate),
        wte(role.leavers), wte(role.joiners), per_cent(shown.turnover), _blank(role.days_to_hire),
        _blank(role.sickness_days), per_cent(role.agency_share), "; ".join(shown.joins),
        seen.given.version,
    ]  # fmt: skip


def register_told(body: BodyRow) -> list[dict[str, Any]]:
    """Every return of a body as the public sees it, as JSON takes it: None is not known."""
    told = []
    for given in body.history:
        seen = register(body.history, given, own=False)
        shown = (*seen.rows, *filter(None, (seen.all_roles,)))
        told.append(
            {
                "period": given.period.said,
                "first_day": given.period.first_day,
                "last_day": given.period.last_day,
                "version": given.version,
                "counted_anew": given.anew,
                "notes": list(seen.notes),
                "roles": [_told(seen, one) for one in shown],
            }
        )
    return told


def _told(seen: Register, shown: Shown) -> dict[str, Any]:
    role, vacant = shown.role, vacancies_of(shown, seen.given.roles)
    return {
        "role": role.title,
        "posts": _tenths(role.posts),
        "filled": _tenths(role.filled),
        "vacancies": _tenths(vacant),
        "leavers": _tenths(role.leavers),
        "joiners": _tenths(role.joiners),
        "turnover_per_cent": shown.turnover,
        "days_to_hire": role.days_to_hire,
        "sickness_days": role.sickness_days,
        "agency_per_cent": role.agency_share,
        "joins": list(shown.joins),
        "skills": [
            {"skill": one.skill, "level": one.level.value, "evidence": one.evidence}
            for one in role.skills
        ],
    }


def wte(tenths: int | None) -> str:
    """Whole-time equivalents as people read them: 12.5; empty where not known."""
    return "" if tenths is None else f"{tenths / 10:,.1f}"


def per_cent(rate: float | None) -> str:
    """A rate to one decimal; empty where not known."""
    return "" if rate is None else f"{rate:.1f}"


def _blank(number: int | None) -> Cell:
    return "" if number is None else number


def _tenths(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10
