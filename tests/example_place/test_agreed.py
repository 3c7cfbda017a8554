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
from totalplace.example_place.naming import ABSENCE, PLACE
from totalplace.example_place.planned.course import allocate
from totalplace.example_place.planned.telling import in_words as plan_in_words
from totalplace.example_place.watched.course import watch
from totalplace.example_place.watched.telling import in_words as watch_in_words
from totalplace.ledger.queries.verifying import verify
from totalplace.monitoring.actions.watching import look_at
from totalplace.monitoring.queries.watched_outcomes import code_of
from totalplace.monitoring.rules.answering import Stage as Remedy
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.sources.home import Home

ADA = Operator("Ada")


def test_what_was_heard_is_signed_divided_posted_and_watched_by_both_sides(
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
    home = Home(tmp_path / "home")
    watched = watch(tmp_path, home=home, by=ADA, on=now, seed=1)
    slid = watched.slid
    assert slid is not None
    assert slid.protected
    assert abs((slid.since.first_day - watched.slide.since).days) < 100
    assert any(one.sign.is_alarm for one in watched.found if one.code.startswith("capacity/"))
    absence = next(r for r in watched.answered if r.about.code == code_of(ABSENCE))
    assert absence.course.stage is Remedy.AGREED
    assert {move.step.side for move in absence.moves} == set(Side)
    assert "A slide was planted" in watch_in_words(watched)
    assert look_at(PLACE, home=home, by=ADA, on=now).made == ()
    assert record.first_fault() is None
