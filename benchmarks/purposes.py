"""How well a payment's service is told from its words, where the service is known.

    python benchmarks/purposes.py [folder of published data]

First on a council's lines whose service the council itself published (suppliers held out, then
units held out, beside a plain list of service names); then on lines of other bodies that were
marked by hand; then how fast. Prints its seed and every table; nothing is written.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.classifier import Classifier
from totalplace.count.rules.purposes.hearing import spoken, stem
from totalplace.count.rules.purposes.learning import Learnt, Lesson, learn
from totalplace.count.rules.purposes.listening import BETWEEN_DETAILS
from totalplace.count.rules.purposes.services import UNCLASSIFIED
from totalplace.count.rules.purposes.words import Words

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / ".." / "shared" / "data"
KNOWN: Final = Path("classification") / "northtyneside_service_codes.csv.gz"
MARKED: Final = ROOT / "tests" / "count" / "purposes_marked.csv"
SEED: Final = 20261126
FOLDS: Final = 5
DRAWS: Final = 1000

# The council's labels, and our services that each covers. Its label for children covers schools
# and social care, and its label for housing also benefit: any of them is right at that level.
LABELS: Final[Mapping[str, frozenset[str]]] = {
    "Children's & Education Services": frozenset(["education", "children_social_care"]),
    "Cultural & Related Services": frozenset(["culture"]),
    "Adult Social Care": frozenset(["adult_social_care"]),
    "Central Services": frozenset(["central_services"]),
    "Environmental & Regulatory Services": frozenset(["environment"]),
    "Housing Services": frozenset(["housing", "housing_benefit"]),
    "Planning Services": frozenset(["planning"]),
    "Housing Revenue Account": frozenset(["housing_revenue_account"]),
    "Public Health": frozenset(["public_health"]),
    "Highways & Transport Services": frozenset(["highways_transport"]),
}
# Labels that name no service: neither learnt from nor scored.
NO_SERVICE: Final = frozenset(
    ["Capital", "Unallocated", "Holding A/C", "General Fund", "N/A", "Obsolete Code Community"]
)


@dataclass(frozen=True, slots=True)
class Line:
    """A distinct line: its words, the council's label, and how many payments read so."""

    words: Words
    label: str
    payments: int

    @property
    def right(self) -> frozenset[str]:
        return LABELS[self.label]

    @property
    def supplier(self) -> str:
        """Its supplier; of a line without one, its words, so that no line teaches its like."""
        return self.words.payee or "\n".join(self.told_by)

    @property
    def told_by(self) -> tuple[str, str, str]:
        return self.words.unit, self.words.purpose, self.words.detail


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a line, how surely, by what lead; and whether the first choice is right."""

    service: str
    confidence: float
    lead: int
    would_be_right: bool

    @property
    def is_said(self) -> bool:
        return self.service != UNCLASSIFIED

    @property
    def is_right(self) -> bool:
        return self.is_said and self.would_be_right


def lines_of(folder: Path) -> list[Line]:
    """The council's distinct lines, the label and its code left out of their words."""
    with gzip.open(folder / KNOWN, "rt", encoding="utf-8", newline="") as text:
        return [
            Line(_words(row), row["service_label"], int(row["rows"]))
            for row in csv.DictReader(text)
        ]


def _words(row: Mapping[str, str]) -> Words:
    said = dict.fromkeys(filter(None, (row["expenditure_category"], row["expenditure_type"])))
    detail = BETWEEN_DETAILS.join(said)
    return Words(row["unit"], row["classification"], detail, row["supplier"])


def folded(keys: Sequence[str], seed: int) -> list[int]:
    """A fold for each key: the same key, the same fold."""
    distinct = sorted(set(keys))
    random.Random(seed).shuffle(distinct)  # noqa: S311
    fold = {key: at % FOLDS for at, key in enumerate(distinct)}
    return [fold[key] for key in keys]


def held_out(lines: Sequence[Line], key: Callable[[Line], str], seed: int = SEED) -> list[Told]:
    """Each line told by a classifier that learnt from the lines of other keys alone."""
    folds = folded([key(line) for line in lines], seed)
    shipped, told = classifier(), {}
    for fold in range(FOLDS):
        lessons = [
            Lesson(line.words, line.right)
            for line, of in zip(lines, folds, strict=True)
            if of != fold
        ]
        taught = learn(lessons, shipped).known_to(shipped)
        numbers = [n for n, of in enumerate(folds) if of == fold]
        told |= dict(zip(numbers, tell(taught, [lines[n] for n in numbers]), strict=True))
    return [told[n] for n in range(len(lines))]


def tell(by: Classifier, lines: Sequence[Line]) -> list[Told]:
    """What a classifier tells of lines, and whether its first choice would be right."""
    found = []
    purposes = by.classify([line.words for line in lines])
    for line, purpose in zip(lines, purposes, strict=True):
        lead, first = lead_of(by, line.words)
        found.append(Told(purpose.service, purpose.confidence, lead, first in line.right))
    return found


def lead_of(by: Classifier, words: Words, kind: str = "") -> tuple[int, str]:
    """How far the first choice leads the next that is not its kin, and what it is."""
    ranked = sorted(by.scores(words, agency_kind=kind).items(), key=lambda t: (-t[1], t[0]))
    if not ranked or ranked[0][1] <= 0:
        return 0, UNCLASSIFIED
    first, score = ranked[0]
    others = [s for service, s in ranked[1:] if not by.words.are_kin(first, service)]
    return score - max([0, *others]), first


def by_service_names(lines: Sequence[Line]) -> list[Told]:
    """The plain list: the service whose title shares most words; a tie tells nothing."""
    plain = {"service", "other", "body", "support", "care", "people"}
    titles = {
        code: {stem(w) for w in spoken(service.title) if len(w) > 3} - plain
        for code, service in services().items()
        if code != UNCLASSIFIED
    }
    found = []
    for line in lines:
        said = {stem(w) for w in spoken(" ".join((*line.told_by, line.words.payee)))}
        shared = Counter({code: len(title & said) for code, title in titles.items()})
        (first, most), (_, next_most) = shared.most_common(2)
        service = first if most > next_most else UNCLASSIFIED
        found.append(Told(service, 0.0, most - next_most, service in line.right))
    return found


def share(parts: Iterable[tuple[bool, int]]) -> float:
    """The weighted share of what is so."""
    every = list(parts)
    return sum(w for so, w in every if so) / max(1, sum(w for _, w in every))


def interval(
    lines: Sequence[Line], told: Sequence[Told], weigh: Callable[[Line], int]
) -> tuple[float, float]:
    """95% of accuracies when suppliers are drawn again (cluster bootstrap, percentiles)."""
    clusters: dict[str, list[int]] = {}
    for line, one in zip(lines, told, strict=True):
        if one.is_said:
            sums = clusters.setdefault(line.supplier, [0, 0])
            sums[0] += weigh(line) * one.is_right
            sums[1] += weigh(line)
    every, chance, drawn = list(clusters.values()), random.Random(SEED), []  # noqa: S311
    for _ in range(DRAWS):
        again = chance.choices(every, k=len(every))
        drawn.append(sum(r for r, _ in again) / sum(n for _, n in again))
    drawn.sort()
    return drawn[DRAWS // 40], drawn[-1 - DRAWS // 40]


def show(title: str, lines: Sequence[Line], told: Sequence[Told]) -> None:
    """Print the accuracy of what was said and the share left, by lines and by payments."""
    print(f"\n{title}")
    for name, weigh in (("lines", lambda _: 1), ("payments", _payments)):
        both = list(zip(lines, told, strict=True))
        said = share((t.is_right, weigh(line)) for line, t in both if t.is_said)
        left = share((not t.is_said, weigh(line)) for line, t in both)
        low, high = interval(lines, told, weigh)
        print(f"  by {name:9} right {said:.3f} ({low:.3f} to {high:.3f}), unclassified {left:.3f}")


def _payments(line: Line) -> int:
    return line.payments


def show_calibration(told: Sequence[Told]) -> None:
    """Print what confidence was stated and what share was right, step by step."""
    steps: dict[float, list[bool]] = {}
    for one in told:
        steps.setdefault(one.confidence, []).append(one.would_be_right)
    for stated, right in sorted(steps.items()):
        print(f"  stated {stated:.2f}: right {sum(right) / len(right):.2f} of {len(right)}")


def show_known(folder: Path) -> None:
    """Print every table on lines whose service is known."""
    every = lines_of(folder)
    lines = [line for line in every if line.label in LABELS]
    others = [line for line in every if line.label in NO_SERVICE]
    print(
        f"{len(lines)} lines of a service ({sum(map(_payments, lines)):,} payments), seed {SEED},"
    )
    print(f"{FOLDS} folds; intervals: cluster bootstrap over suppliers, {DRAWS} draws")
    show("A plain list of service names", lines, by_service_names(lines))
    show("Written words alone, nothing learnt", lines, tell(Learnt().known_to(classifier()), lines))
    for name, key in (("suppliers", lambda x: x.supplier), ("units", lambda x: x.words.unit)):
        told = held_out(lines, key)
        show(f"Written words and learnt texts, {name} held out", lines, told)
        show_calibration(told)
    print(f"\n{len(others)} lines whose label is no service (not learnt from, not scored):")
    for label in sorted(NO_SERVICE):
        said = Counter(
            purpose.service
            for purpose in classifier().classify([o.words for o in others if o.label == label])
        )
        print(f"  {label}: " + ", ".join(f"{s} {n}" for s, n in said.most_common(4)))


if __name__ == "__main__":
    import purposes_marked

    started = time.perf_counter()
    show_known(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    purposes_marked.show_marked(MARKED)
    purposes_marked.show_speed(MARKED, SEED)
    print(f"\n{time.perf_counter() - started:.0f} seconds in all")
