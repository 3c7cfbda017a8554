"""Payments made up for benchmarks, in the shape of real ones, and the words that go with them.

Shape taken from four bodies' published files, 55,000 lines: a body pays some 1,200 payees in two
years, has one set of words for every four to eight lines, publishes sums whose logarithm is near
normal (median £1,000, standard deviation 2.2), has 1 line in 50 below nothing, 1 in 30 a copy and
1 in 60 redacted. Bodies differ in size by a factor of 20, and few payees have most lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from totalplace import count, engines

MONTHS = [date(2020 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(60)]
PAYEES = 200_000
OWN_PAYEES = 12_000  # of a body; each stands in the list of two or three bodies
PUBLIC_BODIES = 240  # payees that are public bodies, a few of which every body pays
ECONOMIC = ("revenue", "revenue", "revenue", "capital", "unknown")
LINES = """
SELECT w.agency, f.file, '' AS sheet, k.word AS kind, l.amount AS amount_pence, w.vat_basis,
       CAST(f.month AS DATE) AS month, w.payee, l.redacted, w.unit, w.purpose, w.detail, l.copy
FROM lines AS l
JOIN words AS w ON l.word = w.number
JOIN files AS f ON l.file = f.number
JOIN kinds AS k ON l.kind = k.number
"""


@dataclass(frozen=True)
class Made:
    """What was written: the files of each table, and the truth of the payments in them."""

    holdings: dict[str, list[Path]]
    rows: int
    pence: int


@dataclass(frozen=True)
class Body:
    """A body that publishes, and the words that it publishes with."""

    code: str
    rows: int
    words: dict[str, np.ndarray[Any, Any]]
    service: np.ndarray[Any, Any]
    economic: np.ndarray[Any, Any]


def make(folder: Path, *, rows: int, bodies: int, seed: int) -> Made:
    """Write payments and their words; at once where the same were written before.

    The same seed makes the same rows. Lines stand as holdings have them: body after body, month
    after month, one file a month.
    """
    asked = {"rows": rows, "bodies": bodies, "seed": seed, "form": 3}
    note = folder / "made.json"
    if not note.exists() or json.loads(note.read_text())["asked"] != asked:
        folder.mkdir(parents=True, exist_ok=True)
        chance = np.random.default_rng(seed)
        published = list(_bodies(chance, rows, bodies))
        pence = sum(_lines(folder, n, body, chance) for n, body in enumerate(published))
        _words(folder, published)
        note.write_text(json.dumps({"asked": asked, "pence": pence}))
    holdings = {name: [folder / f"{name}.parquet"] for name in ("tables", "payees", "purposes")}
    holdings["payments"] = [folder / f"payments-{n}.parquet" for n in range(bodies)]
    return Made(holdings, rows, json.loads(note.read_text())["pence"])


def _bodies(chance: np.random.Generator, rows: int, bodies: int) -> Iterator[Body]:
    shares = np.exp(chance.uniform(0, np.log(20), bodies))
    sizes = (rows * shares / shares.sum()).astype(int)
    sizes[0] += rows - sizes.sum()
    services = sorted(yaml.safe_load(_definitions().read_text())["services"])
    for n in range(bodies):
        number = int(min(OWN_PAYEES, max(50, sizes[n] // 20)))
        payees = np.concatenate([np.arange(40), chance.choice(PAYEES, number, replace=False)])
        each = np.repeat(payees, chance.integers(1, 5, len(payees)))
        units, purposes = chance.integers(0, 40, len(each)), chance.integers(0, 250, len(each))
        taken = chance.choice(len(services), 14, replace=False)  # a body has not every service
        words = {
            "number": np.arange(len(each), dtype=np.int32),
            "agency": _texts(f"body-{n:02d}" for _ in each),
            "vat_basis": _texts(("net", "gross", "")[n % 3] for _ in each),
            "payee": _texts(map(_payee, each)),
            "unit": _texts(f"Directorate {u // 8}, service {u:02d}" for u in units),
            "purpose": _texts(f"Third party payments {p:03d}" for p in purposes),
            "detail": _texts("" if p % 3 else f"Charges {p % 11}" for p in purposes),
        }
        yield Body(
            f"body-{n:02d}", int(sizes[n]), words,
            _texts(services[s] for s in taken[units * 14 // 40]),
            _texts(ECONOMIC[p % 5] for p in purposes),
        )  # fmt: skip


def _definitions() -> Path:
    return Path(count.__file__).parent / "definitions" / "services.yaml"


def _payee(number: int) -> str:
    if number < PUBLIC_BODIES:
        return f"Public Body {number:03d} Council"
    words = ("Harbour", "Ridge", "Care", "Homes", "Build", "Transport", "Supplies", "Legal")
    return f"{words[number % 8]} {words[number // 8 % 8]} {number} Limited"


def _texts(words: Any) -> np.ndarray[Any, Any]:
    return np.array(list(words), dtype=object)


def _lines(folder: Path, number: int, body: Body, chance: np.random.Generator) -> int:
    """Write one body's lines; what they come to, in pence."""
    rows = body.rows
    # Few words have most lines: a rank drawn so that its share falls as one over the rank.
    rank = np.exp(chance.uniform(0, np.log(len(body.service)), rows)).astype(np.int64) - 1
    amount = np.exp(chance.normal(11.5, 2.2, rows)).astype(np.int64) + 1
    amount[chance.random(rows) < 0.02] *= -1
    files = [hashlib.sha256(f"{body.code} {month}".encode()).hexdigest() for month in MONTHS]
    lines = {
        "word": chance.permutation(len(body.service)).astype(np.int32)[rank],
        "file": np.sort(chance.integers(0, len(MONTHS), rows)).astype(np.int32),
        "kind": (chance.random(rows) < 0.03).astype(np.int32),
        "amount": amount,
        "copy": chance.random(rows) < 1 / 30,
        "redacted": chance.random(rows) < 1 / 60,
    }
    words = {
        "words": body.words,
        "files": {
            "number": np.arange(len(MONTHS), dtype=np.int32),
            "file": _texts(files),
            "month": np.array(MONTHS, dtype="datetime64[s]"),
        },
        "kinds": {"number": np.arange(2, dtype=np.int32), "word": _texts(("payment", "card"))},
    }
    engines.write(folder / f"payments-{number}.parquet", LINES, {"lines": lines}, words)
    return int(amount.sum())


def _words(folder: Path, bodies: list[Body]) -> None:
    """Write the tables that payments are joined to: sheets, payees, purposes."""
    texts = ("agency", "unit", "purpose", "detail", "payee")
    purposes = {name: np.concatenate([b.words[name] for b in bodies]) for name in texts}
    purposes["service"] = np.concatenate([b.service for b in bodies])
    purposes["economic"] = np.concatenate([b.economic for b in bodies])
    keys = ", ".join(texts)
    engines.write(
        folder / "purposes.parquet",
        f"SELECT {keys}, MIN(service) AS service, MIN(economic) AS economic FROM words "
        f"GROUP BY {keys} ORDER BY {keys}",
        {"words": purposes},
        {},
    )
    engines.write(
        folder / "payees.parquet",
        """SELECT DISTINCT agency, payee,
        CASE WHEN payee LIKE 'Public Body%' THEN 'gss:' || payee ELSE '' END AS body,
        CASE WHEN payee LIKE 'Public Body%' THEN 'council' ELSE '' END AS body_kind
        FROM words ORDER BY agency, payee""",
        {"words": {name: purposes[name] for name in ("agency", "payee")}},
        {},
    )
    files = _texts(
        hashlib.sha256(f"{b.code} {month}".encode()).hexdigest() for b in bodies for month in MONTHS
    )
    engines.write(
        folder / "tables.parquet",
        "SELECT file, '' AS sheet, CAST(NULL AS INTEGER) AS year_start FROM files",
        {"files": {"file": files}},
        {},
    )
