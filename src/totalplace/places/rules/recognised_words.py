"""The words of a payee's name, as they are compared: case, marks and numbers do not count.

Supplier numbers, dates and references are left out, short forms written out, letters that stand
alone joined ("H M R C" is hmrc) and a few words put right where one letter is wrong.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from totalplace.places.rules.recognised_kinds import PayeeWords, Phrase

# Words that tell no two bodies apart: "Department of Health", "Department for Health".
IDLE: Final = frozenset(
    ["a", "an", "and", "at", "for", "in", "of", "on", "the", "upon", "with", "le"]
)
_JOINED: Final = "'`´‘’ʼ"  # an apostrophe, in its many forms, joins what it parts
_AND: Final = "&+"
_MARKS: Final = {ord(c): " " for c in string.punctuation + "£–—‐•·“”¬¦|"}
_TABLE: Final = {**_MARKS, **{ord(c): "" for c in _JOINED}, **{ord(c): " and " for c in _AND}}
_FEWEST_LETTERS: Final = 6  # a shorter word with one letter wrong is another word
_REMEMBERED: Final = 500_000  # words of one run; then the memory starts again


class Wording:
    """Payees' names as words. One for a run: it remembers each word that it has seen."""

    def __init__(self, words: PayeeWords) -> None:
        self.words = words
        self._seen: dict[str, Phrase] = {}
        self._near: dict[str, list[str]] = {}
        for word in sorted(words.spelt):
            for near in _shortened(word):
                self._near.setdefault(near, []).append(word)

    def tokens(self, payee: str) -> Phrase:
        """The words of a name, in order; empty where it has none.

        "LANCASHIRE C.C. (200398)" is lancashire, cc.
        """
        text = payee.lower()
        if not text.isascii():
            text = "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_accent(c))
        raw = text.translate(_TABLE).split()
        if any(len(token) == 1 for token in raw):
            raw = list(_joined(raw))
        found: list[str] = []
        for token in raw:
            meant = self._seen.get(token)
            found.extend(self._meant(token) if meant is None else meant)
        if any(token in self.words.compass for token in found):
            return self._pointed(found)
        return tuple(found)

    def _pointed(self, found: list[str]) -> Phrase:
        """Words with points of the compass written out where a county follows."""
        words, told = self.words, list[str]()
        for token, following in pairwise([*found, ""]):
            points = token in words.compass and following in words.compass_before
            told.extend(words.compass[token] if points else (token,))
        return tuple(told)

    def lean(self, payee_or_tokens: str | Phrase) -> Phrase:
        """The words without those that tell no two bodies apart, and without what clerks add."""
        tokens = payee_or_tokens
        if isinstance(tokens, str):
            tokens = self.tokens(tokens)
        told = tuple([token for token in tokens if token not in IDLE])
        at = 0
        while at < len(told) - 1 and told[at] in self.words.before:
            at += 1
        return told[at:]

    def _meant(self, token: str) -> Phrase:
        """What one word stands for; remembered."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        meant: Phrase = ()
        if token in {"hs2", "h2s"}:
            meant = ("hs2",)
        elif not any(c.isdigit() for c in token):
            meant = self.words.meanings.get(token) or (self._spelt(token),)
        self._seen[token] = meant
        return meant

    def _spelt(self, token: str) -> str:
        """A word put right where one letter of a known word is wrong, missing or one too many."""
        words = self.words
        if len(token) < _FEWEST_LETTERS or token in words.spelt or token in words.rightly_spelt:
            return token
        for near in _shortened(token):
            for word in self._near.get(near, ()):
                if one_letter_off(token, word):
                    return word
        return token


def squashed(tokens: Iterable[str]) -> str:
    """Words run together without those that tell nothing: a key that spacing cannot change."""
    return "".join([token for token in tokens if token not in IDLE])


def one_letter_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter: wrong, missing, or two that have changed places."""
    if one == other:
        return True
    if len(one) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 1:
            return True
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return swapped and one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def holds(tokens: Phrase, phrase: Phrase) -> bool:
    """Whether the words of a phrase stand in a name one after the other."""
    return where(tokens, phrase) is not None


def where(tokens: Phrase, phrase: Phrase) -> int | None:
    """At which word of a name a phrase begins, or None where the name does not hold it."""
    size, first = len(phrase), phrase[0]
    if first not in tokens:
        return None
    for at in range(len(tokens) - size + 1):
        if tokens[at] == first and tokens[at : at + size] == phrase:
            return at
    return None


class Forms:
    """Phrases of which a name may hold one, looked for all at once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._firsts = frozenset(phrase[0] for phrase in self._phrases)

    def held(self, tokens: Phrase) -> Phrase | None:
        """The first of these phrases that a name holds, in the order in which they were given."""
        if self._firsts.isdisjoint(tokens):
            return None
        return next((phrase for phrase in self._phrases if holds(tokens, phrase)), None)


def _shortened(word: str) -> Iterator[str]:
    """A word, and every word that is left when one letter is taken out."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _joined(raw: list[str]) -> Iterator[str]:
    """Words with letters that stand alone in a row run together: "h", "m" is "hm"."""
    run = ""
    for token in raw:
        if len(token) == 1 and token.isalpha():
            run += token
        elif not any(c.isdigit() for c in token):
            if run:
                yield run
            run = ""
            yield token
    if run:
        yield run


def _is_accent(c: str) -> bool:
    return unicodedata.combining(c) != 0
