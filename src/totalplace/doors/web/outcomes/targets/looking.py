"""The targets that a place has adopted, and each set: versions, what changed, how it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.queries.promises import suspended
from totalplace.decisions.queries import effective
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.telling import colour
from totalplace.doors.web.showing import now, show, who
from totalplace.doors.web.sources.seeing import home
from totalplace.outcomes.queries import name_of
from totalplace.outcomes.queries.measured import readings_beside
from totalplace.outcomes.queries.sets import (
    TargetSetRow,
    VersionRow,
    target_set,
    target_sets,
    targets,
)
from totalplace.outcomes.queries.targets_heard import (
    best_decision,
    decisions_about,
    hearings_about,
    stage_of,
    you_said,
)
from totalplace.outcomes.rules import target_telling as telling
from totalplace.outcomes.rules.target_moves import COLOURS, DONE, WORDS, Stage, Verb, verbs
from totalplace.outcomes.rules.target_readings import Beside
from totalplace.outcomes.rules.targets import Target
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Stage as Hearing
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_ACTS = dict.fromkeys(Verb, Act.PROPOSE_TARGETS) | {Verb.ADOPT: Act.ADOPT_TARGETS}


@dataclass(frozen=True, slots=True)
class Shown:
    """A target as a page shows it, in words; `read` is None where nothing is to be read of it."""

    line: int
    target: Target
    area: str
    sentence: str
    now: str
    movers: tuple[str, ...]
    read: Beside | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done to a set: its words, its address, and what it lacks, if anything.

    `main` is what leads on.
    """

    words: str
    href: str
    main: bool
    lacks: tuple[Lack, ...] = ()


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The places that have targets, or could."""
    rows = [(place, targets(place.code)) for place in places.places()]
    return show(request, "outcomes/targets/places.html", {"rows": rows})


@require_safe
def in_force(request: HttpRequest, place: str) -> HttpResponse:
    """The targets that a place has adopted, in plain words, beside what was read since."""
    here, by, on = the_place(place), who(request), today()
    found = targets(place)
    rows = [
        (row, stage_of(row, on=on))
        for row in target_sets(place)
        if row.published or may_read_draft(row, by, on)
    ]
    said = {
        "place": here,
        "found": found,
        "targets": shown(found.targets, read=True) if found else [],
        "rows": rows,
        "colours": COLOURS,
        "may_draft": places.may(by, Act.PROPOSE_TARGETS, place=place, on=on),
        "telling": telling,
        "still": suspended(place, on),
    }
    return show(request, "outcomes/targets/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int, version: int = 0) -> HttpResponse:
    """One set: what is to be reached, what changed and why, how it was heard and decided."""
    by, on = who(request), today()
    row = the_set(place, number, by, on)
    stage = stage_of(row, on=on)
    stood = chosen(row, version, by, on)
    decided = [(d, effective(d, on)) for d in decisions_about(row)]
    said = {
        "row": row,
        "stage": stage,
        "colour": COLOURS[stage],
        "version": stood,
        "is_last": stood == row.last,
        "targets": shown(stood.targets if stood else ()),
        "pence": _pence(stood),
        "choices": choices(row, stage, by, on) if stood == row.last else [],
        "may_change": _may_change(row, stage, by, on) and stood == row.last,
        "done": you_said(row),
        "versions": [(one, row.changes(one.number)) for one in reversed(row.published)],
        "hearings": hearings_about(row),
        "decisions": [(d, stands, colour(stands)) for d, stands in decided],
        "names": names(),
        "moves": DONE,
        "telling": telling,
    }
    return show(request, "outcomes/targets/set.html", said)


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


def the_set(place: str, number: int, by: Officer | None, on: date) -> TargetSetRow:
    """The set of an address. Raises Http404 where there is none, or it is a draft of others."""
    try:
        row = target_set(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    if not row.published and not may_read_draft(row, by, on):
        raise Http404
    return row


def may_read_draft(row: TargetSetRow, by: Officer | None, on: date) -> bool:
    """Whether somebody may read what is not proposed yet."""
    return places.may(by, Act.READ_UNPUBLISHED, place=row.place, on=on)


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    return {one.code: one.name for one in places.agencies()}


def shown(found: tuple[Target, ...], *, read: bool = False) -> list[Shown]:
    """Targets in words; `read`: beside what was read of them."""
    called = names()
    where = home()
    return [
        Shown(
            line=line,
            target=target,
            area=name_of(target.outcome.area),
            sentence=telling.sentence(target),
            now=telling.now(target),
            movers=tuple(telling.share(part, called) for part in target.parts if part.share),
            read=readings_beside(target, home=where) if read else None,
        )
        for line, target in enumerate(found, start=1)
    ]


def choices(row: TargetSetRow, stage: Stage, by: Officer | None, on: date) -> list[Choice]:
    """What an officer can do to a set, from the rules that guard the actions."""
    if by is None:
        return []
    base, found = f"/outcomes/targets/{row.citation.id}/", []
    for verb in verbs(stage):
        if verb is Verb.ADOPT or not places.may(by, _ACTS[verb], place=row.place, on=on):
            continue
        if verb in (Verb.CHANGE, Verb.REVISE):
            found.append(Choice("Add a target", f"{base}add/", main=not row.targets))
            found.append(Choice("Upload a workbook", f"{base}upload/", main=False))
        elif verb is not Verb.PROPOSE or row.targets:
            found.append(Choice(WORDS[verb], f"{base}{verb.value}/", main=verb is Verb.PROPOSE))
    if _may_begin_hearing(row, by, on):
        asked = {"place": row.place, "agency": row.agency, "about": str(row.citation)}
        href = f"/participation/begin/?{urlencode(asked)}"
        found.append(Choice("Have people heard on it", href, main=True))
    if row.kept is Stage.PROPOSED and places.may(by, Act.ADOPT_TARGETS, place=row.place, on=on):
        lacks = tuple(best_decision(row, on=on)[1])
        found.insert(0, Choice(WORDS[Verb.ADOPT], f"{base}adopt/", main=True, lacks=lacks))
    return sorted(found, key=lambda choice: not choice.main)


def _may_begin_hearing(row: TargetSetRow, by: Officer, on: date) -> bool:
    under_way = [one for one in hearings_about(row) if one.held is not Hearing.WITHDRAWN]
    may = places.may(by, Act.PREPARE_HEARING, place=row.place, on=on)
    return row.kept is Stage.PROPOSED and not under_way and may


def _may_change(row: TargetSetRow, stage: Stage, by: Officer | None, on: date) -> bool:
    can = {Verb.CHANGE, Verb.REVISE} & set(verbs(stage))
    return bool(can) and places.may(by, Act.PROPOSE_TARGETS, place=row.place, on=on)


def chosen(row: TargetSetRow, number: int, by: Officer | None, on: date) -> VersionRow | None:
    """The version that is asked for; without one the last that the reader may see."""
    if number:
        return row.version(number)
    if row.published and not may_read_draft(row, by, on):
        return row.published[-1]
    return row.last


def _pence(version: VersionRow | None) -> int | None:
    known = [one.pence for one in version.targets if one.pence is not None] if version else []
    return sum(known) if known else None
