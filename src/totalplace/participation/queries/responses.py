"""All that the public answered in a hearing, for those who count it and those who may read it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from totalplace.participation import models
from totalplace.participation.definitions.public import counting, limits, prefer_not
from totalplace.participation.queries.public import HearingHead, has_codes, head, questions
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.abuse import Arrived
from totalplace.participation.rules.public.answers import Answers, Group, from_row
from totalplace.participation.rules.public.channels import Channel, Step
from totalplace.participation.rules.public.questions import Kind, Question
from totalplace.participation.rules.public.results import Bounds, Heard, Results, arrived, results
from totalplace.participation.rules.public.weighting import Lived
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused

_EVERY: Final = """
    SELECT r.id, r.channel, r.verified, r.day, r.row, f.file_name, f.by, v.turn, v.answers,
        v.group_name, v.group_size, v.group_how, a.apart, a.why, a.by
    FROM participation_response r
    JOIN LATERAL (SELECT * FROM participation_responseversion o
                  WHERE o.response_id = r.id ORDER BY o.turn DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (SELECT * FROM participation_responseapart o
                       WHERE o.response_id = r.id ORDER BY o.id DESC LIMIT 1) a ON true
    LEFT JOIN participation_paperforms f ON f.id = r.paper_id
    WHERE r.hearing_id = %s ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class HeardRow:
    """An answer with where it came from, for officers who may read it."""

    id: int
    channel: Channel
    verified: bool
    day: date
    paper: str  # "row 7 of forms.xlsx, entered by ada"; empty where it came by a page
    turn: int
    answers: Answers
    group: Group
    apart: str
    apart_by: str
    put_back: str  # why it counts again, where it was held apart before

    @property
    def heard(self) -> Heard:
        """As it is counted."""
        return Heard(self.id, self.channel, self.verified, self.answers, self.group, self.apart)


def _every(hearing_id: int) -> list[HeardRow]:
    with connection.cursor() as cursor:
        cursor.execute(_EVERY, [hearing_id])
        return [_row(row) for row in cursor.fetchall()]


def _row(row: Sequence[Any]) -> HeardRow:
    answers = json.loads(row[8]) if isinstance(row[8], str) else row[8]
    paper = f"row {row[4]} of {row[5]}, entered by {row[6]}" if row[5] else ""
    return HeardRow(
        row[0], Channel(row[1]), row[2], row[3], paper, row[7], from_row(answers),
        Group(row[9], row[10], row[11]), row[13] if row[12] else "", row[14] or "",
        row[13] if row[12] is False else "",
    )  # fmt: skip


def may_read(found: HearingHead, by: Who | None, *, on: datetime) -> bool:
    """Whether somebody may read answers one by one."""
    return places.may(by, Act.READ_RESPONSES, place=found.place, on=on)


def every_response(number: int, *, by: Who, on: datetime) -> list[HeardRow]:
    """Every answer, those held apart too. Raises Refused for whoever may not read them."""
    found = head(number, on=on)
    places.power(by, Act.READ_RESPONSES, place=found.place, on=on)
    return _every(found.id)


def how_many(number: int, *, on: datetime) -> Arrived:
    """How many answers arrived so far, and what became of them; campaigns are not looked for."""
    rows = [row.heard for row in _every(head(number, on=on).id)]
    return arrived(rows, [row.id for row in rows if not row.apart])


def lives_here(hearing_id: int) -> list[Lived]:
    """Who lives here, as it was said last by each thing that is asked."""
    rows = models.LivesHere.objects.filter(hearing_id=hearing_id).order_by("pk")
    last = {row.about: row for row in rows}
    return [Lived(row.about, row.people, row.source, row.year) for row in last.values()]


def results_of(number: int, *, on: datetime) -> Results:
    """What was answered, counted. Raises Refused until the last day is over."""
    found = head(number, on=on)
    check_over(found)
    rows = [row.heard for row in _every(found.id)]
    return counted(found, rows)


def counted(found: HearingHead, rows: Sequence[Heard]) -> Results:
    """Count answers as the definitions say."""
    said = counting()
    return results(
        questions(found.id), rows, lives_here(found.id), limits=limits(),
        bounds=Bounds(said.hidden_below, said.least_weight, said.most_weight),
        prefer_not=prefer_not(), has_codes=has_codes(found.id),
    )  # fmt: skip


def check_over(found: HearingHead) -> None:
    """Raise Refused while people can still answer: nobody answers by what others answered."""
    if found.stage not in (Stage.CLOSED, Stage.CONCLUDED):
        raise Refused(
            "There are no results yet",
            why=f"the hearing is {found.stage}, and everybody is heard first",
            next_step="Come back once its last day is over",
        )


def drop_off(hearing_id: int) -> Mapping[Step, int]:
    """How many forms were opened, looked over and sent."""
    found = dict.fromkeys(Step, 0)
    for step in models.Passage.objects.filter(hearing_id=hearing_id).values_list("step", flat=True):
        found[Step(step)] += 1
    return found


def codes_issued(hearing_id: int) -> tuple[int, int]:
    """How many codes were issued, and how many of them were used."""
    rows = models.ResponseCode.objects.filter(hearing_id=hearing_id)
    return rows.count(), rows.filter(used=True).count()


def free_answers(found: HearingHead) -> dict[str, str]:
    """Every free answer that counts, by the answer and its question: "12.3"."""
    asked = [q for q in questions(found.id) if q.kind is Kind.FREE]
    return {
        f"{row.id}.{q.number}": row.answers[q.number][0]
        for row in _every(found.id)
        if not row.apart
        for q in asked
        if q.number in row.answers
    }


def digest_of_all(hearing_id: int) -> str:
    """SHA-256 over every answer that arrived, in their order, as it stands: 64 digits."""
    made = hashlib.sha256()
    for row in _every(hearing_id):
        group = [row.group.name, row.group.speaks_for, row.group.how_asked]
        said: list[object] = [row.id, row.channel.value, row.verified, row.day.isoformat()]
        said += [row.turn]
        said += [sorted((n, *given) for n, given in row.answers.items()), group, row.apart]
        made.update(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return made.hexdigest()


def question_of(found: HearingHead, answer: str) -> Question:
    """The question that a free answer, such as 12.3, answers."""
    number = int(answer.partition(".")[2])
    return questions(found.id)[number - 1]
