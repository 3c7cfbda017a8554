"""Pages of the partnership: what anybody reads, and what a member and a secretary can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem, NewMotion
from totalplace.participation.definitions.partnership import usual_rules
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.members import NewSeat, NewSitting, Sector
from totalplace.participation.rules.partnership.motions import Kind
from totalplace.participation.rules.partnership.motions import Stage as MotionStage
from totalplace.participation.rules.partnership.own_rules import OwnRules
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

pytestmark = pytest.mark.django_db
ADA: Final = Operator("Ada")
NOW: Final = datetime.now(UTC)
TODAY: Final = local_day(NOW)
AT: Final = "/participation/partnership/wexshire/"
BEFORE: Final = NOW - timedelta(days=20)
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]


def terms(**said: Any) -> OwnRules:
    """Rules under which two seats can act."""
    usual = usual_rules(local_day(BEFORE), "Terms of reference")
    return OwnRules(
        **{**{n: getattr(usual, n) for n in usual.__slots__}, "quorum_seats": 2, **said}
    )


@pytest.fixture(autouse=True)
def partnership(db: None) -> None:
    """A partnership of a council, a health board and volunteers, with a meeting called."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=BEFORE)
    for code, name in (("wex", "Wexshire Council"), ("icb", "Wexshire health board")):
        places.register_agency(code, name=name, kind="other", by=ADA, on=BEFORE)
        places.join_place("wexshire", code, by=ADA, on=BEFORE)
    actions.set_up(
        "wexshire", name="Wexshire Together", purpose="To see all that is spent",
        accountable="wex", by=ADA, on=BEFORE,
    )  # fmt: skip
    actions.set_rules("wexshire", terms(), by=ADA, on=BEFORE)
    for name, sector, agency in (
        ("Wexshire Council", Sector.AGENCY, "wex"), ("Health board", Sector.AGENCY, "icb"),
        ("Volunteers", Sector.VOLUNTARY, ""),
    ):  # fmt: skip
        seat = actions.add_seat("wexshire", NewSeat(name, sector, agency), by=ADA, on=BEFORE)
        sitting = NewSitting(f"{name} person", "Letter")
        actions.seat("wexshire", seat.number, sitting, contact="01 234", by=ADA, on=BEFORE)
    actions.plan_meeting(
        "wexshire", title="Summer board", starts_at=NOW, where="Town Hall", by=ADA, on=BEFORE
    )
    actions.add_item("wexshire", 1, NewItem("Hubs", "To advise"), by=ADA, on=BEFORE)
    actions.call_meeting("wexshire", 1, by=ADA, on=BEFORE)


def sits(*, vote: bool = False) -> int:
    """The meeting sits with everybody there, and a motion is moved, or put to the vote."""
    actions.open_meeting("wexshire", 1, chair=1, by=ADA, on=NOW)
    for seat in (1, 2, 3):
        actions.attend("wexshire", 1, seat=seat, by=ADA, on=NOW)
    motion = NewMotion(Kind.ADVISE, "Advise the council to open a hub")
    number = actions.move("wexshire", 1, 1, motion, seat=1, by=ADA, on=NOW).number
    if vote:
        actions.second("wexshire", number, seat=2, by=ADA, on=NOW)
        actions.put("wexshire", number, by=ADA, on=NOW)
    return number


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def post(client: Client, path: str, said: Mapping[str, Any]) -> Any:
    answer = client.post(path, said)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return answer


def test_anybody_reads_who_sits_but_not_how_to_reach_them(client: Client) -> None:
    page = page_of(client, AT)
    assert "It decides nothing and approves no budget" in page
    assert "Volunteers person" in page
    assert "01 234" not in page
    assert "What you can do" not in page
    assert "Wexshire Together" in page_of(client, "/participation/partnership/")
    assert "Summer board" in page


def test_a_meeting_that_is_only_planned_is_not_public_yet(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    actions.plan_meeting(
        "wexshire", title="Autumn board", starts_at=NOW + timedelta(days=60), where="Town Hall",
        by=ADA, on=NOW,
    )  # fmt: skip
    assert "Autumn board" not in page_of(client, AT)
    assert client.get(f"{AT}meetings/2/").status_code == 404
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    assert "Autumn board" in page_of(secretary, AT)


def test_the_secretary_opens_the_meeting_and_marks_who_is_there(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    page = page_of(secretary, f"{AT}meetings/1/")
    assert "Open the meeting" in page
    assert "Close the meeting" not in page
    post(secretary, f"{AT}meetings/1/open/", {"chair": 1})
    people = [
        f"{seat.number}.{seat.people(TODAY)[0].number}"
        for seat in queries.partnership("wexshire").seats[:2]
    ]
    post(secretary, f"{AT}meetings/1/roll/", {"people": people})
    assert sorted(queries.meeting("wexshire", 1).present) == [1, 2]
    post(secretary, f"{AT}meetings/1/roll/", {"people": people[:1]})
    assert sorted(queries.meeting("wexshire", 1).present) == [1]


def test_the_secretary_adds_a_paper_that_anybody_can_keep(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7 all that is spent")
    post(secretary, f"{AT}meetings/1/items/1/add-paper/", {"name": "Report", "file": file})
    assert "Report" in page_of(client, f"{AT}meetings/1/")
    paper = client.get(f"{AT}meetings/1/items/1/papers/1/")
    assert paper.content == b"%PDF-1.7 all that is spent"
    assert paper["Content-Disposition"].startswith("attachment")


def test_a_member_votes_and_dissents_for_their_own_seat_and_no_other(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    number = sits(vote=True)
    officer = an_officer("kim", Role.PARTNERSHIP_MEMBER, agency="icb")
    actions.seat("wexshire", 2, NewSitting("Kim Hart", "Letter", "kim"), by=ADA, on=BEFORE)
    sitting = queries.partnership("wexshire").seats[1].people(TODAY)[0].number
    actions.attend("wexshire", 1, seat=2, sitting=sitting, by=ADA, on=NOW)
    member = signed_in(officer)
    page = page_of(member, f"{AT}motions/{number}/")
    assert "Vote" in page
    assert "Close the vote" not in page
    assert "You speak for <b>Health board</b>" in page_of(member, f"{AT}motions/{number}/vote/")
    post(member, f"{AT}motions/{number}/vote/", {"side": "against"})
    assert member.get(f"{AT}motions/{number}/vote/").status_code == 409
    post(member, f"{AT}motions/{number}/dissent/", {"text": "It costs a ward."})
    page = page_of(client, f"{AT}motions/{number}/")
    assert "It costs a ward." in page
    assert "Kim Hart" in page
    stranger = signed_in(an_officer("out", Role.PARTNERSHIP_MEMBER, agency="icb"))
    assert "What you can do" not in page_of(stranger, f"{AT}motions/{number}/")


def test_the_secretary_enters_the_votes_of_members_without_an_account(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    number = sits(vote=True)
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    for seat, side in ((1, "for"), (2, "against")):
        post(secretary, f"{AT}motions/{number}/vote/", {"seat": seat, "side": side})
    page = page_of(secretary, f"{AT}motions/{number}/close-vote/")
    assert "There is a tie" in page
    assert "Not voted yet: Volunteers" in page
    post(secretary, f"{AT}motions/{number}/close-vote/", {"casting": "for"})
    assert queries.motion("wexshire", number)[1].stage is MotionStage.CARRIED
    page = page_of(client, AT)
    assert "waits for an answer" in page
    answer = {"outcome": "not accepted", "text": "There is no building."}
    post(secretary, f"{AT}advice/1/answer/", answer)
    assert "There is no building." in page_of(client, AT)


def test_what_a_partnership_cannot_decide_is_refused_above_the_form(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    sits()
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    said = {"seat": 1, "kind": "advise", "text": "The partnership approves the budget"}
    answer = secretary.post(f"{AT}meetings/1/items/1/move/", said)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A partnership cannot decide this" in page
    assert "The partnership approves the budget" in page


def test_an_agency_offers_its_own_money_and_counts_its_support(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    lead = signed_in(an_officer("fay", Role.FINANCE_LEAD, agency="icb"))
    year = f"{TODAY.year + 1}-{(TODAY.year + 2) % 100:02d}"
    offer = {"agency": "icb", "pounds": "100,000", "year": year, "from_what": "beds",
             "to_what": "hubs", "condition": "the council adds as much"}  # fmt: skip
    post(lead, f"{AT}do/offer/", offer)
    assert "£100,000" in page_of(client, AT)
    answer = lead.post(f"{AT}do/offer/", offer | {"agency": "wex"})
    assert "Select a valid choice" in answer.content.decode()
    days = {f"{day}_{part}": value for day in ("first_day", "last_day")
            for part, value in (("day", 1), ("month", 6), ("year", 2026))}  # fmt: skip
    support = {"agency": "icb", "kind": "volunteering", "organisation": "Food bank",
               "hours": "120", "source": "List of hours", **days}  # fmt: skip
    post(lead, f"{AT}do/count-support/", support)
    assert "120 hours" in page_of(client, f"{AT}support/?year=2026-27")
    post(lead, f"{AT}offers/1/withdraw/", {"reason": "We thought again"})
    assert "We thought again" in page_of(client, AT)


def test_who_sits_may_stay_private_while_what_was_decided_is_public(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    actions.set_rules("wexshire", terms(members_public=False), by=ADA, on=BEFORE)
    number = sits(vote=True)
    actions.vote("wexshire", number, "for", seat=3, by=ADA, on=NOW)
    actions.dissent("wexshire", number, "Too dear.", seat=2, by=ADA, on=NOW)
    for path in (AT, f"{AT}meetings/1/", f"{AT}motions/{number}/", f"{AT}popolo.json"):
        page = page_of(client, path)
        assert "Volunteers" not in page
        assert "Health board" not in page
    page = page_of(client, f"{AT}motions/{number}/")
    assert "<b>1</b> for" in page
    assert "A member (agency)" in page
    secretary = signed_in(an_officer("sec", Role.COMMISSIONER, place="wexshire"))
    assert "Volunteers" in page_of(secretary, f"{AT}motions/{number}/")


def test_nobody_without_a_mandate_is_given_a_form(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    assert client.get(f"{AT}do/plan/").status_code == 302
    stranger = signed_in(an_officer("out"))
    for path in ("do/plan/", "do/rules/", "meetings/1/open/", "seats/1/who/", "do/offer/"):
        assert stranger.get(f"{AT}{path}").status_code == 409, path
    assert stranger.get(f"{AT}do/fly/").status_code == 404
    assert client.get("/participation/partnership/nowhere/").status_code == 409
