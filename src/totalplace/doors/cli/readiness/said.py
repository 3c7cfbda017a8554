"""What commands of readiness are told, as the rules take it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import click

from totalplace.refusal import Refused

if TYPE_CHECKING:
    from totalplace.readiness.rules.agreeing import AgreedLevel
    from totalplace.readiness.rules.eligibility import FactSaid
    from totalplace.readiness.rules.scale import Area, Level
    from totalplace.readiness.rules.scoring import Scored

ASSESSMENT = click.argument("assessment")
SIDE = click.option(
    "--side", type=click.Choice(["place", "centre"]), required=True, help="For which side you act."
)
REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
NONE: Final = ("none", "")


def area_of(said: str) -> Area:
    """An area by its code. Raises Refused for any other word."""
    from totalplace.readiness.rules.scale import Area

    return Area(_one_of(said, [one.value for one in Area], "an area"))


def level_of(said: str) -> Level:
    """A level by its name. Raises Refused for any other word."""
    from totalplace.readiness.rules.scale import Level

    return Level(_one_of(said, [one.value for one in Level], "a level"))


def score_of(said: tuple[str, str, str, str]) -> Scored:
    """A score: an area, a level, why, and the numbers of its evidence with commas."""
    from totalplace.readiness.rules.scoring import Scored

    area, level, why, items = said
    numbers = [one.strip() for one in items.split(",") if one.strip() not in NONE]
    if not all(one.isascii() and one.isdigit() for one in numbers):
        raise Refused(
            f"'{items}' is no list of evidence",
            why="it has something that is no number",
            next_step="Write the numbers of items with commas, such as 1,4, or none",
        )
    return Scored(area_of(area), level_of(level), why, tuple(int(one) for one in numbers))


def agreed_of(said: tuple[str, str, str, str]) -> AgreedLevel:
    """What is put forward: an area, a level or none, the reason, and what is disputed or none."""
    from totalplace.readiness.rules.agreeing import AgreedLevel

    area, level, reason, disputed = said
    return AgreedLevel(
        area_of(area),
        None if level in NONE else level_of(level),
        reason,
        "" if disputed in NONE else disputed,
    )


def fact_of(said: tuple[str, str, str]) -> FactSaid:
    """A fact: its code; its day, never or ongoing; and where that is written."""
    from totalplace.readiness.rules.eligibility import FactSaid

    code, day, source = said
    if day in ("never", "ongoing"):
        return FactSaid(code, None, source, ongoing=day == "ongoing")
    try:
        return FactSaid(code, date.fromisoformat(day), source)
    except ValueError:
        raise Refused(
            f"'{day}' is no day",
            why="a day is written as 2021-05-10",
            next_step="Write the day, or never, or ongoing",
        ) from None


def _one_of(said: str, known: list[str], what: str) -> str:
    if said not in known:
        raise Refused(
            f"'{said}' is not {what}",
            why=f"it is one of {', '.join(known)}",
            next_step="Choose one of them",
        )
    return said
