"""The example place enters an agreement and keeps a book, by the rules that hold for all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from totalplace.agreements.queries.promises import promises
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import Stage
from totalplace.example_place.agreed import pool
from totalplace.example_place.agreed.course import agree
from totalplace.example_place.agreed.telling import in_words
from totalplace.example_place.heard.course import Heard
from totalplace.example_place.naming import PLACE
from totalplace.example_place.planned.course import allocate
from totalplace.example_place.planned.telling import in_words as plan_in_words
from totalplace.ledger.queries.verifying import verify
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record

ADA = Operator("Ada")


def test_both_sides_sign_what_was_heard_and_its_grant_is_divided_and_posted(
    heard: Heard, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    agreed = agree(home=tmp_path, edition="", by=ADA, on=now)
    row = agreed.agreement
    assert row.kept is Stage.IN_FORCE
    assert {row.last.terms.side_of(one.by) for one in row.last.terms.promises} == set(Side)
    assert len(row.signed(row.last.number)) == len(row.last.terms.parties)
    assert len(promises(PLACE, on=now.date())) == len(row.last.terms.promises)
    put_in = sum(pence for *_, pence in pool._LINES)  # noqa: SLF001  (the truth that was planted)
    assert agreed.pool.received == put_in
    assert put_in - agreed.pool.spent == sum(pence // 50 for *_, pence in pool._LINES)  # noqa: SLF001
    assert verify(pool.BOOK).faults == ()
    assert record.first_fault() is None
    assert "signed by all, with certificates of a TEST authority" in in_words(agreed)
    planned = allocate(by=ADA, on=now)
    assert planned.furthest_pence <= 1
    assert planned.posted
    assert planned.allocation.pence == sum(planned.plan.last.stands.pence)
    assert "It is the best plan of this place" in plan_in_words(planned)
    assert record.first_fault() is None
