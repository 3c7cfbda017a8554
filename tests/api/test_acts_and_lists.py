"""Acts done once, lists read whole, refusals told, and what changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.count.queries.rulings import all_rulings
from totalplace.doors.api import models
from totalplace.doors.web.showing import now
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Act, Officer, Operator, Role
from totalplace.record import queries as record

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")


@pytest.fixture
def rule() -> dict[str, str]:
    return {
        "agency": "council", "subject": "payee", "payee": "Oak Ltd", "said": "not a public body",
        "reason": "it is a company",
    }  # fmt: skip


@pytest.fixture
def lead(wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]) -> Any:
    return program(officer_with("bea", Role.FINANCE_LEAD, agency="council"))


def test_an_act_asked_for_twice_under_a_key_is_done_once(lead: Any, rule: dict[str, str]) -> None:
    first, again = (lead.post("/count/rulings", rule, key="one") for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert [a.headers["Idempotency-Replayed"] for a in (first, again)] == ["false", "true"]
    assert len(all_rulings()) == 1
    assert models.Answer.objects.count() == 1


def test_a_key_stands_for_one_act_and_for_nothing_else(lead: Any, rule: dict[str, str]) -> None:
    lead.post("/count/rulings", rule, key="one")
    other = lead.post("/count/rulings", {**rule, "payee": "Ash Ltd"}, key="one")
    assert other.status_code == 422
    assert "new key" in other.json()["next_step"]
    assert len(all_rulings()) == 1


def test_an_act_needs_a_key(lead: Any, rule: dict[str, str]) -> None:
    answer = lead.client.post(
        "/api/v1/count/rulings", rule, content_type="application/json", headers=lead.headers
    )
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["errors"][0]["where"]


def test_a_refused_act_leaves_nothing_and_may_be_asked_for_again(
    lead: Any, rule: dict[str, str]
) -> None:
    refused = lead.post("/count/rulings", {**rule, "subject": "copy"}, key="one")
    assert refused.status_code == 409
    assert refused.headers["Content-Type"] == "application/problem+json"
    said = refused.json()
    assert said["detail"] == f"{said['title']}: {said['why']}. {said['next_step']}."
    assert models.Answer.objects.count() == 0
    assert lead.post("/count/rulings", rule, key="one").status_code == 201


def test_what_is_not_asked_for_is_refused_and_not_lost_in_silence(
    lead: Any, rule: dict[str, str]
) -> None:
    answer = lead.post("/count/rulings", {**rule, "purpose_": "x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].endswith("purpose_")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_letters_that_no_database_keeps_are_refused_kindly(
    lead: Any, rule: dict[str, str], text: str
) -> None:
    answer = lead.post("/count/rulings", {**rule, "reason": text})
    assert answer.status_code == 422
    assert lead.get("/count/editions", place="a\x00b").status_code == 422


def test_what_cannot_be_read_or_is_too_large_is_told_so(lead: Any) -> None:
    headers = {**lead.headers, "Idempotency-Key": "one"}
    for body, status in ((b"{", 400), (b'{"a": "' + b"x" * 3_000_000 + b'"}', 413)):
        answer = lead.client.post(
            "/api/v1/count/rulings", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_address_that_is_none_or_is_asked_wrongly_is_told_so(anybody: Any) -> None:
    assert anybody.get("/nowhere").status_code == 404
    assert anybody.get("/nowhere").headers["Content-Type"] == "application/problem+json"
    answer = anybody.client.delete("/api/v1/count/editions")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_list_read_page_by_page_is_whole_while_others_add_to_it(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    codes = [f"body-{n:03d}" for n in range(0, 60, 2)]
    for code in codes:
        places.register_agency(code, by=ADA, on=now())
    asking = program(officer_with("bea", Role.AUDITOR, place="wexshire"))
    found, after = [], ""
    for turn in range(99):
        told = asking.get("/places/agencies", limit=4, after=after).json()
        found += [row["code"] for row in told["items"]]
        places.register_agency(f"body-{2 * turn + 1:03d}", by=ADA, on=now())
        if told["complete"]:
            break
        after = told["next"]
    assert len(found) == len(set(found))
    assert set(codes) | {"council", "icb"} <= set(found)


def test_every_list_says_how_many_there_are_and_whether_it_ends(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    asking = program(officer_with("bea", Role.AUDITOR, place="wexshire"))
    for at in ("/places/agencies", "/places/places/wexshire/members", "/record/entries"):
        every = asking.pages(at, limit=1000)
        assert asking.pages(at, limit=1) == every
        assert asking.get(at, limit=1).json()["total"] >= len(every) > 1


def test_what_changed_is_told_whole_with_a_count_to_check(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any],
    rule: dict[str, str],
) -> None:  # fmt: skip
    auditor = program(officer_with("cy", Role.AUDITOR, place="wexshire"))
    lead = program(officer_with("bea", Role.FINANCE_LEAD, agency="council"))
    held, since = [], 0
    for turn in range(99):
        told = auditor.get("/changes", since=since, limit=3).json()
        held += [row["number"] for row in told["items"]]
        since = told["next"]
        if told["complete"]:
            assert len(held) == told["held"]
            if turn > 9:
                break
        lead.post("/count/rulings", {**rule, "payee": f"Oak {turn}"}) if turn < 9 else None
    last = record.last_entry()
    assert last is not None
    assert held == list(range(1, last.number + 1))


def test_anybody_is_told_only_of_what_a_resident_sees(
    anybody: Any, lead: Any, rule: dict[str, str]
) -> None:
    lead.post("/count/rulings", rule)
    told = anybody.get("/changes").json()
    assert told["items"] == []
    assert (told["held"], told["complete"]) == (0, True)
    last = record.last_entry()
    assert last is not None
    assert told["next"] == last.number


def test_an_act_is_known_again_by_its_tag(anybody: Any, wexshire: None) -> None:
    first = anybody.get("/count/editions")
    tag = first.headers["ETag"]
    again = anybody.client.get("/api/v1/count/editions", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_token_without_an_act_reads_as_anybody(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    bea = officer_with("bea", Role.AUDITOR, place="wexshire")
    assert program(bea, [Act.READ_UNPUBLISHED]).get("/record/entries").status_code == 403
    assert program(bea, [Act.READ_RECORD]).get("/record/entries").status_code == 200
    assert program(bea, [Act.READ_RECORD]).get("/sources/submissions").status_code == 403
