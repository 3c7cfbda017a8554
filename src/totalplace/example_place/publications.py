"""One published file: which lines it holds, in which form, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from totalplace.example_place.forms import opendocument, text, workbook
from totalplace.example_place.forms.packing import packed, squeezed
from totalplace.example_place.forms.table import Form, Row, rows_of
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.lines import Line


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook, one member of a zip archive, or a whole text file (no name)."""

    lines: list[Line]
    form: Form
    name: str = ""
    formatted_below: int = 0


@dataclass(frozen=True, slots=True)
class Publication:
    """A file as an agency publishes it. `saved_as` is how its pages become bytes."""

    agency: str
    year: str
    name: str  # below the agency's own folder
    pages: tuple[Page, ...]
    saved_as: Saving
    says: str

    @property
    def file(self) -> str:
        """Where it stands below `published/`."""
        return f"{self.agency}/{self.name}"


Saving = Callable[[list[tuple[Page, list[Row]]]], bytes]


def laid_out(publication: Publication) -> list[tuple[Page, list[Row]]]:
    """Every page with its rows."""
    return [(page, rows_of(page.lines, page.form)) for page in publication.pages]


def as_text(form: TextFile) -> Saving:
    """One plain text file."""
    return lambda pages: text.saved(pages[0][1], form)


def as_gzip(form: TextFile) -> Saving:
    """One text file, gzipped."""
    return lambda pages: squeezed(text.saved(pages[0][1], form))


def as_zip(form: TextFile) -> Saving:
    """A zip archive with a text file for each page."""
    return lambda pages: packed({page.name: text.saved(rows, form) for page, rows in pages})


def as_xlsx(pages: list[tuple[Page, list[Row]]]) -> bytes:
    """An Excel workbook with a sheet for each page."""
    return workbook.saved(_sheets(pages))


def as_ods(pages: list[tuple[Page, list[Row]]]) -> bytes:
    """An OpenDocument spreadsheet with a sheet for each page."""
    return opendocument.saved(_sheets(pages))


def _sheets(pages: Iterable[tuple[Page, list[Row]]]) -> list[workbook.Sheet]:
    return [workbook.Sheet(page.name, rows, page.formatted_below) for page, rows in pages]
