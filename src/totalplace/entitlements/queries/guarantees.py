"""Guarantees with their versions: what each says, what was done about it, what it costs where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet

from totalplace.entitlements import models
from totalplace.entitlements.rules.guarantee import Guarantee
from totalplace.entitlements.rules.moves import Event, Shorter, Stage, Verb, in_force_on
from totalplace.entitlements.rules.reading import read
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "entitlement"  # of its citation
read_once = lru_cache(maxsize=256)(read)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a version, as it stands on the record."""

    number: int
    verb: Verb
    after: Stage
    day: date
    first_day: date | None
    shorter: Shorter
    reason: str
    why_more: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class CostRow:
    """What a version costs in a place in a year, in pence, and between which bounds."""

    place: str
    place_name: str
    pence: int
    low: int
    high: int
    source: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a guarantee: its text, what it says, and where it stands."""

    id: int
    code: str
    number: int
    title: str
    text: str
    digest: str
    reason: str
    by: str
    on: datetime
    moves: tuple[MoveRow, ...]
    costs: tuple[CostRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: entitlement school-place/2."""
        return Citation(KIND, f"{self.code}/{self.number}")

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.moves[-1].after if self.moves else Stage.PROPOSED

    @property
    def rule(self) -> Guarantee:
        """What it says."""
        return read_once(self.text)


@dataclass(frozen=True, slots=True)
class GuaranteeRow:
    """A guarantee with all its versions, the oldest first."""

    id: int
    code: str
    agency: str
    agency_name: str
    versions: tuple[VersionRow, ...]

    @property
    def latest(self) -> VersionRow:
        """The version that was proposed last."""
        return self.versions[-1]

    @property
    def events(self) -> list[Event]:
        """What was enacted and repealed from which days, in the order of the record."""
        made = [(move, one) for one in self.versions for move in one.moves]
        found = []
        for move, one in sorted(made, key=lambda pair: pair[0].number):
            if move.first_day is not None:
                enacted = move.verb is Verb.ENACT
                found.append(Event(one.number if enacted else None, move.first_day))
        return found

    def in_force(self, on: date) -> VersionRow | None:
        """The version in force on a day, if any; none where its own law has ended."""
        number = in_force_on(self.events, on)
        if number is None:
            return None
        found = self.versions[number - 1]
        return found if found.rule.is_law_on(on) else None

    @property
    def last_enacted(self) -> VersionRow | None:
        """The version that was enacted last, if any was."""
        numbers = [event.version for event in self.events if event.version is not None]
        return self.versions[numbers[-1] - 1] if numbers else None

    def version(self, number: int) -> VersionRow:
        """A version of it. Raises Refused where there is none of that number."""
        if not 1 <= number <= len(self.versions):
            raise Refused(
                f"There is no version {number} of '{self.code}'",
                why=f"it has {len(self.versions)}",
                next_step=f"See them with: totalplace entitlements show {self.code}",
            )
        return self.versions[number - 1]


def guarantee(code: str) -> GuaranteeRow:
    """The guarantee of a code. Raises Refused where none was ever proposed."""
    row = _rows().filter(code=code).first() if code_is_sound(code) else None
    if row is None:
        raise Refused(
            f"There is no guarantee called '{code[:64]}'",
            why="none has been proposed under that name",
            next_step="See them with: totalplace entitlements list",
        )
    return _row(row)


def guarantees() -> list[GuaranteeRow]:
    """Every guarantee that was ever proposed, by code."""
    return [_row(row) for row in _rows().order_by("code")]


def version(citation: str) -> VersionRow:
    """A version as it is cited: school-place/2. Raises Refused where there is none."""
    code, _, number = citation.rpartition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Refused(
            f"'{citation[:80]}' is no version of a guarantee",
            why="one is cited as its code and a number",
            next_step="Give it so, such as school-place/2",
        )
    return guarantee(code).version(int(number))


def _rows() -> QuerySet[models.Guarantee]:
    return models.Guarantee.objects.select_related("agency").prefetch_related(
        "versions__moves", "versions__costs__place"
    )


def _row(row: models.Guarantee) -> GuaranteeRow:
    versions = sorted(row.versions.all(), key=lambda one: one.number)
    return GuaranteeRow(
        row.pk, row.code, row.agency.code, row.agency.name,
        tuple(_version(one, row.code) for one in versions),
    )  # fmt: skip


def _version(row: models.Version, code: str) -> VersionRow:
    moves = sorted(row.moves.all(), key=lambda one: one.turn)
    latest = {cost.place.code: _cost(cost) for cost in sorted(row.costs.all(), key=_in_turn)}
    return VersionRow(
        id=row.pk,
        code=code,
        number=row.number,
        title=row.title,
        text=row.text,
        digest=row.digest,
        reason=row.reason,
        by=row.by,
        on=row.on,
        moves=tuple(_move(one) for one in moves),
        costs=tuple(latest.values()),
    )


def _in_turn(row: models.PlaceCost) -> int:
    return row.pk


def _cost(row: models.PlaceCost) -> CostRow:
    return CostRow(
        row.place.code, row.place.name, row.pence, row.pence_low, row.pence_high, row.source,
        row.by, row.on,
    )  # fmt: skip


def _move(row: models.Move) -> MoveRow:
    return MoveRow(
        row.pk, Verb(row.verb), Stage(row.after), row.day, row.first_day, Shorter(row.shorter),
        row.reason, row.why_more, row.by, row.on,
    )  # fmt: skip
