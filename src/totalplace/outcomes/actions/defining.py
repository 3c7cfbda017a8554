"""Indicators that a place defines itself: added, and changed by a later turn, never erased."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.outcomes import models
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused

_LONGEST: Final = 200_000  # letters of a file of definitions


@transaction.atomic
def define(text: str, *, place: str, by: Who, on: datetime) -> list[Indicator]:
    """Define a place's own indicators by a file of definitions in YAML; returns those that changed.

    A code that the place defined before is defined anew, from this moment on; old pages keep the
    definition that they were drawn by. Raises Refused where `by` may not, where the file may not
    stand, and for a code that is shipped or another place's.
    """
    code = places.place(place).code
    power = places.power(by, Act.DEFINE_INDICATOR, place=code, on=on)
    if len(text) > _LONGEST:
        raise _no(f"it has more than {_LONGEST:,} letters", "Split it into several files")
    said = definitions.parsed(text, "the file")
    found = list(definitions.indicators_of(said, "the file", place=code))
    _one_at_a_time()
    changed = [one for one in found if _is_new(one, text, code, by=by, on=on)]
    if changed:
        listed = ", ".join(one.code for one in changed)
        record.write(
            by.name, "defined indicators", about=Citation("place", code), on=on, power=power,
            citing=listed,
        )  # fmt: skip
    return changed


def _is_new(one: Indicator, text: str, place: str, *, by: Who, on: datetime) -> bool:
    """Keep a definition, unless the last turn of it says the same."""
    if one.code in definitions.shipped_indicators():
        raise _no(f"{one.code} is defined for every place", "Choose another code")
    last = models.OwnDefinition.objects.filter(code=one.code).order_by("-turn").first()
    if last is not None and last.place != place:
        raise _no(f"{one.code} is defined by {last.place}", "Choose another code")
    if last is not None and last.text == text:
        return False
    turn = 1 if last is None else last.turn + 1
    models.OwnDefinition.objects.create(
        place=place, code=one.code, turn=turn, text=text, by=by.name, on=on
    )
    return True


def _one_at_a_time() -> None:
    """Wait for other writers of definitions, until this transaction ends."""
    take_turn("totalplace.outcomes.definitions")


def _no(why: str, next_step: str) -> Refused:
    return Refused("The indicators were not defined", why=why, next_step=next_step)
