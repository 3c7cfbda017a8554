"""Findings as they stand on the record: frozen, and what followed each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from totalplace.monitoring import models
from totalplace.monitoring.rules.findings import Known, Sort, change_of, period_of
from totalplace.monitoring.rules.seen import Change, Sign
from totalplace.monitoring.rules.telling import Told
from totalplace.monitoring.rules.watched import Subject
from totalplace.outcomes.rules.periods import Period
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND: Final = "finding"  # of its citation


@dataclass(frozen=True)
class FindingRow:
    """A finding: what moved, when, in words and in numbers, as it was told on its day.

    `follows` is the number of the finding that this one is more certain of, or revises away;
    `followed_by` that of the one that came after it. `owners` are the local and the national one.
    """

    id: int
    place: str
    place_name: str
    number: int
    code: str
    area: str
    area_name: str
    title: str
    subject: Subject
    sort: Sort
    sign: Sign
    protected: bool
    owners: tuple[str, str]
    first_day: date
    last_day: date
    since: Period
    told: Told
    text: str
    digest: str
    follows: int | None
    followed_by: int | None
    by: str
    on: datetime

    @property
    def citation(self) -> Citation:
        """As it is cited: finding wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def said(self) -> Mapping[str, Any]:
        """All that was frozen: the series, the change, the plan, the words."""
        read: Mapping[str, Any] = json.loads(self.text)
        return read

    @property
    def change(self) -> Change | None:
        """The change in numbers; None of one that is revised away."""
        said = self.said["change"]
        return change_of(said) if said else None

    @property
    def is_alarm(self) -> bool:
        """Whether it counts against the promise: worse, or changed, and certain."""
        return self.sort is not Sort.REVISED and self.sign.is_alarm

    @property
    def stands(self) -> bool:
        """Whether nothing followed it, and it was not revised away itself."""
        return self.followed_by is None and self.sort is not Sort.REVISED

    @property
    def headline(self) -> str:
        """It in one sentence."""
        return self.told.headline


def findings(place: str = "") -> list[FindingRow]:
    """Every finding, or those of a place, the latest first. Raises Refused for no such place."""
    rows = _rows().order_by("-pk")
    if place:
        rows = rows.filter(place_id=places.place(place).id)
    return [_row(row) for row in rows]


def findings_after(
    number: int = 0, *, place: str = "", since: datetime | None = None
) -> list[FindingRow]:
    """The findings after one of a number over all places (`id`), in the order of being made.

    Of one place, or from a time on, where that is said: what is news to somebody. Raises Refused
    where there is no such place.
    """
    rows = _rows().filter(pk__gt=number).order_by("pk")
    if place:
        rows = rows.filter(place_id=places.place(place).id)
    return [_row(row) for row in (rows.filter(on__gte=since) if since else rows)]


def findings_of(place: str, code: str, area: str = "") -> list[FindingRow]:
    """The findings of one series of a place, the oldest first."""
    rows = _rows().filter(place_id=places.place(place).id, code=code).order_by("number")
    return [_row(row) for row in (rows.filter(area=area) if area else rows)]


def finding(citation: str) -> FindingRow:
    """The finding cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix(f"{KIND} ").rpartition("/")
    row = None
    if code_is_sound(place) and number.isascii() and number.isdecimal() and len(number) < 10:
        row = _rows().filter(place__code=place, number=int(number)).first()
    if row is None:
        raise Refused(
            f"There is no finding {citation[:80]}",
            why="the watch of that place found nothing of that number",
            next_step="See them with: totalplace monitoring findings",
        )
    return _row(row)


def known_of(place: str) -> dict[tuple[str, str], list[Known]]:
    """What was found so far of each series of a place (its code and area), the oldest first."""
    found: dict[tuple[str, str], list[Known]] = {}
    rows = models.Finding.objects.filter(place__code=place).order_by("number")
    for number, code, area, sort, sign, first, last in rows.values_list(
        "number", "code", "area", "sort", "sign", "first_day", "last_day"
    ):
        one = Known(number, code, area, Sort(sort), Sign(sign), first, last)
        found.setdefault((code, area), []).append(one)
    return found


def _rows() -> QuerySet[models.Finding]:
    return models.Finding.objects.select_related("place", "follows", "followed_by")


def _row(row: models.Finding) -> FindingRow:
    said = json.loads(row.text)
    series, words = said["series"], said["words"]
    after = getattr(row, "followed_by", None)
    return FindingRow(
        id=row.pk,
        place=row.place.code,
        place_name=row.place.name,
        number=row.number,
        code=row.code,
        area=row.area,
        area_name=series["area_name"],
        title=series["title"],
        subject=Subject(series["subject"]),
        sort=Sort(row.sort),
        sign=Sign(row.sign),
        protected=row.protected,
        owners=(series["owners"][0], series["owners"][1]),
        first_day=row.first_day,
        last_day=row.last_day,
        since=period_of(said["since"]),
        told=Told(**{**words, "sign": Sign(words["sign"]), "notes": tuple(words["notes"])}),
        text=row.text,
        digest=row.digest,
        follows=row.follows.number if row.follows else None,
        followed_by=after.number if after else None,
        by=row.by,
        on=row.on,
    )
