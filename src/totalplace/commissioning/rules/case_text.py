"""A case as one plain text: what is kept, hashed and cited. The same case is always the same text.

Its tables stand in set order, each under its name; a row is a line, with tabs between its cells.
"""

from __future__ import annotations

import hashlib
from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of, tables_of
from totalplace.refusal import Refused

HEAD: Final = "The case of a plan, form 1"
_WHAT: Final = "The text of the case"
MOST_LETTERS: Final = 64_000_000  # of a text: a hundred thousand effects take a third of it


def text_of(case: Case) -> str:
    """A case as text, ended by a line break. Words have their blanks folded.

    Reading it gives the same case: `case_of_text(text_of(case)) == case` for each that was read.
    """
    lines = [HEAD]
    for name, rows in tables_of(case).items():
        lines += ["", f"[{name}]"]
        lines += ["\t".join(row).rstrip("\t") for row in rows]
    return "\n".join(lines) + "\n"


def case_of_text(text: str) -> Case:
    """The case that a text says. Raises Refused, with the first fault, where it says none."""
    read = case_of(tables_of_text(text))
    if isinstance(read, CaseFaults):
        raise read.refused(_WHAT)
    return read


def tables_of_text(text: str) -> dict[str, list[list[str]]]:
    """The cells of a text by sheet, headings too. Raises Refused where it is no text of a case."""
    if len(text) > MOST_LETTERS:
        raise Refused(
            f"{_WHAT} was not taken",
            why=f"it has more than {MOST_LETTERS:,} letters",
            next_step="Put options together until it has fewer",
        )
    head, *lines = text.split("\n")
    tables: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in lines:
        named = line.startswith("[") and line.endswith("]") and "\t" not in line
        if named and line[1:-1] not in tables:
            rows = tables[line[1:-1]] = []
        elif line and rows is not None:
            rows.append(line.split("\t"))
    if head != HEAD or not tables:
        raise Refused(
            f"{_WHAT} was not taken",
            why="it does not begin as one",
            next_step="Give it as it was written, or give the workbook",
        )
    return tables


def digest_of(case: Case) -> str:
    """The SHA-256 of a case's text, in hexadecimal: by which it is known again."""
    return hashlib.sha256(text_of(case).encode()).hexdigest()
