"""What a payment was for: the service that its words speak for, how surely, and why.

Whole numbers alone decide, so that every machine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from totalplace.count.rules.purposes.hearing import Entry
from totalplace.count.rules.purposes.listening import HeardLine, Listener, economic_of
from totalplace.count.rules.purposes.ruled import Ruled
from totalplace.count.rules.purposes.services import UNCLASSIFIED
from totalplace.count.rules.purposes.words import Kind, PurposeWords, Words
from totalplace.count.rules.rulings import Ruling

FIELDS: Final = ("unit", "purpose", "detail", "payee's name")
# All in tenths of a natural logarithm of odds, as the weights of entries are.
OF_ITS_KIND: Final = 45  # what a body's own purpose weighs against the words heard beside it
# The most that a word weighs in a text that lists several services, and a word of support beside
# a service or outside the unit.
ASIDE: Final = 18
_NO_LIMIT: Final = 1_000_000
_KEPT: Final = 400_000  # lines remembered before the memory is emptied


@dataclass(frozen=True, slots=True)
class Purpose:
    """A payment's service, and whether it is revenue or capital; how sure (0 to 1), and why."""

    service: str
    economic: str
    confidence: float
    why: str


class Evidence(NamedTuple):
    """An entry that was heard, in which field first, and the most that it weighs there."""

    entry: Entry
    where: str
    most: int = _NO_LIMIT


@dataclass(frozen=True)
class Classifier:
    """Tells services from words. Rulings of officers win over all words."""

    words: PurposeWords
    ruled: Ruled = field(default_factory=Ruled)

    def with_rulings(self, rulings: Iterable[Ruling]) -> Classifier:
        """The same with these rulings about purposes; those about other subjects are passed over.

        Of several about a line the one that names more of it wins; of two alike, the later.
        """
        return Classifier(self.words, Ruled.of(rulings))

    def classify(
        self, words: Sequence[Words], *, agency: str = "", agency_kind: str = ""
    ) -> list[Purpose]:
        """The purpose of each line, in order. `agency_kind` is a value of places' AgencyKind.

        What is not said surely enough is `unclassified`; its confidence is then that of the
        service it came nearest to. Of services that are kin (see purpose_words.yaml), the
        confidence is that it is one of them.
        """
        listener, kind = Listener(self.words), self.words.kinds.get(agency_kind)
        met: dict[HeardLine, Purpose] = {}
        found: list[Purpose] = []
        for line in words:
            heard = listener.line(line)
            if (told := met.get(heard)) is None:
                if len(met) > _KEPT:
                    met.clear()
                told = met[heard] = self._weighed(heard, kind)
            if self.ruled and (ruling := self.ruled.about(agency, line)):
                why = f"ruled by an officer: {ruling.reason}"
                told = Purpose(ruling.said, told.economic, 1.0, why)
            found.append(told)
        return found

    def evidence(self, line: Words) -> list[Evidence]:
        """Every entry heard in a line, each once, silent ones too: for those who ask why."""
        return list(_evidence(Listener(self.words).line(line)))

    def scores(self, line: Words, *, agency_kind: str = "") -> dict[str, int]:
        """What the words of a line weigh for each service, tenths of a logarithm of odds."""
        return _scores(self.evidence(line), self.words.kinds.get(agency_kind))

    def _weighed(self, heard: HeardLine, kind: Kind | None) -> Purpose:
        economic = economic_of(one.economic for one in heard)
        evidence = list(_evidence(heard))
        ranked = sorted(_scores(evidence, kind).items(), key=lambda told: (-told[1], told[0]))
        if not ranked or ranked[0][1] <= 0:
            why = "nothing that was published tells what it was for"
            return Purpose(UNCLASSIFIED, economic, 0.0, why)
        (service, score), (rival, against) = ranked[0], self._rival(ranked)
        sure = self.words.sureness.thousandths(score - against)
        if sure < self.words.sureness.threshold:
            why = _why_not(evidence, service, rival)
            return Purpose(UNCLASSIFIED, economic, sure / 1000, why)
        return Purpose(service, economic, sure / 1000, _why(evidence, service, kind))

    def _rival(self, ranked: Sequence[tuple[str, int]]) -> tuple[str, int]:
        """The next service that is not kin of the first, where anything speaks for it."""
        first = ranked[0][0]
        for service, score in ranked[1:]:
            if not self.words.are_kin(first, service):
                return (service, score) if score > 0 else ("", 0)
        return "", 0


def _evidence(heard: HeardLine) -> Iterator[Evidence]:
    """Each entry once: where it weighs most, and there where it was heard first."""
    met: set[Entry] = set()
    for where, one in zip(FIELDS, heard, strict=True):
        for entry in one.entries + one.learnt:
            if entry not in met:
                met.add(entry)
                is_aside = entry.is_support and where != FIELDS[0]
                yield Evidence(entry, where, ASIDE if is_aside else _NO_LIMIT)
    for where, one in zip(FIELDS, heard, strict=True):
        for entry in one.aside:
            if entry not in met:
                met.add(entry)
                yield Evidence(entry, where, ASIDE)


def _scores(evidence: Iterable[Evidence], kind: Kind | None) -> dict[str, int]:
    scores: dict[str, int] = {}
    for told in evidence:
        for service, weight in told.entry.weights.items():
            if kind is None or service == kind.service or service in kind.heard:
                scores[service] = scores.get(service, 0) + min(weight, told.most)
    if kind is not None:
        scores[kind.service] = scores.get(kind.service, 0) + OF_ITS_KIND
    return scores


def _said(evidence: Iterable[Evidence], service: str, *, most: int) -> list[str]:
    """The words that speak most for a service, such as 'home care' in the purpose."""
    told = [
        (-min(weight, one.most), one.entry.shown, one.where)
        for one in evidence
        if (weight := one.entry.weights.get(service, 0)) > 0
    ]
    if len(told) > 1:
        told.sort()
    return [f"'{shown}' in the {where}" for _, shown, where in told[:most]]


def _why(evidence: Sequence[Evidence], service: str, kind: Kind | None) -> str:
    words = _said(evidence, service, most=3)
    if kind is not None and kind.service == service:
        words.append("what this kind of body is for")
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _why_not(evidence: Sequence[Evidence], service: str, rival: str) -> str:
    words = _first(evidence, service)
    if not rival:
        return f"{words} is too little to tell"
    return f"{words} speaks for {_plain(service)}, {_first(evidence, rival)} for {_plain(rival)}"


def _first(evidence: Sequence[Evidence], service: str) -> str:
    return "".join(_said(evidence, service, most=1)) or "what this kind of body is for"


def _plain(service: str) -> str:
    return service.replace("_", " ")
