"""What a place's watch promises, charts begun anew, and looking: what is found goes on the record.

Findings are public from the moment that they are made, so that both sides see the same at the same
time. Looking twice at the same figures writes nothing new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.actions.answering import TURN as ANSWERS
from totalplace.monitoring.actions.answering import open_for
from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.queries.elsewhere import Elsewhere
from totalplace.monitoring.queries.findings import FindingRow, finding, known_of
from totalplace.monitoring.queries.looking import Look, SeenRow, look
from totalplace.monitoring.queries.watching import RebaseRow, WatchRow, rebases, watch_of
from totalplace.monitoring.rules.findings import (
    Known,
    Sort,
    Wanted,
    digest_of,
    figures_changed,
    frozen,
    wanted,
)
from totalplace.monitoring.rules.telling import Told, revised_away
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason
from totalplace.sources.home import Home

TURN: Final = "totalplace.watch"
_NOT_SET: Final = "The watch was not set"
_NOT_ANEW: Final = "The chart was not begun anew"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a place says of its watch: false alarms a year, what is left out and why, its alike."""

    promise: float
    left_out: Sequence[tuple[str, str]] = ()
    alike: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look at a place: how many series, and the findings that were made."""

    look: Look
    made: tuple[FindingRow, ...]


@transaction.atomic
def set_watch(place: str, terms: Terms, *, reason: str, by: Who, on: datetime) -> WatchRow:
    """Say what a place watches and how many false alarms a year that may raise, from now on.

    Raises Refused where `by` may not, the promise is out of bounds, what is left out has no
    reason, or nothing changes.
    """
    power = places.power(by, Act.SET_WATCH, place=place, on=on)
    why = said_reason(reason, _NOT_SET)
    left_out = _left_out(terms)
    promise = _promise(terms.promise)
    take_turn(TURN)
    before = watch_of(place)
    same = (before.promise, before.left_out, before.alike) == (
        float(promise), left_out, tuple(terms.alike)
    )  # fmt: skip
    if same and before.turn:
        raise Refused(_NOT_SET, why="it is what stands already", next_step="Nothing need be done")
    models.Watch.objects.create(
        place_id=places.place(place).id, turn=before.turn + 1, promise=promise,
        left_out=[list(one) for one in left_out], alike=list(terms.alike), reason=why,
        by=by.name, on=on,
    )  # fmt: skip
    made = watch_of(place)
    record.write(by.name, "set the watch", about=made.citation, on=on, power=power, citing=why)
    return made


def _promise(said: float) -> Decimal:
    most = promises().most
    if not 0.01 <= said <= most:
        raise Refused(
            _NOT_SET,
            why=f"a watch promises more than nought and at most {most} false alarms a year",
            next_step="Give a number such as 4, which is one a quarter",
        )
    return Decimal(str(round(said, 2)))


def _left_out(terms: Terms) -> tuple[tuple[str, str], ...]:
    found = tuple((code.strip(), why.strip()) for code, why in terms.left_out)
    bare = [code for code, why in found if not why]
    if bare:
        raise Refused(
            _NOT_SET,
            why=f"it is not said why {bare[0]} is left out",
            next_step="Give the reason; it is public",
        )
    if len({code for code, _ in found}) < len(found):
        raise Refused(_NOT_SET, why="a series is left out twice", next_step="Name each once")
    return found


@dataclass(frozen=True, slots=True)
class Anew:
    """From which day a chart of a place begins anew, and the decision or finding that it cites."""

    code: str
    area: str
    from_day: date
    citing: Citation


@transaction.atomic
def rebase(place: str, anew: Anew, *, reason: str, by: Who, on: datetime) -> RebaseRow:
    """Call a new level normal: from a day on a chart begins anew, and is compared with no earlier.

    Raises Refused where `by` may not, there is no reason, the day is to come, the chart was begun
    anew from it already, or what is cited is no decision or finding.
    """
    power = places.power(by, Act.REBASE, place=place, on=on)
    why = said_reason(reason, _NOT_ANEW)
    _check_anew(place, anew, on)
    take_turn(TURN)
    before = rebases(place)
    key = (anew.code, anew.area, anew.from_day)
    if key in {(one.code, one.area, one.from_day) for one in before}:
        raise Refused(
            _NOT_ANEW, why="it was, from that day", next_step="Nothing need be done"
        )  # fmt: skip
    models.Rebase.objects.create(
        place_id=places.place(place).id, number=len(before) + 1, code=anew.code, area=anew.area,
        from_day=anew.from_day, reason=why, citing_kind=anew.citing.kind,
        citing_id=anew.citing.id, by=by.name, on=on,
    )  # fmt: skip
    made = rebases(place)[-1]
    record.write(
        by.name, "began a chart anew", about=made.citation, on=on, power=power,
        citing=f"{anew.citing}: {why}",
    )  # fmt: skip
    return made


def _check_anew(place: str, anew: Anew, on: datetime) -> None:
    if not anew.code.strip() or not anew.area.strip():
        raise Refused(
            _NOT_ANEW, why="it is not said which chart", next_step="Give its code and its area"
        )
    if anew.from_day > local_day(on):
        raise Refused(_NOT_ANEW, why="that day is to come", next_step="Give a day that has been")
    if anew.citing.kind == "decision":
        decisions.decision(anew.citing.id)
    elif anew.citing.kind != "finding" or finding(anew.citing.id).place != place:
        raise Refused(
            _NOT_ANEW,
            why="it cites neither a decision nor a finding of this place",
            next_step="Cite what says that the new level is normal, such as: decision BODY/NUMBER",
        )


@transaction.atomic
def look_at(
    place: str, *, home: Home, by: Who, on: datetime, elsewhere: Elsewhere | None = None
) -> Looked:
    """Look at all that a place watches, and put what is found on the record.

    A change is found once; it is told again when it becomes certain, and once more if its
    publisher revises it away. On a protected outcome or an entitlement an alarm opens a response.
    Raises Refused where `by` may not, or there is no such place.
    """
    power = places.power(by, Act.SET_WATCH, place=place, on=on)
    found = look(place, home=home, on=local_day(on), elsewhere=elsewhere)
    take_turn(TURN)
    take_turn(ANSWERS)  # before the record's turn, as whoever answers does: else each may wait
    known = known_of(place)
    made = [
        _made(place, row, one, by=by, on=on, power=power)
        for row in found.rows
        for one in _wanted(place, row, known.get((row.watched.code, row.watched.area), ()))
    ]
    return Looked(found, tuple(made))


def _wanted(place: str, row: SeenRow, known: Sequence[Known]) -> list[Wanted]:
    """What is to be found of a series; revised away is only what its publisher changed."""
    return [
        one
        for one in wanted(row.seen, known, protected=row.watched.protected)
        if one.sort is not Sort.REVISED
        or figures_changed(finding(f"{place}/{one.follows}").said, row.watched)
    ]


def _made(
    place: str, row: SeenRow, new: Wanted, *, by: Who, on: datetime, power: str
) -> FindingRow:  # fmt: skip
    before = finding(f"{place}/{new.follows}") if new.follows else None
    change, told, sign, since = new.change, row.told, row.seen.sign, None
    if change is not None:
        first, last, since = (
            change.since_earliest.first_day, change.since_latest.last_day, change.since
        )  # fmt: skip
        sign = change.sign
    else:
        if before is None:
            raise ValueError("a finding that is revised away follows one")
        first, last, since = before.first_day, before.last_day, before.since
        sign, told = before.sign, revised_away(before.title, before.area_name, since, row.told)
    number = models.Finding.objects.filter(place__code=place).count() + 1
    text = frozen(row.watched, _words(told), row.under, change=change, since=since)
    models.Finding.objects.create(
        place_id=places.place(place).id, number=number, code=row.watched.code,
        area=row.watched.area, sort=new.sort.value, sign=sign.value, first_day=first,
        last_day=last, protected=row.watched.protected, follows_id=before.id if before else None,
        text=text, digest=digest_of(text), by=by.name, on=on,
    )  # fmt: skip
    made = finding(f"{place}/{number}")
    record.write(
        by.name, _VERBS[new.sort], about=made.citation, on=on, power=power,
        citing=f"{made.headline} ({made.digest[:16]})",
    )  # fmt: skip
    if made.protected and made.is_alarm:
        open_for(place, number, by=by, on=on)
    return made


_VERBS: Final = {
    Sort.NEW: "found a change",
    Sort.SURER: "became certain of a change",
    Sort.REVISED: "said that a finding was revised away",
}


def _words(told: Told) -> dict[str, object]:
    return asdict(told) | {"sign": told.sign.value, "notes": list(told.notes)}
