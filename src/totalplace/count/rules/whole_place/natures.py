"""What a payment between public bodies is: a transfer, or money that is only passed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

_WORD: Final = re.compile(r"[a-z0-9&']+")
_FORGIVING: Final = 7  # letters from which a word may have one letter wrong
TRANSFER: Final = "transfer"


@dataclass(frozen=True, slots=True)
class Nature:
    """A nature: its words, whether it is spending of the payer, and whose precept it may be."""

    code: str
    title: str
    spending: bool
    words: tuple[tuple[str, ...], ...]
    passed_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staff: bool = False  # a cost of the payer's staff, whoever is paid
    perhaps: tuple[tuple[str, ...], ...] = ()  # words that tell it only beside equal payments


@dataclass(frozen=True, slots=True)
class Told:
    """The nature told of a payment, by which words, and the kind of body it is passed on to."""

    nature: str
    why: str
    passed_to: str = ""  # "police" or "fire", where the words name them and another body is paid
    perhaps: str = ""  # the nature that it is of where equal payments are


PLAIN: Final = Told(TRANSFER, "nothing beside it says otherwise")


@dataclass(frozen=True, slots=True)
class Natures:
    """All natures, in the order in which they are tried."""

    listed: tuple[Nature, ...]

    @classmethod
    def of(cls, definition: Mapping[str, Any]) -> Natures:
        """Natures as a definitions file gives them. Raises KeyError for one that lacks a key."""
        return cls(
            tuple(
                Nature(
                    code,
                    said["title"],
                    bool(said["spending"]),
                    tuple(tuple(words.split()) for words in said["words"]),
                    {kind: tuple(words) for kind, words in said.get("passed_to", {}).items()},
                    bool(said.get("staff", False)),
                    tuple(tuple(words.split()) for words in said.get("perhaps", ())),
                )
                for code, said in definition["natures"].items()
            )
        )

    def told(self, *texts: str) -> Told:
        """The nature of a payment by the texts beside it; a transfer where none says otherwise."""
        words = [word for text in texts for word in _WORD.findall(text.lower().replace("/", ""))]
        for nature in self.listed:
            for phrase in nature.words:
                if _met(phrase, words):
                    why = f"'{' '.join(phrase)}' stands beside it"
                    return Told(nature.code, why, _whose(nature, words))
        for nature in self.listed:
            if any(_met(phrase, words) for phrase in nature.perhaps):
                return replace(PLAIN, passed_to=_whose(nature, words), perhaps=nature.code)
        return PLAIN

    def is_spending(self, code: str) -> bool:
        """Whether a payment of a nature is spending of the body that pays it."""
        return all(n.spending for n in self.listed if n.code == code)

    def title(self, code: str) -> str:
        """A nature as a reader is told it."""
        titles = {n.code: n.title for n in self.listed}
        return titles.get(code, "Transfer" if code == TRANSFER else code)


def _whose(nature: Nature, words: list[str]) -> str:
    for kind, names in nature.passed_to.items():
        if any(name in words for name in names):
            return kind
    return ""


def _met(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words of a phrase all stand in a text, in any order."""
    return all(any(_same(wanted, word) for word in words) for wanted in phrase)


def _same(wanted: str, word: str) -> bool:
    if wanted == word:
        return True
    return len(wanted) >= _FORGIVING and word in _SLIPS.of(wanted)


class _Slips:
    """Texts within one slip of the pen of a word: a letter left out, added, changed or swapped."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def of(self, word: str) -> frozenset[str]:
        if word not in self._known:
            self._known[word] = frozenset(_slips(word))
        return self._known[word]


_SLIPS: Final = _Slips()


def _slips(word: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
