"""An officer's hour with a pool of twelve: arranged, returned, closed, tied to each ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from totalplace.ledger import queries
from totalplace.ledger.queries import partners as shown
from totalplace.ledger.queries import partners_ledgers as ledgers
from totalplace.ledger.rules.partner_views import View
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests and the journey.
from ..ledger.pool_made import HOST, TWELVE, YEAR  # noqa: TID252
from ..ledger.pool_open import ledger_file, open_pool, rows_of  # noqa: TID252

Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
POOL = "/ledger/pool/"
OVER = -123_45


@pytest.fixture
def pool(site: str) -> None:
    open_pool(over_pence=OVER, arranged=False)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways.

    Its words are the same without scripts, so axe looks once.
    """
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def sums_of(path: Path) -> dict[tuple[str, str], int]:
    """Independent sums: the pence of each column of each sheet, without its totals and checks."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for sheet in openpyxl.load_workbook(path).worksheets:
        heads = [str(cell.value or "") for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            label = str(row[0].value)
            if label.startswith(("All ", "Check")):
                continue
            for head, cell in zip(heads, row, strict=False):
                if isinstance(cell.value, int | float):
                    found[sheet.title[:12], head] += round(cell.value * 100)
    return found


def taken(page: Page, href: str, path: Path) -> Path:
    """A file that a page leads to, as the officer's browser takes it."""
    answer = page.request.get(href)
    assert answer.status == 200
    path.write_bytes(answer.body())
    return path


def arrange(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Say that all control jointly, by what each promised: then partners are the pool."""
    page.goto(POOL + "partners/")
    page.get_by_text("It is not arranged yet who shows the money").wait_for()
    page.get_by_role("button", name="Arrange who shows the money").click()
    page.get_by_label("Joint control, shared by contribution").check()
    for part, typed in (("Day", 1), ("Month", 4), ("Year", YEAR)):
        page.get_by_label(part, exact=True).fill(str(typed))
    page.get_by_label("Why?").fill("All decide together.")
    page.get_by_label("Which agreement or decision").fill("agreement wexshire/1")
    holds(page, faults_of)
    picture(page, "pool arrange")
    page.get_by_role("button", name="Arrange it").click()
    page.get_by_text("It is arranged who shows the money.").wait_for()
    check = page.get_by_role("row", name="Check: the pool less all partners")
    assert check.get_by_role("cell").all_inner_texts() == ["£0.00"] * 6
    holds(page, faults_of)
    picture(page, "pool partners")
    picture(page, "pool partners phone", width=390)


def give_return(page: Page, faults_of: Faults, picture: Picture, folder: Path) -> None:
    """Complete the return of the fourth quarter, take it away, and add it up independently."""
    page.goto(f"{POOL}returns/{YEAR}/4/")
    page.get_by_role("link", name="Give forecasts").click()
    page.locator("#id_pounds_0").fill("1,250.50")
    page.locator("#id_why_0").fill("Fewer people came.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Say whether condition 3 is met").click()
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("NHS minimum contribution").fill("1000")
    page.get_by_label("Where does that number stand?").fill("NHS planning guidance, annex A")
    page.get_by_label("Grant of wex-02").check()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Condition 3 is kept.").wait_for()
    holds(page, faults_of)
    picture(page, "pool return")
    picture(page, "pool return phone", width=390)
    sums = sums_of(taken(page, f"{POOL}returns/{YEAR}/4/return.xlsx", folder / "return.xlsx"))
    received = spent = 0
    for posting in queries.postings("pool", last=date(YEAR + 1, 3, 31)):
        for transfer in posting.transfers:
            if posting.kind == "received":
                received += transfer.pence
            if posting.kind == "spent" and transfer.debit.heading == "expenditure":
                spent += transfer.pence
    assert sums["Income by so", "Received to date"] == received
    assert sums["Expenditure ", "Actual to date"] == spent
    assert sums["Expenditure ", "Forecast for the year"] == 1250_50


def close_year(page: Page, faults_of: Faults, picture: Picture, folder: Path) -> None:
    """Run the clause on the year and on one before the book, agree it, and close the year."""
    page.goto(f"{POOL}year-end/{YEAR}/")
    page.get_by_label("It is kept for non-recurrent use").check()
    page.get_by_label("Years before this book").fill("2023-24: spent 1500; wex-01 600, wex-02 400")
    page.get_by_role("button", name="Run it").click()
    row = page.get_by_role("row", name="Partner 01").last
    assert row.get_by_role("cell").first.inner_text() == "£300.00"
    holds(page, faults_of)
    picture(page, "pool year end tried")
    page.get_by_role("button", name="Agree this clause").click()
    page.get_by_label("Which agreement or decision").fill("agreement wexshire/1")
    page.get_by_role("button", name="Agree it").click()
    page.get_by_role("button", name=f"Close the year {YEAR}-26").click()
    page.get_by_text("What it came to is posted.").wait_for()
    picture(page, "pool year end closed")
    path = taken(page, f"{POOL}statements/{YEAR}/memorandum.xlsx", folder / "memorandum.xlsx")
    sums = sums_of(path)
    assert sums["Contribution", "Due"] - sums["Expenditure ", "Spent"] == -OVER
    kept = sums["Share of the", "Carried forward"]
    assert kept + sums["Share of the", "Gets back"] == -OVER
    assert sum(shown.year_figures("pool", YEAR + 1).contributions.values()) == kept


def reconcile(page: Page, faults_of: Faults, picture: Picture, folder: Path) -> None:
    """A partner gives in its ledger with three planted differences, and explains one."""
    partner = TWELVE[2]
    rows = rows_of(partner, View.PAID_IN)
    lost = rows.pop(0)
    rows[1] = (*rows[1][:3], rows[1][3] + 90)
    rows.append((date(YEAR, 8, 8), "J-777", "Not of the pool", 55_00))
    page.goto(f"{POOL}reconciliation/{partner}/")
    page.get_by_label("Your ledger").set_input_files(ledger_file(folder / "gl.csv", rows))
    for box, typed in (("first_day", (1, 4, YEAR)), ("last_day", (31, 3, YEAR + 1))):
        for part, value in zip(("day", "month", "year"), typed, strict=True):
            page.locator(f"#id_{box}_{part}").fill(str(value))
    holds(page, faults_of)
    picture(page, "pool ledger form")
    page.get_by_role("button", name="Hold it against the book").click()
    page.get_by_role("heading", name="3 differences").wait_for()
    assert page.get_by_text("Yes, to the penny").count() == 1
    page.get_by_role("link", name="Explain row 6").click()
    page.get_by_label("What is this difference?").fill("It is of another fund.")
    page.get_by_role("button", name="Explain it").click()
    page.get_by_text("It stays among the differences.").wait_for()
    holds(page, faults_of)
    picture(page, "pool differences")
    picture(page, "pool differences phone", width=390)
    found = ledgers.reconciliation("pool", partner, 1)
    assert sorted(one.pence for one in found.found.differences) == sorted([90, 55_00, -lost[3]])
    href = f"{POOL}reconciliation/{partner}/1/differences.xlsx"
    sums = sums_of(taken(page, href, folder / "differences.xlsx"))
    assert sums["Differences", "Ledger less book £"] == 90 + 55_00 - lost[3]


def test_an_officers_hour_with_a_pool_of_twelve(
    pool: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture,
    tmp_path: Path,
) -> None:  # fmt: skip
    lead = an_officer("bea", Role.FINANCE_LEAD, agency=HOST)
    partner = an_officer("cal", Role.FINANCE_LEAD, agency=TWELVE[2])
    page = entered(lead)
    arrange(page, faults_of, picture)
    give_return(page, faults_of, picture, tmp_path)
    close_year(page, faults_of, picture, tmp_path)
    page = entered(partner)
    reconcile(page, faults_of, picture, tmp_path)
    page.goto(f"{POOL}partners/{TWELVE[2]}/")
    page.get_by_role("heading", name="How it shows the money").wait_for()
    holds(page, faults_of)
    picture(page, "pool one partner")
    assert page.goto(f"{POOL}partners/{TWELVE[3]}/").status == 409  # type: ignore[union-attr]
    page.context.clear_cookies()
    page.goto(f"{POOL}partners/")
    page.get_by_text("No period of this pool is closed yet").wait_for()
