"""Breaches are dated to the day from book and record, by the text that bound on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from totalplace.agreements.rules.breaches import Breach, Ending, breaches
from totalplace.agreements.rules.facts import Bound, Days, Done, Facts, Paid, Version
from totalplace.agreements.rules.keeping import (
    Group,
    Standing,
    Status,
    counted,
    due_soon,
    standings,
)
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.rules.suspension import suspended
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import Counting

START = date(2026, 4, 1)
DUE = date(2026, 6, 30)
GRANT = Promise(
    1, "mhclg", "county", Kind.PAY, "the first instalment", DUE, pence=100_00, line="homes",
    cure_days=10, targets=("rough-sleeping",),
)  # fmt: skip
REPORT = Promise(
    2, "county", "mhclg", Kind.REPORT, "the first quarter's return", date(2026, 7, 31),
    verb="gave in", about="return wexshire/2026-q1",
)  # fmt: skip


def june(day: int) -> date:
    return date(2026, 6, day)


def july(day: int) -> date:
    return date(2026, 7, day)


def paid(day: date, pence: int = 100_00, number: int = 1, **other: Any) -> Paid:
    said: dict[str, Any] = {
        "day": day, "pence": pence, "line": "homes", "by": "mhclg", "number": number, "known": day,
    }  # fmt: skip
    return Paid(**(said | other))


def bound(*promises: Promise, later: tuple[Version, ...] = (), **other: Any) -> Bound:
    first = Version(1, START, START, promises or (GRANT, REPORT))
    return Bound("wexshire/1", START, (first, *later), **other)


def of(facts: Facts, on: date, agreement: Bound | None = None, **other: Any) -> Standing:
    """Where the first promise stands on a day."""
    return standings(agreement or bound(), facts, on=on, **other)[0]


def found(facts: Facts, on: date, agreement: Bound | None = None, **other: Any) -> list[Breach]:
    return [
        b
        for b in breaches(agreement or bound(), facts, on=on, **other)
        if b.promise.number == 1
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 5, 30), Status.NOT_YET_DUE),
        (date(2026, 5, 31), Status.DUE_SOON),
        (DUE, Status.DUE_SOON),
        (july(1), Status.LATE),
        (july(10), Status.LATE),
        (july(11), Status.IN_BREACH),
    ],
)
def test_an_unpaid_instalment_is_late_from_the_day_after_it_was_due(
    on: date, status: Status
) -> None:
    stands = of(Facts(), on)
    assert stands.status is status
    assert stands.late_since == (july(1) if on > DUE else None)
    assert stands.lacking_pence == 100_00


@pytest.mark.parametrize(
    ("day", "status", "days_late"),
    [
        (june(1), Status.KEPT, 0),
        (DUE, Status.KEPT, 0),
        (july(1), Status.CURED, 1),
        (july(10), Status.CURED, 10),
        (july(11), Status.KEPT_LATE, 11),
    ],
)
def test_a_payment_is_as_late_as_the_days_after_its_due_day(
    day: date, status: Status, days_late: int
) -> None:
    stands = of(Facts((paid(day),)), date(2026, 8, 1))
    assert (stands.status, stands.kept_on, stands.days_late) == (status, day, days_late)
    assert [(e.number, e.pence) for e in stands.evidence] == [(1, 100_00)]
    assert stands.breach is None


def test_part_of_a_sum_keeps_no_promise_and_the_rest_cures_it() -> None:
    half, rest = paid(june(1), 40_00), paid(july(5), 60_00, 2)
    stands = of(Facts((half, rest)), july(4))
    assert (stands.status, stands.towards_pence, stands.lacking_pence) == (
        Status.LATE, 40_00, 60_00,
    )  # fmt: skip
    stands = of(Facts((half, rest)), july(5))
    assert (stands.status, stands.kept_on) == (Status.CURED, july(5))
    assert [e.number for e in stands.evidence] == [1, 2]


def test_a_payment_turned_back_is_a_breach_of_the_due_day_known_from_the_reversal() -> None:
    facts = Facts((paid(june(30)), paid(july(20), -100_00, 2, reverses=1)))
    assert found(facts, july(19), known=july(19)) == []
    [breach] = found(facts, july(20), known=july(20))
    assert (breach.since, breach.known_from) == (july(1), july(20))
    assert [b.since for b in found(facts, july(1))] == [july(1)]  # as it is known since


def test_what_is_posted_again_on_the_day_of_its_reversal_is_its_correction() -> None:
    turned = (paid(june(30)), paid(july(20), -100_00, 2, reverses=1))
    assert found(Facts((*turned, paid(july(20), 100_00, 3))), july(31)) == []
    [short] = found(Facts((*turned, paid(july(20), 99_99, 3))), july(31))
    assert short.ended is None
    [later] = found(Facts((*turned, paid(july(21), 100_00, 3))), july(31))
    assert later.ended == july(21)


def test_a_reversal_that_was_itself_turned_back_leaves_the_payment_as_it_was() -> None:
    facts = Facts((
        paid(june(30)), paid(july(2), -100_00, 2, reverses=1), paid(july(3), 100_00, 3, reverses=2),
    ))  # fmt: skip
    assert found(facts, july(31)) == []


def test_money_meets_what_was_due_first() -> None:
    second = replace(GRANT, number=2, due=date(2026, 9, 30))
    facts = Facts((paid(date(2026, 9, 30)),))
    one, two = standings(bound(GRANT, second), facts, on=date(2026, 10, 1))
    assert (one.status, one.kept_on) == (Status.KEPT_LATE, date(2026, 9, 30))
    assert (two.status, two.late_since) == (Status.LATE, date(2026, 10, 1))
    assert (one.towards_pence, two.towards_pence) == (100_00, 0)


@pytest.mark.parametrize("other", [{"line": "roads"}, {"by": "dfe"}, {"day": date(2026, 3, 31)}])
def test_money_of_another_line_payer_or_time_keeps_no_promise(other: dict[str, Any]) -> None:
    assert of(Facts((replace(paid(june(1)), **other),)), july(1)).status is Status.LATE


def test_a_variation_signed_by_the_due_day_moves_it_and_one_signed_later_ends_a_breach() -> None:
    moved = replace(GRANT, due=date(2026, 8, 31))
    in_time = bound(later=(Version(2, DUE, DUE, (moved, REPORT)),))
    stands = of(Facts(), july(1), in_time)
    assert (stands.status, stands.due, stands.varied_by) == (
        Status.NOT_YET_DUE, date(2026, 8, 31), (2,),
    )  # fmt: skip
    late = bound(later=(Version(2, START, july(15), (moved, REPORT)),))
    [breach] = found(Facts(), july(20), late)
    assert (breach.since, breach.ended, breach.how) == (july(1), july(15), Ending.VARIED)
    assert (breach.by_version, breach.days_late(july(20))) == (2, 15)
    assert of(Facts(), july(10), late).status is Status.LATE


def test_a_promise_left_out_by_both_is_ended_and_an_end_forgives_no_debt() -> None:
    without = bound(later=(Version(2, july(9), july(9), (REPORT,)),))
    [breach] = found(Facts(), july(9), without)
    assert (breach.ended, breach.how) == (july(9), Ending.DROPPED)
    assert of(Facts(), july(9), without).status is Status.ENDED
    over = bound(ended_on=july(9))
    grant, report = standings(over, Facts(), on=date(2026, 9, 1))
    assert grant.status is Status.IN_BREACH
    assert report.status is Status.ENDED


def test_a_report_is_kept_by_the_act_that_the_promise_names() -> None:
    done = Done(date(2026, 7, 31), "gave in", REPORT.about, 12)
    assert standings(bound(), Facts(done=(done,)), on=date(2026, 8, 1))[1].status is Status.KEPT
    for other in ({"verb": "took back"}, {"about": "return wexshire/2026-q2"}):
        facts = Facts(done=(replace(done, **other),))  # type: ignore[arg-type]
        stands = standings(bound(), facts, on=date(2026, 8, 1))[1]
        assert (stands.status, stands.late_since) == (Status.IN_BREACH, date(2026, 8, 1))


def test_a_floor_is_judged_by_what_was_spent_in_its_year_whenever_that_was_entered() -> None:
    floor = Promise(3, "county", "mhclg", Kind.SPEND, "on prevention", date(2027, 3, 31),
                    pence=50_00, line="homes")  # fmt: skip
    spent = Paid(date(2027, 3, 31), 50_00, "homes", "county", 1, date(2027, 5, 2), year=2026)
    next_year = Paid(date(2027, 4, 2), 50_00, "homes", "county", 2, date(2027, 4, 2), year=2027)
    facts = Facts(spent=(spent, next_year))
    agreement = bound(floor)
    assert of(facts, date(2027, 4, 30), agreement, known=date(2027, 4, 30)).status is (
        Status.IN_BREACH
    )
    assert of(facts, date(2027, 4, 30), agreement).status is Status.KEPT


def test_in_working_days_what_is_due_on_a_day_of_rest_is_due_on_the_next_that_is_not() -> None:
    days = Days(Counting.WORKING, proclaimed())
    rest = bound(replace(GRANT, due=date(2026, 12, 25), cure_days=1))
    assert of(Facts((paid(date(2026, 12, 29)),)), date(2027, 1, 9), rest, days=days).status is (
        Status.KEPT
    )
    assert of(Facts(), date(2026, 12, 30), rest, days=days).status is Status.LATE
    assert of(Facts(), date(2026, 12, 31), rest, days=days).status is Status.IN_BREACH
    assert of(Facts((paid(date(2026, 12, 26)),)), july(1), rest, days=days).kept_on is None


def test_a_promise_of_no_sum_cannot_be_told_and_is_no_breach() -> None:
    vague = bound(replace(GRANT, pence=None), replace(REPORT, about=""))
    assert {s.status for s in standings(vague, Facts(), on=date(2027, 1, 1))} == {
        Status.CANNOT_BE_TOLD
    }
    assert breaches(vague, Facts(), on=date(2027, 1, 1)) == []


def test_targets_stand_still_from_the_first_day_of_a_departments_breach_until_it_ends() -> None:
    facts = Facts((paid(july(15)),))
    for day, still in ((DUE, False), (july(1), True), (july(14), True), (july(15), False)):
        stands = suspended(found(facts, day), centre=frozenset({"mhclg"}), on=day)
        assert ("rough-sleeping" in stands) is still, day
    own = found(Facts(), july(3))
    assert suspended(own, centre=frozenset({"dfe"}), on=july(3)) == {}


def test_each_promise_is_counted_in_one_group_and_the_soonest_due_is_reminded_first() -> None:
    stands = standings(bound(), Facts(), on=july(3))
    assert counted(stands)[Group.LATE] == 1
    assert sum(counted(stands).values()) == 2
    assert [one.promise.number for one in due_soon(stands)] == [1, 2]
