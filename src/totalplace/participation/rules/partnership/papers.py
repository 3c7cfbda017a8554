"""Papers of a meeting: which files may be given, and how large they may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from totalplace.refusal import Refused

MOST_BYTES: Final = 20 * 2**20
# By how a name ends. Nothing that a browser would run: no HTML, SVG or XML.
MEDIA: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_BEGINS: Final[Mapping[str, bytes]] = {"pdf": b"%PDF-", "odt": b"PK", "ods": b"PK", "docx": b"PK",
                                       "xlsx": b"PK", "pptx": b"PK"}  # fmt: skip


def media_of(name: str, content: bytes) -> str:
    """The kind of a paper by its name. Refused: one that is empty, too large or of no kind."""
    what = f"The paper {name!r} cannot be added"
    ending = name.rpartition(".")[2].lower()
    if ending not in MEDIA or not content.startswith(_BEGINS.get(ending, b"")):
        raise Refused(
            what,
            why=f"it is not a file of one of these kinds: {', '.join(MEDIA)}",
            next_step="Save it as PDF, and add that",
        )
    if not content or len(content) > MOST_BYTES:
        raise Refused(
            what,
            why="it is empty" if not content else "it is larger than 20 MB",
            next_step="Choose another file, or leave out its pictures",
        )
    return MEDIA[ending]
