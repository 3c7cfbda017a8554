"""HiGHS, with the same settings wherever it is asked, and silent."""

from __future__ import annotations

from typing import Any, Final

import highspy

# What `highspy.Highs` is made from. That one prints who made it, into whatever is being printed.
Quiet: Final[Any] = highspy.Highs.__base__
TOLERANCE: Final = 1e-9  # HiGHS allows no less than 1e-10
SETTINGS: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 7,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
    "mip_feasibility_tolerance": TOLERANCE,
    "mip_abs_gap": 1e-9,
}


def solver(**settings: float) -> Any:
    """A solver with nothing in it, and further settings of HiGHS."""
    highs = Quiet()
    for name, value in {**SETTINGS, **settings}.items():
        highs.setOptionValue(name, value)
    return highs
