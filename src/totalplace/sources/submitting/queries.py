"""What was given in, where it stands, and what it would come to; the only way others read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from totalplace.places.rules.mandates import Officer, Operator, Who
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources.home import Home
from totalplace.sources.models import SourceFile
from totalplace.sources.rules.submitting.compared import Sums, month_before
from totalplace.sources.rules.submitting.stages import ENDED, Hand, Stage
from totalplace.sources.submitting import report
from totalplace.sources.submitting.models import (
    Submission,
    SubmissionMove,
    SubmissionRecipe,
    Trial,
)
from totalplace.sources.submitting.report import Report


@dataclass(frozen=True, slots=True)
class SubmissionStep:
    """One move in the life of a submission; `reason` of a submission is its note."""

    turn: int
    verb: str
    after: Stage
    by: str
    officer: str
    on: datetime
    reason: str
    trial: int | None

    @property
    def who(self) -> Who:
        """Who made it."""
        return Officer(self.officer) if self.officer else Operator(self.by)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A trial reading: what the submission would come to. Money in pence."""

    turn: int
    recipe: int
    on: datetime
    outcome: str
    what: str
    why: str
    next_step: str
    tables: int
    rows_in: int
    payments: int
    cards: int
    commitments: int
    faults: int
    other_rows: int
    sum_pence: int
    cards_pence: int
    commitments_pence: int
    faults_pence: int
    first_date: date | None
    last_date: date | None
    digest: str

    @property
    def is_read(self) -> bool:
        """Whether it was read; else it was refused."""
        return self.outcome == "read"

    @property
    def lines(self) -> int:
        """Rows that would be added."""
        return self.payments + self.cards + self.commitments

    @property
    def lines_pence(self) -> int:
        """What they come to."""
        return self.sum_pence + self.cards_pence + self.commitments_pence


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission, its moves, the recipe that holds for it, and its last trial reading."""

    id: int
    agency: str
    agency_name: str
    kind: str
    form: str
    name: str
    sha256: str
    size: int
    licence: str
    replaces: int | None
    replaced_by: int | None
    moves: tuple[SubmissionStep, ...]
    recipe: int  # the turn; 0 where none was written
    recipe_text: str
    later_text: str
    trial: TrialRow | None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.moves[-1].after if self.moves else Stage.NONE

    @property
    def given(self) -> SubmissionStep:
        """Who gave it, and when."""
        return self.moves[0]

    @property
    def last(self) -> SubmissionStep:
        """What was done last."""
        return self.moves[-1]

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Who did what, to tell whether another certifies."""
        return tuple(Hand(m.verb, who_of(m.officer, m.by)) for m in self.moves)

    @property
    def about(self) -> str:
        """Its name on the record."""
        return f"submission {self.id}"

    @property
    def is_read(self) -> bool:
        """Whether the last trial reading is of the recipe that now holds."""
        return self.trial is not None and self.trial.recipe == self.recipe


def who_of(officer: str, name: str) -> str:
    """What tells people apart: an operator of an officer's name is not that officer."""
    return officer or f"operator {name}"


def submission(number: int) -> SubmissionRow:
    """A submission. Raises Refused where there is none of that number."""
    found = _rows(Submission.objects.filter(pk=number))
    if not found:
        raise Refused(
            f"There is no submission {number}",
            why="none has that number",
            next_step="See what was given in on the page of figures",
        )
    return found[0]


def submissions(
    *, agencies: Collection[str] | None = None, stages: Collection[Stage] = (), most: int = 500
) -> list[SubmissionRow]:
    """What was given in, the latest first; of some agencies, or of all; in some stages, or all."""
    wanted = _standing().order_by("-id")
    if agencies is not None:
        wanted = wanted.filter(agency__code__in=list(agencies))
    if stages:
        wanted = wanted.filter(stands__in=[stage.value for stage in stages])
    return _rows(wanted[:most])


def _standing() -> QuerySet[Any]:
    """Submissions, each with the stage after its last move."""
    last = SubmissionMove.objects.filter(submission=OuterRef("pk")).order_by("-turn")
    return Submission.objects.annotate(stands=Subquery(last.values("after")[:1]))


_TRIAL = tuple(TrialRow.__dataclass_fields__)


def _rows(wanted: QuerySet[Any]) -> list[SubmissionRow]:
    beside = ("moves", "recipes", "trials", "replaced_by__moves")
    return [_row(each) for each in wanted.select_related("agency").prefetch_related(*beside)]


def _row(each: Submission) -> SubmissionRow:
    moves = sorted(each.moves.all(), key=lambda m: m.turn)
    recipe = max(each.recipes.all(), key=lambda r: r.turn, default=None)
    trial = max(each.trials.all(), key=lambda t: t.turn, default=None)
    return SubmissionRow(
        id=each.pk,
        agency=each.agency.code,
        agency_name=each.agency.name,
        kind=each.kind,
        form=each.form,
        name=each.name,
        sha256=each.sha256,
        size=each.size,
        licence=each.licence,
        replaces=each.replaces_id,
        replaced_by=_later(each),
        moves=tuple(_step(m) for m in moves),
        recipe=recipe.turn if recipe else 0,
        recipe_text=recipe.written if recipe else "",
        later_text=recipe.later if recipe else "",
        trial=TrialRow(**{name: getattr(trial, name) for name in _TRIAL}) if trial else None,
    )


def _later(each: Submission) -> int | None:
    """The submission that is given in place of this one and was not withdrawn."""
    later = sorted(each.replaced_by.all(), key=lambda s: -s.pk)
    for one in later:
        last = max(one.moves.all(), key=lambda m: m.turn, default=None)
        if last is None or last.after != Stage.WITHDRAWN:
            return one.pk
    return None


def _step(move: SubmissionMove) -> SubmissionStep:
    return SubmissionStep(
        move.turn, move.verb, Stage(move.after), move.by, move.officer, move.on, move.reason,
        move.trial,
    )  # fmt: skip


def report_of(home: Home, row: SubmissionRow) -> Report | None:
    """The last trial reading in full; None where there is none, or it went with the bytes."""
    return report.read(home, row.id, row.trial.turn) if row.trial else None


def recipe_at(number: int, turn: int) -> str:
    """The recipe of a submission as it was at a turn; empty where there was none."""
    found = SubmissionRecipe.objects.filter(submission=number, turn=turn).first()
    return found.written if found else ""


def trials(number: int) -> int:
    """How many trial readings there were."""
    return Trial.objects.filter(submission=number).count()


def wanted_hashes() -> set[str]:
    """The hashes whose bytes are wanted: of submissions that are not over."""
    over = [stage.value for stage in ENDED]
    return set(_standing().exclude(stands__in=over).values_list("sha256", flat=True))


def sums_of(row: SubmissionRow) -> Sums | None:
    """What a submission would come to, to compare; None where it was not read."""
    trial = row.trial
    if trial is None or not trial.is_read:
        return None
    return Sums(
        row.name, trial.first_date, trial.last_date, trial.rows_in, trial.lines, trial.faults,
        trial.lines_pence,
    )  # fmt: skip


def month_before_of(row: SubmissionRow) -> Sums | None:
    """The agency's held file that ends last before a submission of payments begins."""
    this = sums_of(row)
    if this is None or row.kind != "payments":
        return None
    rows, pence = ("payments", "cards", "commitments"), ("sum", "cards", "commitments")
    held = [
        Sums(
            file.file, file.first_date, file.last_date, file.sum_of("rows_in"),
            sum(map(file.sum_of, rows)), file.sum_of("faults"),
            sum(file.sum_of(f"{p}_pence") for p in pence),
        )
        for file in sources.files(agencies=[row.agency])
        if file.sha256 != row.sha256
    ]  # fmt: skip
    return month_before(this, [s for s in held if s.payments])


def is_held(sha256: str) -> tuple[str, datetime] | None:
    """The name of the held file of a hash and when it was added; None where it is not held."""
    file = SourceFile.objects.filter(sha256=sha256).first()
    return (file.name, file.added_at) if file else None


def unsettled(agencies: Collection[str]) -> list[int]:
    """Submissions of some agencies that are certified and not yet added, or half replaced.

    A count that is frozen meanwhile would leave figures out, or have them twice.
    """
    waiting = [row.id for row in submissions(agencies=agencies, stages=[Stage.CERTIFIED])]
    added = _standing().filter(stands=Stage.ADDED.value, agency__code__in=list(agencies))
    doubled = _standing().filter(
        stands=Stage.ADDED.value, replaced_by__in=added.values("pk"), kind="payments"
    )
    return [*waiting, *doubled.values_list("pk", flat=True)]
