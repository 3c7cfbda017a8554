"""Themes are looked for in the background; answers that nobody sent are forgotten at night."""

from __future__ import annotations

from django.utils import timezone

from totalplace.doors.web.work.telling import Telling
from totalplace.participation.actions import theming
from totalplace.places import queries as places


def find(telling: Telling, *, number: int, officer: str) -> str:
    """Propose themes of the free answers of a hearing. Run twice, the second takes their place."""

    def seen(doing: str, done: int, total: int) -> None:
        telling.far(doing, done, total, "rounds")

    by = places.officer(officer)
    several = theming.propose_themes(number, by=by, on=timezone.now(), seen=seen)
    return f"{several} themes are proposed. A person names them now."


def forget(telling: Telling) -> str:
    """Empty what was kept for later in hearings that are over, and the salts of their codes."""
    telling.far("Forgetting answers that were not sent")
    return f"{theming.forget_unsent(on=timezone.now())} kept answers were emptied."
