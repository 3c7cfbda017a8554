"""Learn what a unit's texts say of services, from lines whose service the body itself published.

Only of a unit that the written words leave open, be it that no word explains its name
("Commissioning & Fair Access") or that it names several services: what the name says, and what a
text means beside it ("Equipment" of a directorate for health and education). Never the words
within them: a directorate called Environment, Housing and Leisure would otherwise teach what
"environment" means in one council to all others, and the council that buys most crockery for its
schools what crockery is for.

The weights are those of a multinomial logistic regression that starts from what the written words
say already, held back by a penalty on their squares (ridge: Hastie, Tibshirani and Friedman, The
Elements of Statistical Learning, 4.4); of a line whose label covers several services, any of them
is right. They are rounded to whole tenths of a logarithm of odds, so that the floating-point sums
of learning never decide a purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.count.rules.purposes.classifier import Classifier
from totalplace.count.rules.purposes.listening import BETWEEN_DETAILS, is_list
from totalplace.count.rules.purposes.words import PurposeWords, Words, whole_entries

LEAST_LINES: Final = 3  # a text met in fewer lines teaches nothing
ENOUGH: Final = 11  # tenths: what leans less than this leaves a unit open
LEAST_WEIGHT: Final = 3  # tenths: a smaller weight is not worth a line in a file
PENALTY: Final = 0.5  # chosen with suppliers held out, see docs/explanation/purposes.md
_ROUNDS: Final = 200
_STEP: Final = 0.5
Floats = NDArray[np.float64]
Weights = dict[str, dict[str, int]]
Feature = tuple[str, str]  # the unit that it stands beside, or nothing; and the text


@dataclass(frozen=True, slots=True)
class Lesson:
    """A line whose service is known: one of these."""

    words: Words
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights by service, tenths of a logarithm of odds: of texts, and of texts beside a unit."""

    texts: Weights = field(default_factory=dict)
    beside: dict[str, Weights] = field(default_factory=dict)

    def known_to(self, classifier: Classifier) -> Classifier:
        """A classifier that has learnt this, and nothing else."""
        ear = classifier.words.ear
        beside = {
            ear.whole(ear.words(unit)): whole_entries(texts, ear)
            for unit, texts in self.beside.items()
        }
        texts = whole_entries(self.texts, ear)
        return Classifier(replace(classifier.words, learnt=texts, beside=beside))


def learn(lessons: Sequence[Lesson], classifier: Classifier, *, penalty: float = PENALTY) -> Learnt:
    """What lessons teach beside the words that the classifier was given; what it learnt is dropped.

    `penalty` holds weights near nothing: the greater, the more.
    """
    bare = Learnt().known_to(classifier)
    features = [_features(lesson.words, bare.words) for lesson in lessons]
    met = Counter(feature for each in features for feature in each)
    taught = sorted(feature for feature, lines in met.items() if lines >= LEAST_LINES)
    if not taught:
        return Learnt()
    services = sorted({s for lesson in lessons for s in lesson.services})
    known = np.array([[service in lesson.services for service in services] for lesson in lessons])
    has = np.array([[float(feature in each) for feature in taught] for each in features])
    weights = _fitted(has, known, _offsets(lessons, services, bare), penalty)
    found = Learnt()
    for (unit, text), row in zip(taught, np.rint(weights * 10).astype(int).tolist(), strict=True):
        told = {s: w for s, w in zip(services, row, strict=True) if abs(w) >= LEAST_WEIGHT}
        if told:
            (found.beside.setdefault(unit, {}) if unit else found.texts)[text] = told
    return found


def needs_teaching(unit: str, words: PurposeWords) -> bool:
    """Whether the written words leave open what a unit is for.

    They do where they know nothing of its name, or it names several services. What they do know
    holds for every body, and is not unsaid by what one council bought.
    """
    heard = words.ear.words(unit)
    entries = words.said.found(heard)
    named = {s for entry in entries for s, w in entry.weights.items() if w >= ENOUGH}
    if named:
        return len(named) > 1 and is_list(unit)
    silent = {word for entry in entries for word in entry.covers}
    return not words.ear.whole(heard) <= silent


def _features(line: Words, words: PurposeWords) -> set[Feature]:
    """What may teach of a line; its payee, who will be another next time, does not."""
    unit = line.unit.lower()
    if not needs_teaching(unit, words):
        return set()
    others = {t.lower() for t in (line.purpose, *line.detail.split(BETWEEN_DETAILS)) if t}
    return {("", unit)} | {(unit, text) for text in others}


def _offsets(lessons: Sequence[Lesson], services: Sequence[str], classifier: Classifier) -> Floats:
    scores = [classifier.scores(lesson.words) for lesson in lessons]
    return np.array([[told.get(service, 0) / 10 for service in services] for told in scores])


def _fitted(has: Floats, known: NDArray[np.bool_], offset: Floats, penalty: float) -> Floats:
    """Weights that make the known services likeliest, by gradient steps scaled per feature."""
    weights: Floats = np.zeros((has.shape[1], known.shape[1]))
    scale = has.sum(axis=0)[:, None] * 0.5 + penalty
    for _ in range(_ROUNDS):
        share = _softmax(offset + has @ weights)
        wanted = share * known
        wanted /= wanted.sum(axis=1, keepdims=True)
        weights += _STEP * (has.T @ (wanted - share) - penalty * weights) / scale
    return weights


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = np.maximum(powers / powers.sum(axis=1, keepdims=True), 1e-12)
    return shares
