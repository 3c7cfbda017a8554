"""Drafting a set of targets, changing it, proposing it, revising it, withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from totalplace import refusal
from totalplace.decisions.rules.days import local_day
from totalplace.money.years import FinancialYear
from totalplace.outcomes import models
from totalplace.outcomes.queries.measured import outcome_of
from totalplace.outcomes.queries.sets import TargetSetRow, target_set
from totalplace.outcomes.queries.targets_heard import stage_of
from totalplace.outcomes.rules.adopting import check_revision
from totalplace.outcomes.rules.target_changes import differences
from totalplace.outcomes.rules.target_moves import Stage, Verb, after
from totalplace.outcomes.rules.targets import Target, check_agencies, check_set
from totalplace.outcomes.rules.wanted import Wanted, made
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused

_LONGEST = 300  # letters of a title
_MOST_YEARS = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A set that nobody else acts on meanwhile, and under which power it is acted on."""

    row: TargetSetRow
    stage: Stage
    day: date
    by: Who
    on: datetime
    power: str


@transaction.atomic
def draft(
    place: str,
    title: str,
    *,
    agency: str,
    years: tuple[FinancialYear, FinancialYear],
    why: str,
    by: Who,
    on: datetime,
) -> TargetSetRow:
    """Begin a set of targets of a place, for which an agency is accountable, for some years.

    Raises Refused where nothing says why, the years are none, or the agency is not of the place.
    """
    power = places.power(by, Act.PROPOSE_TARGETS, place=place, on=on)
    here = places.place(place)
    accountable = places.agency(agency)
    _check_begins(title, why, years)
    if agency not in {one.agency.code for one in places.members(place, on=local_day(on))}:
        raise Refused(
            f"{accountable.name} cannot be accountable for targets of {here.name}",
            why="it does not belong to the place today",
            next_step=f"Make it a member with: totalplace places join {place} {agency}",
        )
    one_at_a_time()
    number = models.TargetSet.objects.filter(place_id=here.id).count() + 1
    row = models.TargetSet.objects.create(
        place_id=here.id, number=number, agency_id=accountable.id, title=title.strip(),
        why=why.strip(), first_year=years[0].start, last_year=years[1].start, by=by.name, on=on,
    )  # fmt: skip
    found = target_set(f"{place}/{row.number}")
    record.write(
        by.name, "drafted", about=found.citation, on=on, power=power,
        citing=f"{found.title}, {found.years}; accountable: {agency}",
    )  # fmt: skip
    return found


@transaction.atomic
def revise(
    citation: str,
    wanted: Sequence[Wanted],
    *,
    reason: str,
    because: int | None = None,
    by: Who,
    on: datetime,
) -> TargetSetRow:
    """Put all targets of a set anew: a draft freely, a proposal as its next version.

    Once its hearing is open, `because` is the number of an answer that says what changed. Raises
    Refused for a change without a reason or an answer, and for targets that cannot stand.
    """
    this = opened(citation, by=by, on=on)
    draft_still = this.row.kept is Stage.DRAFT
    after(this.stage, Verb.CHANGE if draft_still else Verb.REVISE)
    reason = said_reason(reason)
    if draft_still:
        _check_no_answer(because)
    else:
        heard = hearing_of(this.row.citation, on=this.day)
        check_revision(because, opened=heard.opened, answers=heard.answers)
    targets = _targets_of(this, wanted)
    changes = differences(this.row.targets, targets)
    if this.row.last is not None and not changes:
        raise Refused(
            "The targets were not changed",
            why="they are what they were",
            next_step="Change something, or leave them as they are",
        )
    number = 0 if draft_still else len(this.row.published) + 1
    _write_version(this, targets, number=number, because=because, reason=reason)
    verb = "changed the draft" if draft_still else f"revised, version {number}"
    led = f"; answer {because}" if because else ""
    write(this, verb, citing=f"{reason}{led}; {len(changes)} changes")
    return target_set(this.row.citation.id)


@transaction.atomic
def propose(citation: str, *, reason: str, by: Who, on: datetime) -> TargetSetRow:
    """Propose a set of targets: what it holds is version 1, and is never changed.

    Raises Refused for a set without targets, one that is proposed already, and where a hearing
    about it is open: there was nothing yet to hear.
    """
    this = opened(citation, by=by, on=on)
    after(this.stage, Verb.PROPOSE)
    reason = said_reason(reason)
    if hearing_of(this.row.citation, on=this.day).opened is not None:
        raise Refused(
            "These targets cannot be proposed now",
            why="a hearing about them was opened when there was nothing yet to be heard on",
            next_step="Withdraw that hearing, propose the targets, and open another",
        )
    _check_stands(this, this.row.targets)
    _write_version(this, this.row.targets, number=1, because=None, reason=reason)
    move(this, Verb.PROPOSE, reason=reason)
    return target_set(this.row.citation.id)


@transaction.atomic
def withdraw(citation: str, *, reason: str, by: Who, on: datetime) -> TargetSetRow:
    """Withdraw a set of targets before it is adopted. What was adopted is ended by later ones."""
    this = opened(citation, by=by, on=on)
    after(this.stage, Verb.WITHDRAW)
    move(this, Verb.WITHDRAW, reason=said_reason(reason))
    return target_set(this.row.citation.id)


def one_at_a_time() -> None:
    """Wait for other writers of targets, until this transaction ends."""
    take_turn("totalplace.targets")


def opened(citation: str, *, act: Act = Act.PROPOSE_TARGETS, by: Who, on: datetime) -> Opened:
    """A set to act on. Raises Refused where there is none, or they may not."""
    one_at_a_time()
    row = target_set(citation)
    power = places.power(by, act, place=row.place, on=on)
    day = local_day(on)
    return Opened(row, stage_of(row, on=day), day, by, on, power)


def move(this: Opened, verb: Verb, *, reason: str, citing: str = "") -> None:
    """Make a move and put it on the record."""
    following = after(this.stage, verb)
    models.TargetMove.objects.create(
        set_id=this.row.id,
        turn=len(this.row.moves) + 1,
        verb=verb.value,
        before=this.row.kept.value,
        after=following.value,
        day=this.day,
        reason=reason,
        by=this.by.name,
        on=this.on,
    )
    write(this, verb.value, citing="; ".join(filter(None, (reason, citing))))


def write(this: Opened, verb: str, *, citing: str) -> None:
    """Put an act about a set of targets on the record."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )


def said_reason(reason: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(reason, "Nothing was done to the targets")


def _check_begins(title: str, why: str, years: tuple[FinancialYear, FinancialYear]) -> None:
    what = "The targets cannot be drafted"
    if not title.strip() or not why.strip() or len(title) > _LONGEST:
        raise Refused(
            what,
            why="they have no title, or it is not said why the place sets them"
            if len(title) <= _LONGEST
            else f"the title has more than {_LONGEST} letters",
            next_step="Give a title in a few words, and why in a sentence",
        )
    length = years[1].start - years[0].start + 1
    if not 1 <= length <= _MOST_YEARS:
        raise Refused(
            what,
            why="the last year is before the first"
            if length < 1
            else f"they are for {length} years, and at most {_MOST_YEARS} can be foreseen",
            next_step="Give the first year and the last, such as 2027-28 and 2029-30",
        )


def _check_no_answer(because: int | None) -> None:
    if because is not None:
        raise Refused(
            "A draft cannot be changed so",
            why="it was not heard yet, so there is no answer to name",
            next_step="Change it without naming an answer",
        )


def _targets_of(this: Opened, wanted: Sequence[Wanted]) -> list[Target]:
    """The targets that are wanted, in the words in which they were first said here."""
    before = {target.key: target.outcome for target in this.row.targets}
    targets = [
        made(one, before.get(one.key) or outcome_of(one.indicator, one.area)) for one in wanted
    ]
    _check_stands(this, targets)
    return targets


def _check_stands(this: Opened, targets: Sequence[Target]) -> None:
    row = this.row
    check_set(targets, first_day=row.first_year.first_day, last_day=row.last_year.last_day)
    check_agencies(targets, {one.agency.code for one in places.members(row.place, on=this.day)})


def _write_version(
    this: Opened, targets: Sequence[Target], *, number: int, because: int | None, reason: str
) -> None:
    version = models.TargetVersion.objects.create(
        set_id=this.row.id, turn=len(this.row.versions) + 1, number=number, because=because,
        reason=reason, by=this.by.name, on=this.on,
    )  # fmt: skip
    codes = {part.agency for target in targets for part in target.parts if part.agency}
    agencies = {code: places.agency(code).id for code in codes}
    for line, target in enumerate(targets, start=1):
        outcome, base = target.outcome, target.baseline
        row = models.Target.objects.create(
            version=version, line=line, indicator=outcome.indicator, area=outcome.area,
            title=outcome.title, unit=outcome.unit, better=outcome.better.value,
            baseline=base.value, baseline_period=base.period, baseline_source=base.source,
            why_no_baseline=base.why_missing, why=target.why, against=target.against,
        )  # fmt: skip
        models.TargetStep.objects.bulk_create(
            models.TargetStep(target=row, day=step.day, value=step.value) for step in target.steps
        )
        models.TargetPart.objects.bulk_create(
            models.TargetPart(target=row, agency_id=agencies.get(part.agency), share=part.share,
                              pence=part.pence)
            for part in target.parts
        )  # fmt: skip
