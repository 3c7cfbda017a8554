"""Addresses to which the findings of a place are sent, and what is still to be sent there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from totalplace.monitoring import models
from totalplace.monitoring.queries.findings import FindingRow, findings_after
from totalplace.monitoring.rules.hooks import MOST_TRIES, due_again
from totalplace.places import queries as places
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "hook"  # of its citation


@dataclass(frozen=True, slots=True)
class SendingRow:
    """One try: of which finding, when, whether it was taken, and what came of it."""

    finding: int
    turn: int
    on: datetime
    taken: bool
    came: str


@dataclass(frozen=True, slots=True)
class HookRow:
    """An address, since when, by whom; `ended_on` None: findings are sent there."""

    id: int
    place: str
    number: int
    address: str
    salt: str
    check_digest: str
    by: str
    on: datetime
    ended_on: datetime | None
    sendings: tuple[SendingRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: hook wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def last(self) -> SendingRow | None:
        """The last try; None: nothing was sent yet."""
        return self.sendings[-1] if self.sendings else None


def hooks(place: str = "") -> list[HookRow]:
    """Every address, or those of a place, in turn. Raises Refused where there is no such place."""
    rows = _rows()
    if place:
        rows = rows.filter(place_id=places.place(place).id)
    return [_row(row) for row in rows.order_by("place__code", "number")]


def hook(place: str, number: int) -> HookRow:
    """One address of a place. Raises Refused where there is none of that number."""
    row = _rows().filter(place__code=place, number=number).first()
    if row is None:
        raise Refused(
            f"{place} sends to no address {number}",
            why="none of that number was registered",
            next_step="Choose one from the list of addresses of the place",
        )
    return _row(row)


def to_send(*, on: datetime) -> Iterator[tuple[HookRow, FindingRow, int]]:
    """What is to be sent by a time: to where, which finding, and which try it is; oldest first.

    Only findings that were made after the address was registered.
    """
    for row in hooks():
        if row.ended_on is not None:
            continue
        for finding in findings_after(place=row.place, since=row.on):
            tries = [one for one in row.sendings if one.finding == finding.number]
            if any(one.taken for one in tries):
                continue
            if not tries:
                yield row, finding, 1
            elif (again := due_again(len(tries), tries[-1].on)) is not None and again <= on:
                yield row, finding, len(tries) + 1


def tried_again_at(*, on: datetime) -> datetime | None:
    """When the next sending that failed is tried again; None: none is."""
    found = []
    for row in hooks():
        if row.ended_on is not None:
            continue
        latest = {one.finding: one for one in row.sendings}
        taken = {one.finding for one in row.sendings if one.taken}
        found += [
            max(on, again)
            for number, one in latest.items()
            if number not in taken
            and one.turn < MOST_TRIES
            and (again := due_again(one.turn, one.on)) is not None
        ]
    return min(found, default=None)


def _rows() -> QuerySet[models.Hook]:
    # Not the texts of what was sent: they are long, and only the numbers are told.
    sent = models.HookSending.objects.select_related("finding").defer("finding__text")
    tried = Prefetch("sendings", queryset=sent.order_by("pk"))
    return models.Hook.objects.select_related("place", "end").prefetch_related(tried)


def _row(row: models.Hook) -> HookRow:
    end = getattr(row, "end", None)
    return HookRow(
        row.pk, row.place.code, row.number, row.address, row.salt, row.check_digest, row.by,
        row.on, end.on if end else None,
        tuple(
            SendingRow(one.finding.number, one.turn, one.on, one.taken, one.came)
            for one in row.sendings.all()
        ),
    )  # fmt: skip
