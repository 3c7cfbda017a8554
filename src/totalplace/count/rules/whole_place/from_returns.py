"""Lines of the count from returns: one figure a body and service, shared to the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.shares import Share, apportion

# What a return may say of a service that is spending of its body, the better first.
COUNTED: Final = ("net current expenditure", "net expenditure", "benefit", "allocation", "net")
CAPITAL: Final = "capital expenditure"  # what a return says of building; never added to COUNTED
# Money against which no income stands, so that gross and net are the same.
_NO_INCOME: Final = frozenset({"benefit", "allocation", CAPITAL})
# Money that a form lists and that its body only passes on, lends or holds.
_NO_SPENDING: Final = frozenset({"passed_on", "not_spending"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a return. Pence are None where the return leaves it blank."""

    body: str  # GSS or agency code of the body; '' where a department reports for an area
    body_name: str
    kind: str  # kind of agency: council, police ...
    year: str
    form: str
    line: str
    service: str
    economic: str
    item: str
    income_rule: str
    basis: str
    status: str
    pence: int | None
    low_pence: int | None
    high_pence: int | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a body reaches beyond a place: its shares by key; none where it lies inside."""

    shares: tuple[Share, ...] = ()
    unknown: str = ""  # why it is not known what part of the body's area the place is


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two returns that show one thing differently."""

    body_name: str
    year: str
    service: str
    used_form: str
    used_pence: int
    other_form: str
    other_pence: int


def one_form_each(figures: Sequence[Figure]) -> tuple[list[Figure], list[Disagreement]]:
    """One form for each body, year and economic kind, and where another form says otherwise.

    The form with the most services that have a value is used; of two alike, the first by name.
    Only items that are spending are taken, and of one form only its best item. A service that the
    form leaves out, as outturn by service does Housing Benefit, is taken from the next that has it.
    """
    forms: dict[tuple[str, str, str, str], dict[str, list[Figure]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for f in figures:
        if f.item in COUNTED:
            forms[f.body or f.body_name, f.kind, f.year, f.economic][f.form].append(f)
    used: list[Figure] = []
    differing: list[Disagreement] = []
    for same in forms.values():
        ranked = sorted(same, key=lambda form: (-_services(same[form]), form))
        best = _best_item(same[ranked[0]])
        used += best
        shown = {f.service for f in best}
        for other in ranked[1:]:
            theirs = _best_item(same[other])
            differing += _disagreements(best, theirs)
            more = [f for f in theirs if f.service not in shown and f.service not in _NO_SPENDING]
            used += more
            shown |= {f.service for f in more}
    return used, differing


def _services(figures: Iterable[Figure]) -> int:
    return len({f.service for f in figures if f.pence is not None})


def _best_item(figures: Sequence[Figure]) -> list[Figure]:
    items = {f.item for f in figures}
    best = min(items, key=COUNTED.index)
    return [f for f in figures if f.item == best]


def _disagreements(used: Sequence[Figure], other: Sequence[Figure]) -> list[Disagreement]:
    ours, theirs = _by_service(used), _by_service(other)
    return [
        Disagreement(
            used[0].body_name, used[0].year, service,
            used[0].form, ours[service], other[0].form, theirs[service],
        )
        for service in sorted(ours.keys() & theirs.keys())
        if ours[service] != theirs[service]
    ]  # fmt: skip


def _by_service(figures: Iterable[Figure]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for f in figures:
        if f.pence is not None:
            sums[f.service] += f.pence
    return sums


def line_of(figure: Figure, agency: str, reach: Reach) -> Line:
    """A figure as a line of the count for a place that its body reaches beyond, or does not."""
    shared = _shared(figure, reach)
    low, pence, high, basis, status, note = shared
    return Line(
        agency=agency,
        agency_name=figure.body_name,
        year=figure.year,
        service=figure.service,
        income=Income.NET if figure.item in _NO_INCOME else Income(figure.income_rule),
        economic=Economic(figure.economic),
        basis=basis,
        status=status,
        pence=pence,
        low_pence=low,
        high_pence=high,
        source=figure.source,
        note=" ".join(n for n in (note, figure.note) if n),
        detail=figure.line,
    )


Sums = tuple[int | None, int | None, int | None, Basis, Status, str]


def _shared(figure: Figure, reach: Reach) -> Sums:
    if figure.pence is None:
        note = "The return leaves it blank."
        return None, None, None, Basis(figure.basis), Status.MISSING, note
    low = figure.pence if figure.low_pence is None else figure.low_pence
    high = figure.pence if figure.high_pence is None else figure.high_pence
    if reach.unknown:
        return None, None, None, Basis.APPORTIONED, Status.MISSING, reach.unknown
    if not reach.shares:
        return low, figure.pence, high, Basis(figure.basis), Status(figure.status), ""
    parts = [apportion(sum_, reach.shares) for sum_ in (low, figure.pence, high)]
    least = min(p.low_pence for p in parts)
    most = max(p.high_pence for p in parts)
    note = f"The place is this part of the body's area, by {parts[1].said}."
    first = reach.shares[0].key
    basis = Basis.HEAD_COUNT if first == "people" else Basis.APPORTIONED
    status = Status.APPORTIONED if figure.status == Status.MEASURED else Status(figure.status)
    return least, parts[1].pence, most, basis, status, note


@dataclass(frozen=True, slots=True)
class Overlap:
    """A rule for money that two returns both show: whose lines are left out."""

    service: str
    take_out_from: str
    where_also_in: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Money that two returns both show: what was left out, and what is counted instead."""

    service: str
    left_out_of: str
    left_out_pence: int
    counted_at: tuple[str, ...]
    counted_pence: int
    why: str


def counted_once(
    lines: Sequence[Line], kinds: Mapping[str, str], overlaps: Sequence[Overlap]
) -> tuple[list[Line], list[TakenOut]]:
    """The lines without those that another return also shows, and what was left out.

    `kinds` gives the kind of each line's agency. A line is left out only where the other side
    shows a sum for the same service and year; the two sums need not be equal, and both are shown.
    """
    left_out: set[int] = set()
    told: list[TakenOut] = []
    for rule in overlaps:
        for year in sorted({line.year for line in lines}):
            same = [
                (at, line)
                for at, line in enumerate(lines)
                if line.service == rule.service and line.year == year and line.pence
            ]
            giving = [(at, x) for at, x in same if kinds.get(x.agency) == rule.take_out_from]
            spending = [x for _, x in same if kinds.get(x.agency) in rule.where_also_in]
            if giving and spending:
                left_out |= {at for at, _ in giving}
                told.append(_taken_out(rule, [x for _, x in giving], spending))
    return [line for at, line in enumerate(lines) if at not in left_out], told


def _taken_out(rule: Overlap, giving: Sequence[Line], spending: Sequence[Line]) -> TakenOut:
    return TakenOut(
        service=rule.service,
        left_out_of=giving[0].agency_name,
        left_out_pence=sum(x.pence or 0 for x in giving),
        counted_at=tuple(sorted({x.agency_name for x in spending})),
        counted_pence=sum(x.pence or 0 for x in spending),
        why=rule.why,
    )
