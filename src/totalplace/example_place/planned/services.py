"""The services of the made-up place: what each costs, what is spent on it now, what it changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import Effect, Grade, Option, Wanted
from totalplace.example_place.heard.tables import COUNTY
from totalplace.example_place.naming import ABSENCE, CARE, HEALTH, SCHOOL, SKILLS

SATISFACTION: Final = "life-satisfaction"
CHILDREN: Final = "children who no longer miss a tenth of school"
POINTS: Final = "points of life satisfaction, of one person for one year"
COUNCIL, BOARD, POLICE = "EX-CC", "EX-IB", "EX-PC"
# 64,000 pupils, of whom 19.6 in 100 miss a tenth of school, and 13.0 in 100 are to.
_CHILDREN_GAP: Final = Decimal(4_224)
# 435,600 people of 16 and over, whose average is to rise by 0.17.
_POINTS_GAP: Final = Decimal(74_052)
WANTED: Final = (
    Wanted(ABSENCE, COUNTY[0], "Children who miss school", CHILDREN, _CHILDREN_GAP, 70),
    Wanted(SATISFACTION, COUNTY[0], "Satisfied with life", POINTS, _POINTS_GAP, 30),
)
_EITHER: Final = (SCHOOL, HEALTH)
_TRIAL: Final = "Trial made up by Total Place"


def _effect(outcome: str, counted_in: str, mid: str, grade: Grade, *, known: bool = True) -> Effect:
    """An effect with half as much again on either side; one that nobody tested has no source."""
    middle = Decimal(mid)
    half = middle / 2 if middle else Decimal("0.010")
    return Effect(
        outcome, COUNTY[0], counted_in, middle - half, middle, middle + half,
        grade if known else Grade.UNGRADED,
        _TRIAL if known else "What the team has seen",
        f"https://example.org/made-up/{outcome}" if known else "",
    )  # fmt: skip


def _school(mid: str, grade: Grade = Grade.COMPARED) -> Effect:
    return _effect(ABSENCE, CHILDREN, mid, grade)


def _well(mid: str, grade: Grade = Grade.RANDOMISED, *, known: bool = True) -> Effect:
    return _effect(SATISFACTION, POINTS, mid, grade, known=known)


ATTENDANCE: Final = (
    Option(
        "breakfast-clubs", "Breakfast clubs before the bell", COUNCIL, 1_200_000_00, "place",
        400_00, capacity_units=4_500, funds=_EITHER, effects=(_school("0.030"),),
    ),
    Option(
        "family-visits", "A visit to the family before any fine", COUNCIL, 600_000_00, "family",
        600_00, saturates_units=2_000, funds=_EITHER,
        effects=(_school("0.120", Grade.RANDOMISED),),
    ),
    Option(
        "school-buses", "School buses", COUNCIL, 2_000_000_00, "seat", 900_00,
        capacity_units=3_000, funds=_EITHER, effects=(_school("0.050"),),
    ),
    Option(
        "counsellors", "Counsellors in schools", BOARD, 900_000_00, "course", 850_00,
        saturates_units=3_000, funds=_EITHER,
        effects=(_school("0.070", Grade.RANDOMISED), _well("0.350")),
    ),
    Option(
        "young-carers", "Young carers found and freed", COUNCIL, 150_000_00, "young carer",
        1_100_00, capacity_units=500, funds=_EITHER,
        effects=(_school("0.100", Grade.CONTROLLED), _well("0.800", Grade.CONTROLLED)),
    ),
    Option(
        "letters", "Letters in languages that families read", COUNCIL, 0, "family", 15_00,
        capacity_units=6_000, funds=_EITHER, effects=(_school("0.002", Grade.RANDOMISED),),
    ),
    Option(
        "fines", "Fines for absence", COUNCIL, 250_000_00, "fine", 60_00, capacity_units=20_000,
        funds=_EITHER, effects=(_school("0.000", Grade.NATURAL_EXPERIMENT),),
    ),
)  # fmt: skip
KEEPING_WELL: Final = (
    Option(
        "stop-smoking", "Help to stop smoking", COUNCIL, 1_300_000_00, "person", 300_00,
        saturates_units=6_000, funds=(HEALTH,), effects=(_well("0.250"),),
    ),
    Option(
        "balance-classes", "Classes for strength and balance", BOARD, 400_000_00, "place", 240_00,
        capacity_units=8_000, funds=(HEALTH,), effects=(_well("0.120"),),
    ),
    Option(
        "balance-classes-coast", "Classes for strength and balance, on the coast", BOARD,
        300_000_00, "place", 300_00, area="E07990004", capacity_units=2_000, funds=(HEALTH,),
        effects=(_well("0.120"),),
    ),
    Option(
        "health-visits", "Visits to every new child", COUNCIL, 4_000_000_00, "visit", 160_00,
        capacity_units=30_000, funds=(HEALTH,), effects=(_well("0.060", Grade.COMPARED),),
    ),
    Option(
        "drug-treatment", "Treatment for drugs and alcohol", COUNCIL, 3_200_000_00, "person",
        2_600_00, saturates_units=1_500, protected=True, funds=(HEALTH,),
        effects=(_well("1.900"),),
    ),
    Option(
        "link-workers", "Link workers at the surgery", BOARD, 400_000_00, "person", 500_00,
        saturates_units=2_000, funds=(HEALTH,), effects=(_well("0.500", Grade.COMPARED),),
    ),
    Option(
        "leisure-vouchers", "Vouchers for leisure centres", COUNCIL, 900_000_00, "voucher", 80_00,
        capacity_units=15_000, funds=(HEALTH,),
        effects=(_well("0.008", Grade.NATURAL_EXPERIMENT),),
    ),
    Option(
        "campaigns", "Campaigns for health", COUNCIL, 900_000_00, "campaign", 45_000_00,
        funds=(HEALTH,), effects=(_well("900", known=False),),
    ),
)  # fmt: skip
# Nobody has tested what this money does, so no plan moves it.
UNTOLD: Final = (
    Option("nursing-at-home", "Nursing at home", BOARD, 61_000_000_00, funds=(CARE,),
           covers=("EX-IB/nhs_care",)),
    Option("carers-at-home", "Carers at home", COUNCIL, 23_000_000_00, funds=(CARE,)),
    Option("courses", "Courses for adults", COUNCIL, 3_200_000_00, funds=(SKILLS,)),
)  # fmt: skip
