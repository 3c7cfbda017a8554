"""What is heard in a line's texts, each text listened to once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from totalplace.count.rules.purposes.hearing import Entry
from totalplace.count.rules.purposes.words import PurposeWords, Words

CAPITAL: Final = "capital"
REVENUE: Final = "revenue"
UNKNOWN: Final = "unknown"

BETWEEN_DETAILS: Final = " · "  # how sources joins several columns of detail
# "Environment, Housing & Leisure" is the name of a directorate, and no more for the one than for
# the others: what stands in a list of several services weighs little (see ASIDE).
_LISTS: Final = re.compile(r"[,&/+;]|\band\b", re.IGNORECASE)
_KEPT: Final = 400_000  # texts remembered before the memory is emptied


class Heard(NamedTuple):
    """What is heard in a text."""

    entries: tuple[Entry, ...] = ()
    aside: tuple[Entry, ...] = ()  # in a list of services, or support beside a service
    learnt: tuple[Entry, ...] = ()  # of the text as a whole
    economic: str = UNKNOWN
    wholes: tuple[frozenset[str], ...] = ()  # texts known as a whole


NOTHING: Final = Heard()
HeardLine = tuple[Heard, Heard, Heard, Heard]  # unit, purpose, detail, payee


@dataclass(slots=True)
class Listener:
    """Listens with the words of purposes, and remembers: published words repeat row by row."""

    words: PurposeWords
    texts: dict[str, Heard] = field(default_factory=dict)
    payees: dict[str, Heard] = field(default_factory=dict)

    def line(self, line: Words) -> HeardLine:
        """What is heard in unit, purpose, detail and the payee's name."""
        unit = self._text(line.unit) if line.unit else NOTHING
        purpose = self._text(line.purpose) if line.purpose else NOTHING
        detail = self._text(line.detail) if line.detail else NOTHING
        if unit.wholes and (beside := self.words.beside.get(unit.wholes[0])):
            purpose, detail = _with(purpose, beside), _with(detail, beside)
        return unit, purpose, detail, self._payee(line.payee) if line.payee else NOTHING

    def _payee(self, name: str) -> Heard:
        if (known := self.payees.get(name)) is None:
            if len(self.payees) > _KEPT:
                self.payees.clear()
            known = Heard(self.words.payees.found(self.words.ear.words(name)))
            self.payees[name] = known
        return known

    def _text(self, text: str) -> Heard:
        if (known := self.texts.get(text)) is None:
            if len(self.texts) > _KEPT:
                self.texts.clear()
            if BETWEEN_DETAILS in text:
                known = _joined([self._part(part) for part in text.split(BETWEEN_DETAILS)])
            else:
                known = self._part(text)
            self.texts[text] = known
        return known

    def _part(self, text: str) -> Heard:
        words = self.words
        heard = words.ear.words(text)
        found = words.said.found(heard)
        whole = words.text_itself(heard)
        learnt = words.whole_texts.get(whole) or words.learnt.get(whole) if whole else None
        several = self._names_several(found)
        aside = found if several and is_list(text) else _support(found) if several else ()
        economic = words.economic.found(heard)
        return Heard(
            tuple(entry for entry in found if entry not in aside) if aside else found,
            aside,
            (learnt,) if learnt else (),
            economic_of(e for entry in economic for e in entry.weights) if economic else UNKNOWN,
            () if whole is None else (whole,),
        )

    def _names_several(self, found: tuple[Entry, ...]) -> bool:
        if len(found) < 2:
            return False
        named = {service for entry in found for service in entry.weights}
        return len(named) > 1 and not any(named <= family for family in self.words.kin)


def is_list(text: str) -> bool:
    """Whether a text is written as a list: with a comma, an ampersand, "and" and the like."""
    return _LISTS.search(text) is not None


def _support(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Support words beside a service: the finance team of the schools is the schools'."""
    return tuple(entry for entry in found if entry.is_support)


def economic_of(said: Iterable[str]) -> str:
    """Capital where anything says so: a capital scheme, too, buys agency staff."""
    names = set(said)
    return CAPITAL if CAPITAL in names else REVENUE if REVENUE in names else UNKNOWN


def _joined(parts: Iterable[Heard]) -> Heard:
    several = list(parts)
    return Heard(
        tuple(entry for part in several for entry in part.entries),
        tuple(entry for part in several for entry in part.aside),
        tuple(entry for part in several for entry in part.learnt),
        economic_of(part.economic for part in several),
        tuple(text for part in several for text in part.wholes),
    )


def _with(heard: Heard, beside: Mapping[frozenset[str], Entry]) -> Heard:
    """What is heard, with what its texts say beside their unit."""
    more = tuple(beside[text] for text in heard.wholes if text in beside)
    return heard._replace(learnt=heard.learnt + more) if more else heard
