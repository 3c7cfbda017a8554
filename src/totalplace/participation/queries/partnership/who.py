"""The partnership of a place: what it is for, by which rules it goes, and who sits in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from totalplace.decisions.rules.days import in_words
from totalplace.participation import models
from totalplace.participation.rules.partnership.members import Seat, Sector, Sitting, Standing
from totalplace.participation.rules.partnership.own_rules import (
    Majority,
    OwnRules,
    Tie,
    in_force,
)
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """The partnership of a place; `accountable` is the agency that has to answer its advice."""

    id: int
    place: str
    place_name: str
    name: str
    purpose: str
    accountable: str
    accountable_name: str
    rules: tuple[OwnRules, ...]
    seats: tuple[Seat, ...]
    by: str
    on: datetime

    @property
    def citation(self) -> Citation:
        """As it is cited: partnership wexshire."""
        return Citation("partnership", self.place)

    def rules_on(self, day: date) -> OwnRules:
        """Its rules on a day. Raises Refused where it had none yet."""
        found = in_force(self.rules, on=day)
        if found is None:
            raise Refused(
                f"{self.name} has no rules on {in_words(day)}",
                why="its rules begin later",
                next_step="Choose a later day, or set rules that begin earlier",
            )
        return found

    def seats_on(self, day: date) -> list[Seat]:
        """The seats that there are on a day, those that vote first."""
        here = [seat for seat in self.seats if seat.holds(day)]
        return sorted(here, key=lambda seat: (not seat.votes, seat.number))


def partnership(place: str) -> PartnershipRow:
    """The partnership of a place. Raises Refused where there is none."""
    row = _rows().filter(place__code=place).first() if code_is_sound(place) else None
    if row is None:
        raise Refused(
            f"There is no partnership of {place}",
            why="none has been set up there",
            next_step=f"Set it up with: totalplace participation partnership set-up {place}",
        )
    return _row(row)


def partnership_if_any(place: str) -> PartnershipRow | None:
    """The partnership of a place, or None where there is none."""
    try:
        return partnership(place)
    except Refused:
        return None


def partnerships() -> list[PartnershipRow]:
    """Every partnership, by place."""
    return [_row(row) for row in _rows().order_by("place__code")]


def contact_of(sitting: int) -> str:
    """How to reach who sits. Personal: for a door to show to the secretary alone."""
    row = models.SittingContact.objects.filter(sitting_id=sitting).first()
    return row.words if row else ""


def _rows() -> QuerySet[models.Partnership]:
    sittings = models.Sitting.objects.prefetch_related("ends")
    seats = models.Seat.objects.select_related("agency").prefetch_related(
        "ends", Prefetch("sittings", sittings)
    )
    return models.Partnership.objects.select_related("place", "accountable").prefetch_related(
        "rules", Prefetch("seats", seats)
    )


def _row(row: models.Partnership) -> PartnershipRow:
    said = sorted(row.rules.all(), key=lambda rules: rules.pk)
    return PartnershipRow(
        id=row.pk,
        place=row.place.code,
        place_name=row.place.name,
        name=row.name,
        purpose=row.purpose,
        accountable=row.accountable.code,
        accountable_name=row.accountable.name,
        rules=tuple(map(_rules, said)),
        seats=tuple(map(_seat, row.seats.all())),
        by=row.by,
        on=row.on,
    )


def _rules(row: models.PartnershipRules) -> OwnRules:
    return OwnRules(
        first_day=row.first_day,
        source=row.source,
        quorum_seats=row.quorum_seats,
        quorum_sectors=row.quorum_sectors,
        notice_days=row.notice_days,
        majority=Majority(row.majority),
        tie=Tie(row.tie),
        weighted=row.weighted,
        members_public=row.members_public,
        answer_days=row.answer_days,
    )


def _seat(row: models.Seat) -> Seat:
    ends = [end.last_day for end in row.ends.all() if end.sitting_id is None]
    return Seat(
        number=row.number,
        name=row.name,
        sector=Sector(row.sector),
        agency=row.agency.code if row.agency else "",
        standing=Standing(row.standing),
        weight=row.weight,
        first_day=row.first_day,
        last_day=_earliest(row.last_day, ends),
        sittings=tuple(map(_sitting, row.sittings.all())),
    )


def _sitting(row: models.Sitting) -> Sitting:
    return Sitting(
        number=row.pk,
        name=row.name,
        officer=row.officer,
        deputy=row.deputy,
        first_day=row.first_day,
        last_day=_earliest(row.last_day, [end.last_day for end in row.ends.all()]),
        source=row.source,
    )


def _earliest(said: date | None, ends: list[date]) -> date | None:
    return min([*ends, *([said] if said else [])], default=None)
