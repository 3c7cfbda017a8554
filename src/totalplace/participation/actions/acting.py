"""What every act on a hearing shares: a lock, a power, and its place on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from totalplace.decisions.rules.days import local_day
from totalplace.participation import models
from totalplace.participation.queries.hearings import hearing
from totalplace.participation.queries.rows import HearingRow
from totalplace.participation.rules.hearings import Stage, Verb, after
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A hearing that nobody else acts on meanwhile, and under which power it is acted on."""

    row: HearingRow
    day: date
    by: Who
    on: datetime
    power: str

    @property
    def stage(self) -> Stage:
        """Where it stands today."""
        return self.row.stage(self.day)

    def said(self) -> dict[str, Any]:
        """Who says what is said now, and when."""
        return {"by": self.by.name, "on": self.on, "day": self.day}


def one_at_a_time() -> None:
    """Wait for other writers of hearings, until this transaction ends."""
    take_turn("totalplace.participation")


def opened(number: int, act: Act, *, by: Who, on: datetime, agency: str = "") -> Opened:
    """A hearing to act on, for its place or for an agency. Raises Refused where they may not."""
    one_at_a_time()
    row = hearing(number)
    of = {"agency": agency} if agency else {"place": row.place}
    power = places.power(by, act, **of, on=on)
    return Opened(row, local_day(on), by, on, power)


def in_draft(this: Opened, what: str) -> None:
    """Raise Refused unless the hearing is a draft: once it opens, all that is asked is frozen."""
    if this.stage is not Stage.DRAFT:
        raise Refused(
            what,
            why=f"the hearing is {this.stage}, and what people are asked is frozen when it opens",
            next_step="Withdraw it and begin another, or add a paper, which gives more time",
        )


def move(this: Opened, verb: Verb, *, reason: str, **said: Any) -> models.HearingMove:
    """Make a move. Raises Refused for one that there is not, or without its reason."""
    after(this.stage, verb, closing_day=this.row.closing_day)
    said_reason(reason, f"The hearing cannot be moved by '{verb}'")
    return models.HearingMove.objects.create(
        hearing_id=this.row.id,
        turn=len(this.row.moves) + 1,
        verb=verb.value,
        before=this.row.held.value,
        after=after(this.stage, verb).value,
        reason=reason.strip(),
        **this.said(),
        **said,
    )


def write(this: Opened, verb: str, *, citing: str) -> HearingRow:
    """Put an act about a hearing on the record, last in its transaction; returns the hearing."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )
    return hearing(this.row.number)
