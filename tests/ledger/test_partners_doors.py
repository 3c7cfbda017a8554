"""A pool's partners by command, by page and for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from click.testing import CliRunner
from django.test import Client

from totalplace.doors.api import actions as tokens
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.doors.report.pool import FROM
from totalplace.doors.web.showing import now
from totalplace.ledger import actions
from totalplace.ledger.queries.partners import arrangements
from totalplace.ledger.rules.clause_text import text_of
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.past_years import past_years_of
from totalplace.ledger.rules.year_end import by_contribution
from totalplace.places.rules.mandates import Act, Officer, Role
from totalplace.refusal import Refused

from .pool_made import HOST, TWELVE, YEAR
from .pool_open import ADA, NOON, ledger_file, open_pool, rows_of

CLAUSE: Final = text_of(by_contribution())


@pytest.fixture
def pool(db: None) -> None:
    open_pool(over_pence=600_00)


def said(*words: str) -> str:
    result = CliRunner().invoke(totalplace, ["ledger", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_pool_is_kept_by_command(
    pool: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "now", lambda _: NOON)
    (clause := tmp_path / "clause.txt").write_text(CLAUSE)
    (past := tmp_path / "past.txt").write_text("2023-24: spent 15; wex-01 6, wex-02 4")
    shown = said("partners", "pool")
    assert "Check: the pool less all partners" in shown
    assert len(json.loads(said("partners", "pool", "--json"))) > len(TWELVE)
    ran = said("run-clause", "pool", "2025-26", "--clause", str(clause), "--past", str(past))
    assert "£3.00" in ran
    assert "£600.00" in ran
    said("agree-clause", "pool", "2025-26", str(clause), "--rests-on", "agreement:wex/1")
    said("forecast", "pool", "2025-26", "4", "grant-01", HOST, "5.50", "--why", "It fell.")
    said("condition", "pool", "2025-26", "4", "1", "--met")
    path = tmp_path / "return.xlsx"
    assert "Nothing is said of national condition 2" in said("return", "pool", "2025-26", "4",
                                                             str(path))  # fmt: skip
    found = openpyxl.load_workbook(path)
    assert [cell.value for cell in found[FROM][1]] == [
        "Sheet", "Cell", "Row", "Column", "Pounds", "From",
    ]  # fmt: skip
    for row in found[FROM].iter_rows(min_row=2, max_row=40, values_only=True):
        assert found[row[0]][row[1]].value == row[4]
    assert "£600.00" in said("close-year", "pool", "2025-26")
    file = ledger_file(tmp_path / "gl.csv", rows_of(TWELVE[1], View.PAID_IN)[1:])
    told = said("reconcile", "pool", TWELVE[1], str(file), "--from", "2025-04-01",
                "--until", "2026-03-31")  # fmt: skip
    assert "1 difference" in told
    key = next(word for word in told.splitlines() if word.startswith("posting"))[:12].strip()
    said("explain", "pool", TWELVE[1], "1", key, "--words", "Paid from another account.")
    csv = tmp_path / "differences.csv"
    assert "0 not explained" in said("differences", "pool", TWELVE[1], "1", "--to", str(csv))
    assert "Paid from another account." in csv.read_text()
    for which in ("memorandum", "trial-balance", "grants", "partners"):
        said("statement", "pool", "2025-26", which, str(tmp_path / f"{which}.csv"))
    assert "accounts: " in (tmp_path / "memorandum.csv").read_text()


def test_a_resident_sees_the_totals_of_closed_periods_and_a_partner_its_own(
    pool: None, client: Client, an_officer: Callable[..., Officer],
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    at = "/ledger/pool/partners/"
    assert b"No period of this pool is closed yet" in client.get(at).content
    actions.close_period("pool", date(YEAR, 9, 30), by=ADA, on=NOON)
    page = client.get(at).content.decode()
    assert "30 September 2025" in page
    assert "Reconcile" not in page
    assert client.get(f"{at}{TWELVE[1]}/").status_code == 302
    lead = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency=HOST))
    day = {"day_day": 30, "day_month": 6, "day_year": YEAR}
    assert "As the pool stood on 30 June 2025" in lead.get(at, day).content.decode()
    assert "must be a real date" in lead.get(at, {**day, "day_month": 13}).content.decode()
    own = signed_in(an_officer("cal", Role.FINANCE_LEAD, agency=TWELVE[1]))
    assert own.get(f"{at}{TWELVE[1]}/").status_code == 200
    assert own.get(f"{at}{TWELVE[2]}/").status_code == 409
    assert own.get(f"/ledger/pool/returns/{YEAR}/4/").status_code == 409
    assert own.get(f"{at}nobody/").status_code == 404
    assert own.post(f"/ledger/pool/year-end/{YEAR}/close/").status_code == 409
    assert own.get(f"{at}{TWELVE[1]}/{YEAR}.csv").status_code == 200
    assert own.get(f"{at}{TWELVE[1]}/{YEAR}.pdf").status_code == 404


def test_a_clause_is_tried_and_arranged_in_pages(
    pool: None, an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    lead = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency=HOST))
    at = f"/ledger/pool/year-end/{YEAR}/"
    asked = {"kind": "percentages", "percentages": "wex-01 60, wex-02 40", "keeping": "returned"}
    assert "£360.00" in lead.get(at, asked).content.decode()
    assert "360.00" in lead.get(f"{at}run.csv", asked).content.decode()
    page = lead.get(at, {**asked, "percentages": "wex-01 60"}).content.decode()
    assert "There is a problem" in page
    assert "do not come to 100" in page
    assert lead.get(f"{at}run.csv", {**asked, "percentages": "x"}).status_code == 404
    wanted = {"basis": "each partner controls its own money", "line": "", "principal": "",
              "first_day_day": 1, "first_day_month": 5, "first_day_year": 2026, "share_0": "5",
              "why": "As agreed.", "rests_on": "agreement wex/1"}  # fmt: skip
    assert lead.post("/ledger/pool/partners/arrange/", wanted).status_code == 302
    own = arrangements("pool")[-1].arrangement
    assert {part.treatment.value for part in own.parts} == {"principal"}
    refused = lead.post("/ledger/pool/partners/arrange/", {**wanted, "rests_on": "agreement"})
    assert "a word, a space and a number" in refused.content.decode()


def test_a_file_that_cannot_be_read_is_shown_cell_by_cell(
    pool: None, an_officer: Callable[..., Officer], signed_in: Callable[..., Client],
    tmp_path: Path,
) -> None:  # fmt: skip
    own = signed_in(an_officer("cal", Role.FINANCE_LEAD, agency=TWELVE[1]))
    path = ledger_file(tmp_path / "gl.csv", rows_of(TWELVE[1], View.PAID_IN))
    path.write_bytes(path.read_bytes() + b"01/05/2025,X,Words,lots\r\n")
    days = {
        f"{box}_{name}": v
        for box, day in (("first_day", (1, 4, YEAR)), ("last_day", (31, 3, YEAR + 1)))
        for name, v in zip(("day", "month", "year"), day, strict=True)
    }
    with path.open("rb") as file:
        asked = {"file": file, "view": View.PAID_IN.value, "tolerance": 5, "only": "", **days}
        page = own.post(f"/ledger/pool/reconciliation/{TWELVE[1]}/", asked).content.decode()
    assert "The file was not taken" in page
    assert "D7" in page


def test_a_program_reads_partners_books_and_acts_by_the_same_rules(
    pool: None, an_officer: Callable[..., Officer]
) -> None:
    by = an_officer("bea", Role.FINANCE_LEAD, agency=HOST)
    on = now()
    acts = (Act.READ_BOOK, Act.POST, Act.OPEN_BOOK)
    last = on.date() + timedelta(days=9)
    _, token = tokens.make_token("a program", acts, last_day=last, by=by, on=on)
    base, headers = "/api/v1/ledger/pools/pool", {"Authorization": f"Bearer {token}"}

    def get(at: str) -> Any:
        answer = Client().get(f"{base}{at}", headers=headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(at: str, words: dict[str, Any]) -> int:
        keyed = {**headers, "Idempotency-Key": at}
        return Client().post(
            f"{base}{at}", words, content_type="application/json", headers=keyed
        ).status_code  # fmt: skip

    assert get("/partners?limit=1000")["total"] > len(TWELVE)
    for which in ("memorandum", "trial-balance", "grants", "partners"):
        tables = get(f"/statements/{YEAR}/{which}")["tables"]
        rows = [row for table in tables for row in table["rows"] if row["weight"] == "check"]
        assert {cell["pence"] for row in rows for cell in row["cells"]} <= {0, None}
    rests = {"rests_on_kind": "agreement", "rests_on": "wex/1"}
    assert post(f"/year-end/{YEAR}/clause", {"text": CLAUSE, **rests}) == 201
    assert post(f"/returns/{YEAR}/4/forecasts",
                {"line": "grant-01", "agency": HOST, "pence": 5}) == 200  # fmt: skip
    assert "has no forecast" in " ".join(get(f"/returns/{YEAR}/4")["lacks"])
    assert post(f"/year-end/{YEAR}/close", {}) == 200
    part = {"agency": HOST, "treatment": "principal"}
    asked = {"basis": "one partner controls", "first_day": "2026-05-01", "parts": [part],
             "why": "It decides now.", **rests}  # fmt: skip
    assert post("/arrangements", asked) == 201


def test_past_years_are_read_a_line_each() -> None:
    found = past_years_of("2023-24: spent £1,250,000.50; council 800,000, board 400000\n")
    assert [(y.year, y.spent_pence, y.contributions) for y in found] == [
        (2023, 125_000_050, {"council": 80_000_000, "board": 40_000_000})
    ]
    with pytest.raises(Refused, match="Line 2"):
        past_years_of("2023-24: spent 1; a 1\n2023-24: spent 1; a 1")
