"""A resident finds what is watched, how it stands here, beside others, and for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from totalplace.doors import records
from totalplace.outcomes.actions import neighbours, readings
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

ADA = Operator("Ada")
THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
AREAS = {
    "E10000017": ("Wexshire", 10), "E06000008": ("Northport", 14), "E06000009": ("Sandbay", 16),
    "E08000001": ("Milltown", 12), "E08000002": ("Overdale", 9), "E12000002": ("North West", 12),
    "E92000001": ("England", 11),
}  # fmt: skip
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


def table(into: Path, name: str, years: dict[int, int], measure: str, *, limits: bool) -> Path:
    """A table as the ONS lays one out, of made-up figures; `years` add to each area's own."""
    lines = [HEADS]
    for code, (area, level) in AREAS.items():
        for year, more in years.items():
            value = level + more
            low, high = (f"{value - 1.5}", f"{value + 1.5}") if limits else ("", "")
            lines.append(f"{code},{area},,{measure},{year}-08-01/P1Y,{value},,%,{low},{high},,")
    path = into / name
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def held(site: str, tmp_path: Path) -> None:
    """Two indicators of made-up areas, one revised since, and a list of neighbours."""
    home = Home(records.home_folder())
    places.register_place("wexshire", name="Wexshire", by=ADA, on=THEN)
    places.register_agency("wex", name="Wexshire County Council", kind="county",
                           gss="E10000017", by=ADA, on=THEN)  # fmt: skip
    places.join_place("wexshire", "wex", by=ADA, on=THEN)
    absence = "Persistent absences for all pupils"
    years = {2016: 0, 2017: 1, 2018: 0, 2020: 1, 2021: 9, 2022: 8, 2023: 7}
    files = [
        table(tmp_path, "absence.csv", years, absence, limits=False),
        table(tmp_path, "obesity.csv", {y: y - 2015 for y in range(2015, 2024)},
              "Adult obesity prevalence", limits=True),
    ]  # fmt: skip
    assert len(list(readings.add(files, readings.Terms(), home=home, by=ADA, on=THEN))) == 2
    revised = table(tmp_path, "absence-2.csv", {2022: 8, 2023: 5, 2024: 4}, absence, limits=False)
    later = THEN + timedelta(days=90)
    list(readings.add([revised], readings.Terms(), home=home, by=ADA, on=later))
    listed = tmp_path / "near.csv"
    listed.write_text("AREACD,1,2\nE10000017,E06000008,E08000002\n")
    terms = neighbours.ListTerms("near", "Areas most alike", "An office of statistics")
    neighbours.add_neighbours(listed, terms, home=home, by=ADA, on=later)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_resident_follows_an_outcome_to_its_source_and_keeps_the_page_for_good(
    held: None, page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto("/outcomes/")
    page.get_by_label("Show the latest readings of").select_option(label="Wexshire County Council")
    page.get_by_role("button", name="Show").click()
    holds(page, faults_of)
    picture(page, "outcomes of an area")
    page.get_by_role("link", name="Pupils who miss a tenth of school or more").click()
    gap = page.get_by_role("row", name="2019/20")
    assert "missing" in gap.inner_text()
    assert "schools were closed" in gap.inner_text()
    assert page.get_by_text("Revised: vintage 1 said 17.0%.").count() == 1
    holds(page, faults_of)
    picture(page, "outcome trend")
    picture(page, "outcome trend phone", width=390)
    page.get_by_role("link", name="This address").click()
    assert page.get_by_text("This page stands as it stood on").count() == 1
    page.get_by_role("link", name="Beside other areas").click()
    assert page.get_by_text("The areas most like this one are those of Areas most alike").count()
    holds(page, faults_of)
    picture(page, "outcome beside others")
    page.get_by_role("link", name="All of its definition").click()
    holds(page, faults_of)
    picture(page, "outcome definition")


def test_limits_say_what_may_be_chance_and_a_table_says_what_was_set_aside(
    held: None, page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto("/outcomes/adult-obesity/E10000017/")
    assert page.get_by_text("Higher, which is worse, but it may be chance").count() == 1
    picture(page, "outcome trend with limits")
    page.goto("/outcomes/tables/")
    holds(page, faults_of)
    page.get_by_role("link", name="obesity.csv").click()
    assert page.get_by_text("Nothing: every figure of it is a reading.").count() == 1
    holds(page, faults_of)
    picture(page, "outcome table")
    page.goto("/outcomes/undefined/")
    holds(page, faults_of)
