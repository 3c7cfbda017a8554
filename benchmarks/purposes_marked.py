"""Lines of other bodies, marked by hand before the classifier saw them; and how fast it is."""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.rules.purposes.classifier import Purpose
from totalplace.count.rules.purposes.services import UNCLASSIFIED
from totalplace.count.rules.purposes.words import Words

LINES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A line as a careful reader marked it: unclassified where it cannot be told.

    `also` are services that could be defended as well.
    """

    draw: int
    body: str
    kind: str
    words: Words
    service: str
    also: frozenset[str]


def marks_of(path: Path) -> list[Mark]:
    """The marked lines, in the order in which they were drawn."""
    with path.open(encoding="utf-8", newline="") as text:
        return [
            Mark(
                int(row["draw"]),
                row["body"],
                row["agency_kind"],
                Words(row["unit"], row["purpose"], row["detail"], row["payee"]),
                row["service"],
                frozenset(filter(None, row["also"].split(";"))),
            )
            for row in csv.DictReader(text)
        ]


def judged(marks: Sequence[Mark]) -> Iterator[tuple[Mark, Purpose, str]]:
    """Each mark with what is told of it, and in a word how the two stand to each other."""
    for mark in marks:
        (told,) = classifier().classify([mark.words], agency_kind=mark.kind)
        yield mark, told, _judgement(mark, told)


def _judgement(mark: Mark, told: Purpose) -> str:
    if mark.service == UNCLASSIFIED:
        if told.service == UNCLASSIFIED:
            return "rightly silent"
        return "said, defensible" if told.service in mark.also else "said, cannot be told"
    if told.service == UNCLASSIFIED:
        return "left"
    if told.service == mark.service:
        return "right"
    return "defensible" if told.service in mark.also else "wrong"


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson, 1927)."""
    z, p = 1.96, right / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * (p * (1 - p) / of + z * z / (4 * of * of)) ** 0.5 / (1 + z * z / of)
    return middle - half, middle + half


def show_marked(path: Path) -> None:
    """Print the accuracy on each draw of marked lines, with and without one-purpose bodies."""
    marks = marks_of(path)
    for draw in sorted({mark.draw for mark in marks}):
        ours = [mark for mark in marks if mark.draw == draw]
        several = [m for m in ours if m.kind not in classifier().words.kinds and m.body != "tfl"]
        bodies = len({mark.body for mark in ours})
        print(f"\nMarked by hand, draw {draw}: {len(ours)} lines of {bodies} bodies")
        _show_shares("all", ours)
        _show_shares("without police, fire and transport bodies", several)
        _show_calibration(several)
        for mark, told, judgement in judged(ours):
            if judgement == "wrong":
                where = " / ".join(
                    filter(None, (mark.words.unit, mark.words.purpose, mark.words.detail))
                )
                print(f"    {mark.service}, not {told.service}: {where} ({told.why})")


def _show_shares(name: str, marks: Sequence[Mark]) -> None:
    tally = Counter(judgement for _, _, judgement in judged(marks))
    said = tally["right"] + tally["wrong"] + tally["defensible"]
    low, high = wilson(tally["right"], said)
    kindly = (tally["right"] + tally["defensible"]) / said
    print(f"  {name}: right {tally['right']} of {said} said, {tally['right'] / said:.3f}")
    print(f"    ({low:.3f} to {high:.3f}, Wilson); {kindly:.3f} with what could be defended;")
    print(f"    left unclassified {tally['left']} of {said + tally['left']} that can be told")
    untold = {k: tally[k] for k in ("rightly silent", "said, defensible", "said, cannot be told")}
    print(f"    of {sum(untold.values())} that cannot be told: {untold}")


def _show_calibration(marks: Sequence[Mark]) -> None:
    steps: dict[float, list[bool]] = {}
    for mark, told, judgement in judged(marks):
        if judgement in ("right", "wrong", "defensible"):
            steps.setdefault(told.confidence, []).append(told.service == mark.service)
    for stated, right in sorted(steps.items()):
        print(f"    stated {stated:.2f}: right {sum(right)} of {len(right)}")


def show_speed(path: Path, seed: int) -> None:
    """Print how long a million lines take on one core, no two alike; and the hardest.

    In the hardest, no text repeats and every text is made of entries.
    """
    chance = random.Random(seed)  # noqa: S311
    marks = [mark.words for mark in marks_of(path)]
    entries = [entry.shown for entry in classifier().words.said.entries]
    alike = [
        Words(
            chance.choice(marks).unit,
            chance.choice(marks).purpose,
            f"{chance.choice(marks).detail} {number}",
            f"{chance.choice(marks).payee} {number % 50_000}",
        )
        for number in range(LINES)
    ]
    hardest = [
        Words(*(f"{chance.choice(entries)} {chance.choice(entries)} {number}" for _ in range(4)))
        for number in range(LINES // 10)
    ]
    for name, lines in (("as published", alike), ("the hardest", hardest)):
        started = time.process_time()
        told = classifier().classify(lines)
        spent = time.process_time() - started
        print(f"\n{len(told):,} distinct lines, {name}: {spent:.1f} s of one core, seed {seed}")
