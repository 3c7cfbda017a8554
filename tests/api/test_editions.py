"""What editions say to programs: to the penny what was frozen, to whom it may be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow
from totalplace.count.queries.opened import opened
from totalplace.doors import records
from totalplace.doors.web.showing import now
from totalplace.example_place.corner import freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Act, Officer, Operator, Role
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")


@pytest.fixture
def home() -> Home:
    return Home(records.home_folder())


@pytest.fixture
def frozen(home: Home) -> EditionRow:
    take_in_corner(home, by=ADA, on=now())
    return freeze_corner(home, by=ADA, on=now())


@pytest.fixture
def signed(frozen: EditionRow) -> EditionRow:
    decide(frozen.id, "sign off", reason="Agreed by all.", by=ADA, on=now())
    return frozen


def test_an_edition_says_to_programs_what_was_frozen_to_the_penny(
    anybody: Any, home: Home, signed: EditionRow
) -> None:
    at = f"/count/editions/{signed.citation}"
    whole, true = anybody.get(at).json(), opened(home, signed).whole
    assert whole["total"]["pence"] == true.total.pence
    assert whole["edition"]["standing"] == "signed off"
    sums: dict[str, int] = defaultdict(int)
    lines = anybody.pages(f"{at}/lines", limit=7)
    for line in lines:
        assert line["edition"] == signed.citation
        assert (line["pence"] is None) is (line["status"] == "missing")
        sums[line["kind"]] += line["pence"] or 0
    assert sums[whole["income"]] == true.total.pence
    assert len(lines) == whole["lines"]
    assert set(whole["files"]) >= {f for line in lines for f in line["files"]}
    flows = anybody.pages(f"{at}/flows", limit=3)
    taken_out = sum(f["pence"] for f in flows if f["treatment"] == "eliminated")
    assert taken_out == whole["eliminated_pence"]
    for part in ("coverage", "files", "rulings"):
        assert anybody.pages(f"{at}/{part}") == anybody.pages(f"{at}/{part}", limit=1)


def test_payments_are_found_page_by_page_and_add_up(anybody: Any, signed: EditionRow) -> None:
    at = f"/count/editions/{signed.citation}/payments"
    told = anybody.get(at, limit=1).json()
    lines = anybody.pages(at, limit=200)
    assert len(lines) == told["total"] > 50
    assert sum(line["amount_pence"] for line in lines) == told["pence"]
    keys = [(line["file"], line["sheet"], line["row"]) for line in lines]
    assert len(set(keys)) >= len(keys) - sum(line["copied"] for line in lines)
    payees = anybody.pages(f"/count/editions/{signed.citation}/payees", limit=50)
    assert sum(p["rows"] for p in payees) == told["total"]
    named = next(p for p in payees if p["key"])
    spelt = anybody.pages(f"/count/editions/{signed.citation}/payees/{named['key']}")
    assert sum(s["rows"] for s in spelt) == named["rows"]
    assert anybody.get(at, payee="zz").status_code == 422


def test_what_is_not_signed_off_is_not_there_for_anybody(
    anybody: Any, frozen: EditionRow, officer_with: Callable[..., Officer],
    program: Callable[..., Any],
) -> None:  # fmt: skip
    at = f"/count/editions/{frozen.citation}"
    assert anybody.get(at).status_code == 404
    assert anybody.pages("/count/editions") == []
    assert anybody.pages("/places/places") == anybody.pages("/places/agencies") == []
    lead = officer_with("bea", Role.FINANCE_LEAD, place=frozen.place)
    assert program(lead, [Act.READ_UNPUBLISHED]).get(at).status_code == 200
    assert program(lead, [Act.RULE]).get(at).status_code == 404


def test_an_edition_that_is_signed_off_is_told_as_a_change_from_then_on(
    anybody: Any, frozen: EditionRow
) -> None:
    before = anybody.get("/changes").json()
    assert [row["kind"] for row in before["items"]] == []
    decide(frozen.id, "sign off", reason="Agreed.", by=ADA, on=now())
    after = anybody.get("/changes", since=before["next"]).json()
    assert [(row["verb"], row["id"]) for row in after["items"]] == [
        ("moved: sign off", frozen.citation)
    ]
    assert after["held"] == 1
    assert after["items"][0]["by"] is None
    at = after["items"][0]["at"].removeprefix("/api/v1")
    assert anybody.get(at).json()["edition"]["signed_off"] is True


def test_an_answer_about_an_edition_is_known_again_by_its_tag(
    anybody: Any, signed: EditionRow
) -> None:
    at = f"/api/v1/count/editions/{signed.citation}/lines"
    tag = anybody.client.get(at).headers["ETag"]
    again = anybody.client.get(at, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_an_edition_is_disputed_settled_and_signed_off(
    frozen: EditionRow, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    agency = "corner-county"
    at = f"/count/editions/{frozen.citation}"
    council = program(officer_with("bea", Role.CHIEF_FINANCE_OFFICER, agency=agency))
    place = program(officer_with("cy", Role.CHIEF_FINANCE_OFFICER, place=frozen.place))
    said = {"reason": "a month is missing"}
    assert place.post(f"{at}/dispute", {**said, "agency": agency}).status_code == 403
    told = council.post(f"{at}/dispute", {**said, "agency": agency}).json()
    assert told["standing"] == "disputed"
    assert place.post(f"{at}/sign-off", said).status_code == 409
    assert place.post(f"{at}/settle", said).json()["standing"] == "provisional"
    assert place.post(f"{at}/sign-off", said).json()["signed_off"] is True
    assert place.post("/count/editions/nowhere/2024-25/1/settle", said).status_code == 404


def test_two_editions_are_compared(
    anybody: Any, signed: EditionRow, home: Home, officer_with: Callable[..., Officer],
    program: Callable[..., Any],
) -> None:  # fmt: skip
    at = f"/count/editions/{signed.citation}"
    same = anybody.get(f"{at}/compare/{signed.number}").json()
    assert (same["items"], same["total"], same["complete"]) == ([], 0, True)
    assert anybody.get(f"{at}/compare/99").status_code == 404


def test_a_freeze_is_asked_for_as_work(
    frozen: EditionRow, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    lead = program(officer_with("bea", Role.FINANCE_LEAD, place=frozen.place))
    said = {"place": frozen.place, "year": frozen.year}
    first, again = (lead.post("/count/editions", said, key="one") for _ in range(2))
    assert first.status_code == again.status_code == 202
    work = lead.get(f"/work/{first.json()['work']}").json()
    assert (work["job"], work["outcome"]) == ("freeze a count", "")
    assert len(lead.pages("/work")) == 1
