"""How long loading and asking the register takes, with every file of ../shared/data/reference.

    python benchmarks/register.py [folder of shared data]

Loads into a home of its own, which is removed. Prints wall and processor seconds of loading all
files in one go, of loading them again, of making the register, and of one question each. Nothing
is random, so the seed is none.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from totalplace.doors import records
from totalplace.places.rules.mandates import Operator

SHARED: Final = Path(__file__).parents[1] / ".." / "shared" / "data"
FILES: Final = (
    "uk_local_authorities_future.csv.gz", "lookup_ltla22_ltla23.csv",
    "la_population_by_age.csv.gz", "households_by_la_2025.csv", "la_council_tax.csv",
    "lookup_ltla24_fra24.csv", "lookup_ltla24_csp24_pfa24.csv", "lookup_ltla23_cauth23.csv",
    "lookup_ltla23_utla23.csv", "lookup_lsoa21_icb24.csv.gz",
    "lookup_lsoa21_ward24_ltla24.csv.gz", "lookup_name_to_registry.csv",
    "lookup_gss_to_registry.csv", "la_orgid_to_gss.csv",
)  # fmt: skip
TIMES: Final = 50


def timed(what: str, act: Callable[[], object], *, times: int = 1) -> None:
    """Print the wall and processor seconds of an act, or of one of many."""
    wall, busy = time.perf_counter(), time.process_time()
    for _ in range(times):
        act()
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    print(f"{what:<48} {wall / times:8.4f} s wall {busy / times:8.4f} s processor")


def measure(shared: Path, home: Path) -> None:
    """Load, load again, make and ask the register of a home."""
    records.start_django()
    records.ready(home)
    from totalplace.places import actions, queries
    from totalplace.places.queries import register as kept

    now = datetime.now(UTC)
    paths = [shared / "reference" / name for name in FILES]
    paths.append(shared / "nhs_allocation" / "2024_2025.csv.gz")

    def load() -> None:
        actions.load_register(paths, by=Operator("benchmark"), on=now)

    def ask() -> None:
        queries.share_of_place("E23000003", "place", "people", 2024)

    def make() -> None:
        kept._made.cache_clear()  # noqa: SLF001  (what is timed is the making)
        kept.register()

    timed(f"loading {len(paths)} files", load)
    timed("loading the same files again", load)
    timed("making the register", make)
    print(f"{'':<48} {len(kept.register().bodies):,} bodies and areas")
    actions.register_place("place", by=Operator("benchmark"), on=now)
    actions.set_areas("place", ["E10000017"], by=Operator("benchmark"), on=now)
    timed("one share of a body in a place", ask, times=TIMES)
    timed(
        "the bodies over a place",
        lambda: queries.bodies_over("place", on=date(2024, 4, 1)),
        times=TIMES,
    )
    timed("what sources say differently", queries.conflicts, times=TIMES)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print("seed: none")
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as made:
        measure(folder, Path(made))
