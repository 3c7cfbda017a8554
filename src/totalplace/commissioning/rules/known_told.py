"""How much of a plan is known, in words and rows that pages, papers and commands share."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

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
    """Of £100 so much, to the same digit as `share_told`."""
    tenths = _tenths(share)
    if not tenths and share > 0:
        return "less than 10p"
    return pounds(10 * tenths).removesuffix(".00")


def share_told(share: float) -> str:
    """A share in per cent with one digit: 15.7%. What is nearly all is never said to be all."""
    tenths = _tenths(share)
    if not tenths and share > 0:
        return "under 0.1%"
    return f"{tenths / 10:.1f}%"


def _tenths(share: float) -> int:
    found = round(share * 1_000)
    return min(found, 999) if share < 1 else found


def chance_words(chance: Chance) -> str:
    """The chance that it beats today's spending, in a sentence.

    From so many draws, all of them say no more than the low end of their interval (Wilson).
    """
    than = (
        "of every 100 ways that the effects could turn out, it reaches more than today's spending"
    )
    if chance.beats == 1:
        return f"In more than {_low(chance.beats_low, 1)} {than}; {gain_words(chance)}"
    if chance.beats == 0:
        return f"In fewer than {_high(chance.beats_high, 1)} {than}; {gain_words(chance)}"
    digits = 0 if 0.01 <= chance.beats <= 0.99 else 1
    between = f"between {_low(chance.beats_low, digits)} and {_high(chance.beats_high, digits)}"
    return f"In {_low(chance.beats, digits)} {than} ({between}); {gain_words(chance)}"


def gain_words(chance: Chance) -> str:
    """What it gains or loses beside today's spending, in points, with 95 draws in 100 between."""
    verb = "loses" if chance.mean < 0 else "gains"
    change = "the difference is " if chance.mean < 0 else ""
    return (
        f"it {verb} {abs(chance.mean):.1f} points on average, and 95 times of 100 {change}between "
        f"{chance.low:.1f} and {chance.high:.1f}"
    )


def _low(share: float, digits: int) -> str:
    """So many of 100, rounded down (a billionth aside, for a float is no whole number)."""
    return f"{floor(share * 10 ** (2 + digits) + 1e-9) / 10**digits:.{digits}f}"


def _high(share: float, digits: int) -> str:
    return f"{ceil(share * 10 ** (2 + digits) - 1e-9) / 10**digits:.{digits}f}"


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
