"""How often a round tells a difference where there is none, and how well its limits hold.

    .venv/bin/python benchmarks/partnership_divergence.py [--rounds 2000] [--seed 20261126]

Rounds are drawn in which everybody, local or central and of whatever body, answers by the same
chances, though people differ from each other: each has a leaning of their own. Told is a difference
between sides or between bodies on any principle. Then sides are drawn apart, and it is counted how
often that is told, and how often the 95% limits of the difference hold the true one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Final

import numpy as np

from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.rules.partnership import Answer, Asked, Results, results
from totalplace.readiness.rules.scale import Side

ALL: Final = questions()
SIZES: Final = (  # people of three local bodies, and of the department
    ((5, 5, 5), 5), ((8, 8, 8), 8), ((20, 15, 10), 12), ((60, 40, 30), 25),
)  # fmt: skip
LEANING: Final = 1.0  # the spread between people, in logits
MIDDLE: Final = 0.4  # the leaning of all, in logits


def share(leaning: float, gap: float) -> float:
    """The chance that somebody agrees with a statement."""
    return float(1 / (1 + np.exp(-(leaning + gap))))


def answers(
    rng: np.random.Generator, local: tuple[int, ...], central: int, gap: float
) -> Iterator[Answer]:
    """A round about one department; its people agree less by a gap in logits."""
    people = [(f"b{n}", Side.PLACE, 0.0) for n, size in enumerate(local) for _ in range(size)]
    people += [("dep", Side.CENTRE, -gap)] * central
    for agency, side, off in people:
        leaning = rng.normal(MIDDLE, LEANING)
        agrees = rng.random(len(ALL.codes)) < share(leaning, off)
        strongly = rng.random(len(ALL.codes)) < 0.3
        says = rng.random(len(ALL.codes)) < 0.9
        steps = {
            code: (3 + int(more) if yes else 2 - int(more)) if said else 0
            for code, yes, more, said in zip(ALL.codes, agrees, strongly, says, strict=True)
        }
        yield Answer(agency, side, "dep", steps)


def a_round(rng: np.random.Generator, local: tuple[int, ...], central: int, gap: float) -> Results:
    """What a drawn round says."""
    asked = [Asked(f"b{n}", Side.PLACE, size) for n, size in enumerate(local)]
    asked.append(Asked("dep", Side.CENTRE, central))
    return results(ALL, asked, list(answers(rng, local, central, gap)))


def true_difference(rng: np.random.Generator, gap: float) -> float:
    """Local less central in points, of very many people."""
    leanings = rng.normal(MIDDLE, LEANING, 1_000_000)
    ours, theirs = (1 / (1 + np.exp(-(leanings - off))) for off in (0.0, gap))
    return float(100 * (ours.mean() - theirs.mean()))


def main() -> None:
    """Print how often a difference is told, and how often its limits hold the true one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20_261_126)
    said = parser.parse_args()
    print(f"seed {said.seed}, {said.rounds} rounds of each kind")
    for gap in (0.0, 1.0, 2.0):
        rng = np.random.default_rng(said.seed)
        true = true_difference(rng, gap)
        for local, central in SIZES:
            any_told = sides_told = held = sides = 0
            for _ in range(said.rounds):
                found = a_round(rng, local, central, gap)
                between = [one for one in found.gaps if one.side is None]
                any_told += any(one.told for one in found.gaps)
                sides_told += any(one.told for one in between)
                held += sum(one.low <= true <= one.high for one in between)
                sides += len(between)
            n = said.rounds
            bound = 1.96 * np.sqrt(max(any_told, 1) / n * (1 - any_told / n) / n)
            print(
                f"true difference {true:5.1f} points; local {local}, central {central}: "
                f"anything told in {any_told / n:.1%} of rounds (give or take {bound:.1%}), "
                f"sides told apart in {sides_told / n:.1%}; "
                f"95% limits held it {held / max(sides, 1):.1%} of times"
            )


if __name__ == "__main__":
    main()
