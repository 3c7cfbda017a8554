"""The example place is heard on its targets and adopts them, by the rules that hold for all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from totalplace.entitlements import queries as entitlements
from totalplace.example_place.heard.course import Heard
from totalplace.example_place.heard.tables import COUNTY
from totalplace.example_place.heard.telling import in_words
from totalplace.example_place.heard.words import PLANTED, answers
from totalplace.example_place.naming import PLACE, TARGETS
from totalplace.outcomes import queries as outcomes
from totalplace.participation import queries as participation
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.sources.home import Home

ADA = Operator("Ada")
SEED = 11


def test_the_example_place_adopts_targets_that_were_changed_by_what_was_said(
    heard: Heard, tmp_path: Path
) -> None:
    first, last = heard.targets.published[0], heard.targets.last
    assert last is not None
    assert heard.changed == 2
    assert heard.points == 2 + len(PLANTED)  # an objection, advice, and every planted theme
    assert last.targets[0].steps[-1].value == Decimal("13.0")
    assert first.targets[0].steps[-1].value == Decimal("12.5")
    assert heard.targets.adoption is not None
    # Who is silent stops nothing, and is never taken to agree.
    assert heard.silent == ("EX-PC",)
    hearing = participation.hearings(place=PLACE)[0]
    assert {reply.agency for reply in hearing.replies} == {"EX-CC", "EX-IB"}
    assert [row.citation.id for row in outcomes.target_sets(PLACE)] == [TARGETS]
    assert "stops nothing" in in_words(heard)
    assert heard.guarantees == len(entitlements.in_force(PLACE, datetime.now(UTC).date()))

    series = outcomes.series("persistent-absence", COUNTY[0], home=Home(tmp_path / "home"))
    closed = next(r for r in series.readings if r.period.first_day == date(2019, 8, 1))
    assert closed.value is None
    assert "schools were closed" in closed.why_missing
    assert record.first_fault() is None


def test_few_say_what_the_smallest_planted_themes_say() -> None:
    true = answers(seed=SEED)
    sizes = [sum(name == theme.name for name in true.values()) for theme in PLANTED]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] * 50 <= len(true)
    assert answers(seed=SEED) == true
