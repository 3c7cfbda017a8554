"""Reading a published file of a register: text or workbook, gzipped or not."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.places.rules.register.recipes import Place, Recipe, places_of
from totalplace.refusal import Refused

# The longest published list of small areas unpacks to 6 MB; what is far larger is no register.
_MOST_BYTES: Final = 200 * 2**20
_HEADER_WITHIN: Final = 30  # notes above a header take fewer rows than this
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

Table = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the recipe that it fits: where its columns stand and which row is its header."""

    path: Path
    digest: str
    recipe: Recipe
    places: Mapping[str, Place]
    header_row: int  # from 0
    table: Table

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows below the header, numbered as a person sees them."""
        start = self.header_row + 1
        yield from enumerate(self.table[start:], start=start + 1)


def found_in(path: Path, recipes: Mapping[str, Recipe]) -> Found:
    """The table of a file that fits a recipe. Raises Refused where none does, or it is no table."""
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    best: tuple[int, Found] | None = None
    tied: list[str] = []
    tables = list(_tables(path, content))
    for table in tables:
        for at, row in enumerate(table[:_HEADER_WITHIN]):
            for recipe in recipes.values():
                places = places_of(recipe, row)
                if places is None:
                    continue
                fit = len(recipe.needed) * 100 + len(places)
                if best is None or fit > best[0]:
                    best, tied = (fit, Found(path, digest, recipe, places, at, table)), []
                elif fit == best[0] and recipe.name != best[1].recipe.name:
                    tied.append(recipe.title)
    if best is None:
        raise _unknown(path, tables, recipes)
    if tied:
        raise Refused(
            f"{path.name} cannot be loaded",
            why=f"its columns fit both {best[1].recipe.title} and {tied[0]}",
            next_step="Leave only the columns of one of them in it",
        )
    return best[1]


def nearest(header: Sequence[str], recipes: Mapping[str, Recipe]) -> tuple[Recipe, list[str]]:
    """The recipe of which the most columns are there, and the headings that are lacking."""
    lacks = {
        name: [c.headed[0] for c in recipe.needed if not _has(recipe, c.name, header)]
        for name, recipe in recipes.items()
    }
    name = min(
        recipes, key=lambda n: (len(lacks[n]) / max(1, len(recipes[n].needed)), len(lacks[n]), n)
    )
    return recipes[name], lacks[name]


def _has(recipe: Recipe, column: str, header: Sequence[str]) -> bool:
    one = next(c for c in recipe.columns if c.name == column)
    from totalplace.places.rules.register.recipes import heading

    heads = [heading(cell) for cell in header]
    return any(pattern.fullmatch(head) for pattern in one.like for head in heads)


def _unknown(path: Path, tables: Sequence[Table], recipes: Mapping[str, Recipe]) -> Refused:
    header = next((row for table in tables for row in table if any(c.strip() for c in row)), ())
    shown = ", ".join(cell.strip() for cell in header if cell.strip())
    recipe, lacks = nearest(header, recipes)
    looked = f"its columns are {shown[:300] or 'none'}; nearest is {recipe.title}"
    return Refused(
        f"{path.name} is no file of a register that is known",
        why=f"{looked}, which also has {', '.join(lacks)}",
        next_step=(
            "Give the publisher's own file, or put yours in a form of "
            "docs/how-to/register-a-place.md"
        ),
    )


def _content(path: Path) -> bytes:
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None
    except OSError as error:
        raise Refused(
            f"{path} cannot be read",
            why=(error.strerror or str(error)).lower(),
            next_step="Say where the file is, and that you may read it",
        ) from error
    if raw is not None and raw.startswith(b"\x1f\x8b"):
        raw = _unpacked(path, raw)
    if raw is None:
        raise Refused(
            f"{path.name} cannot be loaded",
            why=f"it is larger than {_MOST_BYTES // 2**20} MB, as no list of areas and bodies is",
            next_step="Give the list itself",
        )
    return raw


def _unpacked(path: Path, raw: bytes) -> bytes | None:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            content = packed.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(
            f"{path.name} cannot be loaded",
            why="it is a gzip file that is damaged",
            next_step="Download it again",
        ) from error
    return content if len(content) <= _MOST_BYTES else None


def _tables(path: Path, content: bytes) -> Iterator[Table]:
    if content.startswith(_WORKBOOKS):
        yield from _sheets(path, content)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        return
    try:
        yield list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:  # a cell of more than 128 kB, as no list has
        return


def _sheets(path: Path, content: bytes) -> Iterator[Table]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_written(cell) for cell in row] for row in sheet]
    except python_calamine.CalamineError as error:
        raise Refused(
            f"{path.name} cannot be loaded",
            why="it is a workbook that is damaged, or needs a password",
            next_step="Open it in a spreadsheet program and save it as CSV",
        ) from error


def _written(cell: object) -> str:
    """A cell as it would stand in a text: whole numbers without their `.0`."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
