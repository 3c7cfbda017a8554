"""A file given in, submitted and certified by programs; decisions moved by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.doors.web.sources import jobs
from totalplace.doors.web.work.telling import Telling
from totalplace.places.rules.mandates import Officer, Role
from totalplace.sources.submitting import queries

pytestmark = pytest.mark.django_db
FILE = b"Date,Supplier,Directorate,Amount\n" + b"".join(
    b"%02d/05/2025,Oak %d Ltd,Highways,%d.50\n" % (day, day, 500 + day) for day in range(1, 29)
)


@pytest.fixture
def lead(wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]) -> Any:
    return program(officer_with("bea", Role.FINANCE_LEAD, agency="council"))


def read(number: int) -> None:
    """Read a submission on trial, as the worker would."""
    recipe = queries.submission(number).recipe
    jobs.read(Telling(0, lambda *_: False), submission=number, recipe=recipe)


def test_a_file_is_given_submitted_and_certified_by_another(
    lead: Any, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    given = lead.give("council", FILE, key="may")
    assert given.status_code == 201
    number = given.json()["number"]
    at = f"/sources/submissions/{number}"
    assert lead.post(f"{at}/submit").status_code == 409  # it is not read yet
    read(number)
    trial = lead.get(at).json()["trial"]
    assert (trial["payments"], trial["faults"]) == (28, 0)
    assert lead.post(f"{at}/submit", {"note": "all of May"}).json()["stage"] == "submitted"
    digest = {"digest": trial["digest"]}
    own = lead.post(f"{at}/certify", digest)
    assert own.status_code in (403, 409)
    cfo = program(officer_with("cy", Role.CHIEF_FINANCE_OFFICER, agency="council"))
    assert cfo.post(f"{at}/certify", {"digest": "0" * 64}).status_code == 409
    assert cfo.post(f"{at}/certify", digest).json()["stage"] == "certified"
    assert lead.pages("/sources/submissions", stage="certified")[0]["number"] == number


def test_a_file_that_is_sent_again_under_its_key_is_held_once(lead: Any) -> None:
    first, again = (lead.give("council", FILE, key="may") for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(lead.pages("/sources/submissions")) == 1
    assert lead.give("council", FILE + b"\n", key="may").status_code == 422


def test_a_file_that_is_too_large_or_empty_is_refused_in_words(
    lead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lead.give("council", b"").status_code == 409
    monkeypatch.setenv("TOTALPLACE_UPLOAD_MB", "1")
    large = lead.give("council", b"x" * (2**20 + 1))
    assert large.status_code == 413
    assert "larger than" in large.json()["why"]
    huge = lead.give("council", b"x" * (2**20 * 6))
    assert huge.status_code == 413
    assert lead.pages("/sources/submissions") == []


def test_others_submissions_are_not_there(
    lead: Any, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    number = lead.give("council", FILE).json()["number"]
    other = program(officer_with("dee", Role.FINANCE_LEAD, agency="icb"))
    assert other.get(f"/sources/submissions/{number}").status_code == 404
    assert other.pages("/sources/submissions") == []
    assert other.give("council", FILE).status_code == 403


def test_a_return_is_asked_for_and_seen_to_wait(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    from totalplace.doors.web.sources.seeing import home
    from totalplace.sources.returns.forms import known

    form = next(iter(known(home())))
    asking = program(officer_with("dee", Role.DATA_STEWARD, place="wexshire"))
    at = f"/sources/returns/{form}/council/2024"
    assert asking.get(at).status_code == 404
    assert asking.post(f"{at}/request", {}).json()["stage"] == "requested"
    assert asking.get(at).json()["stage"] == "requested"
    assert asking.post(f"{at}/accept", {}).status_code == 409
    assert [r["stage"] for r in asking.pages("/sources/returns")] == ["requested"]
    assert asking.pages(f"{at}/figures") == asking.pages(f"{at}/faults") == []


def test_a_decision_is_proposed_commented_on_and_read_by_anybody_but_for_what_is_exempt(
    lead: Any, anybody: Any, officer_with: Callable[..., Officer], program: Callable[..., Any],
    cabinet: str,
) -> None:  # fmt: skip
    said = {
        "title": "Buy a van", "summary": "A van for the library.", "matter": "executive",
        "planned_on": "2199-01-01", "amount_pence": 100_00, "wards": 1,
    }  # fmt: skip
    made = lead.post(f"/decisions/bodies/{cabinet}/decisions", said)
    assert made.status_code == 201, made.json()
    at = f"/decisions/decisions/{made.json()['decision']}"
    steward = program(officer_with("dee", Role.DATA_STEWARD, place="wexshire"))
    assert steward.post(f"{at}/papers", {"title": "Secret"}).status_code == 403
    clerk = program(officer_with("cy", Role.DATA_STEWARD, agency="council"))
    paper = {"title": "Prices", "category": "3", "reason": "tenders are open"}
    assert clerk.post(f"{at}/papers", paper).status_code == 201
    assert anybody.get(at).json()["papers"][0]["title"] is None
    assert clerk.get(at).json()["papers"][0]["title"] == "Prices"
    assert [d["title"] for d in anybody.pages("/decisions/plan")] == ["Buy a van"]
    assert anybody.pages("/decisions/decisions", limit=1) == anybody.pages("/decisions/plan")
    assert anybody.get("/changes").json()["items"][-1]["kind"] == "decision"
    assert lead.post(f"{at}/withdraw", {"reason": "no money"}).json()["stands"]["effect"] == (
        "of no effect"
    )
