"""What pages of the partnership begin with: the round of an address, and whose answers they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404
from markupsafe import Markup

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.partnership import principle_rows
from totalplace.doors.report.pictures.steps import small_bar
from totalplace.doors.web.showing import now
from totalplace.monitoring.queries.partnership import Own, RoundRow, round_of
from totalplace.monitoring.rules.partnership import WHOLE_SIDE, Group, Results, relations
from totalplace.monitoring.rules.partnership_told import (
    agreed_in_words,
    differing,
    people_of,
    relation,
    split,
)
from totalplace.monitoring.rules.questions import LOCAL, Element, Questions
from totalplace.monitoring.rules.spread import Spread
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.kinds import code_is_sound
from totalplace.readiness.rules.scale import Side
from totalplace.refusal import Refused

EACH_OTHER: Final = "each-other"  # in an address, where a department's code would stand


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as a page shows how its answers spread; None: too few to tell."""

    element: Element
    spread: Spread | None
    bar: Markup
    middle: str
    agreed: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one side says of a relation: its statements, and where it is split."""

    group: Group
    whose: str
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    camps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with what each side and body says of it, and who sees it differently."""

    title: str
    says: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sides: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A relation that a person is asked about, and how far they are in each principle."""

    about: str  # as in an address
    title: str
    lead: str
    parts: tuple[tuple[str, str, int, int], ...]  # code, title, answered, of how many


def today() -> date:
    """The day in England."""
    return local_day(now())


def the_place(code: str) -> PlaceRow:
    """The place of an address. Raises Http404 where there is none."""
    try:
        if code_is_sound(code):
            return places.place(code)
    except Refused as refused:
        raise Http404 from refused
    raise Http404


def the_round(place: str, number: int) -> RoundRow:
    """The round of an address. Raises Http404 where there is none."""
    the_place(place)
    try:
        return round_of(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused


def about_of(address: str) -> str:
    """The relation that an address names."""
    return LOCAL if address == EACH_OTHER else address


def told_of(row: RoundRow, found: Results, names: dict[str, str]) -> list[Relation]:
    """Every relation of a closed round as a page tells it."""
    told = []
    for about in dict.fromkeys(about for about, _ in relations(row.asked)):
        heads, rows = principle_rows(row, found, names, about)
        groups = [one for one in found.groups if one.about == about]
        sides = [one for one in groups if one.agency == WHOLE_SIDE and not one.few]
        told.append(
            Relation(
                relation(about, names),
                tuple(differing(found, row.questions, names, about)),
                heads,
                tuple(tuple(one) for one in rows),
                tuple(_told(row.questions, one, names) for one in sides),
            )
        )
    return told


def _told(questions: Questions, group: Group, names: dict[str, str]) -> Told:
    parts = tuple(
        (one.title, tuple(_row(questions, e, group.spreads.get(e.code)) for e in one.elements))
        for one in questions.principles
    )
    camps = tuple(says for _, says in split(group, questions))
    return Told(group, people_of(group, names), parts, camps)


def _row(questions: Questions, element: Element, spread: Spread | None) -> Row:
    if spread is None:
        return Row(element, None, Markup(), "", "")
    bar = Markup(small_bar(spread.counts))  # noqa: S704  (numbers and names of colours alone)
    middle = questions.step(spread.median) if spread.median is not None else "nobody judged it"
    return Row(element, spread, bar, middle, agreed_in_words(spread))


def progress_of(
    row: RoundRow, side: Side, own: Own | None, names: dict[str, str], *, agency: str
) -> list[Progress]:
    """What a person of a body is asked about, and how far they are."""
    abouts = [about for about, of in relations(row.asked) if of is side]
    if side is Side.CENTRE:
        abouts = [agency]
    found = []
    for about in abouts:
        steps = own.steps.get(about, {}) if own else {}
        parts = tuple(
            (
                one.code, one.title, sum(e.code in steps for e in one.elements),
                len(one.elements),
            )
            for one in row.questions.principles
        )  # fmt: skip
        lead = _lead(about, side, row.place_name, names)
        found.append(Progress(about or EACH_OTHER, relation(about, names), lead, parts))
    return found


def _lead(about: str, side: Side, place: str, names: dict[str, str]) -> str:
    """Of whom "we" and "each of us" are said."""
    if about == LOCAL:
        return f"“We” are the local bodies of {place}, with each other."
    other = names.get(about, about)
    if side is Side.CENTRE:
        return f"“We” are {other} and the local bodies of {place}."
    return f"“We” are the local bodies of {place} and {other}."
