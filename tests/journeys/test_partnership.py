"""A partner in a meeting: declares an interest, amends, votes, dissents; advice is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.participation import actions as hearings
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem, NewPaper
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.definitions.partnership import usual_rules
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
    Who,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.partnership.members import (
    NewSeat,
    NewSitting,
    Sector,
    Standing,
)
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.participation.rules.partnership.support import NewSupport, SupportKind
from totalplace.participation.rules.replies import Answered
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
NOW = datetime.now(UTC)
TODAY = local_day(NOW)
AT = "/participation/partnership/wexshire/"
ONE = "Advise the council to open one hub, and to pay for it from the reserve"
TWO = "Advise the council to open two hubs, and to pay for them from the reserve"
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)


def a_hearing() -> None:
    """A hearing in which the partnership is asked; its last day was yesterday."""
    draft = Draft(
        Question("Family hubs", "Should there be hubs, and how many?", "how many", "nothing"),
        Alternatives((Alternative("None", "Families asked for them"),), "It serves most"),
        Reasons("Families travel far", (Effect("families", "a shorter way", 300_000_00),)),
        Equality(dict.fromkeys(characteristics(), "none, because all are welcome")),
        Who(),
        When(TODAY - timedelta(days=84), TODAY - timedelta(days=1)),
    )
    about = Citation("targets", "wexshire/1")
    row = hearings.begin(about, place="wexshire", agency="wex", draft=draft, by=ADA, on=at(-90))
    hearings.add_paper(
        row.number, "Report", file_name="r.pdf", content=b"%PDF-1.7 report", by=ADA, on=at(-90)
    )
    affected = (Affected("wex", 300_000_00, "It runs them"),)
    hearings.open_hearing(row.number, affected=affected, by=ADA, on=at(-85))


def a_meeting(day: date) -> None:
    """What was offered and given, and a meeting that was called for today."""
    offer = NewOffer(100_000_00, f"{TODAY.year + 1}-{(TODAY.year + 2) % 100:02d}", "ward beds",
                     "family hubs", "the council adds as much")  # fmt: skip
    actions.offer("wexshire", "icb", offer, by=ADA, on=at(-20))
    for kind, amount, basis in (
        (SupportKind.GRANT, 25_000_00, ""), (SupportKind.LENT, 12_000_00, "market rent"),
        (SupportKind.VOLUNTEERING, 340, ""),
    ):  # fmt: skip
        given = NewSupport(kind, "Wexshire Food Bank", amount, day, day, "Letter", "1234567", basis)
        actions.count_support("wexshire", "wex", given, by=ADA, on=at(-20))
    actions.plan_meeting(
        "wexshire", title="Summer board", starts_at=NOW, where="Town Hall, room 2", by=ADA,
        on=at(-20),
    )  # fmt: skip
    for title, cites in (
        ("Family hubs", Citation("hearing", "1")),
        ("A grant to the food bank", None),
    ):
        item = NewItem(title, "To hear the report and to advise.", cites)
        actions.add_item("wexshire", 1, item, by=ADA, on=at(-20))
    paper = NewPaper("All that is spent on families", "report.pdf", b"%PDF-1.7 all")
    actions.add_paper("wexshire", 1, 1, paper, by=ADA, on=at(-20))
    actions.call_meeting("wexshire", 1, by=ADA, on=at(-20))


@pytest.fixture
def partnership(site: str) -> None:
    """A partnership of a council, a health board, volunteers and residents, called for today."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(-200))
    for code, name in (("wex", "Wexshire Council"), ("icb", "Wexshire health board")):
        places.register_agency(code, name=name, kind="other", by=ADA, on=at(-200))
        places.join_place("wexshire", code, by=ADA, on=at(-200))
    actions.set_up(
        "wexshire", name="Wexshire Together", accountable="wex", by=ADA, on=at(-100),
        purpose="To see together all that is spent in Wexshire, and advise those who decide.",
    )  # fmt: skip
    day: date = local_day(at(-100))
    rules = replace(usual_rules(day, "Terms of reference, part 3"), quorum_seats=3)
    actions.set_rules("wexshire", rules, by=ADA, on=at(-100))
    for name, sector, agency, person in (
        ("Wexshire Council", Sector.AGENCY, "wex", "Cllr Ann Lee"),
        ("Wexshire health board", Sector.AGENCY, "icb", "Kim Hart"),
        ("Wexshire Volunteers", Sector.VOLUNTARY, "", "Vi Cole"),
        ("Residents of the north", Sector.RESIDENTS, "", "Rae North"),
        ("Chamber of trade", Sector.BUSINESS, "", "Bo Park"),
    ):
        standing = Standing.OBSERVER if sector is Sector.BUSINESS else Standing.VOTING
        new = NewSeat(name, sector, agency, standing)
        seat = actions.add_seat("wexshire", new, by=ADA, on=at(-100))
        if person != "Kim Hart":
            sitting = NewSitting(person, "Annual meeting")
            actions.seat("wexshire", seat.number, sitting, by=ADA, on=at(-100))
    a_hearing()
    a_meeting(day)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, name: str) -> None:
    """Press a button, or what looks like one."""
    page.get_by_role("button", name=name, exact=True).click()


def motion(page: Page, number: int) -> None:
    page.goto(f"{AT}motions/{number}/")


def secretary_opens(page: Page) -> None:
    """The secretary opens the meeting, marks who is there, and enters a motion."""
    page.goto(f"{AT}meetings/1/")
    press(page, "Open the meeting")
    page.get_by_label("Who is in the chair?").select_option(label="Cllr Ann Lee, Wexshire Council")
    press(page, "Open the meeting")
    press(page, "Mark who is there")
    for name in ("Cllr Ann Lee", "Vi Cole", "Rae North", "Bo Park"):
        page.get_by_label(name).check()
    press(page, "Mark who is there")
    page.get_by_role("button", name="Move a motion").first.click()
    page.get_by_label("For which seat?").select_option(label="Wexshire Volunteers")
    page.get_by_label("Advise the accountable body").check()
    page.get_by_label("The words of the motion").fill(ONE)
    press(page, "Move a motion")


def partner_takes_part(page: Page, faults_of: Faults, picture: Picture) -> None:
    """A partner comes, declares an interest in one item, and amends the motion under the other."""
    page.goto(f"{AT}meetings/1/")
    press(page, "I am here")
    press(page, "I am here")
    holds(page, faults_of)
    picture(page, "partnership meeting")
    picture(page, "partnership meeting phone", width=390)
    page.get_by_role("button", name="Declare an interest").nth(1).click()
    page.get_by_label("What is the interest?").fill("I chair the food bank")
    page.get_by_label("Yes, and we take no part").check()
    holds(page, faults_of)
    picture(page, "partnership form")
    press(page, "Declare an interest")
    assert page.get_by_text("so it takes no part in this item").count() == 1
    assert page.get_by_role("button", name="Move a motion").count() == 1  # under the first alone
    motion(page, 1)
    press(page, "Propose an amendment")
    page.get_by_label("The motion as it should be").fill(TWO)
    press(page, "Propose an amendment")


def secretary_puts(page: Page) -> None:
    """The residents second; the amendment is agreed, and the motion put to the vote."""
    for number in (2, 1):
        motion(page, number)
        press(page, "Second it")
        page.get_by_label("For which seat?").select_option(label="Residents of the north")
        press(page, "Second it")
    motion(page, 2)
    press(page, "Agree it without a vote")
    press(page, "Agree it without a vote")
    motion(page, 1)
    press(page, "Put it to the vote")
    press(page, "Put it to the vote")
    for seat in ("Wexshire Council", "Wexshire Volunteers", "Residents of the north"):
        press(page, "Vote")
        chooser = page.get_by_label("For which seat?")
        if chooser.count():
            chooser.select_option(label=seat)
        page.get_by_label("For", exact=True).check()
        press(page, "Vote")


def partner_votes(page: Page) -> None:
    """The partner votes against, in the open, and says why."""
    motion(page, 1)
    assert page.get_by_text(TWO).count() >= 1
    press(page, "Vote")
    page.get_by_label("Against").check()
    press(page, "Vote")
    assert page.get_by_role("button", name="Vote", exact=True).count() == 0  # once
    press(page, "Object, or record a dissent")
    page.get_by_label("What do you hold against it?").fill("One is all that we can staff.")
    press(page, "Object, or record a dissent")
    assert page.get_by_text("One is all that we can staff.").count() == 1


def test_a_partner_in_a_meeting_and_the_answer_to_what_it_advised(
    partnership: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    secretary = an_officer("sam", Role.COMMISSIONER, place="wexshire")
    partner = an_officer("kim", Role.PARTNERSHIP_MEMBER, agency="icb", name="Kim Hart")
    sitting = NewSitting("Kim Hart", "Letter of the board", "kim")
    actions.seat("wexshire", 2, sitting, by=secretary, on=NOW)
    secretary_opens(entered(secretary))
    partner_takes_part(entered(partner), faults_of, picture)
    secretary_puts(entered(secretary))
    partner_votes(entered(partner))
    page = entered(secretary)
    motion(page, 1)
    press(page, "Close the vote")
    assert page.get_by_text("Everybody who can vote has voted").count() == 1
    press(page, "Close the vote")
    assert page.get_by_role("link", name="a point that must be answered").count() == 1
    holds(page, faults_of)
    picture(page, "partnership motion")
    [advice] = queries.advice("wexshire")
    assert (advice.words, advice.point) == (TWO, "1/1")
    said = Answered(changed=True, words="There will be two hubs, one in the north.")
    hearings.answer(1, 1, said, by=secretary, on=datetime.now(UTC))
    page.context.clear_cookies()
    page.goto(AT)
    assert page.get_by_text("There will be two hubs, one in the north.").count() == 1
    assert page.get_by_role("cell", name="It advised", exact=True).count() == 1
    holds(page, faults_of)
    picture(page, "partnership")
    picture(page, "partnership phone", width=390)
    page.get_by_role("link", name="Every grant, building and hour").click()
    holds(page, faults_of)
    picture(page, "partnership support")
