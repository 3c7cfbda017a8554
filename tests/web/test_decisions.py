"""Pages of decisions: what anybody reads, what an officer can do, what the public may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting, local_day
from totalplace.decisions.rules.moves import Stage
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
CITED = "wex-cabinet/1"
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)


@pytest.fixture(autouse=True)
def cabinet(db: None) -> None:
    """A cabinet with a key decision that has been under notice for long enough."""
    long_ago = at(-200)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=long_ago)
    places.register_agency("wex", name="Wexshire Council", kind="council", by=ADA, on=long_ago)
    places.join_place("wexshire", "wex", by=ADA, on=long_ago)
    actions.add_body(
        "wex-cabinet", agency="wex", kind="executive", name="Cabinet", by=ADA, on=long_ago
    )
    rules = OwnRules(
        "council-executive", TODAY - timedelta(days=200), "Constitution, part 4",
        frozenset({"executive"}), 500_000_00, None, CallInWindow(5, Counting.WORKING, 2),
    )  # fmt: skip
    actions.set_rules("wex-cabinet", rules, by=ADA, on=long_ago)
    proposal = Proposal("A family hub", "To open a hub", "executive", TODAY, 900_000_00, 1)
    actions.propose("wex-cabinet", proposal, by=ADA, on=at(-40))
    actions.give_notice(CITED, by=ADA, on=at(-40))
    actions.comment_on_finance(CITED, "Affordable within the reserve", by=ADA, on=at(-39))


def taken(on: datetime) -> None:
    taking = Taking("It serves families", ["Cllr Ann Lee"])
    actions.take(CITED, taking, by=ADA, on=on)


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def test_anybody_reads_the_forward_plan(client: Client) -> None:
    page = page_of(client, "/decisions/")
    assert "A family hub" in page
    assert "ready to be taken" in page
    assert "A family hub" in page_of(client, "/decisions/?place=wexshire&agency=wex")
    assert "Nothing is planned" in page_of(client, "/decisions/?agency=police")


def test_the_plan_says_what_was_decided_and_may_be_called_in(client: Client) -> None:
    taken(at(0))
    page = page_of(client, "/decisions/")
    assert "Decided, but not yet in effect" in page
    assert "nobody, unless members call it in" in page


def test_the_plan_is_a_feed_and_a_calendar(client: Client) -> None:
    feed = client.get("/decisions/plan.rss")
    assert feed["Content-Type"].startswith("application/rss+xml")
    assert "A family hub: Cabinet" in feed.content.decode()
    calendar = client.get("/decisions/plan.ics").content.decode()
    assert f"DTSTART;VALUE=DATE:{TODAY:%Y%m%d}" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


def test_a_decision_says_where_it_stands_and_what_happened(client: Client) -> None:
    page = page_of(client, f"/decisions/{CITED}/")
    assert "It may be taken" in page
    assert "Notice was given" in page
    assert "28 clear days, SI 2012/2089" in page
    assert "Affordable within the reserve" in page
    assert "What you can do" not in page


def test_a_body_says_by_which_rules_it_decides_and_what_is_uncertain(client: Client) -> None:
    page = page_of(client, "/decisions/body/wex-cabinet/")
    assert "28 clear days" in page
    assert "2 members, within 5 working days of publication" in page
    assert "Elitestone" in page
    assert "Cabinet" in page_of(client, "/decisions/body/")
    assert "A family hub" in page_of(client, "/decisions/all/")


def test_a_paper_that_is_kept_back_is_not_shown_to_the_public_but_why_is(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    actions.add_paper(
        CITED, "The two bids", category="3", reason="Bids would be known", by=ADA, on=at(-1)
    )
    for reader in (client, signed_in(an_officer("stranger"))):
        page = page_of(reader, f"/decisions/{CITED}/")
        assert "The two bids" not in page
        assert "schedule 12A, paragraph 3" in page
        assert "Bids would be known" in page
        assert "part of it in private" in page_of(reader, "/decisions/")
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    assert "The two bids" in page_of(member, f"/decisions/{CITED}/")


def test_an_officer_sees_buttons_for_what_they_may_do_and_no_others(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    page = page_of(member, f"/decisions/{CITED}/")
    assert "Take the decision" in page
    assert "Give notice" not in page
    stranger = signed_in(an_officer("far", Role.DATA_STEWARD, agency=""))
    assert "Take the decision" not in page_of(stranger, f"/decisions/{CITED}/")
    assert "Waits for you" in page_of(member, "/decisions/")
    assert "Waits for you" not in page_of(stranger, "/decisions/")


def test_every_decision_is_read_a_page_at_a_time(client: Client) -> None:
    proposal = Proposal("Small", "To do", "executive", TODAY, 0, 0)
    for _ in range(100):
        actions.propose("wex-cabinet", proposal, by=ADA, on=at(0))
    first = page_of(client, "/decisions/all/?agency=wex&page=x")
    assert "Page 1 of 2, 101 decisions" in first
    assert 'href="?agency=wex&amp;page=2"' in first
    assert "Page 2 of 2" in page_of(client, "/decisions/all/?page=2&place=wexshire")


def test_a_member_takes_a_decision_and_others_call_it_in(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    said = {"reason": "It serves families", "took_part": "Cllr Ann Lee\nCllr Bo Park"}
    answer = member.post(f"/decisions/{CITED}/take/", said, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "taken, and may be called in" in page
    assert "Members may call it in until the end of" in page
    scrutiny = signed_in(an_officer("day", Role.SCRUTINY, agency="wex"))
    few = scrutiny.post(
        f"/decisions/{CITED}/call-in/", {"reason": "Nobody was asked", "members": "Cllr Day"}
    )
    assert few.status_code == 409
    assert "2 members must ask for it" in few.content.decode()
    assert "Nobody was asked" in few.content.decode()
    both = {"reason": "Nobody was asked", "members": "Cllr Day\nCllr Eve"}
    scrutiny.post(f"/decisions/{CITED}/call-in/", both)
    assert queries.decision(CITED).stage is Stage.CALLED_IN
    scrutiny.post(f"/decisions/{CITED}/refer-back/", {"reason": "Ask residents"})
    member.post(f"/decisions/{CITED}/confirm/", {"reason": "We asked", "took_part": "Cllr Bo"})
    assert "in effect" in page_of(member, f"/decisions/{CITED}/")


def test_what_is_not_filled_in_is_asked_for(signed_in: SignedIn, an_officer: Appointed) -> None:
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    answer = member.post(f"/decisions/{CITED}/take/", {})
    assert "There is a problem" in answer.content.decode()
    assert queries.decision(CITED).stage is Stage.UNDER_NOTICE


def test_who_may_not_act_is_refused_and_who_is_not_signed_in_is_sent_to_sign_in(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    assert client.get(f"/decisions/{CITED}/take/")["Location"].startswith("/account/login/")
    clerk = signed_in(an_officer("clerk", Role.DATA_STEWARD, agency="wex"))
    said = {"reason": "It serves families", "took_part": "Cllr Ann Lee"}
    answer = clerk.post(f"/decisions/{CITED}/take/", said)
    assert answer.status_code == 409
    assert "may not take, refuse or reconsider a decision" in answer.content.decode()


def test_who_may_not_act_sees_no_form_which_could_name_a_paper_they_may_not_read(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    actions.add_paper(CITED, "The two bids", category="3", reason="Bids", by=ADA, on=at(-1))
    commissioner = signed_in(an_officer("com", Role.COMMISSIONER, agency="wex"))
    assert commissioner.get(f"/decisions/{CITED}/mark-paper/").status_code == 200
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    answer = member.get(f"/decisions/{CITED}/mark-paper/")
    assert answer.status_code == 409
    assert "The two bids" not in answer.content.decode()
    early = member.post(f"/decisions/{CITED}/call-in/", {"reason": "x", "members": "Cllr Day"})
    assert "This is not the time to call in" in early.content.decode()


@pytest.mark.parametrize("verb", ["fly", "call-in", "confirm"])
def test_there_is_no_form_for_what_cannot_be_done(
    signed_in: SignedIn, an_officer: Appointed, verb: str
) -> None:
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    assert member.get(f"/decisions/{CITED}/{verb}/").status_code == 404


def test_a_commissioner_proposes_and_a_steward_gives_notice(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    commissioner = signed_in(an_officer("com", Role.COMMISSIONER, agency="wex"))
    day = TODAY + timedelta(days=60)
    said = {
        "title": "A bus lane", "summary": "To mark a lane", "matter": "executive",
        "amount": "£1,000,000", "wards": "3", "planned_on_0": day.day, "planned_on_1": day.month,
        "planned_on_2": day.year, "about": "edition wexshire/2025-26/1",
    }  # fmt: skip
    said |= {f"planned_on_{part}": said[f"planned_on_{i}"]
             for i, part in enumerate(("day", "month", "year"))}  # fmt: skip
    page = commissioner.post("/decisions/body/wex-cabinet/propose/", said, follow=True)
    assert "It is a key decision: give notice of it" in page.content.decode()
    assert 'href="/count/wexshire/2025-26/1/"' in page.content.decode()
    clerk = signed_in(an_officer("clerk", Role.DATA_STEWARD, agency="wex"))
    notice = {key: value for key, value in said.items() if key.startswith("planned_on")}
    answer = clerk.post("/decisions/wex-cabinet/2/give-notice/", notice, follow=True)
    assert "It cannot be taken before" in answer.content.decode()


SAYINGS = {
    "comment": (Role.CHIEF_FINANCE_OFFICER, {"words": "Within budget"}, "Within budget"),
    "advise": (Role.COMMISSIONER, {"source": "the board", "words": "We agree"}, "We agree"),
    "declare-interest": (
        Role.ELECTED_MEMBER, {"nature": "Owns it", "pecuniary": "yes"}, "takes no part"),
    "add-paper": (Role.COMMISSIONER, {"title": "The report"}, "The report"),
    "withdraw": (Role.COMMISSIONER, {"reason": "No longer needed"}, "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("verb", SAYINGS)
def test_what_is_said_stands_with_the_decision(
    signed_in: SignedIn, an_officer: Appointed, verb: str
) -> None:
    role, said, shown = SAYINGS[verb]
    officer = signed_in(an_officer("bea", role, agency="wex"))
    page_of(officer, f"/decisions/{CITED}/{verb}/")
    answer = officer.post(f"/decisions/{CITED}/{verb}/", said, follow=True)
    assert shown in answer.content.decode()


def test_a_decision_that_is_not_there_is_told(client: Client) -> None:
    answer = client.get("/decisions/wex-cabinet/99/")
    assert answer.status_code == 409
    assert "There is no decision wex-cabinet/99" in answer.content.decode()


def test_a_steward_says_who_holds_an_office_and_by_which_rules_a_body_decides(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    steward = signed_in(an_officer("clerk", Role.DATA_STEWARD, agency="wex"))
    base = "/decisions/body/wex-cabinet"
    page_of(steward, f"{base}/appoint/")
    said = {"office": "scrutiny-chair", "holder": "Cllr Day", "source": "Annual council"}
    steward.post(f"{base}/appoint/", said)
    assert "Cllr Day" in page_of(steward, f"{base}/")
    form = page_of(steward, f"{base}/rules/")
    assert 'value="500,000"' in form
    later = TODAY + timedelta(days=1)
    rules = {
        "rule_set": "council-executive", "matters": ["executive"], "source": "Constitution 2027",
        "key_from": "250000", "call_in_days": "4", "call_in_members": "3", "finance": "always",
        "first_day_day": later.day, "first_day_month": later.month, "first_day_year": later.year,
    }  # fmt: skip
    rules |= {"first_day_0": later.day, "first_day_1": later.month, "first_day_2": later.year}
    answer = steward.post(f"{base}/rules/", rules)
    assert answer.status_code == 302
    assert queries.body("wex-cabinet").rules[-1].source == "Constitution 2027"
    early = {key: value for key, value in rules.items() if not key.startswith("first_day")}
    early |= {"first_day_day": "1", "first_day_month": "1", "first_day_year": "2020"}
    assert steward.post(f"{base}/rules/", early).status_code == 409
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    assert member.get(f"{base}/rules/").status_code == 409


@pytest.mark.parametrize(
    "path", ["%00/1/", "body/%00/", "?agency=%00", "all/?page=%C2%B2", "?place=%00", "x/999999999/"]
)
def test_no_address_that_can_be_typed_breaks_a_page(client: Client, path: str) -> None:
    assert client.get(f"/decisions/{path}").status_code in (200, 404, 409)


def test_pages_change_with_the_day_and_so_are_not_kept(client: Client) -> None:
    assert "X-Totalplace-Public" not in client.get(f"/decisions/{CITED}/")
