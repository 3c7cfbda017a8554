"""A real city's count in three sets: every penny once, and what a line of a grant moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from totalplace.agreements.definitions.funding import set_rules
from totalplace.agreements.rules.lines import Line, Sum, Where
from totalplace.agreements.rules.partition import Partition, partition
from totalplace.count.definitions.services import services
from totalplace.count.queries.whole_place import Wanted, whole_place
from totalplace.count.rules.whole_place.lines import Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.years import FinancialYear

YEAR = FinancialYear(2021)


def sorted_out(counted: WholePlace, *lines: Line) -> Partition:
    decides = {code: one.decides.value for code, one in services().items()}
    return partition(
        counted.lines, decides=decides, rules=set_rules(), lines=lines, year=YEAR.start
    )


def test_a_real_city_falls_into_three_sets_to_the_penny(published: Any, tmp_path: Path) -> None:
    published.register()
    published.place("city", ["E08000025"])
    published.returns("la_revenue_outturn/*.gz", "returns_birmingham/*.csv", "nhs_allocation/ccg*")
    counted = whole_place(Wanted(published.home, "city", YEAR, [], tmp_path)).whole
    today = sorted_out(counted)
    whole = counted.total
    assert sum(today.of(where).pence for where in Where) == whole.pence
    assert sum(today.of(where).low for where in Where) == whole.low_pence
    assert sum(today.of(where).high for where in Where) == whole.high_pence
    assert sum(today.of(where).missing for where in Where) == whole.missing
    assert counted.numbers is not None
    assert today.of(Where.BLOCK).pence == counted.numbers.controlled.pence
    assert today.of(Where.ALIGNED).pence == counted.numbers.negotiable.pence
    assert today.today == today.offered
    held = sum(p.pence or 0 for p in today.portions if p.service == "public_health")
    assert held > 0
    sums = (Sum(YEAR.start, Nature.REVENUE, held),)
    line = Line("public-health", "Public Health Grant", sums=sums, covers=("*/public_health",))
    offered = sorted_out(counted, line)
    assert offered.offered.part - today.offered.part == held
    assert offered.pence == today.pence
    modelled = [p for p in offered.portions if p.status is Status.MODELLED]
    assert all(p.low <= (p.pence or 0) <= p.high for p in modelled)
