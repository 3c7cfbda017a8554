"""Making and revoking tokens, their first use, and keeping what was answered: the only writer."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from totalplace.doors.api import models, queries, rules
from totalplace.doors.api.queries import TokenRow
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_POWER = "their own mandates, of which it allows a part"


@transaction.atomic
def make_token(
    name: str, acts: Collection[Act], *, last_day: date, by: Officer, on: datetime
) -> tuple[TokenRow, str]:
    """Make a token of an officer's own; returns it, and the token itself, which nobody keeps.

    Raises Refused for acts that no mandate of theirs allows, and for longer than a year.
    """
    mine = queries.acts_open_to(places.officer(by.code), on=on.date())
    rules.check_wanted(name, acts, mine=mine, last_day=last_day, on=on.date())
    token = rules.PREFIX + secrets.token_urlsafe(32)
    row = models.Token.objects.create(
        officer=by.code, name=name.strip()[:100], digest=rules.digest_of(token), made_at=on,
        last_day=last_day,
    )  # fmt: skip
    models.TokenAct.objects.bulk_create(models.TokenAct(token=row, act=act.value) for act in acts)
    said = f"until {last_day}: {'; '.join(act for act in Act if act in acts)}"
    record.write(by.name, "made a token", about=_about(row.pk), on=on, power=_POWER, citing=said)
    return _found(row.pk), token


@transaction.atomic
def revoke_token(number: int, *, by: Officer, on: datetime) -> TokenRow:
    """Make a token worthless from now on. Raises Refused for another's, or one revoked before."""
    found = queries.token(number)
    if found is None or found.officer != by.code or found.revoked_at is not None:
        raise Refused(
            f"Token {number} cannot be revoked",
            why="it was revoked before" if found and found.revoked_at else "it is none of yours",
            next_step="See your tokens on their page",
        )
    models.Token.objects.filter(pk=number).update(revoked_at=on, revoked_by=by.name)
    record.write(by.name, "revoked a token", about=_about(number), on=on, power=_POWER)
    return _found(number)


@transaction.atomic
def used(found: TokenRow, *, on: datetime) -> None:
    """Note that a token was used, the first time that it is."""
    first = models.Token.objects.filter(pk=found.number, first_used_at=None)
    if found.first_used_at is None and first.update(first_used_at=on):
        about = _about(found.number)
        record.write(
            found.officer, "used a token for the first time", about=about, on=on, power=_POWER
        )


def wait_or_leave(token: int, key: str) -> bool:
    """Whether nobody else is doing what was asked under a key, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"totalplace.api {token} {key}"],
        )
        (mine,) = cursor.fetchone()
    return bool(mine)


def keep_answer(token: int, key: str, *, asked: str, status: int, body: str, on: datetime) -> None:
    """Keep what is answered to an act, in the act's own transaction: both stand, or neither."""
    models.Answer.objects.create(
        token_id=token, key=key, asked=asked, status=status, body=body, at=on
    )


def _about(number: int) -> Citation:
    return Citation("token", str(number))


def _found(number: int) -> TokenRow:
    found = queries.token(number)
    if found is None:
        raise LookupError(f"token {number} is gone")
    return found
