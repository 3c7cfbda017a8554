"""The page of every set sentence, written from the definitions: docs/reference/clauses.md.

Write it anew with: python -m totalplace.doors.report.clauses > docs/reference/clauses.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from totalplace.agreements.definitions.sentences import said, section_75, wording
from totalplace.agreements.rules.slots import KINDS
from totalplace.agreements.rules.text import is_words

_HEAD = """# Clauses of an agreement

This page is written from `src/totalplace/agreements/definitions/clauses/`; a test keeps it current.
A clause is a set sentence with slots, or words that are kept as they stand. How to use them is told
in [write an agreement](../how-to/write-an-agreement.md). What stands in square brackets may be left
out.

## Slots

| in a slot | stands |
|---|---|
"""


def clauses_page() -> str:
    """The page, as Markdown."""
    slots = "".join(f"| `{name}` | {kind.says} |\n" for name, kind in sorted(KINDS.items()))
    return _HEAD + slots + "".join(_sections()) + _pooled()


def _sections() -> Iterator[str]:
    for number, head in enumerate(wording().heads, start=1):
        told = said(head.section)
        sources = "; ".join(str(one) for one in told["sources"])
        yield f"\n## {number}. {head.heading}\n\n{told['why']} Sources: {sources}.\n"
        if is_words(head.section):
            yield "\nWords alone, each clause of one line.\n"
            continue
        for one in head.sentences:
            yield f"\n- `{one.code}`: {one.template.strip()}\n"


def _pooled() -> str:
    rows = "".join(
        f"| ({one.letter}) | {one.says} | {', '.join(one.said_by)} |\n" for one in section_75()
    )
    return (
        "\n## Pooled funds\n\nWhat SI 2000/617, regulation 7(3), asks for in writing, and which "
        "terms say it:\n\n| letter | asks for | said by |\n|---|---|---|\n" + rows
    )


if __name__ == "__main__":
    sys.stdout.write(clauses_page())
