"""Estimates of what no return shows: several ways, the first shown, with their range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.shares import Share

MILLION_POUNDS = 100_000_000  # pence


@dataclass(frozen=True, slots=True)
class Programme:
    """A national programme: its total and the people it serves, by year; in pence and people."""

    code: str
    title: str
    kind: str
    services: tuple[str, ...]
    raises: str  # the item of a return that it can raise from an older year
    pence: Mapping[int, int]
    people: Mapping[int, int]
    note: str
    nations: str = "E"  # first letters of the GSS codes of the areas that its total is of


def programmes(definition: Mapping[str, Any]) -> list[Programme]:
    """Programmes as a definitions file gives them. Raises KeyError for one that lacks a key."""
    return [
        Programme(
            code,
            said["title"],
            said["kind"],
            tuple(said["services"]),
            said["raises"],
            {year: round(value * MILLION_POUNDS) for year, value in said["million"].items()},
            {year: round(value * 1e6) for year, value in said["people_million"].items()},
            said["note"],
            said["nations"],
        )
        for code, said in definition["programmes"].items()
    ]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One way to estimate a sum, in words, and what it comes to."""

    how: str
    pence: int


@dataclass(frozen=True, slots=True)
class Older:
    """A national total that a return gives for another year than the one wanted."""

    form: str
    year_start: int
    pence: int
    source: str


def raised(pence: int, series: Mapping[int, int], old: int, new: int) -> int | None:
    """A sum of one year raised to another as a series grew; None where the series lacks either."""
    if old not in series or new not in series:
        return None
    return round(pence * series[new] / series[old])


def estimates(
    programme: Programme,
    year_start: int,
    shares: Sequence[Share],
    *,
    older: Older | None,
    prices: Mapping[int, int],
) -> list[Estimate]:
    """Ways to estimate a programme's spending for a place in a year, the best first.

    A return of another year is raised as the programme's funding grew, or as prices did; each is
    shared by every key. The programme's whole funding is shared too. None where nothing is known.
    """
    nationals: list[tuple[str, int]] = []
    if older is not None:
        by_funding = raised(older.pence, programme.pence, older.year_start, year_start)
        by_prices = raised(older.pence, prices, older.year_start, year_start)
        label = f"{older.form} of {older.year_start}-{(older.year_start + 1) % 100:02d}"
        if by_funding is not None:
            nationals.append((f"{label}, raised as national funding grew", by_funding))
        if by_prices is not None:
            nationals.append((f"{label}, raised as prices did", by_prices))
    if year_start in programme.pence:
        nationals.append((f"all national funding ({programme.title})", programme.pence[year_start]))
    return [
        Estimate(f"{how}, by {share.key} ({share.ratio:.2%})", share.of(pence))
        for how, pence in nationals
        for share in shares
    ]


def modelled(
    programme: Programme,
    found: Sequence[Estimate],
    *,
    year: str,
    source: str,
    as_missing: bool,
) -> Line:
    """A line for a programme that no return of the year shows.

    With estimates it is modelled, or, `as_missing`, missing with a range and no value of its own.
    Without any it is missing.
    """
    sums = [e.pence for e in found]
    is_known = bool(sums) and not as_missing
    ways = "; ".join(f"{e.how}: £{e.pence / 1e8:,.0f}m" for e in found)
    return Line(
        agency=programme.code,
        agency_name=programme.title,
        year=year,
        service=programme.services[0] if len(programme.services) == 1 else "other_benefits",
        income=Income.NET,
        economic=Economic.REVENUE,
        basis=Basis.FORMULA,
        status=Status.MODELLED if is_known else Status.MISSING,
        pence=sums[0] if is_known else None,
        low_pence=min(sums, default=None),
        high_pence=max(sums, default=None),
        source=source,
        note=f"{programme.note} Ways tried: {ways}." if ways else programme.note,
        detail=programme.title,
    )


def is_missing(programme: Programme, lines: Iterable[Line]) -> bool:
    """Whether no line shows the first service of a programme, which is its greatest."""
    return not any(x.service == programme.services[0] and x.pence is not None for x in lines)
