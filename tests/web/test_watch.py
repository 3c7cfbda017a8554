"""Pages of the watch: what anybody reads of a place, its series, its findings, and all areas."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from totalplace.doors import records
from totalplace.monitoring.actions.watching import look_at
from totalplace.monitoring.queries.watching import rebases, watch_of
from totalplace.places.rules.mandates import Officer, Role
from totalplace.sources.home import Home

# One builder serves the room's own tests, those of its pages, and the journey.
from ..monitoring.answers_made import begun, opened  # noqa: TID252
from ..monitoring.watch_made import ADA, a_watched_place  # noqa: TID252

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
AT = "/monitoring/wexshire/"
AREA = "?area=E10000017"
SERIES = f"{AT}outcome/persistent-absence/"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The place before anybody looked."""
    found = Home(records.home_folder())
    a_watched_place(tmp_path, found, on=THEN)
    return found


@pytest.fixture
def looked(home: Home) -> Home:
    """The place after the watch looked once."""
    look_at("wexshire", home=home, by=ADA, on=THEN + timedelta(days=1))
    return home


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def test_a_place_is_seen_from_a_distance_with_its_promise(client: Client, home: Home) -> None:
    page = page_of(client, AT)
    assert "Wexshire, seen from a distance" in page
    assert "even if all are healthy, this page may cry wolf" in page
    assert page.index("Pupils who miss a tenth of school or more") < page.index("Adults living")
    assert "No sign of change (1)" in page
    assert "Since 2021/22" in page
    assert "times the evidence that an alarm needs" in page
    for beside in ("answers", "capacity", "partnership"):
        assert f'href="{AT}{beside}/"' in page
        assert client.get(f"{AT}{beside}/").status_code == 200
    every = page_of(client, "/monitoring/")
    assert "4 false alarms a year at the most" in every
    assert "None yet" in every


def test_a_place_without_figures_says_so_and_claims_nothing(client: Client, home: Home) -> None:
    from totalplace.places import actions as places

    places.register_place("nowhere", name="Nowhere", by=ADA, on=THEN)
    page = page_of(client, "/monitoring/nowhere/")
    assert "Nothing is watched here yet" in page
    assert "cry wolf" not in page
    for path in ("nobody/", "%00/", "wexshire/outcome/none/", "wexshire/findings/9/",
                 "units/none/", f"wexshire/outcome/persistent-absence/{AREA}0"):  # fmt: skip
        assert client.get(f"/monitoring/{path}").status_code == 404, path


def test_a_series_tells_its_figures_what_is_seen_and_where_the_limit_comes_from(
    client: Client, looked: Home
) -> None:
    page = page_of(client, f"{SERIES}{AREA}")
    assert "Figure by figure, the latest first" in page
    assert "Worse from here on, as far as can be told" in page
    assert "This place promised at most 4 false alarms a year, over all of its 2 series" in page
    assert "Now the evidence is" in page
    assert "The same by the rules of Making Data Count" in page
    assert "these rules would still call a point a concern" in page
    assert "Finding 1" in page
    assert "It never was." in page
    assert "/outcomes/persistent-absence/E10000017/" in page
    assert "Begin this chart anew" not in page
    figures = client.get(f"{SERIES}figures.csv{AREA}").content.decode("utf-8-sig").splitlines()
    assert figures[0].startswith("period,first_day,last_day,value,unit")
    assert figures[-1].startswith("2023/24,2023-08-01,2024-07-31,17.1,%")
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{SERIES}figures.xlsx{AREA}").content))
    assert sheet["Figures"]["D14"].value == 17.1


def test_a_finding_stays_as_it_was_told_beside_what_is_known_now(
    client: Client, looked: Home, tmp_path: Path
) -> None:
    from totalplace.outcomes.actions import readings

    from ..monitoring.watch_made import ABSENCE, QUIET, a_table  # noqa: TID252

    path = tmp_path / "revised.csv"
    path.write_text(a_table(ABSENCE, [*QUIET[:10], 12.0, 17.4, 17.1, 17.6]))
    list(readings.add([path], readings.Terms(), home=looked, by=ADA, on=THEN + timedelta(days=9)))
    page = page_of(client, f"{AT}findings/1/")
    assert "What was known then" in page
    assert "Figures that came since: 17.6% in 2024/25" in page
    assert "Figures that their publisher changed since" in page
    assert "finding wexshire/1" in page
    text = client.get(f"{AT}findings/1/finding.json").content.decode()
    assert sha256(text.encode()).hexdigest() in page
    assert json.loads(text)["series"]["points"][10]["value"] == 16.9


def test_findings_and_the_whole_view_can_be_taken_away_as_they_stand(
    client: Client, looked: Home
) -> None:
    page = page_of(client, f"{AT}findings/")
    assert "Pupils who miss a tenth of school or more, Wexshire" in page
    assert "None is owed" in page
    assert "/monitoring/wexshire/findings/1/" in page_of(client, "/monitoring/")
    rows = client.get(f"{AT}findings/download.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert client.get(f"{AT}findings/download.xlsx").status_code == 200
    rows = client.get(f"{AT}download.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("subject,code,title,area")
    assert len(rows) == 3
    book = openpyxl.load_workbook(BytesIO(client.get(f"{AT}download.xlsx").content))
    assert book.sheetnames == ["About", "Series"]
    paper = openpyxl.load_workbook(BytesIO(client.get(f"{AT}paper.xlsx").content))
    assert paper.sheetnames == ["About", "Series", "Findings"]
    assert client.get(f"{AT}paper.pdf").content.startswith(b"%PDF")
    scorecard = page_of(client, "/monitoring/scorecard/")
    assert "Too few places to say: 0 have a score" in scorecard
    assert "No answer was due yet." in scorecard
    assert "Not held here: the figures were not added." in scorecard
    assert "1 more alarm stood in figures from before the watch began" in scorecard
    told = client.get("/monitoring/scorecard/download.csv").content.decode("utf-8-sig")
    assert told.startswith("part,what,figure,low,high,of,says")
    assert client.get("/monitoring/scorecard/download.xlsx").status_code == 200


def test_a_finding_that_two_owners_answer_leads_to_their_answer(client: Client, db: None) -> None:
    begun()
    opened(days=-60)
    page = page_of(client, f"{AT}findings/1/")
    assert "Open, and no cause was said; both sides are late" in page
    assert f'href="{AT}answers/1/"' in page
    assert client.get(f"{AT}answers/1/").status_code == 200
    assert "This series is no longer watched here." in page
    assert "Protected" in page


def test_all_areas_stand_beside_each_other_with_mine_first_and_no_league_table(
    client: Client, home: Home
) -> None:
    assert "Adults living with obesity" in page_of(client, "/monitoring/units/")
    page = page_of(client, f"/monitoring/units/adult-obesity/{AREA}")
    assert "Counties, unitary authorities and boroughs" in page
    assert page.index("My area</span>") < page.index("Northport</a>")
    assert "England</a>" not in page
    assert "<svg" in page
    found = page_of(client, "/monitoring/units/adult-obesity/?search=north")
    assert "Northport</a>" in found
    assert "Sandbay</a>" not in found
    rows = client.get("/monitoring/units/adult-obesity/download.csv").content.decode("utf-8-sig")
    assert len(rows.splitlines()) == 7
    bare = page_of(client, "/monitoring/units/persistent-absence/")
    assert "nothing was published about how far its figure moves by chance" in bare


def test_an_officer_says_what_is_watched_and_everybody_reads_why(
    client: Client, home: Home, signed_in: Callable[..., Client], an_officer: Callable[..., Officer]
) -> None:
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    assert client.get(f"{AT}watch/").status_code == 302
    assert "Say what is watched" in page_of(officer, AT)
    said = {"promise": "2", "left_out": "outcome/adult-obesity: its survey ended", "alike": "",
            "reason": "Two is what we can look into"}  # fmt: skip
    wrong = officer.post(f"{AT}watch/", said | {"left_out": "outcome/adult-obesity"})
    assert "Write a code, a colon and the reason" in wrong.content.decode()
    refused = officer.post(f"{AT}watch/", said | {"promise": "500"})
    assert refused.status_code == 409
    assert officer.post(f"{AT}watch/", said).status_code == 302
    assert watch_of("wexshire").promise == 2
    page = page_of(client, AT)
    assert "outcome/adult-obesity: its survey ended" in page
    assert "Of 1 series, even if it is healthy" in page


def test_a_chart_begins_anew_only_with_a_reason_and_what_says_so(
    client: Client, looked: Home, signed_in: Callable[..., Client],
    an_officer: Callable[..., Officer],
) -> None:  # fmt: skip
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    at = f"{SERIES}begin-anew/{AREA}"
    assert client.get(at).status_code == 302
    stranger = signed_in(an_officer("fin", Role.FINANCE_LEAD, place="wexshire"))
    assert stranger.get(at).status_code == 409
    said = {"from_day": "2021-08-01", "citing": "finding wexshire/1", "reason": "New registers"}
    assert "Say why" in officer.post(at, said | {"reason": ""}).content.decode()
    wrong = officer.post(at, said | {"citing": "a letter"}).content.decode()
    assert "Begin with the word decision or finding" in wrong
    assert officer.post(at, said).status_code == 302
    assert [one.reason for one in rebases("wexshire")] == ["New registers"]
    page = page_of(client, f"{SERIES}{AREA}")
    assert "New registers" in page
    assert "After a break: its chart was begun anew" in page
