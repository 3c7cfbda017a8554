"""Pages of readiness, of models of devolution and of the formula: who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.agreements.definitions.formula import first_formula
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.agreements.models.formula import typed_of
from totalplace.places.rules.mandates import Officer, Role
from totalplace.readiness import queries
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.scale import Area, Level, Side

# One builder serves the room's own tests, those of its pages, and the journey.
from ..readiness.ready_made import CORE, ONE, ReadyPlace, a_ready_place  # noqa: TID252

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]
AT = f"/readiness/{ONE}/"
PARTS = ("day", "month", "year")
LOWER = CORE | {Area.FINANCE: Level.DEVELOPING}


@pytest.fixture
def here(db: None) -> ReadyPlace:
    """The place, ten days ago."""
    return a_ready_place(local_day(datetime.now(UTC)) - timedelta(days=10))


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def test_a_place_that_was_not_assessed_says_so(here: ReadyPlace, client: Client) -> None:
    assert "Not assessed yet" in page_of(client, "/readiness/")
    assert "No assessment of Wexshire is agreed yet" in page_of(client, "/readiness/wexshire/")
    assert "There is none yet" in page_of(client, "/readiness/wexshire/evidence/")
    assert "Nothing to judge yet" in page_of(client, "/readiness/calibration/")
    assert "own words, for those of the checks were not published" in page_of(
        client, "/readiness/criteria/"
    )
    for path in ("nowhere/", "wexshire/9/", "%00/", "wexshire/1/score/nobody/"):
        assert client.get(f"/readiness/{path}").status_code in (302, 404)


def test_a_councillor_reads_both_scores_what_was_agreed_and_why(
    here: ReadyPlace, client: Client
) -> None:
    here.agreed(levels=LOWER, centre=LOWER)
    page = page_of(client, "/readiness/wexshire/")
    assert "The place says 1 level more" in page
    assert "As both saw it" in page
    assert "Block grant of Total Place: 1 of 6 powers open" in page
    assert "Financial and performance management: needs core, is developing" in page
    assert "Evidence holds until" in page
    one = page_of(client, AT)
    assert "So sees it the centre" in one
    assert "It rests on structures alone" in one
    assert "What you can do" not in one
    model = page_of(client, "/agreements/models/block-grant/")
    assert "Financial and performance management is developing" in model


def test_nobody_but_its_own_side_reads_a_score_on_a_page_before_both_are_in(
    here: ReadyPlace, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.begun()
    here.facts()
    here.evidence()
    here.handed_in(Side.PLACE, CORE)
    own = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    centre = signed_in(an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency="home"))
    assert "So sees it the place" in page_of(own, AT)
    assert "The centre cannot read them before" in page_of(own, AT)
    for other in (client, centre):
        page = page_of(other, AT)
        assert "So sees it the place" not in page
        assert "The place: handed in on" in page
    assert own.get(f"{AT}score/centre/").status_code == 409
    assert "So sees it" not in page_of(centre, f"{AT}score/centre/")


def state_facts(place: Client) -> None:
    """Every fact, of which the first has a day."""
    facts = {f"happened_{code}": "never" for code in fact_rules()}
    facts |= {f"source_{code}": "The register" for code in fact_rules()}
    facts |= {"happened_elected-mayor": "on", "happened_best-value-notice": "going"}
    wrong = place.post(f"{AT}facts/", facts)
    assert "Enter the day" in wrong.content.decode()
    told = zip(PARTS, ("10", "5", "2021"), strict=True)
    day = {f"day_elected-mayor_{part}": one for part, one in told}
    assert place.post(f"{AT}facts/", facts | day).status_code == 302


def give_evidence(here: ReadyPlace, place: Client) -> None:
    """An item for each area."""
    until = here.day(300)
    for area in Area:
        item = {
            "area": area.value, "kind": "skills", "title": "Audit", "says": "So", "where": "x",
            "first_day_day": here.base.day, "first_day_month": here.base.month,
            "first_day_year": here.base.year, "last_day_day": until.day,
            "last_day_month": until.month,
            "last_day_year": until.year, "renews": "",
        }  # fmt: skip
        assert place.post("/readiness/wexshire/evidence/add/", item).status_code == 302


def hand_in(client: Client, side: str) -> None:
    """Four scores."""
    scores = {f"level_{area}": "core" for area in Area}
    scores |= {f"why_{area}": f"the {side} thinks so" for area in Area}
    scores |= {f"evidence_{area}": str(n) for n, area in enumerate(Area, start=1)}
    sent = client.post(f"{AT}score/{side}/", scores)
    assert sent.status_code == 302, sent.content.decode()


def test_two_officers_score_meet_and_agree_in_forms(
    here: ReadyPlace, signed_in: SignedIn, an_officer: Appointed
) -> None:
    place = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    centre = signed_in(an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency="home"))
    sent = place.post("/readiness/wexshire/begin/", {"centre": "home", "why": "A grant"})
    assert sent.status_code == 302
    state_facts(place)
    give_evidence(here, place)
    hand_in(place, "place")
    hand_in(centre, "centre")
    put = {f"level_{area}": "core" for area in Area} | {f"reason_{area}": "Both" for area in Area}
    put |= {"level_people": "none"}
    refused = centre.post(f"{AT}put/centre/", put)
    assert refused.status_code == 409
    assert "not said what is disputed" in refused.content.decode()
    put |= {"disputed_people": "Who is away too often"}
    assert centre.post(f"{AT}put/centre/", put).status_code == 302
    assert place.post(f"{AT}agree/place/", {"proposal": "9"}).status_code == 409
    assert "Agree to these levels" in page_of(place, f"{AT}agree/place/")
    assert place.post(f"{AT}agree/place/", {"proposal": "1"}).status_code == 302
    assert queries.assessment(ONE).levels == {a: Level.CORE for a in Area if a != Area.PEOPLE}
    assert "It has not ended" in page_of(Client(), AT)
    assert "Who is away too often" in page_of(Client(), "/readiness/wexshire/")


def test_a_waiver_is_offered_and_agreed_on_pages(
    here: ReadyPlace, signed_in: SignedIn, an_officer: Appointed
) -> None:
    place = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    centre = signed_in(an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency="home"))
    until = here.day(100)
    said = {
        "need": "elected-mayor", "level": "", "centre": "home", "reason": "No mayor is wanted",
        "until_day": until.day, "until_month": until.month, "until_year": until.year,
    }  # fmt: skip
    assert place.post("/readiness/wexshire/waive/", said).status_code == 302
    page = page_of(centre, "/readiness/wexshire/")
    assert 'href="/readiness/wexshire/waiver/1/centre/"' in page
    assert "waiver/1/" not in page_of(place, "/readiness/wexshire/")
    agreed = centre.post("/readiness/wexshire/waiver/1/centre/", {"reason": "Nor by us"})
    assert agreed.status_code == 302
    assert "Waived by both sides" in page_of(Client(), "/readiness/wexshire/")


def test_models_stand_side_by_side_and_each_says_what_is_not_certain(client: Client) -> None:
    page = page_of(client, "/agreements/models/")
    for words in ("Block grant of Total Place", "Who sets targets", "designate"):
        assert words in page
    one = page_of(client, "/agreements/models/integrated-settlement/")
    assert "Up to a tenth of a theme" in one
    assert "which were no pass mark" in one
    assert client.get("/agreements/models/free-for-all/").status_code == 404


def test_a_formula_is_tried_in_the_address_and_says_how_each_share_comes_about(
    client: Client,
) -> None:
    page = page_of(client, "/agreements/formula/")
    assert "Year 2: £10,200,000" in page
    assert "so gains pay for the floors, to the penny" in page
    assert "Its floor" in page
    typed = typed_of(*first_formula())
    high = client.get("/agreements/formula/", typed | {"floor": "3"}).content.decode()
    assert "The floor cannot be paid for" in high
    assert "The highest floor that could be paid for is" in high
    wrong = client.get("/agreements/formula/", typed | {"sum": "much"}).content.decode()
    assert "is no number" in wrong
    assert "Enter sum" in client.get("/agreements/formula/", {"sum": ""}).content.decode()


def test_a_formula_goes_out_as_a_workbook_and_comes_back(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    sent = client.get("/agreements/formula/formula.xlsx")
    book = openpyxl.load_workbook(BytesIO(sent.content))
    assert book.sheetnames[-1] == "How each came about"
    assert client.post("/agreements/formula/upload/").status_code == 302
    officer = signed_in(an_officer())
    file = SimpleUploadedFile("formula.xlsx", sent.content)
    shown = officer.post("/agreements/formula/upload/", {"file": file})
    assert "Year 2: £10,200,000" in shown.content.decode()
    file = SimpleUploadedFile("formula.xlsx", sent.content)
    back = officer.post("/agreements/formula/upload/", {"file": file, "back": "yes"})
    assert back["Content-Type"].endswith("sheet")
    file = SimpleUploadedFile("formula.xlsx", b"no workbook")
    assert officer.post("/agreements/formula/upload/", {"file": file}).status_code == 409
    assert "Choose the workbook" in officer.post("/agreements/formula/upload/").content.decode()
