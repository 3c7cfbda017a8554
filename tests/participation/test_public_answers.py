"""Residents answer once, may change it until the last day, and nothing that arrived is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.participation import models
from totalplace.participation.actions import answering, asking, receiving
from totalplace.participation.actions.answering import NotUnderstood, Receipt, Sent
from totalplace.participation.actions.theming import forget_unsent
from totalplace.participation.definitions.public import prefer_not, question_about
from totalplace.participation.queries import public, responses
from totalplace.participation.rules.public.questions import AGREEMENT, Kind, Question
from totalplace.participation.rules.public.results import Results
from totalplace.refusal import Refused

from .conftest import ADA, CLOSED, LAST, OPENS, Hearing, at

KEYS = (b"a key of the installation",)
QUESTIONS = (
    Question(0, Kind.SCALE, "Do you agree?", choices=AGREEMENT, required=True),
    Question(0, Kind.SEVERAL, "Which matter to you?", choices=("Buses", "Parks", "Libraries")),
    Question(0, Kind.FREE, "Why?"),
    question_about("age"),
)
SAID = {"q1": ["Agree"], "q2": ["Buses", "Parks"], "q3": ["The number 12 was cut."]}


@pytest.fixture
def hearing(a_hearing: Callable[..., Hearing]) -> Hearing:
    """A hearing that is open and asks four questions."""
    begun = a_hearing().begin()
    asking.set_questions(1, QUESTIONS, by=ADA, on=at(OPENS))
    return begun.open()


def respond(form: str = "form 1", **more: Any) -> Receipt:
    """Answer as somebody would, on the first day unless another is said."""
    day = more.pop("day", OPENS)
    said = {**SAID, **more.pop("said", {})}
    sent = Sent(form, more.pop("seconds", 60.0), more.pop("hidden_box", ""), more.pop("code", ""))
    return answering.respond(1, said, sent, keys=KEYS, on=at(day))


def counted() -> Results:
    """The results once the last day is over."""
    return responses.results_of(1, on=at(CLOSED))


def stands(receipt: str) -> public.ResponseRow:
    return public.response_of(public.head(1, on=at(OPENS)), receipt, KEYS)


def test_an_answer_is_read_back_with_its_receipt_however_it_is_typed(hearing: Hearing) -> None:
    receipt = respond().code
    assert len(receipt) == 19
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert stands(typed).answers[3] == ("The number 12 was cut.",)
    with pytest.raises(Refused, match="no answer with this receipt"):
        stands("AAAA-BBBB-CCCC-DDDD")


def test_the_same_form_sent_twice_is_one_answer_with_one_receipt(hearing: Hearing) -> None:
    first, second = respond(), respond()
    assert (second.code, second.again) == (first.code, True)
    assert counted().arrived.received == 1
    assert stands(first.code).turn == 1


def test_the_same_form_sent_with_other_words_is_a_later_version_of_one_answer(
    hearing: Hearing,
) -> None:
    receipt = respond().code
    assert respond(said={"q1": ["Disagree"]}).code == receipt
    assert (stands(receipt).turn, stands(receipt).answers[1]) == (2, ("Disagree",))
    assert counted().arrived.counted == 1


def test_an_answer_is_changed_with_its_receipt_until_the_end_of_the_last_day(
    hearing: Hearing,
) -> None:
    receipt = respond().code
    answering.change(1, receipt, {**SAID, "q1": ["Disagree"]}, keys=KEYS, on=at(LAST))
    assert stands(receipt).answers[1] == ("Disagree",)
    with pytest.raises(Refused, match="its last day was 3 May 2026"):
        answering.change(1, receipt, SAID, keys=KEYS, on=at(CLOSED))


@pytest.mark.parametrize(("day", "why"), [
    (OPENS - timedelta(days=1), "it begins on 9 February 2026"),
    (CLOSED, "its last day was 3 May 2026"),
])  # fmt: skip
def test_nobody_answers_outside_the_days_of_the_hearing(
    a_hearing: Callable[..., Hearing], day: Any, why: str
) -> None:
    begun = a_hearing().begin()
    begun.open(on=OPENS - timedelta(days=2))
    with pytest.raises(Refused, match=why):
        answering.respond(1, {"q1": ["Agree"]}, Sent("f", 9.0), keys=KEYS, on=at(day))


def test_a_hearing_without_questions_asks_what_is_usually_asked(
    a_hearing: Callable[..., Hearing],
) -> None:
    a_hearing().begin().open()
    said = {"q1": ["Agree"], "q2": ["Think of the number 12."]}
    answering.respond(1, said, Sent("f", 9.0), keys=KEYS, on=at(OPENS))
    assert counted().arrived.counted == 1


def test_questions_stand_as_they_are_once_the_hearing_is_open(hearing: Hearing) -> None:
    with pytest.raises(Refused, match="frozen when it opens"):
        asking.set_questions(1, QUESTIONS[:1], by=ADA, on=at(OPENS))
    with pytest.raises(DatabaseError, match="needs one that is draft"), transaction.atomic():
        models.PublicQuestions.objects.create(
            hearing_id=hearing.row.id, questions=[], by="x", on=at(OPENS)
        )


@pytest.mark.parametrize(("said", "wrong"), [
    ({"q1": []}, "Choose an answer to question 1"),
    ({"q1": ["Certainly"]}, "Choose from what question 1 offers"),
    ({"q1": ["Agree", "Disagree"]}, "Choose one answer to question 1"),
    ({"q3": ["x" * 5_001]}, "1 letters longer than the 5,000"),
    ({"group_name": ["Friends of the park"]}, "Say how the people of the group were asked"),
    ({"group_size": ["many"], "group_name": ["F"], "group_how": ["At a meeting"]}, "as a number"),
])  # fmt: skip
def test_what_is_wrong_with_an_answer_is_said_and_nothing_is_kept(
    hearing: Hearing, said: dict[str, list[str]], wrong: str
) -> None:
    with pytest.raises(NotUnderstood, match=wrong):
        respond(said=said)
    assert models.Response.objects.count() == 0


def test_an_answer_of_a_group_counts_as_one_and_says_for_how_many_it_speaks(
    hearing: Hearing,
) -> None:
    group = {"group_name": ["Friends"], "group_size": ["1,200"], "group_how": ["At a meeting"]}
    respond(said=group)
    found = counted().arrived
    assert (found.counted, found.groups, found.spoken_for) == (1, 1, 1200)


@pytest.mark.parametrize(("sent", "why"), [
    ({"hidden_box": "x"}, "a box that people cannot see was filled in"),
    ({"seconds": 1.0}, "it was sent within 4 seconds of opening the form"),
    ({"said": {"q3": ["www.a.b " * 4]}}, "it holds 4 addresses of the web"),
    ({"said": {"q3": ["[url=x]buy[/url]"]}}, "it holds the code of a link"),
])  # fmt: skip
def test_what_looks_like_spam_is_kept_apart_with_its_reason_and_can_be_put_back(
    hearing: Hearing, sent: dict[str, Any], why: str
) -> None:
    respond("good")
    assert len(respond("bad", **sent).code) == 19  # a machine learns nothing from the answer
    found = counted().arrived
    assert (found.received, found.counted, found.apart) == (2, 1, ((why, 1),))
    row = responses.every_response(1, by=ADA, on=at(CLOSED))[-1]
    assert (row.apart, row.apart_by) == (why, "the program")
    receiving.put_back(1, row.id, "A person wrote it", by=ADA, on=at(CLOSED))
    assert counted().arrived.counted == 2
    receiving.hold_apart(1, row.id, "An advertisement for loans", by=ADA, on=at(CLOSED))
    assert counted().arrived.apart == (("An advertisement for loans", 1),)


def test_stuffing_the_ballot_with_one_text_shows_as_a_campaign_and_counts_once_beside(
    hearing: Hearing,
) -> None:
    letter = "Save the number 12 bus, which our children take to school every single day!"
    for number in range(30):
        respond(f"stuffed {number}", said={"q3": [letter.upper() if number % 2 else letter]})
    for number in range(12):
        respond(f"own {number}", said={"q1": ["Disagree"], "q3": [f"My own view, number {number}"]})
    found = counted()
    assert (found.arrived.received, found.arrived.counted, found.arrived.counted_once) == (
        42, 42, 13,
    )  # fmt: skip
    assert [len(one.answers) for one in found.campaigns] == [30]
    agree = next(row for row in found.tables[0].rows if row.choice == "Agree")
    assert (agree.received, agree.counted_once) == (30, None)  # 1 is too few to be shown


def test_every_answer_that_arrived_is_counted_or_apart(hearing: Hearing) -> None:
    for number in range(20):
        respond(f"form {number % 15}", hidden_box="x" if number % 3 == 0 else "")
    found = counted().arrived
    assert found.received == 15 == found.counted + sum(count for _, count in found.apart)


def test_a_code_is_used_once_and_its_answer_is_verified(hearing: Hearing) -> None:
    codes = asking.issue_codes(1, 3, keys=KEYS, by=ADA, on=at(OPENS))
    assert respond("a", code=codes[0].lower()).verified
    with pytest.raises(Refused, match="used before"):
        respond("b", code=codes[0])
    with pytest.raises(Refused, match="not one of those that were sent out"):
        respond("c", code="AAAA-BBBB-CCCC-DDDD")
    assert not respond("d").verified
    assert counted().arrived.verified == 1
    assert responses.codes_issued(hearing.row.id) == (3, 1)


def test_nobody_can_tell_from_the_records_which_code_gave_which_answer(hearing: Hearing) -> None:
    codes = asking.issue_codes(1, 40, keys=KEYS, by=ADA, on=at(OPENS))
    for number, code in enumerate(codes[:5]):
        respond(f"form {number}", code=code)
    rows = list(models.ResponseCode.objects.order_by("pk"))
    digests = [row.digest for row in rows]
    assert digests == sorted(digests)  # not in the order of the letters
    assert not any(code in repr(rows) or code.replace("-", "") in repr(rows) for code in codes)
    fields = {field.name for field in models.ResponseCode._meta.get_fields()}  # noqa: SLF001
    assert fields == {"id", "hearing", "digest", "used"}  # neither when nor for what
    hearing.close()
    forget_unsent(on=at(CLOSED))
    assert models.CodeSalt.objects.get().salt == ""  # nor can the hashes be made again


def test_a_used_code_cannot_be_made_unused_even_in_the_database(hearing: Hearing) -> None:
    code = asking.issue_codes(1, 1, keys=KEYS, by=ADA, on=at(OPENS))[0]
    respond("a", code=code)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.ResponseCode.objects.update(used=False)


def test_an_answer_that_is_kept_for_later_comes_back_by_its_link_and_is_emptied(
    hearing: Hearing,
) -> None:
    link = answering.keep_for_later(1, {"q3": ["Half a thought"]}, keys=KEYS, on=at(OPENS))
    found = public.head(1, on=at(OPENS))
    assert public.kept_fields(found, link, KEYS) == {"q3": ["Half a thought"]}
    assert link not in repr(list(models.KeptAnswer.objects.values()))
    other = answering.keep_for_later(1, {"q3": ["Another"]}, keys=KEYS, on=at(OPENS))
    answering.forget_kept(1, link, keys=KEYS, on=at(OPENS))
    with pytest.raises(Refused, match="Nothing is kept under this link"):
        public.kept_fields(found, link, KEYS)
    assert forget_unsent(on=at(LAST)) == 0
    assert forget_unsent(on=at(CLOSED)) == 1
    with pytest.raises(Refused, match="Nothing is kept"):
        public.kept_fields(found, other, KEYS)


def test_a_receipt_holds_after_the_key_of_the_installation_was_changed(hearing: Hearing) -> None:
    receipt = respond().code
    later = (b"another key", *KEYS)
    found = public.head(1, on=at(OPENS))
    assert public.response_of(found, receipt, later).turn == 1
    assert answering.respond(1, SAID, Sent("form 1", 9.0), keys=later, on=at(OPENS)).code == receipt


def test_answers_are_read_one_by_one_only_by_those_who_may(
    hearing: Hearing, an_officer: Callable[..., Any]
) -> None:
    from totalplace.places.rules.mandates import Role

    respond()
    finance = an_officer("fin", Role.FINANCE_LEAD, place="wexshire")
    steward = an_officer("ste", Role.DATA_STEWARD, place="wexshire")
    later = at(CLOSED.replace(month=7))
    with pytest.raises(Refused, match="read what the public answered"):
        responses.every_response(1, by=finance, on=later)
    assert len(responses.every_response(1, by=steward, on=later)) == 1


def test_results_are_for_after_the_last_day(hearing: Hearing) -> None:
    with pytest.raises(Refused, match="everybody is heard first"):
        responses.results_of(1, on=at(LAST))


@pytest.mark.parametrize("change", [
    "UPDATE participation_response SET verified = true",
    "DELETE FROM participation_response",
    "UPDATE participation_responseversion SET answers = '{}'",
    "UPDATE participation_responseapart SET apart = false",
    (
        "INSERT INTO participation_responseversion (response_id, turn, answers, group_name, "
        "group_how, \"on\") SELECT id, 3, '{}', '', '', \"on\" FROM participation_response"
    ),
    (
        "INSERT INTO participation_response (hearing_id, channel, form, receipt, verified, day, "
        "\"on\") SELECT hearing_id, 'web', 'x', 'y', true, '2026-05-04', '2026-05-04T12:00Z' "
        "FROM participation_response"
    ),
])  # fmt: skip
def test_the_database_itself_refuses_to_change_what_was_answered(
    hearing: Hearing, change: str
) -> None:
    respond()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_who_does_not_want_to_say_is_not_counted_among_those_who_did(hearing: Hearing) -> None:
    respond("a", said={"q4": ["25 to 34"]})
    respond("b", said={"q4": [prefer_not()]})
    assert counted().took_part[0].said == 1
