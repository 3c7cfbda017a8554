"""Which rulings of officers hold; the only way that other rooms and doors read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from totalplace.count import models
from totalplace.count.rules.rulings import Ruling, Subject, in_force


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A ruling as it stands on the record, in force or not."""

    ruling: Ruling
    by: str
    on: datetime
    holds: bool


def all_rulings() -> list[RulingRow]:
    """Every ruling that was made, by number."""
    rows = list(models.Ruling.objects.select_related("agency").order_by("pk"))
    made = {row.pk: _ruling(row) for row in rows if row.withdraws_id is None}
    gone = [row.withdraws_id for row in rows if row.withdraws_id is not None]
    holding = {r.number for r in in_force(made.values(), gone)}
    return [
        RulingRow(made[row.pk], row.by, row.on, row.pk in holding) for row in rows if row.pk in made
    ]


def rulings_in_force() -> list[Ruling]:
    """The rulings that hold, by number."""
    return [row.ruling for row in all_rulings() if row.holds]


def _ruling(row: models.Ruling) -> Ruling:
    return Ruling(
        number=row.pk,
        agency=row.agency.code,
        subject=Subject(row.subject),
        said=row.said,
        reason=row.reason,
        payee=row.payee,
        unit=row.unit,
        purpose=row.purpose,
        detail=row.detail,
        file=row.file,
        sheet=row.sheet,
        row=row.row,
    )
