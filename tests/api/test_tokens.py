"""Tokens: of whom, for what, until when; and that they allow no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from totalplace.doors.api import actions, models, queries, throttling
from totalplace.doors.api.rules import digest_of
from totalplace.doors.web.showing import now
from totalplace.places import actions as places
from totalplace.places import queries as held
from totalplace.places.rules.mandates import Act, Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_token_is_kept_as_a_digest_alone(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    bea = officer_with("bea", Role.FINANCE_LEAD, agency="council")
    token = program(bea, [Act.RULE]).token
    row = queries.token_of_digest(digest_of(token))
    assert row is not None
    assert row.officer == "bea"
    with connection.cursor() as cursor:
        for table in ("api_token", "api_tokenact", "record_entry", "api_answer"):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            assert not any(token in line or token[3:] in line for (line,) in cursor.fetchall())


def test_making_using_and_revoking_a_token_stand_on_the_record(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    bea = officer_with("bea", Role.FINANCE_LEAD, agency="council")
    asking = program(bea, [Act.RULE])
    for _ in range(3):
        assert asking.get("/places/me").status_code == 200
    row = queries.tokens("bea")[0]
    actions.revoke_token(row.number, by=bea, on=now())
    told = [e.verb for e in record.latest(9) if e.about.kind == "token"]
    assert told == ["made a token", "used a token for the first time", "revoked a token"]
    answer = asking.get("/places/me")
    assert answer.status_code == 401
    assert "it was revoked" in answer.json()["detail"]


def test_a_token_is_made_for_ones_own_acts_and_a_year_at_most(
    wexshire: None, officer_with: Callable[..., Officer]
) -> None:
    bea, on = officer_with("bea", Role.FINANCE_LEAD, agency="council"), now()
    for acts, days, why in (
        ([Act.SIGN_OFF], 30, "no mandate of yours"),
        ([], 30, "allow nothing"),
        ([Act.RULE], 366, "more than a year"),
        ([Act.RULE], -1, "has gone"),
    ):
        with pytest.raises(Refused, match=why):
            last_day = on.date() + timedelta(days=days)
            actions.make_token("x", acts, last_day=last_day, by=bea, on=on)


def test_the_database_keeps_a_token_from_allowing_more_or_longer(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    program(officer_with("bea", Role.FINANCE_LEAD, agency="council"), [Act.RULE])
    token = models.Token.objects.get()
    for change in ({"last_day": token.last_day + timedelta(days=1)}, {"officer": "ada"}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            models.Token.objects.filter(pk=token.pk).update(**change)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        models.TokenAct.objects.update(act=Act.SIGN_OFF.value)


def test_a_token_allows_no_more_than_its_officer_may_at_that_moment(
    wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any],
    rule: dict[str, str],
) -> None:  # fmt: skip
    bea = officer_with("bea", Role.FINANCE_LEAD, agency="council")
    asking = program(bea)
    assert asking.post("/count/rulings", rule).status_code == 201
    other = asking.post("/count/rulings", {**rule, "agency": "icb"})
    assert other.status_code == 403
    mandate = held.mandates(officer="bea")[0]
    places.end(mandate.number, reason="moved on", by=Operator("Ada"), on=now())
    ended = asking.post("/count/rulings", rule)
    assert ended.status_code == 403
    assert "mandate" in ended.json()["why"]
    places.retire("bea", by=Operator("Ada"), on=now())
    assert asking.get("/places/me").status_code == 401


@pytest.fixture
def rule() -> dict[str, str]:
    return {
        "agency": "council", "subject": "payee", "payee": "Oak Ltd", "said": "not a public body",
        "reason": "it is a company",
    }  # fmt: skip


@pytest.mark.parametrize(
    "said", ["Bearer", "Bearer nonsense", "Basic YTpi", "Bearer tp_" + "a" * 43]
)
def test_what_is_no_token_is_told_so(said: str) -> None:
    answer = Client().get("/api/v1/count/editions", headers={"Authorization": said})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_cookie_of_sign_in_is_worth_nothing_here(
    wexshire: None, officer_with: Callable[..., Officer], signed_in: Callable[..., Client],
    rule: dict[str, str],
) -> None:  # fmt: skip
    client = signed_in(officer_with("bea", Role.FINANCE_LEAD, agency="council"))
    answer = client.post(
        "/api/v1/count/rulings", rule, content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )  # fmt: skip
    assert answer.status_code == 401
    assert client.get("/api/v1/places/me").status_code == 401


def test_who_asks_too_often_is_told_when_to_ask_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling.READS, "per_minute", 10)
    told = [Client().get("/api/v1/places/places") for _ in range(8)]
    assert {answer.status_code for answer in told} == {200, 429}
    assert int(told[-1].headers["Retry-After"]) >= 1
    assert "10 times a minute" in told[-1].json()["why"]


def test_a_throttle_lets_through_so_many_a_minute_for_each() -> None:
    at = [0.0]
    throttle = throttling.Throttle(60, clock=lambda: at[0])
    assert sum(not throttle.wait("one") for _ in range(100)) == 30
    assert throttle.wait("another") == 0
    at[0] = 10.0
    assert sum(not throttle.wait("one") for _ in range(100)) == 10
