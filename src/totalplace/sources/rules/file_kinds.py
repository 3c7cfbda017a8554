"""What a whole file lists: payments, purchases by card, or contracts not yet paid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from totalplace.sources.rules.header import Header
from totalplace.sources.rules.layout import Kind
from totalplace.sources.rules.words import ColumnWords, Phrase, phrase_of, tokens_of, within

_ALSO: Final = re.compile(
    r"\b(?:incl\w*|and|with|plus|excl\w*|not|without|other than)\b|[&+]", re.IGNORECASE
)
_PAYEE: Final = re.compile(r"\b(?:supplier|vendor|creditor|payee|beneficiary)\b", re.IGNORECASE)
# The Transparency Code asks a register of contracts for "the sum to be paid over its length".
_PAID: Final = re.compile(
    r"\b(?:payment|(?<!to be )paid|clearing|posting|invoice|transaction)\b", re.IGNORECASE
)

_LONGEST_TITLE: Final = 120  # letters; a longer text over a table is a note


def file_kind(header: Header, *, file: str, sheet: str, words: ColumnWords) -> tuple[Kind, str]:
    """The kind of a file, and a sentence where its words do not agree."""
    names = [phrase_of(name, words) for name in header.names if name]
    titles = [file, sheet, *(text for text in header.above if len(text) <= _LONGEST_TITLE)]
    if _lists_contracts(names, titles, words):
        return Kind.COMMITMENT, ""
    if _lists_purchases(names, words) or tokens_of(sheet) in words.kinds["card_sheets"]:
        return Kind.CARD, ""
    said = [title for title in titles if _titled([title], words.kinds["card"])]
    if any(not _ALSO.search(_spaced(title)) for title in said):
        return Kind.CARD, ""
    if not said:
        return Kind.PAYMENT, ""
    return Kind.PAYMENT, (
        f"The title speaks of cards beside other payments ({said[0][:60]!r}): "
        "all rows are taken as payments."
    )


def _lists_contracts(names: list[Phrase], titles: list[str], words: ColumnWords) -> bool:
    spoken = _spoken(names)
    if _PAID.search(spoken):
        return False
    known = _named(names, words.kinds["contract_headers"])
    titled = _titled(titles, words.kinds["contract"])
    lasts = "start" in spoken.split() and "end" in spoken.split()
    return (known >= 3 and "contract" in spoken) or (known >= 2 and (titled or lasts))


def _lists_purchases(names: list[Phrase], words: ColumnWords) -> bool:
    if _named(names, words.kinds["card_headers"]):
        return True
    return bool(_named(names, words.kinds["merchant_headers"])) and not _PAYEE.search(
        _spoken(names)
    )


def _spoken(names: Iterable[Phrase]) -> str:
    return " ".join(word for name in names for word in name)


def _named(names: Iterable[Phrase], known: Iterable[Phrase]) -> int:
    listed = list(known)
    return sum(any(within(phrase, name) for phrase in listed) for name in names)


def _titled(titles: Iterable[str], known: Iterable[Phrase]) -> bool:
    listed = list(known)
    return any(within(phrase, tokens_of(_spaced(t))) for t in titles for phrase in listed)


def _spaced(title: str) -> str:
    return re.sub(r"[_\-.]+", " ", title)
