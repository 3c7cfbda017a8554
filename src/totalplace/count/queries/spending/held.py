"""The payments of an edition's year, made ready to be searched: its own files, read as it did.

They are a copy that is made again whenever it is missing or a name was erased, and hold nothing
that the holdings do not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.count.queries.asked import Asked, Row, issues_and_lines
from totalplace.count.queries.between import Counted, treatments
from totalplace.count.queries.editions import EditionRow, folder_of
from totalplace.count.queries.known import counted_bodies, known_of
from totalplace.count.queries.lookups import Lookups, look_up
from totalplace.count.queries.whole_place import members_of
from totalplace.count.rules.rulings import Ruling
from totalplace.count.rules.whole_place.frozen import Plain, rulings_of
from totalplace.money.years import FinancialYear
from totalplace.places.queries import AgencyRow
from totalplace.refusal import Refused
from totalplace.sources import made
from totalplace.sources import queries as sources
from totalplace.sources.home import Home
from totalplace.sources.queries import Parts

FORM: Final = "2"  # of the copy; another is made where a newer program wants another
_SAID: Final = "said.json"
Seen = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Held:
    """Where the words and lines of an edition's year stand, and whether they are what it counted.

    `differs` are sums of its cube, by body, service and the like, that come out otherwise today:
    definitions have changed since, or a name that told a purpose was erased.
    """

    folder: Path
    rows: int
    pence: int
    differs: int

    @property
    def tables(self) -> dict[str, Sequence[Path]]:
        """Every table of a question about them."""
        return {
            "words": [self.folder / "words.parquet"],
            "lines": [self.folder / "lines.parquet"],
        }


def held(
    home: Home, edition: EditionRow, frozen: Plain, *, seen: Seen = lambda _: None
) -> Held | None:
    """The payments of an edition, made ready where they are not; None where it has none.

    Raises Refused where a file that it was made from is no longer held. Making them ready takes
    about as long as the count itself: a door may ask `is_ready` first.
    """
    files = tuple(frozen["files"])
    parts = sources.parts_of(home, files)
    if not parts.paths or not frozen["gross_lines"]:
        return None
    folder = _folder(home, edition, parts)
    if not (folder / _SAID).exists():
        _make(home, edition, frozen, parts, seen)
    return _told(folder)


def is_ready(home: Home, edition: EditionRow, frozen: Plain) -> bool:
    """Whether the payments of an edition can be searched at once."""
    parts = sources.parts_of(home, tuple(frozen["files"]))
    return not parts.paths or (_folder(home, edition, parts) / _SAID).exists()


def _told(folder: Path) -> Held:
    said = json.loads((folder / _SAID).read_text(encoding="utf-8"))
    return Held(folder, said["rows"], said["pence"], said["differs"])


def _folder(home: Home, edition: EditionRow, parts: Parts) -> Path:
    """Another for each edition, set of holdings and form.

    Not for other definitions: what was made sooner is nearer to what was counted.
    """
    made_from = [FORM, edition.digest, *map(str, parts.paths)]
    key = hashlib.sha256("\n".join(made_from).encode()).hexdigest()[:16]
    return made.made(home) / f"payments-{edition.digest[:16]}-{key}"


def _make(home: Home, edition: EditionRow, frozen: Plain, parts: Parts, seen: Seen) -> None:
    scratch = home.scratch()
    try:
        whole = scratch / "payments"
        whole.mkdir()
        making = _Made(home, edition, frozen, parts, scratch, whole, seen)
        try:
            _write(making)
        except Exception as error:
            if making.is_outdated:  # its files may be gone
                raise _changed() from error
            raise
        _put(making, _folder(home, edition, parts))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _put(making: _Made, folder: Path) -> None:
    """Put a copy into place, unless a name was erased since it was begun, or another was made."""
    with made.nothing_is_erased():
        if making.is_outdated:
            raise _changed()
        if folder.exists():
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        for old in folder.parent.glob(f"payments-{making.edition.digest[:16]}-*"):
            shutil.rmtree(old, ignore_errors=True)
        making.folder.rename(folder)


def _changed() -> Refused:
    return Refused(
        "The payments were not made ready",
        why="what is held of them changed meanwhile",
        next_step="Try again",
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """All that a copy is made from, and where."""

    home: Home
    edition: EditionRow
    frozen: Plain
    parts: Parts
    scratch: Path
    folder: Path
    seen: Seen

    @property
    def year(self) -> FinancialYear:
        """The financial year of the edition."""
        return FinancialYear.parse(self.edition.year)

    @property
    def files(self) -> list[str]:
        """The hashes of the files of the edition."""
        return list(self.frozen["files"])

    @property
    def is_outdated(self) -> bool:
        """Whether other holdings have the rows by now: a file was read again, or a name erased."""
        return sources.parts_of(self.home, self.files) != self.parts


def _write(making: _Made) -> None:
    members = members_of(making.edition.place, making.year)
    rulings = rulings_of(making.frozen)
    lookups, agencies = _looked_up(making, members, rulings)
    making.seen("telling what is passed on to other bodies")
    treated = _treated(making, lookups, agencies, counted_bodies(members), rulings)
    making.seen("making payments ready to be searched")
    asked: dict[str, Any] = {
        "agencies": agencies, "files": making.files, "year_start": making.year.start,
    }  # fmt: skip
    words, lines = making.folder / "words.parquet", making.folder / "lines.parquet"
    tables = {**lookups.holdings, "treated": [treated]}
    engines.write_answer(words, "count/spending/words", tables, **asked)
    engines.write_answer(lines, "count/spending/lines", {**tables, "words": [words]}, **asked)
    _say(making, {"words": [words], "lines": [lines]})


def _looked_up(
    making: _Made, members: Sequence[AgencyRow], rulings: Sequence[Ruling]
) -> tuple[Lookups, list[str]]:
    """What the names and words of the edition's own files tell, as its count told them."""
    readings = sources.readings(agencies=[m.code for m in members], sha256s=making.files)
    agencies = sorted({r.agency for r in readings})
    paths: Sequence[Path] = making.parts.paths
    if making.parts.with_others:
        alone = making.scratch / "payments.parquet"
        engines.write_answer(
            alone, "count/rows_of_files", {"payments": paths}, files=sorted(making.files)
        )
        paths = [alone]
    asked = Asked({"payments": paths}, tuple(agencies))
    making.seen("reading rows")
    issues, _ = issues_and_lines(asked, readings)
    known = known_of(members, rulings)
    return look_up(asked, issues, known, making.scratch, making.seen), agencies


def _treated(
    making: _Made,
    lookups: Lookups,
    agencies: Sequence[str],
    counted: Counted,
    rulings: Sequence[Ruling],
) -> Path:
    """A table of the words beside payments to public bodies, and what is done with each."""
    asked: dict[str, Any] = {"agencies": list(agencies)}
    rows = engines.ask("count/spending/body_words", lookups.holdings, **asked)
    equals = engines.ask("count/instalments", lookups.holdings, **asked)
    year = making.year.start
    told = treatments(rows, (e for e in equals if e["year_start"] == year), counted, rulings)
    columns = ("agency", "payee", "unit", "purpose", "detail", "nature", "receiver", "treatment")
    table = {name: np.array([row[name] for row in told], dtype=object) for name in columns}
    amounts = [row["amount_pence"] for row in told]
    table["has_amount"] = np.array([a is not None for a in amounts], dtype=bool)
    table["amount_pence"] = np.array([a or 0 for a in amounts], dtype=np.int64)
    path = making.scratch / "treated.parquet"
    engines.write(path, engines.question("count/hold_treated"), {"looked_up": table}, {})
    return path


def _say(making: _Made, tables: Mapping[str, Sequence[Path]]) -> None:
    """Write what the copy comes to, beside what was frozen."""
    sums = engines.ask("count/spending/line_sums", tables)
    cube = folder_of(making.home, making.edition.digest) / "cube.parquet"
    frozen: list[Row] = []
    if cube.exists():
        frozen = engines.ask(
            "count/spending/cube_year_sums", {"cube": [cube]}, year_start=making.year.start
        )
    said = {
        "rows": sum(r["row_count"] for r in sums),
        "pence": sum(r["amount_pence"] for r in sums if r["kind"] == "payment"),
        "differs": len({_of(r) for r in sums} ^ {_of(r) for r in frozen}),
    }
    (making.folder / _SAID).write_text(json.dumps(said), encoding="utf-8")


def _of(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in sorted(row))
