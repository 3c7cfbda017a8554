"""Which words of a published text are heard, whatever their order, case, plural or short form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

# Deleted, so that children's and childrens are one word.
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’‘`´", ""))
_WORD: Final = re.compile(r"[^\W_]+")
_LINKING: Final = frozenset(
    ["and", "of", "the", "for", "to", "in", "a", "an", "at", "on", "by", "with", "or"]
)
_KEPT_WORDS: Final = 100_000  # words remembered with what is heard of them
EXACT: Final = "!"  # after a word of an entry: it must stand exactly so


def stem(word: str) -> str:
    """A word without its plural: schools and school are one, bus and glass are left alone."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


def spoken(text: str) -> list[str]:
    """The words of a text in small letters, as they stand."""
    small = text.casefold()
    plain = small.isascii() and "'" not in small and "`" not in small
    return _WORD.findall(small if plain else small.translate(_APOSTROPHES))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Words that must all be heard in one text, and what they then say of each service.

    Weights are tenths of a natural logarithm of odds; an entry without any is silent: it takes
    its words out of hearing. What every service buys (`is_support`) names a team in a unit alone.
    """

    words: frozenset[str]
    shown: str
    weights: Mapping[str, int] = field(default_factory=dict)
    is_support: bool = False

    @property
    def covers(self) -> frozenset[str]:
        """Its words as stems: an entry whose words another covers is not heard beside it."""
        return frozenset(stem(word.removesuffix(EXACT)) for word in self.words)


@dataclass(frozen=True)
class Ear:
    """Knows short forms, the words of entries that must stand exactly, and numbers that matter."""

    short_forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def words(self, text: str) -> frozenset[str]:
        """What is heard of a text: stems, and beside them words that some entry wants exactly."""
        known, heard = self._known, set[str]()
        for said in spoken(text):
            if (tokens := known.get(said)) is None:
                tokens = self._tokens(said)
            heard.update(tokens)
        return frozenset(heard)

    @cached_property
    def _known(self) -> dict[str, tuple[str, ...]]:
        """Words met before: few are said, and often."""
        return {}

    def _tokens(self, said: str) -> tuple[str, ...]:
        if said.isdecimal() and said not in self.numbers:
            return ()
        meant = [w for w in self.short_forms.get(said, (said,)) if w not in _LINKING]
        tokens = (*map(stem, meant), *(w + EXACT for w in meant if w in self.exact))
        if len(self._known) < _KEPT_WORDS:
            self._known[said] = tokens
        return tokens

    def whole(self, heard: frozenset[str]) -> frozenset[str]:
        """The stems alone, without numbers: by them two texts are the same text."""
        return frozenset(w for w in heard if w[-1] != EXACT and not w.isdecimal())

    def entry(
        self, shown: str, weights: Mapping[str, int] | None = None, *, is_support: bool = False
    ) -> Entry:
        """An entry from the words that a definitions file writes."""
        wanted: set[str] = set()
        for part in shown.split():
            if part.endswith(EXACT):
                wanted.add("".join(spoken(part)) + EXACT)
                continue
            for said in spoken(part):
                short = self.short_forms.get(said, (said,))
                wanted.update(stem(word) for word in short if word not in _LINKING)
        return Entry(frozenset(wanted), shown.replace(EXACT, ""), weights or {}, is_support)


@dataclass(frozen=True)
class Lexicon:
    """Entries, found quickly in what is heard of a text."""

    entries: tuple[Entry, ...]

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[int, frozenset[str]]]]:
        """Entries and their words, by the one of their words that fewest entries share."""
        shared = Counter(word for entry in self.entries for word in entry.words)
        found: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for number, entry in enumerate(self.entries):
            rarest = min(entry.words, key=lambda word: (shared[word], word))
            found.setdefault(rarest, []).append((number, entry.words))
        return found

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._by_word)

    @cached_property
    def _covers(self) -> list[frozenset[str]]:
        return [entry.covers for entry in self.entries]

    @cached_property
    def _strict(self) -> list[int]:
        """How many words of each entry must stand exactly."""
        return [sum(word.endswith(EXACT) for word in entry.words) for entry in self.entries]

    def found(self, heard: frozenset[str]) -> tuple[Entry, ...]:
        """Entries heard, in their order: of two where one covers the other's words, the wider.

        Where both cover the same words, the one that wants them exactly is heard.
        """
        by_word = self._by_word
        numbers = [
            number
            for word in heard & self._words
            for number, words in by_word[word]
            if words <= heard
        ]
        if len(numbers) > 1:
            numbers = self._uncovered(sorted(numbers))
        return tuple(self.entries[number] for number in numbers)

    def _uncovered(self, numbers: list[int]) -> list[int]:
        covers, strict = self._covers, self._strict
        kept = []
        for number in numbers:
            own = covers[number]
            for other in numbers:
                if own <= covers[other] and (
                    own != covers[other] or strict[other] > strict[number]
                ):
                    break
            else:
                kept.append(number)
        return kept
