"""Residents answer, change their answer, and keep one for later. Nobody signs in to be heard.

A resident is nobody's officer and acts under no power, so these acts do not stand on the record one
by one: the record would tell when each person answered. Answers are rows that are only added to,
and the finishing of their themes puts the digest of them all on the record.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.definitions.public import limits
from totalplace.participation.queries import public
from totalplace.participation.queries.public import HearingHead
from totalplace.participation.rules.public.abuse import reasons
from totalplace.participation.rules.public.answers import ReadAnswer, Wrong, as_row, read
from totalplace.participation.rules.public.channels import Channel, Step
from totalplace.participation.rules.public.codes import Keys, hashes, receipt_of, typed
from totalplace.participation.rules.public.questions import Kind, Question
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused

PROGRAM: Final = "the program"  # by whom an answer is held apart as it comes


@dataclass(frozen=True, slots=True)
class Sent:
    """How an answer came: of which form, how long after it was opened, and with which code."""

    form: str  # random, and signed by the door
    seconds: float  # since the form was opened
    hidden_box: str = ""  # what stands in a box that people cannot see
    code: str = ""  # of a letter, as it was typed


@dataclass(frozen=True, slots=True)
class Receipt:
    """By what an answer can be read back and changed; it is shown once and kept as a hash."""

    code: str
    again: bool  # it had been sent before: the same answer, or a later version of it
    verified: bool


class NotUnderstood(Refused):
    """An answer that cannot be taken yet, with what is wrong, question by question."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(
            "Your answer is not sent yet",
            why="; ".join(one.words for one in wrong),
            next_step="Put this right and send it again",
        )
        self.wrong = tuple(wrong)


def understood(asked: Sequence[Question], said: Mapping[str, Sequence[str]]) -> ReadAnswer:
    """An answer as it would be kept. Raises NotUnderstood; and Refused where it says nothing."""
    found = read(asked, said, longest=limits().longest_answer)
    if found.wrong:
        raise NotUnderstood(found.wrong)
    if not any(number for number in found.answers if not asked[number - 1].about):
        raise NotUnderstood([Wrong(asked[0].number, "Answer at least one question")])
    return found


@transaction.atomic
def respond(
    number: int, said: Mapping[str, Sequence[str]], sent: Sent, *, keys: Keys, on: datetime
) -> Receipt:
    """Take an answer of the public; it is in the records when this returns.

    The same form sent again is the same answer, or a later version of it, and has the same receipt.
    An answer that looks like a machine's is taken too, and held apart until a person has read it.
    Raises NotUnderstood, and Refused outside the days of the hearing and for a code that is not
    known or was used.
    """
    found = public.head(number, on=on)
    public.check_takes_answers(found)
    asked = public.questions(found.id)
    answer = understood(asked, said)
    forms = hashes(keys, "form", str(number), sent.form)
    _one_form_at_a_time(forms[0])
    receipts = receipt_of(keys, number, sent.form)
    before = models.Response.objects.filter(hearing_id=found.id, form__in=forms).first()
    if before is not None:
        _say_anew(before, answer, asked, on=on)
        return Receipt(_receipt_held(before, number, receipts, keys), True, before.verified)
    verified = _use_code(found, sent.code, keys)
    made = models.Response.objects.create(
        hearing_id=found.id, channel=Channel.WEB.value, form=forms[0], verified=verified, on=on,
        receipt=hashes(keys, public.RECEIPT, str(number), receipts[0])[0], day=found.day,
    )  # fmt: skip
    _say(made, answer, turn=1, on=on)
    why = reasons(
        _free(answer, asked), seconds=sent.seconds, hidden_box=sent.hidden_box, limits=limits()
    )
    _hold_apart(made, why, on=on)
    _pass(found, Step.SENT, sent.form, keys)
    return Receipt(receipts[0], False, verified)


@transaction.atomic
def change(
    number: int, receipt: str, said: Mapping[str, Sequence[str]], *, keys: Keys, on: datetime
) -> None:
    """Change the answer of a receipt; what was said before stays, and no longer counts.

    Raises NotUnderstood, and Refused outside the days of the hearing or for an unknown receipt.
    """
    found = public.head(number, on=on)
    public.check_takes_answers(found)
    before = public.response_of(found, receipt, keys)
    asked = public.questions(found.id)
    answer = understood(asked, said)
    _one_form_at_a_time(str(before.id))
    _say_anew(models.Response.objects.get(pk=before.id), answer, asked, on=on)


@transaction.atomic
def keep_for_later(
    number: int, said: Mapping[str, Sequence[str]], *, keys: Keys, on: datetime
) -> str:
    """Keep what was typed so far; returns what the link to it carries, which is not kept.

    The address to which the link is sent is not given to the records at all. Raises Refused outside
    the days of the hearing.
    """
    found = public.head(number, on=on)
    public.check_takes_answers(found)
    longest = limits().longest_answer
    asked = {question.field for question in public.questions(found.id)}
    fields = {
        name: [one[:longest] for one in given][:60]
        for name, given in said.items()
        if name in asked or name.startswith("group_")
    }
    link = secrets.token_urlsafe(24)
    known = hashes(keys, "kept answer", str(number), link)[0]
    models.KeptAnswer.objects.create(hearing_id=found.id, link=known, fields=fields, on=on)
    return link


@transaction.atomic
def forget_kept(number: int, link: str, *, keys: Keys, on: datetime) -> None:
    """Empty an answer that was kept for later, once it was sent."""
    found = public.head(number, on=on)
    known = hashes(keys, "kept answer", str(number), link)
    models.KeptAnswer.objects.filter(hearing_id=found.id, link__in=known).exclude(fields={}).update(
        fields={}
    )


@transaction.atomic
def passed(number: int, step: Step, form: str, *, keys: Keys, on: datetime) -> None:
    """Note that a form was opened, looked over or sent; each once, and by nobody in particular."""
    _pass(public.head(number, on=on), step, form, keys)


def _pass(found: HearingHead, step: Step, form: str, keys: Keys) -> None:
    known = hashes(keys, "passage", str(found.number), form)[0]
    models.Passage.objects.bulk_create(
        [models.Passage(hearing_id=found.id, step=step.value, form=known)], ignore_conflicts=True
    )


def _one_form_at_a_time(form: str) -> None:
    """Wait for the same form, which a double press sends twice at once."""
    take_turn(f"form {form}")


def _use_code(found: HearingHead, said: str, keys: Keys) -> bool:
    """Use a code, once. Of the code nothing goes to the answer but that there was one."""
    if not said.strip():
        return False
    salt = models.CodeSalt.objects.filter(hearing_id=found.id).first()
    code = typed(said)
    known = hashes(keys, "code", salt.salt, code) if salt and salt.salt and code else []
    used = models.ResponseCode.objects.filter(
        hearing_id=found.id, digest__in=known, used=False
    ).update(used=True)
    if not used:
        raise Refused(
            "This code cannot be used",
            why="it is not one of those that were sent out, or it was used before",
            next_step="Type it as it stands in your letter, or leave it empty and answer without",
        )
    return True


def _say(row: models.Response, answer: ReadAnswer, *, turn: int, on: datetime) -> None:
    models.ResponseVersion.objects.create(
        response_id=row.pk, turn=turn, answers=as_row(answer.answers), on=on,
        group_name=answer.group.name, group_size=answer.group.speaks_for,
        group_how=answer.group.how_asked,
    )  # fmt: skip


def _say_anew(
    row: models.Response, answer: ReadAnswer, asked: Sequence[Question], *, on: datetime
) -> None:
    """Add a version, unless it is what stands."""
    stands = public.response_row(row)
    if as_row(stands.answers) == as_row(answer.answers) and stands.group == answer.group:
        return
    _say(row, answer, turn=stands.turn + 1, on=on)
    # A person who changes an answer may be quick; a text full of links is one at any time.
    why = reasons(
        _free(answer, asked), seconds=limits().least_seconds, hidden_box="", limits=limits()
    )
    _hold_apart(row, why, on=on)


def _hold_apart(row: models.Response, why: Sequence[str], *, on: datetime) -> None:
    if why:
        models.ResponseApart.objects.create(
            response_id=row.pk, apart=True, why="; ".join(why), by=PROGRAM, on=on
        )


def _free(answer: ReadAnswer, asked: Sequence[Question]) -> list[str]:
    """What was said in words, of a group too."""
    said = [
        answer.answers[question.number][0]
        for question in asked
        if question.kind is Kind.FREE and question.number in answer.answers
    ]
    return [*said, answer.group.name, answer.group.how_asked]


def _receipt_held(row: models.Response, number: int, receipts: Sequence[str], keys: Keys) -> str:
    """The receipt that was given before, also where the key has changed since."""
    for receipt in receipts:
        if row.receipt in hashes(keys, public.RECEIPT, str(number), receipt):
            return receipt
    return receipts[0]
