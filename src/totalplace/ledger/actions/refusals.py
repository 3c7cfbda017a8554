"""What the database refuses, told as a refusal with its why and what next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from django.db import DatabaseError

from totalplace.ledger.rules.refusing import Unposted

_OURS: Final = "23001"  # restrict_violation: raised by the guards of the tables


@contextmanager
def told() -> Iterator[None]:
    """Raise Unposted for what the guards of the book refuse; all else is a defect and goes on."""
    try:
        yield
    except (DatabaseError, psycopg.Error) as error:  # COPY is not wrapped by the framework
        refused = as_refused(error if isinstance(error, psycopg.Error) else error.__cause__)
        if refused is None:
            raise
        raise refused from error


def as_refused(cause: BaseException | None) -> Unposted | None:
    """The refusal that an error of the database says, or None where it is another kind of error."""
    if not isinstance(cause, psycopg.Error) or cause.sqlstate != _OURS:
        return None
    said = cause.diag
    return Unposted(
        said.message_primary or "The book refuses it",
        why=said.message_detail or "a rule of the book forbids it",
        next_step=said.message_hint or "See the limits of the book",
        field=said.column_name or "",
    )
