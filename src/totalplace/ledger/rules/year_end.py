"""What the partners of a pool pay or get back at the end of a year, by the agreement's own clause.

A clause is sentences of a closed set, read by `clause_of` and written by `text_of`. It says who
bears an overspend, band by band, and whose an underspend is. It can be run on years that are past,
before anybody signs it. Source: the risk-sharing clauses of section 75 agreements in use, in which
the default is by contribution, and an underspend goes to non-recurrent use or back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.ledger.rules.treatments import WHOLE
from totalplace.money.pence import pounds, share_out
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused


class Bearing(StrEnum):
    """How a band of an over- or underspend is shared."""

    CONTRIBUTION = "shared by contribution"
    PERCENTAGES = "shared by per cent"
    ONE = "one partner's alone"


class Keeping(StrEnum):
    """What becomes of an underspend."""

    RETURNED = "returned"
    KEPT = "kept for non-recurrent use"


@dataclass(frozen=True, slots=True)
class Band:
    """A band of an over- or underspend, and who bears it or whose it is."""

    width_pence: int | None  # None: the rest
    bearing: Bearing
    bearer: str = ""  # of Bearing.ONE
    percentages: tuple[tuple[str, int], ...] = ()  # agency, hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Clause:
    """How a pool's over- and underspend are shared. The last band of each takes the rest."""

    overspend: tuple[Band, ...]
    underspend: tuple[Band, ...]
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What the partners put in for a year, and what was spent, in pence."""

    year: int
    contributions: Mapping[str, int]
    spent_pence: int

    @property
    def over_pence(self) -> int:
        """Spent beyond what was put in; below nothing where less was spent."""
        return self.spent_pence - sum(self.contributions.values())


@dataclass(frozen=True, slots=True)
class Shared:
    """One band of a year's over- or underspend as it was shared."""

    words: str
    pence: int  # above nothing: overspent
    by_agency: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What each partner pays (above nothing), gets back (below), or keeps in the pool, in pence."""

    figures: YearFigures
    bands: tuple[Shared, ...]
    pays: Mapping[str, int]
    kept: Mapping[str, int]  # of the underspend, carried forward for a partner

    @property
    def label(self) -> str:
        """The year as it is written: 2025-26."""
        return FinancialYear(self.figures.year).label

    @property
    def ties(self) -> bool:
        """Whether what is paid, less what is kept, is the over- or underspend to the penny."""
        return sum(self.pays.values()) - sum(self.kept.values()) == self.figures.over_pence


BY_CONTRIBUTION: Final = Band(None, Bearing.CONTRIBUTION)


def by_contribution(keeping: Keeping = Keeping.RETURNED) -> Clause:
    """Both are shared in proportion to what each partner put in."""
    return Clause((BY_CONTRIBUTION,), (BY_CONTRIBUTION,), keeping)


def by_percentages(percentages: Mapping[str, int], keeping: Keeping = Keeping.RETURNED) -> Clause:
    """Both are shared by agreed hundredths of a per cent."""
    band = Band(None, Bearing.PERCENTAGES, percentages=tuple(sorted(percentages.items())))
    return Clause((band,), (band,), keeping)


def host_bears(host: str, keeping: Keeping = Keeping.RETURNED) -> Clause:
    """One partner bears an overspend and has an underspend."""
    band = Band(None, Bearing.ONE, bearer=host)
    return Clause((band,), (band,), keeping)


def capped(host: str, cap_pence: int, keeping: Keeping = Keeping.RETURNED) -> Clause:
    """One partner bears an overspend up to a cap, and what is over it is shared by contribution."""
    first = Band(cap_pence, Bearing.ONE, bearer=host)
    return Clause((first, BY_CONTRIBUTION), (BY_CONTRIBUTION,), keeping)


def check_clause(clause: Clause, partners: Collection[str] | None = None) -> None:
    """Refuse a clause that leaves a penny to nobody, or names who is no partner."""
    why = next(filter(None, (_wrong(bands) for bands in (clause.overspend, clause.underspend))), "")
    named = {
        agency
        for band in (*clause.overspend, *clause.underspend)
        for agency in (*([band.bearer] if band.bearer else []), *dict(band.percentages))
    }
    if not why and partners is not None and named - set(partners):
        why = f"{min(named - set(partners))} is no partner of the pool"
    if why:
        raise Refused(
            "An over- or underspend cannot be shared so",
            why=why,
            next_step="Say of each band who bears it, and of the last that it takes the rest",
        )


def run_clause(
    clause: Clause, years: Iterable[YearFigures], *, may_carry: Collection[str] = ()
) -> list[YearEnd]:
    """What each partner would pay or get back in each year; years that are past as well.

    `may_carry` are the partners whose kind of body may carry money forward: of what is kept, the
    rest goes back to whose it is. Raises Refused for a clause that cannot stand, and where nothing
    was put in though it is shared by contribution.
    """
    check_clause(clause)
    return [_run(clause, figures, set(may_carry)) for figures in years]


def _run(clause: Clause, figures: YearFigures, may_carry: set[str]) -> YearEnd:
    over = figures.over_pence
    bands = clause.overspend if over > 0 else clause.underspend
    shared, pays = [], dict.fromkeys(sorted(figures.contributions), 0)
    left = abs(over)
    for band in bands:
        within = left if band.width_pence is None else min(left, band.width_pence)
        left -= within
        signed = within if over > 0 else -within
        if signed:
            found = share_out(signed, _weights(band, figures))
            shared.append(Shared(_band_words(band), signed, found))
            for agency, pence in found.items():
                pays[agency] = pays.get(agency, 0) + pence
    kept = {}
    if over < 0 and clause.keeping is Keeping.KEPT:
        kept = {agency: -pence for agency, pence in pays.items() if pence and agency in may_carry}
        pays = {agency: 0 if agency in kept else pence for agency, pence in pays.items()}
    return YearEnd(figures, tuple(shared), pays, kept)


def _weights(band: Band, figures: YearFigures) -> Mapping[str, int]:
    if band.bearing is Bearing.ONE:
        return {band.bearer: 1}
    if band.bearing is Bearing.PERCENTAGES:
        return dict(band.percentages)
    put_in = {agency: pence for agency, pence in figures.contributions.items() if pence > 0}
    if not put_in:
        raise Refused(
            f"The year {FinancialYear(figures.year)} cannot be shared by contribution",
            why="no partner put anything in",
            next_step="Give the contributions of that year, or share it by agreed per cent",
        )
    return put_in


def _wrong(bands: tuple[Band, ...]) -> str:
    if not bands or bands[-1].width_pence is not None:
        return "nobody bears the rest"
    for band in bands[:-1]:
        if band.width_pence is None or band.width_pence <= 0:
            return "only the last band takes the rest, and each other is so many pounds wide"
    for band in bands:
        if band.bearing is Bearing.ONE and not band.bearer:
            return "it does not say which partner"
        if band.bearing is Bearing.PERCENTAGES and sum(dict(band.percentages).values()) != WHOLE:
            return "the agreed per cents do not come to 100"
    return ""


def _band_words(band: Band) -> str:
    width = "the rest" if band.width_pence is None else f"the next {pounds(band.width_pence)}"
    return f"{width}: {band_bearing(band)}"


def band_bearing(band: Band) -> str:
    """Who bears a band, in words: shared by per cent: a 60, b 40."""
    if band.bearing is Bearing.ONE:
        return f"borne by {band.bearer} alone"
    if band.bearing is Bearing.PERCENTAGES:
        said = ", ".join(f"{agency} {weight / 100:g}" for agency, weight in band.percentages)
        return f"{band.bearing}: {said}"
    return band.bearing.value
