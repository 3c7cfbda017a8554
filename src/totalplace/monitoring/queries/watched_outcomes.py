"""Outcomes, citizens' experience and entitlements of a place, as series that are watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from totalplace.entitlements.queries.in_force import in_force
from totalplace.monitoring.rules.making import As, matters_of, watched_of
from totalplace.monitoring.rules.watched import Subject, Watched
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.rules.indicators import Family, Indicator
from totalplace.outcomes.rules.targets import Target, plain
from totalplace.places import queries as places
from totalplace.places.queries.membership import AgencyRow
from totalplace.sources.home import Home


@dataclass(slots=True)
class _Wanted:
    """What is said of an indicator in an area before it is read."""

    subject: Subject
    protected: bool = False
    matters: float | None = None
    notes: list[str] = field(default_factory=list)


Key = tuple[str, str]  # indicator, area


def code_of(indicator: str) -> str:
    """As the series of an indicator is named for good, target or none: outcome/obesity."""
    return f"outcome/{indicator}"


def indicator_of(code: str) -> str:
    """The indicator of a series' code; empty where it is of something else."""
    kind, _, indicator = code.partition("/")
    return indicator if kind == "outcome" else ""


def outcomes_of(place: str, home: Home, on: date) -> list[Watched]:
    """The outcomes of a place: agreed ones, else all that are read there; experience; entitlements.

    Protected are those with a target in force, or on which an entitlement rests.
    """
    every = {one.code: one for one in outcomes.indicators() if not one.draft}
    areas = areas_of(place, on)
    wanted: dict[Key, _Wanted] = {}
    agreed = outcomes.targets(place)
    for target in agreed.targets if agreed else ():
        wanted[target.key] = _agreed(target, every)
    for one in every.values():
        if one.place in ("", place) and (agreed is None or one.family is Family.EXPERIENCE):
            for area in areas:
                wanted.setdefault((one.code, area), _Wanted(_subject(one)))
    _entitled(wanted, place, areas, on)
    found = _read(wanted, every, place, home)
    there = {(one.code, one.area) for one in found}
    lacking = [
        _unread(target, wanted[target.key], place)
        for target in (agreed.targets if agreed else ())
        if (code_of(target.outcome.indicator), target.outcome.area) not in there
    ]
    return [*found, *lacking]


def areas_of(place: str, on: date) -> tuple[str, ...]:
    """Where a place's outcomes are read: its members' own areas, and those that it is made of.

    A hospital has no area; its readings stand under the code of its organisation.
    """
    of_members = [code for row in places.members(place, on=on) for code in _codes(row.agency)]
    return tuple(dict.fromkeys([*of_members, *(a.gss for a in places.areas_of_place(place))]))


def _codes(agency: AgencyRow) -> Iterator[str]:
    if agency.gss:
        yield agency.gss
        return
    yield agency.code
    known = places.body_by_code(agency.code)
    yield from (one.code for one in known.codes if not one.former) if known else ()


def _subject(one: Indicator) -> Subject:
    return Subject.EXPERIENCE if one.family is Family.EXPERIENCE else Subject.OUTCOME


def _agreed(target: Target, every: Mapping[str, Indicator]) -> _Wanted:
    named = every.get(target.outcome.indicator)
    subject = _subject(named) if named else Subject.OUTCOME
    said = f"Its target is {plain(target.last.value)} by {target.last.day:%-d %B %Y}."
    return _Wanted(subject, protected=True, matters=matters_of(target), notes=[said])


def _unread(target: Target, said: _Wanted, place: str) -> Watched:
    """An agreed outcome of which nothing is held: it is there to be seen, and cannot be watched."""
    about = target.outcome
    return Watched(
        code_of(about.indicator), about.title, said.subject, place, about.area,
        outcomes.name_of(about.area), about.unit, about.better, None, (), protected=True,
        matters=said.matters,
        notes=(*said.notes, "No reading of it is held, so that it cannot be watched yet."),
    )  # fmt: skip


def _entitled(wanted: dict[Key, _Wanted], place: str, areas: Iterable[str], on: date) -> None:
    """Protect what an entitlement in force is evidenced by; watch it where it is not yet."""
    for one in in_force(place, on):
        indicator = one.rule.indicator
        for area in areas if indicator else ():
            found = wanted.setdefault((indicator, area), _Wanted(Subject.ENTITLEMENT))
            found.protected = True
            found.notes.append(f"The guarantee “{one.title}” ({one.citation}) rests on it.")


def _read(
    wanted: Mapping[Key, _Wanted], every: Mapping[str, Indicator], place: str, home: Home
) -> list[Watched]:
    published = {row.number: row.published_on for row in outcomes.vintages()}
    found = []
    for area in dict.fromkeys(area for _, area in wanted):
        named = [every[code] for code, where in wanted if where == area and code in every]
        for series in outcomes.in_area(area, home=home, named=named):
            said = wanted[series.indicator.code, area]
            found.append(
                watched_of(
                    series,
                    As(
                        code_of(series.indicator.code), place, said.subject,
                        protected=said.protected, matters=said.matters, notes=tuple(said.notes),
                    ),
                    published=published,
                )
            )  # fmt: skip
    return found


def everywhere(indicator: str, *, home: Home) -> list[Watched]:
    """An indicator in every area of which there is a reading, not yet judged."""
    published = {row.number: row.published_on for row in outcomes.vintages()}
    return [
        replace(watched_of(series, As(code_of(indicator), ""), published=published), notes=())
        for series in outcomes.every_area(indicator, home=home).values()
    ]
