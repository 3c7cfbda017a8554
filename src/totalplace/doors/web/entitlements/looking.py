"""The few guarantees in plain words; one of them; and a version as its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.front import public
from totalplace.doors.web.showing import now, show, who
from totalplace.entitlements import queries
from totalplace.entitlements.queries import GuaranteeRow, MoveRow, VersionRow
from totalplace.entitlements.rules.guarantee import Guarantee
from totalplace.entitlements.rules.moves import Stage, Verb, verbs
from totalplace.entitlements.rules.steps import amount_in_words, steps
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every guarantee in force, how few they are, what they cost in a place, and what comes."""
    on, by = local_day(now()), who(request)
    asked = request.GET.get("place", "")
    known = {place.code: place for place in places.places()}
    place = known.get(asked)
    rows = queries.guarantees()
    said = {
        "place": place,
        "places": list(known.values()),
        "rows": queries.in_force(place.code if place else "", on),
        "few": queries.few(on=on, place=place.code if place else ""),
        "coming": _coming(rows, on),
        "proposed": [one for row in rows for one in row.versions if one.stage is Stage.PROPOSED],
        "may_propose": bool(places.may_where(by, Act.PROPOSE_ENTITLEMENT, on)),
        "may_set": place is not None
        and places.may(by, Act.SET_LOCAL_VARIANT, place=place.code, on=on),
    }
    return public(show(request, "entitlements/every.html", said))


def _coming(rows: list[GuaranteeRow], on: date) -> list[tuple[VersionRow, date, bool]]:
    """What begins or ends on a day that has not come, the next first."""
    found = [
        (one, move.first_day, move.verb is Verb.REPEAL)
        for row in rows
        for one in row.versions
        for move in one.moves
        if move.first_day is not None and move.first_day > on
    ]
    return sorted(found, key=lambda each: each[1])


@require_safe
def guarantee(request: HttpRequest, code: str) -> HttpResponse:
    """One guarantee: who, what, under which law, who pays, what places add, and its history."""
    row, on, by = queries.guarantee(code), local_day(now()), who(request)
    version = row.in_force(on)
    shown = version or row.last_enacted or row.latest
    asked = request.GET.get("place", "")
    here = None
    if version is not None and code_is_sound(asked):
        here = queries.entitlement(code, asked, on=on)
    said = {
        "row": row,
        "version": shown,
        "rule": here.rule if here else shown.rule,
        "here": here,
        "in_force": version is not None,
        "conditions": conditions(here.rule if here else shown.rule, on),
        "numbers": _numbers(shown.rule),
        "variants": [one for one in queries.variants(code=code) if not one.ends],
        "may_enact": places.may(by, Act.ENACT_ENTITLEMENT, agency=row.agency, on=on),
        "may_propose": places.may(by, Act.PROPOSE_ENTITLEMENT, agency=row.agency, on=on),
        "can_repeal": row.last_enacted is not None and row.last_enacted.stage is Stage.ENACTED,
        "history": _history(row),
    }
    return public(show(request, "entitlements/guarantee.html", said))


def conditions(rule: Guarantee, on: date) -> list[tuple[int, str, str]]:
    """Who is eligible, condition by condition: its depth, its words and its law."""
    if rule.who is None:
        return []
    day = max(on, rule.first_day)
    if rule.last_day is not None:
        day = min(day, rule.last_day)
    told = steps(rule.who, {}, rule.setting(day), rule.wording)
    return [(one.depth, one.words, rule.law[one.law].text if one.law else "") for one in told]


def _numbers(rule: Guarantee) -> list[tuple[str, str, date]]:
    return [
        (one.title, amount_in_words(value, one.unit), first)
        for one in rule.parameters.values()
        for first, value in one.values
    ]


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done about a version, and the move, where it is one."""

    on: datetime
    done: str
    version: VersionRow
    move: MoveRow | None = None


def _history(row: GuaranteeRow) -> list[Happened]:
    """What happened, the latest first."""
    found = []
    for one in row.versions:
        first = one.number == 1
        proposed = "It was proposed" if first else "A change was proposed"
        found.append(Happened(one.on, proposed, one))
        done = {
            Verb.ENACT: "It was enacted" if first else "The change was enacted",
            Verb.WITHDRAW: "The proposal was withdrawn",
            Verb.REPEAL: "It was repealed",
        }
        found += [Happened(move.on, done[move.verb], one, move) for move in one.moves]
    found.reverse()  # of what was done at one moment, too, the later comes first
    return sorted(found, key=lambda one: one.on, reverse=True)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version of a guarantee: its text, where it stands, its tests, and what can be done."""
    row, on, by = queries.guarantee(code), local_day(now()), who(request)
    one = row.version(number)
    can = verbs(one.stage)
    enact = places.may(by, Act.ENACT_ENTITLEMENT, agency=row.agency, on=on)
    propose = places.may(by, Act.PROPOSE_ENTITLEMENT, agency=row.agency, on=on)
    said = {
        "row": row,
        "version": one,
        "conditions": conditions(one.rule, on),
        "may_enact": enact and Verb.ENACT in can,
        "may_withdraw": propose and Verb.WITHDRAW in can,
        "may_cost": propose,
    }
    return public(show(request, "entitlements/version.html", said))
