"""Opening a response to a finding, and each move of it: by one side, never for the other."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Final

from django.db import transaction

from totalplace.agreements.queries.promises import promise
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Terms
from totalplace.decisions import queries as decisions
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.definitions.clocks import standard
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.answering import ResponseRow
from totalplace.monitoring.queries.answering_evidence import Shown, shown_now
from totalplace.monitoring.queries.answering_owners import (
    Owners,
    agency_of_area,
    covering,
    guarantor,
    owner_named,
)
from totalplace.monitoring.rules.answering import ON_EVIDENCE, Step, Verb, after, check_days
from totalplace.monitoring.rules.answering_about import About, about_of
from totalplace.monitoring.rules.seen import Sign
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused
from totalplace.sources.home import Home

TURN: Final = "totalplace.answers"  # the triggers of these tables wait for it too
OPENED: Final = "open a response to a finding"
_BY_RULE: Final = "the rule that what is protected is answered by both sides"
_NOBODY: Final = ("the accountable body of the place", "no department is named")
_LONGEST: Final = 300  # letters of a name


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says. Of a remedy: who does it, by when, who pays, when it is looked at again.

    `pays` are promises of an agreement, as PLACE/NUMBER/PROMISE. `level` is where the series is to
    be, in its own unit. `decision` is cited where an amendment or another decision follows.
    """

    side: Side
    words: str
    evidence: str = ""
    whom: str = ""
    due_on: date | None = None
    review_on: date | None = None
    paid_by: str = ""
    pays: tuple[str, ...] = ()
    level: float | None = None
    decision: str = ""


@transaction.atomic
def open_for(place: str, finding_number: int, *, by: Who, on: datetime) -> ResponseRow:
    """Open the response of both owners to a finding; both clocks run from this day.

    What is protected and worse is opened by rule, whoever looked; anything else by an officer of
    either side. One that is open already, or of a finding that this one follows, is returned as it
    is. Raises Refused where there is no such finding, or it tells no change.
    """
    take_turn(TURN)
    finding = _finding(place, finding_number)
    made = queries.response_to(finding)
    if made is not None:
        return made
    owners, terms = _owners(place, about_of(finding.text), local_day(on))
    by_rule = finding.protected and Sign(finding.sign).is_alarm
    power = _BY_RULE if by_rule else _power_to_open(place, owners, by, on)
    _create(finding, owners, terms, by_rule=by_rule, by=by, on=on)
    row = queries.response(place, finding_number)
    cited = f"finding {place}/{finding_number}"
    record.write(by.name, OPENED, about=row.citation, on=on, power=power, citing=cited)
    return row


def _finding(place: str, number: int) -> models.Finding:
    """A finding that can be answered."""
    finding = models.Finding.objects.filter(place__code=place, number=number).first()
    if finding is None:
        raise Refused(
            f"There is no finding {place}/{number}",
            why="none of that place has that number",
            next_step="Choose one from the list of findings of the place",
        )
    if about_of(finding.text).fall is None:
        raise Refused(
            f"Finding {place}/{number} needs no response",
            why="it tells of no change",
            next_step="Answer a finding that tells of one",
        )
    return finding


def _owners(place: str, about: About, day: date) -> tuple[Owners, Terms | None]:
    """Both owners of a finding, and the agreement under which they answer, if there is one.

    Whoever guarantees a thing owns its fall at the centre; else whoever the indicator names.
    """
    local = about.owners[0].strip()
    central = guarantor(place, about.code, on=day) or about.owners[1].strip()
    department = owner_named(central)
    terms = covering(place, about.code, department, on=day)
    accountable = terms.accountable if terms else ""
    agency = owner_named(local) or accountable or agency_of_area(place, about.area, on=day)
    named = Owners(
        agency, (local or _NOBODY[0])[:_LONGEST], department, (central or _NOBODY[1])[:_LONGEST]
    )
    return named, terms


def _power_to_open(place: str, owners: Owners, by: Who, on: datetime) -> str:
    centre = Act.ANSWER_FINDING_FOR_CENTRE
    if owners.central and places.may(by, centre, agency=owners.central, place=place, on=on):
        return places.power(by, centre, agency=owners.central, place=place, on=on)
    local = Act.ANSWER_FINDING_FOR_PLACE
    return places.power(by, local, agency=owners.local, place=place, on=on)


def _create(
    finding: models.Finding, owners: Owners, terms: Terms | None, *, by_rule: bool, by: Who,
    on: datetime,
) -> None:  # fmt: skip
    usual = standard()
    days = usual.days
    if terms is not None and terms.variation is not None:
        days = replace(days, answer_calendar=terms.variation.answer_days)
    ladder = sorted(terms.ladder, key=lambda rung: rung.number) if terms else []
    models.Response.objects.create(
        finding=finding,
        local_id=_id(owners.local), local_name=owners.local_name,
        central_id=_id(owners.central), central_name=owners.central_name,
        agreement=terms.cited if terms else "",
        days=asdict(days), ladder=[[rung.who, rung.days] for rung in ladder or usual.ladder],
        day=local_day(on),
        reason="What is protected is worse" if by_rule else f"It was asked for by {by.name}",
        by=by.name, on=on,
    )  # fmt: skip


def _id(code: str) -> int | None:
    return places.agency(code).id if code else None


@transaction.atomic
def move(
    place: str, number: int, verb: Verb, said: Said, *, home: Home, by: Who, on: datetime
) -> ResponseRow:
    """Do one thing in a response, for one side. `number` is that of the finding.

    A review, and closing, go on the record with the digest of the series as it is now; closing
    is refused until the series bears it out. Raises Refused for a move that there is not, without
    a mandate of that side, and for somebody who holds mandates of both.
    """
    take_turn(TURN)
    row, day = queries.response(place, number), local_day(on)
    power = power_of(row, said.side, verb, by=by, on=on)
    step = after(
        row.course, verb, side=said.side, on=day, proclaimed=proclaimed(),
        review_on=said.review_on,
    )  # fmt: skip
    said = _checked(row, verb, said, day)
    shown = shown_now(row, verb, home=home, on=day) if verb in ON_EVIDENCE else None
    _write(row, step, said, shown, by=by, on=on)
    record.write(
        by.name, f"{verb} in a response", about=row.citation, on=on, power=power,
        citing=f"series {shown.digest}" if shown else said.words,
    )  # fmt: skip
    return queries.response(place, number)


def power_of(row: ResponseRow, side: Side, verb: Verb, *, by: Who, on: datetime) -> str:
    """Under which power somebody acts for a side. Raises Refused where they may not, or for both.

    Whoever could answer for both would answer for the other.
    """
    day, agency = local_day(on), row.owners.agency(side)
    if side is Side.CENTRE and not agency:
        raise Refused(
            "Nobody can answer for the centre yet",
            why=f"no agency is registered by the name of its owner, {row.owners.central_name}",
            next_step="Ask a data steward to register it; its days run all the same",
        )
    both = all(queries.stands_for(row, one, by, on=day) for one in Side)
    if isinstance(by, Officer) and both:
        raise Refused(
            f"{by.name} cannot act in this response",
            why="they hold mandates of both sides, and nobody answers for the other",
            next_step="End the mandate of one side first, or let another officer do it",
        )
    power = places.power(by, queries.ACTS[side], agency=agency, place=row.place, on=on)
    if verb in (Verb.ASK_TO_CLOSE, Verb.CLOSE):
        return places.power(by, Act.CLOSE_FINDING, agency=agency, place=row.place, on=on)
    return power


def _checked(row: ResponseRow, verb: Verb, said: Said, day: date) -> Said:
    """What is said, made whole. Raises Refused for what is lacking or does not exist."""
    if not said.words.strip():
        raise _lacking(verb, "nothing is said", "Say it in a sentence; the public sees it")
    if verb is Verb.DIAGNOSE and not said.evidence.strip():
        raise _lacking(verb, "no evidence is named", "Say what shows it, or where it can be read")
    if said.decision:
        decisions.decision(said.decision)
    if verb is not Verb.PROPOSE:
        words, evidence = said.words.strip(), said.evidence.strip()
        return Said(said.side, words, evidence, decision=said.decision)
    if not said.whom.strip() or not said.paid_by.strip():
        why = "it is not said who does it and who pays"
        raise _lacking(verb, why, "Name both; where it costs nothing, say so")
    if said.due_on is None or said.review_on is None:
        why = "it is not said by when it is done and when it is looked at again"
        raise _lacking(verb, why, "Give both days")
    check_days(said.due_on, said.review_on, on=day)
    _check_lengths(verb, said)
    for cited in said.pays:
        _check_promise(row.place, cited, day)
    return replace(said, words=said.words.strip())


def _check_lengths(verb: Verb, said: Said) -> None:
    if said.level is not None and not isfinite(said.level):
        raise _lacking(verb, "its level is no number", "Give the level in the series' own unit")
    if max(len(said.whom), len(said.paid_by)) > _LONGEST:
        why = f"who does it and who pays are said in at most {_LONGEST} letters each"
        raise _lacking(verb, why, "Put the rest into the words of the remedy")


def _check_promise(place: str, cited: str, day: date) -> None:
    agreement, _, number = cited.rpartition("/")
    if not number.isascii() or not number.isdecimal() or agreement.partition("/")[0] != place:
        raise Refused(
            f"Nothing is paid by '{cited[:100]}'",
            why="a promise of this place is cited as PLACE/NUMBER/PROMISE",
            next_step="Choose one from the page of promises of the place",
        )
    promise(agreement, int(number), on=day)


def _write(
    row: ResponseRow, step: Step, said: Said, shown: Shown | None, *, by: Who, on: datetime
) -> None:
    models.ResponseMove.objects.create(
        response_id=row.id, turn=len(row.moves) + 1, verb=step.verb.value,
        before=row.course.stage.value, after=step.after.value, side=step.side.value,
        rung=step.rung, day=step.day, words=said.words, evidence=said.evidence,
        whom=said.whom.strip(), due_on=said.due_on, review_on=said.review_on,
        paid_by=said.paid_by.strip(), pays=list(said.pays), level=said.level,
        ground=shown.ground if shown else "", digest=shown.digest if shown else "",
        shown=shown.words if shown else "", decision=said.decision, by=by.name, on=on,
    )  # fmt: skip


def _lacking(verb: Verb, why: str, next_step: str) -> Refused:
    return Refused(f"One cannot {verb} like this", why=why, next_step=next_step)
