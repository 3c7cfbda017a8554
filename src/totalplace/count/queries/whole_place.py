"""The whole-place count, put together from what is held: payments, returns, register, rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from totalplace import engines
from totalplace.count.definitions.services import services
from totalplace.count.definitions.whole_place import checked, known_counts, natures
from totalplace.count.queries.asked import Asked, Row, issues_and_lines
from totalplace.count.queries.between import Counted, flows_of
from totalplace.count.queries.built import Only, count
from totalplace.count.queries.from_returns import (
    FromReturns,
    form_titles,
    from_returns,
    years_of,
)
from totalplace.count.queries.known import counted_bodies, known_of
from totalplace.count.queries.lookups import Lookups, Seen, look_up
from totalplace.count.rules.published import Count, Weight
from totalplace.count.rules.rulings import PAID_ONCE, Ruling, Subject, of_subject
from totalplace.count.rules.whole_place.flows import Flow, matrix
from totalplace.count.rules.whole_place.from_payments import Explained, Paid, explained, spent
from totalplace.count.rules.whole_place.from_returns import Figure
from totalplace.count.rules.whole_place.lines import Line
from totalplace.count.rules.whole_place.whole import (
    Break,
    SourceUsed,
    ThreeNumbers,
    WholePlace,
    three_numbers,
)
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources import returns
from totalplace.sources.home import Home

STAGES: Final = 6  # that a count goes through, and tells of
_CUBE: Final = "cube.parquet"
_MONTHS: Final = "month_cube.parquet"


@dataclass(frozen=True, slots=True)
class Built:
    """A whole-place count, and the files that were made on the way to it."""

    whole: WholePlace
    cube: Path | None
    months: Path | None  # the month cube
    rulings: tuple[Ruling, ...]
    flows: tuple[Flow, ...]  # of every year, to explain changes by
    scratch: Path  # where the lookups of its payments stand
    returned: tuple[Figure, ...] = ()  # every figure of the returns of the year, as returned


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place and year to count, and with what."""

    home: Home
    place: str
    year: FinancialYear
    rulings: Sequence[Ruling]
    scratch: Path  # for files made on the way
    seen: Seen = lambda _: None  # told what is being done
    files: frozenset[str] | None = None  # hashes of the only files to use; None for all

    def uses(self, sha256: str) -> bool:
        """Whether a file is used."""
        return self.files is None or sha256 in self.files


def whole_place(wanted: Wanted) -> Built:
    """Count what every body spends in a place in a year, each pound once.

    Raises Refused where there is no such place, it has no members, or nothing of that year is
    held.
    """
    members = members_of(wanted.place, wanted.year)
    wanted.seen("reading returns")
    returned = from_returns(wanted.home, wanted.place, members, wanted.year, uses=wanted.uses)
    counted = counted_bodies(members)
    paid = _payments(wanted, members, counted)
    if paid is None and not returned.lines:
        raise Refused(
            f"{wanted.place} cannot be counted for {wanted.year}",
            why="neither payments nor returns of its members for that year are held",
            next_step="Add files with: totalplace sources add, or totalplace sources returns add",
        )
    wanted.seen("adding up")
    whole = _whole(wanted, members, returned, paid, counted)
    flows = tuple(paid.flows) if paid else ()
    cube, months = (paid.cube, paid.months) if paid else (None, None)
    rulings, scratch = tuple(wanted.rulings), wanted.scratch
    return Built(whole, cube, months, rulings, flows, scratch, returned.figures)


def _whole(
    wanted: Wanted,
    members: Sequence[AgencyRow],
    returned: FromReturns,
    paid: _Payments | None,
    counted: Counted,
) -> WholePlace:
    place, year = wanted.place, wanted.year
    people, people_source = _people(place, year)
    flows = tuple(f for f in paid.flows if f.year_start == year.start) if paid else ()
    payments = paid.count if paid else None
    areas = frozenset(area.gss for area in places.areas_of_place(place))
    return WholePlace(
        place=place,
        place_name=places.place(place).name,
        year=year.label,
        people=people,
        people_source=people_source,
        net_lines=returned.lines,
        capital_lines=returned.capital,
        stood_for=returned.stood_for,
        gross_lines=tuple(paid.lines) if paid else (),
        numbers=numbers_of(returned.lines),
        flows=flows,
        matrix=matrix(flows, counted.agencies, returned.received if flows else None),
        taken_out=returned.taken_out,
        checked=checked() if returned.lines else (),
        disagreements=returned.disagreements,
        explained=tuple(_explained(members, returned, payments, flows, year)),
        breaks=tuple(_breaks(members, payments, year)),
        sources=tuple(_sources(wanted, members, returned)),
        payments=payments,
        known=known_counts(areas),
        names=_names(members, flows),
    )


def latest_year(home: Home, place: str) -> FinancialYear:
    """The latest year for which payments or returns of a place's members are held.

    Raises Refused where nothing is held of them.
    """
    codes = [m.agency.code for m in places.members(place)]
    years = [
        FinancialYear.of(r.last_date)
        for r in sources.readings(agencies=codes)
        if r.last_date is not None
    ]
    years += years_of(home, place)
    if not years:
        raise Refused(
            f"{place} cannot be counted",
            why="nothing of its members is held",
            next_step="Add files with: totalplace sources add FOLDER --agency CODE",
        )
    return max(years)


def members_of(place: str, year: FinancialYear) -> list[AgencyRow]:
    """The agencies that were members on any day of a year, by code."""
    found = {
        m.agency.code: m.agency
        for m in places.members(place)
        if (m.first_day is None or m.first_day <= year.last_day)
        and (m.last_day is None or m.last_day >= year.first_day)
    }
    if not found:
        raise Refused(
            f"{place} cannot be counted",
            why=f"it has no members in {year}",
            next_step=f"Add one with: totalplace places join {place} AGENCY",
        )
    return [found[code] for code in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Payments:
    lines: list[Line]
    flows: list[Flow]
    count: Count
    cube: Path
    months: Path


def _payments(wanted: Wanted, members: Sequence[AgencyRow], counted: Counted) -> _Payments | None:
    codes = [m.code for m in members]
    readings = [r for r in sources.readings(agencies=codes) if wanted.uses(r.sha256)]
    holdings = _holdings(wanted)
    if not readings or not holdings["payments"]:
        return None
    held = tuple(code for code in codes if any(r.agency == code for r in readings))
    asked = Asked(holdings, held)
    issues, _ = issues_and_lines(asked, readings)
    known = known_of(members, wanted.rulings)
    looked_up = look_up(asked, issues, known, wanted.scratch, wanted.seen)
    wanted.seen("adding payments up")
    cube = wanted.scratch / _CUBE
    engines.write_answer(cube, "count/cube", looked_up.holdings, agencies=list(held))
    _nothing_lost(asked, cube)
    months = wanted.scratch / _MONTHS
    engines.write_answer(months, "count/month_cube", {"cube": [cube]})
    only = None if wanted.files is None else Only(wanted.files, holdings)
    counting = count(wanted.home, agencies=held, only=only)
    if wanted.year.label not in counting.years:
        return None
    wanted.seen("following money between bodies")
    once = _paid_once(looked_up, wanted.rulings)
    flows = flows_of(looked_up, held, counted, wanted.rulings, once)
    names = {m.code: m.name for m in members}
    year = wanted.year
    paid = [*_paid(cube, names, year), *_ruled_out(once, names, year)]
    of_year = [f for f in flows if f.year_start == year.start]
    lines = spent(paid, of_year, source="payments")
    return _Payments(lines, flows, counting, cube, months)


def _nothing_lost(asked: Asked, cube: Path) -> None:
    """Raise Refused unless the cube holds every row and penny that is held, by agency and kind."""
    held = {(r["agency"], r["kind"]): (r["row_count"], int(r["pence"])) for r in asked.ask("sums")}
    added = {
        (r["agency"], r["kind"]): (r["row_count"], r["pence"])
        for r in engines.ask("count/cube_sums", {"cube": [cube]})
    }
    if held != added:
        wrong = sorted({agency for (agency, _), _ in held.items() ^ added.items()})
        raise Refused(
            "The count contradicts itself",
            why=f"what was added up of {', '.join(wrong)} is not all that is held",
            next_step="Use no figure of it, and report it with the file that was added last",
        )


def _holdings(wanted: Wanted) -> Mapping[str, Sequence[Path]]:
    """The holdings, or those of their rows that are of the only files to use."""
    held = sources.holdings(wanted.home)
    if wanted.files is None or not held["payments"]:
        return held
    path = wanted.scratch / "payments.parquet"
    payments = {"payments": held["payments"]}
    engines.write_answer(path, "count/rows_of_files", payments, files=sorted(wanted.files))
    return {**held, "payments": [path]}


def _paid(cube: Path, names: Mapping[str, str], year: FinancialYear) -> Iterable[Paid]:
    rows = engines.ask("count/spend_by_service", {"cube": [cube]}, year_start=year.start)
    for r in rows:
        yield Paid(
            r["agency"], names[r["agency"]], year.label, r["service"], r["economic"],
            r["row_count"], r["amount_pence"],
        )  # fmt: skip


def _paid_once(looked_up: Lookups, rulings: Sequence[Ruling]) -> list[Row]:
    """Lines that an officer ruled to be a second writing of a payment, of every year."""
    once = [r for r in of_subject(rulings, Subject.COPY) if r.said == PAID_ONCE]
    if not once:
        return []
    return engines.ask(
        "count/ruled_lines",
        looked_up.holdings,
        files=[r.file for r in once],
        sheets=[r.sheet for r in once],
        rows=[r.row for r in once],
    )


def _ruled_out(
    once: Iterable[Row], names: Mapping[str, str], year: FinancialYear
) -> Iterable[Paid]:
    """Lines that an officer ruled to be paid once, taken off where they were counted."""
    for r in once:
        if r["year_start"] == year.start:
            yield Paid(
                r["agency"], names.get(r["agency"], r["agency"]), year.label, r["service"],
                r["economic"], -r["row_count"], -r["pence"],
            )  # fmt: skip


def _people(place: str, year: FinancialYear) -> tuple[int | None, str]:
    """The people of a place and where that is from; None where an area lacks a value."""
    found = places.measure_of_place(place, "people", year.start)
    if found is None or found.lacking:
        return None, ""
    years = f", {found.years[-1]}" if found.years else ""
    return found.value, f"{found.source}{years}"


def numbers_of(lines: Sequence[Line]) -> ThreeNumbers | None:
    """The three sums that are often taken for one, of net lines; None without any."""
    if not lines:
        return None
    listed = services()
    return three_numbers(
        lines,
        decides=lambda code: str(listed[code].decides) if code in listed else "",
        paid_in=lambda line: line.service.endswith(("_benefit", "_benefits")),
    )


def _explained(
    members: Sequence[AgencyRow],
    returned: FromReturns,
    payments: Count | None,
    flows: Sequence[Flow],
    year: FinancialYear,
) -> Iterable[Explained]:
    held: dict[str, tuple[int, int]] = {}
    for row in payments.agency_years if payments else ():
        if row.year == year.label:
            held[row.agency.code] = (row.tallies.payments.pence, row.months_held)
    names = {m.code: m.name for m in members}
    passed_on = {n.code for n in natures().listed if not n.spending}
    return explained(held, returned.accounts, names, flows, year=year.label, not_spending=passed_on)


def _breaks(
    members: Sequence[AgencyRow], payments: Count | None, year: FinancialYear
) -> Iterable[Break]:
    for finding in payments.findings if payments else ():
        if finding.weight is Weight.FIGURES:
            yield Break(
                finding.agency.code, finding.agency.name, finding.period,
                f"{finding.topic}. {finding.says}",
            )  # fmt: skip
    for member in members:
        if not member.gss:
            continue
        for step in places.predecessors(member.gss, on=year.last_day):
            if step.on >= year.first_day - timedelta(days=366):
                what = f"It took the place of {step.old_name} on {step.on}: no trend across it."
                yield Break(member.code, member.name, str(step.on), what)


def _sources(
    wanted: Wanted, members: Sequence[AgencyRow], returned: FromReturns
) -> Iterable[SourceUsed]:
    for row in sources.readings(agencies=[m.code for m in members]):
        if not wanted.uses(row.sha256):
            continue
        yield SourceUsed(row.sha256, row.document, row.publisher, row.licence, "payments")
    titles = form_titles(wanted.home)
    used = {(r.file, r.form) for r in returned.used}
    for file in returns.files():
        if (file.sha256, file.form) in used:
            used.remove((file.sha256, file.form))
            what = titles.get(file.form, file.form)
            yield SourceUsed(file.sha256, file.document, file.publisher, file.licence, what)


def _names(members: Sequence[AgencyRow], flows: Iterable[Flow]) -> dict[str, str]:
    found = {m.code: m.name for m in members}
    for code in {f.receiver for f in flows} | {f.paid_to for f in flows}:
        body = places.body_by_code(code.removeprefix("gss:")) if code.startswith("gss:") else None
        found[code] = body.name if body else code.removeprefix("agency:")
    return found
