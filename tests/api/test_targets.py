"""Targets for other programs: read by anybody once proposed, acted on by a token for the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.places.rules.mandates import Officer, Role

pytestmark = pytest.mark.django_db
AT = "/outcomes/targets/wexshire/1"
TARGET = {
    "indicator": "persistent-absence", "area": "E10000017", "why": "Children fall behind.",
    "baseline": {"value": "12.3", "period": "2024/25", "source": "DfE"},
    "steps": [{"day": "2029-03-31", "value": "9"}],
    "parts": [{"agency": "council", "share": "60", "pence": 500_000}],
}  # fmt: skip


def test_a_program_drafts_proposes_and_is_told_what_is_lacking(
    wexshire: None, anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    begun = {"title": "At school", "why": "They miss it.", "agency": "council",
             "first_year": 2027, "last_year": 2029}  # fmt: skip
    made = com.post("/outcomes/targets/wexshire", begun)
    assert (made.status_code, made.json()["targets"]) == (201, "wexshire/1")
    assert anybody.get(AT).status_code == 404
    over = TARGET | {
        "parts": [{"agency": "council", "share": "60"}, {"agency": "icb", "share": "50"}]
    }
    refused = com.post(f"{AT}/revise", {"targets": [over], "reason": "First"})
    assert (refused.status_code, "come to 110" in refused.json()["why"]) == (409, True)
    kept = com.post(f"{AT}/revise", {"targets": [TARGET], "reason": "First"})
    assert kept.status_code == 200
    assert kept.json()["draft"][0]["parts"][1] == {"agency": "", "share": 40, "pence": None}
    assert com.post(f"{AT}/propose", {"reason": "Ready"}).json()["stage"] == "proposed"
    told = anybody.get(AT).json()
    assert told["versions"][0]["targets"][0]["words"].startswith("Pupils who miss a tenth")
    assert told["lacks"][0]["what"] == "Nobody was heard on this"
    adopted = com.post(f"{AT}/adopt", {"decision": "council/1", "reason": "Now"})
    assert (adopted.status_code, adopted.json()["title"]) == (409, "Nobody was heard on this")
    assert [row["targets"] for row in anybody.pages("/outcomes/targets")] == ["wexshire/1"]
    assert anybody.get("/outcomes/targets/wexshire/in-force").status_code == 404
    assert com.post(f"{AT}/withdraw", {"reason": "No"}).json()["stage"] == "withdrawn"


def test_a_department_has_no_act_on_a_target(
    wexshire: None, program: Callable[..., Any], officer_with: Callable[..., Officer]
) -> None:
    official = program(officer_with("dep", Role.DEPARTMENT_OFFICIAL, agency="council"))
    for act in ("revise", "propose", "withdraw", "adopt"):
        assert official.post(f"{AT}/{act}", {"reason": "x"}).status_code == 403


ODD: list[dict[str, Any]] = [
    {"indicator": "no such thing"},
    {"indicator": "%s\u202e"},
    {"area": "E1/2"},
    {"steps": []},
    {"steps": [{"day": "2199-12-31", "value": "1"}]},
    {"steps": [{"day": "2029-03-31", "value": "NaN"}]},
    {"steps": [{"day": "2029-03-31", "value": "999999999999.9999"}]},
    {"steps": [{"day": "2029-03-31", "value": "9"}] * 2},
    {"parts": []},
    {"parts": [{"agency": "nobody", "share": "1"}]},
    {"parts": [{"agency": "council", "share": "10"}] * 2},
    {"parts": [{"agency": "council", "share": "10", "pence": -1}]},
    {"parts": [{"agency": "council", "share": "0"}]},
    {"baseline": {}},
    {"why": " "},
    {"more": "than is asked"},
]


def test_what_cannot_be_a_target_is_refused_kindly(
    wexshire: None, program: Callable[..., Any], officer_with: Callable[..., Officer]
) -> None:
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    begun = {"title": "At school", "why": "They miss it.", "agency": "council",
             "first_year": 2027, "last_year": 2029}  # fmt: skip
    com.post("/outcomes/targets/wexshire", begun)
    for odd in ODD:
        answer = com.post(f"{AT}/revise", {"targets": [TARGET | odd], "reason": "First"})
        assert answer.status_code in (409, 422), odd
        assert answer.json()["title"], odd
    twice = com.post(f"{AT}/revise", {"targets": [TARGET] * 2, "reason": "First"})
    assert (twice.status_code, "has 2 targets" in twice.json()["title"]) == (409, True)
    for year in (1989, 2191):
        assert (
            com.post("/outcomes/targets/wexshire", begun | {"last_year": year}).status_code == 422
        )
