"""Every act against every token: who is not known, whose token is for others, who may not."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from totalplace.doors.api.described import openapi
from totalplace.places.rules.mandates import MAY, Act, Officer, Role

pytestmark = pytest.mark.django_db
HERE = {
    "place": "wexshire",
    "agency": "council",
    "form": "ro",
    "body": "cabinet",
    "code": "cabinet",
}
THOROUGH: Final = "TOTALPLACE_THOROUGH" in os.environ
OTHERS: Final = 6
OFFICERS = [role for role in Role if role is not Role.ADMINISTRATOR]


def operations(*, needs_token: bool, method: str) -> Iterator[tuple[str, Act | None]]:
    """Addresses that need a token, or do not, and the act that each is; filled in."""
    for path, methods in openapi()["paths"].items():
        said = methods.get(method)
        if said is None or (said["x-token"] == "needed") is not needs_token:
            continue
        at = path.removeprefix("/api/v1")
        for p in said.get("parameters", ()):
            if p["in"] == "path":
                value = HERE.get(p["name"], "2024-25" if p["name"] == "year" else "7")
                if p["schema"].get("type") == "integer" and p["name"] == "year":
                    value = "2024"
                at = at.replace(f"{{{p['name']}}}", value)
        yield at, Act(said["x-act"]) if "x-act" in said else None


ACTS = [(at, act) for at, act in operations(needs_token=True, method="post") if act]
READ = list(operations(needs_token=True, method="get"))


def test_every_act_of_the_service_is_one_of_the_table() -> None:
    assert len(ACTS) > 35
    assert all(act in MAY for _, act in ACTS)
    assert list(operations(needs_token=False, method="post")) == []


@pytest.mark.parametrize(("at", "act"), ACTS, ids=[at for at, _ in ACTS])
def test_nobody_acts_without_a_token(anybody: Any, at: str, act: Act) -> None:
    assert anybody.post(at).status_code == 401


@pytest.mark.parametrize(("at", "act"), READ, ids=[at for at, _ in READ])
def test_what_needs_a_token_is_not_read_without(anybody: Any, at: str, act: Act | None) -> None:
    assert anybody.get(at).status_code == 401


@pytest.mark.parametrize("at", [at for at, _ in operations(needs_token=False, method="get")])
def test_what_anybody_may_read_is_read_or_is_not_there(
    anybody: Any, wexshire: None, at: str
) -> None:
    assert anybody.get(at).status_code in (200, 404)


def test_a_token_for_every_other_act_does_not_do_this_one(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    steward = officer_with("bea", *OFFICERS)
    acts = {act for _, act in ACTS} | {act for _, act in READ if act}
    for act in acts:
        asking = program(steward, [a for a in _of(steward) if a is not act])
        for at, _ in [one for one in ACTS if one[1] is act]:
            answer = asking.post(at)
            assert answer.status_code == 403, at
            assert answer.json()["why"] == "it was made for other acts"
        for at, _ in [one for one in READ if one[1] is act]:
            assert asking.get(at).status_code == 403, at


def test_a_token_for_one_act_comes_past_the_door_of_that_act_alone(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    """Of the others each token is tried at some, by chance: acts by acts are ten thousand."""
    steward, ada = officer_with("bea", *OFFICERS), officer_with("ada", Role.ADMINISTRATOR)
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for act in sorted({act for _, act in ACTS}):
        whose = ada if MAY[act].roles == {Role.ADMINISTRATOR} else steward
        asking = program(whose, [act])
        own = {at for at, other in ACTS if other is act}
        others = [at for at, other in ACTS if other is not act]
        tried = own | set(others if THOROUGH else chance.sample(others, OTHERS))
        passed = {at for at in tried if asking.post(at).status_code not in (401, 403)}
        assert passed == own, f"seed {seed}"


MATTERS: dict[Act, tuple[str, dict[str, Any]]] = {  # an act about the council, in full
    Act.RULE: ("/count/rulings", {
        "agency": "council", "subject": "payee", "payee": "Oak", "said": "not a public body",
        "reason": "it is none"}),
    Act.FREEZE: ("/count/editions", {"place": "wexshire", "year": "2024-25"}),
    Act.GRANT: ("/places/mandates", {
        "to": "cy", "role": "auditor", "agency": "council", "power": "letter"}),
    Act.REQUEST_RETURN: ("/sources/returns/{form}/council/2024/request", {}),
}  # fmt: skip


@pytest.mark.parametrize("act", MATTERS, ids=str)
def test_a_token_for_an_act_does_nothing_about_others_matters(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any], act: Act
) -> None:
    from totalplace.doors.web.sources.seeing import home
    from totalplace.sources.returns.forms import known

    officer_with("cy")
    at, said = MATTERS[act]
    at = at.format(form=next(iter(known(home()))))
    admin = act is Act.GRANT
    roles = [Role.ADMINISTRATOR] if admin else OFFICERS
    elsewhere = program(officer_with("dee", *roles, agency="icb"), [act])
    answer = elsewhere.post(at, said)
    assert answer.status_code == 403
    assert answer.json()["title"].startswith("dee may not")
    here = {"place": "wexshire"}
    allowed = program(officer_with("eve", *roles, **here), [act]).post(at, said)
    assert allowed.status_code in (200, 201, 202)


def _of(officer: Officer) -> list[Act]:
    from totalplace.doors.api.queries import acts_open_to
    from totalplace.doors.web.showing import now

    return acts_open_to(officer, on=now().date())
