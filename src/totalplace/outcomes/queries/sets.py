"""Sets of targets: their versions, what changed between them, and which are in force in a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from totalplace.money.years import FinancialYear
from totalplace.outcomes import models
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.target_changes import Change, differences
from totalplace.outcomes.rules.target_moves import Stage, Verb
from totalplace.outcomes.rules.targets import (
    NOBODY,
    Baseline,
    Outcome,
    Part,
    Step,
    Target,
    stakes,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "targets"  # of its citation


@dataclass(frozen=True, slots=True)
class VersionRow:
    """All targets of a set as they stood from a moment on. Number 0 is a draft's."""

    id: int
    turn: int
    number: int
    because: int | None  # the answer that led to it
    reason: str
    by: str
    on: datetime
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class TargetMoveRow:
    """One move of a set, as it stands on the record."""

    verb: Verb
    day: date
    reason: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """Under which decision, after which hearing and on which day a version was adopted."""

    version: int
    decision: Citation
    hearing: str
    day: date


@dataclass(frozen=True, slots=True)
class TargetSetRow:
    """A set of targets with its versions and what was done about it."""

    id: int
    place: str
    place_name: str
    number: int
    agency: str
    agency_name: str
    title: str
    why: str
    first_year: FinancialYear
    last_year: FinancialYear
    by: str
    on: datetime
    versions: tuple[VersionRow, ...]
    moves: tuple[TargetMoveRow, ...]
    kept: Stage  # as its moves say; whether it was heard is known from its hearing
    adoption: AdoptionRow | None

    @property
    def citation(self) -> Citation:
        """As it is cited: targets wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def years(self) -> str:
        """Its years in words."""
        if self.first_year == self.last_year:
            return self.first_year.label
        return f"{self.first_year.label} to {self.last_year.label}"

    @property
    def published(self) -> tuple[VersionRow, ...]:
        """The versions since it was proposed, which anybody reads."""
        return tuple(version for version in self.versions if version.number)

    @property
    def last(self) -> VersionRow | None:
        """What stands: the last version, a draft's too; None where nothing was drafted."""
        return self.versions[-1] if self.versions else None

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of its last version."""
        return self.last.targets if self.last else ()

    @property
    def affected(self) -> dict[str, tuple[int, int | None]]:
        """Agency -> how many of its targets it can move, and its pence beside them, if known."""
        return stakes(self.targets)

    def version(self, number: int) -> VersionRow:
        """A published version. Raises Refused where there is none of that number."""
        for version in self.published:
            if version.number == number:
                return version
        raise Refused(
            f"Targets {self.citation.id} have no version {number}",
            why=f"they have {len(self.published)}",
            next_step="Choose one of them",
        )

    def changes(self, number: int) -> list[Change]:
        """What changed from the version before; nothing for the first."""
        now = self.version(number)
        before = [version for version in self.published if version.number == number - 1]
        return differences(before[0].targets, now.targets) if before else []


@dataclass(frozen=True, slots=True)
class InForce:
    """The targets that a place has adopted and that hold."""

    set: TargetSetRow
    adoption: AdoptionRow
    targets: tuple[Target, ...]


def targets(place: str) -> InForce | None:
    """The adopted targets of a place that are in force; None where it has adopted none.

    Raises Refused where there is no such place.
    """
    for row in reversed(target_sets(place)):
        if row.kept is Stage.ADOPTED and row.adoption is not None:
            return InForce(row, row.adoption, row.version(row.adoption.version).targets)
    return None


def target_sets(place: str = "") -> list[TargetSetRow]:
    """Every set of targets, or those of a place, by number. Raises Refused for no such place."""
    rows = _rows().order_by("place__code", "number")
    if place:
        rows = rows.filter(place_id=_place_id(place))
    return [_row(row) for row in rows]


def target_set(citation: str) -> TargetSetRow:
    """The set cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix(f"{KIND} ").rpartition("/")
    row = None
    if code_is_sound(place) and number.isascii() and number.isdecimal() and len(number) < 10:
        row = _rows().filter(place__code=place, number=int(number)).first()
    if row is None:
        raise Refused(
            f"There are no targets {citation}",
            why="no set of that place has that number",
            next_step="See them with: totalplace outcomes targets list",
        )
    return _row(row)


def affected_agencies(citation: str) -> list[Affected]:
    """The agencies that have to be asked about a set: with a share of a target of it, or money.

    As `participation.actions.open_hearing` takes them. Raises Refused where there is no such set.
    """
    return [
        Affected(agency, pence, f"{number} target{'' if number == 1 else 's'}" if number else "")
        for agency, (number, pence) in sorted(target_set(citation).affected.items())
    ]


def _place_id(code: str) -> int:
    if not code_is_sound(code):
        raise Refused(
            f"There is no place {code!r}",
            why="that is no code of a place",
            next_step="See them with: totalplace places list",
        )
    return places.place(code).id


def _rows() -> QuerySet[models.TargetSet]:
    return models.TargetSet.objects.select_related("place", "agency", "adoption").prefetch_related(
        "moves", "versions__targets__steps", "versions__targets__parts__agency"
    )


def _row(row: models.TargetSet) -> TargetSetRow:
    moves = sorted(row.moves.all(), key=lambda move: move.turn)
    versions = sorted(row.versions.all(), key=lambda version: version.turn)
    return TargetSetRow(
        id=row.pk,
        place=row.place.code,
        place_name=row.place.name,
        number=row.number,
        agency=row.agency.code,
        agency_name=row.agency.name,
        title=row.title,
        why=row.why,
        first_year=FinancialYear(row.first_year),
        last_year=FinancialYear(row.last_year),
        by=row.by,
        on=row.on,
        versions=tuple(map(_version, versions)),
        moves=tuple(
            TargetMoveRow(Verb(move.verb), move.day, move.reason, move.by, move.on)
            for move in moves
        ),
        kept=Stage(moves[-1].after) if moves else Stage.DRAFT,
        adoption=_adoption(row, versions),
    )


def _adoption(
    row: models.TargetSet, versions: Iterable[models.TargetVersion]
) -> AdoptionRow | None:
    found = getattr(row, "adoption", None)
    if found is None:
        return None
    number = next(one.number for one in versions if one.pk == found.version_id)
    return AdoptionRow(number, Citation("decision", found.decision), found.hearing, found.day)


def _version(row: models.TargetVersion) -> VersionRow:
    lines = sorted(row.targets.all(), key=lambda target: target.line)
    return VersionRow(
        row.pk, row.turn, row.number, row.because, row.reason, row.by, row.on,
        tuple(map(_target, lines)),
    )  # fmt: skip


def _target(row: models.Target) -> Target:
    return Target(
        outcome=Outcome(row.indicator, row.area, row.title, row.unit, Better(row.better)),
        baseline=Baseline(
            row.baseline, row.baseline_period, row.baseline_source, row.why_no_baseline
        ),
        steps=tuple(
            Step(step.day, step.value) for step in sorted(row.steps.all(), key=lambda s: s.day)
        ),
        parts=tuple(
            Part(part.agency.code if part.agency else NOBODY, part.share, part.pence)
            for part in sorted(row.parts.all(), key=lambda p: p.pk)
        ),
        why=row.why,
        against=row.against,
    )
