"""What agencies answered to their part of a plan, and what the chief finance officer stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.commissioning import models
from totalplace.commissioning.queries.plans import PlanRow, stakes
from totalplace.commissioning.rules.plan_changes import agencies_changed
from totalplace.places import queries as places


@dataclass(frozen=True, slots=True)
class IntentRow:
    """What an agency will commission with an option, for which outcome; pence over all years."""

    option: str
    indicator: str
    area: str
    pence: int | None
    words: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What was done about a contested part: the version that changed it, None where nothing did."""

    version: int | None
    words: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an agency said of its part of a version."""

    id: int
    number: int
    version: int
    agency: str
    agency_name: str
    accepts: bool
    words: str
    intents: tuple[IntentRow, ...]
    reply: ReplyRow | None
    power: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What the chief finance officer stated of a version: its estimates and its reserves."""

    id: int
    version: int
    digest: str
    day: date
    robustness: str
    reserves: str
    power: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class PartRow:
    """An agency's part of what is proposed, over all years in pence, and its last word on it.

    `answer` is None where it said nothing. `since`: its part changed after it answered.
    """

    agency: str
    agency_name: str
    now: int
    pence: int
    services: int
    answer: AnswerRow | None
    since: bool

    @property
    def change(self) -> int:
        """How much more than now, in pence."""
        return self.pence - self.now

    @property
    def open(self) -> bool:
        """Whether it contests its part and nobody answered that yet."""
        return self.answer is not None and not self.answer.accepts and self.answer.reply is None


def answers(row: PlanRow) -> list[AnswerRow]:
    """Every answer to a plan, in turn, those that a later one took the place of too."""
    rows = (
        models.PlanAnswer.objects.filter(plan_id=row.id)
        .select_related("agency", "version", "reply__version")
        .prefetch_related("intents")
        .order_by("number")
    )
    return [_answer(one) for one in rows]


def parts(row: PlanRow) -> list[PartRow]:
    """Each agency with money in a plan as it stands, the most money first, with its last word."""
    last = row.last
    now: dict[str, int] = {}
    for line in last.problem.lines:
        now[line.agency] = now.get(line.agency, 0) + line.now
    said = {one.agency: one for one in answers(row)}
    names = {one.code: one.name for one in places.agencies()}
    found = [
        PartRow(
            agency, names.get(agency, agency), now[agency], pence, services, said.get(agency),
            _changed_since(row, said.get(agency)),
        )
        for agency, (pence, services) in stakes(last).items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.pence, one.agency))


def statements(row: PlanRow) -> list[StatementRow]:
    """Every statement on a version of a plan, in turn."""
    rows = models.PlanStatement.objects.filter(version__plan_id=row.id).select_related("version")
    return [
        StatementRow(
            one.pk, one.version.number, one.digest, one.day, one.robustness, one.reserves,
            one.power, one.by, one.on,
        )
        for one in rows.order_by("pk")
    ]  # fmt: skip


def statement(row: PlanRow) -> StatementRow | None:
    """The last statement on a plan, of whichever version; None where none was made."""
    found = statements(row)
    return found[-1] if found else None


def _changed_since(row: PlanRow, answer: AnswerRow | None) -> bool:
    if answer is None or not row.last.number or answer.version == row.last.number:
        return False
    then, last = row.version(answer.version), row.last
    changed = agencies_changed((then.case, then.stands.pence), (last.case, last.stands.pence))
    return answer.agency in changed


def _answer(row: models.PlanAnswer) -> AnswerRow:
    reply = getattr(row, "reply", None)
    return AnswerRow(
        id=row.pk,
        number=row.number,
        version=row.version.number,
        agency=row.agency.code,
        agency_name=row.agency.name,
        accepts=row.accepts,
        words=row.words,
        intents=tuple(
            IntentRow(one.option, one.indicator, one.area, one.pence, one.words)
            for one in sorted(row.intents.all(), key=lambda intent: intent.line)
        ),
        reply=None
        if reply is None
        else ReplyRow(reply.version.number if reply.version else None, reply.words, reply.by,
                      reply.on),
        power=row.power,
        by=row.by,
        on=row.on,
    )  # fmt: skip
