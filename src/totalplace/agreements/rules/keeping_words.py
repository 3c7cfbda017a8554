"""Where a promise, a breach or a dispute stands, in words that a councillor would use."""

from __future__ import annotations

from datetime import date
from typing import Final, assert_never

from totalplace.agreements.rules import docket, ladder
from totalplace.agreements.rules.breaches import Breach, Ending
from totalplace.agreements.rules.keeping import Standing, Status
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.decisions.rules.days import in_words
from totalplace.money.pence import pounds


def stands(one: Standing) -> str:
    """Where a promise stands on its day, in a sentence without its full stop."""
    match one.status:
        case Status.NOT_YET_DUE:
            return f"due on {in_words(one.due)}"
        case Status.DUE_SOON:
            left = (one.due - one.on).days
            return f"due {'today' if not left else f'in {days(left)}'}, on {in_words(one.due)}"
        case Status.KEPT:
            return f"kept on {_kept(one)}"
        case Status.CURED:
            return f"kept on {_kept(one)}, {days(one.days_late)} late, within its days of cure"
        case Status.KEPT_LATE:
            return f"kept on {_kept(one)}, {days(one.days_late)} late"
        case Status.LATE | Status.IN_BREACH:
            return _late(one)
        case Status.ENDED:
            return "ended: it binds no longer"
        case Status.CANNOT_BE_TOLD:
            return "cannot be told: the text gives no sum on a line, or no act that shows it"
        case _:
            assert_never(one.status)


def breach(one: Breach, on: date) -> str:
    """A breach on a day, in a sentence without its full stop."""
    begun = f"late since {in_words(one.since)}"
    if one.known_from != one.since:
        begun += f", as the book shows since {in_words(one.known_from)}"
    if one.ended is None or one.ended > on:
        return f"{begun}, for {days(one.days_late(on))} now"
    how = _ENDED[one.how or Ending.KEPT_LATE]
    return f"{begun}; {how} on {in_words(one.ended)}, after {days(one.days_late(on))}"


_ENDED: Final = {
    Ending.CURED: "cured within its days",
    Ending.KEPT_LATE: "kept late",
    Ending.VARIED: "varied by both sides",
    Ending.DROPPED: "left out of the agreement by both sides",
}


def varied(one: Standing) -> str:
    """By which versions a promise was varied; empty where by none."""
    if not one.varied_by:
        return ""
    versions = " and ".join(str(number) for number in one.varied_by)
    return f"varied by version{'s' if len(one.varied_by) > 1 else ''} {versions}"


def what(promise: Promise) -> str:
    """What is promised, in a few words."""
    known = promise.pence is not None
    sum_of = pounds(promise.pence or 0).removesuffix(".00") if known else "a sum"
    return {
        Kind.PAY: f"pay {sum_of} for {promise.what}",
        Kind.DO: promise.what,
        Kind.REPORT: f"report: {promise.what}",
        Kind.LIFT: f"lift a rule: {promise.what}",
        Kind.SPEND: f"spend at least {sum_of} on {promise.what}",
    }[promise.kind]


def settled(promise: Promise) -> str:
    """What shows that a promise was kept."""
    if promise.kind is Kind.PAY:
        return f"money of line {promise.line} that came into the book by that day"
    if promise.kind is Kind.SPEND:
        return f"what was spent of line {promise.line} in the year, as the book has it"
    if promise.kind is Kind.LIFT:
        return "the entry of the record that says by which instrument the rule was lifted"
    return "an entry of the record" + (f": {promise.verb}" if promise.verb else "")


def days(count: int) -> str:
    """So many days."""
    return "1 day" if count == 1 else f"{count} days"


# What a button says.
DISPUTE_WORDS: Final = {
    ladder.Verb.ANSWER: "Answer it",
    ladder.Verb.ESCALATE: "Take it one step up",
    ladder.Verb.OFFER: "Offer to settle",
    ladder.Verb.SETTLE: "Settle as offered",
    ladder.Verb.DECLINE: "Decline the offer",
    ladder.Verb.ADJUDICATE: "Put the finding on record",
    ladder.Verb.WITHDRAW: "Withdraw it",
}
DISPUTE_DONE: Final = {
    ladder.Verb.ANSWER: "It was answered",
    ladder.Verb.ESCALATE: "It was taken one step up",
    ladder.Verb.OFFER: "A settlement was offered",
    ladder.Verb.SETTLE: "It was settled",
    ladder.Verb.DECLINE: "The offer was declined",
    ladder.Verb.ADJUDICATE: "The adjudicator found",
    ladder.Verb.WITHDRAW: "It was withdrawn",
}
DOCKET_WORDS: Final = {
    docket.Verb.ACCEPT: "Accept it",
    docket.Verb.REFUSE: "Refuse it",
    docket.Verb.BEGIN: "Say that work has begun",
    docket.Verb.LIFT: "Say that it is lifted",
    docket.Verb.RAISE_AGAIN: "Ask again",
    docket.Verb.EXPIRE: "Say that it is needed no more",
}
DOCKET_DONE: Final = {
    docket.Verb.ACCEPT: "It was accepted",
    docket.Verb.REFUSE: "It was refused",
    docket.Verb.BEGIN: "Work began",
    docket.Verb.LIFT: "The rule was lifted",
    docket.Verb.RAISE_AGAIN: "It was asked for again",
    docket.Verb.EXPIRE: "It is needed no more",
}


def _kept(one: Standing) -> str:
    return in_words(one.kept_on) if one.kept_on else "a day that is not known"


def _late(one: Standing) -> str:
    since = one.late_since or one.due
    begun = f"late since {in_words(since)}, for {days(one.days_late)}"
    if one.breach and one.status is Status.LATE:
        return f"{begun}; it may be cured until {in_words(one.breach.last_cure_day)}"
    return f"{begun}, and not cured"
