"""What the public is asked, and one answer found again: read for pages that many ask at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.participation import models
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.answers import Answers, Group, from_row
from totalplace.participation.rules.public.codes import Keys, hashes, typed
from totalplace.participation.rules.public.questions import (
    AGREEMENT,
    Kind,
    Question,
    from_rows,
    numbered,
)
from totalplace.refusal import Refused

# What is asked where nobody set questions: nobody who is asked is left without a way to answer.
_USUAL: Final = numbered([
    Question(0, Kind.SCALE, "Do you agree with this proposal?", choices=AGREEMENT),
    Question(0, Kind.FREE, "What should those who decide know?"),
])  # fmt: skip
_HEAD: Final = """
    SELECT h.id, h.number, p.code, p.name, participation_stands(h.id, %s),
        (SELECT m.first_day FROM participation_hearingmove m
            WHERE m.hearing_id = h.id AND m.verb = 'open'),
        participation_closing_day(h.id),
        (SELECT m.asks_public FROM participation_hearingmove m
            WHERE m.hearing_id = h.id AND m.verb = 'open'),
        (SELECT s.said->>'title' FROM participation_hearingsection s
            WHERE s.hearing_id = h.id AND s.name = 'question' ORDER BY s.id DESC LIMIT 1),
        (SELECT s.said->>'question' FROM participation_hearingsection s
            WHERE s.hearing_id = h.id AND s.name = 'question' ORDER BY s.id DESC LIMIT 1),
        participation_public_is_finished(h.id)
    FROM participation_hearing h JOIN places_place p ON p.id = h.place_id
    WHERE h.number = %s
"""


@dataclass(frozen=True, slots=True)
class HearingHead:
    """A hearing as far as answering it needs: where it stands on a day, and until when."""

    id: int
    number: int
    place: str
    place_name: str
    stage: Stage
    first_day: date | None
    last_day: date | None
    asks_public: bool
    title: str
    question: str
    finished: bool  # the themes of what the public said
    day: date  # the day on which it stands so

    @property
    def takes_answers(self) -> bool:
        """Whether the public can answer on this day."""
        begun = self.first_day is not None and self.first_day <= self.day
        return self.stage is Stage.OPEN and self.asks_public and begun


def head(number: int, *, on: datetime) -> HearingHead:
    """A hearing on a day. Raises Refused where there is none of that number."""
    day = local_day(on)
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [day, number])
        row = cursor.fetchone()
    if row is None:
        raise Refused(
            f"There is no hearing {number}",
            why="none has that number",
            next_step="See what is open on the page of hearings",
        )
    return HearingHead(
        row[0], row[1], row[2], row[3], Stage(row[4]), row[5], row[6], bool(row[7]),
        row[8] or "", row[9] or "", row[10], day,
    )  # fmt: skip


def check_takes_answers(found: HearingHead) -> None:
    """Raise Refused where the public cannot answer on this day, with the days on which it can."""
    if found.takes_answers:
        return
    what = "This consultation takes no answers"
    if found.stage is Stage.OPEN and not found.asks_public:
        raise Refused(what, why="only public bodies are asked", next_step="Read it on its page")
    if found.stage is Stage.OPEN and found.first_day is not None:
        why = f"it begins on {in_words(found.first_day)}"
        raise Refused(what, why=why, next_step="Come back on that day")
    if found.stage is Stage.CLOSED and found.last_day is not None:
        why = f"its last day was {in_words(found.last_day)}"
        raise Refused(what, why=why, next_step="See on its page what was said and what followed")
    raise Refused(what, why=f"it is {found.stage}", next_step="See its page")


def questions(hearing_id: int) -> tuple[Question, ...]:
    """The questions of a hearing, by its id; those usually asked where none were set."""
    last = models.PublicQuestions.objects.filter(hearing_id=hearing_id).order_by("-pk").first()
    return _USUAL if last is None else from_rows(last.questions)


def question_words(number: int, *, on: datetime) -> list[str]:
    """The questions of a hearing and their choices, as lines to be frozen when it opens."""
    return [
        " | ".join((f"{q.number}. {q.kind}: {q.words}", *q.choices))
        for q in questions(head(number, on=on).id)
    ]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """What somebody answered, as it stands."""

    id: int
    hearing_id: int
    turn: int
    answers: Answers
    group: Group
    verified: bool
    on: datetime


RECEIPT: Final = "receipt"


def response_of(found: HearingHead, receipt: str, keys: Keys) -> ResponseRow:
    """The answer of a receipt. Raises Refused where there is none."""
    code = typed(receipt)
    known = hashes(keys, RECEIPT, str(found.number), code) if code else []
    row = models.Response.objects.filter(hearing_id=found.id, receipt__in=known).first()
    if row is None:
        raise Refused(
            "There is no answer with this receipt",
            why="it is not one that was given out in this consultation",
            next_step="Type the 16 letters and digits as they stand on your receipt",
        )
    return response_row(row)


def response_row(row: models.Response) -> ResponseRow:
    """A response with the version that stands."""
    last = models.ResponseVersion.objects.filter(response_id=row.pk).order_by("-turn").first()
    if last is None:
        raise LookupError(f"response {row.pk} has no version")
    group = Group(last.group_name, last.group_size, last.group_how)
    answers = from_row(last.answers)
    return ResponseRow(row.pk, row.hearing_id, last.turn, answers, group, row.verified, last.on)


def kept_fields(found: HearingHead, link: str, keys: Keys) -> dict[str, Sequence[str]]:
    """The fields of an answer that was kept for later. Raises Refused where there are none."""
    known = hashes(keys, "kept answer", str(found.number), link)
    row = models.KeptAnswer.objects.filter(hearing_id=found.id, link__in=known).first()
    if row is None or not row.fields:
        raise Refused(
            "Nothing is kept under this link",
            why="it was sent, or the consultation is over, or the link is not whole",
            next_step="Begin a new answer, or use the whole link of the e-mail",
        )
    said: dict[str, Sequence[str]] = row.fields
    return said


def has_codes(hearing_id: int) -> bool:
    """Whether letters with codes were sent for a hearing."""
    return models.ResponseCode.objects.filter(hearing_id=hearing_id).exists()
