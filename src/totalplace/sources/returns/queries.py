"""What is held of returns; the only way other rooms read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from totalplace import engines
from totalplace.money.years import FinancialYear
from totalplace.sources.home import Home
from totalplace.sources.models import Holding, ReturnMove, ReturnReading, SourceFile
from totalplace.sources.queries import holdings
from totalplace.sources.returns.forms import known
from totalplace.sources.rules.returns.bodies import kind_of_body
from totalplace.sources.rules.returns.forms import COUNTED, Form
from totalplace.sources.rules.returns.stages import SUPERSEDED, Stage


@dataclass(frozen=True, slots=True, order=True)
class ReturnKey:
    """What makes a return one: what a body says, of itself or of an area, of a year in a form."""

    form: str
    agency: str
    area: str
    year_start: int

    def __str__(self) -> str:
        of = f"{self.agency} for {self.area}" if self.area else self.agency
        return f"{of}, {FinancialYear(self.year_start).label} ({self.form})"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A figure of a return, in pence; None where it is missing. `state` is where it stands.

    The columns are those of the table `returns` in docs/decisions/0005.
    """

    agency: str  # the code of the body: its GSS code, or one of its own
    body_gss: str
    body_name: str
    area: str  # the area whose people a department's figures are of, else ''
    year_start: int
    form: str
    line: str
    service: str
    economic: str
    item: str
    income_rule: str
    basis: str
    status: str
    amount_pence: int | None
    low_pence: int | None
    high_pence: int | None
    file: str  # SHA-256
    document: str
    sheet: str
    row: int
    column: str
    note: str
    state: str = Stage.RETURNED.value
    body_kind: str = "unknown"

    @property
    def is_counted(self) -> bool:
        """Whether it is spending of its body, and no more detailed view of the same money."""
        return self.item in COUNTED


@dataclass(frozen=True, slots=True)
class ReturnBody:
    """A body of which returns in a form are held. `missing` counts figures that are blank."""

    agency: str
    body_gss: str
    body_name: str
    body_kind: str
    area: str
    form: str
    first_year: int
    last_year: int
    lines: int
    missing: int


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A published total, and the sum of what it adds up (None where that is not held), in pence.

    `verdict` is agrees, rounding, differs, parts missing, rest or not checked.
    """

    agency: str
    body_gss: str
    body_name: str
    area: str
    year_start: int
    form: str
    line: str
    item: str
    amount_pence: int
    sum_pence: int | None
    parts: int
    parts_missing: int
    allowed_pence: int
    verdict: str
    why: str
    file: str
    document: str
    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class FaultOfReturn:
    """What could not be taken: the cell, what was found, why, and what to do next."""

    form: str
    file: str
    document: str
    sheet: str
    row: int
    column: str
    cell: str
    found: str
    why: str
    next_step: str
    figures: int


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A table or tree of a held file of returns, and how every figure of it is accounted for."""

    agency: str
    file: str
    sha256: str
    form: str
    document: str
    sheet: str
    licence: str
    publisher: str
    taken_on: date
    rows_in: int
    rows_without: int
    figures: int
    lines: int
    missing: int
    totals: int
    faults: int
    left_out: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One move in the life of a return; `file` is the name of the file that was returned."""

    key: ReturnKey
    turn: int
    verb: str
    after: str
    by: str
    on: datetime
    reason: str
    file: str


def lines(
    home: Home, *, bodies: Sequence[str] = (), year: int | None = None, every: bool = False
) -> list[ReturnLine]:
    """The lines of the returns of some bodies, by GSS code, agency code or area; of all if none.

    `year` is the one in which the financial year starts. Each return counts by its latest file
    that has a figure, and one that was withdrawn does not; with `every`, older files and withdrawn
    returns come too, and their `state` says so.
    """
    parts = holdings(home)[Holding.Kind.RETURNS.value]
    if not parts:
        return []
    found = engines.ask(
        "sources/return_lines", {"returns": parts}, in_order=_in_order(),
        superseded_too=every, **_of(bodies, year),
    )  # fmt: skip
    states, forms = {key: move.after for key, move in acted_on().items()}, known(home)
    told = [_line(row, states, forms) for row in found]
    return told if every else [x for x in told if x.state != Stage.WITHDRAWN]


def _of(bodies: Sequence[str], year: int | None) -> dict[str, Any]:
    return {
        "bodies": list(bodies),
        "every_body": not bodies,
        "year": year if year is not None else 0,
        "every_year": year is None,
    }


def _in_order() -> list[str]:
    """The files that are held, the first to be added first."""
    return list(SourceFile.objects.order_by("id").values_list("sha256", flat=True))


def _line(
    row: dict[str, Any], states: Mapping[ReturnKey, str], forms: Mapping[str, Form]
) -> ReturnLine:
    superseded = row.pop("superseded")
    key = ReturnKey(row["form"], row["agency"], row["area"], row["year_start"])
    state = SUPERSEDED if superseded else states.get(key, Stage.RETURNED.value)
    return ReturnLine(**row, state=state, body_kind=_kind(forms, row))


def _kind(forms: Mapping[str, Form], row: Mapping[str, Any]) -> str:
    form = forms.get(row["form"])
    return kind_of_body(form, row["body_gss"] or row["agency"]) if form else "unknown"


def bodies(home: Home) -> list[ReturnBody]:
    """The bodies of which returns are held, by code and form."""
    parts = holdings(home)[Holding.Kind.RETURNS.value]
    if not parts:
        return []
    forms = known(home)
    found = engines.ask("sources/return_bodies", {"returns": parts})
    return [ReturnBody(**row, body_kind=_kind(forms, row)) for row in found]


def years(home: Home) -> list[int]:
    """The years of which any figure is held, by the calendar year in which each starts."""
    parts = holdings(home)[Holding.Kind.RETURNS.value]
    found = engines.ask("sources/return_years", {"returns": parts}) if parts else []
    return [row["year_start"] for row in found]


def control_totals(
    home: Home, *, bodies: Sequence[str] = (), year: int | None = None
) -> list[ControlTotal]:
    """Published totals, each against the sum of what it adds up; of all bodies if none named."""
    parts = holdings(home)[Holding.Kind.RETURN_TOTALS.value]
    if not parts:
        return []
    found = engines.ask("sources/return_totals", {"return_totals": parts}, **_of(bodies, year))
    return [ControlTotal(**row) for row in found]


def faults(home: Home, *, files: Sequence[str] = ()) -> list[FaultOfReturn]:
    """What could not be taken of some files, by hash, or of all."""
    parts = holdings(home)[Holding.Kind.RETURN_FAULTS.value]
    if not parts:
        return []
    found = engines.ask(
        "sources/return_faults", {"return_faults": parts}, files=list(files), every_file=not files
    )
    return [FaultOfReturn(**row) for row in found]


def files() -> list[ReturnFile]:
    """Every table and tree of returns that is held, the first to be added first."""
    held = ReturnReading.objects.select_related("file__agency").order_by("id")
    same = ("form", "document", "sheet", "rows_in", "rows_without", "figures", "lines", "missing",
            "totals", "faults", "left_out")  # fmt: skip
    return [
        ReturnFile(
            agency=reading.file.agency.code,
            file=reading.file.name,
            sha256=reading.file.sha256,
            licence=reading.file.licence,
            publisher=reading.file.publisher,
            taken_on=reading.file.taken_on,
            said=tuple(reading.said),
            **{name: getattr(reading, name) for name in same},
        )
        for reading in held
    ]


def moves(key: ReturnKey) -> list[Move]:
    """The life of a return, from its first move; empty where nobody acted on it."""
    return [_move(m) for m in _moves(key).select_related("file").order_by("turn")]


def acted_on(*, form: str = "") -> dict[ReturnKey, Move]:
    """The last move of each return that somebody acted on; in a form, or in all."""
    found = ReturnMove.objects.select_related("file").order_by("turn")
    if form:
        found = found.filter(form=form)
    return {_key(m): _move(m) for m in found}


def states(agency: str) -> dict[ReturnKey, str]:
    """Where the returns of an agency stand that somebody acted on."""
    return {key: move.after for key, move in acted_on().items() if key.agency == agency}


def stage(key: ReturnKey) -> Stage:
    """Where a return stands by what officers did; NONE where nobody acted on it."""
    last = last_move(key)
    return Stage(last.after) if last else Stage.NONE


def last_move(key: ReturnKey) -> ReturnMove | None:
    """The last move of a return; None where nobody acted on it."""
    return _moves(key).order_by("-turn").first()


def _moves(key: ReturnKey) -> QuerySet[ReturnMove]:
    return ReturnMove.objects.filter(
        form=key.form, agency=key.agency, area=key.area, year_start=key.year_start
    )


def _key(move: ReturnMove) -> ReturnKey:
    return ReturnKey(move.form, move.agency, move.area, move.year_start)


def _move(m: ReturnMove) -> Move:
    return Move(
        _key(m), m.turn, m.verb, m.after, m.by, m.on, m.reason, m.file.name if m.file else ""
    )


def files_of(home: Home, key: ReturnKey) -> list[str]:
    """The hashes of the files that hold a return, the first to be added first."""
    parts = holdings(home)[Holding.Kind.RETURNS.value]
    if not parts:
        return []
    asked: dict[str, Any] = {
        "form": key.form,
        "agency": key.agency,
        "area": key.area,
        "year": key.year_start,
    }
    found = {r["file"] for r in engines.ask("sources/return_keys", {"returns": parts}, **asked)}
    return [sha256 for sha256 in _in_order() if sha256 in found]
