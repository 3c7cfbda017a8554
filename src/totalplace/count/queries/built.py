"""The count, put together from what is read and what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.count.queries import asked as ask
from totalplace.count.queries.asked import Asked, Payees
from totalplace.count.queries.chosen import Chosen, chosen
from totalplace.count.rules.facts import Facts, Notice, Twice, Written
from totalplace.count.rules.findings import found
from totalplace.count.rules.findings.found import not_kept, ordered
from totalplace.count.rules.published import Body, Count, FaultLine, Kept
from totalplace.count.rules.repeated import InvoiceMonth
from totalplace.count.rules.tallies import Issue, Kind, Line, Tallies, total
from totalplace.count.rules.thresholds import Sizes
from totalplace.count.rules.unknowns import Between, unknowns
from totalplace.count.rules.vat_change import Turn
from totalplace.count.rules.years import agency_years, named
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources.home import Home
from totalplace.sources.queries import ReadingRow

_ALL_HELD: Final = "All that is held"


@dataclass(frozen=True, slots=True)
class Only:
    """The only files to count, by hash, and the holdings of their rows."""

    files: frozenset[str]
    holdings: Mapping[str, Sequence[Path]]


def count(
    home: Home,
    *,
    place: str = "",
    agencies: Sequence[str] = (),
    year: FinancialYear | None = None,
    only: Only | None = None,
) -> Count:
    """What the agencies of a place, or all agencies, or some, published for a year or for all.

    With `only`, as if no other files were held. Raises Refused where there is no such place or
    agency, or nothing is held of it.
    """
    picked = chosen(place, agencies)
    readings = [
        r
        for r in sources.readings(agencies=list(picked.bodies))
        if only is None or r.sha256 in only.files
    ]
    if not readings:
        raise _nothing(place)
    holdings = sources.holdings(home) if only is None else only.holdings
    series = _series(holdings, picked, readings, year)
    facts = [_facts(series, body, year) for body in series.bodies.values()]
    if not any(f.years for f in facts):
        raise _no_such_year(year, series)
    return _counted(series, readings, picked, facts, place=place, year=year)


def _counted(
    series: _Series,
    readings: Sequence[ReadingRow],
    picked: Chosen,
    facts: Sequence[Facts],
    *,
    place: str,
    year: FinancialYear | None,
) -> Count:
    years = tuple(y for f in facts for y in f.years)
    kept = _kept(series, readings)
    counted = {y.agency.code for y in years}
    without = tuple(body for code, body in picked.bodies.items() if code not in counted)
    findings = [finding for f in facts for finding in found(f)]
    return Count(
        place=place,
        place_name=places.place(place).name if place else _ALL_HELD,
        years=tuple(sorted({y.year for y in years})),
        bodies=tuple(picked.bodies.values()),
        nothing_held=without,
        agency_years=years,
        findings=tuple(ordered(not_kept(kept) + findings)),
        unknowns=tuple(unknowns(years, without, series.between, _not_placed(series, year))),
        kept=tuple(kept),
        faults=tuple(fault for f in facts for fault in f.faults),
        tables=len(readings) if year is None else _tables(facts),
        taken_on=max(r.taken_on for r in readings),
    )


def _nothing(place: str) -> Refused:
    whose = f"of the agencies of {place} " if place else ""
    return Refused(
        "There is nothing to count",
        why=f"no file {whose}is held",
        next_step="Add files with: totalplace sources add FOLDER --agency CODE",
    )


def _no_such_year(year: FinancialYear | None, series: _Series) -> Refused:
    labels = {
        line.standing.year.label
        for lines in series.lines.values()
        for line in lines
        if line.standing.year is not None
    }
    return Refused(
        f"{year} cannot be counted" if year else "There is nothing to count",
        why="no row of the files held stands in it",
        next_step=f"The years held are {', '.join(sorted(labels)) or 'none'}",
    )


@dataclass(frozen=True, slots=True)
class _Series:
    """All that is asked of the holdings, by agency, before any year is chosen."""

    bodies: Mapping[str, Body]
    issues: Mapping[str, Sequence[Issue]]
    lines: Mapping[str, Sequence[Line]]
    sizes: Mapping[str, tuple[Sizes, ...]]
    turns: Mapping[str, tuple[Turn, ...]]
    invoices: Mapping[str, tuple[InvoiceMonth, ...]]
    twice: Mapping[str, Twice]
    payees: Mapping[str, Payees]
    between: Between
    faults: Mapping[str, Sequence[ask.Row]]
    readings: Mapping[str, Sequence[ReadingRow]]
    asked: Asked


def _series(
    holdings: Mapping[str, Sequence[Path]],
    picked: Chosen,
    readings: Sequence[ReadingRow],
    year: FinancialYear | None,
) -> _Series:
    held = {r.agency for r in readings}
    bodies = {code: body for code, body in picked.bodies.items() if code in held}
    asked = Asked(holdings, tuple(bodies))
    issues, lines = ask.issues_and_lines(asked, readings)
    names = {code: body.name for code, body in picked.bodies.items()}
    payees, between = ask.payees(asked, issues, names, year)
    return _Series(
        bodies=bodies,
        issues=issues,
        lines={
            code: [line for line in lines[code] if picked.counts(code, line.standing.year)]
            for code in bodies
        },
        sizes=ask.sizes(asked),
        turns=ask.turns(asked),
        invoices=ask.invoices(asked, issues),
        twice=ask.twice(asked),
        payees=payees,
        between=between,
        faults=asked.by_agency("faults"),
        readings={code: [r for r in readings if r.agency == code] for code in bodies},
        asked=asked,
    )


def _facts(series: _Series, body: Body, asked: FinancialYear | None) -> Facts:
    code = body.code
    lines = [
        line for line in series.lines[code] if asked is None or line.standing.year == asked
    ]  # fmt: skip
    payees = series.payees.get(code, Payees({}, {}))
    sizes = series.sizes.get(code, ())
    keys = _keys(series, code, lines, asked)
    years = agency_years(body, lines, series.issues[code], sizes, payees.number)
    readings = [r for r in series.readings[code] if (r.sha256, r.sheet) in keys]
    return Facts(
        body=body,
        asked=asked,
        years=tuple(y for y in years if asked is None or y.year == asked.label),
        lines=tuple(lines),
        sizes=sizes,
        turns=series.turns.get(code, ()),
        named=named(series.lines[code]),
        invoices=series.invoices.get(code, ()),
        twice=series.twice.get(code),
        payees=payees.paid,
        notices=tuple(Notice(_name(r), s) for r in readings for s in (*r.notices, *r.unsure)),
        written=_written(readings),
        faults=_faults(series, body, keys),
    )


def _keys(
    series: _Series, code: str, lines: Sequence[Line], asked: FinancialYear | None
) -> set[tuple[str, str]]:
    """The tables that the count reaches: all, or those with a row or a month in the year asked."""
    if asked is None:
        return {issue.key for issue in series.issues[code]}
    keys = {line.issue.key for line in lines}
    of_year = (i for i in series.issues[code] if i.period is not None and i.period.year == asked)
    return keys | {issue.key for issue in of_year}


def _tables(facts: Sequence[Facts]) -> int:
    return sum(year.tables for f in facts for year in f.years)


def _not_placed(series: _Series, year: FinancialYear | None) -> Tallies:
    """Rows whose year is not known, where one year is asked for: they are in no count of a year."""
    lines = (line for same in series.lines.values() for line in same)
    unplaced = [line.in_kinds() for line in lines if line.standing.year is None]
    return Tallies() if year is None else total(unplaced)


def _name(reading: ReadingRow) -> str:
    return f"{reading.document} · {reading.sheet}" if reading.sheet else reading.document


def _written(readings: Sequence[ReadingRow]) -> Written:
    return Written(
        sum(r.trailing_minus for r in readings),
        sum(r.trailing_minus > 0 for r in readings),
        sum(r.serial_dates for r in readings),
        sum(r.serial_dates > 0 for r in readings),
    )


def _faults(
    series: _Series, body: Body, keys: Collection[tuple[str, str]]
) -> tuple[FaultLine, ...]:
    """What could not be read in some tables, the reason with the most rows first."""
    sums: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in series.faults.get(body.code, []):
        if (row["file"], row["sheet"]) in keys:
            same = sums[bool(row["refused"]), row["why"]]
            for at, name in enumerate(("row_count", "pence", "without_amount")):
                same[at] += row[name]
    ranked = sorted(sums.items(), key=lambda s: (not s[0][0], -s[1][0], s[0][1]))
    return tuple(FaultLine(body, why, refused, *found) for (refused, why), found in ranked)


def _kept(series: _Series, readings: Sequence[ReadingRow]) -> list[Kept]:
    """What was read of each agency and kind beside what is held of it."""
    held = {
        (r["agency"], r["kind"]): (r["row_count"], r["pence"]) for r in series.asked.ask("sums")
    }
    fields = {
        Kind.PAYMENT: ("payments", "sum_pence"),
        Kind.CARD: ("cards", "cards_pence"),
        Kind.COMMITMENT: ("commitments", "commitments_pence"),
    }
    found = []
    for code, body in series.bodies.items():
        mine = [r for r in readings if r.agency == code]
        for kind, (rows, pence) in fields.items():
            read_rows = sum(getattr(r, rows) for r in mine)
            read_pence = sum(getattr(r, pence) for r in mine)
            held_rows, held_pence = held.get((code, kind.value), (0, 0))
            if read_rows or held_rows:
                found.append(Kept(body, kind.value, read_rows, held_rows, read_pence, held_pence))
    return found
