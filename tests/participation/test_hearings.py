"""A hearing from its draft to its end: who may do what in it, and what its words mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from totalplace.participation import actions, queries
from totalplace.participation.rules.drafts import When, Who
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.replies import Answered, PointKind
from totalplace.places.rules.mandates import MAY, Act, Officer, Role
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .conftest import ABOUT, ADA, CLOSED, LAST, OPENS, UNCHANGED, WORDS, Hearing, a_draft, at
from .ways import opening

pytestmark = pytest.mark.django_db
Hearings = Callable[..., Hearing]
Appointed = Callable[..., Officer]


def test_a_hearing_asks_every_affected_agency_by_right_and_adds_up_what_is_at_stake(
    a_hearing: Hearings,
) -> None:
    affected = (Affected("nhs", 2_00, "a target"), Affected("nhs", 3_00), Affected("wex"))
    row = a_hearing().begin().open(affected=affected).row
    asked = {one.agency: (one.stake_pence, one.by_right) for one in row.consultees}
    assert asked == {"nhs": (5_00, True), "wex": (None, True)}
    assert row.closing_day == LAST
    assert len(row.digest) == 64


def test_a_later_reply_stands_in_place_of_an_earlier_one_which_then_needs_no_answer(
    a_hearing: Hearings,
) -> None:
    hearing = a_hearing().begin().open().reply("nhs", "object").reply("nhs", "agree", "")
    assert [one.stands for one in hearing.row.replies] == [False, True]
    assert [one.stands for one in hearing.row.points] == [False]
    hearing.close().finish().conclude()
    assert hearing.row.concluded_on == CLOSED


def test_a_late_reply_is_shown_as_late_and_waits_for_nobody_unless_it_is_taken_up(
    a_hearing: Hearings,
) -> None:
    hearing = a_hearing().begin().open().close().reply("nhs", "object", "We were on leave")
    assert hearing.row.replies[0].late
    assert not hearing.row.points
    actions.take_up(hearing.number, 1, by=ADA, on=at(CLOSED))
    assert [one.kind for one in hearing.row.points] == [PointKind.LATE_REPLY]
    hearing.finish()
    with pytest.raises(Refused, match="Point 1"):
        hearing.conclude()
    hearing.answer().conclude()


def test_a_late_reply_does_not_replace_an_objection_made_in_time(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin().open().reply().close().reply("nhs", "agree", "").finish()
    with pytest.raises(Refused, match="Point 1"):
        hearing.conclude()


def test_what_changed_is_said_in_pence_and_leads_to_where_it_stands(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin().open().reply("nhs", "agree if", "You pay a half", pence=9_00)
    led_to = Citation("targets", "wexshire/1")
    hearing.close().answer(1, Answered(changed=True, words=WORDS, pence=4_50, led_to=led_to))
    (said,) = queries.answers(ABOUT)
    assert (said.number, said.changed, said.pence, said.led_to) == (1, True, 4_50, led_to)
    assert hearing.row.replies[0].pence == 9_00


def test_a_late_paper_moves_the_last_day_on_and_is_named_as_late(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin().open()
    said = {"file_name": "late.csv", "content": b"1,2", "reason": "It was asked for"}
    actions.add_late_paper(hearing.number, "Late", **said, by=ADA, on=at(OPENS))  # type: ignore[arg-type]
    row = hearing.row
    assert row.closing_day == LAST + timedelta(days=14)
    assert [paper.late for paper in row.papers] == [None, OPENS]
    assert queries.paper_bytes(row.number, 2)[1] == b"1,2"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("virus.exe", b"x", "files? that people can open|a paper is a file"),
        ("page.html", b"<script>", "a paper is a file"),
        ("empty.pdf", b"", "it is empty"),
        ("large.pdf", b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_a_paper_is_a_file_that_people_can_open(
    a_hearing: Hearings, name: str, content: bytes, why: str
) -> None:
    hearing = a_hearing().begin()
    with pytest.raises(Refused, match=why):
        actions.add_paper(
            hearing.number, "P", file_name=name, content=content, by=ADA, on=at(OPENS)
        )


def test_a_paper_left_out_of_a_draft_is_not_frozen(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin(papers=2)
    actions.leave_out_paper(hearing.number, 1, by=ADA, on=at(OPENS))
    assert [paper.number for paper in hearing.open().row.papers] == [2]


def test_a_shorter_time_stands_with_its_reason(a_hearing: Hearings) -> None:
    when = When(OPENS, OPENS + timedelta(days=4), "The grant ends on Friday", urgent=True)
    row = a_hearing().begin(a_draft(when=when)).open().row
    assert row.closing_day == OPENS + timedelta(days=4)


def test_a_place_without_a_partnership_says_so(a_hearing: Hearings) -> None:
    who = Who(asks_partnership=False, why_not_partnership="There is none here")
    hearing = a_hearing().begin(a_draft(who=who)).open().close().finish("public").conclude()
    assert not hearing.row.asks_partnership
    assert queries.lacking(ABOUT, affected=["nhs"], on=CLOSED) == []


def test_a_partnership_that_there_is_cannot_be_left_out(a_hearing: Hearings) -> None:
    from totalplace.participation.actions.partnership.setting_up import set_up

    who = Who(asks_partnership=False, why_not_partnership="There is none here")
    hearing = a_hearing().begin(a_draft(who=who))
    said = {"name": "Wexshire Together", "purpose": "To advise", "accountable": "wex"}
    set_up("wexshire", **said, by=ADA, on=at(OPENS))
    with pytest.raises(Refused, match="it is asked by right"):
        hearing.open()
    sql = opening(hearing, OPENS, asks_partnership=False)
    with pytest.raises(DatabaseError, match="asked by right"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_section_with_a_key_that_it_has_not_is_refused(a_hearing: Hearings) -> None:
    hearing = a_hearing().begin()
    with pytest.raises(Refused, match="it has no colour"):
        actions.write_section(hearing.number, "when", {"colour": "x"}, by=ADA, on=at(OPENS))
    with pytest.raises(Refused, match="no section 'weather'"):
        actions.write_section(hearing.number, "weather", {}, by=ADA, on=at(OPENS))


def test_an_agency_that_is_no_member_of_the_place_holds_no_hearing(wexshire: None) -> None:
    from totalplace.places import actions as places

    places.register_agency("far", name="Far", kind="council", by=ADA, on=at(OPENS))
    with pytest.raises(Refused, match="no member of that place"):
        actions.begin(ABOUT, place="wexshire", agency="far", by=ADA, on=at(OPENS))


def test_every_act_stands_on_the_record(a_hearing: Hearings) -> None:
    hearing = a_hearing().heard()
    verbs = [entry.verb for entry in record.about(hearing.row.citation)]
    assert verbs == [
        "began a hearing", "added a paper", "opened", "replied", "answered",
        "finished the part of the partnership", "finished the part of the public", "concluded",
    ]  # fmt: skip


# Who may not: each role acts for its own, and a department official has no act but a reply.
def test_an_agency_does_not_answer_its_own_objection(
    a_hearing: Hearings, an_officer: Appointed
) -> None:
    hearing = a_hearing().begin().open().reply().close()
    nhs = an_officer("nora", Role.COMMISSIONER, agency="nhs")
    with pytest.raises(Refused, match="nora may not answer"):
        actions.answer(hearing.number, 1, UNCHANGED, by=nhs, on=at(CLOSED))


def test_nor_does_the_officer_who_spoke_for_it_whatever_else_they_may(
    a_hearing: Hearings, an_officer: Appointed
) -> None:
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Matter

    hearing = a_hearing().begin().open()
    both = an_officer("both")
    for role, of in (
        (Role.FINANCE_LEAD, Matter("nhs")),
        (Role.COMMISSIONER, Matter("", "wexshire")),
    ):
        places.grant("both", role, of, power="letter", from_day=OPENS, by=ADA, on=at(OPENS))
    actions.reply(hearing.number, "nhs", "object", "It costs us more", by=both, on=at(LAST))
    with pytest.raises(Refused, match="nobody answers their own objection"):
        actions.answer(hearing.number, 1, UNCHANGED, by=both, on=at(CLOSED))


def test_nobody_replies_for_another_body(a_hearing: Hearings, an_officer: Appointed) -> None:
    hearing = a_hearing().begin().open()
    nhs = an_officer("nora", Role.FINANCE_LEAD, agency="nhs")
    with pytest.raises(Refused, match="nora may not reply"):
        actions.reply(hearing.number, "pol", "agree", by=nhs, on=at(LAST))


@pytest.mark.parametrize(
    "act", [Act.PREPARE_HEARING, Act.ANSWER_HEARD, Act.CONCLUDE_HEARING, Act.NAME_THEMES]
)
def test_the_centre_holds_no_hearing_of_a_place(act: Act) -> None:
    assert Role.DEPARTMENT_OFFICIAL not in MAY[act].roles


_NUMBERS = count(1)


class Course(RuleBasedStateMachine):
    """Any course of a hearing: it never closes early, and concludes only when it is whole."""

    def __init__(self) -> None:
        super().__init__()
        # Each course has a proposal of its own, as the records are not emptied between them.
        self.hearing = Hearing(0, Citation("targets", f"wexshire/{next(_NUMBERS)}"), today=OPENS)

    def attempt(self, do: Callable[[], object]) -> None:
        """Do it; a refusal is lawful."""
        from django.db import transaction

        try:
            with transaction.atomic():
                do()
        except Refused:
            pass

    @initialize()
    def begun(self) -> None:
        when = When(self.hearing.today, self.hearing.today + timedelta(days=20), "It is small")
        self.hearing.begin(a_draft(when=when)).open()

    @rule(stance=st.sampled_from(["agree", "agree if", "object"]))
    def reply(self, stance: str) -> None:
        self.attempt(lambda: self.hearing.reply("nhs", stance))

    @rule()
    def answer(self) -> None:
        for point in self.hearing.row.points:
            self.attempt(lambda point=point: self.hearing.answer(point.number))  # type: ignore[misc]

    @rule(part=st.sampled_from(["public", "partnership"]))
    def finish(self, part: str) -> None:
        self.attempt(lambda: self.hearing.finish(part))

    @rule(days=st.integers(1, 12))
    def pass_days(self, days: int) -> None:
        self.hearing.today += timedelta(days=days)

    @precondition(lambda self: self.hearing.row.held is Stage.OPEN)
    @rule()
    def conclude(self) -> None:
        self.attempt(self.hearing.conclude)

    @invariant()
    def what_is_concluded_is_whole(self) -> None:
        if not self.hearing.number:
            return
        row = self.hearing.row
        if row.concluded_on is None:
            return
        assert row.closing_day is not None
        assert row.concluded_on > row.closing_day
        assert all(point.answer for point in row.points if point.stands)
        assert queries.lacking(row.about, affected=["nhs"], on=self.hearing.today) == []


def test_any_course_of_a_hearing_ends_whole_or_not_at_all(wexshire: None) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Course,
        settings=settings(
            max_examples=3, stateful_step_count=14, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
