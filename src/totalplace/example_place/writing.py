"""Writes the example place: the files as published, and the truth about them beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from totalplace.example_place import findings as planted
from totalplace.example_place.accounts import accounts
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.counted import Counted, write_counted
from totalplace.example_place.country import write_register
from totalplace.example_place.netted import Netting, told_by_both
from totalplace.example_place.payments import Books
from totalplace.example_place.plan import publications
from totalplace.example_place.publications import Publication, laid_out
from totalplace.example_place.reading import lines_of, sheet_truth
from totalplace.example_place.returned import FOLDER, whole, write_received, write_returns
from totalplace.example_place.tables import write_table
from totalplace.example_place.truth import (
    LINES,
    Agency,
    Finding,
    LineBook,
    PublishedLine,
    SheetTruth,
    Total,
    Truth,
)
from totalplace.refusal import Refused

DEFAULT_SEED = 1979

Progress = Callable[[int, str], None]


def write_example(
    into: Path, *, seed: int = DEFAULT_SEED, scale: float = 1.0, progress: Progress | None = None
) -> Truth:
    """Write the example place into a folder and return the truth about it.

    `into/published/<agency>/...`, `into/returns/<agency>/...`, `into/received/` and
    `into/register/` are what a user would be given; `into/truth/` is not to be read by anything
    that claims to understand those files. About 120,000 lines at scale 1. `progress` is told how
    many files are written and the name of the last. Raises Refused when the folder already holds
    a place or the scale is not above nothing.
    """
    _refuse_unless_sound(into, scale)
    answers = into / "truth"
    answers.mkdir(parents=True)
    book = LineBook(answers / LINES)
    sheets: list[SheetTruth] = []
    found: list[Finding] = []
    tally, netting, books = _Tally(), Netting(), Books(seed, scale)
    try:
        for written, publication in enumerate(publications(books), start=1):
            for sheet, lines in _published(publication, into / "published"):
                sheets.append(sheet)
                book.add(lines)
                tally.add(sheet, lines)
                netting.add(sheet.year, lines)
                found += planted.in_sheet(sheet, lines)
            if progress is not None:
                progress(written, publication.file)
    finally:
        book.close()
    found += planted.in_series(sheets)
    counted = _counted(netting, books)
    truth = Truth(seed, scale, into, AGENCIES, tuple(sheets), tally.totals(), tuple(found), counted)
    write_register(into / "register")
    write_returns(into / FOLDER, counted.accounts)
    write_received(into / "received", counted.told)
    _write_answers(truth, answers)
    return truth


def _counted(netting: Netting, books: Books) -> Counted:
    transfers, true_accounts = netting.transfers(), accounts(books)
    cells = told_by_both(transfers)
    return Counted(transfers, cells, netting.spent(), true_accounts, whole(true_accounts))


def _refuse_unless_sound(into: Path, scale: float) -> None:
    if not 0 < scale <= 100:
        raise Refused(
            "The example place cannot be written",
            why=f"its scale is {scale}",
            next_step="Give a scale above 0 and up to 100",
        )
    if (into / "published").exists() or (into / "truth").exists():
        raise Refused(
            "The example place cannot be written",
            why=f"{into} already holds one",
            next_step="Choose an empty folder or remove that one",
        )


def _published(
    publication: Publication, into: Path
) -> Iterable[tuple[SheetTruth, list[PublishedLine]]]:
    pages = laid_out(publication)
    path = into / publication.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(publication.saved_as(pages))
    for page, rows in pages:
        lines = lines_of(publication, page, rows)
        yield sheet_truth(publication, page, rows, lines), lines


class _Tally:
    """Adds up what each agency published, by the years it was published for and paid in."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str, str, str]] = Counter()
        self._pence: Counter[tuple[str, str, str, str]] = Counter()

    def add(self, sheet: SheetTruth, lines: Iterable[PublishedLine]) -> None:
        agency, year = sheet.agency, sheet.year
        for line in lines:
            if line.amount_pence is not None:
                key = (agency, year, line.year_paid, line.kind)
                self._rows[key] += 1
                self._pence[key] += line.amount_pence

    def totals(self) -> tuple[Total, ...]:
        keys = sorted(self._rows)
        return tuple(Total(*key, self._rows[key], self._pence[key]) for key in keys)


def _write_answers(truth: Truth, answers: Path) -> None:
    write_table(answers / "agencies.csv", Agency, truth.agencies)
    write_table(answers / "truth.csv", SheetTruth, truth.files)
    write_table(answers / "totals.csv", Total, truth.totals)
    write_table(answers / "findings.csv", Finding, truth.findings)
    write_counted(truth.counted, answers)
    seed = f"The example place, written with seed {truth.seed} at scale {truth.scale}.\n"
    (answers / "README.txt").write_text(seed + planted.README, encoding="utf-8")
