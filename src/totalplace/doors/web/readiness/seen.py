"""What pages of readiness show: areas with what each side said, and what an officer can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404

from totalplace.agreements.queries.devolution import Model, Opening, every_model, opens
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Officer
from totalplace.readiness import queries
from totalplace.readiness.queries import AssessmentRow, EvidenceRow
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.evidence import EvidenceKind, Rest
from totalplace.readiness.rules.moves import WORDS, Stage, Verb, verbs
from totalplace.readiness.rules.scale import TITLES, Area, Side
from totalplace.readiness.rules.scoring import Scored
from totalplace.refusal import Refused

_ACTS: Final = {
    Verb.HAND_IN: {Side.PLACE: Act.SCORE_FOR_PLACE, Side.CENTRE: Act.SCORE_FOR_CENTRE},
    Verb.PROPOSE: {
        Side.PLACE: Act.AGREE_READINESS_FOR_PLACE,
        Side.CENTRE: Act.AGREE_READINESS_FOR_CENTRE,
    },
}
_LIKE: Final = {
    Verb.HAND_IN: Verb.HAND_IN,
    Verb.WITHDRAW: Verb.HAND_IN,
    Verb.PROPOSE: Verb.PROPOSE,
    Verb.CONSENT: Verb.PROPOSE,
}
_PATHS: Final = {
    Verb.HAND_IN: "score",
    Verb.PROPOSE: "put",
    Verb.CONSENT: "agree",
    Verb.WITHDRAW: "withdraw",
}


@dataclass(frozen=True, slots=True)
class AreaShown:
    """An area as a councillor reads it; None where it may not be seen, or is not said yet."""

    area: Area
    title: str
    place: Scored | None
    centre: Scored | None
    gap: str
    agreed: AgreedLevel | None
    rest: Rest | None
    falls_on: date | None  # the first day without support, if nothing is renewed
    evidence: tuple[EvidenceRow, ...]
    structures_alone: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words and address; `main` is what leads on."""

    words: str
    href: str
    main: bool = False


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


def the_assessment(place: str, number: int) -> AssessmentRow:
    """The assessment of an address. Raises Http404 where there is none."""
    try:
        return queries.assessment(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused


def the_side(side: str) -> Side:
    """The side of an address. Raises Http404 where it is none."""
    if side not in {one.value for one in Side}:
        raise Http404
    return Side(side)


def areas_of(row: AssessmentRow, by: Officer | None, on: date) -> list[AreaShown]:
    """Each area of an assessment, as far as whoever looks may see it."""
    scored = {side: queries.scores(row, side, by=by, on=on) or {} for side in Side}
    said = {gap.area: gap.said for gap in queries.gaps_of(row, by=by, on=on) or ()}
    held = {one.number: one for one in queries.evidence(row.place)}
    items_held = queries.items(row.place)
    rests = queries.rests(row, items_held, on=on) if row.agreed else {}
    falls = queries.supported_until(row, items_held, on=on) if row.agreed else {}
    shown = []
    for area in Area:
        place, centre = scored[Side.PLACE].get(area), scored[Side.CENTRE].get(area)
        numbers = sorted({n for one in (place, centre) if one for n in one.evidence})
        items = tuple(held[n] for n in numbers)
        kinds = {item.kind for item in items}
        shown.append(
            AreaShown(
                area, TITLES[area], place, centre, said.get(area, ""), row.agreed.get(area),
                rests.get(area), falls.get(area), items, kinds == {EvidenceKind.STRUCTURE},
            )
        )  # fmt: skip
    return shown


def choices(row: AssessmentRow, by: Officer | None, on: date) -> list[Choice]:
    """What an officer can do to an assessment, from the rules that guard the actions."""
    if by is None:
        return []
    base, found = f"/readiness/{row.citation.id}/", []
    for verb in verbs(row.stage):
        if verb is Verb.STATE_FACTS:
            if places.may(by, Act.GIVE_EVIDENCE, place=row.place, on=on):
                first = row.stage is Stage.FACTS
                words = WORDS[verb] if first else "State the facts anew"
                found.append(Choice(words, f"{base}facts/", main=first))
            continue
        for side in Side:
            if _may(row, verb, side, by, on) and _is_due(row, verb, side):
                words = f"{WORDS[verb]} for the {side}"
                main = verb in (Verb.HAND_IN, Verb.CONSENT)
                found.append(Choice(words, f"{base}{_PATHS[verb]}/{side}/", main=main))
    if row.stage is Stage.AGREED:
        found += [
            Choice(f"Say what followed, for the {side}", f"{base}followed/{side}/")
            for side in Side
            if _may_say_followed(row, side, by, on)
        ]
    return sorted(found, key=lambda one: not one.main)


def _may(row: AssessmentRow, verb: Verb, side: Side, by: Officer, on: date) -> bool:
    act = _ACTS[_LIKE[verb]][side]
    agency, place = ("", row.place) if side is Side.PLACE else (row.centre, "")
    return places.may(by, act, agency=agency, place=place, on=on)


def _may_say_followed(row: AssessmentRow, side: Side, by: Officer, on: date) -> bool:
    if side is Side.PLACE:
        return places.may(by, Act.GIVE_EVIDENCE, place=row.place, on=on)
    return places.may(by, Act.SCORE_FOR_CENTRE, agency=row.centre, on=on)


def _is_due(row: AssessmentRow, verb: Verb, side: Side) -> bool:
    if verb is Verb.HAND_IN:
        return side not in row.hand_ins
    if verb is Verb.CONSENT:
        return bool(row.proposals) and row.proposals[-1].side is not side
    return True


def powers(row: AssessmentRow | None) -> list[tuple[Model, list[Opening]]]:
    """Which powers of each model the agreed levels open, and what the others lack."""
    levels = row.levels if row else {}
    return [(one, opens(one, levels)) for one in every_model()]


def departments() -> Mapping[str, str]:
    """The departments of the centre, by code."""
    return {one.code: one.name for one in places.agencies() if one.kind == "department"}
