"""Tables that stand beside payments: which payees are public bodies, and what words tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.count.queries.asked import Asked
from totalplace.count.rules.purposes.classifier import Classifier, Purpose
from totalplace.count.rules.purposes.words import Words
from totalplace.count.rules.rulings import NOT_PUBLIC, Ruling, Subject, of_subject
from totalplace.count.rules.tallies import Issue
from totalplace.places.rules.recognised import Names, recognise

_PAYEES: Final = "payees.parquet"
_PURPOSES: Final = "purposes.parquet"
_TABLES: Final = "tables.parquet"
Seen = Callable[[str], None]  # told what is being done, for showing progress


@dataclass(frozen=True, slots=True)
class Known:
    """What the lookups are made with: names of public bodies, kinds of agency, rules, rulings."""

    names: Names
    kinds: Mapping[str, str]  # kind of each agency, by code
    classifier: Classifier
    rulings: Sequence[Ruling]


@dataclass(frozen=True, slots=True)
class Lookups:
    """The tables as Parquet files, to be asked beside the payments."""

    folder: Path
    payments: tuple[Path, ...]

    @property
    def holdings(self) -> dict[str, Sequence[Path]]:
        """Every table of a question about payments, and the files it is made of."""
        return {
            "payments": self.payments,
            "payees": [self.folder / _PAYEES],
            "purposes": [self.folder / _PURPOSES],
            "tables": [self.folder / _TABLES],
        }


def look_up(
    asked: Asked, issues: Mapping[str, Sequence[Issue]], known: Known, folder: Path, seen: Seen
) -> Lookups:
    """Write the lookups of some agencies' payments into a folder."""
    seen("recognising public bodies")
    _write(folder / _PAYEES, _payees(asked, known))
    seen("telling what payments were for")
    _write(folder / _PURPOSES, _purposes(asked, known))
    _write(folder / _TABLES, _tables(issues))
    return Lookups(folder, tuple(asked.holdings["payments"]))


def _payees(asked: Asked, known: Known) -> dict[str, list[Any]]:
    ruled = {(r.agency, r.payee.lower()): r.said for r in of_subject(known.rulings, Subject.PAYEE)}
    met: dict[str, tuple[str, str]] = {}
    table: dict[str, list[Any]] = {"agency": [], "payee": [], "body": [], "body_kind": []}
    for row in asked.ask("payee_names"):
        agency, payee = row["agency"], row["payee"]
        said = ruled.get((agency, payee.lower()))
        if said is not None:
            own = f"agency:{said}" if said in known.kinds else said
            body, kind = ("", "") if said == NOT_PUBLIC else (own, "ruled")
        else:
            if payee not in met:
                met[payee] = _body(payee, known.names)
            body, kind = met[payee]
        for column, value in zip(table, (agency, payee, body, kind), strict=True):
            table[column].append(value)
    return table


def _body(payee: str, names: Names) -> tuple[str, str]:
    found = recognise(payee, names)
    if found is None or not found.public:
        return "", ""
    return found.body, str(found.kind)


def _purposes(asked: Asked, known: Known) -> dict[str, list[Any]]:
    rows = asked.ask("words")
    classifier = known.classifier.with_rulings(known.rulings)
    told: list[Purpose] = []
    for agency, same in _by_agency(rows):
        words = [Words(r["unit"], r["purpose"], r["detail"], r["payee"]) for r in same]
        told += classifier.classify(words, agency=agency, agency_kind=known.kinds.get(agency, ""))
    columns = ("agency", "unit", "purpose", "detail", "payee")
    table: dict[str, list[Any]] = {column: [r[column] for r in rows] for column in columns}
    table["service"] = [p.service for p in told]
    table["economic"] = [p.economic for p in told]
    table["confidence"] = [round(p.confidence * 100) for p in told]
    return table


def _by_agency(rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, list[Mapping[str, Any]]]]:
    """Rows in the order of their agency, each agency's together."""
    same: list[Mapping[str, Any]] = []
    for row in rows:
        if same and same[0]["agency"] != row["agency"]:
            yield str(same[0]["agency"]), same
            same = []
        same.append(row)
    if same:
        yield str(same[0]["agency"]), same


def _tables(issues: Mapping[str, Sequence[Issue]]) -> dict[str, list[Any]]:
    listed = [
        (i.file, i.sheet, i.period.year.start)
        for same in issues.values()
        for i in same
        if i.period is not None and i.period.year is not None
    ]
    return {
        "file": [file for file, _, _ in listed],
        "sheet": [sheet for _, sheet, _ in listed],
        "year_start": [year for _, _, year in listed],
    }


_NUMBERS: Final = frozenset({"year_start", "confidence"})


def _write(path: Path, table: Mapping[str, Sequence[Any]]) -> None:
    typed = {
        name: np.array(values, dtype=np.int32 if name in _NUMBERS else object)
        for name, values in table.items()
    }
    select = engines.question(f"count/hold_{path.stem}")
    engines.write(path, select, {"looked_up": typed}, {})
