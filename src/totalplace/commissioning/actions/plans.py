"""Drafting a plan from a case, changing it, proposing it, revising it, withdrawing it.

Finding the three plans of a case takes seconds. It is done before any turn is taken, so that nobody
waits for it; only then is what was found written, in one transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.commissioning import models
from totalplace.commissioning.actions.plan_moves import (
    Chosen,
    Opened,
    Written,
    move,
    one_at_a_time,
    opened,
    said_reason,
    write,
    write_version,
)
from totalplace.commissioning.queries.appraisals import check_accepted
from totalplace.commissioning.queries.plans import PlanRow, VersionRow, plan
from totalplace.commissioning.rules.adopting import check_revision
from totalplace.commissioning.rules.candidates import Candidate, Unsolved, candidates
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_text import text_of
from totalplace.commissioning.rules.plan_moves import Verb, after
from totalplace.commissioning.rules.plan_refused import refused_of
from totalplace.commissioning.rules.sorts import PROPOSABLE, TITLES
from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import local_day
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_LONGEST = 300  # letters of a title
SECONDS = 20.0  # at most for the first plan of a case; as much again for each of the others


def draft(
    place: str, title: str, case: Case, *, agency: str, why: str, by: Who, on: datetime
) -> PlanRow:
    """Begin a plan of a place from a case, for which an agency is accountable.

    Raises Refused where nothing says why, the agency or one of the case is not of the place, or no
    plan meets every demand of the case: then with the smallest set of demands that cannot be met.
    """
    places.power(by, Act.PLAN, place=place, on=on)
    _check_begins(place, title, why, agency, on)
    _check_case(place, case, on)
    return _begin(place, title.strip(), _found(case), case, agency, why.strip(), by, on)


@transaction.atomic
def _begin(  # noqa: PLR0913  (all that a plan begins with)
    place: str, title: str, found: tuple[Candidate, ...], case: Case, agency: str, why: str,
    by: Who, on: datetime,
) -> PlanRow:  # fmt: skip
    one_at_a_time()
    power = places.power(by, Act.PLAN, place=place, on=on)
    here = places.place(place)
    number = models.Plan.objects.filter(place_id=here.id).count() + 1
    row = models.Plan.objects.create(
        place_id=here.id, number=number, agency_id=places.agency(agency).id, title=title, why=why,
        by=by.name, on=on,
    )  # fmt: skip
    digest = write_version(row.pk, 1, Written(case, found, 0, "First draft"), by=by, on=on)
    made = plan(f"{place}/{number}")
    record.write(
        by.name, "drafted", about=made.citation, on=on, power=power,
        citing=f"{title}, {made.last.label}; accountable: {agency}; case {digest}",
    )  # fmt: skip
    return made


def change(citation: str, case: Case, *, reason: str, by: Who, on: datetime) -> PlanRow:
    """Put the case of a draft anew, with its three plans found anew.

    Raises Refused for a plan that is proposed already, and as `draft` does for the case.
    """
    row = _may(citation, Verb.CHANGE, by, on)
    reason = said_reason(reason)
    _check_changed(row.last, case, None)
    _check_case(row.place, case, on)
    found = _found(case)
    with transaction.atomic():
        this = opened(citation, by=by, on=on)
        after(this.stage, Verb.CHANGE)
        _check_stands_still(row, this.row)
        written = Written(case, found, 0, reason)
        digest = write_version(row.id, len(this.row.versions) + 1, written, by=by, on=on)
        write(this, "changed the draft", citing=f"{reason}; case {digest}")
    return plan(row.citation.id)


@transaction.atomic
def propose(citation: str, chosen: Chosen, *, by: Who, on: datetime) -> PlanRow:
    """Propose one of the three plans of a draft, with the reason for it: version 1, for ever.

    Raises Refused without a reason, for what is only to be compared with, where the weights rest on
    no decision in effect, and where a hearing about it is open: there was nothing yet to hear.
    """
    this = opened(citation, by=by, on=on)
    after(this.stage, Verb.PROPOSE)
    chosen = _checked(chosen)
    last = this.row.last
    if hearing_of(this.row.citation, on=this.day).opened is not None:
        raise Refused(
            "This plan cannot be proposed now",
            why="a hearing about it was opened when there was nothing yet to be heard on",
            next_step="Withdraw that hearing, propose the plan, and open another",
        )
    _check_weights(last.case, on)
    _check_case(this.row.place, last.case, on)
    written = Written(last.case, _same(last), 1, chosen.because, chosen=chosen)
    digest = write_version(this.row.id, len(this.row.versions) + 1, written, by=by, on=on)
    move(this, Verb.PROPOSE, reason=chosen.because, citing=f"{chosen.sort.value}; case {digest}")
    return plan(this.row.citation.id)


def revise(
    citation: str, case: Case | None, chosen: Chosen, *, reason: str, because: int | None = None,
    by: Who, on: datetime,
) -> PlanRow:  # fmt: skip
    """Put a plan that is proposed anew as its next version: another case, or another of its plans.

    Without a case that of the version before stands. Once its hearing is open, `because` is the
    number of an answer that says what changed. Raises Refused for a change without a reason or an
    answer, and as `draft` does for the case.
    """
    row = _may(citation, Verb.REVISE, by, on)
    reason, chosen, case = said_reason(reason), _checked(chosen), case or row.last.case
    _check_changed(row.last, case, chosen)
    _check_case(row.place, case, on)
    _check_weights(case, on)
    same = text_of(case) == row.last.text
    found = _same(row.last) if same else _found(case)
    with transaction.atomic():
        this = opened(citation, by=by, on=on)
        after(this.stage, Verb.REVISE)
        _check_stands_still(row, this.row)
        heard = hearing_of(this.row.citation, on=this.day)
        check_revision(because, opened=heard.opened, answers=heard.answers)
        number = len(this.row.published) + 1
        written = Written(case, found, number, reason, because, chosen)
        digest = write_version(row.id, len(this.row.versions) + 1, written, by=by, on=on)
        led = f"; answer {because}" if because else ""
        write(this, f"revised, version {number}",
              citing=f"{reason}{led}; {chosen.sort.value}; case {digest}")  # fmt: skip
    return plan(row.citation.id)


@transaction.atomic
def withdraw(citation: str, *, reason: str, by: Who, on: datetime) -> PlanRow:
    """Withdraw a plan before it is adopted. What was adopted is ended by a later plan."""
    this = opened(citation, by=by, on=on)
    after(this.stage, Verb.WITHDRAW)
    move(this, Verb.WITHDRAW, reason=said_reason(reason))
    return plan(this.row.citation.id)


@transaction.atomic
def _may(citation: str, verb: Verb, by: Who, on: datetime) -> PlanRow:
    """A plan on which an act is about to be done, before plans are found for it."""
    this: Opened = opened(citation, by=by, on=on)
    after(this.stage, verb)
    return this.row


def _found(case: Case) -> tuple[Candidate, ...]:
    names = {one.code: one.name for one in places.agencies()}
    found = candidates(case, seconds=SECONDS, names=names)
    if isinstance(found, Unsolved):
        raise refused_of(found.problem, case)
    return found


def _same(version: VersionRow) -> list[Candidate]:
    return [
        Candidate(
            one.sort, one.pence, one.points, one.bound, one.method, one.reason, one.moved_pence,
            one.broken,
        )
        for one in version.candidates
    ]  # fmt: skip


def _check_stands_still(before: PlanRow, now: PlanRow) -> None:
    if before.last.id != now.last.id:
        raise Refused(
            "The plan was not changed",
            why="somebody else changed it while its three plans were looked for",
            next_step="Look at what it says now, and try again",
        )


def _checked(chosen: Chosen) -> Chosen:
    if chosen.sort not in PROPOSABLE:
        raise Refused(
            f"'{TITLES[chosen.sort]}' cannot be proposed",
            why="it stands there to be compared with",
            next_step="Choose one of the three plans",
        )
    return Chosen(chosen.sort, said_reason(chosen.because))


def _check_changed(last: VersionRow, case: Case, chosen: Chosen | None) -> None:
    if text_of(case) == last.text and (chosen is None or chosen.sort is last.chosen):
        raise Refused(
            "The plan was not changed",
            why="its case and what is proposed are what they were",
            next_step="Change something, or leave it as it is",
        )


def _check_begins(place: str, title: str, why: str, agency: str, on: datetime) -> None:
    accountable, here = places.agency(agency), places.place(place)
    if not title.strip() or not why.strip() or len(title) > _LONGEST:
        raise Refused(
            "The plan cannot be drafted",
            why="it has no title, or it is not said why it is made"
            if len(title) <= _LONGEST
            else f"the title has more than {_LONGEST} letters",
            next_step="Give a title in a few words, and why in a sentence",
        )
    if agency not in _members(place, on):
        raise Refused(
            f"{accountable.name} cannot be accountable for a plan of {here.name}",
            why="it does not belong to the place today",
            next_step=f"Make it a member with: totalplace places join {place} {agency}",
        )


def _check_case(place: str, case: Case, on: datetime) -> None:
    if case.place != place:
        raise Refused(
            "This case is of another place",
            why=f"it says {case.place or 'no place'}, and the plan is of {place}",
            next_step="Put the place right in the case, or draft a plan of that place",
        )
    members = _members(place, on)
    for option in case.options:
        if option.agency not in members:
            raise Refused(
                f"{option.title} cannot be in a plan of {place}",
                why=f"its agency, {option.agency}, does not belong to the place today",
                next_step=f"Choose from: {', '.join(sorted(members))}; or make it a member",
            )
    check_accepted(place, case)


def _check_weights(case: Case, on: datetime) -> None:
    """Weights say what matters most, so they come from a decision, and from no officer."""
    kind, _, cited = case.weights_by.partition(" ")
    if not cited:
        raise Refused(
            "This plan cannot be proposed",
            why="its case does not say which decision set the weights",
            next_step="Cite it in the case as: decision BODY/NUMBER",
        )
    decisions.require_in_effect(Citation(kind, cited.strip()), on=local_day(on))


def _members(place: str, on: datetime) -> set[str]:
    return {one.agency.code for one in places.members(place, on=local_day(on))}
