"""Negotiations for other programs: a side's draft by a token of that side, offers for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
ALL = "/agreements/negotiations"
AT = f"{ALL}/1"
OPENING = {
    "place": "wexshire", "title": "Block grant", "host": "council", "model": "block-grant",
    "departments": ["mhclg"], "first_year": 2027, "last_year": 2028,
}  # fmt: skip
LINE = {
    "code": "roads", "fund": "Roads Fund", "mechanism": "national formula",
    "where": "in the block", "reason": "Roads are planned here.",
    "sums": [{"year": 2027, "nature": "revenue", "pence": 5}],
}  # fmt: skip
UNSAID = "Close the old depot"
DRAFT = {"lines": [LINE], "savings": [{"what": UNSAID, "agency": "council", "pence": 7}]}
OFFER = {"reason": "Ours", "answer_by": "2099-01-31"}


@pytest.fixture
def both(
    wexshire: None, program: Callable[..., Any], officer_with: Callable[..., Officer],
    noon: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """A program of either side."""
    places.register_agency("mhclg", name="Ministry", kind="department", by=ADA, on=noon)
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    assert com.post(ALL, OPENING).status_code == 201
    return com, program(officer_with("dep", Role.DEPARTMENT_OFFICIAL, agency="mhclg"))


def test_two_programs_negotiate_and_only_offers_cross(both: tuple[Any, Any], anybody: Any) -> None:
    place, centre = both
    kept = place.post(f"{AT}/place/draft", DRAFT)
    assert (kept.status_code, kept.json()) == (200, {"side": "place", "turn": 1})
    assert place.get(f"{AT}/place/draft").json()["savings"][0]["what"] == UNSAID
    assert place.post(f"{AT}/place/offer", OFFER).json()["to_move"] == "centre"
    assert centre.get(f"{AT}/place/draft").status_code == 403
    assert UNSAID not in centre.get(f"{AT}/offers").content.decode()
    assert centre.get(f"{AT}/offers").json()["items"][0]["lines"][0]["code"] == "roads"
    assert anybody.get(f"{AT}/offers").json()["items"] == []
    target = {"lines": [LINE], "targets": [{"indicator": "jobs", "words": "More"}]}
    refused = centre.post(f"{AT}/centre/draft", target)
    assert (refused.status_code, refused.json()["title"]) == (409, "The centre cannot add a target")
    promise = {"by": "mhclg", "to": "council", "kind": "pay", "what": "pays", "due": "2027-04-15",
               "pence": 3}  # fmt: skip
    assert centre.post(f"{AT}/centre/draft", {"lines": [LINE], "promises": [promise]}).status_code
    assert centre.post(f"{AT}/centre/offer", OFFER).status_code == 200
    compared = place.get(f"{AT}/compare/1/2").json()
    assert compared["costs"][0]["centre"] == 3
    assert place.post(f"{AT}/place/publish", {}).status_code == 200
    assert centre.post(f"{AT}/centre/publish", {}).status_code == 200
    assert [row["number"] for row in anybody.pages(f"{AT}/offers")] == [1, 2]
    assert centre.post(f"{AT}/centre/accept", {"reason": "x"}).status_code == 409
    assert place.post(f"{AT}/place/accept", {"reason": "x"}).json()["stage"] == "agreed"
    assert [row["number"] for row in anybody.pages(ALL)] == [1]
    assert place.post(f"{AT}/place/end", {"reason": "x"}).status_code == 409


def test_nobody_else_reads_or_keeps_a_draft(
    both: tuple[Any, Any], anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    place, centre = both
    place.post(f"{AT}/place/draft", DRAFT)
    member = program(officer_with("lee", Role.ELECTED_MEMBER, place="wexshire"))
    for asking, side in ((centre, "place"), (place, "centre"), (member, "place")):
        for answer in (asking.get(f"{AT}/{side}/draft"), asking.post(f"{AT}/{side}/draft", DRAFT)):
            assert answer.status_code == 403
            assert UNSAID not in answer.content.decode()
    assert anybody.get(f"{AT}/place/draft").status_code == 401
    assert anybody.get("/agreements/negotiations/9").status_code == 404


def test_what_cannot_stand_is_refused_kindly(both: tuple[Any, Any], anybody: Any) -> None:
    place, _ = both
    for odd in (
        {"sums": [{"year": 2027, "nature": "revenue"}]},
        {"sums": [{"year": 2027, "nature": "revenue", "pence": -1}]},
        {"where": "here"},
        {"code": ""},
        {"more": 1},
    ):
        answer = place.post(f"{AT}/place/draft", {"lines": [LINE | odd]})
        assert answer.status_code in (409, 422), odd
    assert place.post(f"{AT}/place/draft", {"guarantees": [{"code": "none"}]}).status_code == 409
    assert place.post(f"{AT}/place/publish", {"agreed": False}).status_code == 409
    assert place.post(ALL, OPENING | {"departments": ["council"]}).status_code == 409
    settled = anybody.pages("/agreements/published")[0]
    assert settled["unexplained_pence"] == 182_277_133_00
