"""Plans as anybody reads them: those of a place, and each with what it gives to whom, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.queries.allocations import allocated_to, allocation_in_force
from totalplace.commissioning.queries.answers import PartRow, parts, statements
from totalplace.commissioning.queries.plans import (
    PlanRow,
    VersionRow,
    plan,
    plans,
    stakes,
)
from totalplace.commissioning.queries.plans_heard import (
    best_decision,
    decisions_about,
    hearings_about,
    stage_of,
    you_said,
)
from totalplace.commissioning.rules.known_told import share_told
from totalplace.commissioning.rules.plan_moves import COLOURS, DONE, NEXT, WORDS, Stage, Verb, verbs
from totalplace.commissioning.rules.plan_telling import by_agency, by_option, said_points
from totalplace.commissioning.rules.reaching import Brought, brought, counted_told
from totalplace.decisions.queries import effective
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.telling import colour
from totalplace.doors.web.commissioning.weighing.opening import PAGES, appraised
from totalplace.doors.web.showing import now, show, who
from totalplace.money.years import FinancialYear
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Stage as Hearing
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_MOST: Final = 200  # services that stand on a page; all are in the files


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done to a plan: its words, its address, and what it lacks, if anything.

    `main` is what leads on.
    """

    words: str
    href: str
    main: bool
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency will commission: the service, the outcome, its words, and pence if said."""

    service: str
    outcome: str
    words: str
    pence: int | None


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The places that have a plan, or could."""
    rows = [(place, allocation_in_force(place.code)) for place in places.places()]
    return show(request, "commissioning/plans/places.html", {"rows": rows})


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """The plans of a place, and which of them holds."""
    here, by, on = the_place(place), who(request), today()
    rows = [
        (row, stage_of(row, on=on))
        for row in reversed(plans(place))
        if row.published or may_read_draft(row, by, on)
    ]
    said = {
        "place": here,
        "held": allocation_in_force(place),
        "rows": rows,
        "colours": COLOURS,
        "appraised": appraised(place),
        "may_draft": places.may(by, Act.PLAN, place=place, on=on),
    }
    return show(request, "commissioning/plans/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int, version: int = 0) -> HttpResponse:
    """One plan: what it gives to whom, the others beside it, who answered, and what is next."""
    by, on = who(request), today()
    row = the_plan(place, number, by, on)
    stage = stage_of(row, on=on)
    stood = chosen(row, version, by, on)
    is_last = stood == row.last
    answered = parts(row) if is_last else []
    called = names()
    services = by_option(stood.case, stood.stands.pence, called)
    said = {
        "row": row,
        "base": f"/commissioning/{row.citation.id}/",
        "stage": stage,
        "colour": COLOURS[stage],
        "next": NEXT[stage],
        "version": stood,
        "is_last": is_last,
        "brings": _brings(stood),
        "counted": counted_told,
        "last_year": FinancialYear(stood.first_year + stood.years - 1).label,
        "parts_of": by_agency(stood.case, stood.stands.pence, called),
        "answered": {part.agency: part for part in answered},
        "open_to_reply": _open_to_reply(row, answered, by, on),
        "said": _commissioned(stood, answered),
        "services": services[:_MOST],
        "more_services": max(0, len(services) - _MOST),
        "pages": PAGES,
        "appraised": appraised(row.place),
        "choices": choices(row, stage, by, on) if is_last else [],
        "names": called,
        "said_points": said_points,
        "share_told": share_told,
        "known": {one.sort: stood.known(one.sort) for one in stood.proposable},
    }
    return show(request, "commissioning/plans/plan.html", said | _course(row, on))


def _brings(stood: VersionRow) -> list[Brought]:
    """What the plan that stands brings each outcome in its last year."""
    found = brought(stood.case, stood.stands.pence, stood.problem.lines)
    return [one for one in found if one.year == stood.years - 1]


def _course(row: PlanRow, on: date) -> dict[str, Any]:
    """How a plan came about: what was said, stated, heard, decided, adopted."""
    decided = [(d, effective(d, on)) for d in decisions_about(row)]
    return {
        "statements": statements(row),
        "allocation": allocated_to(row.id),
        "done": you_said(row),
        "versions": [(one, row.changes(one.number)) for one in reversed(row.published)],
        "hearings": hearings_about(row),
        "decisions": [(d, stands, colour(stands)) for d, stands in decided],
        "moves": DONE,
    }


def _open_to_reply(
    row: PlanRow, answered: list[PartRow], by: Officer | None, on: date
) -> frozenset[str]:
    """The agencies that contest their part, where the reader may answer them."""
    if row.kept is not Stage.PROPOSED or not places.may(by, Act.PLAN, place=row.place, on=on):
        return frozenset()
    return frozenset(part.agency for part in answered if part.open)


def _commissioned(version: VersionRow, answered: list[PartRow]) -> list[tuple[PartRow, Said]]:
    """What agencies say they will commission, in the words of the case."""
    titles = {one.code: one.title for one in version.case.options}
    wanted = {one.key: one.title for one in version.case.wanted}
    return [
        (part, Said(titles.get(one.option, one.option),
                    wanted.get((one.indicator, one.area), one.indicator), one.words, one.pence))
        for part in answered
        if part.answer is not None
        for one in part.answer.intents
    ]  # fmt: skip


def today() -> date:
    """The day in England."""
    return local_day(now())


def the_place(code: str) -> places.PlaceRow:
    """The place of an address. Raises Http404 where there is none."""
    try:
        if code_is_sound(code):
            return places.place(code)
    except Refused as refused:
        raise Http404 from refused
    raise Http404


def the_plan(place: str, number: int, by: Officer | None, on: date) -> PlanRow:
    """The plan of an address. Raises Http404 where there is none, or it is a draft of others."""
    try:
        row = plan(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    if not row.published and not may_read_draft(row, by, on):
        raise Http404
    return row


def may_read_draft(row: PlanRow, by: Officer | None, on: date) -> bool:
    """Whether somebody may read what is not proposed yet."""
    return places.may(by, Act.READ_UNPUBLISHED, place=row.place, on=on)


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    return {one.code: one.name for one in places.agencies()}


def chosen(row: PlanRow, number: int, by: Officer | None, on: date) -> VersionRow:
    """The version that is asked for; without one the last that the reader may see."""
    if number:
        return row.version(number)
    if row.published and not may_read_draft(row, by, on):
        return row.published[-1]
    return row.last


def choices(row: PlanRow, stage: Stage, by: Officer | None, on: date) -> list[Choice]:
    """What an officer can do to a plan, from the rules that guard the actions."""
    if by is None:
        return []
    base, found = f"/commissioning/{row.citation.id}/", []
    may_plan = places.may(by, Act.PLAN, place=row.place, on=on)
    for verb in verbs(stage):
        if verb in (Verb.ANSWER, Verb.STATE, Verb.ADOPT):
            found += _of_others(row, verb, by, on)
        elif may_plan and verb in (Verb.CHANGE, Verb.REVISE):
            found.append(Choice(WORDS[verb], f"{base}change/", main=False))
        elif may_plan:
            href = f"{base}{verb.value}/"
            found.append(Choice(WORDS[verb], href, main=verb is Verb.PROPOSE))
    if _may_begin_hearing(row, by, on):
        asked = {"place": row.place, "agency": row.agency, "about": str(row.citation)}
        href = f"/participation/begin/?{urlencode(asked)}"
        found.append(Choice("Have people heard on it", href, main=True))
    if stage is Stage.PROPOSED and places.may(by, Act.ADOPT_PLAN, place=row.place, on=on):
        lacks = tuple(best_decision(row, on=on)[1])
        found.insert(0, Choice(WORDS[Verb.ADOPT], f"{base}adopt/", main=True, lacks=lacks))
    if stage is Stage.ADOPTED and _may_post(row, by, on):
        found.append(Choice("Post it to the book", f"{base}post/", main=True))
    return sorted(found, key=lambda choice: not choice.main)


def _of_others(row: PlanRow, verb: Verb, by: Officer, on: date) -> list[Choice]:
    """What others than whoever drafts a plan do to it: agencies, the finance officer, members."""
    base = f"/commissioning/{row.citation.id}/"
    if verb is Verb.ANSWER:
        called = names()
        return [
            Choice(f"Answer for {called.get(agency, agency)}", f"{base}answer/{agency}/", main=True)
            for agency in sorted(stakes(row.last))
            if places.may(by, Act.ANSWER_PLAN, agency=agency, place=row.place, on=on)
        ]
    if verb is Verb.STATE:
        may = places.may(by, Act.STATE_ROBUSTNESS, agency=row.agency, place=row.place, on=on)
        return [Choice(WORDS[verb], f"{base}state/", main=True)] if may else []
    if not places.may(by, Act.ADOPT_PLAN, place=row.place, on=on):
        return []
    lacks = tuple(best_decision(row, on=on)[1])
    return [Choice(WORDS[verb], f"{base}adopt/", main=True, lacks=lacks)]


def _may_begin_hearing(row: PlanRow, by: Officer, on: date) -> bool:
    under_way = [one for one in hearings_about(row) if one.held is not Hearing.WITHDRAWN]
    may = places.may(by, Act.PREPARE_HEARING, place=row.place, on=on)
    return row.kept is Stage.PROPOSED and not under_way and may


def _may_post(row: PlanRow, by: Officer, on: date) -> bool:
    made = allocated_to(row.id)
    may = places.may(by, Act.ADOPT_PLAN, place=row.place, on=on)
    return made is not None and made.posting is None and may
