"""Places' own variants, and which of them is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from totalplace.entitlements import models
from totalplace.entitlements.queries.guarantees import VersionRow, read_once
from totalplace.entitlements.rules.floors import is_below
from totalplace.entitlements.rules.variants import Variant, read_variant
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class VariantRow:
    """What a place set from a day on; an empty text says that the floor holds again."""

    code: str
    place: str
    place_name: str
    number: int
    text: str
    digest: str
    first_day: date
    checked: str
    reason: str
    by: str
    on: datetime

    @property
    def ends(self) -> bool:
        """Whether it only says that the floor holds again."""
        return not self.text


@lru_cache(maxsize=512)
def said_against(text: str, national_text: str) -> Variant | None:
    """What a variant says against a version; None where it no longer fits what that has become."""
    try:
        return read_variant(text, read_once(national_text))
    except Refused:
        return None


def variants(*, code: str = "", place: str = "") -> list[VariantRow]:
    """Variants in the order in which they were set; empty words mean any."""
    rows = models.Variant.objects.select_related("guarantee", "place")
    if code:
        rows = rows.filter(guarantee__code=code)
    if place:
        rows = rows.filter(place__code=place)
    return [_row(row) for row in rows.order_by("pk")]


def variant_in_force(
    version: VersionRow, place: str, on: date, rows: Sequence[VariantRow] | None = None
) -> tuple[VariantRow | None, bool]:
    """The variant of a place on a day, if any, and whether it has come to be below the floor.

    What the centre enacted since may be better than what a place set before: then the floor
    holds, and the variant is shown as out of date. `rows` are variants that were read before.
    """
    found = None
    for row in variants(code=version.code, place=place) if rows is None else rows:
        later = found is None or row.first_day >= found.first_day
        if (row.code, row.place) == (version.code, place) and row.first_day <= on and later:
            found = row
    if found is None or found.ends:
        return None, False
    said = said_against(found.text, version.text)
    if said is not None and said.last_day is not None and said.last_day < on:
        return None, False
    return found, said is None or _below(found.text, version.text, on)


@lru_cache(maxsize=1024)
def _below(text: str, national_text: str, day: date) -> bool:
    said = said_against(text, national_text)
    return said is None or is_below(read_once(national_text), said, day)


def _row(row: models.Variant) -> VariantRow:
    return VariantRow(
        row.guarantee.code, row.place.code, row.place.name, row.number, row.text, row.digest,
        row.first_day, row.checked, row.reason, row.by, row.on,
    )  # fmt: skip
