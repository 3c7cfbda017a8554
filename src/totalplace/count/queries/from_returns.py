"""Lines of a place from the returns that are held, and estimates of what none shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from totalplace.count.definitions.whole_place import deflator, overlaps, programmes
from totalplace.count.rules.whole_place.from_returns import (
    CAPITAL,
    COUNTED,
    Disagreement,
    Figure,
    Reach,
    TakenOut,
    counted_once,
    line_of,
    one_form_each,
)
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.modelled import (
    Older,
    Programme,
    estimates,
    is_missing,
    modelled,
)
from totalplace.count.rules.whole_place.shares import Share
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.sources import returns
from totalplace.sources.home import Home
from totalplace.sources.returns import ReturnLine
from totalplace.sources.returns.forms import known

# Keys by which a wider body is shared, the first shown and all of them its range.
_KEYS: Final = ("people", "households", "council_tax_base")
_NHS_KEYS: Final = ("weighted_patients", "registered_patients", "people")
RECEIVED: Final = "received"  # the item of a return that says what came from another body
_LATER: Final = 10  # years after the one wanted, in which a key's value is looked for
_NHS: Final = frozenset({"nhs-board", "nhs-trust"})
_EXPECTED: Final = frozenset(
    {"council", "county", "district", "police", "fire", "combined-authority", "nhs-board"}
)


@dataclass(frozen=True, slots=True)
class FromReturns:
    """What the returns of a year say of a place."""

    lines: tuple[Line, ...]
    capital: tuple[Line, ...]
    taken_out: tuple[TakenOut, ...]
    disagreements: tuple[Disagreement, ...]
    accounts: Mapping[str, tuple[int, str]]  # of each agency as a whole: pence, and the form
    used: tuple[ReturnLine, ...]
    figures: tuple[Figure, ...]  # all that is used, before one form is chosen for each body
    received: Mapping[tuple[str, str, int | None], int]  # payer, receiver and year: as received
    stood_for: tuple[str, ...]  # agencies without a return, for which an estimate stands


def from_returns(
    home: Home,
    place: str,
    members: Sequence[AgencyRow],
    year: FinancialYear,
    *,
    uses: Callable[[str], bool],
) -> FromReturns:
    """The lines of a place and year: its members' returns, returns for its areas, estimates.

    `uses` tells of a file's hash whether it is used.
    """
    held = [r for r in returns.lines(home, year=year.start) if uses(r.file)]
    areas = {area.gss for area in places.areas_of_place(place)}
    mine, whose = _mine(held, members, areas)
    titles = form_titles(home)
    every = [_figure(r, whose[id(r)], titles) for r in mine]
    figures, differing = one_form_each(every)
    building = [f for f in every if f.item == CAPITAL]
    bodies = {_whose(f): f for f in (*building, *figures)}
    reaches = {code: _reach(f, place, areas, year) for code, f in bodies.items()}
    lines, capital = (_lines_of(some, reaches) for some in (figures, building))
    kinds = {_whose(f): f.kind for f in figures}
    stood_for: tuple[str, ...] = ()
    lines, taken_out = counted_once(lines, kinds, overlaps())
    if figures:
        absent = [m for m in members if m.code not in kinds]
        more, stood_for = _what_no_return_shows(home, place, lines, absent, year)
        lines += more
    return FromReturns(
        lines=tuple(lines),
        capital=tuple(capital),
        taken_out=tuple(taken_out),
        disagreements=tuple(differing),
        accounts=_accounts(figures),
        used=tuple(mine),
        figures=tuple(every),
        received=_received(mine, whose, members),
        stood_for=stood_for,
    )


def _lines_of(figures: Iterable[Figure], reaches: Mapping[str, Reach]) -> list[Line]:
    """Figures as lines of the place, but for nothings: a form lists what its body has none of."""
    told = [line_of(f, _whose(f), reaches[_whose(f)]) for f in figures]
    return [line for line in told if line.pence != 0]


def _whose(figure: Figure) -> str:
    return figure.body or figure.body_name


def _received(
    mine: Iterable[ReturnLine],
    whose: Mapping[int, AgencyRow | None],
    members: Sequence[AgencyRow],
) -> dict[tuple[str, str, int | None], int]:
    """What members say they were paid by each other: payers by their code or their name."""
    payers = {said.casefold(): m.code for m in members for said in (m.code, m.gss, m.name) if said}
    found: dict[tuple[str, str, int | None], int] = defaultdict(int)
    for r in mine:
        payer = payers.get(r.line.casefold())
        receiver = whose[id(r)]
        if r.item == RECEIVED and payer and receiver and r.amount_pence is not None:
            found[payer, receiver.code, r.year_start] += r.amount_pence
    return dict(found)


def years_of(home: Home, place: str) -> list[FinancialYear]:
    """The years for which returns of a place's members or areas are held."""
    members = [m.agency for m in places.members(place)]
    areas = {area.gss for area in places.areas_of_place(place)}
    mine, _ = _mine(returns.lines(home, year=None), members, areas)
    return sorted({FinancialYear(r.year_start) for r in mine if r.item in COUNTED})


def _mine(
    held: Iterable[ReturnLine], members: Sequence[AgencyRow], areas: set[str]
) -> tuple[list[ReturnLine], dict[int, AgencyRow | None]]:
    """Returns of members and of the place's areas, and the agency of each."""
    by_code = _codes(members)
    mine, whose = [], {}
    for r in held:
        agency = by_code.get(r.body_gss or "") or by_code.get(r.agency)
        if r.area:
            if r.area not in areas:
                continue
        elif agency is None:
            continue
        mine.append(r)
        whose[id(r)] = agency
    return mine, whose


def _codes(members: Iterable[AgencyRow]) -> dict[str, AgencyRow]:
    found: dict[str, AgencyRow] = {}
    for member in members:
        found[member.code] = member
        if member.gss:
            found[member.gss] = member
            body = places.body_by_code(member.gss)
            for code in body.codes if body else ():
                found[code.code] = member
    return found


def _figure(r: ReturnLine, agency: AgencyRow | None, titles: Mapping[str, str]) -> Figure:
    year = FinancialYear(r.year_start).label
    return Figure(
        body=agency.code if agency else r.agency,
        body_name=agency.name if agency else r.body_name,
        kind=agency.kind.value if agency else r.body_kind,
        year=year,
        form=titles.get(r.form, r.form),
        line=r.line,
        service=r.service or "unclassified",
        economic=r.economic,
        item=r.item,
        income_rule=r.income_rule,
        basis=r.basis,
        status=r.status,
        pence=r.amount_pence,
        low_pence=r.low_pence,
        high_pence=r.high_pence,
        source=r.document,
        note=r.note,
    )


def _reach(figure: Figure, place: str, areas: set[str], year: FinancialYear) -> Reach:
    """How far a body reaches beyond the place; a return for an area of it does not."""
    agency = next((m for m in places.members(place) if m.agency.code == figure.body), None)
    if agency is None or not areas:
        return Reach()
    gss = agency.agency.gss
    if not gss or gss in areas:
        return Reach()
    covered = places.areas_covered(gss)
    if covered.areas and set(covered.areas) <= areas:
        return Reach()
    keys = _NHS_KEYS if figure.kind in _NHS else _KEYS
    shares = _shares(gss, place, keys, year)
    if not shares:
        why = f"The register does not say what part of {figure.body_name}'s area the place is."
        return Reach(unknown=why)
    return Reach(tuple(shares))


def _shares(gss: str, place: str, keys: Iterable[str], year: FinancialYear) -> list[Share]:
    return [
        share
        for key in keys
        if (share := _nearest(key, year, lambda k, y: places.share_of_place(gss, place, k, y)))
    ]


def _nearest(
    key: str, year: FinancialYear, ask: Callable[[str, int], places.Share | None]
) -> Share | None:
    """A share by a key, of the year or the nearest that is known: shares change slowly.

    A share of values that can hardly be true is passed over.
    """
    for asked in range(year.start, year.start + _LATER):
        found = ask(key, asked)
        if found is not None and found.denominator > 0 and not found.doubts:
            named = key.replace("_", " ")
            if found.years and year.start not in found.years:
                named += f" of {found.years[-1]}"
            return Share(named, found.numerator, found.denominator, found.source)
    return None


def _what_no_return_shows(
    home: Home,
    place: str,
    lines: Sequence[Line],
    absent: Sequence[AgencyRow],
    year: FinancialYear,
) -> tuple[list[Line], tuple[str, ...]]:
    """Estimates of national programmes, and bodies without a return that no estimate stands for.

    Beside the lines, the agencies for which an estimate stands. What is estimated beside a part
    that is known is missing, with its range, and not added.
    """
    areas = places.areas_of_place(place)
    kinds = {m.kind.value for m in absent}
    found: list[Line] = []
    stood_for: list[str] = []
    for programme in programmes():
        unseen = is_missing(programme, lines)
        if not unseen and programme.kind not in kinds:
            continue
        older = _older(home, programme, year)
        keys = _NHS_KEYS if programme.kind in _NHS else _KEYS
        shares = _national_shares(place, keys, programme.nations, year) if areas else []
        ways = estimates(programme, year.start, shares, older=older, prices=deflator())
        source = older.source if older else "national programmes (definitions)"
        apart = older is None or not unseen
        line = modelled(programme, ways, year=year.label, source=source, as_missing=apart)
        whose = [m for m in absent if m.kind.value == programme.kind]
        if ways and whose:
            stood_for += [m.code for m in whose]
            names = ", ".join(m.name for m in whose)
            line = replace(line, note=f"{line.note} It stands for {names}.")
        found.append(line)
    silent = [m for m in absent if m.code not in stood_for]
    return [*_missing_bodies(silent, year), *found], tuple(stood_for)


def _missing_bodies(absent: Iterable[AgencyRow], year: FinancialYear) -> list[Line]:
    return [
        Line(
            agency=m.code, agency_name=m.name, year=year.label, service="unclassified",
            income=Income.NET, economic=Economic.REVENUE, basis=Basis.ACTUAL,
            status=Status.MISSING, pence=None, low_pence=None, high_pence=None,
            source="", note="No return of this body for this year is held.",
        )
        for m in absent
        if m.kind.value in _EXPECTED
    ]  # fmt: skip


def _national_shares(
    place: str, keys: Iterable[str], nations: str, year: FinancialYear
) -> list[Share]:
    """The part of some nations that a place is, by each key that the register knows."""

    def ask(key: str, asked: int) -> places.Share | None:
        return places.share_of_country(place, key, asked, nations=nations)

    return [share for key in keys if (share := _nearest(key, year, ask))]


def _older(home: Home, programme: Programme, year: FinancialYear) -> Older | None:
    """The national total of the nearest other year that a return of the programme gives."""
    bodies = [b.agency for b in returns.bodies(home) if b.body_kind == programme.kind]
    if not bodies:
        return None
    sums: dict[tuple[int, str, str], int] = defaultdict(int)
    for r in returns.lines(home, bodies=bodies):
        if r.item == programme.raises and r.service in programme.services and not r.area:
            sums[r.year_start, r.form, r.document] += r.amount_pence or 0
    near = sorted(sums.items(), key=lambda row: (abs(row[0][0] - year.start), row[0]))
    if not near:
        return None
    (start, form, document), pence = near[0]
    return Older(form_titles(home).get(form, form), start, pence, document)


def figures_of(home: Home, held: Iterable[ReturnLine]) -> list[Figure]:
    """Lines of returns as figures, each of the body that its return is of, by GSS code."""
    titles = form_titles(home)
    return [replace(_figure(r, None, titles), body=r.body_gss or r.agency) for r in held]


def form_titles(home: Home) -> dict[str, str]:
    """What each form of returns is called."""
    return {code: form.title for code, form in known(home).items()}


def _accounts(figures: Iterable[Figure]) -> dict[str, tuple[int, str]]:
    """What each agency's accounts come to as a whole, before any share is taken."""
    sums: dict[str, int] = defaultdict(int)
    forms: dict[str, str] = {}
    for f in figures:
        if f.pence is not None and f.item in COUNTED and f.economic != Economic.CAPITAL:
            sums[f.body or f.body_name] += f.pence
            forms[f.body or f.body_name] = f.form
    return {code: (pence, forms[code]) for code, pence in sums.items()}
