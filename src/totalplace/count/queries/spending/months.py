"""What each body paid in each month, from the sums that are frozen with an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from totalplace import engines
from totalplace.count.queries.editions import EditionRow, folder_of
from totalplace.count.queries.spending.searching import Summed
from totalplace.sources.home import Home


@dataclass(frozen=True, slots=True)
class Months:
    """Payments by agency: of each month, and of each financial year, whether a month is known.

    Money from one of them to another is in both: each body's own series is true, a sum of several
    is no sum of what was spent.
    """

    by_month: Mapping[str, Mapping[date, Summed]]
    by_year: Mapping[str, Mapping[int | None, Summed]]


def months(home: Home, edition: EditionRow) -> Months | None:
    """The months of every year of the files that an edition was made from; None without any."""
    folder = folder_of(home, edition.digest)
    # An edition that was frozen before the month cube was kept has them in its cube.
    cube = next(
        (p for name in ("month_cube", "cube") if (p := folder / f"{name}.parquet").exists()), None
    )
    if cube is None:
        return None
    by_month: dict[str, dict[date, Summed]] = defaultdict(lambda: defaultdict(Summed))
    by_year: dict[str, dict[int | None, Summed]] = defaultdict(lambda: defaultdict(Summed))
    for r in engines.ask("count/spending/by_month", {"cube": [cube]}):
        some = Summed(r["row_count"], r["amount_pence"])
        by_year[r["agency"]][r["year_start"]] += some
        if r["month"] is not None:
            by_month[r["agency"]][r["month"]] += some
    return Months(by_month, by_year)
