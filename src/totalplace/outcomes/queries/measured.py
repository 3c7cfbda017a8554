"""The outcome of a target, from the definition of its indicator."""

from __future__ import annotations

from totalplace.outcomes.queries.indicators import indicator
from totalplace.outcomes.rules.targets import Outcome
from totalplace.places.rules.kinds import code_is_sound
from totalplace.refusal import Refused


def outcome_of(code: str, area: str) -> Outcome:
    """An outcome in the words of its definition. Raises Refused for no such indicator or area."""
    if not code_is_sound(area):
        raise Refused(
            f"'{area}' is no area",
            why="an area has a code, such as E10000017",
            next_step="Give the code under which its readings are published",
        )
    found = indicator(code)
    return Outcome(found.code, area, found.title, found.unit, found.better)
