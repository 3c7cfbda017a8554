"""The gate: what was not heard cannot be adopted, and one silent agency does not block."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from totalplace.participation import queries
from totalplace.refusal import Refused

from .conftest import ABOUT, CLOSED, Hearing

pytestmark = pytest.mark.django_db
ALL = ("wex", "nhs", "pol")
Hearings = Callable[..., Hearing]


def lacks(on: date = CLOSED, affected: tuple[str, ...] = ALL) -> str:
    return "; ".join(map(str, queries.lacking(ABOUT, affected=affected, on=on)))


def sql_lacks(on: date = CLOSED) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_lacks(%s, %s, %s)", [ABOUT.kind, ABOUT.id, on])
        found: str | None = cursor.fetchone()[0]
    return found


def test_what_was_heard_passes_though_two_agencies_were_silent(a_hearing: Hearings) -> None:
    hearing = a_hearing().heard()
    assert [one.agency for one in hearing.row.silent] == ["pol", "wex"]
    assert lacks() == ""
    assert sql_lacks() is None
    assert queries.require_heard(ABOUT, affected=ALL, on=CLOSED).number == 1
    assert [one.changed for one in queries.answers(ABOUT)] == [False]


def test_nothing_passes_unheard(wexshire: None) -> None:
    assert "Nobody was heard" in lacks()
    assert sql_lacks() == "nobody was heard on this"
    with pytest.raises(Refused, match="cannot be adopted"):
        queries.require_heard(ABOUT, affected=ALL, on=CLOSED)
