"""A count frozen as an edition: one canonical text, its hash, and what differs between two."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from totalplace.count.rules.rulings import Ruling, Subject
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.money.years import FinancialYear

FORM: Final = 1  # of the canonical text; a later form never changes the hash of an earlier one
Plain = dict[str, Any]


def plain(whole: WholePlace, rulings: Iterable[Ruling], definitions: Mapping[str, str]) -> Plain:
    """What a count says and what it was made from, as plain values in a fixed order.

    Leaves out who made it, when and where, so that the same files give the same text anywhere.
    `definitions` gives the hash of each definitions file that was used.
    """
    return {
        "form": FORM,
        "place": whole.place,
        "year": whole.year,
        "people": whole.people,
        "net_lines": [asdict(line) for line in sorted(whole.net_lines, key=_order)],
        "capital_lines": [asdict(line) for line in sorted(whole.capital_lines, key=_order)],
        "gross_lines": [asdict(line) for line in sorted(whole.gross_lines, key=_order)],
        "flows": [asdict(flow) for flow in whole.flows],
        "taken_out": [asdict(t) for t in whole.taken_out],
        "disagreements": [asdict(d) for d in whole.disagreements],
        "explained": [asdict(e) for e in whole.explained],
        "breaks": [asdict(b) for b in whole.breaks],
        "files": sorted({s.sha256 for s in whole.sources}),
        "rulings": sorted((_ruling(r) for r in rulings), key=str),
        "definitions": dict(sorted(definitions.items())),
    }


def _order(line: Line) -> tuple[str, ...]:
    return (
        line.agency, line.service, line.economic, line.detail, line.source, str(line.pence),
    )  # fmt: skip


def _ruling(ruling: Ruling) -> Plain:
    said = asdict(ruling)
    del said["number"]  # numbers are those of one computer's records
    return said


def canonical(value: Any) -> str:
    """A value as JSON of one form: keys in order, no spaces, nothing escaped that need not be."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def sha256_of(value: Any) -> str:
    """The SHA-256 of a value in its canonical form."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def digest(frozen: Plain, cube: Iterable[Sequence[Any]]) -> str:
    """The SHA-256 of a frozen count and the rows of its cube, in order."""
    sha = hashlib.sha256(canonical(frozen).encode())
    for row in cube:
        sha.update(b"\n")
        sha.update(canonical(list(row)).encode())
    return sha.hexdigest()


def lines_of(frozen: Plain, which: str) -> list[Line]:
    """The net or gross lines ("net_lines", "gross_lines") of a frozen count."""
    return [_line(said) for said in frozen[which]]


def rulings_of(frozen: Plain) -> list[Ruling]:
    """The rulings that a frozen count was made with, numbered from 1."""
    return [
        Ruling(number, **{**said, "subject": Subject(said["subject"])})
        for number, said in enumerate(frozen["rulings"], start=1)
    ]


def _line(said: Mapping[str, Any]) -> Line:
    known = {f.name for f in fields(Line)}
    typed = {
        "income": Income(said["income"]),
        "economic": Economic(said["economic"]),
        "basis": Basis(said["basis"]),
        "status": Status(said["status"]),
    }
    return Line(**{k: v for k, v in said.items() if k in known} | typed)


@dataclass(frozen=True, slots=True)
class Freezing:
    """What an edition will say, its hash, and the files that go with it."""

    place: str
    year_start: int
    plain: Plain
    digest: str
    files: tuple[Path, ...]
    beside: Plain | None = None  # what stands beside the text, outside of the hash

    @property
    def year(self) -> str:
        """The financial year, as it is written."""
        return FinancialYear(self.year_start).label


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that differs between two editions. None where one of them has no such line."""

    income: str
    agency: str
    agency_name: str
    service: str
    economic: str
    before_pence: int | None
    after_pence: int | None
    why: str

    @property
    def pence(self) -> int:
        """How much more the later edition counts."""
        return (self.after_pence or 0) - (self.before_pence or 0)


@dataclass(frozen=True, slots=True)
class Changed:
    """What two editions were made from differently."""

    files_added: tuple[str, ...]
    files_gone: tuple[str, ...]
    rulings_added: tuple[str, ...]
    rulings_gone: tuple[str, ...]
    definitions: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether they were made from the same."""
        return (
            not any((self.files_added, self.files_gone, self.rulings_added, self.rulings_gone))
            and not self.definitions
        )


def changed(before: Plain, after: Plain) -> Changed:
    """What a later edition was made from that an earlier was not, and the other way round."""
    old, new = set(before["files"]), set(after["files"])
    ruled = [{_said(r) for r in frozen["rulings"]} for frozen in (before, after)]
    names = {*before["definitions"], *after["definitions"]}
    return Changed(
        files_added=tuple(sorted(new - old)),
        files_gone=tuple(sorted(old - new)),
        rulings_added=tuple(sorted(ruled[1] - ruled[0])),
        rulings_gone=tuple(sorted(ruled[0] - ruled[1])),
        definitions=tuple(
            sorted(n for n in names if before["definitions"].get(n) != after["definitions"].get(n))
        ),
    )


def _said(ruling: Plain) -> str:
    about = ", ".join(
        str(ruling[k])
        for k in ("payee", "unit", "purpose", "detail", "sheet", "row")
        if ruling[k] not in ("", None)
    )
    return f"{ruling['agency']}: the {ruling['subject']} of {about} is {ruling['said']}"


def differences(before: Plain, after: Plain) -> list[Difference]:
    """Every line that differs, the largest difference first, with what changed for its agency."""
    why = changed(before, after)
    found = []
    for which in ("net_lines", "gross_lines"):
        old, new = _summed(before[which]), _summed(after[which])
        for key in sorted({*old, *new}):
            was, now = old.get(key), new.get(key)
            if _pence(was) != _pence(now):
                found.append(_difference(which, key, was, now, why))
    return sorted(found, key=lambda d: (-abs(d.pence), d.income, d.agency, d.service))


Key = tuple[str, str, str, str]


@dataclass(slots=True)
class _Sum:
    pence: int | None
    sources: set[str]


def _summed(lines: Sequence[Plain]) -> dict[Key, _Sum]:
    sums: dict[Key, _Sum] = defaultdict(lambda: _Sum(None, set()))
    for line in lines:
        key = (line["agency"], line["agency_name"], line["service"], line["economic"])
        sums[key].sources.add(line["source"])
        if line["pence"] is not None:
            sums[key].pence = (sums[key].pence or 0) + line["pence"]
    return sums


def _pence(found: _Sum | None) -> int | None:
    return None if found is None else found.pence


def _difference(
    which: str, key: Key, was: _Sum | None, now: _Sum | None, why: Changed
) -> Difference:
    agency, name, service, economic = key
    return Difference(
        income=which.removesuffix("_lines"),
        agency=agency,
        agency_name=name,
        service=service,
        economic=economic,
        before_pence=_pence(was),
        after_pence=_pence(now),
        why=_why(agency, was, now, why),
    )


def _why(agency: str, was: _Sum | None, now: _Sum | None, why: Changed) -> str:
    ruled = [r for r in (*why.rulings_added, *why.rulings_gone) if r.startswith(f"{agency}: ")]
    told = [f"an officer ruled that {r}" for r in ruled]
    if was is not None and now is not None and was.sources != now.sources:
        told.append(f"it is read from {', '.join(sorted(now.sources))} instead")
    elif now is None:
        told.append("nothing shows it any more")
    elif was is None:
        told.append("nothing showed it before")
    if why.files_added:
        told.append(f"{len(why.files_added)} files were added")
    if why.files_gone:
        told.append(f"{len(why.files_gone)} files are no longer held")
    if why.definitions:
        told.append(f"definitions changed: {', '.join(why.definitions)}")
    return "; ".join(told) or "the same files are now read differently by a newer program"
