"""How an agency's files were written: where other readers of them lose money or days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from totalplace.count.rules.facts import Facts
from totalplace.count.rules.published import Finding, Weight
from totalplace.count.rules.words import listed, plural


def written(facts: Facts) -> Iterator[Finding]:
    """Minus signs after the figure, and dates as a spreadsheet's day numbers."""
    found = facts.written
    if found.trailing_minus:
        yield Finding(
            Weight.NOTE,
            "Minus signs after the figure",
            facts.body,
            "",
            f"{plural(found.trailing_minus, 'amount')} in"
            f" {plural(found.trailing_minus_tables, 'table')} have the minus sign after the"
            " figure, as in 12.50-. They are read as negative.",
            "Nothing: but a spreadsheet takes them for words or for positive sums.",
        )
    if found.serial_dates:
        yield Finding(
            Weight.NOTE,
            "Dates as numbers",
            facts.body,
            "",
            f"{plural(found.serial_dates, 'date')} in"
            f" {plural(found.serial_dates_tables, 'table')} are written as the number by which a"
            " spreadsheet counts days, such as 45261. They are read as dates.",
            "Nothing: but check one against the file.",
        )


def noticed(facts: Facts) -> Iterator[Finding]:
    """What the reader noticed in single tables and no other finding says, once for each sentence.

    Sentences that begin with a number are of rows, which are counted in findings of their own.
    """
    tables: dict[str, list[str]] = defaultdict(list)
    for notice in facts.notices:
        if not notice.sentence[:1].isdigit():
            tables[notice.sentence].append(notice.table)
    for sentence, names in tables.items():
        yield Finding(
            Weight.NOTE,
            _topic(sentence),
            facts.body,
            "",
            f"{sentence} ({plural(len(names), 'table')})",
            "Nothing, if it is so: else say how the file is to be read in a recipe.",
            figures=(f"In {listed(sorted(names), most=3)}.",),
        )


def _topic(sentence: str) -> str:
    if "header is on the last row" in sentence:
        return "Header on the last row"
    if "month before the day" in sentence:
        return "Month before day"
    if "VAT" in sentence:
        return "VAT"
    return "Noticed in reading"
