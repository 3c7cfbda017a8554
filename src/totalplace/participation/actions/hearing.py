"""What is said in a hearing: replies, points to answer, answers, and parts that are finished."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.actions.acting import Opened, opened, write
from totalplace.participation.definitions import hearings as definitions
from totalplace.participation.queries.rows import HearingRow, PointRow
from totalplace.participation.queries.themes import check_was_read
from totalplace.participation.rules.hearings import Part, Stage, check_taking_replies
from totalplace.participation.rules.replies import (
    POINT_OF,
    Answered,
    PointKind,
    check_answer,
    check_reply,
    stance_of,
)
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

FINISHES: Final = {
    Part.AGENCIES: Act.CONCLUDE_HEARING,
    Part.PARTNERSHIP: Act.SET_UP_PARTNERSHIP,
    Part.PUBLIC: Act.NAME_THEMES,
}


@transaction.atomic
def reply(
    number: int, agency: str, stance: str, words: str = "", *, pence: int | None = None, by: Who,
    on: datetime,
) -> HearingRow:  # fmt: skip
    """Reply for an agency: agree, agree if, or object, with its reasons and what it would cost.

    A later reply stands in place of an earlier one. One that comes after the last day is kept as
    late: it is shown, and an officer may take it up, but nothing waits for it, or the last to speak
    could hold up a lawful decision for ever. Raises Refused once the hearing is concluded.
    """
    of = places.agency(agency)
    this = opened(number, Act.REPLY, agency=agency, by=by, on=on)
    check_taking_replies(this.stage, f"{of.name} cannot reply")
    said = stance_of(stance)
    check_reply(said, words)
    late = this.stage is Stage.CLOSED
    made = models.Reply.objects.create(
        hearing_id=this.row.id, agency_id=of.id, turn=len(this.row.replies) + 1, stance=said.value,
        words=words.strip(), pence=pence, late=late, **this.said(),
    )  # fmt: skip
    if said in POINT_OF and not late:
        _raise(this, POINT_OF[said], words, Citation("reply", f"{number}/{made.turn}"), made)
    said_late = "late: " if late else ""
    return write(this, "replied", citing=f"{of.name}, {said_late}{said}: {words.strip()}")


@transaction.atomic
def take_up(number: int, turn: int, *, by: Who, on: datetime) -> HearingRow:
    """Take up a late reply as a point that must be answered, though it came late."""
    this = opened(number, Act.ANSWER_HEARD, by=by, on=on)
    found = next((one for one in this.row.replies if one.turn == turn and one.late), None)
    if found is None:
        raise Refused(
            f"Reply {turn} cannot be taken up",
            why="there is none of that number that came late",
            next_step="What came in time has to be answered already",
        )
    made = models.Reply.objects.get(pk=found.id)
    words = found.words or f"{found.agency_name}: {found.stance}"
    _raise(this, PointKind.LATE_REPLY, words, Citation("reply", f"{number}/{turn}"), made)
    return write(this, "took up a late reply", citing=f"{found.agency_name}: {words}")


@transaction.atomic
def raise_point(
    number: int, kind: str, words: str, *, source: Citation, by: Who, on: datetime
) -> PointRow:
    """Raise advice of the partnership or a finished theme as a point that must be answered.

    Under the power of whoever keeps the partnership's minutes, or finishes the themes. Raises
    Refused for another kind, for one that was raised before, and once the hearing is concluded.
    """
    acts = {
        PointKind.ADVICE.value: Act.SET_UP_PARTNERSHIP,
        PointKind.THEME.value: Act.NAME_THEMES,
    }
    if kind not in acts:
        raise Refused(
            f"A point of the kind '{kind}' cannot be raised",
            why=f"points that are raised by hand are {' or '.join(acts)}",
            next_step="A reply of an agency raises its own",
        )
    this = opened(number, acts[kind], by=by, on=on)
    found = _raise(this, PointKind(kind), words, source, None)
    after = write(this, f"raised {kind}", citing=f"point {found.number}: {words.strip()}")
    return next(one for one in after.points if one.number == found.number)


@transaction.atomic
def answer(number: int, point: int, said: Answered, *, by: Who, on: datetime) -> HearingRow:
    """Answer a point of a closed hearing: what changed, by how many pence, or why nothing did.

    A later answer stands in place of an earlier one. Raises Refused before the last day is over
    (all are heard before any is answered), once the hearing is concluded, for an answer that says
    nothing, and for the officer who spoke for the agency that is answered.
    """
    this = opened(number, Act.ANSWER_HEARD, by=by, on=on)
    found = next((one for one in this.row.points if one.number == point), None)
    _check_may_answer(this, found, point)
    check_answer(said, definitions.answering())
    models.Answer.objects.create(
        hearing_id=this.row.id,
        point=models.Point.objects.get(hearing_id=this.row.id, number=point),
        number=models.Answer.objects.filter(hearing_id=this.row.id).count() + 1,
        changed=said.changed,
        words=said.words.strip(),
        pence=said.pence,
        led_to_kind=said.led_to.kind if said.led_to else "",
        led_to_id=said.led_to.id if said.led_to else "",
        **this.said(),
    )
    how = "changed" if said.changed else "not changed"
    return write(this, "answered", citing=f"point {point}, {how}: {said.words.strip()}")


@transaction.atomic
def finish_part(number: int, part: str, words: str, *, by: Who, on: datetime) -> HearingRow:
    """Say that a part of a closed hearing is whole: the partnership's, the public's, the agencies'.

    Raises Refused before the last day is over, for a part that is not asked or finished already.
    """
    if part not in list(Part):
        raise Refused(
            f"A hearing has no part '{part}'",
            why=f"its parts are {', '.join(Part)}",
            next_step="Choose one of them",
        )
    this = opened(number, FINISHES[Part(part)], by=by, on=on)
    if this.stage is not Stage.CLOSED or Part(part) in this.row.finished or not words.strip():
        why = f"the hearing is {this.stage}, and a part is finished after its last day"
        if not words.strip():
            why = "nothing is said of it"
        elif Part(part) in this.row.finished:
            why = "it is finished already"
        raise Refused(
            f"The part of the {part} cannot be finished",
            why=why,
            next_step="Say how many took part and what was made of it, once people were heard",
        )
    if part == Part.PUBLIC:
        check_was_read(this.row.id)
    models.PartFinished.objects.create(
        hearing_id=this.row.id, part=part, words=words.strip(), **this.said()
    )
    return write(this, f"finished the part of the {part}", citing=words.strip())


def _raise(
    this: Opened, kind: PointKind, words: str, source: Citation, of: models.Reply | None
) -> models.Point:
    check_taking_replies(this.stage, "The point cannot be raised")
    known = {one.source for one in this.row.points}
    if source in known or not words.strip():
        raise Refused(
            "The point cannot be raised",
            why=f"{source} was raised before" if words.strip() else "it says nothing",
            next_step="Answer the point that was raised",
        )
    return models.Point.objects.create(
        hearing_id=this.row.id, number=len(this.row.points) + 1, kind=kind.value,
        source_kind=source.kind, source_id=source.id, words=words.strip(), reply=of, **this.said(),
    )  # fmt: skip


def _check_may_answer(this: Opened, found: PointRow | None, point: int) -> None:
    what = f"Point {point} cannot be answered"
    if found is None:
        raise Refused(
            what,
            why=f"the hearing has {len(this.row.points)} points",
            next_step="Choose one of them",
        )
    if this.stage is not Stage.CLOSED:
        until = "everybody is heard first, until its last day is over"
        why = until if this.stage is Stage.OPEN else f"the hearing is {this.stage}"
        raise Refused(what, why=why, next_step="Wait until then, or ask for a new hearing")
    said_by = {one.by for one in this.row.replies if found.source.id.endswith(f"/{one.turn}")}
    if isinstance(this.by, Officer) and found.said_by and this.by.name in said_by:
        raise Refused(
            what,
            why=f"you replied for {found.said_by}, and nobody answers their own objection",
            next_step="Ask another officer of the accountable body",
        )
