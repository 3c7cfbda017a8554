"""Made-up years of agreements in which breaches are planted; the truth is known of each promise.

Each plot writes a promise, what happened about it, and what is true of it, side by side and from
the same few random numbers: the truth is not worked out from what happened, and by no rule of ours.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agreement_years_making import DAY, DEPARTMENTS, PARTNERS, Planted, Year

from totalplace.agreements.rules.promises import Kind

__all__ = ["BREACHES", "DEPARTMENTS", "INNOCENT", "PARTNERS", "Planted", "Year", "a_year"]


def never_paid(y: Year) -> None:
    """Never paid."""
    p = y.promise("never paid", Kind.PAY, y.due())
    if y.rng.random() < 0.3:  # money on the line before the agreement is not of it
        y.pay(p, y.start - 30 * DAY)
    y.breach(p)


def part_paid(y: Year) -> None:
    """Part paid."""
    p = y.promise("part paid", Kind.PAY, y.due())
    short = y.rng.randrange(1, p.pence or 2)
    y.pay(p, p.due - y.rng.randrange(20) * DAY, (p.pence or 0) - short)
    made_up = p.due + y.late() * DAY if y.rng.random() < 0.5 else None
    if made_up:
        y.pay(p, made_up, short)
    y.breach(p, ended=made_up)


def paid_late(y: Year) -> None:
    """Paid late."""
    p = y.promise("paid late", Kind.PAY, y.due())
    day = p.due + y.late() * DAY
    y.pay(p, day)
    y.breach(p, ended=day)


def paid_and_turned_back(y: Year) -> None:
    """Paid in time, turned back."""
    p = y.promise("paid in time, turned back", Kind.PAY, y.due())
    paid = y.pay(p, p.due - y.rng.randrange(15) * DAY)
    back = paid.day + y.rng.randrange(1, 60) * DAY
    y.turn_back(paid, back)
    again = max(back, p.due) + y.rng.randrange(1, 40) * DAY if y.rng.random() < 0.5 else None
    if again:
        y.pay(p, again)
    y.breach(p, known=back, ended=again)


def wrong_line(y: Year) -> None:
    """Paid on the wrong line."""
    p = y.promise("paid on the wrong line", Kind.PAY, y.due())
    y.pay(p, p.due, line=f"{p.line}x")
    y.breach(p)


def wrong_payer(y: Year) -> None:
    """Paid by another."""
    p = y.promise("paid by another", Kind.PAY, y.due())
    y.pay(p, p.due, by="another")
    y.breach(p)


def second_not_paid(y: Year) -> None:
    """Two instalments of a line; what is paid after the second fell due meets the first alone."""
    one = y.promise("first of two, paid late", Kind.PAY, y.due())
    gap, sum_of = y.rng.randrange(5, 40), one.pence
    two = y.promise(
        "second of two, never paid", Kind.PAY, y.open(one.due + gap * DAY), pence=sum_of, by=one.by,
        line=one.line, cure_days=one.cure_days,
    )  # fmt: skip
    day = two.due + y.rng.randrange(1, 30) * DAY
    y.pay(two, day)
    y.breach(one, ended=day)
    y.breach(two)


def not_given(y: Year) -> None:
    """Report not given."""
    p = y.promise("report not given", Kind.REPORT, y.due())
    y.do(p, p.due, about=f"{p.about}-other")
    y.breach(p)


def given_late(y: Year) -> None:
    """Report given late."""
    p = y.promise("report given late", Kind.REPORT, y.due())
    day = p.due + y.late() * DAY
    y.do(p, day)
    y.do(p, day + 5 * DAY)
    y.breach(p, ended=day)


def something_else_done(y: Year) -> None:
    """Another act done."""
    p = y.promise("another act done", Kind.DO, y.due())
    y.do(p, p.due - 3 * DAY, verb="promised again")
    y.breach(p)


def floor_not_spent(y: Year) -> None:
    """Floor not spent."""
    p = y.promise("floor not spent", Kind.SPEND, date(y.start.year + 1, 3, 31))
    short = y.rng.randrange(1, p.pence or 2)
    y.pay(p, p.due - 90 * DAY, (p.pence or 0) - short)
    y.pay(p, p.due + 20 * DAY, 10**12, year=y.start.year + 1)  # of the next year
    y.breach(p)


def lifted_late(y: Year) -> None:
    """Rule lifted late."""
    p = y.promise("rule lifted late", Kind.LIFT, y.due())
    y.do(p, p.due - 10 * DAY, verb="accept a request to lift a rule")
    day = p.due + y.late() * DAY
    y.do(p, day)
    y.breach(p, ended=day)


def varied_late(y: Year) -> None:
    """Varied too late."""
    p = y.promise("varied too late", Kind.PAY, y.due())
    signed = p.due + y.rng.randrange(1, 30) * DAY
    new = replace(p, due=y.open(signed + y.rng.randrange(5, 60) * DAY))
    y.changes.append((signed, p.number, new))
    y.pay(new, new.due)
    y.breach(p, ended=signed)


def varied_and_missed(y: Year) -> None:
    """Varied in time, and missed."""
    p = y.promise("varied in time, and missed", Kind.PAY, y.due())
    new = replace(p, due=y.open(p.due + y.rng.randrange(10, 60) * DAY))
    y.changes.append((p.due - y.rng.randrange(20) * DAY, p.number, new))
    day = new.due + y.late() * DAY
    y.pay(new, day)
    y.breach(new, ended=day)


def varied_late_and_missed(y: Year) -> None:
    """Varied too late, and missed."""
    p = y.promise("varied too late, and missed", Kind.DO, y.due())
    signed = p.due + y.rng.randrange(1, 20) * DAY
    new = replace(p, due=y.open(signed + y.rng.randrange(5, 30) * DAY))
    y.changes.append((signed, p.number, new))
    y.breach(p, ended=signed)
    y.breach(new)


def early(y: Year) -> None:
    """Paid early."""
    p = y.promise("paid early", Kind.PAY, y.due())
    y.pay(p, p.due - y.rng.randrange(1, 50) * DAY)


def in_parts(y: Year) -> None:
    """Paid in parts."""
    p = y.promise("paid in parts", Kind.PAY, y.due())
    first = y.rng.randrange(1, p.pence or 2)
    y.pay(p, p.due - 20 * DAY, first)
    y.pay(p, p.due - y.rng.randrange(20) * DAY, (p.pence or 0) - first)


def varied_in_time(y: Year) -> None:
    """Varied in time."""
    p = y.promise("varied in time", Kind.PAY, y.due())
    new = replace(p, due=y.open(p.due + y.rng.randrange(10, 60) * DAY))
    y.changes.append((p.due - y.rng.choice((0, 1, 5, 20)) * DAY, p.number, new))
    y.pay(new, new.due - y.rng.randrange(5) * DAY)


def last_day(y: Year) -> None:
    """Paid on the last day."""
    p = y.promise("paid on the last day", Kind.PAY, y.due())
    y.pay(p, p.due)


def corrected(y: Year) -> None:
    """Turned back and posted again the same day."""
    p = y.promise("turned back and posted again the same day", Kind.PAY, y.due())
    paid = y.pay(p, p.due - y.rng.randrange(5) * DAY)
    back = p.due + y.rng.randrange(-3, 30) * DAY
    back = max(back, paid.day)
    y.turn_back(paid, back)
    y.pay(p, y.rng.choice((back, paid.day)), known=back)


def entered_late(y: Year) -> None:
    """Paid in time, entered later."""
    p = y.promise("paid in time, entered later", Kind.PAY, y.due())
    y.pay(p, p.due - DAY, known=p.due + y.rng.randrange(1, 30) * DAY)
    y.flickers.add(p.number)


def ahead(y: Year) -> None:
    """One payment, before the first is due, of both."""
    one = y.promise("first of two, paid together", Kind.PAY, y.due())
    two = y.promise("second of two, paid together", Kind.PAY, y.open(one.due + 30 * DAY), by=one.by,
                    line=one.line)  # fmt: skip
    y.pay(one, one.due - 2 * DAY, (one.pence or 0) + (two.pence or 0))


def report_in_time(y: Year) -> None:
    """Report in time."""
    p = y.promise("report in time", Kind.REPORT, y.due())
    y.do(p, p.due - y.rng.choice((0, 1, 30)) * DAY)


def floor_spent(y: Year) -> None:
    """Floor spent."""
    p = y.promise("floor spent", Kind.SPEND, date(y.start.year + 1, 3, 31))
    half = (p.pence or 0) // 2
    y.pay(p, p.due - 100 * DAY, half)
    y.pay(p, p.due, (p.pence or 0) - half + y.rng.randrange(100), year=y.start.year)


def lifted_in_time(y: Year) -> None:
    """Rule lifted in time."""
    p = y.promise("rule lifted in time", Kind.LIFT, y.due())
    y.do(p, p.due - y.rng.randrange(20) * DAY)


def dropped_in_time(y: Year) -> None:
    """Left out by both in time."""
    p = y.promise("left out by both in time", Kind.DO, y.due())
    y.changes.append((p.due - y.rng.randrange(10) * DAY, p.number, None))


def on_a_shut_day(y: Year) -> None:
    """Due on a day on which offices are shut: in working days, the next that is open is in time."""
    due = y.due()
    while not y.shut(due):
        due += DAY
    p = y.promise("due on a day of rest", Kind.PAY, due)
    if not y.working:
        y.pay(p, due)
        return
    opens = due
    while y.shut(opens):
        opens += DAY
    if y.rng.random() < 0.5:
        y.pay(p, opens)
        return
    y.plots[p.number] = "paid a day after the first working day"
    y.pay(p, opens + DAY)
    y.breach(p, due=opens, ended=opens + DAY)


def ended_first(y: Year) -> None:
    """The agreement ends; what would fall due from then on does not, what fell due before does."""
    y.ended_on = y.start + 400 * DAY
    y.promise("due after the end", Kind.PAY, y.start + y.rng.randrange(400, 430) * DAY)


Plot = Callable[[Year], None]
BREACHES: tuple[Plot, ...] = (
    never_paid, part_paid, paid_late, paid_and_turned_back, wrong_line, wrong_payer,
    second_not_paid, not_given, given_late, something_else_done, floor_not_spent, lifted_late,
    varied_late, varied_and_missed, varied_late_and_missed,
)  # fmt: skip
INNOCENT: tuple[Plot, ...] = (
    early, in_parts, varied_in_time, last_day, corrected, entered_late, ahead, report_in_time,
    floor_spent, lifted_in_time, dropped_in_time, on_a_shut_day,
)  # fmt: skip


def a_year(seed: int) -> Year:
    """An agreement of some twenty promises of both sides, and its year."""
    rng = random.Random(seed)  # noqa: S311  (it has to be the same again)
    year = Year(seed, rng, date(rng.choice((2026, 2027)), 4, 1), working=rng.random() < 0.3)
    plots = [rng.choice(BREACHES) for _ in range(rng.randrange(3, 9))]
    plots += [rng.choice(INNOCENT) for _ in range(rng.randrange(6, 16))]
    rng.shuffle(plots)
    for plot in plots:
        plot(year)
    if rng.random() < 0.2:
        ended_first(year)
    return year
