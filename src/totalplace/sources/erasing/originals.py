"""A held copy written again without a name: text, workbooks, and zips and gzips of them."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from totalplace.refusal import Refused
from totalplace.sources.erasing import texts, workbooks
from totalplace.sources.erasing.scan import Search, same_but_for, tables
from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.reading.archives import Document
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.directory import BROKEN, members_of
from totalplace.sources.reading.kinds import Form, form_of, workbook_form
from totalplace.sources.reading.names import distinct, shown_name
from totalplace.sources.reading.text import survey
from totalplace.sources.reading.workbooks import sheets

_CHUNK: Final = 2**20
_SEARCHED_AS: Final = ("cp1252", "utf-16-le")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A copy without the name, and how many files of an archive it leaves out."""

    path: Path
    left_out: int


def rewritten(path: Path, name: str, search: Search, scratch: Path) -> Rewritten:
    """Write a copy without the name below `scratch`, and read it back to be certain of it.

    Files of an archive that are no table are left out: they were never read, and cannot be looked
    into. Raises Unsafe where a copy that is certain cannot be made.
    """
    to = scratch / "rewritten"
    rewriter = _Rewriter(search, scratch)
    try:
        rewriter.rewrite(path, shown_name(name), to)
        before, after = scratch / "before", scratch / "after"
        before.mkdir(exist_ok=True)
        after.mkdir(exist_ok=True)
        same = same_but_for(tables(path, name, before), tables(to, name, after), search)
    except (Refused, *BROKEN):
        # Not as its cause: what is quoted there may name the person.
        raise Unsafe("it cannot be read again once it is rewritten") from None
    if not same:
        raise Unsafe("rewritten, it does not read as it should")
    return Rewritten(to, rewriter.left_out)


@dataclass(slots=True)
class _Rewriter:
    """Goes through a file as `archives.documents` does, and writes it again on the way."""

    search: Search
    scratch: Path
    left_out: int = 0
    _names: set[str] = field(default_factory=set)
    _made: int = 0

    def rewrite(self, path: Path, title: str, to: Path) -> None:
        """Write one file again. Raises Refused where it cannot be read, Unsafe where written."""
        match form_of(path, title, bounds=Bounds()):
            case Form.TEXT:
                self._text(path, title, to)
            case Form.WORKBOOK:
                self._workbook(Document(title, path, "workbook"), to)
            case Form.GZIP:
                self._gzip(path, title, to)
            case Form.ZIP:
                self._zip(path, title, to)
            case _:
                raise Unsafe("it is of a kind that is not rewritten here")

    def _text(self, path: Path, title: str, to: Path) -> None:
        key = (distinct(title, self._names), "")
        texts.rewrite(
            path, to, survey(path), lambda row, cells: self.search.changes(key, row, cells)
        )

    def _workbook(self, document: Document, to: Path) -> None:
        title, taken = distinct(document.name, self._names), set[str]()
        cells: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        for written, rows in sheets(document.path, bounds=Bounds(), scratch=self.scratch):
            key = (title, distinct(written, taken))
            for row, values in enumerate(rows, start=1):
                for at, new in self.search.changes(key, row, values).items():
                    cells[written][row - 1, at] = new
        only = self.search.only is not None
        if workbook_form(document.path) in ("xlsx", "ods"):
            workbooks.rewrite(document.path, to, cells, self.search.eraser, only_cells=only)
        else:
            self._keep_unless_named(document.path, to, named=bool(cells))

    def _keep_unless_named(self, path: Path, to: Path, *, named: bool) -> None:
        """Keep a workbook of a form that is not rewritten, where the name is not in it."""
        if not named and self.search.only is None:
            for coding in _SEARCHED_AS:
                text = path.read_bytes().decode(coding, "ignore")
                named = named or self.search.eraser.may_be_in(text)
        if named:
            form = workbook_form(path)
            raise Unsafe(f"it is a workbook in the form of .{form}, which is not rewritten here")
        shutil.copyfile(path, to)

    def _gzip(self, path: Path, title: str, to: Path) -> None:
        inner, new = self._file(), self._file()
        with gzip.open(path, "rb") as packed:
            _unpack(packed, inner)
        self.rewrite(inner, title, new)
        # Without the name of the file that was packed, which may name the person.
        with new.open("rb") as file, to.open("wb") as out, gzip.GzipFile("", "wb", 6, out, 0) as g:
            shutil.copyfileobj(file, g, _CHUNK)

    def _zip(self, path: Path, title: str, to: Path) -> None:
        said: list[str] = []
        members = members_of(path, title, bounds=Bounds(), said=said)
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(to, "w") as out:
            self.left_out += sum(not e.is_dir() for e in archive.infolist()) - len(members)
            for member in members:
                if self.search.eraser.stands_in(member.filename):
                    raise Unsafe("a file in it is named so")
                self._member(archive, member, title, out)

    def _member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, title: str, out: zipfile.ZipFile
    ) -> None:
        inner, new = self._file(), self._file()
        with archive.open(member) as packed:
            _unpack(packed, inner)
        try:
            self.rewrite(inner, shown_name(f"{title}/{shown_name(member.filename)}"), new)
        except Refused:  # it was refused when the archive was added, and never read
            self.left_out += 1
            return
        finally:
            inner.unlink(missing_ok=True)
        written = zipfile.ZipInfo(member.filename, member.date_time)
        written.compress_type, written.external_attr = zipfile.ZIP_DEFLATED, member.external_attr
        written.file_size = new.stat().st_size
        with new.open("rb") as file, out.open(written, "w") as part:
            shutil.copyfileobj(file, part, _CHUNK)
        new.unlink()

    def _file(self) -> Path:
        self._made += 1
        return self.scratch / f"part-{self._made}"


def _unpack(packed: IO[bytes] | gzip.GzipFile, to: Path) -> None:
    with to.open("wb") as file:
        shutil.copyfileobj(packed, file, _CHUNK)
