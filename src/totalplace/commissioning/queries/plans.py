"""Plans: their versions, the candidates of each, what they give to whom, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.db.models import QuerySet

from totalplace.commissioning import models
from totalplace.commissioning.definitions.known import bar
from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_text import case_of_text
from totalplace.commissioning.rules.plan_changes import Change, differences
from totalplace.commissioning.rules.plan_moves import Stage, Verb
from totalplace.commissioning.rules.problem import Problem
from totalplace.commissioning.rules.sorts import PROPOSABLE, TITLES, Sort
from totalplace.commissioning.rules.weighing.known import Known, known
from totalplace.money.years import FinancialYear
from totalplace.participation.rules.freezing import Affected
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "plan"  # of its citation
_KEPT = 8  # cases that are read once and not again: a place's takes most of a second to read


@dataclass(frozen=True)
class CandidateRow:
    """One way to divide the money of a version, or a baseline beside it (then without a bound).

    100 points are every outcome the whole way to its target for one year.
    """

    id: int
    sort: Sort
    reason: str
    points: float
    bound: float | None
    method: str
    moved_pence: int
    broken: int

    @cached_property
    def pence(self) -> tuple[int, ...]:
        """Whole pence by line of the version's problem; read when somebody first asks for them."""
        rows = models.PlanLine.objects.filter(candidate_id=self.id).order_by("line")
        return tuple(rows.values_list("pence", flat=True))

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.sort]

    @property
    def gap(self) -> float:
        """By how many points any plan under this case could be better; nought for a baseline."""
        return 0.0 if self.bound is None else max(0.0, self.bound - self.points)

    @property
    def whole_pence(self) -> int:
        """All that it spends, over all years, in pence."""
        return sum(self.pence)


@dataclass(frozen=True, slots=True)
class PlanLineRow:
    """What an option gets in a year, beside now, and which funds pay for it, in pence."""

    option: str
    agency: str
    year: int  # in which the financial year begins
    pence: int
    now: int
    paid: tuple[tuple[str, int], ...]  # fund, pence; of baselines nothing

    @property
    def change(self) -> int:
        """How much more than now, in pence."""
        return self.pence - self.now


@dataclass(frozen=True)
class VersionRow:
    """The case of a plan as it stood from a moment on, and its candidates. 0: a draft's number."""

    id: int
    plan: str  # PLACE/NUMBER
    turn: int
    number: int
    because: int | None  # the answer that led to it
    reason: str
    by: str
    on: datetime
    text: str
    digest: str
    first_year: int
    years: int
    chosen: Sort | None  # which candidate is proposed; of a draft none is
    chosen_because: str
    candidates: tuple[CandidateRow, ...]

    @cached_property
    def case(self) -> Case:
        """All that it was made from."""
        return _case(self.text)

    @cached_property
    def problem(self) -> Problem:
        """The case in numbers, as it was solved."""
        return _problem(self.text)

    def candidate(self, sort: Sort) -> CandidateRow:
        """One candidate or baseline. Raises KeyError where there is none of that sort."""
        for one in self.candidates:
            if one.sort is sort:
                return one
        raise KeyError(sort)

    def known(self, sort: Sort) -> Known:
        """How much of a candidate is known: what its pounds rest on. Raises KeyError as above."""
        return known(self.case, self.candidate(sort).pence, bar=bar())

    @property
    def proposable(self) -> tuple[CandidateRow, ...]:
        """The three of which one is proposed."""
        return tuple(one for one in self.candidates if one.sort in PROPOSABLE)

    @property
    def baselines(self) -> tuple[CandidateRow, ...]:
        """What stands beside them, to compare."""
        return tuple(one for one in self.candidates if one.sort not in PROPOSABLE)

    @property
    def stands(self) -> CandidateRow:
        """The candidate that is proposed; of a draft, that with most outcomes."""
        return self.candidate(self.chosen or Sort.MOST)

    @property
    def runner_up(self) -> CandidateRow:
        """Of the other two, that with the most points."""
        others = [one for one in self.proposable if one.sort is not self.stands.sort]
        return max(others, key=lambda one: one.points)

    @property
    def financial_years(self) -> tuple[FinancialYear, ...]:
        """Its years."""
        return tuple(FinancialYear(self.first_year + n) for n in range(self.years))

    @property
    def label(self) -> str:
        """Its years in words."""
        first, last = self.financial_years[0], self.financial_years[-1]
        return first.label if first == last else f"{first.label} to {last.label}"


@dataclass(frozen=True, slots=True)
class PlanMoveRow:
    """One move of a plan, as it stands on the record."""

    verb: Verb
    day: date
    reason: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its versions and what was done about it."""

    id: int
    place: str
    place_name: str
    number: int
    agency: str
    agency_name: str
    title: str
    why: str
    by: str
    on: datetime
    versions: tuple[VersionRow, ...]
    moves: tuple[PlanMoveRow, ...]
    kept: Stage  # as its moves say; whether it was heard is known from its hearing

    @property
    def citation(self) -> Citation:
        """As it is cited: plan wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def published(self) -> tuple[VersionRow, ...]:
        """The versions since it was proposed, which anybody reads."""
        return tuple(version for version in self.versions if version.number)

    @property
    def last(self) -> VersionRow:
        """What stands: the last version, a draft's too. A plan has one from its beginning."""
        return self.versions[-1]

    def version(self, number: int) -> VersionRow:
        """A published version. Raises Refused where there is none of that number."""
        for version in self.published:
            if version.number == number:
                return version
        raise Refused(
            f"Plan {self.citation.id} has no version {number}",
            why=f"it has {len(self.published)}",
            next_step="Choose one of them",
        )

    def changes(self, number: int) -> list[Change]:
        """What changed from the version before; nothing for the first."""
        now = self.version(number)
        before = [version for version in self.published if version.number == number - 1]
        if not before:
            return []
        was = before[0]
        return differences((was.case, was.stands.pence), (now.case, now.stands.pence))


def plan(citation: str) -> PlanRow:
    """The plan cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix(f"{KIND} ").rpartition("/")
    row = None
    if code_is_sound(place) and number.isascii() and number.isdecimal() and len(number) < 10:
        row = _rows().filter(place__code=place, number=int(number)).first()
    if row is None:
        raise Refused(
            f"There is no plan {citation}",
            why="no plan of that place has that number",
            next_step="See them with: totalplace plan list",
        )
    return _row(row)


def version(citation: str, number: int = 0) -> VersionRow:
    """A version of a plan by its number; without one the last, a draft's too.

    Raises Refused where there is no such plan or version.
    """
    row = plan(citation)
    return row.version(number) if number else row.last


def plans(place: str = "") -> list[PlanRow]:
    """Every plan, or those of a place, by number. Raises Refused where there is no such place."""
    rows = _rows().order_by("place__code", "number")
    if place:
        rows = rows.filter(place_id=_place_id(place))
    return [_row(row) for row in rows]


def lines(version: VersionRow, sort: Sort | None = None) -> tuple[PlanLineRow, ...]:
    """The lines of a candidate of a version, by default of that which stands, with who pays."""
    which = version.candidate(sort) if sort else version.stands
    rows = (
        models.PlanLine.objects.filter(candidate_id=which.id)
        .select_related("agency")
        .prefetch_related("payments")
        .order_by("line")
    )
    return tuple(
        PlanLineRow(
            row.option, row.agency.code, row.year, row.pence, row.now,
            tuple((one.fund, one.pence) for one in sorted(row.payments.all(), key=_key)),
        )
        for row in rows
    )  # fmt: skip


def affected_agencies(citation: str) -> list[Affected]:
    """The agencies that have to be asked about a plan: with money in it, now or as it is proposed.

    As `participation.actions.open_hearing` takes them; pence are over all its years. Raises Refused
    where there is no such plan.
    """
    last = version(citation)
    return [
        Affected(agency, pence, f"{number} service{'' if number == 1 else 's'}")
        for agency, (pence, number) in sorted(stakes(last).items())
    ]


def stakes(version: VersionRow) -> dict[str, tuple[int, int]]:
    """Agency -> what it would have over all years, in pence, and how many services; if any."""
    money: dict[str, int] = {}
    services: dict[str, set[str]] = {}
    for line, pence in zip(version.problem.lines, version.stands.pence, strict=True):
        if pence > 0 or line.now > 0:
            money[line.agency] = money.get(line.agency, 0) + pence
            services.setdefault(line.agency, set()).add(line.option)
    return {agency: (pence, len(services[agency])) for agency, pence in money.items()}


@lru_cache(maxsize=_KEPT)
def _case(text: str) -> Case:
    return case_of_text(text)


@lru_cache(maxsize=_KEPT)
def _problem(text: str) -> Problem:
    return problem_of(_case(text))


def _key(row: models.PlanPayment) -> int:
    return row.pk


def _place_id(code: str) -> int:
    if not code_is_sound(code):
        raise Refused(
            f"There is no place {code!r}",
            why="that is no code of a place",
            next_step="See them with: totalplace places list",
        )
    return places.place(code).id


def _rows() -> QuerySet[models.Plan]:
    return models.Plan.objects.select_related("place", "agency").prefetch_related(
        "moves", "versions"
    )


def _row(row: models.Plan) -> PlanRow:
    moves = sorted(row.moves.all(), key=lambda move: move.turn)
    versions = sorted(row.versions.all(), key=lambda version: version.turn)
    cited = f"{row.place.code}/{row.number}"
    found = _candidates(version.pk for version in versions)
    return PlanRow(
        id=row.pk,
        place=row.place.code,
        place_name=row.place.name,
        number=row.number,
        agency=row.agency.code,
        agency_name=row.agency.name,
        title=row.title,
        why=row.why,
        by=row.by,
        on=row.on,
        versions=tuple(_version(one, cited, found[one.pk]) for one in versions),
        moves=tuple(
            PlanMoveRow(Verb(move.verb), move.day, move.reason, move.by, move.on) for move in moves
        ),
        kept=Stage(moves[-1].after) if moves else Stage.DRAFT,
    )


def _version(row: models.PlanVersion, cited: str, found: Iterable[CandidateRow]) -> VersionRow:
    return VersionRow(
        id=row.pk, plan=cited, turn=row.turn, number=row.number, because=row.because,
        reason=row.reason, by=row.by, on=row.on, text=row.text, digest=row.digest,
        first_year=row.first_year, years=row.years,
        chosen=Sort(row.chosen) if row.chosen else None, chosen_because=row.chosen_because,
        candidates=tuple(found),
    )  # fmt: skip


def _candidates(versions: Iterable[int]) -> dict[int, list[CandidateRow]]:
    """The candidates of versions, in the order in which they were made."""
    found: dict[int, list[CandidateRow]] = {version: [] for version in versions}
    for row in models.PlanCandidate.objects.filter(version_id__in=found).order_by("pk"):
        found[row.version_id].append(
            CandidateRow(
                row.pk, Sort(row.sort), row.reason, row.points, row.bound, row.method,
                row.moved_pence, row.broken,
            )
        )  # fmt: skip
    return found
