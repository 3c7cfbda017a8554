"""Tokens, whom they let act, and what was answered to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from totalplace.doors.api import models, rules
from totalplace.places import queries as places
from totalplace.places.rules.mandates import MAY, Act, Officer


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as it stands; the token itself is nowhere."""

    number: int
    officer: str
    name: str
    acts: tuple[Act, ...]
    made_at: datetime
    last_day: date
    first_used_at: datetime | None
    revoked_at: datetime | None

    def why_not_good(self, on: date) -> str:
        """Why it is not good on a day, or nothing where it is."""
        revoked = self.revoked_at is not None
        return rules.why_not_good(revoked=revoked, last_day=self.last_day, on=on)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was answered to an act."""

    asked: str
    status: int
    body: str


def token_of_digest(digest: str) -> TokenRow | None:
    """The token of a digest, or None."""
    row = models.Token.objects.prefetch_related("acts").filter(digest=digest).first()
    return _token(row) if row else None


def token(number: int) -> TokenRow | None:
    """The token of a number, or None."""
    row = models.Token.objects.prefetch_related("acts").filter(pk=number).first()
    return _token(row) if row else None


def tokens(officer: str) -> list[TokenRow]:
    """An officer's tokens, the latest first; those that are no longer good too."""
    rows = models.Token.objects.prefetch_related("acts").filter(officer=officer)
    return [_token(row) for row in rows.order_by("-pk")]


def acts_open_to(officer: Officer, *, on: date) -> list[Act]:
    """The acts that an officer's mandates can allow on a day, in the order of the table."""
    roles = {m.role for m in places.mandates(officer=officer.code) if m.holds(on)}
    return [act for act, allowed in MAY.items() if roles & allowed.roles]


def answer(token: int, key: str) -> AnswerRow | None:
    """What was answered to the act that a token asked for under a key, or None."""
    row = models.Answer.objects.filter(token_id=token, key=key).first()
    return AnswerRow(row.asked, row.status, row.body) if row else None


def _token(row: models.Token) -> TokenRow:
    return TokenRow(
        row.pk, row.officer, row.name, _acts([one.act for one in row.acts.all()]), row.made_at,
        row.last_day, row.first_used_at, row.revoked_at,
    )  # fmt: skip


def _acts(said: Sequence[str]) -> tuple[Act, ...]:
    """Acts by name, in the order of the table; one that is no longer known allows nothing."""
    return tuple(act for act in Act if act.value in said)
