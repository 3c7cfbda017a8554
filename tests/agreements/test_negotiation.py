"""Offers that nobody changes, drafts that nobody else sees, and whose move it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.agreements import models
from totalplace.agreements.actions.drafts import begun as begun_from
from totalplace.agreements.actions.drafts import keep_draft
from totalplace.agreements.actions.negotiations import (
    accept,
    agree_to_publish,
    end,
    open_negotiation,
)
from totalplace.agreements.actions.offers import offer
from totalplace.agreements.queries.drafts import draft, drafts_of
from totalplace.agreements.queries.negotiations import (
    agreed_offer,
    broken,
    negotiations,
    offers,
    sides,
    texts,
)
from totalplace.agreements.queries.weighing import weighed
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lines import Bound, Condition, Where
from totalplace.agreements.rules.moves import Stage
from totalplace.agreements.rules.offers import Terms, Wished, Working, digest_of, text_of
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .negotiating import (
    ADA,
    COUNTER,
    FIRST,
    GUARANTEE,
    NOON,
    UNSAID,
    Bargain,
    a_line,
    a_promise,
    an_opening,
    begun,
)

PLACE, CENTRE = Side.PLACE, Side.CENTRE
Appointed = Callable[..., Officer]


@pytest.fixture
def bargain(db: None, an_officer: Appointed) -> Bargain:
    return begun(an_officer)


def test_the_place_offers_the_centre_counters_and_the_place_accepts_it_as_it_stands(
    bargain: Bargain,
) -> None:
    assert bargain.row.to_move is PLACE
    assert bargain.offered(PLACE, FIRST, 1).stage is Stage.WITH_CENTRE
    assert bargain.offered(CENTRE, COUNTER, 2).to_move is PLACE
    assert bargain.accepted(PLACE).stage is Stage.AGREED
    agreed = agreed_offer(1)
    assert (agreed.number, agreed.side, agreed.lines) == (2, CENTRE, COUNTER.lines)
    assert agreed.entitlements == (GUARANTEE,)
    assert agreed.promises == (a_promise(),)
    assert (agreed.model.code, agreed.place, agreed.host) == ("block-grant", "wexshire", "wex")
    assert (agreed.departments, agreed.years) == (("mhclg", "dft"), (2027, 2029))
    assert broken(1) == ""
    assert bargain.row.answer_by is None


def test_moves_out_of_turn_are_refused(bargain: Bargain) -> None:
    with pytest.raises(Refused, match="the place makes the first offer"):
        bargain.offered(CENTRE, FIRST)
    with pytest.raises(Refused, match="the place makes the first offer"):
        bargain.accepted(CENTRE)
    with pytest.raises(Refused, match="Nothing is agreed"):
        agreed_offer(1)
    bargain.offered(PLACE, FIRST)
    with pytest.raises(Refused, match="the last offer is its own"):
        bargain.accepted(PLACE)
    with pytest.raises(Refused, match="the last offer is its own"):
        bargain.offered(PLACE, COUNTER, 2)
    bargain.accepted(CENTRE)
    with pytest.raises(Refused, match="the negotiation is agreed"):
        bargain.offered(PLACE, FIRST, 4)
    with pytest.raises(Refused, match="the negotiation is agreed"):
        bargain.drafted(PLACE, COUNTER, 4)


def test_an_offer_needs_a_draft_a_reason_and_a_day_after_today(bargain: Bargain) -> None:
    by, on = bargain.place, bargain.at(1)
    later = bargain.at(9).date()
    with pytest.raises(Refused, match="has no draft"):
        offer(1, PLACE, reason="Now", answer_by=later, by=by, on=on)
    bargain.drafted(PLACE, Terms())
    with pytest.raises(Refused, match="no funding line"):
        offer(1, PLACE, reason="Now", answer_by=later, by=by, on=on)
    bargain.drafted(PLACE, FIRST)
    with pytest.raises(Refused, match="not after today"):
        offer(1, PLACE, reason="Now", answer_by=on.date(), by=by, on=on)
    with pytest.raises(Refused, match="no reason"):
        offer(1, PLACE, reason=" ", answer_by=later, by=by, on=on)


def test_a_day_that_passed_unanswered_is_shown_and_ends_nothing(bargain: Bargain) -> None:
    row = bargain.offered(PLACE, FIRST, 1)
    assert row.answer_by is not None
    assert not row.lapsed(row.answer_by)
    assert row.lapsed(row.answer_by + timedelta(days=1))
    assert bargain.accepted(CENTRE, 30).stage is Stage.AGREED


def test_under_the_model_of_the_mission_the_centre_adds_no_target_and_no_condition(
    bargain: Bargain,
) -> None:
    bargain.offered(PLACE, FIRST)
    with pytest.raises(Refused, match="targets are set by the place"):
        bargain.offered(CENTRE, replace(COUNTER, targets=(Wished("jobs", "More jobs"),)), 2)
    tied = a_line(conditions=(Condition(Bound.REPORT, "Report each week"),))
    with pytest.raises(Refused, match="cannot add a condition"):
        bargain.offered(CENTRE, replace(FIRST, lines=(tied,)), 2)
    with pytest.raises(Refused, match="for the place to offer"):
        owed = a_promise(by="wex", to="mhclg", what="cuts waiting by half")
        bargain.offered(CENTRE, replace(FIRST, promises=(owed,)), 2)
    with pytest.raises(Refused, match="cannot add an entitlement"):
        bargain.offered(CENTRE, FIRST, 2)
        bargain.offered(PLACE, COUNTER, 3)


def test_the_database_too_refuses_a_target_of_the_centre(bargain: Bargain) -> None:
    bargain.offered(PLACE, FIRST)
    bargain.offered(CENTRE, COUNTER, 2)
    last = models.NegotiationStep.objects.get(turn=1)
    made = models.NegotiationStep.objects.get(turn=2)
    text = made.text.replace('"targets": []', '"targets": [{"indicator": "jobs", "words": "x"}]')
    values = {f.attname: getattr(made, f.attname) for f in models.NegotiationStep._meta.fields}  # noqa: SLF001
    values |= {"id": None, "text": text, "digest": digest_of(text), "turn": 3, "number": 3}
    with pytest.raises(DatabaseError, match="out of turn"), transaction.atomic():
        models.NegotiationStep.objects.create(**values)
    bargain_row = begun_again(bargain)
    values |= {"negotiation_id": bargain_row, "turn": 2, "number": 2}
    step = models.NegotiationStep.objects.get(negotiation_id=bargain_row, turn=1)
    text = text.replace(last.digest, step.digest).replace(
        bargain.row.digest, digest_at(bargain_row)
    )
    values |= {"previous": step.digest, "text": text, "digest": digest_of(text)}
    with pytest.raises(DatabaseError, match="sets no target"), transaction.atomic():
        models.NegotiationStep.objects.create(**values)
    text = text_of(an_opening(title="x"))
    place, host = bargain_place(bargain_row)
    with pytest.raises(DatabaseError, match="centre_sets_no_target"), transaction.atomic():
        models.Negotiation.objects.create(
            number=3, place_id=place, host_id=host, model="block-grant", title="x",
            centre_may_set_targets=True, text=text, digest=digest_of(text), by="x", on=NOON,
        )  # fmt: skip


def bargain_place(negotiation: int) -> tuple[int, int]:
    row = models.Negotiation.objects.get(pk=negotiation)
    return row.place_id, row.host_id


def begun_again(bargain: Bargain) -> int:
    """A second negotiation, in which the place has made its first offer."""
    row = open_negotiation(an_opening(title="Another"), by=bargain.place, on=NOON)
    replace(bargain, number=row.number).offered(PLACE, FIRST)
    return row.id


def digest_at(negotiation: int) -> str:
    return models.Negotiation.objects.get(pk=negotiation).digest


@pytest.mark.parametrize(
    "table",
    [
        "negotiation", "negotiationdepartment", "workingdraft", "negotiationstep",
        "publishconsent", "sidekey",
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.django_db
def test_nothing_of_a_negotiation_is_changed_or_erased(table: str, what: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what.format(f"agreements_{table}"))


def test_a_text_that_says_otherwise_than_its_step_is_refused(bargain: Bargain) -> None:
    bargain.offered(PLACE, FIRST)
    made = models.NegotiationStep.objects.get(turn=1)
    values = {f.attname: getattr(made, f.attname) for f in models.NegotiationStep._meta.fields}  # noqa: SLF001
    values |= {"id": None, "turn": 2, "number": 2, "before": "with the centre",
               "after": "with the place", "side": "centre", "previous": made.digest}  # fmt: skip
    with pytest.raises(DatabaseError, match="says otherwise"), transaction.atomic():
        models.NegotiationStep.objects.create(**values)
    values["digest"] = "0" * 64
    with pytest.raises(DatabaseError, match=r"is_its_text|says otherwise"), transaction.atomic():
        models.NegotiationStep.objects.create(**values)


def test_each_side_reads_its_own_draft_and_never_the_other_sides(bargain: Bargain) -> None:
    bargain.drafted(PLACE, FIRST)
    bargain.drafted(CENTRE, COUNTER)
    for side, other in ((PLACE, CENTRE), (CENTRE, PLACE)):
        mine = draft(1, side, by=bargain.who(side), on=bargain.at(2))
        assert mine is not None
        assert mine.working.savings[0].what == UNSAID
        with pytest.raises(Refused, match="may not draft"):
            draft(1, other, by=bargain.who(side), on=bargain.at(2))
        with pytest.raises(Refused, match="may not draft"):
            keep_draft(1, other, Working(), by=bargain.who(side), on=bargain.at(2))


def test_no_other_role_reads_a_draft_of_either_side(
    bargain: Bargain, an_officer: Appointed
) -> None:
    bargain.drafted(PLACE, FIRST)
    bargain.drafted(CENTRE, COUNTER)
    readers: list[Officer | Operator] = [an_officer("stranger"), Operator("Root")]
    everywhere = (Role.ADMINISTRATOR, Role.DATA_STEWARD, Role.AUDITOR)
    for n, role in enumerate(Role):
        readers += [an_officer(f"own{n}", role, agency="wex")]
        readers += [an_officer(f"other{n}", role, agency="icb")]
        if role not in (Role.COMMISSIONER, Role.FINANCE_LEAD):  # who negotiate for the place
            of = {} if role in everywhere else {"place": "wexshire"}
            readers += [an_officer(f"place{n}", role, **of)]
    for by in readers:
        assert sides(bargain.row, by=by, on=bargain.at(2)) == []
        for side in Side:
            with pytest.raises(Refused):
                draft(1, side, by=by, on=bargain.at(2))


def test_who_holds_mandates_of_both_sides_stands_on_neither(bargain: Bargain) -> None:
    bargain.drafted(PLACE, FIRST)
    places.grant(
        "pat", Role.DEPARTMENT_OFFICIAL, Matter("mhclg"), power="seconded", by=ADA, on=NOON
    )
    for side in Side:
        with pytest.raises(Refused, match="mandates of both sides"):
            draft(1, side, by=bargain.place, on=bargain.at(2))
    assert sides(bargain.row, by=bargain.place, on=bargain.at(2)) == []


def test_the_database_shows_no_draft_to_who_has_not_said_for_which_side(bargain: Bargain) -> None:
    bargain.drafted(PLACE, FIRST)
    assert models.WorkingDraft.objects.count() == 0
    with drafts_of(bargain.row.id, CENTRE):
        assert models.WorkingDraft.objects.count() == 0
    with drafts_of(bargain.row.id, PLACE):
        assert models.WorkingDraft.objects.count() == 1
    assert models.WorkingDraft.objects.count() == 0


def test_neither_offer_nor_record_quotes_a_draft(bargain: Bargain) -> None:
    bargain.offered(PLACE, FIRST)
    bargain.offered(CENTRE, COUNTER, 2)
    opening, steps = texts(1)
    written = "\n".join(str(entry) for entry in record.entries())
    assert all(UNSAID not in said for said in (opening, *steps, written))
    assert "Our last word" not in "".join(steps)
    assert "4000000" not in written


def test_the_public_reads_what_both_sides_agreed_to_publish_and_nothing_else(
    bargain: Bargain, an_officer: Appointed
) -> None:
    on = bargain.at(3)
    with pytest.raises(Refused, match="no offer was made"):
        agree_to_publish(1, PLACE, by=bargain.place, on=on)
    bargain.offered(PLACE, FIRST)
    agree_to_publish(1, PLACE, by=bargain.place, on=on)
    with pytest.raises(Refused, match="agreed to that already"):
        agree_to_publish(1, PLACE, by=bargain.place, on=on)
    assert offers(1, by=None, on=on) == []
    bargain.offered(CENTRE, COUNTER, 4)
    agree_to_publish(1, CENTRE, by=bargain.centre, on=bargain.at(5))
    assert [one.number for one in offers(1, by=None, on=on)] == [1]
    member = an_officer("lee", Role.ELECTED_MEMBER, place="wexshire")
    assert [one.number for one in offers(1, by=member, on=on)] == [1, 2]
    stranger = an_officer("stranger", Role.AUDITOR, agency="dft")
    assert [one.number for one in offers(1, by=stranger, on=on)] == [1]


def test_a_draft_goes_on_from_the_last_offer_and_keeps_its_savings(bargain: Bargain) -> None:
    bargain.offered(PLACE, FIRST)
    bargain.offered(CENTRE, COUNTER, 2)
    found = begun_from(1, PLACE, by=bargain.place, on=bargain.at(3))
    assert found.terms == COUNTER
    assert found.savings[0].what == UNSAID
    bargain.drafted(PLACE, FIRST, 3)
    assert begun_from(1, PLACE, by=bargain.place, on=bargain.at(4)).terms == FIRST
    with pytest.raises(Refused, match="was not changed"):
        bargain.drafted(PLACE, FIRST, 4)


def test_either_side_ends_it_with_a_reason(bargain: Bargain) -> None:
    with pytest.raises(Refused, match="no reason"):
        end(1, CENTRE, reason="", by=bargain.centre, on=NOON)
    assert end(1, CENTRE, reason="No money", by=bargain.centre, on=NOON).stage is Stage.ENDED
    with pytest.raises(Refused, match="ended without agreement"):
        accept(1, PLACE, reason="Yes", by=bargain.place, on=NOON)
    assert [row.number for row in negotiations("wexshire")] == [1]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"model": "wishes"}, "no model"),
        ({"title": " "}, "no title"),
        ({"last_year": 2026}, "before its first"),
        ({"departments": ()}, "department"),
        ({"departments": ("wex",)}, "is no department"),
        ({"host": "dft"}, "does not belong"),
        ({"edition": "wexshire/2024-25/1"}, "no edition"),
    ],
)
def test_what_cannot_be_negotiated_says_why(
    bargain: Bargain, said: dict[str, object], why: str
) -> None:
    opening = an_opening(**{"title": "Another", **said})
    with pytest.raises((Refused, IndexError), match=why):
        open_negotiation(opening, by=bargain.place, on=NOON)


def test_a_negotiation_is_opened_once_and_by_the_place(bargain: Bargain) -> None:
    with pytest.raises(Refused, match="open already"):
        open_negotiation(an_opening(), by=bargain.place, on=NOON)
    with pytest.raises(Refused, match="may not"):
        open_negotiation(an_opening(title="Ours"), by=bargain.centre, on=NOON)


def test_what_an_offer_costs_is_the_difference_of_two(bargain: Bargain) -> None:
    moved = replace(FIRST.lines[1], where=Where.BLOCK, reason="Ours now", conditions=())
    after = replace(COUNTER, lines=(COUNTER.lines[0], moved))
    found = weighed(FIRST, after, place="wexshire", departments=("mhclg", "dft"))
    assert (found.sum.devolved, found.sum.place, found.sum.centre) == (
        8_500_000_00, 2_000_000_00, 0,
    )  # fmt: skip
    promised = [one.burden for one in found.costs if one.about == "promise"]
    assert promised == ["is how the line is paid, and adds nothing to it"]
    lifted = [one.conditions_lifted for one in found.costs if one.title == moved.fund]
    assert lifted == [("ring-fence: Courses for adults alone",)]
    assert (found.before, found.after) == (None, None)


def test_a_text_reads_back_to_what_it_was(bargain: Bargain) -> None:
    bargain.drafted(PLACE, FIRST)
    held = draft(1, PLACE, by=bargain.place, on=bargain.at(2))
    assert held is not None
    assert text_of(held.working.terms) == text_of(FIRST)
