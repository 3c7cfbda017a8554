"""Where an edition stands: one table of moves, from which guards and buttons are read."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Standing(StrEnum):
    """What is decided about an edition."""

    PROVISIONAL = "provisional"
    DISPUTED = "disputed"
    SIGNED_OFF = "signed off"
    SUPERSEDED = "superseded"


MOVES: Final = {  # (standing, verb): next standing
    (Standing.PROVISIONAL, "dispute"): Standing.DISPUTED,
    (Standing.DISPUTED, "dispute"): Standing.DISPUTED,  # by another agency, or about more
    (Standing.DISPUTED, "settle"): Standing.PROVISIONAL,
    (Standing.PROVISIONAL, "sign off"): Standing.SIGNED_OFF,
    (Standing.PROVISIONAL, "supersede"): Standing.SUPERSEDED,
    (Standing.DISPUTED, "supersede"): Standing.SUPERSEDED,
    (Standing.SIGNED_OFF, "supersede"): Standing.SUPERSEDED,
}


def verbs(standing: Standing) -> list[str]:
    """What can be done to an edition from where it stands."""
    return [verb for before, verb in MOVES if before is standing]


def after(standing: Standing, verb: str) -> Standing:
    """Where an edition stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((standing, verb))
    if following is None:
        can = verbs(standing)
        raise Refused(
            f"The edition cannot be moved by '{verb}'",
            why=f"it is {standing}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Make a new edition",
        )
    return following
