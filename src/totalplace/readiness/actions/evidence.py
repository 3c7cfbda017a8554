"""Giving evidence that expires, and withdrawing it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.readiness import models
from totalplace.readiness.actions.opened import one_at_a_time, said_reason
from totalplace.readiness.definitions.reading import scale
from totalplace.readiness.queries.evidence import evidence_item, items
from totalplace.readiness.queries.rows import EvidenceRow
from totalplace.readiness.rules.evidence import EvidenceSaid, check_evidence
from totalplace.record import actions as record
from totalplace.refusal import Refused


@transaction.atomic
def give(place: str, said: EvidenceSaid, *, by: Who, on: datetime) -> EvidenceRow:
    """Give an item of evidence of a place, with the last day on which it holds.

    Raises Refused for one without words, that expires too late, or that renews what it cannot.
    """
    power = places.power(by, Act.GIVE_EVIDENCE, place=place, on=on)
    here = places.place(place)
    one_at_a_time()
    held = items(place)
    check_evidence(said, held, on=local_day(on), longest_days=scale().longest_evidence_days)
    row = models.Evidence.objects.create(
        place_id=here.id, number=len(held) + 1, area=said.area.value, kind=said.kind.value,
        title=said.title.strip(), says=said.says.strip(), where=said.where.strip(),
        first_day=said.first_day, last_day=said.last_day, renews=said.renews, by=by.name, on=on,
        day=local_day(on),
    )  # fmt: skip
    found = evidence_item(f"{place}/{row.number}")
    renewed = f"; renews {said.renews}" if said.renews else ""
    record.write(
        by.name, "gave", about=found.citation, on=on, power=power,
        citing=f"{said.area}: {found.title}; until {said.last_day}{renewed}",
    )  # fmt: skip
    return found


@transaction.atomic
def withdraw_evidence(citation: str, *, reason: str, by: Who, on: datetime) -> EvidenceRow:
    """Withdraw an item: what rests on it is unsupported from today. A reason is needed: Refused."""
    one_at_a_time()
    row = evidence_item(citation)
    power = places.power(by, Act.GIVE_EVIDENCE, place=row.place, on=on)
    why = said_reason(reason, "The evidence cannot be withdrawn")
    if row.item.withdrawn_on is not None:
        raise Refused(
            "The evidence cannot be withdrawn",
            why="it is withdrawn already",
            next_step="Look at another",
        )
    models.EvidenceEnd.objects.create(
        evidence_id=row.id, reason=why, by=by.name, on=on, day=local_day(on)
    )
    record.write(by.name, "withdrew", about=row.citation, on=on, power=power, citing=why)
    return evidence_item(citation)
