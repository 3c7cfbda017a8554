"""What a reader asks of these pages: which indicator and area, and as it stood at which moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from totalplace.doors.web.count.opening import home
from totalplace.outcomes import queries
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked: `as_at` is None for today's; `query` is all of it but that moment."""

    as_at: datetime | None
    area: str
    list_code: str
    stands: datetime | None  # the last change that it shows

    @property
    def home(self) -> Home:
        """Where holdings stand."""
        return home()

    def query(self, **other: str) -> str:
        """What follows an address, so that what was asked stays asked."""
        said = {"area": self.area, "neighbours": self.list_code}
        if self.as_at is not None:
            said["as-at"] = stamp(self.as_at)
        said |= other
        kept = {key: value for key, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def for_good(self) -> str:
        """What makes an address show for good what it shows now; empty where nothing is held."""
        return self.query(**{"as-at": stamp(self.stands)}) if self.stands else ""


def asked(request: HttpRequest) -> Asked:
    """What is asked by what follows an address. Raises Http404 for a moment that is none."""
    said = request.GET.get("as-at", "").strip()
    as_at = _moment(said) if said else None
    return Asked(
        as_at=as_at,
        area=_code(request.GET.get("area", "")),
        list_code=_code(request.GET.get("neighbours", "")),
        stands=queries.last_change(as_at=as_at),
    )


def named(code: str, ask: Asked) -> Indicator:
    """The indicator of an address. Raises Http404 where there was none."""
    try:
        return queries.indicator(code, as_at=ask.as_at)
    except Refused as refused:
        raise Http404 from refused


def stamp(moment: datetime) -> str:
    """A moment as it stands in an address, to the microsecond, in UTC."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Http404 from error
    if moment.tzinfo is None or not 2000 <= moment.year <= 9000:
        raise Http404
    return moment


def _code(said: str) -> str:
    """A code that was asked for; what cannot be one is asked for as one that nobody has."""
    code = said.strip()
    sound = len(code) <= _LONGEST and code.isprintable() and "/" not in code
    return code if sound else "-"
