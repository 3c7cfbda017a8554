"""Guarantees for other programs: what is in force, its text, its floors, and the acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.entitlements.definitions.reading import shipped_text
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
AT = "/entitlements"


@pytest.fixture
def official(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> Any:
    for code in ("dfe", "dhsc"):
        places.register_agency(code, name=f"Department {code}", kind="department", by=ADA, on=now())
    return program(officer_with("dot", Role.DEPARTMENT_OFFICIAL, agency="dfe"))


def test_an_official_guarantees_and_anybody_reads_it(official: Any, anybody: Any) -> None:
    text = shipped_text("free-school-meals")
    made = official.post(f"{AT}/guarantees", {"text": text, "reason": "It is law"})
    assert made.status_code == 201, made.json()
    assert (made.json()["stage"], made.json()["version"]) == ("proposed", 1)
    one = f"{AT}/guarantees/free-school-meals/1"
    today = local_day(now())
    soon = official.post(f"{one}/enact", {"first_day": today.isoformat()})
    assert soon.status_code == 409
    assert "84 clear days" in soon.json()["detail"]
    law = {"first_day": today.isoformat(), "shorter": "already law", "reason": "It is"}
    assert official.post(f"{one}/enact", law).json()["stage"] == "enacted"
    cost = {"place": "wexshire", "pence": 5, "low_pence": 4, "high_pence": 6, "source": "Census"}
    assert official.post(f"{one}/costs", cost).status_code == 200
    (told,) = anybody.pages(f"{AT}/guarantees", place="wexshire")
    assert told["costs"] == [cost]
    assert told["asks"][0] == "born"
    assert anybody.pages(f"{AT}/guarantees/free-school-meals")[0]["text"] == text
    assert anybody.get(f"{AT}/floors/wexshire").json() == []
    assert anybody.get(f"{AT}/guarantees/nothing").status_code == 404
    late = (today + timedelta(days=85)).isoformat()
    gone = official.post(
        f"{AT}/guarantees/free-school-meals/repeal", {"first_day": late, "reason": "r"}
    )
    assert gone.json()["stage"] == "repealed"


def test_nobody_guarantees_for_another_department(official: Any) -> None:
    text = shipped_text("treatment-within-18-weeks")
    answer = official.post(f"{AT}/guarantees", {"text": text, "reason": "r"})
    assert answer.status_code == 403
    text = text.replace("agency: dhsc", "agency: dfe")
    assert official.post(f"{AT}/guarantees", {"text": text, "reason": "r"}).status_code == 201
    withdrawn = official.post(
        f"{AT}/guarantees/treatment-within-18-weeks/1/withdraw", {"reason": "r"}
    )
    assert withdrawn.json()["stage"] == "withdrawn"


def test_a_commissioner_sets_a_variant_and_ends_it(
    official: Any, anybody: Any, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    today = local_day(now()).isoformat()
    official.post(f"{AT}/guarantees", {"text": shipped_text("adult-skills"), "reason": "r"})
    law = {"first_day": today, "shorter": "already law", "reason": "It is"}
    official.post(f"{AT}/guarantees/adult-skills/1/enact", law)
    variant = (
        "of: adult-skills\nplace: wexshire\ntitle: Courses from eighteen\n"
        "plain: Courses are free from eighteen here.\nwhy: Schools end then\n"
        "owner: Director of skills\nas_of: 2026-11-26\nreview_by: 2027-11-26\n"
        "sources: [Decision wex-cabinet/3]\nfunded_by: {name: Council, how: Its budget}\n"
        "law: {own: {text: Localism Act 2011, says: It may, verified: no}}\n"
        f"in_force: {{from: {today}, until: null}}\nfacts: null\nwho: null\namount: null\n"
        f"parameters: {{from_age: {{values: [{{from: {today}, value: 18}}]}}}}\ntests: null\n"
    )
    local = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    made = local.post(f"{AT}/variants", {"text": variant, "reason": "The cabinet decided"})
    assert made.status_code == 201, made.json()
    (told,) = anybody.pages(f"{AT}/guarantees", place="wexshire")
    assert (told["variant"], told["below"]) == (1, False)
    end = {"first_day": today, "reason": "The fund ended"}
    assert local.post(f"{AT}/variants/wexshire/adult-skills/end", end).json()["text"] == ""
    assert len(anybody.get(f"{AT}/variants/wexshire").json()) == 2
