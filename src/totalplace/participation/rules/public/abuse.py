"""What is held apart, and what is counted once: nothing that arrived is dropped.

Received = counted + held apart, always. An answer is held apart for a reason that is said, and an
officer may put it back. The same words sent many times are a campaign: all are kept, and stand both
as they were received and counted once, for a reader to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\[/?(?:url|link)[=\]]|</?a[\s>]", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on an answer is looked at by a person before it counts; see the definition."""

    longest_answer: int  # letters
    least_seconds: int  # between opening the form and sending it
    most_hours: int  # that a form holds
    most_addresses: int  # of the web, in one answer
    most_an_hour: int  # answers from one computer
    campaign_from: int  # answers of the same words
    campaign_words: int  # that they have at least


def reasons(texts: Iterable[str], *, seconds: float, hidden_box: str, limits: Limits) -> list[str]:
    """Why an answer is held apart for a person to read; none where it counts at once."""
    found = []
    if hidden_box.strip():
        found.append("a box that people cannot see was filled in")
    if seconds < limits.least_seconds:
        found.append(f"it was sent within {limits.least_seconds} seconds of opening the form")
    said = "\n".join(texts)
    addresses = len(_ADDRESS.findall(said))
    if addresses > limits.most_addresses:
        found.append(f"it holds {addresses} addresses of the web")
    if _MARKUP.search(said):
        found.append("it holds the code of a link")
    return found


def same_words(text: str) -> str:
    """A text as it is compared with others: its words alone, in small letters."""
    return " ".join(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Campaign:
    """The same words, sent in several answers; `answers` are their numbers, the first first."""

    words: str
    answers: tuple[int, ...]


def campaigns(texts: Mapping[int, Sequence[str]], *, limits: Limits) -> list[Campaign]:
    """The campaigns among answers, by the words of each in turn; the largest first.

    An answer is compared by its longest text: a shared letter is often sent with a line of one's
    own elsewhere.
    """
    found: dict[str, list[int]] = {}
    first: dict[str, str] = {}
    for number, said in sorted(texts.items()):
        longest = max(said, key=len, default="")
        words = same_words(longest)
        if words.count(" ") + 1 >= limits.campaign_words:
            found.setdefault(words, []).append(number)
            first.setdefault(words, longest)
    made = [
        Campaign(first[words], tuple(numbers))
        for words, numbers in found.items()
        if len(numbers) >= limits.campaign_from
    ]
    return sorted(made, key=lambda c: (-len(c.answers), c.answers))


def once(counted: Iterable[int], found: Iterable[Campaign]) -> frozenset[int]:
    """The answers of which each campaign is counted once: all, but its later ones."""
    later = {number for campaign in found for number in campaign.answers[1:]}
    return frozenset(counted) - later


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many answers arrived, and what became of them."""

    received: int
    apart: tuple[tuple[str, int], ...]  # why, and how many
    counted: int
    counted_once: int  # where each campaign is one
    verified: int  # of those counted
    by_channel: tuple[tuple[str, int], ...]  # of those counted
    groups: int  # of those counted
    spoken_for: int  # people, as the groups say themselves

    def __post_init__(self) -> None:
        held = sum(count for _, count in self.apart)
        if self.received != self.counted + held:
            raise ValueError(f"{self.received} received are not {self.counted} and {held} apart")


def by_reason(apart: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many answers are held apart for which reason, the commonest first."""
    return tuple(sorted(Counter(apart).items(), key=lambda pair: (-pair[1], pair[0])))
