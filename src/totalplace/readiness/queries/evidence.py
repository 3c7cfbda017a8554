"""Evidence of a place, and what was waived."""

from __future__ import annotations

from totalplace.places.rules.kinds import code_is_sound
from totalplace.readiness import models
from totalplace.readiness.queries.rows import EvidenceRow, FollowedRow, WaiverRow
from totalplace.readiness.rules.evidence import EvidenceKind, Item
from totalplace.readiness.rules.scale import Area, Side
from totalplace.refusal import Refused


def evidence(place: str) -> list[EvidenceRow]:
    """All evidence of a place, what expired and what was withdrawn too, by number."""
    rows = models.Evidence.objects.filter(place__code=place).select_related("place", "end")
    return [_row(row) for row in rows.order_by("number")]


def evidence_item(citation: str) -> EvidenceRow:
    """An item by its citation, as wexshire/3. Raises Refused where there is none."""
    place, _, number = citation.rpartition("/")
    found = [one for one in evidence(place) if str(one.number) == number]
    if not found:
        raise Refused(
            f"There is no evidence {citation}",
            why="none was given with that place and number",
            next_step="See what there is with: totalplace readiness evidence list PLACE",
        )
    return found[0]


def items(place: str) -> dict[int, Item]:
    """Every item of a place as rules know it, by number."""
    return {row.number: row.item for row in evidence(place)}


def waivers(place: str) -> list[WaiverRow]:
    """All that was waived in a place, or offered to be, by number."""
    rows = models.Waiver.objects.filter(place__code=place).select_related(
        "place", "centre", "consent"
    )
    return [_waiver(row) for row in rows.order_by("number")]


def waiver(citation: str) -> WaiverRow:
    """A waiver by its citation, as wexshire/1. Raises Refused where there is none."""
    place, _, number = citation.rpartition("/")
    found = [one for one in waivers(place) if str(one.number) == number and code_is_sound(place)]
    if not found:
        raise Refused(
            f"There is no waiver {citation}",
            why="none was offered with that place and number",
            next_step="See them with: totalplace readiness show PLACE",
        )
    return found[0]


def followed(place: str = "") -> list[FollowedRow]:
    """What is known to have followed, of a place or of every place, in the order it was given."""
    rows = models.Followed.objects.select_related("assessment__place").order_by("pk")
    if place:
        rows = rows.filter(assessment__place__code=place)
    return [
        FollowedRow(
            f"{row.assessment.place.code}/{row.assessment.number}", Area(row.area), row.went_well,
            row.what, row.source, Side(row.side), row.day, row.by,
        )
        for row in rows
    ]  # fmt: skip


def _row(row: models.Evidence) -> EvidenceRow:
    end = getattr(row, "end", None)
    item = Item(
        row.number,
        Area(row.area),
        row.first_day,
        row.last_day,
        row.renews,
        end.day if end else None,
    )
    return EvidenceRow(
        row.pk, row.place.code, item, EvidenceKind(row.kind), row.title, row.says, row.where,
        row.by, row.on, end.reason if end else "",
    )  # fmt: skip


def _waiver(row: models.Waiver) -> WaiverRow:
    consent = getattr(row, "consent", None)
    return WaiverRow(
        row.pk, row.place.code, row.number, row.centre.code, Side(row.side), row.need, row.level,
        row.reason, row.day, row.until, row.by,
        consent.day if consent else None,
        consent.reason if consent else "",
        consent.by if consent else "",
    )  # fmt: skip
