"""What a place gives in and defines itself, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from totalplace.outcomes import queries
from totalplace.outcomes.actions import defining, readings
from totalplace.outcomes.rules.given import Given
from totalplace.places import actions as places
from totalplace.places.rules.mandates import NoMandate, Officer, Role
from totalplace.record.queries import last_entry
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .readings_made import ADA, Adding, absence, is_added

pytestmark = pytest.mark.django_db


def test_a_place_gives_in_what_it_asked_its_own_people(home: Home, noon: datetime) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    given = [Given("wexshire", "2024/25", numerator=300, denominator=500),
             Given("wexshire", "2025/26", numerator=0, denominator=0)]  # fmt: skip
    number = readings.give("told-once", given, place="wexshire", home=home, by=ADA, on=noon)
    first, second = queries.series("told-once", "wexshire", home=home).readings
    assert (first.value, first.vintage) == (Decimal(60), number)
    assert (second.value, second.why_missing) == (None, "nobody was counted")
    values = [Given("wexshire", "2025/26", Decimal("1.9"), low=Decimal("1.5"), high=Decimal("2.4"))]
    readings.give("contacts-needed", values, place="wexshire", home=home, by=ADA, on=noon)
    one = queries.series("contacts-needed", "wexshire", home=home).readings[0]
    assert (str(one.value), one.has_limits) == ("1.9", True)
    missing = [Given("wexshire", "2023/24", why_missing="no survey was held")]
    readings.give("told-once", missing, place="wexshire", home=home, by=ADA, on=noon)
    assert queries.series("told-once", "wexshire", home=home).readings[0].why_missing == (
        "said with it: no survey was held"
    )


@pytest.mark.parametrize(("indicator", "given", "why"), [
    ("persistent-absence", Given("E10000017", "2025", Decimal(1)), "published tables alone"),
    ("told-once", Given("wexshire", "soon", Decimal(1)), "“soon” is no period that is known"),
    ("no-such", Given("wexshire", "2025", Decimal(1)), "There is no indicator no-such"),
    ("told-once", Given("E06000001", "2025", Decimal(1)), "no area or agency of wexshire"),
])  # fmt: skip
def test_a_reading_that_cannot_be_taken_leaves_nothing_behind(
    home: Home, noon: datetime, indicator: str, given: Given, why: str
) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    with pytest.raises(Refused, match=why):
        readings.give(indicator, [given], place="wexshire", home=home, by=ADA, on=noon)
    assert queries.vintages() == []


OWN = """
title: Our own
why: We watch what nobody else does.
owner: customer service lead
as_of: 2026-06-01
review_by: 2027-06-01
sources: [our own counts of what we do]
once: {owner_local: us, owner_national: nobody, source: our counts, review_by: 2027-06-01}
indicators:
  bins-missed:
    title: Bins missed
    why: Everybody notices.
    numerator: bins missed
    denominator: bins
    unit: "%"
    better: lower
    family: experience
    level: district
    frequency: monthly
    held_as: [{form: own, measure: bins-missed}]
"""


def test_a_place_defines_an_indicator_of_its_own_and_old_pages_keep_the_old_one(
    home: Home, noon: datetime
) -> None:
    for code in ("wexshire", "other"):
        places.register_place(code, name=code, by=ADA, on=noon)
    (one,) = defining.define(OWN, place="wexshire", by=ADA, on=noon)
    assert (one.place, queries.indicator("bins-missed").title) == ("wexshire", "Bins missed")
    later = noon + timedelta(days=1)
    changed = OWN.replace("Bins missed", "Bins left behind")
    assert len(defining.define(changed, place="wexshire", by=ADA, on=later)) == 1
    assert defining.define(changed, place="wexshire", by=ADA, on=later) == []
    assert queries.indicator("bins-missed").title == "Bins left behind"
    assert queries.indicator("bins-missed", as_at=noon).title == "Bins missed"
    with pytest.raises(Refused, match="defined by wexshire"):
        defining.define(OWN, place="other", by=ADA, on=later)
    with pytest.raises(Refused, match="defined for every place"):
        shipped = OWN.replace("bins-missed:", "claimants:")
        defining.define(shipped, place="wexshire", by=ADA, on=later)


def test_only_whoever_may_gives_readings_or_defines_what_is_watched(
    adding: Adding, home: Home, noon: datetime, an_officer: Callable[..., Officer]
) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    bea = an_officer("bea", Role.COMMISSIONER, place="wexshire")
    dan = an_officer("dan", Role.DEPARTMENT_OFFICIAL)
    given = [Given("wexshire", "2025", Decimal(60))]
    with pytest.raises(NoMandate):
        readings.give("told-once", given, place="wexshire", home=home, by=dan, on=noon)
    with pytest.raises(NoMandate):
        defining.define(OWN, place="wexshire", by=dan, on=noon)
    with pytest.raises(NoMandate):
        adding(absence((2020, "10")), by=bea)  # for all places
    assert is_added(adding(absence((2020, "10")), by=bea, place="wexshire")).kept == 1
    readings.give("told-once", given, place="wexshire", home=home, by=bea, on=noon)
    entry = last_entry()
    assert entry is not None
    assert (entry.by, entry.verb) == ("bea", "added readings")
    assert "commissioner of wexshire" in entry.power
