"""Reading a return of every English authority, as large as the one that MHCLG publishes.

    python benchmarks/returns.py [FILE] [--bodies 430] [--years 7] [--rounds 5] [--seed 2024]

Without FILE it makes one up: a row for each body and year, thirteen services and a total. Prints
how long it takes to find the form, read every figure, check every total and write Parquet; the
median and the range of some rounds. What is read is asserted before a time is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from totalplace.doors import records

records.start_django()  # the forms stand in a package that also has tables

from totalplace.sources.reading.bounds import Bounds  # noqa: E402
from totalplace.sources.reading.returns_files import known_in  # noqa: E402
from totalplace.sources.returns import forms  # noqa: E402
from totalplace.sources.returns.holding import write_parts  # noqa: E402
from totalplace.sources.rules.returns.outcome import Outcome, outcome  # noqa: E402

FORM = "mhclg_outturn_all"


def made_up(folder: Path, bodies: int, years: int, seed: int) -> tuple[Path, int]:
    """A file of made-up outturn, and what its lines come to in pence."""
    chance = random.Random(seed)  # noqa: S311  (made-up sums need chance, not secrecy)
    form = next(f for f in forms.shipped() if f.code == FORM)
    services = [line.key for line in form.lines.values()]
    records_, pence = [], 0
    for year in range(years):
        for body in range(bodies):
            sums = {service: chance.randrange(-1_000, 2_000_000) for service in services}
            pence += sum(sums.values()) * 100_000
            head = {"year_ending": 201803 + 100 * year, "ONS_code": f"E06{body:06d}"}
            records_.append(
                {**head, "LA_name": f"Body {body}", **sums, "Total": sum(sums.values())}
            )
    path = folder / "made_up.json"
    path.write_text(json.dumps(records_))
    return path, pence


def read(path: Path, scratch: Path) -> tuple[Outcome, tuple[float, float]]:
    """What is read of a file, and the seconds from opening it to Parquet: by clock, computing."""
    began, computed = time.perf_counter(), time.process_time()
    known = known_in(path, forms.shipped(), name=path.name, bounds=Bounds(), scratch=scratch)
    ((code, found),) = known.by_form.items()
    got = outcome(next(f for f in forms.shipped() if f.code == code), found)
    write_parts([got], "0" * 64, scratch)
    return got, (time.perf_counter() - began, time.process_time() - computed)


def main() -> None:
    """Measure and print."""
    say = argparse.ArgumentParser(description=__doc__)
    say.add_argument("file", nargs="?", type=Path)
    for name, default in (("bodies", 430), ("years", 7), ("rounds", 5), ("seed", 2024)):
        say.add_argument(f"--{name}", type=int, default=default)
    said = say.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, pence = said.file, None
        if path is None:
            path, pence = made_up(Path(folder), said.bodies, said.years, said.seed)
        times, computing = [], []
        for _ in range(said.rounds):
            got, seconds = read(path, Path(folder))
            times.append(seconds[0])
            computing.append(seconds[1])
        assert pence is None or sum(r.pence or 0 for r in got.rows) == pence
        assert all(t.figures == t.accounted() for t in got.tallies)
        figures = sum(t.figures for t in got.tallies)
        middle = statistics.median(times)
        print(f"{path.name}, seed {said.seed if pence is not None else 'none'}")
        print(f"{figures:,} figures, {len(got.rows):,} lines, {len(got.checked):,} totals checked")
        print(f"{middle:.2f} s ({min(times):.2f} to {max(times):.2f}, {said.rounds} rounds)")
        print(f"{statistics.median(computing):.2f} s of computing")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{peak:,.0f} MB at the most; Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
