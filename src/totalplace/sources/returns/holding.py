"""Returns on their way to Parquet: lines, totals and faults as columns, and their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.sources.models import Holding
from totalplace.sources.rules.returns.found import Spot
from totalplace.sources.rules.returns.outcome import Outcome
from totalplace.sources.rules.returns.rows import Row
from totalplace.sources.rules.returns.sums import Checked

MOST_FAULTS: Final = 100_000  # of one file that are kept one by one; nobody corrects more by hand
_NO_NUMBER: Final = 0
Columns = dict[str, Any]


def write_parts(
    outcomes: Sequence[Outcome], sha256: str, scratch: Path
) -> list[tuple[Holding, Path]]:
    """Write what a file came to below `scratch`; each part as it will be recorded, and where."""
    every = {
        Holding.Kind.RETURNS: ("lines", _lines(outcomes, sha256)),
        Holding.Kind.RETURN_TOTALS: ("totals", _totals(outcomes, sha256)),
        Holding.Kind.RETURN_FAULTS: ("faults", _faults(outcomes, sha256)),
    }
    digest = _digest([columns for _, columns in every.values()], sha256)
    parts = []
    for kind, (table, columns) in every.items():
        rows = len(columns["file"])
        if rows:
            written = scratch / f"{kind}-{sha256[:12]}.parquet"
            select = engines.question(f"sources/hold_{kind}")
            engines.write(written, select, {table: columns}, {})
            path = f"{kind}/{digest}.parquet"
            parts.append((Holding(digest=digest, kind=kind, path=path, rows=rows), written))
    return parts


def _digest(tables: Sequence[Columns], sha256: str) -> str:
    """Of which file, and of the canonical rows of all that its forms found."""
    digest = hashlib.sha256(sha256.encode())
    for columns in tables:
        names = sorted(columns)
        rows = zip(*(columns[name].tolist() for name in names), strict=True)
        digest.update(json.dumps(list(rows), ensure_ascii=False).encode("utf-8", "replace"))
    return digest.hexdigest()


def _lines(outcomes: Sequence[Outcome], sha256: str) -> Columns:
    rows = [(o.form.code, row) for o in outcomes for row in o.rows]
    return {
        **_of_body([row for _, row in rows]),
        "form": _texts(form for form, _ in rows),
        "line": _texts(row.title for _, row in rows),
        **{
            name: _texts(getattr(row, name) for _, row in rows)
            for name in ("service", "economic", "item", "income_rule", "basis", "status", "note")
        },
        "has_amount": np.array([row.pence is not None for _, row in rows], dtype=np.bool_),
        "amount_pence": _numbers([row for _, row in rows], lambda row: row.pence),
        "low_pence": _numbers([row for _, row in rows], lambda row: row.low_pence),
        "high_pence": _numbers([row for _, row in rows], lambda row: row.high_pence),
        **_of_spot([row.spot for _, row in rows], sha256),
    }


def _totals(outcomes: Sequence[Outcome], sha256: str) -> Columns:
    checked = [(o.form.code, c) for o in outcomes for c in o.checked]
    every = [c for _, c in checked]
    return {
        **_of_body(every),
        "form": _texts(form for form, _ in checked),
        "line": _texts(c.line for c in every),
        "item": _texts(c.item for c in every),
        "verdict": _texts(c.verdict.value for c in every),
        "why": _texts(c.why for c in every),
        "has_sum": np.array([c.sum_pence is not None for c in every], dtype=np.bool_),
        "amount_pence": _numbers(every, lambda c: c.pence),
        "sum_pence": _numbers(every, lambda c: c.sum_pence),
        "parts": _numbers(every, lambda c: c.parts),
        "parts_missing": _numbers(every, lambda c: c.parts_missing),
        "allowed_pence": _numbers(every, lambda c: c.allowed_pence),
        **_of_spot([c.spot for c in every], sha256),
    }


def _faults(outcomes: Sequence[Outcome], sha256: str) -> Columns:
    faults = [(o.form.code, f) for o in outcomes for f in o.faults[:MOST_FAULTS]]
    every = [f for _, f in faults]
    return {
        "form": _texts(form for form, _ in faults),
        "cell": _texts(f.spot.address for f in every),
        "found": _texts(f.found for f in every),
        "why": _texts(f.why for f in every),
        "next_step": _texts(f.next_step for f in every),
        "figures": _numbers(every, lambda f: f.figures),
        **_of_spot([f.spot for f in every], sha256),
    }


def _of_body(rows: Sequence[Row] | Sequence[Checked]) -> Columns:
    return {
        "agency": _texts(row.body.agency for row in rows),
        "body_gss": _texts(row.body.gss for row in rows),
        "body_name": _texts(row.body.name for row in rows),
        "area": _texts(row.body.area for row in rows),
        "year_start": np.array([row.year for row in rows], dtype=np.int32),
    }


def _of_spot(spots: Sequence[Spot], sha256: str) -> Columns:
    return {
        "file": _texts(sha256 for _ in spots),
        "document": _texts(spot.document for spot in spots),
        "sheet": _texts(spot.sheet for spot in spots),
        "row": np.array([spot.row for spot in spots], dtype=np.int32),
        "column": _texts(spot.column for spot in spots),
    }


def _texts(values: Iterable[str]) -> Any:
    # Made by hand: of texts of one length NumPy would make characters.
    listed = list(values)
    texts = np.empty(len(listed), dtype=object)
    texts[:] = listed
    return texts


def _numbers(rows: Sequence[Any], number: Callable[[Any], int | None]) -> Any:
    found = (number(row) for row in rows)
    return np.array([_NO_NUMBER if n is None else n for n in found], dtype=np.int64)
