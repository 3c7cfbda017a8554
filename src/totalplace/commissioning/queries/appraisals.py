"""Appraisals of options, their versions, and the effects that officers accepted ungraded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from totalplace.commissioning import models
from totalplace.commissioning.definitions.appraisal.reading import method
from totalplace.commissioning.rules.appraisal import Appraised, appraise
from totalplace.commissioning.rules.appraisal.terms import Appraisal
from totalplace.commissioning.rules.appraisal.text import appraisal_of_text
from totalplace.commissioning.rules.case import Case
from totalplace.places import queries as places
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND: Final = "appraisal"  # of its citation
ACCEPTED: Final = "accepted-effect"
_CITED: Final = re.compile(r"(?:appraisal |accepted-effect )?(.+)/([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class AppraisalVersionRow:
    """An appraisal as it stood from a moment on."""

    id: int
    number: int
    title: str
    text: str
    digest: str
    reason: str
    by: str
    on: datetime
    published_on: datetime | None

    @property
    def terms(self) -> Appraisal:
        """What it says."""
        return appraisal_of_text(self.text)

    @property
    def appraised(self) -> Appraised:
        """What follows from it, by the method and with the draws that are always the same."""
        return _appraised(self.text)


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """An option of a place that is appraised, with its versions."""

    id: int
    place: str
    place_name: str
    number: int
    option: str
    versions: tuple[AppraisalVersionRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: appraisal wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def published(self) -> tuple[AppraisalVersionRow, ...]:
        """The versions that anybody may read."""
        return tuple(one for one in self.versions if one.published_on is not None)

    @property
    def last(self) -> AppraisalVersionRow:
        """What stands: its last version, published or not."""
        return self.versions[-1]

    def version(self, number: int) -> AppraisalVersionRow:
        """A version. Raises Refused where there is none of that number."""
        for one in self.versions:
            if one.number == number:
                return one
        raise Refused(
            f"Appraisal {self.citation.id} has no version {number}",
            why=f"it has {len(self.versions)}",
            next_step="Choose one of them",
        )


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """An effect that drives money though nobody graded it, and under which entry of the record."""

    id: int
    place: str
    number: int
    option: str
    indicator: str
    area: str
    reason: str
    by: str
    on: datetime
    taken_back_on: datetime | None

    @property
    def citation(self) -> Citation:
        """As a case cites it and the record does: accepted-effect wexshire/1."""
        return Citation(ACCEPTED, f"{self.place}/{self.number}")

    @property
    def entry(self) -> int:
        """The number of the entry of the record by which it was accepted."""
        return record.about(self.citation)[0].number

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.taken_back_on is None

    def is_about(self, option: str, indicator: str, area: str) -> bool:
        """Whether it is this effect."""
        return (self.option, self.indicator, self.area) == (option, indicator, area)


def appraisal(citation: str) -> AppraisalRow:
    """An appraisal by PLACE/NUMBER. Raises Refused where there is none."""
    place, number = _cited(citation)
    found = _rows(models.Appraisal.objects.filter(place__code=place, number=number))
    if not found:
        raise Refused(
            f"There is no appraisal {citation}",
            why="no place has one of that number",
            next_step="List them with: totalplace plan appraisal list",
        )
    return found[0]


def appraisals(place: str = "") -> tuple[AppraisalRow, ...]:
    """Every appraisal, of a place where one is named, the latest first."""
    rows = models.Appraisal.objects.all()
    return tuple(_rows(rows.filter(place__code=place) if place else rows))


def accepted(place: str) -> tuple[AcceptedRow, ...]:
    """The effects that were accepted ungraded in a place, those taken back too, in their order."""
    rows = models.AcceptedEffect.objects.filter(place__code=place).select_related("taken_back")
    return tuple(
        AcceptedRow(
            row.pk, place, row.number, row.option, row.indicator, row.area, row.reason, row.by,
            row.on, row.taken_back.on if hasattr(row, "taken_back") else None,
        )
        for row in rows
    )  # fmt: skip


def not_accepted(place: str, case: Case) -> tuple[str, ...]:
    """What a case says was accepted on the record and was not, in sentences; none: all is well.

    An effect names the acceptance as it is cited, such as `accepted-effect wexshire/1`.
    """
    known = {str(one.citation): one for one in accepted(place)}
    found = []
    for option in case.options:
        for effect in option.effects:
            if not effect.accepted:
                continue
            its = known.get(effect.accepted)
            said = f"{option.code}: the effect on {effect.indicator} in {effect.area}"
            if its is None:
                found.append(f"{said} names '{effect.accepted}', which is not on the record")
            elif not its.is_about(option.code, effect.indicator, effect.area):
                found.append(f"{said} names '{effect.accepted}', which is about another effect")
            elif not its.holds:
                found.append(f"{said} names '{effect.accepted}', which was taken back")
    return tuple(found)


def check_accepted(place: str, case: Case) -> None:
    """Raise Refused where a case lets an effect drive money as accepted that was not."""
    wrong = not_accepted(place, case)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise Refused(
            "The case cannot stand",
            why=f"{wrong[0]}{more}",
            next_step="Accept the effect on the record first, or leave that cell empty",
        )


@lru_cache(maxsize=64)
def _appraised(text: str) -> Appraised:
    """A text always says the same, so that what follows from it is worked out once."""
    return appraise(appraisal_of_text(text), method())


def _cited(citation: str) -> tuple[str, int]:
    found = _CITED.fullmatch(citation.strip())
    if found is None:
        raise Refused(
            f"'{citation}' is no appraisal",
            why="one is cited by its place and number",
            next_step="Write it as wexshire/1",
        )
    return found[1], int(found[2])


def _rows(rows: Iterable[models.Appraisal]) -> list[AppraisalRow]:
    held = list(rows)
    names = {one.id: one for one in places.places()}
    versions: dict[int, list[AppraisalVersionRow]] = {row.pk: [] for row in held}
    kept = models.AppraisalVersion.objects.filter(appraisal__in=list(versions))
    for one in kept.select_related("published").order_by("number"):
        out = one.published.on if hasattr(one, "published") else None
        versions[one.appraisal_id].append(
            AppraisalVersionRow(
                one.pk, one.number, one.title, one.text, one.digest, one.reason, one.by, one.on,
                out,
            )
        )  # fmt: skip
    found = [
        AppraisalRow(row.pk, names[row.place_id].code, names[row.place_id].name, row.number,
                     row.option, tuple(versions[row.pk]))
        for row in held
    ]  # fmt: skip
    return sorted(found, key=lambda row: row.last.on, reverse=True)
