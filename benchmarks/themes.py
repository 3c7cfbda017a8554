"""Are minority views lost? Themes planted in made-up answers, and how many of them are found.

    python benchmarks/themes.py [--answers 2000] [--seeds 1979 1980 1981 1982 1983]

In each set of answers twelve large themes stand, and six small ones: three in 1% of answers, and
three in 0.5%, half of them beside a large one. A small theme counts as **found** where a proposed
theme is mostly it (at least half of its answers), and its recall is the share of its answers in
such themes. What is in no theme is not lost: it is handed to a person. So what is truly lost is an
answer whose small theme no proposed theme is mostly of, and that is in some other theme: its own
view would be read only by whoever reads that theme through.

Stability: the share of pairs of answers that two seeds of the search put alike, among pairs that
either puts together (Jaccard). The words are made up, so real answers are harder: see the how-to.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from themes_planted import SMALL, THEMES, Planted, planted

from totalplace.participation.rules.public.finding import Proposal, propose


@dataclass(frozen=True)
class Measured:
    """How well one theme was found."""

    theme: str
    answers: int
    recall: float  # of its answers, in proposed themes that are mostly it
    precision: float  # of the answers in those, that are of it
    handed_over: float  # of its answers, in no theme: a person reads them
    lost: float  # of its answers, in other themes alone


def measured(made: Planted, found: Proposal, theme: str) -> Measured:
    """Compare one planted theme with what is proposed."""
    true = made.of(theme)
    mostly = [set(one.answers) for one in found.themes
              if len(true & set(one.answers)) * 2 >= len(one.answers)]  # fmt: skip
    within = set().union(*mostly) if mostly else set()
    unplaced = set(found.unplaced)
    return Measured(
        theme=theme,
        answers=len(true),
        recall=len(true & within) / len(true),
        precision=len(true & within) / len(within) if within else 0.0,
        handed_over=len(true & unplaced) / len(true),
        lost=len(true - within - unplaced) / len(true),
    )


def pairs(found: Proposal) -> set[tuple[str, str]]:
    """Pairs of answers that stand in one theme together, of themes that are not too large."""
    return {
        pair for one in found.themes if len(one.answers) < 150
        for pair in combinations(sorted(one.answers), 2)
    }  # fmt: skip


def small_of(answers: int) -> Mapping[str, int]:
    """How many answers each small theme has: 1% for three of them, 0.5% for the others."""
    names = list(SMALL)
    return {name: max(2, answers // (100 if at < 3 else 200)) for at, name in enumerate(names)}


def main() -> None:
    """Plant, propose, compare."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--answers", type=int, default=2_000)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1979, 1980, 1981, 1982, 1983])
    said = asked.parse_args()
    print(f"seeds {said.seeds}: {said.answers:,} answers each, {os.cpu_count()} processors")
    rows: dict[str, list[Measured]] = {}
    stable, unplaced, themes, seconds = [], [], [], []
    for seed in said.seeds:
        made = planted(random.Random(seed), said.answers, dict(small_of(said.answers)))  # noqa: S311
        began = time.perf_counter()
        found = propose(made.answers, seed=seed)
        seconds.append(time.perf_counter() - began)
        again = pairs(propose(made.answers, seed=seed + 1))
        mine = pairs(found)
        stable.append(len(mine & again) / len(mine | again) if mine | again else 1.0)
        unplaced.append(len(found.unplaced) / len(made.answers))
        themes.append(len(found.themes))
        for theme in (*THEMES, *SMALL):
            rows.setdefault(theme, []).append(measured(made, found, theme))
    told(rows)
    print(f"themes proposed {statistics.mean(themes):.0f} (18 planted); ", end="")
    print(f"in no theme {statistics.mean(unplaced):.1%}; ", end="")
    print(f"stable over seeds {statistics.mean(stable):.2f}; ", end="")
    print(f"{statistics.mean(seconds):.1f} s a search")


def told(rows: Mapping[str, list[Measured]]) -> None:
    """Print each theme, and the small ones together."""
    print(f"{'theme':<24}{'answers':>8}{'found':>7}{'recall':>8}{'precision':>11}"
          f"{'to a person':>13}{'lost':>7}")  # fmt: skip
    for theme, found in rows.items():
        line(theme, found)
    small = list(small_of(200))
    line("all of 1%", [one for name in small[:3] for one in rows[name]])
    line("all of 0.5%", [one for name in small[3:] for one in rows[name]])
    line("all large ones", [one for name in THEMES for one in rows[name]])


def line(name: str, found: list[Measured]) -> None:
    """A line: the mean over seeds, and in how many of them the theme was found at all."""

    def mean(what: str) -> float:
        return statistics.mean(getattr(one, what) for one in found)

    seen = sum(one.recall > 0 for one in found)
    print(
        f"{name:<24}{mean('answers'):>8.0f}{f'{seen}/{len(found)}':>7}{mean('recall'):>8.2f}"
        f"{mean('precision'):>11.2f}{mean('handed_over'):>13.2f}{mean('lost'):>7.2f}"
    )


if __name__ == "__main__":
    main()
