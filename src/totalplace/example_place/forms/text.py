"""Text files: encodings, separators and quoting, as agencies save them."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from totalplace.example_place.forms.table import Row


@dataclass(frozen=True, slots=True)
class TextFile:
    """How a table is saved as text."""

    encoding: str = "utf-8"  # utf-8, utf-8-sig, utf-16 (little-endian with its mark), cp1252
    separator: str = ","
    line_end: str = "\r\n"
    quote_all: bool = False

    @property
    def says(self) -> str:
        """The form in plain words, for the truth."""
        separators = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
        return f"{self.encoding}, {separators[self.separator]}"


def saved(rows: Iterable[Row], form: TextFile) -> bytes:
    """The bytes of a text file that holds these rows."""
    text = StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=form.separator,
        lineterminator=form.line_end,
        quoting=csv.QUOTE_ALL if form.quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerows(row.cells for row in rows)
    if form.encoding == "utf-16":  # Python would choose the machine's own byte order
        return codecs.BOM_UTF16_LE + text.getvalue().encode("utf-16-le")
    return text.getvalue().encode(form.encoding)
