"""What a closed round says, in sentences: who sees what differently, and where people are split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from totalplace.monitoring.rules.partnership import WHOLE_SIDE, Gap, Group, Results
from totalplace.monitoring.rules.questions import LOCAL, Principle, Questions
from totalplace.monitoring.rules.spread import Share, Spread
from totalplace.readiness.rules.scale import Side

# Where agreement A is as of two camps, of no pattern, and of one mind. The cuts are this project's
# own: A has none. At 0 answers are as spread as they can be without forming two camps.
_SPLIT: Final = -0.1
_SPREAD: Final = 0.3
_CLOSE: Final = 0.6


def agreed_in_words(spread: Spread) -> str:
    """How far people agree with each other on a statement."""
    found = spread.agreement
    if found is None:
        return "nobody judged it"
    if found < _SPLIT:
        return "two camps"
    if found < _SPREAD:
        return "far apart"
    return "some spread" if found < _CLOSE else "close together"


def people_of(group: Group, names: Mapping[str, str]) -> str:
    """Whose answers they are, in words."""
    if group.agency != WHOLE_SIDE:
        return names.get(group.agency, group.agency)
    if group.side is Side.CENTRE:
        return f"{names.get(group.about, group.about)}"
    return "All local people"


def relation(about: str, names: Mapping[str, str]) -> str:
    """What is judged, in words."""
    if about == LOCAL:
        return "Local bodies with each other"
    return f"The place and {names.get(about, about)}"


def share_in_words(share: Share | None, fewest: int) -> str:
    """A share with its limits: 62 per cent (31 to 86)."""
    if share is None:
        return f"not told: fewer than {fewest} answered"
    low, high = share.interval
    return f"{share.value:.0f} per cent ({low:.0f} to {high:.0f})"


def differing(
    results: Results, questions: Questions, names: Mapping[str, str], about: str
) -> list[str]:
    """Sentences on who sees what differently in a relation; where nobody is shown to, that."""
    gaps = [gap for gap in results.gaps if gap.about == about]
    told = [sentence(gap, questions, names, results) for gap in gaps if gap.told]
    compared_sides = any(gap.side is None for gap in gaps)
    if about != LOCAL and not compared_sides:
        told.append(
            f"Whether the place and {names.get(about, about)} see it differently cannot be told: "
            f"fewer than {questions.fewest} people of one of them answered."
        )
    elif gaps and not told:
        told.append(
            "No difference is shown that could not be chance. With so few people a difference "
            f"of up to {_widest(gaps):.0f} points could be there and not be seen."
        )
    elif not gaps:
        several = any(group.agency for group in results.groups if group.about == about)
        told.append(
            "Too few people answered to compare bodies with each other."
            if several
            else "One local body was asked, so there is no other to compare it with."
        )
    return told


def sentence(gap: Gap, questions: Questions, names: Mapping[str, str], results: Results) -> str:
    """A difference in a sentence, with its limits where two sides are compared."""
    principle = questions.principle(gap.principle)
    title = principle.title.lower() if principle else gap.principle
    if gap.side is not None:
        most, least = (results.group(gap.about, gap.side, one) for one in gap.between)
        return (
            f"Local bodies see {title} differently: {_said(most, gap, names)} of the statements, "
            f"{_said(least, gap, names)}. So large a difference between bodies is seldom chance."
        )
    ours = results.group(gap.about, Side.PLACE)
    theirs = results.group(gap.about, Side.CENTRE)
    return (
        f"On {title} the two sides differ: {_said(ours, gap, names)} of the statements, "
        f"{_said(theirs, gap, names)}. That is {abs(gap.size):.0f} points apart, and likely "
        f"between {_least(gap):.0f} and {max(abs(gap.low), abs(gap.high)):.0f}."
    )


def split(group: Group, questions: Questions) -> Iterator[tuple[Principle, str]]:
    """Statements on which a group falls into two camps, which no mean would show."""
    for principle in questions.principles:
        for element in principle.elements:
            spread = group.spreads.get(element.code)
            if spread is not None and agreed_in_words(spread) == "two camps":
                yield principle, element.says


def _said(group: Group | None, gap: Gap, names: Mapping[str, str]) -> str:
    share = group.shares.get(gap.principle) if group else None
    if group is None or share is None:
        return "some agree with part"
    who = people_of(group, names)
    who = "local people" if who == "All local people" else f"people of {who}"
    return f"{who} agree with {share.value:.0f} per cent"


def _least(gap: Gap) -> float:
    return 0.0 if gap.low <= 0 <= gap.high else min(abs(gap.low), abs(gap.high))


def _widest(gaps: list[Gap]) -> float:
    return max(max(abs(gap.low), abs(gap.high)) for gap in gaps)
