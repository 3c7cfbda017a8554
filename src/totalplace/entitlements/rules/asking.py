"""Asking a person few questions: what many guarantees need first, then what is still undecided.

Each round asks the next thing that a guarantee would have to be told, so that a no to it spares the
rest. Nothing that was asked is asked again, whether it was answered or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.entitlements.rules.facts import Answer, Fact, Person
from totalplace.entitlements.rules.guarantee import Guarantee, Result, assess


@dataclass(frozen=True, slots=True)
class Found:
    """What a guarantee comes to for a person, as far as they have said."""

    guarantee: Guarantee
    result: Result

    @property
    def asks(self) -> tuple[Fact, ...]:
        """What it would have to be told to say more."""
        return tuple(self.guarantee.facts[code] for code in self.result.tell)


def find(guarantees: Iterable[Guarantee], person: Person, on: date) -> list[Found]:
    """What each guarantee of persons comes to: yes first, then cannot say, then no."""
    found = []
    for one in guarantees:
        if one.personal:
            known = {code: value for code, value in person.items() if code in one.facts}
            found.append(Found(one, assess(one, known, on=on)))
    return sorted(found, key=lambda one: -one.result.answer)


def questions(found: Sequence[Found], asked: Collection[str]) -> list[Fact]:
    """The next questions, each once; none where nothing is left to ask."""
    if not asked:
        shared = _shared(found)
        if shared:
            return shared
    wanted: dict[str, Fact] = {}
    for one in found:
        # Who it is for comes before how much it is.
        ready = one.result.answer is Answer.CANNOT_SAY or not asked
        facts = [fact for fact in one.asks if fact.code not in asked]
        for fact in facts[:1] if ready else facts:
            wanted.setdefault(fact.code, fact)
    return list(wanted.values())


def _shared(found: Sequence[Found]) -> list[Fact]:
    """What more than one guarantee needs, the most needed first."""
    facts = {fact.code: fact for one in found for fact in one.asks}
    times = Counter(fact.code for one in found for fact in one.asks)
    return [facts[code] for code, how_many in times.most_common() if how_many > 1]


def all_facts(found: Iterable[Guarantee]) -> dict[str, Fact]:
    """Every fact that some guarantees ask, by code."""
    return {code: fact for one in found for code, fact in one.facts.items()}
