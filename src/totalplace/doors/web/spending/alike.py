"""Beside similar places: a council of the place and a group of others, per person; which is said.

The figures of others are from the returns that are held today: only the place's own are frozen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from markupsafe import Markup

from totalplace.count.queries.alike import AlikeRow, councils, neighbours_in, of_one_kind
from totalplace.count.rules.spending.by_area import per_person
from totalplace.count.rules.words import plural
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit
from totalplace.doors.report.whole.tables import Row, Table, money, plain, table, words
from totalplace.doors.web.count.opening import Reading, home
from totalplace.doors.web.count.page import Link, Page, Part, exact, linked
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.ready import of_edition, paged
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import AreaRow
from totalplace.places.rules.kinds import gss_is_sound
from totalplace.refusal import Refused

_MOST: Final = 15  # councils beside one's own
_KIND: Final = "same-kind"
_OWN: Final = "chosen"
_HEADS: Final = (
    "rank", "gss", "name", "pence", "people", "pence_per_person", "form", "group",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Councils to be set beside one: how the group is called in an address, and in words."""

    key: str
    name: str
    why: str
    codes: tuple[str, ...]


@of_edition
def compare_places(request: HttpRequest, reading: Reading, form: str = "") -> HttpResponseBase:
    """One council of the place beside a group that is chosen in the address."""
    areas = [a for a in places.areas_of_place(reading.row.place) if gss_is_sound(a.gss)]
    asked = str(request.GET.get("area", ""))
    area = next((a for a in areas if a.gss == asked), areas[0] if areas else None)
    if area is None:
        return paged(request, reading, _nothing(reading), form)
    groups = _groups(area, reading, str(request.GET.get("with", "")))
    key = str(request.GET.get("group", ""))
    group = next((g for g in groups if g.key == key), groups[0])
    return paged(request, reading, _page(reading, areas, area, (groups, group)), form)


def _nothing(reading: Reading) -> Page:
    return Page(
        title=VIEWS["compare-places"],
        lead="It is not said of which areas this place is made, so nothing can stand beside it.",
        at=("compare-places",),
        parts=(),
        exact=exact(reading, _HEADS, ()),
    )


def _groups(area: AreaRow, reading: Reading, chosen: str) -> list[Group]:
    """The groups that can be chosen: named in the address, of publishers' lists, of one kind."""
    year = FinancialYear.parse(reading.row.year)
    found = []
    codes = tuple(dict.fromkeys(c for c in chosen.split(",") if gss_is_sound(c)))[:_MOST]
    if codes:
        why = "The councils that the address of this page names; no rule chose them."
        found.append(Group(_OWN, "Councils that were chosen one by one", why, codes))
    for path in sorted((home().root / "alike").glob("*.csv")):
        listed = _alike(path, path.stat().st_mtime_ns).get(area.gss, ())
        if listed:
            why = f"{path.name} calls them most like {area.name}, the most alike first."
            found.append(Group(path.stem, f"Councils alike, by {path.stem}", why, listed[:_MOST]))
    same = of_one_kind(home(), area.gss, year)
    why = (
        f"Councils of the same kind as {area.name} whose returns of {year} are held: "
        f"{len(same)}. The {_MOST} nearest to it in people are shown. They may differ in all else."
    )
    found.append(Group(_KIND, "Councils of the same kind, near in people", why,
                       _nearest(area.gss, same, year)))  # fmt: skip
    return found


def _nearest(code: str, others: Sequence[str], year: FinancialYear) -> tuple[str, ...]:
    """The councils whose people are nearest in number; those whose are not known come last."""
    own = places.measure(code, "people", year.start)
    if own is None:
        return tuple(others[:_MOST])
    by_far: list[tuple[bool, int, str]] = []
    for other in others:
        people = places.measure(other, "people", year.start)
        far = abs(people.value - own.value) if people else 0
        by_far.append((people is None, far, other))
    return tuple(other for _, _, other in sorted(by_far)[:_MOST])


@lru_cache(maxsize=16)
def _alike(path: Path, _: int) -> Mapping[str, tuple[str, ...]]:
    """A publisher's list; none where the file is no such list."""
    try:
        return neighbours_in(path)
    except (Refused, UnicodeDecodeError, csv.Error):
        return {}


def _page(
    reading: Reading, areas: Sequence[AreaRow], area: AreaRow, said: tuple[Sequence[Group], Group]
) -> Page:
    groups, group = said
    year = FinancialYear.parse(reading.row.year)
    others = [c for c in group.codes if c != area.gss]
    rows = councils(home(), [area.gss, *others], year)
    query = {"area": area.gss if len(areas) > 1 else "", "group": group.key,
             "with": ",".join(group.codes) if group.key == _OWN else ""}  # fmt: skip
    return Page(
        title=VIEWS["compare-places"],
        lead=f"{area.name} beside {plural(len(others), 'other council')}, {year}, net of income, "
        "as each returned it.",
        at=("compare-places",),
        parts=tuple(_parts(reading, (areas, area), (groups, group), rows)),
        exact=exact(reading, _HEADS, (_row(r, group) for r in rows)),
        query=urlencode({name: value for name, value in query.items() if value}),
    )


def _row(row: AlikeRow, group: Group) -> tuple[Exactly, ...]:
    return (
        row.rank, row.gss, row.name, _or_empty(row.pence), _or_empty(row.people),
        _or_empty(_each(row)), row.form, group.key,
    )  # fmt: skip


def _or_empty(value: int | None) -> Exactly:
    return "" if value is None else value


def _each(row: AlikeRow) -> int | None:
    return None if row.people is None else per_person(row.pence, row.people)


def _parts(
    reading: Reading,
    which: tuple[Sequence[AreaRow], AreaRow],
    said: tuple[Sequence[Group], Group],
    rows: Sequence[AlikeRow],
) -> Iterator[Part]:
    areas, area = which
    groups, group = said
    yield Part(
        "Which group",
        says=(f"{group.name}. {group.why}",),
        links=tuple(_choices(reading, which, groups, group)),
    )
    known = [r for r in rows if _each(r) is not None and _same_kind(r, rows[0])]
    lacks = tuple(r.name for r in rows if r.pence is None)
    yield Part(
        "Spending for each person",
        says=tuple(s for s in (_ONLY_COUNCIL, _lacking(lacks)) if s),
        table=linked(_table(rows)),
        picture=_picture(f"{area.name} and others, {reading.row.year}", known),
    )
    yield Part("What this does not say", says=(_NOT_SAID, _TODAY))
    if len(areas) > 1:
        yield Part("Another council of the place", links=tuple(
            Link(a.name, f"{reading.to('compare-places')}?{urlencode({'area': a.gss})}")
            for a in areas if a.gss != area.gss
        ))  # fmt: skip


_ONLY_COUNCIL: Final = (
    "Each council alone, by its own return, net of fees, charges and other income. Councils of "
    "another kind have other duties, so the picture leaves them out."
)
_NOT_SAID: Final = (
    "More is not worse and less is not better: need, prices and what residents want differ, and so "
    "does what a council puts into its return."
)
_TODAY: Final = (
    "The sums of others are those of the returns that are held today, and are not frozen in this "
    "edition: this page may change when another return is taken in."
)


def _lacking(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"Not known, because no return is held or its figures are blank: {', '.join(names)}."


def _choices(
    reading: Reading,
    which: tuple[Sequence[AreaRow], AreaRow],
    groups: Sequence[Group],
    group: Group,
) -> Iterator[Link]:
    areas, area = which
    for other in groups:
        if other.key != group.key:
            query = {"group": other.key}
            if len(areas) > 1:
                query["area"] = area.gss
            yield Link(other.name, f"{reading.to('compare-places')}?{urlencode(query)}")


def _table(rows: Sequence[AlikeRow]) -> Table:
    unit = Unit.for_sums(r.pence or 0 for r in rows)
    each = Unit(is_millions=False)
    return table(
        "Table of councils",
        "The place’s own council first.",
        ["Council", "£ a person", unit.name, "People", "<Return"],
        [
            Row(
                r.name,
                (
                    money(each, _each(r)),
                    money(unit, r.pence),
                    plain(f"{r.people:,}" if r.people is not None else NOT_KNOWN),
                    words(r.form or "none is held"),
                ),
                _under(r, rows[0]),
            )
            for r in rows
        ],
    )


def _under(row: AlikeRow, own: AlikeRow) -> str:
    if row.rank == 0:
        return "the place’s own"
    return "" if _same_kind(row, own) else "another kind of council, with other duties"


def _same_kind(row: AlikeRow, own: AlikeRow) -> bool:
    """The first three letters of a GSS code say which kind of council an area has (ONS)."""
    return row.gss[:3] == own.gss[:3]


def _picture(title: str, rows: Sequence[AlikeRow]) -> Markup:
    if len(rows) < 2:
        return Markup("")
    shown = [Range(r.name, _each(r), _each(r), _each(r)) for r in rows]
    drawn = figure(f"Net spending for each person: {title}",
                   lambda width: ranges(title, shown, width=width))  # fmt: skip
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn
