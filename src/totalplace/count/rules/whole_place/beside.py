"""What is frozen beside an edition, outside of its hash: names, files, and what bodies say.

The hash of an edition is over what it counts. This is what a page needs to say it in words; it is
kept in a file of its own, whose hash stands on the record, so older editions keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from totalplace.count.rules.findings.trends import JUMP
from totalplace.count.rules.published import Count
from totalplace.count.rules.purposes.services import Service
from totalplace.count.rules.whole_place.flows import Cell, Flow, Matrix
from totalplace.count.rules.whole_place.from_payments import Explained
from totalplace.count.rules.whole_place.from_returns import Disagreement, TakenOut
from totalplace.count.rules.whole_place.frozen import Plain, lines_of
from totalplace.count.rules.whole_place.read_back import read_back
from totalplace.count.rules.whole_place.statements import Bridge, Statement
from totalplace.count.rules.whole_place.whole import (
    Break,
    Checked,
    KnownCount,
    SourceUsed,
    ThreeNumbers,
    WholePlace,
)

FORM: Final = 1


@dataclass(frozen=True, slots=True)
class FileTold:
    """A table of a file that an edition was made from: whose, and how many rows it gave.

    `pence` are all its payments, of every year. Days are those of its payments, where it has any.
    """

    sha256: str
    agency: str
    document: str
    sheet: str
    publisher: str
    licence: str
    what: str  # "payments", or the form of a return
    rows: int
    pence: int | None
    taken_on: date | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page needs beside the canonical text."""

    form: int
    place_name: str
    people_source: str
    names: dict[str, str]
    numbers: ThreeNumbers | None
    cells: tuple[Cell, ...]
    receivers: dict[str, str]  # the agency of each counted body that was paid, by its code
    checked: tuple[Checked, ...]
    sources: tuple[SourceUsed, ...]
    stood_for: tuple[str, ...]
    known: tuple[KnownCount, ...]
    notes: tuple[str, ...]
    services: tuple[Service, ...]
    files: tuple[FileTold, ...]
    statements: tuple[Statement, ...]
    bridges: tuple[Bridge, ...]
    payments: Count | None


def beside(
    whole: WholePlace,
    services: Iterable[Service],
    files: Iterable[FileTold] = (),
    statements: tuple[Iterable[Statement], Iterable[Bridge]] = ((), ()),
    receivers: Mapping[str, str] | None = None,
) -> Beside:
    """What is kept beside the edition of a count."""
    return Beside(
        form=FORM,
        place_name=whole.place_name,
        people_source=whole.people_source,
        names=dict(sorted(whole.names.items())),
        numbers=whole.numbers,
        cells=whole.matrix.cells,
        receivers=dict(sorted((receivers or {}).items())),
        checked=whole.checked,
        sources=whole.sources,
        stood_for=whole.stood_for,
        known=whole.known,
        notes=whole.notes,
        services=tuple(services),
        files=tuple(files),
        statements=tuple(statements[0]),
        bridges=tuple(statements[1]),
        payments=_without_payees(whole.payments),
    )


def _without_payees(count: Count | None) -> Count | None:
    """A count without the names of payees: one of them may be erased, and an edition stays.

    Only the finding of a jump lists payees; what it says of them stays.
    """
    if count is None:
        return None
    kept = [replace(f, figures=()) if f.topic == JUMP else f for f in count.findings]
    return replace(count, findings=tuple(kept))


def plain_beside(told: Beside) -> Plain:
    """As plain values, to be written as JSON."""
    return asdict(told)


def beside_of(said: Plain) -> Beside:
    """From plain values again. Raises ValueError where they are of a form that is not known."""
    if said.get("form") != FORM:
        raise ValueError(f"form {said.get('form')} of what stands beside an edition is not known")
    return read_back(Beside, said)


def whole_of(frozen: Plain, told: Beside) -> WholePlace:
    """The count as it was when it was frozen."""
    return WholePlace(
        place=frozen["place"],
        place_name=told.place_name,
        year=frozen["year"],
        people=frozen["people"],
        people_source=told.people_source,
        net_lines=tuple(lines_of(frozen, "net_lines")),
        gross_lines=tuple(lines_of(frozen, "gross_lines")),
        capital_lines=tuple(lines_of(frozen, "capital_lines")),
        numbers=told.numbers,
        flows=read_back(tuple[Flow, ...], frozen["flows"]),
        matrix=Matrix(told.cells),
        taken_out=read_back(tuple[TakenOut, ...], frozen["taken_out"]),
        checked=told.checked,
        disagreements=read_back(tuple[Disagreement, ...], frozen["disagreements"]),
        explained=read_back(tuple[Explained, ...], frozen["explained"]),
        breaks=read_back(tuple[Break, ...], frozen["breaks"]),
        sources=told.sources,
        payments=told.payments,
        stood_for=told.stood_for,
        known=told.known,
        notes=told.notes,
        names=told.names,
    )
