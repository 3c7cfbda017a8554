"""Pages of a negotiation: what each reader sees, a draft line by line, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from totalplace.agreements.queries.drafts import draft
from totalplace.agreements.queries.negotiations import negotiation, offers
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.moves import Stage
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..agreements.negotiating import COUNTER, FIRST, UNSAID, Bargain, begun  # noqa: TID252

pytestmark = pytest.mark.django_db
AT = "/agreements/negotiations/1/"
LINE = {
    "fund": "Roads Fund", "mechanism": "national formula", "where": "in the block",
    "reason": "Roads are planned here", "revenue_2027": "1,000,000", "capital_2028": "TBC",
    "kind_0": "report", "text_0": "Tell us once a year", "covers": "dft/roads, */roads",
}  # fmt: skip
PLACE, CENTRE = Side.PLACE, Side.CENTRE


@pytest.fixture
def bargain(an_officer: Callable[..., Officer]) -> Bargain:
    return begun(an_officer)


@pytest.fixture
def place(bargain: Bargain, signed_in: Callable[..., Client]) -> Client:
    return signed_in(bargain.place)


@pytest.fixture
def centre(bargain: Bargain, signed_in: Callable[..., Client]) -> Client:
    return signed_in(bargain.centre)


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    text = answer.content.decode()
    assert answer.status_code == status, text[-3000:]
    assert "style=" not in text
    return " ".join(text.split())


def sent(client: Client, path: str, **said: Any) -> str:
    answer = client.post(path, said)
    assert answer.status_code == 302, " ".join(answer.content.decode().split())[-4000:]
    return str(answer.headers["Location"])


def test_anybody_sees_that_it_is_under_way_and_nothing_that_was_offered(
    bargain: Bargain, client: Client
) -> None:
    bargain.offered(PLACE, FIRST)
    assert "The Wexshire block grant" in page_of(client, "/agreements/negotiations/")
    page = page_of(client, AT)
    assert "The centre has to move next" in page
    assert "1 offer is read by the two sides alone" in page
    assert "Bus Service Improvement Plan" not in page
    for hidden in ("offers/1/", "compare/1/1/", "lines/bus-services/", "sets/"):
        assert client.get(AT + hidden).status_code == 404
    for own in ("draft/", "draft/lines.xlsx", "offer/", "accept/", "publish/", "open/"):
        assert client.get(AT + own).status_code == 302
    for nowhere in ("/agreements/negotiations/9/", f"{AT}fly/"):
        assert client.get(nowhere).status_code in (302, 404)


def test_published_lines_show_what_no_line_explains(client: Client) -> None:
    page = page_of(client, "/agreements/negotiations/published/gmca-2025-26/")
    for said in ("£208,550,670", "£239,172,197", "£447,722,867", "£630,000,000", "£182,277,133"):
        assert said in page
    assert "Included above" in page or "included above" in page
    assert client.get("/agreements/negotiations/published/nowhere/").status_code == 404


def test_a_draft_is_written_line_by_line_and_offered_without_its_savings(
    bargain: Bargain, place: Client
) -> None:
    page_of(place, f"{AT}draft/")
    day = {"answer_by_day": 1, "answer_by_month": 2, "answer_by_year": 2099}
    empty = place.post(f"{AT}offer/", {"reason": "x", **day})
    assert (empty.status_code, "has no draft" in empty.content.decode()) == (409, True)
    sent(place, f"{AT}draft/lines/add/", **LINE)
    page_of(place, f"{AT}draft/lines/add/")
    assert "Roads Fund" in page_of(place, f"{AT}draft/lines/roads-fund/")
    sent(place, f"{AT}draft/lines/roads-fund/", **{**LINE, "revenue_2027": "900000"})
    sent(
        place, f"{AT}draft/promises/add/", owes="mhclg", owed="wex", kind="pay", cure_days=30,
        what="pays the first quarter", pence="250000", of_line="roads-fund", due_day=15,
        due_month=4, due_year=2027,
    )  # fmt: skip
    assert "pays the first quarter" in page_of(place, f"{AT}draft/promises/1/")
    sent(place, f"{AT}draft/rules/add/", rule="Monthly returns", lifter="mhclg", why="No reader")
    sent(place, f"{AT}draft/rules/monthly-returns/", rule="Monthly returns", lifter="mhclg",
         why="Nobody reads them", pence="12000")  # fmt: skip
    sent(place, f"{AT}draft/savings/add/", what=UNSAID, agency="wex", pence="7")
    page_of(place, f"{AT}draft/notes/")
    sent(place, f"{AT}draft/notes/", notes="Our last word")
    page = page_of(place, f"{AT}draft/")
    assert "Our last word" in page
    assert all(said in page for said in ("Roads Fund", "£900,000", "to be confirmed", UNSAID))
    assert "1 sum is not stated" in page_of(place, f"{AT}offer/")
    sent(place, f"{AT}offer/", reason="Ours", answer_by_day=1, answer_by_month=2,
         answer_by_year=2099)  # fmt: skip
    made = offers(1, by=bargain.place, on=now())[0]
    assert [line.code for line in made.lines] == ["roads-fund"]
    assert made.lines[0].covers == ("dft/roads", "*/roads")
    assert made.lines[0].conditions[0].text == "Tell us once a year"
    assert made.lifts[0].pence == 12_000_00
    assert "Offer 1" in page_of(place, AT)
    assert UNSAID not in page_of(place, f"{AT}offers/1/")


def test_what_is_typed_wrongly_is_said_at_its_box_and_kept(place: Client) -> None:
    answer = place.post(f"{AT}draft/lines/add/", {**LINE, "revenue_2027": "lots", "text_0": ""})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This is no sum of money" in text
    assert "Say both the kind of condition and what is asked" in text
    assert 'value="lots"' in text
    wrong = place.post(f"{AT}draft/promises/add/", {"what": "x", "pence": "much"})
    assert "is no sum of money" in wrong.content.decode()
    for path in ("wishes/add/", "lines/nothing/", "lines/nothing/remove/", "promises/9/"):
        assert place.get(f"{AT}draft/{path}").status_code == 404


def test_the_centre_counters_with_a_promise_and_adding_a_target_is_refused_there(
    bargain: Bargain, place: Client, centre: Client
) -> None:
    bargain.offered(PLACE, FIRST)
    refused = centre.post(f"{AT}draft/targets/add/", {"indicator": "jobs", "wish": "More jobs"})
    assert refused.status_code == 409
    assert "targets are set by the place" in refused.content.decode()
    sent(centre, f"{AT}draft/lines/skills/remove/")
    sent(centre, f"{AT}offer/", reason="Not skills", answer_by_day=1, answer_by_month=2,
         answer_by_year=2099)  # fmt: skip
    page = page_of(place, AT)
    assert "It is your move" in page
    assert "What offer 2 of the centre differs by from offer 1" in page
    assert "The last offers side by side" in page
    assert "guesses, what a side would settle for" in page
    assert "the whole line" in page_of(place, f"{AT}compare/1/2/")
    assert "not in it" in page_of(place, f"{AT}lines/skills/")
    assert place.post(f"{AT}accept/", {"reason": ""}).status_code == 200
    sent(place, f"{AT}accept/", reason="We can keep this")
    assert negotiation(1).stage is Stage.AGREED
    assert "Offer 2 was accepted as it stood" in page_of(place, AT)
    assert "Offer 2 was accepted as it stood" in page_of(Client(), AT)
    assert page_of(place, f"{AT}accept/", 409)


def test_neither_side_has_a_page_of_the_others_draft(
    bargain: Bargain, place: Client, centre: Client, client: Client,
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    bargain.drafted(PLACE, FIRST)
    assert UNSAID in page_of(place, f"{AT}draft/")
    pages = ["", "draft/", "draft/lines.xlsx", "draft/savings/1/remove/", "draft/lines/skills/"]
    others = [centre, client]
    roles = (Role.ELECTED_MEMBER, Role.AUDITOR, Role.CHIEF_FINANCE_OFFICER, Role.DATA_STEWARD)
    others += [signed_in(an_officer(role[:3], role, place="wexshire")) for role in roles]
    for other in others:
        for path in pages:
            seen = other.get(f"{AT}{path}").content.decode(errors="replace")
            assert UNSAID not in seen
            assert "Bus Service Improvement Plan" not in seen
    assert others[-1].get(f"{AT}draft/").status_code == 409


def test_offers_are_published_once_both_sides_agree(
    bargain: Bargain, place: Client, centre: Client, client: Client
) -> None:
    bargain.offered(PLACE, FIRST)
    page_of(place, f"{AT}publish/")
    sent(place, f"{AT}publish/")
    assert client.get(f"{AT}offers/1/").status_code == 404
    sent(centre, f"{AT}publish/")
    assert "Bus Service Improvement Plan" in page_of(client, f"{AT}offers/1/")
    assert centre.post(f"{AT}publish/").status_code == 409


def test_a_workbook_goes_out_and_comes_in_again(bargain: Bargain, place: Client) -> None:
    bargain.drafted(PLACE, COUNTER)
    content = place.get(f"{AT}draft/lines.xlsx").content
    book = openpyxl.load_workbook(BytesIO(content))
    page_of(place, f"{AT}draft/upload/")
    for cell, value, status in (("G2", "many", 200), ("G2", 5_000_000, 302)):
        book["Lines"][cell] = value
        kept = BytesIO()
        book.save(kept)
        file = SimpleUploadedFile("lines.xlsx", kept.getvalue())
        answer = place.post(f"{AT}draft/upload/", {"file": file})
        assert answer.status_code == status
        assert ("The workbook was not taken" in answer.content.decode()) is (status == 200)
    held = draft(1, PLACE, by=bargain.place, on=now())
    assert held is not None
    assert held.working.terms.lines[0].stated() == 5_000_000_00
    assert held.working.savings[0].what == UNSAID


def test_signed_files_are_taken_away_and_taken_in_on_pages(
    bargain: Bargain, place: Client, centre: Client, client: Client
) -> None:
    take_in = "/agreements/negotiations/receive/"
    assert client.get(take_in).status_code == 302
    assert place.get(f"{AT}signed.txt").status_code == 409
    with transaction.atomic():  # on the place's own computer: the offer is not known on this one
        bargain.offered(PLACE, FIRST)
        file = place.get(f"{AT}signed.txt").content
        transaction.set_rollback(True)
    assert UNSAID.encode() not in file
    key = file.decode().split("key: ")[1][:64]
    assert key in page_of(centre, take_in)
    assert "Take in a signed offer" in page_of(centre, "/agreements/negotiations/")
    for content, told, why in (
        (file, "", "nothing says yet whose"),
        (file.replace(b"Buses", b"Busts"), key, "something in it was changed"),
    ):
        sent_file = SimpleUploadedFile("offer.txt", content)
        refused = centre.post(take_in, {"file": sent_file, "key": told})
        assert (refused.status_code, why in refused.content.decode()) == (409, True)
    sent(centre, take_in, file=SimpleUploadedFile("offer.txt", file), key=key)
    assert "Bus Service Improvement Plan" in page_of(centre, f"{AT}offers/1/")
    assert "from a signed file" in page_of(client, AT)


def test_the_place_opens_a_negotiation_on_a_page(
    bargain: Bargain, place: Client, centre: Client
) -> None:
    said = {"place": "wexshire", "title": "Another", "host": "wex", "model": "block-grant",
            "departments": ["dft"], "first_year": "2027-28", "last_year": "2028-29"}  # fmt: skip
    open_it = "/agreements/negotiations/open/"
    page_of(place, open_it)
    assert "is no financial year" in place.post(open_it, said | {"last_year": "x"}).content.decode()
    assert sent(place, open_it, **said) == "/agreements/negotiations/2/"
    assert page_of(centre, open_it, 409)
    sent(place, "/agreements/negotiations/2/end/", reason="A mistake")
    assert negotiation(2).stage is Stage.ENDED
