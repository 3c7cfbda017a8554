"""In the browser: figures given, put right, submitted, certified; and a figure disputed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work import models as work_models
from totalplace.doors.web.work.actions import begin, end
from totalplace.doors.web.work.jobs import do
from totalplace.doors.web.work.telling import Telling
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.sources import actions as sources

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MARCH = "Date,Supplier,Directorate,Amount\n" + "".join(
    f"{d:02d}/03/2025,Elm Ltd {d},Parks,{d}10.00\n" for d in range(1, 32)
)
BOTH = (("Oak Ltd", "Highways", "Road repairs"), ("Ash Care", "Adults", "Home care"))
APRIL = (
    "Paid on,Paid to,Team,For,Ordered,Settled\n"
    + "".join(
        f"{d:02d}/04/2025,{who} {d},{team},{what},{d * 4}0.10,{d}00.50\n"
        for d in range(1, 29)
        for who, team, what in BOTH
    )
    + "29/04/2025,Elm Ltd,Parks,Mowing,n/a,see invoice\n"
)
Appoints = Callable[..., Officer]
Entered = Callable[..., Page]
FaultsOf = Callable[[Page], list[str]]
Picture = Callable[..., None]


def do_all() -> None:
    """Do what waits, as the program of work does."""
    for work in work_models.Work.objects.filter(ended_at=None).order_by("id"):
        begun = begin(work.pk)
        assert begun is not None
        end(work.pk, "done", do(begun.job, Telling(work.pk, lambda *_: False), begun.args))


@pytest.fixture
def council(site: str, tmp_path: Path) -> str:
    """A place of one council, of which a month is held."""
    places.register_agency("wexshire", name="Wexshire Council", by=ADA, on=NOON)
    places.register_place("wex", name="Wex", by=ADA, on=NOON)
    places.join_place("wex", "wexshire", by=ADA, on=NOON)
    (tmp_path / "March 2025.csv").write_text(MARCH)
    terms = sources.Terms("wexshire")
    list(sources.add([tmp_path / "March 2025.csv"], terms, home=home(), by=ADA, on=NOON))
    return "wexshire"


def looked_at(page: Page, faults_of: FaultsOf, picture: Picture, name: str) -> None:
    """Nothing is wrong with a page for anybody, and it is pictured, on a phone too."""
    page.wait_for_load_state()
    assert faults_of(page) == []
    picture(page, name)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{name} is {wide} wide on a phone"
    picture(page, f"{name} phone", width=360)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_figures_are_given_put_right_submitted_certified_and_added(
    council: str, entered: Entered, an_officer: Appoints, faults_of: FaultsOf, picture: Picture,
    tmp_path: Path,
) -> None:  # fmt: skip
    bea = an_officer("bea", Role.FINANCE_LEAD, agency=council)
    dov = an_officer("dov", Role.CHIEF_FINANCE_OFFICER, agency=council)
    (tmp_path / "April 2025.csv").write_text(APRIL)
    page = entered(bea)
    page.goto("/sources/")
    looked_at(page, faults_of, picture, "figures empty")
    page.get_by_role("button", name="Give figures in").click()
    page.locator("input[type=file]").set_input_files(str(tmp_path / "April 2025.csv"))
    looked_at(page, faults_of, picture, "give figures in")
    page.get_by_role("button", name="Give in").click()
    expect(page.get_by_text("It is waiting for its turn.")).to_be_visible()
    page.get_by_role("link", name="Stop that").click()
    expect(page.get_by_role("link", name="Bring this page up to date")).to_be_visible()
    looked_at(page, faults_of, picture, "waiting to be read")
    do_all()
    page.get_by_role("link", name="Bring this page up to date").click()
    expect(page.get_by_text("Every row is accounted for")).to_be_visible()
    expect(page.get_by_text("cell E58")).to_be_visible()
    looked_at(page, faults_of, picture, "how it was read")
    put_right(page, faults_of, picture)
    page.get_by_role("button", name="Submit it for certifying").click()
    page.get_by_label("A note for whoever certifies").fill("April, complete but for one row.")
    looked_at(page, faults_of, picture, "submit")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("so another officer certifies them")).to_be_visible()
    certify(entered(dov), faults_of, picture)


def put_right(page: Page, faults_of: FaultsOf, picture: Picture) -> None:
    """The officer says which column holds the amounts, and sees the file read so."""
    page.get_by_role("button", name="Put columns right").click()
    expect(page.get_by_role("heading", name="Put columns right")).to_be_visible()
    looked_at(page, faults_of, picture, "put columns right")
    page.get_by_label("Amount", exact=True).select_option("F")
    page.get_by_label("Read the agency’s later files so too").or_(
        page.get_by_label("Read the agency's later files so too")
    ).check()
    page.get_by_role("button", name="Save and read it so").click()
    do_all()
    page.reload()
    expect(page.get_by_text("Said by you or a recipe").first).to_be_visible()
    expect(page.get_by_text("cell F58")).to_be_visible()


def certify(page: Page, faults_of: FaultsOf, picture: Picture) -> None:
    """The other officer finds it, looks, certifies, and sees it added."""
    page.goto("/my/")
    page.get_by_role("link", name="Certify April 2025.csv of Wexshire Council").click()
    expect(page.get_by_text("April, complete but for one row.").first).to_be_visible()
    page.get_by_role("button", name="Certify it").click()
    expect(page.get_by_role("heading", name="Certify these figures")).to_be_visible()
    looked_at(page, faults_of, picture, "certify")
    page.get_by_role("button", name="I certify these figures").click()
    do_all()
    page.goto("/sources/")
    looked_at(page, faults_of, picture, "figures")
    page.get_by_role("link", name="April 2025.csv").click()
    expect(
        page.get_by_text("56 rows of £81,228.00 were added; 1 could not be read.").first
    ).to_be_visible()
    looked_at(page, faults_of, picture, "added")


def test_a_figure_is_disputed_settled_and_signed_off(
    council: str, entered: Entered, an_officer: Appoints, faults_of: FaultsOf, picture: Picture
) -> None:
    page = entered(an_officer("lea", Role.FINANCE_LEAD, place="wex"))
    page.goto("/count/wex/new/")
    looked_at(page, faults_of, picture, "freeze a count")
    page.get_by_role("button", name="Count and freeze").click()
    page.get_by_role("link", name="Stop that").click()
    expect(page.get_by_role("link", name="Bring this page up to date")).to_be_visible()
    looked_at(page, faults_of, picture, "work")
    do_all()
    page.get_by_role("link", name="Bring this page up to date").click()
    expect(page.get_by_text("Edition 1 of 2024-25 is provisional.").first).to_be_visible()
    page = entered(an_officer("bea", Role.FINANCE_LEAD, agency=council))
    page.goto("/count/wex/2024-25/1/decide/")
    page.get_by_label("Which figure?").fill("Parks")
    looked_at(page, faults_of, picture, "dispute figures")
    page.get_by_role("button", name="Dispute figures").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Reason").fill("The mowing contract is the district's.")
    page.get_by_role("button", name="Dispute figures").click()
    expect(page.get_by_text("Disputed", exact=True)).to_be_visible()
    page = entered(an_officer("dov", Role.CHIEF_FINANCE_OFFICER, place="wex"))
    page.goto("/my/")
    page.get_by_role("link", name="Settle the disputes about edition 1").click()
    expect(page.get_by_role("heading", name="Settle the disputes")).to_be_visible()
    looked_at(page, faults_of, picture, "settle")
    page.get_by_label("Reason").fill("It stays: the county pays it.")
    page.get_by_role("button", name="Settle the disputes").click()
    page.get_by_label("Reason").fill("Agreed by all members.")
    page.get_by_role("button", name="Sign this edition off").click()
    expect(page.get_by_text("Signed off", exact=True)).to_be_visible()
    looked_at(page, faults_of, picture, "signed off")


def test_a_line_is_overruled_and_digests_are_chosen(
    council: str, entered: Entered, an_officer: Appoints, faults_of: FaultsOf, picture: Picture
) -> None:
    page = entered(an_officer("bea", Role.FINANCE_LEAD, agency=council))
    page.goto("/count/rulings/new/?agency=wexshire&payee=Elm+Ltd+1")
    page.get_by_label("The right purpose").select_option("adult_social_care")
    page.get_by_label("Reason").fill("It is a day centre's garden.")
    looked_at(page, faults_of, picture, "overrule the count")
    page.get_by_role("button", name="Rule").click()
    expect(page.get_by_text("Ruling 1 is on the record.")).to_be_visible()
    looked_at(page, faults_of, picture, "rulings")
    for at, name in (
        ("/digests/", "digests"),
        ("/sources/returns/", "returns"),
        ("/work/", "works"),
    ):
        page.goto(at)
        looked_at(page, faults_of, picture, name)
