"""Pages of targets: what anybody reads, what an officer can do, what is lacking beside each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.outcomes.queries.sets import target_set, targets
from totalplace.outcomes.rules.target_moves import Stage
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..outcomes.place_made import ADOPTED, ONE, WexshirePlace, begun  # noqa: TID252
from ..outcomes.targets_made import a_wanted  # noqa: TID252

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]
AT = f"/outcomes/targets/{ONE}/"


@pytest.fixture
def here(db: None) -> WexshirePlace:
    """The place, so long ago that its targets can be adopted today."""
    return begun(local_day(datetime.now(UTC)) - timedelta(days=ADOPTED))


@pytest.fixture
def enters(signed_in: SignedIn, an_officer: Appointed) -> Callable[[], Client]:
    """Signs in who proposes targets. From then on the operator no longer may do all."""
    return lambda: signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def test_a_place_without_targets_says_so(here: WexshirePlace, client: Client) -> None:
    assert "No targets are adopted yet" in page_of(client, "/outcomes/targets/")
    assert "has adopted no targets yet" in page_of(client, "/outcomes/targets/wexshire/")
    assert 'href="/outcomes/targets/"' in page_of(client, "/outcomes/")
    for path in ("nowhere/", "wexshire/9/", "%00/", "wexshire/1/fly/"):
        assert client.get(f"/outcomes/targets/{path}").status_code in (302, 404)
    assert f"{targets('wexshire')}" == "None"


def test_anybody_reads_adopted_targets_in_plain_words(here: WexshirePlace, client: Client) -> None:
    here.heard([a_wanted()])
    here.adopted(here.decided())
    page = page_of(client, "/outcomes/targets/wexshire/")
    assert "No more than 9 in 100 by 31 March 2030" in page
    assert "It was 12.3 in 100 in 2024/25" in page
    for who in ("Wexshire Health Board, 30 per cent", "Nobody here, 20 per cent"):
        assert who in page
    assert "£1,200,000 beside it" in page
    assert "No reading of it is held here yet" in page
    one = page_of(client, AT)
    assert "Adopted" in one
    assert 'href="/decisions/wex-council/1/"' in one
    assert 'href="/participation/1/"' in one
    assert "What you can do" not in one


def test_an_objection_is_followed_to_the_target_that_it_changed(
    here: WexshirePlace, client: Client
) -> None:
    here.proposed([a_wanted()])
    number = here.opened()
    here.objected(number)
    here.answered(number, changed=True)
    here.revised([a_wanted(shares={"wex": Decimal(50), "icb": Decimal(20)})], because=1)
    page = page_of(client, AT)
    assert "You said, we did" in page
    assert "Wexshire Health Board said" in page
    assert "We cannot move thirty per cent" in page
    assert "What Wexshire Health Board can move" in page
    assert "answer 1</a> led to it" in page
    assert "This is version 1" in page_of(client, f"{AT}version/1/")
    assert client.get(f"{AT}version/3/").status_code == 409


def test_a_draft_is_for_officers_of_the_place_alone(
    here: WexshirePlace, client: Client, enters: Callable[[], Client]
) -> None:
    here.drafted([a_wanted()])
    commissioner = enters()
    assert client.get(AT).status_code == 404
    assert client.get(f"{AT}targets.xlsx").status_code == 404
    assert "Every child at school" not in page_of(client, "/outcomes/targets/wexshire/")
    assert "Add a target" in page_of(commissioner, AT)


def target_typed(**other: str) -> dict[str, str]:
    return {
        "baseline": "12.3", "period": "2024/25", "source": "DfE", "step_2028-03-31": "11",
        "step_2029-03-31": "", "step_2030-03-31": "9", "share_wex": "60", "pounds_wex": "£5,000",
        "why": "Children fall behind.", "reason": "A first target.",
    } | other  # fmt: skip


def test_a_commissioner_drafts_a_set_adds_a_target_in_a_form_and_proposes_it(
    here: WexshirePlace, enters: Callable[[], Client]
) -> None:
    commissioner = enters()
    said = {"title": "At school", "why": "Too many miss it.", "agency": "wex",
            "first_year": "2027-28", "last_year": "2029-30"}  # fmt: skip
    wrong = commissioner.post("/outcomes/targets/wexshire/draft/", said | {"last_year": "soon"})
    assert "is no financial year" in wrong.content.decode()
    commissioner.post("/outcomes/targets/wexshire/draft/", said)
    chooser = page_of(commissioner, f"{AT}add/")
    assert "Choose an outcome" in chooser
    assert "Results for people: Pupils who miss a tenth of school or more" in chooser
    which = f"{AT}add/?indicator=persistent-absence&area=E10000017"
    assert "31 March 2028" in page_of(commissioner, which)
    bad = commissioner.post(which, target_typed(share_wex="x", baseline="low"))
    assert "is no share" in bad.content.decode()
    over = commissioner.post(which, target_typed(share_wex="101"))
    assert over.status_code == 409
    assert "come to 101 per cent" in over.content.decode()
    assert 'value="101"' in over.content.decode()
    commissioner.post(which, target_typed())
    (target,) = target_set(ONE).targets
    assert [(part.agency, part.share, part.pence) for part in target.parts] == [
        ("wex", 60, 500_000), ("", 40, None),
    ]  # fmt: skip
    assert "Change" in page_of(commissioner, AT)
    form = page_of(commissioner, f"{AT}target/1/")
    assert 'value="12.3"' in form
    commissioner.post(f"{AT}target/1/", target_typed(**{"step_2030-03-31": "8"}))
    assert str(target_set(ONE).targets[0].last.value) == "8.0000"
    page = commissioner.post(f"{AT}propose/", {"reason": "Ready"}, follow=True).content.decode()
    assert "Now people can be heard on them" in page
    assert "Nobody was heard on this" in page  # what is lacking to adopt it
    assert (
        "/participation/begin/?place=wexshire&amp;agency=wex&amp;about=targets+wexshire%2F1" in page
    )
    assert target_set(ONE).kept is Stage.PROPOSED


def test_a_target_is_taken_out_and_the_last_one_stays(
    here: WexshirePlace, enters: Callable[[], Client]
) -> None:
    here.drafted([a_wanted(), a_wanted(area="E10000018")])
    commissioner = enters()
    assert "Take out" in page_of(commissioner, f"{AT}target/2/remove/")
    commissioner.post(f"{AT}target/2/remove/", {"reason": "Too many"})
    assert len(target_set(ONE).targets) == 1
    assert commissioner.post(f"{AT}target/1/remove/", {"reason": "x"}).status_code == 409
    assert commissioner.get(f"{AT}target/2/").status_code == 404


def sheet_with(content: bytes, cell: str, value: Any) -> SimpleUploadedFile:
    book = openpyxl.load_workbook(BytesIO(content))
    book["Targets"][cell] = value
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("targets.xlsx", kept.getvalue())


def test_a_workbook_goes_out_and_comes_in_again(
    here: WexshirePlace, enters: Callable[[], Client]
) -> None:
    here.drafted([a_wanted(), a_wanted(area="E10000018")])
    commissioner = enters()
    content = commissioner.get(f"{AT}targets.xlsx").content
    same = {"file": SimpleUploadedFile("targets.xlsx", content), "reason": "As it was"}
    again = commissioner.post(f"{AT}upload/", same)
    assert again.status_code == 409
    assert "They are what they were" in again.content.decode()
    page = commissioner.post(
        f"{AT}upload/", {"file": sheet_with(content, "J2", "nine"), "reason": "x"}
    ).content.decode()
    assert "The workbook was not taken" in page
    assert "J2" in page
    changed = {"file": sheet_with(content, "J2", 10.5), "reason": "Less at first"}
    assert commissioner.post(f"{AT}upload/", changed).status_code == 302
    assert str(target_set(ONE).targets[0].steps[0].value) == "10.5000"
    none = {"file": SimpleUploadedFile("x.xlsx", b"no workbook"), "reason": "x"}
    assert commissioner.post(f"{AT}upload/", none).status_code == 409


def test_once_heard_a_target_changes_only_as_an_answer_says(
    here: WexshirePlace, enters: Callable[[], Client]
) -> None:
    here.proposed([a_wanted()])
    number = here.opened()
    here.objected(number)
    here.answered(number, changed=True)
    commissioner = enters()
    form = page_of(commissioner, f"{AT}target/1/")
    assert "Which answer led to this change?" in form
    assert "Answer 1: The board" in form
    missing = commissioner.post(f"{AT}target/1/", target_typed())
    assert "Choose the answer that led to this change" in missing.content.decode()
    commissioner.post(f"{AT}target/1/", target_typed(because="1"))
    assert target_set(ONE).published[-1].because == 1


def test_members_see_what_is_lacking_and_adopt_what_is_not(
    here: WexshirePlace, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.proposed([a_wanted()])
    other = here.heard([a_wanted()]).citation
    decision = here.decided(about=other)
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, place="wexshire"))
    page = page_of(member, AT)
    assert "Before they can be adopted" in page
    assert "Nobody was heard on this" in page
    assert "No decision to adopt these targets is named" in page
    assert "disabled" in page
    assert "They cannot be adopted yet" in page_of(member, f"{AT}adopt/")
    at = f"/outcomes/targets/{other.id}/"
    assert "Before they can be adopted" not in page_of(member, at)
    assert "Adopt it" in page_of(member, f"{at}adopt/")
    said = {"decision": decision.id, "reason": "As we decided"}
    done = member.post(f"{at}adopt/", said, follow=True).content.decode()
    assert "They are the targets of the place now" in done
    assert targets("wexshire") is not None


@pytest.mark.parametrize("role", [Role.DEPARTMENT_OFFICIAL, Role.FINANCE_LEAD])
def test_who_may_not_is_refused_at_every_address(
    here: WexshirePlace, signed_in: SignedIn, an_officer: Appointed, client: Client, role: Role
) -> None:
    here.proposed([a_wanted()])
    place = "" if role is Role.DEPARTMENT_OFFICIAL else "wexshire"
    officer = signed_in(an_officer("far", role, place=place))
    assert "What you can do" not in page_of(officer, AT)
    for path in ("add/", "upload/", "target/1/", "target/1/remove/", "propose/", "withdraw/",
                 "adopt/"):  # fmt: skip
        assert client.get(f"{AT}{path}").status_code == 302
        answer = officer.post(f"{AT}{path}", {"reason": "x"})
        assert answer.status_code == 409, path
        assert "may not" in answer.content.decode()
    assert officer.get("/outcomes/targets/wexshire/draft/").status_code == 409
