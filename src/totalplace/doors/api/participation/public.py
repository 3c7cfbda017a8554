"""/api/v1/participation/hearings/{number}/questions and results: what the public is asked, says.

Answers themselves come by the pages, where a person can look them over; nothing of one person is
read here.
"""

from __future__ import annotations

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Number, reads
from totalplace.doors.api.problems import there
from totalplace.doors.web.participation.public.results import lines
from totalplace.doors.web.showing import now
from totalplace.participation.queries import public, responses
from totalplace.participation.queries.public import HearingHead
from totalplace.participation.queries.themes import finished_themes
from totalplace.participation.rules.hearings import Stage
from totalplace.places.rules.mandates import Act

router = Router()
_ONE = "/hearings/{number}"


class PublicQuestion(Schema):
    """A question to the public; `about` says what it asks of the answerer, if anything."""

    number: int
    kind: str = Field(description="one, several, scale or free.")
    words: str
    hint: str
    choices: list[str]
    required: bool
    about: str


class PublicQuestions(Schema):
    """All that the public is asked in a hearing, in order."""

    hearing: int
    questions: list[PublicQuestion]


class ResultLine(Schema):
    """A number of the results; null where it is hidden: small, or telling of a small one."""

    table: str
    row: str
    column: str
    number: int | None
    share: float | None = Field(description="From 0 to 1.")


class PublicResults(Schema):
    """What the public answered. Those who answered chose to: they are no sample."""

    hearing: int
    title: str
    self_selected: bool
    hidden_below: int
    rows: list[ResultLine]


@reads(router, _ONE + "/questions", answers=PublicQuestions)
def public_questions(by: Asker, *, number: Number) -> PublicQuestions:
    """What the public is asked in a hearing; in a draft, to those who prepare it."""
    found = _seen(by, number)
    return PublicQuestions(
        hearing=number,
        questions=[
            PublicQuestion(
                number=q.number, kind=q.kind.value, words=q.words, hint=q.hint,
                choices=list(q.choices), required=q.required, about=q.about,
            )
            for q in public.questions(found.id)
        ],
    )  # fmt: skip


@reads(router, _ONE + "/results", answers=PublicResults)
def public_results(by: Asker, *, number: Number) -> PublicResults:
    """What the public answered, once the last day is over, with small numbers hidden."""
    found = _seen(by, number)
    counted = there(lambda: responses.results_of(number, on=now()))
    return PublicResults(
        hearing=number,
        title=found.title,
        self_selected=True,
        hidden_below=counted.hidden_below,
        rows=[
            ResultLine(table=table, row=row, column=column, number=count, share=share)
            for table, row, column, count, share in lines(counted, finished_themes(found))
        ],
    )


def _seen(by: Asker, number: int) -> HearingHead:
    """A hearing that whoever asks may see: a draft is its officers'."""
    found: HearingHead = there(lambda: public.head(number, on=now()))
    if found.stage is Stage.DRAFT and not by.may(Act.PREPARE_HEARING, place=found.place, on=now()):
        there(lambda: public.head(0, on=now()))
    return found
