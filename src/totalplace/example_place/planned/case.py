"""The case of the example: its funds, its rules, and the plan that is known to be best."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import Area, Case, Fund, In, Kind, Rule
from totalplace.example_place.naming import CARE, HEALTH, PLACE, SCHOOL, SKILLS
from totalplace.example_place.planned.known_best import best
from totalplace.example_place.planned.services import (
    ATTENDANCE,
    KEEPING_WELL,
    UNTOLD,
    WANTED,
)

YEARS: Final = 3
_ATTENDANCE, _HEALTH, _CARE, _SKILLS = 5_900_000_00, 11_400_000_00, 84_000_000_00, 3_200_000_00
_MOVES: Final = _HEALTH // 10  # the agreement lets a tenth of a line go to another
_VISITS, _COAST = 24_000, 1_000  # units
_VISIT, _PLACE = 160_00, 300_00  # pence


def example_case(first_year: int, weights_by: str) -> Case:
    """Three years of the block grant; `weights_by` is the decision that set the weights."""
    well = tuple(one.code for one in KEEPING_WELL)
    return Case(
        PLACE, first_year, YEARS, (*ATTENDANCE, *KEEPING_WELL, *UNTOLD), WANTED,
        funds=(
            Fund(SCHOOL, "Attendance and early help", (_ATTENDANCE,) * YEARS, only=True,
                 source=f"agreement {PLACE}/1, line {SCHOOL}"),
            Fund(HEALTH, "Public Health Grant", (_HEALTH,) * YEARS, only=True,
                 source=f"agreement {PLACE}/1, line {HEALTH}"),
            Fund(CARE, "Care at home after hospital", (_CARE,) * YEARS, only=True, must_spend=True,
                 source=f"agreement {PLACE}/1, line {CARE}"),
            Fund(SKILLS, "Adult skills", (_SKILLS,) * YEARS, holder="EX-CC", aligned=True,
                 only=True, must_spend=True, source=f"agreement {PLACE}/1, line {SKILLS}"),
        ),
        rules=(
            Rule("a-tenth", "Nine tenths of the Public Health Grant stay with keeping well",
                 Kind.VIREMENT, well, least=Decimal(_HEALTH - _MOVES),
                 source=f"agreement {PLACE}/1"),
            Rule("every-new-child", "Every new child is visited", Kind.CONDITION,
                 ("health-visits",), In.UNITS, least=Decimal(_VISITS),
                 source="condition of the Public Health Grant (made up)"),
            Rule("coast", "A fair share of classes on the coast", Kind.FAIR,
                 ("balance-classes-coast",), In.UNITS, least=Decimal(_COAST),
                 source=f"targets {PLACE}/1"),
            Rule("adult-skills", "The first full courses stay free", Kind.ENTITLEMENT,
                 ("courses",), least=Decimal(2_900_000_00), source="entitlement adult-skills/1"),
        ),
        areas=(
            Area("E07990001", "Quennaby", 88_000), Area("E07990002", "Oxtremere", 131_000),
            Area("E07990003", "Ostrenby", 104_000), Area("E07990004", "Vellingmarsh", 79_000),
            Area("E07990005", "Tharrowick", 130_000),
        ),
        weights_by=weights_by,
    )  # fmt: skip


def known_best() -> dict[str, int]:
    """Option -> pence in each year, of the best plan of the example."""
    least = {"health-visits": _VISITS * _VISIT, "balance-classes-coast": _COAST * _PLACE}
    return best(_ATTENDANCE + _MOVES, _HEALTH - _MOVES, least)
