"""What is known of the words of purposes: entries, what kinds of body are for, and how sure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from totalplace.count.rules.purposes.hearing import EXACT, Ear, Entry, Lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """The words that were published beside a payment, as they stand; empty where there are none."""

    unit: str = ""
    purpose: str = ""
    detail: str = ""
    payee: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of body is for, and the few services whose words are heard against that."""

    service: str
    heard: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sureness:
    """How often a reading is right, in thousandths, by its lead over the next; measured.

    `steps` are leads (tenths of a logarithm of odds) and the share that was right from there on,
    both rising. Below `threshold` thousandths a payment is unclassified.
    """

    steps: tuple[tuple[int, int], ...]
    threshold: int

    def thousandths(self, lead: int) -> int:
        """The share of readings with such a lead that are right; nothing without a lead."""
        if lead <= 0:
            return 0
        at = bisect_right(self.steps, (lead, 1000))
        return self.steps[at - 1][1] if at else 0


@dataclass(frozen=True)
class PurposeWords:
    """All that is known of words.

    `learnt` are whole texts, as one council's own codes had them; `beside` are whole texts that
    say something only beside a unit of that name ("Equipment" of a directorate for children).
    """

    ear: Ear
    whole_texts: Mapping[frozenset[str], Entry]  # that say something only by themselves: "IT"
    said: Lexicon  # words of unit, purpose and detail, silent ones among them
    payees: Lexicon
    learnt: Mapping[frozenset[str], Entry]
    beside: Mapping[frozenset[str], Mapping[frozenset[str], Entry]]
    economic: Lexicon  # weights under "capital" or "revenue"; exceptions are silent
    kinds: Mapping[str, Kind]
    sureness: Sureness
    kin: tuple[frozenset[str], ...] = ()  # services that one directorate often holds together

    @cached_property
    def taught(self) -> frozenset[str]:
        """Every word of a text that is known as a whole: a text with another word is not."""
        said = frozenset(word for text in self._known_whole for word in text)
        return said | {word + EXACT for word in self.ear.exact} | self.ear.numbers

    def text_itself(self, heard: frozenset[str]) -> frozenset[str] | None:
        """By what a text is known as a whole, where anything is said of it as such."""
        if not heard <= self.taught:
            return None
        whole = self.ear.whole(heard)
        return whole if whole in self._known_whole else None

    @cached_property
    def _known_whole(self) -> frozenset[frozenset[str]]:
        beside = (text for texts in self.beside.values() for text in texts)
        return frozenset((*self.whole_texts, *self.learnt, *self.beside, *beside))

    def are_kin(self, one: str, other: str) -> bool:
        """Whether two services are kin: then that it is one of them is surer than which."""
        return any(one in family and other in family for family in self.kin)


def whole_entries(
    weights: Mapping[str, Mapping[str, int]], ear: Ear
) -> dict[frozenset[str], Entry]:
    """Whole texts and what they say of services, found by the text they are."""
    return {
        ear.whole(ear.words(text)): Entry(ear.words(text), text, told)
        for text, told in weights.items()
    }
