"""Parts of holdings without a name: written anew beside the old ones, the same to the penny."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.refusal import Refused
from totalplace.sources.erasing.scan import Only
from totalplace.sources.home import Home
from totalplace.sources.models import Holding, SourceFile
from totalplace.sources.reading.plain import DETAIL_BETWEEN
from totalplace.sources.rules.erasure import ERASED, Eraser, Name

_WORDS: Final = ("unit", "purpose", "detail", "reference")
_PAYMENT: Final = ("sheet", "row", "payee", "payee_number", *_WORDS)
_NO_FILE: Final = ""
_NOTHING: Final[Mapping[str, Any]] = {"row": 0, "redacted": False}
_FAULT: Final = ("name", "sheet", "row", "column", "found")
Row = Mapping[str, Any]
Own = Counter[tuple[str, int, int]]  # rows of the payee: by sheet, row and pence, how many


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be held in place of another, where it is written, and whether it is counted."""

    old: Holding
    new: Holding
    written: Path
    in_force: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken out of which file's rows, and in which rows the payee is the person.

    `own` has the document, sheet and row of rows that are the person's.
    """

    file: SourceFile
    eraser: Eraser
    turn: int
    only: Only | None = None
    own: frozenset[tuple[str, str, int]] = field(default=frozenset())


def holdings_of(file: SourceFile, kind: Holding.Kind) -> list[Holding]:
    """The holdings of a kind that have rows of a file and still stand on disk, counted or not."""
    found = Holding.objects.filter(files__file=file, kind=kind, erased=None)
    return list(found.select_related("superseded").order_by("pk"))


def is_counted(holding: Holding) -> bool:
    """Whether a holding is in force."""
    return not hasattr(holding, "superseded")


def rows_of(home: Home, holding: Holding, file: SourceFile, name: Name) -> list[dict[str, Any]]:
    """The words of a file's rows in a holding, at least of all rows of payments with a name."""
    kind = str(holding.kind)
    asked = {kind: [home.holdings / holding.path]}
    return engines.ask(f"sources/erasable_{kind}", asked, file=file.sha256, word=name.rarest)


def payees_with(home: Home, file: SourceFile, name: Name) -> set[str]:
    """The payees of a file that are counted, at least all those with a name within theirs."""
    return {
        str(row["payee"])
        for holding in holdings_of(file, Holding.Kind.PAYMENTS)
        if is_counted(holding)
        for row in rows_of(home, holding, file, name)
    }


def own_rows(home: Home, wanted: Wanted) -> Own:
    """The rows of a file that are counted and whose payee is the person."""
    found: Own = Counter()
    for holding in holdings_of(wanted.file, Holding.Kind.PAYMENTS):
        if is_counted(holding):
            for row in rows_of(home, holding, wanted.file, wanted.eraser.name):
                if _is_meant(wanted, row) and wanted.eraser.is_name(row["payee"]):
                    found[row["sheet"], row["row"], row["amount_pence"]] += 1
    return found


def new_parts(home: Home, wanted: Wanted, scratch: Path) -> list[NewPart]:
    """Write every part that has the name without it. Raises Refused where a sum would differ."""
    parts = []
    for kind, write in ((Holding.Kind.PAYMENTS, _payments), (Holding.Kind.FAULTS, _faults)):
        for old in holdings_of(wanted.file, kind):
            written = scratch / f"erased-{old.pk}.parquet"
            at = home.holdings / old.path
            rows = rows_of(home, old, wanted.file, wanted.eraser.name)
            if not write(rows, wanted, at, written):
                continue
            digest = hashlib.sha256(f"{old.digest} erased {wanted.turn}".encode()).hexdigest()
            path = f"{kind}/{digest}-{old.pk}.parquet"
            new = Holding(digest=digest, kind=kind, path=path, rows=old.rows)
            parts.append(NewPart(old, new, written, is_counted(old)))
    return parts


def _is_meant(wanted: Wanted, row: Row) -> bool:
    return wanted.only is None or wanted.only.has(row["sheet"], row["row"])


def _payments(rows: Sequence[Row], wanted: Wanted, at: Path, written: Path) -> bool:
    """Write a part of payments without the name; whether there was any reason to."""
    changed = {
        tuple(row[name] for name in _PAYMENT): new
        for row in rows
        if _is_meant(wanted, row) and (new := _payment(row, wanted.eraser))
    }
    sheets = set(wanted.file.readings.values_list("sheet", flat=True))
    names = _new_names(sheets, wanted)
    if not changed and not names:
        return False
    file = wanted.file.sha256
    renamed = {
        "file": [_NO_FILE, *([file] * len(names))],
        "sheet": ["", *names],
        "new_sheet": ["", *names.values()],
    }
    new_names = ("payee", "payee_number", *_WORDS, "redacted")
    tables = {
        "changes": _arrays(_columns(file, _PAYMENT, new_names, changed)),
        "names": _arrays(renamed),
    }
    _write(written, "sources/hold_erased_payments", tables, at)
    before, after = (engines.ask("sources/file_sums", {"payments": [p]}) for p in (at, written))
    if before != after:
        raise Refused(
            "Nothing was erased",
            why="the rows would not come to the same number and the same pence as before",
            next_step="Report it; everything is as it was",
        )
    return True


def _payment(row: Row, eraser: Eraser) -> dict[str, Any]:
    """The new words of a row; nothing where they are the same."""
    own = eraser.is_name(row["payee"])
    details = row["detail"].split(DETAIL_BETWEEN)
    texts = (row["payee"], *(row[name] for name in _WORDS), *details)
    within = eraser.name.several or any(map(eraser.is_name, texts))
    new: dict[str, Any] = {name: eraser.without(row[name], within=within) for name in _WORDS}
    new["payee"] = eraser.without(row["payee"], within=within)
    new["detail"] = DETAIL_BETWEEN.join(eraser.without(d, within=within) for d in details)
    new["payee_number"] = "" if own else row["payee_number"]
    same = all(new[name] == row[name] for name in ("payee", "payee_number", *_WORDS))
    new["redacted"] = new["payee"] == ERASED
    return {} if same else new


def _new_names(names: Iterable[str], wanted: Wanted) -> dict[str, str]:
    """Names of sheets or documents that have the name within them, each with what it is then."""
    if wanted.only is not None:
        return {}
    new = {name: wanted.eraser.without(name) for name in names}
    return {name: changed for name, changed in new.items() if changed != name}


def _faults(rows: Sequence[Row], wanted: Wanted, at: Path, written: Path) -> bool:
    """Write a part of faults that quotes the name nowhere; whether it did."""
    names = _new_names({row[column] for row in rows for column in ("name", "sheet")}, wanted)
    changed = {
        tuple(row[name] for name in _FAULT): new
        for row in rows
        if _is_meant(wanted, row) and (new := _fault(row, wanted, names))
    }
    if not changed:
        return False
    new_names = ("name", "sheet", "column", "found")
    columns = _columns(wanted.file.sha256, _FAULT, new_names, changed)
    _write(written, "sources/hold_erased_faults", {"changes": _arrays(columns)}, at)
    return True


def _fault(row: Row, wanted: Wanted, names: Mapping[str, str]) -> dict[str, str]:
    eraser = wanted.eraser
    within = eraser.name.several or (row["name"], row["sheet"], row["row"]) in wanted.own
    letters, _, header = row["column"].partition(" ")
    column = f"{letters} {eraser.without(header)}" if header else letters
    new = {
        "name": names.get(row["name"], row["name"]),
        "sheet": names.get(row["sheet"], row["sheet"]),
        "column": row["column"] if wanted.only else column,
        "found": eraser.without_cut(row["found"], within=within),
    }
    return {} if all(new[name] == row[name] for name in new) else new


def _write(written: Path, name: str, tables: Mapping[str, Any], at: Path) -> None:
    engines.write(written, engines.question(name), tables, {}, held={"held": [at]})


def _columns(
    file: str,
    old: Sequence[str],
    new: Sequence[str],
    changed: Mapping[tuple[Any, ...], Mapping[str, Any]],
) -> dict[str, list[Any]]:
    """Rows that change as columns. The first is of no file: without any row there are no types."""
    columns: dict[str, list[Any]] = {"file": [_NO_FILE, *([file] * len(changed))]}
    for place, name in enumerate(old):
        columns[name] = [_NOTHING.get(name, ""), *(row[place] for row in changed)]
    for name in new:
        columns[f"new_{name}"] = [
            _NOTHING.get(name, ""), *(row[name] for row in changed.values())
        ]  # fmt: skip
    return columns


def _arrays(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, values in columns.items():
        if name == "row":
            arrays[name] = np.array(values, dtype=np.int32)
        elif name == "new_redacted":
            arrays[name] = np.array(values, dtype=np.bool_)
        else:
            arrays[name] = np.empty(len(values), dtype=object)
            arrays[name][:] = values
    return arrays
