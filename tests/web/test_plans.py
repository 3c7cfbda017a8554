"""Pages of plans: what anybody reads, what an officer can do, what is lacking beside each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.commissioning.queries.allocations import allocation
from totalplace.commissioning.queries.answers import answers, parts, statement
from totalplace.commissioning.queries.plans import plan, plans
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.plan_moves import Stage
from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.case_book import case_book
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..commissioning.plans_made import ADA, ADOPTED, ONE, Wexshire, a_case, begun  # noqa: TID252

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]
AT = f"/commissioning/{ONE}/"


@pytest.fixture
def here(db: None) -> Wexshire:
    """The place, so long ago that its plan can be adopted today."""
    return begun(local_day(datetime.now(UTC)) - timedelta(days=ADOPTED))


@pytest.fixture
def enters(signed_in: SignedIn, an_officer: Appointed) -> Callable[[], Client]:
    """Signs in who drafts plans. From then on the operator no longer may do all."""
    return lambda: signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def uploaded(case: Case, wrong: str = "") -> SimpleUploadedFile:
    """A case as the workbook that an officer uploads, with one cell wrong where it says so."""
    book = openpyxl.load_workbook(BytesIO(case_book(case)))
    if wrong:
        book["Options"]["D2"] = wrong
    written = BytesIO()
    book.save(written)
    return SimpleUploadedFile("case.xlsx", written.getvalue())


def test_a_place_without_a_plan_says_so(here: Wexshire, client: Client) -> None:
    assert "No plan is adopted yet" in page_of(client, "/commissioning/")
    assert "has adopted no plan yet" in page_of(client, "/commissioning/wexshire/")
    for path in ("nowhere/", "wexshire/9/", "%00/", "wexshire/1/fly/"):
        assert client.get(f"/commissioning/{path}").status_code in (302, 404)


def test_a_draft_comes_from_a_workbook_and_is_for_officers_of_the_place_alone(
    here: Wexshire, client: Client, enters: Callable[[], Client]
) -> None:
    commissioner = enters()
    said = {"title": "The grant", "why": "To do more with it.", "agency": "wex"}
    at = "/commissioning/wexshire/draft/"
    blank = commissioner.get("/commissioning/wexshire/case.xlsx").content
    assert "Options" in openpyxl.load_workbook(BytesIO(blank)).sheetnames
    assert client.get("/commissioning/wexshire/case.xlsx").status_code == 302
    wrong = commissioner.post(at, said | {"file": uploaded(a_case(), "a lot")})
    page = wrong.content.decode()
    assert "The workbook was not taken" in page
    assert "D2" in page
    assert plans("wexshire") == []
    done = commissioner.post(at, said | {"file": uploaded(a_case())})
    assert done.status_code == 302
    assert plan(ONE).last.case == a_case()
    assert client.get(AT).status_code == 404
    assert client.get(f"{AT}lines.csv").status_code == 404
    assert "The grant" not in page_of(client, "/commissioning/wexshire/")
    drafted = page_of(commissioner, AT)
    for words in ("Most outcomes", "Fairest", "Least change", "By priority", "Propose it"):
        assert words in drafted


def test_an_officer_proposes_one_of_three_and_anybody_reads_what_each_gets(
    here: Wexshire, client: Client, enters: Callable[[], Client]
) -> None:
    here.drafted()
    commissioner = enters()
    nothing = commissioner.post(f"{AT}propose/", {"because": ""})
    assert "Choose one of the three plans" in nothing.content.decode()
    said = {"sort": "fairest", "because": "The south has least."}
    assert commissioner.post(f"{AT}propose/", said).status_code == 302
    page = page_of(client, AT)
    assert "What is proposed: fairest" in page
    assert "The south has least." in page
    assert page.count("Has not answered") == 2
    assert "Left as it is: no effect that may move money is known" in page
    assert "What you can do" not in page
    assert "Optimal" not in page
    assert "optimal" not in page
    mine = page_of(commissioner, AT)
    assert "Before it can be adopted" in mine
    assert "The chief finance officer has made no statement" in mine
    assert "Have people heard on it" in mine
    assert "It cannot be adopted yet" in page_of(commissioner, f"{AT}adopt/")


def test_an_agency_contests_its_part_and_the_proposer_answers(
    here: Wexshire, client: Client, enters: Callable[[], Client], signed_in: SignedIn,
    an_officer: Appointed,
) -> None:  # fmt: skip
    here.proposed()
    commissioner = enters()
    board = signed_in(an_officer("jo", Role.FINANCE_LEAD, agency="icb"))
    assert "Answer for Wexshire Health Board" in page_of(board, AT)
    assert "Answer for Wexshire Council" not in page_of(board, AT)
    at = f"{AT}answer/icb/"
    said = {"accepts": "no", "words": "It is too little.", "what_0": "Classes", "for_0": "",
            "pounds_0": "£10"}  # fmt: skip
    assert "Choose the outcome that Classes is for" in board.post(at, said).content.decode()
    assert board.post(at, said | {"for_0": "fewer-falls|X01"}).status_code == 302
    assert answers(plan(ONE))[0].intents[0].pence == 10_00
    assert board.post(f"{AT}answer/wex/", said).status_code == 409
    assert board.get(f"{AT}answer/nobody/").status_code == 404
    assert "Nobody answered that yet" in page_of(client, AT)
    reply = {"changed": "yes", "words": "More."}
    assert "othing changed since" in commissioner.post(f"{AT}reply/1/", reply).content.decode()
    done = commissioner.post(f"{AT}reply/1/", {"changed": "no", "words": "It is enough."})
    assert done.status_code == 302
    assert not any(part.open for part in parts(plan(ONE)))
    assert "Why nothing changed:" in page_of(client, AT)


def test_the_finance_officer_states_members_decide_and_the_plan_is_adopted_and_posted(
    here: Wexshire, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.heard()
    here.stated()
    here.decided()
    here.booked()
    chief = signed_in(an_officer("cfo", Role.CHIEF_FINANCE_OFFICER, agency="wex"))
    commissioner = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    said = {"robustness": "They are robust.", "reserves": ""}
    assert "Say whether the reserves" in chief.post(f"{AT}state/", said).content.decode()
    assert "The reserves are adequate." in page_of(client, AT)
    assert commissioner.get(f"{AT}state/").status_code == 409
    assert "Before it can be adopted" not in page_of(commissioner, AT)
    adopted = {"decision": "wex-council/2", "reason": "As the council decided."}
    assert commissioner.post(f"{AT}adopt/", adopted).status_code == 302
    assert plan(ONE).kept is Stage.ADOPTED
    assert "cited as allocation wexshire/1" in page_of(client, AT)
    assert commissioner.post(f"{AT}post/", {"book": "wexshire-1"}).status_code == 302
    assert allocation(ONE).posting is not None
    assert "To the book wexshire-1" in page_of(client, AT)
    assert "Post it to the book" not in page_of(commissioner, AT)
    assert statement(plan(ONE)) is not None


def test_a_plan_is_taken_away_as_files_and_its_case_comes_back_the_same(
    here: Wexshire, client: Client, enters: Callable[[], Client]
) -> None:
    here.proposed()
    text = client.get(f"{AT}lines.csv").content.decode()
    assert text.splitlines()[0].startswith("Service,Title,Agency")
    assert len(text.splitlines()) == 5
    book = openpyxl.load_workbook(BytesIO(client.get(f"{AT}lines.xlsx").content))
    assert book["Lines"]["G2"].value == pytest.approx(plan(ONE).last.stands.pence[0] / 100)
    commissioner = enters()
    same = client.get(f"{AT}case.xlsx").content
    said = {"sort": "fairest", "because": "So asked.", "reason": "The board asked for it.",
            "file": SimpleUploadedFile("case.xlsx", same)}  # fmt: skip
    assert commissioner.post(f"{AT}change/", said).status_code == 302
    row = plan(ONE)
    assert row.last.number == 2
    assert row.versions[0].text == row.last.text
    assert "What changed from version 1" in page_of(client, AT)
    assert "This is version 1" in page_of(client, f"{AT}version/1/")
    assert client.get(f"{AT}version/9/").status_code == 409


def test_a_stranger_to_the_place_does_nothing_to_its_plan(
    here: Wexshire, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.proposed()
    places.register_place("corner", name="Corner", by=ADA, on=here.at(0))
    stranger = signed_in(an_officer("eve", Role.COMMISSIONER, place="corner"))
    for path in ("change/", "withdraw/", "adopt/", "post/", "state/", "answer/icb/"):
        assert stranger.get(f"{AT}{path}").status_code == 409
        assert stranger.post(f"{AT}{path}", {"reason": "x"}).status_code == 409
    assert plan(ONE).kept is Stage.PROPOSED
