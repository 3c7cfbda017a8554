"""How much of a plan is known, in words and rows that pages, papers and commands share."""

from __future__ import annotations

from dataclasses import dataclass

from totalplace.commissioning.rules.case import Effect, Grade
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.commissioning.rules.weighing.chance import Chance, Direction
from totalplace.commissioning.rules.weighing.known import Footing, Known, footing_of
from totalplace.money.pence import pounds

GRADES = {
    Grade.UNGRADED: "not graded",
    Grade.BEFORE_AND_AFTER: "1 of 5: before and after",
    Grade.CONTROLLED: "2 of 5: before and after, with controls",
    Grade.COMPARED: "3 of 5: compared with others",
    Grade.NATURAL_EXPERIMENT: "4 of 5: a natural experiment",
    Grade.RANDOMISED: "5 of 5: drawn by lot",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source, how well it knows, and the services that rest on it."""

    source: str
    address: str
    grade: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A service without an effect that drives money: it is left where it is."""

    title: str
    agency: str
    pence: int


def sentences(known: Known, chance: Chance, direction: Direction) -> tuple[str, ...]:
    """How much is known, in sentences: coverage, chance, direction, and what may be said."""
    return (
        _coverage(known),
        chance_words(chance),
        direction_words(direction),
        f"So this may be called: {known.words}",
    )


def _coverage(known: Known) -> str:
    total = known.planned.total
    if not total:
        return "No money is in this plan"
    openable = known.planned.share_of(Footing.OPENABLE) or 0.0
    accepted = known.planned.share_of(Footing.ACCEPTED) or 0.0
    without = known.planned.share_of(Footing.NONE) or 0.0
    return (
        f"Of every £100 in this plan, {_of_100(openable)} rests on effects with a source that "
        f"anybody can open, {_of_100(accepted)} on effects that an officer accepted ungraded, and "
        f"{_of_100(without)} has no known effect and stays where it is"
    )


def _of_100(share: float) -> str:
    return pounds(int(share * 10_000 + 0.5)).removesuffix(".00")


def chance_words(chance: Chance) -> str:
    """The chance that it beats today's spending, in a sentence."""
    low, high = chance.beats_low * 100, chance.beats_high * 100
    return (
        f"In {chance.per_cent} of every 100 ways that the effects could turn out, it reaches more "
        f"than today's spending (between {low:.0f} and {high:.0f}); it gains "
        f"{chance.mean:.1f} points on average, and 95 times of 100 between {chance.low:.1f} and "
        f"{chance.high:.1f}"
    )


def direction_words(direction: Direction) -> str:
    """Whether what it moves would be moved the same way, in a sentence."""
    if direction.kept is None:
        return "It moves no money, so nothing can turn round"
    impossible = (
        f"; in {direction.impossible} of {direction.draws} no plan could meet every demand"
        if direction.impossible
        else ""
    )
    return (
        f"Of the money that it moves, {direction.kept:.0%} goes the same way where the plan is "
        f"found again with effects drawn anew ({direction.draws} times, give or take "
        f"{direction.error * 1.96:.0%}{impossible})"
    )


def sources_of(weighed: Weighed) -> tuple[Source, ...]:
    """Every source that drives money, the best graded first, with the services on it."""
    found: dict[tuple[str, str, Grade], list[str]] = {}
    for option in weighed.case.options:
        for effect in option.driven:
            services = found.setdefault(_key(effect), [])
            if option.title not in services:
                services.append(option.title)
    return tuple(
        Source(source, address, GRADES[grade], tuple(found[source, address, grade]))
        for source, address, grade in sorted(found, key=lambda one: (-one[2], one[0], one[1]))
    )


def _key(effect: Effect) -> tuple[str, str, Grade]:
    source = effect.source or f"accepted by an officer: {effect.accepted}"
    return source, effect.address, effect.grade


def left_where_it_is(weighed: Weighed) -> tuple[Left, ...]:
    """The services without any effect that drives money, the most money first."""
    found = [
        Left(option.title, weighed.name(option.agency), option.now_pence)
        for option in weighed.case.options
        if footing_of(option) is Footing.NONE
    ]
    return tuple(sorted(found, key=lambda one: (-one.pence, one.title)))
