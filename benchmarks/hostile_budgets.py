"""Hostile budgets: no accepted plan breaks a floor, and every refusal's proof adds up in fractions.

    python benchmarks/hostile_budgets.py [BUDGETS] [--seed N] [--processes N] [--first N]

Each budget is solved. A plan that is accepted is held against every demand by the solver's own
rule and by another, a few lines below, that shares nothing with it. A budget that is refused has to
come with a certificate, which is added up in exact fractions by a rule that knows no solver. Prints
the seed, and the numbers of budgets that failed: `hostile(number, seed=seed)` makes one again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from hostile_budgets_made import SEED, hostile

from totalplace.commissioning.rules.problem import Impossible, Problem
from totalplace.commissioning.rules.solving import check, solve
from totalplace.commissioning.rules.weighing.proofs import proves
from totalplace.commissioning.rules.weighing.refusals import proof_of, refusal_of

ACCEPTED, REFUSED = "accepted, and meets everything", "refused, with a proof that adds up"
UNPROVED = "no plan found and no proof either, and so told"
MISSED = "no plan found, though what is spent now meets everything"
BROKEN, WRONG = "ACCEPTED BUT BREAKS A DEMAND", "REFUSED WITH A PROOF THAT DOES NOT ADD UP"
FAILED = "FELL OVER"
WORDED = 20  # of so many refusals one is also put into words, with its smallest set and repairs


@dataclass
class Counted:
    """What became of some budgets, and the numbers of those that failed."""

    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[tuple[int, str]] = field(default_factory=list)
    unproved: list[int] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    branches: int = 0


def breaks(problem: Problem, pence: Sequence[int]) -> list[str]:
    """What a plan breaks, by the letter of the problem; nothing here is the solver's."""
    spends = [x != 0 or not line.may_close for line, x in zip(problem.lines, pence, strict=True)]
    broken = [
        line.option
        for line, x, spent in zip(problem.lines, pence, spends, strict=True)
        if spent and not line.least <= x <= line.most
    ]
    for demand in problem.demands:
        found = Fraction(0)
        for n, line in enumerate(demand.lines):
            found += pence[line] * (demand.each[n] if demand.each else 1)
            found -= demand.opened[n] if demand.opened and spends[line] else 0
        if demand.least is not None and found < demand.least:
            broken.append(demand.code)
        if demand.most is not None and found > demand.most:
            broken.append(demand.code)
    for aim in problem.aims:
        reached = sum(
            e * problem.lines[line].points(pence[line])
            for e, line in zip(aim.each, aim.lines, strict=True)
        )
        if reached < aim.amount - 1e-8 * max(1.0, abs(aim.amount)):
            broken.append(aim.code)
    return broken


def ended(problem: Problem, *, worded: bool) -> tuple[str, int, int]:
    """What became of a budget; of a refusal, how many demands and branches its proof has."""
    found = solve(problem, seconds=20)
    if not isinstance(found, Impossible):
        bad = breaks(problem, found.pence) or [
            one.demand for one in check(problem, found.pence) if not one.met
        ]
        return (BROKEN if bad else ACCEPTED), 0, 0
    proof = proof_of(problem)
    if proof is None:
        # What is spent now was often made to be the one plan that there is.
        met = not breaks(problem, [line.now for line in problem.lines])
        return (MISSED if met else UNPROVED), 0, 0
    right = proves(problem, proof)
    if not worded:
        return (REFUSED if right else WRONG), 0, len(proof.branches)
    refusal = refusal_of(problem)
    right = right and refusal.proved and refusal.certificate is not None
    right = right and proves(problem, refusal.certificate or proof)
    return (REFUSED if right else WRONG), len(refusal.demands), len(proof.branches)


def counted(numbers: Sequence[int], *, seed: int) -> Counted:
    """Solve the budgets of some numbers."""
    found = Counted()
    for number in numbers:
        way, problem = hostile(number, seed=seed)
        try:
            end, demands, branches = ended(problem, worded=number // 5 % WORDED == 0)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is counted and shown)
            end, demands, branches = f"{FAILED}: {error!r}"[:200], 0, 0
        found.ends[way, end] += 1
        if end.startswith((BROKEN, WRONG, FAILED)):
            found.failed.append((number, end))
        if end in {MISSED, UNPROVED}:
            found.unproved.append(number)
        if end == REFUSED:
            found.sizes[demands] += demands > 0
            found.branches = max(found.branches, branches)
    return found


def main() -> int:
    """Solve so many, and print what became of them. Gives 1 where any failed."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("budgets", type=int, nargs="?", default=100_000)
    asking.add_argument("--seed", type=int, default=SEED)
    asking.add_argument("--processes", type=int, default=2)
    asking.add_argument("--first", type=int, default=0)
    said = asking.parse_args()
    began = time.perf_counter()
    numbers = range(said.first, said.first + said.budgets)
    parts = [numbers[start : start + 200] for start in range(0, len(numbers), 200)]
    total = Counted()
    with multiprocessing.get_context("spawn").Pool(said.processes) as pool:
        for one in pool.imap_unordered(partial(counted, seed=said.seed), parts):
            total.ends += one.ends
            total.failed += one.failed
            total.unproved += one.unproved
            total.sizes += one.sizes
            total.branches = max(total.branches, one.branches)
            done = sum(total.ends.values())
            if done % 10_000 == 0:
                after = f"{done:,} after {time.perf_counter() - began:.0f} s"
                print(f"{after}: {len(total.failed)} failed, {len(total.unproved)} without a proof")
    print(f"seed {said.seed}, budgets {said.first} to {said.first + said.budgets - 1}")
    for end in sorted({end for _, end in total.ends}):
        print(f"{sum(n for (_, e), n in total.ends.items() if e == end):>8,}  {end}")
    for (way, end), count in sorted(total.ends.items()):
        print(f"{count:>8,}  {way}: {end}")
    sizes = {size: count for size, count in sorted(total.sizes.items()) if count}
    print(f"demands in a smallest set, of one refusal in {WORDED}: {sizes}")
    print(f"most branches in a proof: {total.branches}")
    print(f"failed: {sorted(total.failed)[:20]}")
    print(f"without a proof: {sorted(total.unproved)}")
    print(f"{time.perf_counter() - began:.0f} seconds, {said.processes} processes")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
