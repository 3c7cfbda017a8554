"""Councils of areas that a publisher calls alike, set beside a place's own, per person."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.count.queries.from_returns import figures_of
from totalplace.count.rules.whole_place.from_returns import one_form_each
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.kinds import gss_is_sound
from totalplace.refusal import Refused
from totalplace.sources import returns
from totalplace.sources.home import Home

_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A council's net spending of a year by its own return. None where it is not known."""

    gss: str
    name: str
    rank: int  # 0 is the place's own council, 1 the most alike
    pence: int | None
    people: int | None
    form: str


def neighbours_in(path: Path) -> dict[str, tuple[str, ...]]:
    """A publisher's list of areas and those most like each: a code a row, then codes by rank.

    Raises Refused for a file that is no such list.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    found = {
        row[0]: tuple(code for code in row[1:] if gss_is_sound(code))
        for row in rows
        if row and gss_is_sound(row[0])
    }
    if not found or not any(found.values()):
        raise Refused(
            f"{path.name} is no list of areas that are alike",
            why="it has no rows of an area's code followed by the codes of others",
            next_step="Give the publisher's file, such as the ONS's statistical neighbours",
        )
    return found


def alike(
    home: Home, place: str, year: FinancialYear, neighbours: Mapping[str, Sequence[str]]
) -> list[AlikeRow]:
    """The council of a place of one area and those most like it, the most alike first.

    Raises Refused for a place of several areas: nobody publishes which such places are alike.
    """
    areas = places.areas_of_place(place)
    if len(areas) != 1 or areas[0].gss not in neighbours:
        raise Refused(
            f"No place can be set beside {place}",
            why="it is not one area that the list of areas alike names",
            next_step="Leave the list out, or count a place of one such area",
        )
    return councils(home, [areas[0].gss, *neighbours[areas[0].gss][:_MOST]], year)


def councils(home: Home, codes: Sequence[str], year: FinancialYear) -> list[AlikeRow]:
    """Some councils by their GSS codes, in the order given: what each returned of a year."""
    held = returns.lines(home, bodies=list(codes), year=year.start)
    figures, _ = one_form_each(figures_of(home, [r for r in held if not r.area]))
    rows = []
    for rank, code in enumerate(codes):
        mine = [f for f in figures if f.body == code]
        known = [f.pence for f in mine if f.pence is not None]
        people = places.measure(code, "people", year.start)
        body = places.body_by_code(code)
        name = body.name if body else code
        form = mine[0].form if mine else ""
        rows.append(
            AlikeRow(
                code, name, rank, sum(known) if known else None,
                people.value if people else None, form,
            )
        )  # fmt: skip
    return rows


def of_one_kind(home: Home, code: str, year: FinancialYear) -> tuple[str, ...]:
    """The councils of the same kind as one, by its GSS code, whose returns of a year are held.

    The first three letters of a GSS code say which kind of council an area has (ONS).
    """
    found = {
        body.body_gss
        for body in returns.bodies(home)
        if body.body_gss[:3] == code[:3]
        and body.body_gss != code
        and body.first_year <= year.start <= body.last_year
    }
    return tuple(sorted(found))
