"""The words by which a column is known: what a name says, role by role.

The words and their weights are dated data that officers own (`definitions/column_words.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from totalplace.sources.rules.layout import Role

Phrase = tuple[str, ...]

# A byte-order mark, plain or read in the wrong alphabet once or twice, before the first name.
_MARK: Final = re.compile(r"^(?:\ufeff|ï»¿|Ã¯»¿|Ã¯Â»Â¿|þÿ|ÿþ)+")
_BROKEN_POUND: Final = re.compile(r"Â£|\ufffd|ï¿½|\xa3")
# TransNo, DocumentNo, LineAmountMST; but SeRCOP is one word.
_CAMEL: Final = re.compile(r"(?<=[a-z]{3})(?=[A-Z])")
_TOKEN: Final = re.compile(r"[a-z0-9]+|£|#")
_SHORTEST_GUESS: Final = 4  # letters; shorter unknown words are left as they are
_LONGEST_NAME: Final = 16  # words; a longer cell is a sentence and no name
_A_SPEAKING_WEIGHT: Final = 2.0  # a name speaks for a role from this weight


@dataclass(frozen=True, slots=True, eq=False)
class ColumnWords:
    """What is known of names and cells of published spending lists, with weights."""

    meanings: Mapping[str, Phrase]
    names: Mapping[Role, Mapping[Phrase, float]]
    beside: Mapping[Phrase, Mapping[Role, Mapping[Phrase, float]]]  # what one name says of others
    cells: Mapping[str, frozenset[str]]
    evidence: Mapping[Role, Mapping[str, float]]
    must_hold: Mapping[Role, tuple[Phrase, float]]  # marks, and the least share of cells
    kinds: Mapping[str, tuple[Phrase, ...]]
    known: frozenset[str]


def unmarked(name: str) -> str:
    """A name without the byte-order mark that a wrong reading leaves before it."""
    return _MARK.sub("", name.strip()).strip()


def tokens_of(name: str) -> Phrase:
    """The words of a name as written, in small letters: "TransNo" is trans, no."""
    plain = _BROKEN_POUND.sub("£", unmarked(name)).replace("'", "").replace("\u2019", "")
    return tuple(_TOKEN.findall(_CAMEL.sub(" ", plain).lower()))


@lru_cache(maxsize=20_000)
def phrase_of(name: str, words: ColumnWords) -> Phrase:
    """The words of a name with short forms written out and misspellings put right."""
    found: list[str] = []
    for token in tokens_of(name):
        found.extend(_meant(token, words))
    return tuple(found)


@lru_cache(maxsize=20_000)
def weights_of(name: str, words: ColumnWords) -> Mapping[Role, float]:
    """How far a name speaks for each role, and against it."""
    phrase = phrase_of(name, words)
    return {role: _weight(phrase, known) for role, known in words.names.items()}


def said_beside(names: Iterable[str], words: ColumnWords) -> Mapping[Role, Mapping[Phrase, float]]:
    """What the names of a table say of each other: weights of words, role by role."""
    phrases = {phrase_of(name, words) for name in names}
    said: dict[Role, dict[Phrase, float]] = {}
    for near, told in words.beside.items():
        if any(within(near, phrase) for phrase in phrases):
            for role, weights in told.items():
                said.setdefault(role, {}).update(weights)
    return said


def weight_of(name: str, known: Mapping[Phrase, float], words: ColumnWords) -> float:
    """How far a name speaks for what some words are known for, and against it."""
    return _weight(phrase_of(name, words), known)


def within(part: Phrase, whole: Phrase) -> bool:
    """Whether a phrase has the words of another in it, one after another."""
    length = len(part)
    return any(whole[i : i + length] == part for i in range(len(whole) - length + 1))


@lru_cache(maxsize=50_000)
def is_name(text: str, words: ColumnWords) -> bool:
    """Whether a cell reads like the name of a column: a few words, most of them known."""
    tokens = tokens_of(text)
    if not tokens or len(tokens) > _LONGEST_NAME:
        return False
    telling = [t for t in tokens if not t.isdigit()]
    known = sum(
        t in words.known or t in words.meanings or _singular(t) in words.known for t in telling
    )
    if known * 2 < len(telling) or not known:
        return False
    return max(weights_of(text, words).values()) >= _A_SPEAKING_WEIGHT


def _weight(phrase: Phrase, known: Mapping[Phrase, float]) -> float:
    """Add up a phrase's weights, the longest known phrase first at each word."""
    total, at = 0.0, 0
    while at < len(phrase):
        for length in range(min(5, len(phrase) - at), 0, -1):
            weight = known.get(phrase[at : at + length])
            if weight is not None:
                total += weight
                at += length
                break
        else:
            at += 1
    return max(-9.0, min(7.0, total))


def _meant(token: str, words: ColumnWords) -> Phrase:
    if token in words.meanings:
        return words.meanings[token]
    if token in words.known or token.isdigit():
        return (token,)
    if len(token) == 1 and token.isalpha():
        return ()  # the (T) of "Supplier ID(T)" says only that the column is text
    if _singular(token) in words.known:
        return (_singular(token),)
    if len(token) < _SHORTEST_GUESS:
        return (token,)
    return _begun(token, words) or _joined(token, words) or _misspelt(token, words) or (token,)


def _singular(token: str) -> str:
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token.removesuffix("s")


def _begun(token: str, words: ColumnWords) -> Phrase:
    """The shortest known word that this one begins: "descript" is description."""
    longer = sorted((w for w in words.known if w.startswith(token)), key=lambda w: (len(w), w))
    return (longer[0],) if longer else ()


def _misspelt(token: str, words: ColumnWords) -> Phrase:
    """A known word one letter away, or two in a long word: "suuplier" is supplier."""
    allowed = 1 if len(token) < 8 else 2
    if len(token) < 5:
        return ()
    near = sorted(
        (distance, w)
        for w in words.known
        if abs(len(w) - len(token)) <= allowed
        and w[0] == token[0]
        and (distance := _distance(token, w, allowed)) <= allowed
    )
    return (near[0][1],) if near else ()


def _distance(one: str, other: str, enough: int) -> int:
    """Letters to add, drop, change or swap; more than `enough` is not counted further."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        following = [i]
        for j, b in enumerate(other, start=1):
            step = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and b == one[i - 2]:
                step = min(step, before[j - 2] + 1)
            following.append(step)
        if min(following) > enough:
            return enough + 1
        before, row = row, following
    return row[-1]


def _joined(token: str, words: ColumnWords) -> Phrase:
    """Known words run together: "strgrp" is strategic group, "netamount" is net amount."""
    best: list[tuple[int, Phrase] | None] = [(0, ())] + [None] * len(token)
    for end in range(2, len(token) + 1):
        for start in range(max(0, end - 16), end - 1):
            before, meant = best[start], _piece(token[start:end], words)
            if before is None or not meant:
                continue
            pieces = before[0] + 1
            shorter = best[end]
            if shorter is None or pieces < shorter[0]:
                best[end] = (pieces, (*before[1], *meant))
    whole = best[-1]
    return whole[1] if whole and 2 * len(token) >= 5 * whole[0] else ()


def _piece(piece: str, words: ColumnWords) -> Phrase:
    if piece in words.meanings:
        return words.meanings[piece]
    if piece in words.known:
        return (piece,)
    singular = _singular(piece)
    return (singular,) if len(piece) > 4 and singular in words.known else ()
