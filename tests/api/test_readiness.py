"""Readiness for other programs: the acts of both sides, and scores that nobody else reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Officer, Role
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.scale import Area

# One builder serves the room's own tests and those of its doors.
from ..readiness.ready_made import a_ready_place  # noqa: TID252

pytestmark = pytest.mark.django_db
ONE = "/readiness/assessments/wexshire/1"


@pytest.fixture
def sides(
    noon: datetime, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> tuple[Any, Any]:
    """A program of the place's commissioner, and one of the department's official."""
    a_ready_place(local_day(now()) - timedelta(days=1))
    place = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    return place, program(officer_with("dee", Role.DEPARTMENT_OFFICIAL, agency="home"))


def scores(who: str) -> dict[str, Any]:
    return {
        "scores": [
            {"area": area, "level": "core", "why": f"so {who} says", "evidence": [n]}
            for n, area in enumerate(Area, start=1)
        ]
    }


def begin(place: Any) -> None:
    """An assessment with its facts and its evidence."""
    today = local_day(now())
    begun = place.post(
        "/readiness/assessments", {"place": "wexshire", "centre": "home", "why": "A grant"}
    )
    assert begun.status_code == 201, begun.json()
    facts = [{"code": code, "happened_on": None, "source": "Register"} for code in fact_rules()]
    assert place.post(f"{ONE}/facts", {"facts": facts}).status_code == 200
    for area in Area:
        item = {
            "place": "wexshire", "area": area, "kind": "skills", "title": "Audit", "says": "So",
            "where": "x", "first_day": str(today), "last_day": str(today + timedelta(9)),
        }  # fmt: skip
        assert place.post("/readiness/evidence", item).status_code == 201


def test_both_sides_score_agree_and_nobody_reads_the_other_before(
    sides: tuple[Any, Any], anybody: Any
) -> None:
    place, centre = sides
    begin(place)
    assert place.post(f"{ONE}/centre-scores", scores("it")).status_code == 403
    handed = place.post(f"{ONE}/place-scores", scores("the place"))
    assert handed.json()["place_scores"] is None
    assert len(place.get(ONE).json()["place_scores"]) == 4
    for other in (centre, anybody):
        assert other.get(ONE).json()["place_scores"] is None
    assert centre.post(f"{ONE}/centre-scores", scores("the centre")).status_code == 200
    assert len(place.get(ONE).json()["centre_scores"]) == 4
    assert anybody.get(ONE).json()["centre_scores"] is None
    levels = [{"area": area, "level": "core", "reason": "Both say so"} for area in Area]
    assert place.post(f"{ONE}/place-levels", {"levels": levels}).status_code == 200
    agreed = centre.post(f"{ONE}/centre-consent", {"proposal": 1}).json()
    assert agreed["stage"] == "agreed"
    (told,) = anybody.pages("/readiness/assessments", place="wexshire")
    assert [one["level"] for one in told["agreed"]] == ["core"] * 4
    assert told["facts"][0] == {
        "code": "elected-mayor", "happened_on": None, "met": False, "ongoing": False,
        "source": "Register",
    }  # fmt: skip
    lacks = anybody.get("/readiness/lacking/wexshire/block-grant").json()
    assert [one["what"] for one in lacks] == ["A published assurance framework: not met"]
    assert len(anybody.get("/readiness/evidence/wexshire").json()) == 4
    what_follows(place, centre, anybody)


def what_follows(place: Any, centre: Any, anybody: Any) -> None:
    """What both say of it later, and which powers are open."""
    said = {"area": "people", "went_well": True, "what": "Posts stayed filled", "source": "HR"}
    for side, end in ((place, "followed"), (centre, "followed-for-centre")):
        assert side.post(f"{ONE}/{end}", said).status_code == 200
    told = anybody.get("/readiness/followed/wexshire").json()
    assert [one["side"] for one in told] == ["place", "centre"]
    powers = anybody.get("/readiness/opens/wexshire/thematic").json()
    assert [one["open"] for one in powers] == [True, True]
    assert anybody.get("/readiness/lacking/wexshire/none").status_code == 404


def test_a_waiver_is_offered_by_one_and_agreed_by_the_other(sides: tuple[Any, Any]) -> None:
    place, centre = sides
    said = {
        "place": "wexshire", "centre": "home", "need": "people", "level": "core",
        "reason": "Posts are being filled", "until": str(local_day(now()) + timedelta(9)),
    }  # fmt: skip
    assert place.post("/readiness/waivers", said).status_code == 201
    at = "/readiness/waivers/wexshire/1/centre-consent"
    assert centre.post(at, {"reason": "We help"}).json()["agreed_on"]
    assert place.get("/readiness/waivers/wexshire").json()[0]["agreed_why"] == "We help"
    none = "/readiness/waivers/wexshire/7/centre-consent"
    assert centre.post(none, {"reason": "x"}).status_code == 404
    assert centre.post("/readiness/centre-waivers", said).status_code == 201
    theirs = place.post("/readiness/waivers/wexshire/2/place-consent", {"reason": "Yes"})
    assert theirs.json()["side"] == "centre"
    new = {"place": "wexshire", "centre": "home", "why": "Anew"}
    assert centre.post("/readiness/assessments/for-centre", new).status_code == 201
    gone = centre.post(f"{ONE}/withdraw-for-centre", {"reason": "Too soon"})
    assert gone.json()["stage"] == "withdrawn"
