"""Codes of the example place that more than one of its stories uses. No room is loaded for them."""

from __future__ import annotations

from typing import Final

PLACE: Final = "EX-wexshire"
PLACE_NAME: Final = "Wexshire (made up)"
HOST: Final = "EX-CC"  # the accountable body
COUNCIL: Final = "EX-CC-council"  # its full council, which decides
TARGETS: Final = f"{PLACE}/1"
# Lines of its block grant, and the outcome that the grant is to move.
SCHOOL, SKILLS, CARE, HEALTH = "attendance", "adult-skills", "care-at-home", "public-health"
ABSENCE: Final = "persistent-absence"
