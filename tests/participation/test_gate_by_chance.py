"""Python and the database say the same of any history, for hearings and for decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.participation import actions, queries
from totalplace.participation.rules.drafts import When, Who
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.hearings import Stage
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .conftest import ABOUT, ADA, BEGUN, OPENS, UNCHANGED, Hearing, a_draft, at

pytestmark = pytest.mark.django_db
Hearings = Callable[..., Hearing]
FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ACTS = [
    "begin", "open", "object", "agree", "late paper", "answer", "public", "partnership",
    "conclude", "withdraw", "pass a week", "pass a month", "close",
]  # fmt: skip


def asked(sql: str, *values: str | date) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, [str(value) for value in values])
        return cursor.fetchone()[0]


class History:
    """A run of acts, each of which may be refused; days only pass."""

    def __init__(self) -> None:
        self.day, self.numbers = BEGUN, list[int]()

    def do(self, act: str) -> None:
        """Try one act; a refusal changes nothing, nor does one of the database."""
        if act.startswith("pass"):
            self.day += timedelta(days=7 if act == "pass a week" else 30)
            return
        try:
            with transaction.atomic():
                getattr(self, act.replace(" ", "_"))()
        except Refused:
            pass

    @property
    def hearing(self) -> Hearing:
        """The hearing last begun."""
        return Hearing(self.numbers[-1] if self.numbers else 1, today=self.day)

    def begin(self) -> None:
        days = When(self.day, self.day + timedelta(days=20), "It is a small matter")
        who = Who(asks_partnership=len(self.numbers) % 2 == 0, why_not_partnership="there is none")
        row = actions.begin(
            ABOUT, place="wexshire", agency="wex", draft=a_draft(when=days, who=who), by=ADA,
            on=at(self.day),
        )  # fmt: skip
        actions.add_paper(
            row.number, "Paper", file_name="p.pdf", content=b"paper", by=ADA, on=at(self.day)
        )
        self.numbers.append(row.number)

    def open(self) -> None:
        affected = (Affected("wex"), Affected("nhs"))
        actions.open_hearing(self.hearing.number, affected=affected, by=ADA, on=at(self.day))

    def object(self) -> None:
        self.hearing.reply("nhs", "object")

    def agree(self) -> None:
        self.hearing.reply("nhs", "agree", "")

    def late_paper(self) -> None:
        actions.add_late_paper(
            self.hearing.number, "Late", file_name="l.pdf", content=b"late", reason="It was asked",
            by=ADA, on=at(self.day),
        )  # fmt: skip

    def answer(self) -> None:
        for point in self.hearing.row.points:
            self.hearing.answer(point.number)

    def public(self) -> None:
        self.hearing.finish("public")

    def partnership(self) -> None:
        self.hearing.finish("partnership")

    def conclude(self) -> None:
        self.hearing.conclude()

    def withdraw(self) -> None:
        actions.withdraw(self.hearing.number, reason="Wrong papers", by=ADA, on=at(self.day))

    def close(self) -> None:
        closing = self.hearing.row.closing_day
        if closing is not None and closing >= self.day:
            self.day = closing + timedelta(days=1)


# Most histories drawn blindly end before they are heard; these carry one to its end and beyond.
WHOLE = ["begin", "open", "object", "close", "answer", "public", "partnership", "conclude"]


@FEW
@given(
    before=st.lists(st.sampled_from(ACTS), max_size=6),
    skip=st.sets(st.integers(0, len(WHOLE) - 1), max_size=1),
    after=st.lists(st.sampled_from(ACTS), max_size=5),
    look=st.integers(-30, 30),
)
def test_the_database_lacks_what_python_lacks(
    wexshire: None, before: list[str], skip: set[int], after: list[str], look: int
) -> None:
    whole = [act for n, act in enumerate(WHOLE) if n not in skip]
    with transaction.atomic():
        history = History()
        for act in [*before, *whole, *after]:
            history.do(act)
        for day in (history.day, history.day + timedelta(days=look)):
            found = queries.lacking(ABOUT, affected=(), on=day)
            said = asked("SELECT participation_lacks(%s, %s, %s)", ABOUT.kind, ABOUT.id, day)
            assert (said is None) == (found == []), (said, found)
        for code in ("wex", "nhs", "pol"):
            left_out = any("was not asked" in one.what and one.what.startswith(code) for one in
                           queries.lacking(ABOUT, affected=[code], on=history.day))  # fmt: skip
            reached = asked("SELECT participation_asked(%s, %s, %s, %s)", ABOUT.kind, ABOUT.id,
                            code, history.day)  # fmt: skip
            assert queries.counting(ABOUT) is None or left_out is not reached
        transaction.set_rollback(True)


def a_body(call_in: bool) -> None:
    day = at(date(2026, 1, 1))
    decisions.add_body("cab", agency="wex", kind="executive", name="Cabinet", by=ADA, on=day)
    rules = OwnRules(
        "council-executive", date(2026, 1, 1), "Constitution", frozenset({"executive"}),
        500_000_00, None, CallInWindow(5, Counting.WORKING, 1) if call_in else None,
    )  # fmt: skip
    decisions.set_rules("cab", rules, by=ADA, on=day)


def decide(verb: str, day: date) -> None:
    """Try one verb on the one decision; a refusal changes nothing."""
    on, cited = at(day), "cab/1"
    try:
        with transaction.atomic():
            match verb:
                case "notice":
                    decisions.give_notice(cited, planned_on=day + timedelta(days=29), by=ADA, on=on)
                case "take":
                    decisions.take(cited, Taking("It serves", ["Cllr Lee"]), by=ADA, on=on)
                case "refuse":
                    decisions.refuse(cited, Taking("It does not", ["Cllr Lee"]), by=ADA, on=on)
                case "call in":
                    decisions.call_in(cited, reason="Look", members=["Cllr Day"], by=ADA, on=on)
                case "uphold":
                    decisions.answer_call_in(cited, Verb.UPHOLD, reason="Heard", by=ADA, on=on)
                case "refer back":
                    decisions.answer_call_in(cited, Verb.REFER_BACK, reason="No", by=ADA, on=on)
                case "confirm":
                    taking = Taking("Again", ["Cllr Lee"])
                    decisions.reconsider(cited, Verb.CONFIRM, taking, by=ADA, on=on)
    except Refused:
        pass


VERBS = ["notice", "take", "refuse", "call in", "uphold", "refer back", "confirm", "pass"]


@FEW
@given(
    key=st.booleans(),
    window=st.booleans(),
    heard=st.booleans(),
    early=st.booleans(),
    verbs=st.lists(st.sampled_from(VERBS), min_size=2, max_size=7),
    passing=st.integers(1, 40),
)
def test_the_database_and_python_agree_whether_a_decision_stands(
    a_hearing: Hearings, key: bool, window: bool, heard: bool, early: bool, verbs: list[str],
    passing: int,
) -> None:  # fmt: skip
    with transaction.atomic():
        a_body(window)
        day = OPENS
        proposal = Proposal("T", "S", "executive", date(2026, 6, 30), 900_000_00 if key else 1, 1,
                            about=ABOUT)  # fmt: skip
        decisions.propose("cab", proposal, by=ADA, on=at(BEGUN))
        decisions.comment_on_finance("cab/1", "Affordable.", by=ADA, on=at(BEGUN))
        if heard:
            day = a_hearing().heard().today
        day += timedelta(days=0 if early else 1)
        for verb in verbs:
            if verb == "pass":
                day += timedelta(days=passing)
            decide(verb, day)
        for on in (day, day + timedelta(days=passing)):
            said = asked("SELECT decisions_lacks(%s, %s, %s, %s)", "cab/1", *_of(ABOUT), on)
            cited = Citation("decision", "cab/1")
            try:
                queries.require_decided(cited, ABOUT, agency="wex", on=on)
                refused = None
            except Refused as error:
                refused = error
            assert (said is None) == (refused is None), (said, refused)
        transaction.set_rollback(True)


def _of(about: Citation) -> tuple[str, str]:
    return about.kind, about.id


def test_a_hearing_that_counts_is_the_last_that_was_opened_and_not_withdrawn(
    a_hearing: Hearings,
) -> None:
    first = a_hearing().heard()
    second = Hearing(0, today=first.today).begin(
        a_draft(when=When(first.today, first.today + timedelta(days=83)))
    )
    second.open()
    counting = queries.counting(ABOUT)
    assert counting is not None
    assert counting.number == second.number
    assert counting.stage(second.today) is Stage.OPEN
    actions.withdraw(second.number, reason="Not needed", by=Operator("Ada"), on=at(second.today))
    again = queries.counting(ABOUT)
    assert again is not None
    assert again.number == first.number


def test_an_answer_may_be_given_again_and_the_last_stands(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin().open().reply().close().answer()
    said = hearing.row.points[0].answer
    assert said is not None
    hearing.answer(1, UNCHANGED)
    last = hearing.row.points[0].answer
    assert last is not None
    assert (last.number, [one.stands for one in hearing.row.points[0].answers]) == (
        2, [False, True],
    )  # fmt: skip
