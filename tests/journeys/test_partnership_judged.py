"""Officers of both sides judge the partnership, each alone; a body gives in its capacity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.capacity import capacity_workbook
from totalplace.monitoring.actions.partnership import Said, answer
from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.rules.capacity import RoleSaid, SkillSaid
from totalplace.monitoring.rules.questions import LOCAL
from totalplace.outcomes.rules.periods import lasting, months_on
from totalplace.places.rules.mandates import Officer, Role
from totalplace.readiness.rules.scale import Level

# One builder serves the room's own tests and this journey.
from ..monitoring.bodies_made import a_place, an_officer_of  # noqa: TID252

NOW = datetime.now(UTC)
TODAY = local_day(NOW)
BEFORE = NOW - timedelta(days=200)
# The quarter that ended last.
QUARTER = lasting(months_on(TODAY.replace(day=1), -3 - (TODAY.month - 1) % 3), 3)
ENDED = f"{QUARTER.last_day:%B %Y}"
AT = "/monitoring/wexshire/"
Entered = Callable[..., Page]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
SKILLS = (
    SkillSaid("data", Level.CORE, "Two people who have joined records of three bodies"),
    SkillSaid("evaluation", Level.EMERGING, "Nobody has done it"),
)
ROLES = (
    RoleSaid("Social workers for children", 2_400, 1_980, 120, 90, 84, 2_210, 260),
    RoleSaid("Analysts and data officers", 125, 90, 10, 0, skills=SKILLS),
    RoleSaid("Educational psychologists", 40, 21, 5, 0),
)


@pytest.fixture
def people(site: str) -> dict[str, Officer]:
    """A place, its commissioner, six people of the council and one of the department."""
    a_place(BEFORE)
    found = {"com": an_officer_of("", "com", on=BEFORE)}
    for n in range(6):
        found[f"wex{n}"] = an_officer_of("wex", f"wex{n}", on=BEFORE)
    found["dan"] = an_officer_of("dfe", "dan", role=Role.DEPARTMENT_OFFICIAL, on=BEFORE)
    return found


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways.

    Looked at with scripts: without them the same page is sent.
    """
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        return
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def judge(page: Page, choice: str) -> None:
    """Give one answer to every statement of the page, and go on."""
    for statement in page.get_by_role("group").all():
        statement.get_by_label(choice, exact=True).check()
    press(page, "Save and go on")


def opens(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner of the place asks the council and the department."""
    page.goto(f"{AT}partnership/")
    press(page, "Ask about a quarter")
    press(page, "Open the round")
    assert "Error:" in page.title()
    page.get_by_label("Which month did the quarter end with?").fill(ENDED)
    last = TODAY + timedelta(days=21)
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(last, part)))
    page.get_by_label("Wexshire Health Board").uncheck()
    page.get_by_label("Wexshire Fire Service").uncheck()
    page.get_by_label("The Department").check()
    picture(page, "partnership open")
    holds(page, faults_of)
    press(page, "Open the round")
    assert page.get_by_text("Nothing is shown before that").is_visible()


def answers(page: Page, faults_of: Faults, picture: Picture) -> None:
    """One of the council answers about the department, a page at a time, and changes one."""
    page.goto(f"{AT}partnership/1/")
    press(page, "Answer, for yourself")
    picture(page, "partnership begin")
    holds(page, faults_of)
    page.locator("a", has_text="Trust: The place and The Department").click()
    picture(page, "partnership judge")
    picture(page, "partnership judge phone", width=360)
    holds(page, faults_of)
    judge(page, "Disagree")
    assert page.get_by_role("heading", name="Clear and sound arrangements").is_visible()
    judge(page, "Agree")
    judge(page, "Cannot say")
    assert page.get_by_text("Your answers are saved").is_visible()
    assert page.get_by_text("All answered").count() == 3


def of_the_department(page: Page) -> None:
    """An official of the department answers about the place, and is asked nothing else."""
    page.goto(f"{AT}partnership/1/answer/")
    assert page.get_by_role("heading", name="Local bodies with each other").count() == 0
    page.locator("a", has_text="Trust: The place and The Department").click()
    judge(page, "Strongly agree")


def reads(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner closes the round and reads it: the department's one answer is not told."""
    page.goto(f"{AT}partnership/1/")
    assert page.get_by_text("per cent (").count() == 0
    press(page, "Close the round")
    page.get_by_label("Why is it closed before its day?").fill("All have answered")
    press(page, "Close it")
    assert page.get_by_text("not told: fewer than 5 answered").count() == 6
    assert page.get_by_text("cannot be told: fewer than 5 people").count() == 1
    page.locator("summary", has_text="All local people: every statement").first.click()
    assert page.get_by_text("two camps").first.is_visible()
    picture(page, "partnership round")
    picture(page, "partnership round phone", width=360)
    page.locator("summary", has_text="All local people: every statement").first.click()
    holds(page, faults_of)
    page.goto(f"{AT}partnership/")
    picture(page, "partnership place")


def gives_in(page: Page, book: Path, faults_of: Faults, picture: Picture) -> None:
    """An officer of the council gives in its capacity, and sees each role of it."""
    page.goto(f"{AT}capacity/")
    press(page, "Give in for Wexshire Council")
    page.get_by_label("Which month did it end with?").fill(ENDED)
    page.get_by_label("The workbook").set_input_files(str(book))
    page.get_by_label("Why is it given in?").fill("The quarter is over")
    picture(page, "capacity give")
    press(page, "Give it in")
    assert page.get_by_text("Only you see this row").count() == 2
    picture(page, "capacity body")
    holds(page, faults_of)


def sees_no_small_role(page: Page, picture: Picture) -> None:
    """Somebody without an account reads the register."""
    page.context.clear_cookies()
    page.goto(f"{AT}capacity/")
    assert page.get_by_role("rowheader", name="Other roles").is_visible()
    assert page.get_by_role("rowheader", name="Educational psychologists", exact=True).count() == 0
    picture(page, "capacity place")
    picture(page, "capacity place phone", width=360)


@pytest.mark.usefixtures("site")
def test_both_sides_judge_the_partnership_and_a_body_gives_in_its_capacity(
    people: dict[str, Officer], entered: Entered, faults_of: Faults, picture: Picture,
    tmp_path: Path,
) -> None:  # fmt: skip
    opens(entered(people["com"]), faults_of, picture)
    for n in (0, 1, 2, 3, 5):
        for about in (LOCAL, "dfe"):
            steps = dict.fromkeys(questions().codes, 1 if n % 2 else 4)
            said = Said("wex", about, steps)
            answer("wexshire/1", said, by=people[f"wex{n}"], on=datetime.now(UTC))
    answers(entered(people["wex4"]), faults_of, picture)
    of_the_department(entered(people["dan"]))
    reads(entered(people["com"]), faults_of, picture)
    book = tmp_path / "capacity.xlsx"
    book.write_bytes(capacity_workbook((RoleSaid("Planners", 50, None), *ROLES)))
    page = entered(people["wex0"])
    gives_in(page, book, faults_of, picture)
    sees_no_small_role(page, picture)
