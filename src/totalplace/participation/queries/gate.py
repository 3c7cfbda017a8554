"""The gate, asked by the rooms that adopt something: what is lacking, or who was heard and how."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Stage as Decided
from totalplace.decisions.rules.moves import Verb as Deciding
from totalplace.participation.queries.hearings import counting
from totalplace.participation.queries.rows import AnswerRow, HearingRow
from totalplace.participation.rules import gate
from totalplace.participation.rules.gate import HearingFacts, Lack, PointFact
from totalplace.participation.rules.hearings import Verb
from totalplace.participation.rules.replies import Stance
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


def lacking(about: Citation, *, affected: Collection[str], on: date) -> list[Lack]:
    """What is lacking on a day for a proposal to be adopted; nothing: it was heard.

    `affected` are the codes of the agencies with money or a target in what is to be adopted.
    """
    row = counting(about)
    return gate.lacking(facts(row) if row else None, affected=affected, on=on, today=today())


def require_heard(about: Citation, *, affected: Collection[str], on: date) -> HearingRow:
    """The hearing in which a proposal was heard. Raises Refused, with all that is lacking."""
    lacks = lacking(about, affected=affected, on=on)
    row = counting(about)
    if lacks or row is None:
        raise Refused(
            f"{about} cannot be adopted",
            why="; ".join(f"{lack.what} ({lack.why})" for lack in lacks),
            next_step=lacks[0].next_step,
        )
    return row


def require_decided(decision: Citation, about: Citation, *, agency: str, on: date) -> None:
    """Raise Refused unless a decision in effect says so, taken once those concerned were heard.

    It has to be about that very thing, of the accountable agency, taken by its own body on a day
    after the hearing was concluded, and in effect on `on`.
    """
    decisions.require_in_effect(decision, on=on)
    row = decisions.decision(decision.id)
    what = f"{about} cannot be adopted under decision {row.citation.id}"
    if row.about != about:
        raise Refused(
            what,
            why=f"that decision is about {row.about or 'nothing that it names'}",
            next_step=f"Cite a decision that is about {about}",
        )
    if row.body.agency != agency:
        raise Refused(
            what,
            why=f"it is one of {row.body.agency_name}, and {agency} is accountable",
            next_step=f"Have a body of {agency} decide",
        )
    heard = counting(about)
    concluded = heard.concluded_on if heard else None
    taken = next((m for m in reversed(row.moves) if m.step.verb is Deciding.TAKE), None)
    day = (taken.taken_on or taken.step.day) if taken else None
    if concluded is not None and day is not None and day <= concluded:
        raise Refused(
            what,
            why=f"it was taken on {in_words(day)}, and the hearing was concluded on "
            f"{in_words(concluded)}: whoever decided could not have weighed all that was said",
            next_step="Have it decided anew, on a later day",
        )


def answers(about: Citation) -> list[AnswerRow]:
    """The answers that stand in the hearing that counts for a proposal, by number."""
    row = counting(about)
    return row.answers if row else []


def decided(about: Citation) -> str:
    """The first decision about a thing that was taken and not rescinded; empty: none was."""
    for row in decisions.decisions(about=about):
        if row.stage is not Decided.REFUSED and any(
            move.step.verb is Deciding.TAKE for move in row.moves
        ):
            return row.citation.id
    return ""


def facts(row: HearingRow) -> HearingFacts | None:
    """What the gate asks of a hearing; None of a draft."""
    if row.opened_on is None or row.closing_day is None:
        return None
    return HearingFacts(
        number=row.number,
        stage=row.held,
        opened_on=row.opened_on,
        closing_day=row.closing_day,
        last_act=max(_days(row)),
        asks_public=row.asks_public,
        asks_partnership=row.asks_partnership,
        asked={one.agency or one.name: one.day for one in row.consultees},
        points=tuple(_point_facts(row)),
        finished=row.finished,
        concluded_on=row.concluded_on,
    )


def _point_facts(row: HearingRow) -> list[PointFact]:
    found = [
        PointFact(one.number, one.kind.value, one.answer is not None)
        for one in row.points
        if one.stands
    ]
    raised = {one.source.id for one in row.points if one.source.kind == "reply"}
    for reply in row.replies:
        # A reply that was put in past the action has no point: it is still to be answered.
        against = reply.stance is not Stance.AGREE and reply.stands and not reply.late
        if against and f"{row.number}/{reply.turn}" not in raised:
            found.append(PointFact(0, f"reply {reply.turn}, {reply.stance}", answered=False))
    return found


def _days(row: HearingRow) -> list[date]:
    return [
        *(move.day for move in row.moves if move.verb is not Verb.CONCLUDE),
        *(reply.day for reply in row.replies),
        *(point.day for point in row.points),
        *(answer.day for point in row.points for answer in point.answers),
        *(part.day for part in row.parts),
    ]


def today() -> date:
    """The day in England by the clock of the records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_today()")
        day: date = cursor.fetchone()[0]
    return day
