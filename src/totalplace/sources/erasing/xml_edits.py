"""The XML of a workbook without a name: only the bytes of what names somebody are replaced."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap
from typing import IO, Final
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

from totalplace.sources.erasing.unsafe import Unsafe

_CHUNK: Final = 2**20
_TAG: Final = re.compile(
    rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>", re.DOTALL
)
_ATTRIBUTE: Final = re.compile(rb"(\s)([^\s=/>]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')", re.DOTALL)
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_QUOTES: Final = {'"': "&quot;"}
_PLAIN: Final = {"&quot;": '"', "&apos;": "'"}
_CODED: Final = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")
# What expat reads by default, and what every workbook met is written in.
_ENCODINGS: Final = ("utf-8", "us-ascii", "utf8")

Content = bytes | mmap
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes of a part to be replaced, from one place to another."""

    start: int
    end: int
    new: bytes


def spliced(content: Content, edits: Iterable[Edit], out: IO[bytes]) -> None:
    """Write a part with its edits; none may overlap another."""
    done = 0
    for edit in sorted(edits, key=lambda e: e.start):
        if edit.start < done:
            raise Unsafe("a part of it is written in a way that is not known here")
        out.writelines(_pieces(content, done, edit.start))
        out.write(edit.new)
        done = edit.end
    out.writelines(_pieces(content, done, len(content)))


def _pieces(content: Content, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _CHUNK):
        yield content[at : min(at + _CHUNK, end)]


def coded(text: str) -> bytes:
    """Text as it stands in XML."""
    return escape(text).encode("utf-8", "replace")


def name_of(tag: bytes) -> bytes:
    """The name of a tag, with its prefix."""
    found = _NAME.match(tag)
    return found[1] if found else b""


def prefix_of(tag: bytes) -> bytes:
    """The prefix of a tag with its colon, or nothing."""
    before, colon, _ = name_of(tag).partition(b":")
    return before + colon if colon else b""


def tagged(tag: bytes, content: bytes, attributes: Sequence[bytes] = ()) -> bytes:
    """An element with some attributes, as they are written."""
    begun = b" ".join([b"<" + tag, *attributes])
    return begun + (b">" + content + b"</" + tag + b">" if content else b"/>")


class WordsXml:
    """Follows the XML of one part, and notes an edit for all text and attributes that change.

    Those who know the part better override `begins` and `finished`, and may mute what they edit.
    """

    def __init__(self, content: Content, words: Words) -> None:
        self.content, self.edits = content, list[Edit]()
        self.muted, self.change = False, words
        self._text: list[str] = []
        self._text_at = 0
        self._in_cdata = False
        self._open: list[str] = []
        self._parser = self._prepared()

    def read(self) -> list[Edit]:
        """Every edit. Raises Unsafe where the XML cannot be followed or changed for certain."""
        if not len(self.content):
            return []
        if self.content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise Unsafe("a part of it is written in UTF-16")
        try:
            for at in range(0, len(self.content), _CHUNK):
                self._parser.Parse(self.content[at : at + _CHUNK], False)
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise Unsafe("a part of it is not well-formed") from None
        return self.edits

    def begins(self, tag: str, attributes: dict[str, str], at: int, /) -> None:
        """An element begins; `tag` has no prefix."""

    def finished(self, tag: str, end: int, /) -> None:
        """An element has ended before a place."""

    def words(self, text: str, start: int, end: int, /) -> None:
        """A run of text has ended."""
        if not self.muted and (new := self.change(text)) != text:
            self.replace(start, end, new)

    def replace(self, start: int, end: int, new: str) -> None:
        """Note that a run of text is another."""
        if self._in_cdata:
            raise Unsafe("the name stands in it in a form that is not rewritten here")
        self.edits.append(Edit(start, end, coded(new)))

    @property
    def inside(self) -> str:
        """The element in which what is being read stands."""
        return self._open[-1] if self._open else ""

    def tag_at(self, at: int) -> bytes:
        """The whole tag that begins at a place."""
        found = _TAG.match(self.content, at)
        if found is None:
            raise Unsafe("a part of it is written in a way that is not known here")
        return found[0]

    def end_of(self, at: int) -> int:
        """Where the tag ends that closes an element, from where expat says that it closes."""
        if self.content[at : at + 2] != b"</":
            return at  # an element without content: its one tag has ended
        return self.content.find(b">", at) + 1

    def _prepared(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._aside
        parser.ProcessingInstructionHandler = lambda _, said: self._aside(said)
        parser.StartCdataSectionHandler = self._cdata_begins
        parser.EndCdataSectionHandler = self._cdata_ends
        parser.XmlDeclHandler = lambda _, encoding, __: _refuse_encoding(encoding)
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_of_text()
        at, local = self._parser.CurrentByteIndex, tag.rpartition(":")[2]
        self._open.append(local)
        self.begins(local, attributes, at)
        if not self.muted and any(self.change(v) != v for v in attributes.values()):
            raw = self.tag_at(at)
            self.edits.append(Edit(at, at + len(raw), _with_words(raw, self.change)))

    def _end(self, tag: str) -> None:
        self._end_of_text()
        self.finished(tag.rpartition(":")[2], self.end_of(self._parser.CurrentByteIndex))
        self._open.pop()

    def _characters(self, text: str) -> None:
        if not self._text:
            self._text_at = self._parser.CurrentByteIndex
        self._text.append(text)

    def _end_of_text(self) -> None:
        if self._text:
            text, self._text = "".join(self._text), []
            self.words(text, self._text_at, self._parser.CurrentByteIndex)

    def _aside(self, said: str) -> None:
        self._end_of_text()
        if not self.muted and self.change(said) != said:
            raise Unsafe("the name stands in it in a form that is not rewritten here")

    def _cdata_begins(self) -> None:
        self._end_of_text()
        self._in_cdata = True

    def _cdata_ends(self) -> None:
        self._end_of_text()
        self._in_cdata = False


def _refuse_encoding(encoding: str | None) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        raise Unsafe(f"a part of it is written in {encoding[:20]}")


def _refuse_doctype(*_: object) -> None:
    raise Unsafe("a part of it has a document type")


def _with_words(tag: bytes, words: Words) -> bytes:
    """A tag with the values of its attributes changed."""

    def changed(found: re.Match[bytes]) -> bytes:
        value = _unescaped(found[4][1:-1].decode("utf-8"))
        new = words(value)
        if new == value:
            return found[0]
        return found[1] + found[2] + found[3] + b'"' + escape(new, _QUOTES).encode() + b'"'

    return _ATTRIBUTE.sub(changed, tag)


def attributes_of(tag: bytes) -> Iterator[tuple[str, bytes]]:
    """The names of a tag's attributes, each with the bytes by which it is said."""
    for found in _ATTRIBUTE.finditer(tag):
        yield found[2].decode("utf-8"), found[0].strip()


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        said = found[1]
        return chr(int(said[1:], 16) if said[0] == "x" else int(said))

    return unescape(_CODED.sub(character, text), _PLAIN)


def all_words(content: Content) -> str:
    """All text of a part as one, so that a name over several runs of text is seen too."""
    parts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = parts.append
    try:
        for at in range(0, len(content), _CHUNK):
            parser.Parse(content[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unsafe("a part of it is not well-formed") from None
    return "".join(parts)
