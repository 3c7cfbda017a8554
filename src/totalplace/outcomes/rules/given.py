"""Readings that a place gives in itself, as a table of the same kind as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.outcomes.rules.forms import Coding, Fit, Form, Layout, Role
from totalplace.outcomes.rules.marks import Marks
from totalplace.refusal import Refused

_MOST: Final = 10_000
_COLUMNS: Final = (
    Role.AREA, Role.PERIOD, Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR, Role.LOW, Role.HIGH,
    Role.STATUS, Role.NOTE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A reading as an officer gives it: a value, or two whole counts, or why there is none.

    `area` is a GSS code or a code of the place's own; `period` is written as publishers do, such as
    2025/26 or March 2026. Limits are those of the survey, where it was one.
    """

    area: str
    period: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why_missing: str = ""
    note: str = ""


def as_table(
    indicator: str, readings: Sequence[Given], marks: Marks
) -> tuple[Fit, Mapping[str, list[str]]]:
    """Readings that were given as a table and how it is read. Raises Refused where they are none.

    All have values, or all have counts: a share and a value beside it could disagree.
    """
    if not readings or len(readings) > _MOST:
        raise _no(f"{len(readings):,} were given, and it can be 1 to {_MOST:,}")
    counted = any(one.denominator is not None for one in readings)
    for number, one in enumerate(readings, start=1):
        _check(number, one, counted=counted)
    form = Form(
        "own", "A place's own readings", "", Layout.SHARE if counted else Layout.LONG, Coding.ANY,
        {role: (role.value,) for role in _COLUMNS}, measure=indicator, marks=marks,
    )  # fmt: skip
    at = {role: place for place, role in enumerate(_COLUMNS)}
    fit = Fit(form, 0, tuple(role.value for role in _COLUMNS), at)
    columns = {f"c{place}": [_cell(one, role) for one in readings] for role, place in at.items()}
    return fit, {"row": [str(n) for n in range(1, len(readings) + 1)], **columns}


def _check(number: int, one: Given, *, counted: bool) -> None:
    where = f"reading {number}"
    if counted and (one.value is not None or one.numerator is None or one.denominator is None):
        raise _no(f"{where} has no two counts, and others do")
    if not counted and one.numerator is not None:
        raise _no(f"{where} has a count and not the whole that it is of")
    if not counted and one.value is None and not one.why_missing.strip():
        raise _no(f"{where} has no value, and does not say why")
    if (one.low is None) != (one.high is None):
        raise _no(f"{where} has one limit without the other")


def _cell(one: Given, role: Role) -> str:
    match role:
        case Role.AREA:
            return one.area.strip()
        case Role.PERIOD:
            return one.period.strip()
        case Role.STATUS:
            return one.why_missing.strip() if one.value is None else ""
        case Role.NOTE:
            return one.note.strip()
        case _:
            said = getattr(one, role.value)
            return "" if said is None else str(said)


def _no(why: str) -> Refused:
    return Refused(
        "The readings were not taken",
        why=why,
        next_step="Give each an area, a period, and a value or the reason why there is none",
    )
