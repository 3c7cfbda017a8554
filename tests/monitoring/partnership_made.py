"""Answers about a made-up partnership: three local bodies, one of them small, and a department."""

from __future__ import annotations

from datetime import date
from typing import Final

from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.rules.partnership import Answer, Asked
from totalplace.monitoring.rules.questions import LOCAL
from totalplace.outcomes.rules.periods import lasting, months_on
from totalplace.readiness.rules.scale import Side

QUARTERS: Final = [lasting(months_on(date(2026, 1, 1), 3 * n), 3) for n in range(4)]
TRUST: Final = tuple(one.code for one in questions().principles[3].elements)
ASKED: Final = (
    Asked("wex", Side.PLACE, 8), Asked("icb", Side.PLACE, 8), Asked("fire", Side.PLACE, 4),
    Asked("dfe", Side.CENTRE, 6),
)  # fmt: skip


def an_answer(agency: str = "wex", about: str = "dfe", /, **steps: int) -> Answer:
    """One person's answers; statements are named with an underscore for each stroke or as is."""
    side = Side.CENTRE if agency == "dfe" else Side.PLACE
    return Answer(agency, side, about, steps)


def a_round(local: float, central: float) -> list[Answer]:
    """Seven people of the council, six of the health board, two of fire, six of the department.

    Of the local people and of the department such a share agrees with each statement.
    """
    people = ["wex"] * 7 + ["icb"] * 6 + ["fire"] * 2
    found = []
    for n, agency in enumerate(people):
        steps = _steps(n, len(people), local)
        found += [an_answer(agency, LOCAL, **steps), an_answer(agency, "dfe", **steps)]
    found += [an_answer("dfe", "dfe", **_steps(n, 6, central)) for n in range(6)]
    return found


def _steps(n: int, of: int, share: float) -> dict[str, int]:
    codes = questions().codes
    return {code: 3 if (n + k) % of < share * of else 2 for k, code in enumerate(codes)}
