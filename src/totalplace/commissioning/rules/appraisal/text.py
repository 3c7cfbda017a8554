"""An appraisal as one text, which is what is kept, digested and cited; reading it gives it back.

A block for each row of its tables, `[Table]` and then `Heading: what it says`, in a set order. An
appraisal has one text, and a text says one appraisal.
"""

from __future__ import annotations

import hashlib
from typing import Final

from totalplace.commissioning.rules.appraisal.headings import HEADS, Row, heads
from totalplace.commissioning.rules.appraisal.tables import appraisal_of, tables_of
from totalplace.commissioning.rules.appraisal.terms import MOST_YEARS, Appraisal
from totalplace.refusal import Refused

LONGEST: Final = 1_000_000  # letters
_FIRST: Final = "APPRAISAL OF AN OPTION"


def text_of(appraisal: Appraisal) -> str:
    """The text that says an appraisal."""
    blocks = [_FIRST]
    for table, rows in tables_of(appraisal).items():
        for row in rows:
            order = heads(table, MOST_YEARS)
            lines = [f"{head}: {row[head]}" for head in order if head in row]
            blocks.append("\n".join([f"[{table}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def appraisal_of_text(text: str) -> Appraisal:
    """The appraisal that a text says. Raises Refused, with the line, for any text in another form.

    The text must be as `text_of` writes it.
    """
    if len(text) > LONGEST:
        raise _unread(1, f"it has more than {LONGEST:,} letters")
    found, faults = appraisal_of(_tables(text))
    if found is None:
        first = faults[0]
        raise _unread(first.at, f"{first.table}, {first.head}: {first.found} {first.why}")
    if text_of(found) != text:
        said, written = text.split("\n"), text_of(found).split("\n")
        pairs = enumerate(zip(said, written, strict=False), start=1)
        line = next((n for n, (one, other) in pairs if one != other), min(len(said), len(written)))
        raise _unread(line, "it is not written as such a text is")
    return found


def _tables(text: str) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {table: [] for table in HEADS}
    said: dict[str, str] | None = None
    for line, words in enumerate(text.split("\n"), start=1):
        if line == 1:
            if words != _FIRST:
                raise _unread(1, f"it does not begin with {_FIRST}")
        elif words.startswith("[") and words.endswith("]"):
            table = words[1:-1]
            if table not in tables:
                raise _unread(line, f"there is no table '{table}'")
            said = {}
            tables[table].append(Row(line, said))
        elif words:
            head, colon, value = words.partition(": ")
            if said is None or not colon or head in said:
                raise _unread(line, "it is no heading with what it says")
            said[head] = value
        else:
            said = None
    return tables


def _unread(line: int, why: str) -> Refused:
    return Refused(
        "The text of the appraisal cannot be read",
        why=f"line {line}: {why}",
        next_step="Take the text as it is kept, or give the workbook",
    )
