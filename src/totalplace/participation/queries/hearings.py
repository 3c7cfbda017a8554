"""Hearings, read from their tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from totalplace.participation import models
from totalplace.participation.queries.rows import (
    KIND,
    AnswerRow,
    ConsulteeRow,
    HearingMoveRow,
    HearingRow,
    PaperRow,
    PartRow,
    PointRow,
    ReplyRow,
)
from totalplace.participation.rules.drafts import Draft, read
from totalplace.participation.rules.hearings import Part, Stage, Verb
from totalplace.participation.rules.replies import POINT_OF, PointKind, Stance
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


def hearing(number: int | str) -> HearingRow:
    """The hearing of a number, or cited as `hearing 3`. Raises Refused where there is none."""
    said = str(number).removeprefix(f"{KIND} ")
    row = None
    if said.isascii() and said.isdecimal() and len(said) < 10:
        row = _rows().filter(number=int(said)).first()
    if row is None:
        raise Refused(
            f"There is no hearing {said}",
            why="none has that number",
            next_step="See them with: totalplace participation list",
        )
    return _row(row)


def hearings(*, place: str = "", about: Citation | None = None) -> list[HearingRow]:
    """Hearings, the latest begun first: all, those of a place, or those about one thing."""
    rows = _rows().order_by("-number")
    if place:
        rows = rows.filter(place__code=place)
    if about is not None:
        rows = rows.filter(about_kind=about.kind, about_id=about.id)
    return [_row(row) for row in rows]


def counting(about: Citation) -> HearingRow | None:
    """The hearing that counts for a proposal: the last opened, of those that are not withdrawn."""
    opened = models.HearingMove.objects.filter(
        verb=Verb.OPEN.value, hearing__about_kind=about.kind, hearing__about_id=about.id
    )
    withdrawn = models.HearingMove.objects.filter(verb=Verb.WITHDRAW.value).values("hearing_id")
    last = opened.exclude(hearing_id__in=withdrawn).order_by("-pk").first()
    return None if last is None else _row(_rows().get(pk=last.hearing_id))


def paper_bytes(number: int, paper: int) -> tuple[PaperRow, bytes]:
    """A paper of a hearing and its bytes. Raises Refused where there is none of that number."""
    row = hearing(number)
    found = next((one for one in row.papers if one.number == paper), None)
    if found is None:
        raise Refused(
            f"Hearing {number} has no paper {paper}",
            why=f"it has {len(row.papers)}",
            next_step="Choose one of them",
        )
    held = models.PaperBytes.objects.get(sha256=found.sha256)
    return found, bytes(held.content)


def frozen(number: int) -> str:
    """All that was asked when a hearing opened, as the text whose SHA-256 is its digest.

    Raises Refused where it was not opened.
    """
    row = models.HearingMove.objects.filter(hearing__number=number, verb=Verb.OPEN.value).first()
    if row is None:
        raise Refused(
            f"Nothing of hearing {number} is frozen",
            why="it was not opened",
            next_step="Open it first",
        )
    return row.frozen


def _rows() -> QuerySet[models.Hearing]:
    return models.Hearing.objects.select_related("place", "agency").prefetch_related(
        "sections", "papers__late", "papers__left_out", "moves__paper", "consultees__agency",
        "replies__agency", "points__reply__agency", "answers", "parts",
    )  # fmt: skip


def _row(row: models.Hearing) -> HearingRow:
    moves = tuple(map(_move, sorted(row.moves.all(), key=lambda one: one.turn)))
    opening = next((one for one in row.moves.all() if one.verb == Verb.OPEN.value), None)
    replies = _replies(sorted(row.replies.all(), key=lambda one: one.turn))
    draft = _draft(row.sections.all())
    return HearingRow(
        id=row.pk,
        number=row.number,
        place=row.place.code,
        place_name=row.place.name,
        agency=row.agency.code,
        agency_name=row.agency.name,
        about=Citation(row.about_kind, row.about_id),
        by=row.by,
        on=row.on,
        draft=draft,
        papers=tuple(_papers(row.papers.all())),
        moves=moves,
        consultees=tuple(map(_consultee, row.consultees.all())),
        replies=replies,
        points=_points(row, {one.id: one for one in replies}),
        parts=tuple(PartRow(Part(one.part), one.words, one.day, one.by) for one in row.parts.all()),
        digest=opening.digest if opening else "",
        asks_public=bool(opening.asks_public) if opening else draft.who.asks_public,
        asks_partnership=bool(opening.asks_partnership) if opening else draft.who.asks_partnership,
    )


def _draft(sections: Iterable[models.HearingSection]) -> Draft:
    said = {one.name: read(one.name, one.said) for one in sorted(sections, key=lambda s: s.pk)}
    return Draft(**said)  # type: ignore[arg-type]  # each name is that of its own section


def _papers(rows: Iterable[models.HearingPaper]) -> Iterable[PaperRow]:
    for one in sorted(rows, key=lambda paper: paper.number):
        if not hasattr(one, "left_out"):
            late = one.late.day if one.late else None
            yield PaperRow(one.number, one.title, one.file_name, one.sha256, one.size, late)


def _move(row: models.HearingMove) -> HearingMoveRow:
    paper = getattr(row, "paper", None)
    return HearingMoveRow(
        verb=Verb(row.verb),
        after=Stage(row.after),
        day=row.day,
        reason=row.reason,
        by=row.by,
        on=row.on,
        first_day=row.first_day,
        last_day=row.last_day,
        paper=paper.number if paper else None,
    )


def _consultee(row: models.Consultee) -> ConsulteeRow:
    code = row.agency.code if row.agency else ""
    return ConsulteeRow(code, row.name, row.by_right, row.stake_pence, row.stake, row.day)


def _replies(rows: Iterable[models.Reply]) -> tuple[ReplyRow, ...]:
    last: dict[int, int] = {}
    listed = list(rows)
    for one in listed:
        # A late reply stands beside what was said in time, and never in place of it.
        if not one.late:
            last[one.agency_id] = one.turn
    return tuple(
        ReplyRow(
            id=one.pk,
            turn=one.turn,
            agency=one.agency.code,
            agency_name=one.agency.name,
            stance=Stance(one.stance),
            words=one.words,
            pence=one.pence,
            late=one.late,
            day=one.day,
            by=one.by,
            stands=one.late or last[one.agency_id] == one.turn,
        )
        for one in listed
    )


def _points(row: models.Hearing, replies: dict[int, ReplyRow]) -> tuple[PointRow, ...]:
    given: dict[int, list[models.Answer]] = {}
    for answer in sorted(row.answers.all(), key=lambda one: one.number):
        given.setdefault(answer.point_id, []).append(answer)
    return tuple(
        PointRow(
            id=one.pk,
            number=one.number,
            kind=PointKind(one.kind),
            source=Citation(one.source_kind, one.source_id),
            words=one.words,
            said_by=one.reply.agency.name if one.reply else "",
            day=one.day,
            by=one.by,
            stands=one.kind not in POINT_OF.values()
            or one.reply_id is None
            or replies[one.reply_id].stands,
            answers=tuple(_answers(row.number, one.number, given.get(one.pk, []))),
        )
        for one in sorted(row.points.all(), key=lambda point: point.number)
    )


def _answers(hearing: int, point: int, rows: list[models.Answer]) -> Iterable[AnswerRow]:
    for one in rows:
        led_to = Citation(one.led_to_kind, one.led_to_id) if one.led_to_kind else None
        yield AnswerRow(
            number=one.number,
            point=point,
            changed=one.changed,
            words=one.words,
            pence=one.pence,
            led_to=led_to,
            day=one.day,
            by=one.by,
            stands=one is rows[-1],
            hearing=hearing,
        )
